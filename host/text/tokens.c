// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/tokens.h"

#include <string.h>

#include "text/characters.h"
#include "text/links.h"

enum {
  DEEPEST_QUOTES = 8, ///< quotations inside quotations that are followed; the bound keeps the marking linear
  LONGEST_ABBREVIATION = 8
};

enum quote_kind { QUOTE_STRAIGHT, QUOTE_DIRECTED };

struct open_quote {
  size_t first_token; ///< index of the first token inside
  enum quote_kind kind;
};

struct cutter {
  struct prd_arena *arena;
  const struct prd_folded *folded;
  struct prd_token *items;
  size_t count;
  size_t capacity;
  struct prd_link_memory links;
  struct open_quote quotes[DEEPEST_QUOTES]; ///< of the current line
  size_t quote_depth;
  uint32_t sentence;
  bool sentence_open; ///< the current sentence has a token
  bool ended;         ///< a mark ended the sentence; the next token begins another
  bool perhaps_ended; ///< after an abbreviation: the next token begins another if it has a capital
  bool pause;         ///< a mark of PRD_TOKEN_AFTER_PAUSE was passed
};

// Elided words of French (Le bon usage, § 45): the word that precedes the apostrophe.
static const char elided_words[][8] = {"l", "d",  "j",     "m",      "t",      "s",     "n",
                                       "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"};

struct abbreviation {
  char word[LONGEST_ABBREVIATION];
  bool title; ///< a name follows: its dot never ends a sentence. Otherwise a capital behind it tells
};

// Office québécois de la langue française, "Abréviations des titres de civilité", and what English posts have.
static const struct abbreviation abbreviations[] = {
    {"m", true},     {"mm", true},   {"mme", true},   {"mmes", true},  {"mlle", true},    {"mlles", true},
    {"dr", true},    {"dre", true},  {"drs", true},   {"dres", true},  {"mr", true},      {"mrs", true},
    {"ms", true},    {"st", true},   {"ste", true},   {"sts", true},   {"stes", true},    {"pr", true},
    {"prof", true},  {"ex", false},  {"etc", false},  {"cf", false},   {"vs", false},     {"no", false},
    {"nos", false},  {"tel", false}, {"av", false},   {"boul", false}, {"app", false},    {"inc", false},
    {"ltee", false}, {"env", false}, {"art", false},  {"al", false},   {"jr", false},     {"sr", false},
    {"min", false},  {"max", false}, {"dept", false}, {"pp", false},   {"approx", false},
};

#define ROWS(table) (sizeof(table) / sizeof(table)[0])

static bool is_upper(const struct prd_folded *folded, size_t position) {
  return (folded->traits[position] & PRD_TRAIT_UPPER) != 0;
}

// Flags that say how the letters of the source are written.
static uint16_t case_flags(const struct prd_folded *folded, size_t begin, size_t end) {
  uint8_t any = 0;
  for (size_t i = begin; i < end; i++) any |= folded->traits[i];
  if ((any & PRD_TRAIT_UPPER) == 0) return 0;
  size_t letters = 0;
  size_t capitals = 0;
  uint16_t flags = 0;
  for (size_t i = begin; i < end;) {
    size_t length;
    if (prd_character_at(folded, i, &length) == PRD_CHARACTER_LETTER) {
      letters++;
      if (is_upper(folded, i)) {
        capitals++;
        if (letters == 1) flags |= PRD_TOKEN_CAPITALIZED;
      }
    }
    i += length;
  }
  if (letters >= 2 && capitals == letters) flags |= PRD_TOKEN_ALL_CAPITALS;
  return flags;
}

static enum prd_error push(struct cutter *c, size_t begin, size_t end, enum prd_token_kind kind, uint16_t flags) {
  struct prd_token *items = prd_arena_grow(c->arena, c->items, c->count, &c->capacity, sizeof *items);
  if (items == NULL) return PRD_ERROR_MEMORY;
  c->items = items;
  flags |= case_flags(c->folded, begin, end);
  bool next_sentence = c->ended || (c->perhaps_ended && (flags & PRD_TOKEN_CAPITALIZED) != 0);
  if (next_sentence && c->sentence_open) {
    c->sentence++;
    c->sentence_open = false;
  }
  if (!c->sentence_open) flags |= PRD_TOKEN_SENTENCE_START;
  if (c->pause) flags |= PRD_TOKEN_AFTER_PAUSE;
  c->sentence_open = true;
  c->ended = c->perhaps_ended = c->pause = false;
  c->items[c->count++] = (struct prd_token){.begin_byte = (uint32_t)begin,
                                            .end_byte = (uint32_t)end,
                                            .hash = prd_word_hash(c->folded->bytes + begin, end - begin),
                                            .sentence = c->sentence,
                                            .flags = flags,
                                            .kind = (uint8_t)kind};
  return PRD_OK;
}

static size_t word_end(const struct prd_folded *folded, size_t position, bool *only_digits) {
  while (position < folded->length_bytes) {
    size_t length = 1;
    if (!prd_is_lower(folded->bytes[position])) {
      enum prd_character_class class = prd_character_at(folded, position, &length);
      if (class == PRD_CHARACTER_LETTER)
        *only_digits = false;
      else if (class != PRD_CHARACTER_DIGIT)
        break;
    } else {
      *only_digits = false;
    }
    position += length;
  }
  return position;
}

static bool is_letter(const struct prd_folded *folded, size_t position) {
  size_t length;
  return position < folded->length_bytes && prd_character_at(folded, position, &length) == PRD_CHARACTER_LETTER;
}

static bool is_word(const struct prd_folded *folded, size_t position) {
  size_t length;
  return position < folded->length_bytes && prd_is_word_class(prd_character_at(folded, position, &length));
}

// Whether the apostrophe at `apostrophe` elides the word before it. At the end of a clause it is a closing mark ("the
// letter 'd'"), not an elision.
static bool is_elision(const struct prd_folded *folded, size_t begin, size_t apostrophe) {
  char next = prd_byte_at(folded, apostrophe + 1);
  if (next == '\0' || strchr("\n.,;:!?)", next) != NULL) return false;
  if (begin != 0 && folded->bytes[begin - 1] == '\'' && next == ' ') return false;
  for (size_t i = 0; i < ROWS(elided_words); i++)
    if (strlen(elided_words[i]) == apostrophe - begin &&
        memcmp(elided_words[i], folded->bytes + begin, apostrophe - begin) == 0)
      return true;
  return false;
}

// Marks of the tag that the word at `begin` belongs to: directly behind # or @, or behind the _ (in a mention also the
// dot) that joins it to a word of the same tag.
static uint16_t tag_flags(const struct cutter *c, size_t begin) {
  if (begin == 0) return 0;
  char before = c->folded->bytes[begin - 1];
  if (before == '#' || before == '@') {
    if (prd_is_word_class(prd_character_before(c->folded, begin - 1))) return 0;
    return before == '#' ? PRD_TOKEN_HASHTAG : PRD_TOKEN_MENTION;
  }
  if ((before != '_' && before != '.') || c->count == 0) return 0;
  const struct prd_token *last = &c->items[c->count - 1];
  if (last->end_byte + 1 != begin) return 0;
  return last->flags & (before == '_' ? PRD_TOKEN_HASHTAG | PRD_TOKEN_MENTION : PRD_TOKEN_MENTION);
}

// Cuts the word, or the link, that begins at `begin`, and sets `end` behind it.
static enum prd_error cut_word(struct cutter *c, size_t begin, size_t *end) {
  const struct prd_folded *folded = c->folded;
  bool only_digits = true;
  size_t stop = word_end(folded, begin, &only_digits);
  char next = prd_byte_at(folded, stop);
  uint16_t flags = tag_flags(c, begin);
  if (flags == 0 && next != '\0' && strchr(".-@:_+%", next) != NULL) {
    *end = prd_link_end(folded, begin, &c->links);
    if (*end != 0) return push(c, begin, *end, PRD_TOKEN_LINK, 0);
  }
  while (prd_byte_at(folded, stop) == '\'') {
    if (is_elision(folded, begin, stop)) {
      *end = stop + 1;
      return push(c, begin, stop + 1, PRD_TOKEN_WORD, flags | PRD_TOKEN_ELIDED);
    }
    if (prd_byte_at(folded, stop + 1) == 's' && !is_word(folded, stop + 2)) {
      enum prd_error error = push(c, begin, stop, only_digits ? PRD_TOKEN_NUMBER : PRD_TOKEN_WORD, flags);
      *end = stop + 2;
      return error != PRD_OK ? error : push(c, stop, stop + 2, PRD_TOKEN_WORD, 0);
    }
    if (!is_letter(folded, stop + 1)) break;
    stop = word_end(folded, stop + 1, &only_digits);
  }
  *end = stop;
  return push(c, begin, stop, only_digits ? PRD_TOKEN_NUMBER : PRD_TOKEN_WORD, flags);
}

// What the dot at `dot` means when it directly follows the last token.
static void pass_dot_after_token(struct cutter *c, const struct prd_token *token) {
  const char *word = c->folded->bytes + token->begin_byte;
  size_t length = token->end_byte - token->begin_byte;
  if (token->kind == PRD_TOKEN_WORD && length == 1) {
    // An initial (J. Tremblay, A.V.C.); in lower case also a word (il y a.).
    if ((token->flags & PRD_TOKEN_CAPITALIZED) == 0 && word[0] != 'm') c->perhaps_ended = true;
    return;
  }
  for (size_t i = 0; i < ROWS(abbreviations) && token->kind == PRD_TOKEN_WORD; i++)
    if (strlen(abbreviations[i].word) == length && memcmp(abbreviations[i].word, word, length) == 0) {
      if (!abbreviations[i].title) c->perhaps_ended = true;
      return;
    }
  c->ended = true;
}

static void pass_end_mark(struct cutter *c, size_t position) {
  const struct prd_folded *folded = c->folded;
  const struct prd_token *last = c->count != 0 ? &c->items[c->count - 1] : NULL;
  bool touches_token = last != NULL && last->end_byte == position && last->kind != PRD_TOKEN_SYMBOL;
  if (touches_token && is_word(folded, position + 1)) {
    // "3.5", "etudiant.e", "p.ex.", "sh!t" hold together; "fini.Il" is a forgotten space.
    if (!is_upper(folded, position + 1) || is_upper(folded, position - 1)) return;
  }
  if (touches_token && folded->bytes[position] == '.')
    pass_dot_after_token(c, last);
  else
    c->ended = true;
}

static void open_quote(struct cutter *c, enum quote_kind kind) {
  if (c->quote_depth == DEEPEST_QUOTES) return;
  c->quotes[c->quote_depth++] = (struct open_quote){.first_token = c->count, .kind = kind};
}

// Closes the nearest open quotation of this kind and whatever was left open inside it.
static bool close_quote(struct cutter *c, enum quote_kind kind) {
  for (size_t depth = c->quote_depth; depth-- > 0;) {
    if (c->quotes[depth].kind != kind) continue;
    for (size_t i = c->quotes[depth].first_token; i < c->count; i++) c->items[i].flags |= PRD_TOKEN_QUOTED;
    c->quote_depth = depth;
    return true;
  }
  return false;
}

static bool is_edge(enum prd_character_class class) {
  return class == PRD_CHARACTER_SPACE || class == PRD_CHARACTER_LINE;
}

static void pass_quote(struct cutter *c, size_t position) {
  const struct prd_folded *folded = c->folded;
  uint8_t direction = folded->traits[position] & (PRD_TRAIT_OPEN_QUOTE | PRD_TRAIT_CLOSE_QUOTE);
  enum prd_character_class before = prd_character_before(folded, position);
  bool word_follows = is_word(folded, position + 1);
  if (direction == 0) {
    if (close_quote(c, QUOTE_STRAIGHT)) return;
    bool inches = before == PRD_CHARACTER_DIGIT && !word_follows;
    if (!inches) open_quote(c, QUOTE_STRAIGHT);
    return;
  }
  // German closes with the mark that opens in English, Swedish opens with the one that closes; telephones do both.
  bool opens = direction == PRD_TRAIT_OPEN_QUOTE;
  bool after_words = prd_is_word_class(before) || (position != 0 && strchr(".!?", folded->bytes[position - 1]) != NULL);
  if (opens && after_words && !word_follows && close_quote(c, QUOTE_DIRECTED)) return;
  if (!opens && close_quote(c, QUOTE_DIRECTED)) return;
  if (opens || (is_edge(before) && word_follows)) open_quote(c, QUOTE_DIRECTED);
}

// A dash is a hyphen when it joins two words; it is a pause when a space or another dash is beside it.
static bool is_pause(const struct prd_folded *folded, size_t position) {
  enum prd_character_class before = prd_character_before(folded, position);
  char after = prd_byte_at(folded, position + 1);
  switch (folded->bytes[position]) {
  case ';':
  case '(':
  case ')':
    return true;
  case ',':
  case ':':
    return before != PRD_CHARACTER_DIGIT || !prd_is_digit(after); // 3,5 and 12:30
  case '-':
    return is_edge(before) || after == ' ' || after == '\n' || after == '-' || folded->bytes[position - 1] == '-';
  default:
    return false;
  }
}

static void pass_mark(struct cutter *c, size_t position) {
  char mark = c->folded->bytes[position];
  if (mark == '\n') {
    c->ended = true;
    c->pause = false;
    c->quote_depth = 0;
  } else if (mark == '.' || mark == '!' || mark == '?') {
    pass_end_mark(c, position);
  } else if (mark == '"') {
    pass_quote(c, position);
  } else if (is_pause(c->folded, position)) {
    c->pause = true;
  }
}

enum prd_error prd_tokenize(struct prd_arena *arena, const struct prd_folded *folded, struct prd_tokens *out) {
  // A word and its space take five to six bytes in French; an estimate that is right most of the time saves the copies.
  struct cutter c = {.arena = arena, .folded = folded, .capacity = folded->length_bytes / 5 + 8};
  c.items = prd_arena_array(arena, c.capacity, sizeof *c.items);
  if (c.items == NULL) return PRD_ERROR_MEMORY;
  enum prd_error error = PRD_OK;
  for (size_t position = 0; position < folded->length_bytes && error == PRD_OK;) {
    size_t length;
    enum prd_character_class class = prd_character_at(folded, position, &length);
    size_t end = position + length;
    if (prd_is_word_class(class))
      error = cut_word(&c, position, &end);
    else if (class == PRD_CHARACTER_SYMBOL)
      error = push(&c, position, end, PRD_TOKEN_SYMBOL, 0);
    else if (class != PRD_CHARACTER_SPACE)
      pass_mark(&c, position);
    position = end;
  }
  if (error != PRD_OK) return error;
  *out = (struct prd_tokens){.items = c.items, .count = c.count, .sentence_count = c.count == 0 ? 0 : c.sentence + 1};
  return PRD_OK;
}
