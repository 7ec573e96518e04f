// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/views.h"

#include <string.h>

#include "text/characters.h"
#include "text/spellings.h"

enum {
  LEAST_SPACED_LETTERS = 4,
  MOST_SPACED_LETTERS = 24, ///< more is an alphabet or a drawing
  LEAST_INCLUSIVE_WORD = 3,
  LONGEST_ENDING = 7,
  LONGEST_JOINED = 14, ///< bytes, as in spellings.h
  MOST_TAG_PARTS = 16,
  LEAST_ELIDED_PART = 5
};

struct builder {
  struct prd_arena *arena;
  const struct prd_folded *folded;
  const struct prd_tokens *text;
  struct prd_token *tokens;
  struct prd_view_place *places;
  struct prd_spelling *spellings;
  size_t count, tokens_capacity, places_capacity;
  size_t spelling_count, spelling_capacity;
  uint32_t readings;
};

/// Tokens [begin, end) read as one word.
struct reading {
  size_t begin, end;
  uint32_t end_byte;
  bool also_as_written; ///< one token, whose own spelling stays possible
  struct prd_spellings spellings;
};

static const struct prd_token *token_at(const struct builder *b, size_t number) {
  return number < b->text->count ? &b->text->items[number] : NULL;
}

/// Token `number` when it begins exactly at `byte`, in the sentence of token `first`; NULL otherwise.
static const struct prd_token *next_at(const struct builder *b, size_t first, size_t number, size_t byte) {
  const struct prd_token *token = token_at(b, number);
  return token != NULL && token->begin_byte == byte && token->sentence == b->text->items[first].sentence ? token : NULL;
}

static size_t length_of(const struct prd_token *token) {
  return token->end_byte - token->begin_byte;
}

static bool all_letters(const struct builder *b, const struct prd_token *token) {
  for (size_t i = token->begin_byte; i < token->end_byte; i++)
    if (!prd_is_lower(b->folded->bytes[i])) return false;
  return true;
}

static enum prd_error add_spelling(struct builder *b, const char *bytes, size_t length) {
  struct prd_spelling *items =
      prd_arena_grow(b->arena, b->spellings, b->spelling_count, &b->spelling_capacity, sizeof *items);
  if (items == NULL) return PRD_ERROR_MEMORY;
  b->spellings = items;
  items[b->spelling_count++] = (struct prd_spelling){bytes, (uint32_t)length, prd_word_hash(bytes, length)};
  return PRD_OK;
}

/// Adds a token of the view; its spellings are those added since the last token.
static enum prd_error add_token(struct builder *b, struct prd_token token, size_t begin, size_t end,
                                size_t first_spelling, bool read) {
  struct prd_token *tokens = prd_arena_grow(b->arena, b->tokens, b->count, &b->tokens_capacity, sizeof *tokens);
  struct prd_view_place *places = prd_arena_grow(b->arena, b->places, b->count, &b->places_capacity, sizeof *places);
  if (tokens == NULL || places == NULL) return PRD_ERROR_MEMORY;
  b->tokens = tokens;
  b->places = places;
  tokens[b->count] = token;
  places[b->count++] = (struct prd_view_place){(uint32_t)begin, (uint32_t)end, (uint32_t)first_spelling, b->readings};
  b->readings += read;
  return PRD_OK;
}

static enum prd_error add_as_written(struct builder *b, size_t begin, size_t end) {
  for (size_t i = begin; i < end; i++) {
    enum prd_error error = add_token(b, b->text->items[i], i, i + 1, b->spelling_count, false);
    if (error != PRD_OK) return error;
  }
  return PRD_OK;
}

static enum prd_error add_reading(struct builder *b, const struct reading *reading) {
  struct prd_token token = b->text->items[reading->begin];
  const size_t first = b->spelling_count;
  enum prd_error error = PRD_OK;
  if (reading->also_as_written) error = add_spelling(b, b->folded->bytes + token.begin_byte, length_of(&token));
  for (size_t i = 0; i < reading->spellings.count && error == PRD_OK; i++) {
    const size_t length = reading->spellings.lengths[i];
    const char *copy = prd_arena_copy(b->arena, reading->spellings.bytes[i], length);
    error = copy == NULL ? PRD_ERROR_MEMORY : add_spelling(b, copy, length);
  }
  token.kind = PRD_TOKEN_WORD;
  token.end_byte = reading->end_byte;
  return error != PRD_OK ? error : add_token(b, token, reading->begin, reading->end, first, true);
}

// --- One word in other signs

/// Whether a word has what another spelling needs: three equal letters in a row, a digit, or a letter that is not ASCII.
static bool looks_odd(const struct builder *b, const struct prd_token *token) {
  const uint8_t *bytes = (const uint8_t *)b->folded->bytes;
  for (size_t i = token->begin_byte; i < token->end_byte; i++) {
    if (bytes[i] >= 0x80 || bytes[i] < 'a') return true; // an apostrophe too: prd_spell_word refuses it
    if (i >= token->begin_byte + 2U && bytes[i] == bytes[i - 1] && bytes[i] == bytes[i - 2]) return true;
  }
  return false;
}

static bool is_joint(char c) {
  return c == '@' || c == '!' || c == '*';
}

/// Token behind the last of those that are one word with signs inside, from token `begin` on; `begin` + 1 for none.
static size_t joined_end(const struct builder *b, size_t begin) {
  const struct prd_token *first = &b->text->items[begin];
  size_t end = begin + 1, stop = first->end_byte;
  while (stop - first->begin_byte < LONGEST_JOINED) {
    const size_t step = is_joint(b->folded->bytes[stop]) ? 1 : 0;
    const struct prd_token *next = next_at(b, begin, end, stop + step);
    const bool dollar = next != NULL && next->kind == PRD_TOKEN_SYMBOL && b->folded->bytes[next->begin_byte] == '$';
    if (next == NULL || next->kind == PRD_TOKEN_LINK || (next->kind == PRD_TOKEN_SYMBOL && !dollar)) break;
    stop = next->end_byte;
    end++;
  }
  return end;
}

static bool read_signs(const struct builder *b, size_t begin, struct reading *reading) {
  const struct prd_token *first = &b->text->items[begin];
  const bool dollar = first->kind == PRD_TOKEN_SYMBOL && b->folded->bytes[first->begin_byte] == '$';
  if ((first->kind != PRD_TOKEN_WORD && !dollar) || (first->flags & (PRD_TOKEN_MENTION | PRD_TOKEN_ELIDED)) != 0)
    return false;
  const char after = b->folded->bytes[first->end_byte];
  const size_t end = dollar || is_joint(after) || after == '$' ? joined_end(b, begin) : begin + 1;
  if (end == begin + 1 && (dollar || !looks_odd(b, first))) return false;
  const uint32_t end_byte = b->text->items[end - 1].end_byte;
  if (!prd_spell_word(b->folded->bytes + first->begin_byte, b->folded->traits + first->begin_byte,
                      end_byte - first->begin_byte, &reading->spellings))
    return false;
  reading->begin = begin;
  reading->end = end;
  reading->end_byte = end_byte;
  reading->also_as_written = end == begin + 1;
  return true;
}

// --- Letters with something between them

/// Bytes of the one sign or space at `byte` that may stand between letters, 0 for another.
static size_t spacer_length(const struct builder *b, size_t byte) {
  const char c = b->folded->bytes[byte];
  if (c == ' ' || c == '.' || c == '-' || c == '_' || c == '*') return 1;
  return (uint8_t)c == 0xC2 && (uint8_t)b->folded->bytes[byte + 1] == 0xB7 ? 2 : 0; // ·
}

static bool is_one_letter(const struct builder *b, const struct prd_token *token) {
  return token->end_byte == token->begin_byte + 1 && prd_is_lower(b->folded->bytes[token->begin_byte]);
}

/// Reads letters; sets `end` behind all of them even when they are too many, so that they are looked at once.
static bool read_spaced(const struct builder *b, size_t begin, struct reading *reading) {
  const struct prd_token *token = &b->text->items[begin];
  const char spacer = b->folded->bytes[token->end_byte];
  const size_t step = spacer_length(b, token->end_byte);
  struct prd_spellings *out = &reading->spellings;
  out->count = 1;
  out->lengths[0] = 0;
  reading->begin = reading->end = begin;
  reading->also_as_written = false;
  while (token != NULL && is_one_letter(b, token)) {
    if (out->lengths[0] < MOST_SPACED_LETTERS) out->bytes[0][out->lengths[0]] = b->folded->bytes[token->begin_byte];
    out->lengths[0]++;
    reading->end++;
    reading->end_byte = token->end_byte;
    if (step == 0 || b->folded->bytes[token->end_byte] != spacer) break;
    token = next_at(b, begin, reading->end, token->end_byte + step);
  }
  return out->lengths[0] >= LEAST_SPACED_LETTERS && out->lengths[0] <= MOST_SPACED_LETTERS;
}

// --- Inclusive writing

/// Bytes of the separator of inclusive writing at `byte`, 0 for none.
static size_t separator_length(const struct builder *b, size_t byte) {
  static const char wide[][4] = {"\u00B7", "\u2022", "\u22C5", "\u2027"};
  const char c = b->folded->bytes[byte];
  if (c == '.' || c == '-' || c == '(' || c == '/') return 1;
  if ((uint8_t)c < 0x80) return 0;
  for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
    if (strncmp(b->folded->bytes + byte, wide[i], strlen(wide[i])) == 0) return strlen(wide[i]);
  return 0;
}

/// The ending of token `begin`, when the token after it can be one.
static const struct prd_token *ending_of(const struct builder *b, size_t begin, size_t separator) {
  const struct prd_token *word = &b->text->items[begin];
  const struct prd_token *ending = next_at(b, begin, begin + 1, word->end_byte + separator);
  if (ending == NULL || ending->kind != PRD_TOKEN_WORD || length_of(ending) > LONGEST_ENDING) return NULL;
  // "fini.Elle" is a forgotten space.
  const bool capitals = (word->flags & PRD_TOKEN_ALL_CAPITALS) != 0;
  if ((ending->flags & (PRD_TOKEN_CAPITALIZED | PRD_TOKEN_ELIDED)) != 0 && !capitals) return NULL;
  return all_letters(b, ending) ? ending : NULL;
}

/// Sets the end of the reading behind the plural's s, when there is one at `byte`, or behind a separator there.
static bool takes_plural(const struct builder *b, size_t byte, size_t separator, char mark, struct reading *reading) {
  const bool again = separator != 0 && b->folded->bytes[byte] == mark;
  const struct prd_token *s = next_at(b, reading->begin, reading->end, byte + (again ? separator : 0));
  if (s == NULL || length_of(s) != 1 || b->folded->bytes[s->begin_byte] != 's') return false;
  if (mark == '(' && again && b->folded->bytes[s->end_byte] != ')') return false;
  if (mark != '(' && !again) return false;
  reading->end++;
  reading->end_byte = s->end_byte + (mark == '(' && again ? 1 : 0);
  return true;
}

static bool read_inclusive(const struct builder *b, size_t begin, struct reading *reading) {
  const struct prd_token *word = &b->text->items[begin];
  const size_t separator = separator_length(b, word->end_byte);
  if (separator == 0 || word->kind != PRD_TOKEN_WORD || length_of(word) < LEAST_INCLUSIVE_WORD) return false;
  const char mark = b->folded->bytes[word->end_byte];
  const struct prd_token *ending = ending_of(b, begin, separator);
  if (ending == NULL || !all_letters(b, word)) return false;
  if (mark == '(' && b->folded->bytes[ending->end_byte] != ')') return false;
  reading->begin = begin;
  reading->end = begin + 2;
  reading->end_byte = ending->end_byte + (mark == '(' ? 1 : 0);
  reading->also_as_written = false;
  const bool plural = takes_plural(b, reading->end_byte, separator, mark, reading);
  // Something goes on: a name of a file, a compound ("porte-e-mail").
  const struct prd_token *next = token_at(b, reading->end);
  const char after = b->folded->bytes[reading->end_byte];
  const size_t gap = after == '.' || after == '-' || after == '/' ? 1 : 0;
  const bool wide = (uint8_t)mark >= 0x80;
  if (next != NULL && next->begin_byte == reading->end_byte + gap && !(wide && gap == 1)) return false;
  const char *bytes = b->folded->bytes;
  if (length_of(ending) == 1 && bytes[ending->begin_byte] == 's' && mark != '(' && !wide) return false;
  return prd_spell_inclusive(bytes + word->begin_byte, length_of(word), bytes + ending->begin_byte, length_of(ending),
                             plural, &reading->spellings);
}

// --- Hashtags

static bool is_capital(const struct builder *b, size_t byte) {
  return (b->folded->traits[byte] & PRD_TRAIT_UPPER) != 0;
}

/// Whether a word of a tag begins at `byte`, which is inside the tag.
static bool part_begins(const struct builder *b, const struct prd_token *tag, size_t byte) {
  const char *bytes = b->folded->bytes;
  if (((uint8_t)bytes[byte] & 0xC0) == 0x80) return false;
  if (prd_is_digit(bytes[byte]) != prd_is_digit(bytes[byte - 1])) return true;
  if (!is_capital(b, byte)) return false;
  // One character that folding made two is no boundary (Œ).
  if (b->folded->origin_utf16[byte] == b->folded->origin_utf16[byte - 1]) return false;
  return !is_capital(b, byte - 1) ||
         (byte + 1 < tag->end_byte && prd_is_lower(bytes[byte + 1]) && !is_capital(b, byte + 1));
}

static size_t part_end(const struct builder *b, const struct prd_token *tag, size_t begin) {
  size_t end = begin + 1;
  while (end < tag->end_byte && !part_begins(b, tag, end)) end++;
  return end;
}

static enum prd_error add_part(struct builder *b, size_t tag, size_t begin, size_t end) {
  const char *bytes = b->folded->bytes + begin;
  const size_t length = end - begin, first = b->spelling_count;
  struct prd_token token = b->text->items[tag];
  token.begin_byte = (uint32_t)begin;
  token.end_byte = (uint32_t)end;
  token.hash = prd_word_hash(bytes, length);
  // Every part of a tag has a capital: it says nothing about names.
  token.flags &= (uint16_t)~PRD_TOKEN_CAPITALIZED;
  token.kind = prd_is_digit(*bytes) ? PRD_TOKEN_NUMBER : PRD_TOKEN_WORD;
  enum prd_error error = PRD_OK;
  if (length >= LEAST_ELIDED_PART && (bytes[0] == 'j' || bytes[0] == 'l') && strchr("aeiouyh", bytes[1]) != NULL) {
    error = add_spelling(b, bytes, length);
    if (error == PRD_OK) error = add_spelling(b, bytes + 1, length - 1);
  }
  return error != PRD_OK ? error : add_token(b, token, tag, tag + 1, first, true);
}

static enum prd_error add_tag(struct builder *b, size_t tag) {
  const struct prd_token *token = &b->text->items[tag];
  enum prd_error error = PRD_OK;
  size_t begin = token->begin_byte;
  for (size_t parts = 1; begin < token->end_byte && error == PRD_OK; parts++) {
    const size_t end = parts == MOST_TAG_PARTS ? token->end_byte : part_end(b, token, begin);
    error = add_part(b, tag, begin, end);
    begin = end;
  }
  return error;
}

static bool is_camel_tag(const struct builder *b, const struct prd_token *token) {
  return (token->flags & PRD_TOKEN_HASHTAG) != 0 && token->kind == PRD_TOKEN_WORD &&
         part_end(b, token, token->begin_byte) < token->end_byte;
}

// --- The whole text

struct sentence {
  size_t begin;  ///< first token not yet in the view
  bool open;     ///< the view has this sentence
  size_t spaced; ///< tokens before this one were read as single letters already
};

static bool read_word(const struct builder *b, size_t begin, struct sentence *sentence, struct reading *reading) {
  const struct prd_token *token = &b->text->items[begin];
  if (token->kind == PRD_TOKEN_LINK || token->kind == PRD_TOKEN_NUMBER) return false;
  if (is_one_letter(b, token) && begin >= sentence->spaced) {
    if (read_spaced(b, begin, reading)) return true;
    sentence->spaced = reading->end;
  }
  return read_inclusive(b, begin, reading) || read_signs(b, begin, reading);
}

static enum prd_error open_sentence(struct builder *b, struct sentence *sentence, size_t until) {
  sentence->open = true;
  return add_as_written(b, sentence->begin, until);
}

/// Adds what token `begin` is, and sets `end` behind it.
static enum prd_error add_next(struct builder *b, struct sentence *sentence, size_t begin, size_t *end) {
  struct reading reading; // not initialised: most tokens have none
  const bool tag = is_camel_tag(b, &b->text->items[begin]);
  const bool read = !tag && read_word(b, begin, sentence, &reading);
  enum prd_error error = PRD_OK;
  *end = read ? reading.end : begin + 1;
  if (!tag && !read) return sentence->open ? add_as_written(b, begin, begin + 1) : PRD_OK;
  if (!sentence->open) error = open_sentence(b, sentence, begin);
  if (error != PRD_OK) return error;
  return tag ? add_tag(b, begin) : add_reading(b, &reading);
}

enum prd_error prd_views_build(struct prd_arena *arena, const struct prd_folded *folded,
                               const struct prd_tokens *tokens, struct prd_views *out) {
  struct builder b = {.arena = arena, .folded = folded, .text = tokens};
  struct sentence sentence = {0};
  enum prd_error error = PRD_OK;
  for (size_t i = 0, end; i < tokens->count && error == PRD_OK; i = end) {
    if (i != 0 && tokens->items[i].sentence != tokens->items[i - 1].sentence)
      sentence = (struct sentence){.begin = i, .spaced = sentence.spaced};
    error = add_next(&b, &sentence, i, &end);
  }
  *out = (struct prd_views){0};
  if (error != PRD_OK || b.count == 0) return error;
  const size_t count = b.count;
  error = add_token(&b, (struct prd_token){0}, 0, 0, b.spelling_count, false);
  *out = (struct prd_views){{b.tokens, count, tokens->sentence_count}, b.places, b.spellings};
  return error;
}
