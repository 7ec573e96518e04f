// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/source_terms.h"

#include <string.h>

#include "policy/image.h"
#include "text/tokens.h"

enum { NESTING_MAX = 8 };

/// Strings under construction: the expansion of what has been read so far.
struct strings {
  const char **items;
  size_t count, capacity;
};

struct expansion {
  const struct prd_node *term;
  const char *rule;
  struct prd_problems *problems;
  const char *at;
  bool failed;
};

static void fail(struct expansion *expansion, enum prd_source_message message, const char *detail) {
  if (!expansion->failed)
    prd_problem_add(expansion->problems, expansion->term->place, expansion->rule, message, expansion->term->text,
                    detail);
  expansion->failed = true;
}

static void no_memory(struct expansion *expansion) {
  expansion->problems->out_of_memory = true;
  expansion->failed = true;
}

static void add_string(struct expansion *expansion, struct strings *strings, const char *text) {
  if (expansion->failed) return;
  if (strings->count == PRD_TERM_VARIANTS_MAX) {
    fail(expansion, PRD_SOURCE_TERM_TOO_MANY, "4096");
    return;
  }
  const char **items =
      prd_arena_grow(expansion->problems->arena, strings->items, strings->count, &strings->capacity, sizeof *items);
  if (items == NULL || text == NULL) {
    no_memory(expansion);
    return;
  }
  strings->items = items;
  items[strings->count++] = text;
}

/// Every string of `left` followed by every string of `right`.
static struct strings product(struct expansion *expansion, const struct strings *left, const struct strings *right) {
  struct strings result = {0};
  for (size_t l = 0; l < left->count && !expansion->failed; l++) {
    for (size_t r = 0; r < right->count && !expansion->failed; r++)
      add_string(expansion, &result,
                 prd_arena_format(expansion->problems->arena, "%s%s", left->items[l], right->items[r]));
  }
  return result;
}

static struct strings alternatives(struct expansion *expansion, char closing, unsigned depth);

/// Reads until a bar or bracket that belongs to the caller.
static struct strings sequence(struct expansion *expansion, unsigned depth) {
  struct strings result = {0};
  add_string(expansion, &result, "");
  while (*expansion->at != '\0' && strchr(")}|", *expansion->at) == NULL && !expansion->failed) {
    struct strings part = {0};
    const char opening = *expansion->at;
    if (opening == '(' || opening == '{') {
      if (depth == NESTING_MAX) {
        fail(expansion, PRD_SOURCE_TERM_SYNTAX, NULL);
        break;
      }
      expansion->at++;
      part = alternatives(expansion, opening == '(' ? ')' : '}', depth + 1);
    } else {
      const size_t length = strcspn(expansion->at, "(){}|");
      add_string(expansion, &part, prd_arena_copy(expansion->problems->arena, expansion->at, length));
      expansion->at += length;
    }
    result = product(expansion, &result, &part);
  }
  return result;
}

/// The inside of (…) or {…}, and its closing bracket. {name} without a bar stays as it is: it is a slot.
static struct strings alternatives(struct expansion *expansion, char closing, unsigned depth) {
  struct strings result = {0};
  if (closing == ')') add_string(expansion, &result, "");
  const char *begin = expansion->at;
  bool barred = false;
  for (;;) {
    const struct strings part = sequence(expansion, depth);
    for (size_t i = 0; i < part.count && !expansion->failed; i++) add_string(expansion, &result, part.items[i]);
    if (*expansion->at != '|') break;
    barred = true;
    expansion->at++;
  }
  if (*expansion->at != closing) {
    fail(expansion, PRD_SOURCE_TERM_SYNTAX, NULL);
    return result;
  }
  if (closing == '}' && !barred && !expansion->failed) {
    result.count = 0;
    add_string(expansion, &result,
               prd_arena_format(expansion->problems->arena, "{%.*s}", (int)(expansion->at - begin), begin));
  }
  expansion->at++;
  return result;
}

static void add_piece(struct expansion *expansion, struct prd_variant *variant, struct prd_piece piece) {
  struct prd_piece *pieces =
      prd_arena_grow(expansion->problems->arena, variant->pieces, variant->count, &variant->capacity, sizeof *pieces);
  if (pieces == NULL || (piece.kind != PRD_PIECE_GAP && piece.text == NULL)) {
    no_memory(expansion);
    return;
  }
  variant->pieces = pieces;
  pieces[variant->count++] = piece;
}

static enum prd_error cut_words(struct prd_arena *arena, const char *text, size_t length, struct prd_folded *folded,
                                struct prd_tokens *tokens) {
  const enum prd_error error = prd_fold_text(arena, text, length, folded);
  return error == PRD_OK ? prd_tokenize(arena, folded, tokens) : error;
}

/// Cuts with a word in the place of each slot or gap beside the stretch, so that "l'{who}" has an elided word and "{who}'s" a
/// possessive, as in a person's text. False when that word melts into the stretch, which is then cut alone.
static bool cut_between(struct prd_arena *arena, const char *text, size_t length, bool before, bool after,
                        struct prd_folded *folded, struct prd_tokens *tokens) {
  const char *padded = prd_arena_format(arena, "%s%.*s%s", before ? "x" : "", (int)length, text, after ? " x" : "");
  if (padded == NULL || cut_words(arena, padded, strlen(padded), folded, tokens) != PRD_OK) return false;
  if (before && (tokens->count == 0 || tokens->items[0].end_byte != 1)) return false;
  tokens->items += before;
  tokens->count -= (size_t)before + (size_t)after;
  return true;
}

/// Words of a stretch of plain text, cut exactly as a person's text is.
static void add_words(struct expansion *expansion, struct prd_variant *variant, const char *text, size_t length,
                      bool after) {
  struct prd_arena *arena = expansion->problems->arena;
  struct prd_folded folded;
  struct prd_tokens tokens;
  enum prd_error error = PRD_OK;
  if (!cut_between(arena, text, length, variant->count != 0, after, &folded, &tokens) &&
      !cut_between(arena, text, length, false, after, &folded, &tokens))
    error = cut_words(arena, text, length, &folded, &tokens);
  if (error == PRD_ERROR_ENCODING) fail(expansion, PRD_SOURCE_NOT_FOLDED, NULL);
  if (error == PRD_ERROR_MEMORY) no_memory(expansion);
  if (error != PRD_OK) return;
  size_t stars = 0, placed = 0;
  for (size_t i = 0; i < folded.length_bytes; i++) stars += folded.bytes[i] == '*';
  for (size_t i = 0; i < tokens.count; i++) {
    const struct prd_token *token = &tokens.items[i];
    const size_t bytes = token->end_byte - token->begin_byte;
    const bool star = folded.bytes[token->end_byte] == '*';
    if (star && (bytes < PRD_PREFIX_MIN_BYTES || bytes > PRD_PREFIX_MAX_BYTES)) break;
    // "homophob*s" would be two words.
    if (star && i + 1 < tokens.count && tokens.items[i + 1].begin_byte == token->end_byte + 1) break;
    placed += star;
    add_piece(expansion, variant,
              (struct prd_piece){.kind = star ? PRD_PIECE_PREFIX : PRD_PIECE_WORD,
                                 .text = prd_arena_copy(arena, folded.bytes + token->begin_byte, bytes)});
  }
  if (placed != stars) fail(expansion, PRD_SOURCE_TERM_PREFIX, NULL);
}

static bool read_gap(const char *text, size_t length, struct prd_piece *out) {
  unsigned numbers[2] = {0, 0};
  size_t count = 0, digits = 0;
  for (size_t i = 0; i < length; i++) {
    if (text[i] >= '0' && text[i] <= '9' && digits < 2) {
      numbers[count] = numbers[count] * 10 + (unsigned)(text[i] - '0');
      digits++;
    } else if (text[i] == '-' && count == 0 && digits != 0) {
      count = 1;
      digits = 0;
    } else {
      return false;
    }
  }
  if (digits == 0) return false;
  const unsigned least = count == 1 ? numbers[0] : 0, most = numbers[count];
  if (least > most || most == 0 || most > PRD_GAP_MAX) return false;
  *out = (struct prd_piece){.kind = PRD_PIECE_GAP, .least = (uint8_t)least, .most = (uint8_t)most};
  return true;
}

/// A bracketed part of a variant: {slot} or <gap>. Returns what follows it.
static const char *add_bracketed(struct expansion *expansion, struct prd_variant *variant, const char *text) {
  const bool slot = *text == '{';
  const char *end = strchr(text, slot ? '}' : '>');
  if (end == NULL) {
    fail(expansion, PRD_SOURCE_TERM_SYNTAX, NULL);
    return text + strlen(text);
  }
  const size_t length = (size_t)(end - text) - 1;
  struct prd_piece piece = {.kind = PRD_PIECE_SLOT};
  if (slot)
    piece.text = prd_arena_copy(expansion->problems->arena, text + 1, length);
  else if (!read_gap(text + 1, length, &piece))
    fail(expansion, PRD_SOURCE_TERM_GAP, NULL);
  if (!expansion->failed) add_piece(expansion, variant, piece);
  return end + 1;
}

/// "d'" alone: it is elided before whatever word of the text follows.
static bool is_elided(const char *text, size_t length) {
  static const char curly[] = "\xE2\x80\x99"; // U+2019
  return text[length - 1] == '\'' || (length >= 3 && memcmp(text + length - 3, curly, 3) == 0);
}

static void cut(struct expansion *expansion, const char *text, struct prd_variant *variant) {
  while (*text != '\0' && !expansion->failed) {
    const size_t length = strcspn(text, "{<");
    if (length != 0) add_words(expansion, variant, text, length, text[length] != '\0' || is_elided(text, length));
    text += length;
    if (*text != '\0') text = add_bracketed(expansion, variant, text);
  }
  if (expansion->failed) return;
  if (variant->count == 0) {
    fail(expansion, PRD_SOURCE_TERM_EMPTY, NULL);
    return;
  }
  for (size_t i = 0; i < variant->count; i++) {
    const bool inside = i != 0 && i + 1 != variant->count && variant->pieces[i - 1].kind != PRD_PIECE_GAP;
    if (variant->pieces[i].kind == PRD_PIECE_GAP && !inside) fail(expansion, PRD_SOURCE_TERM_GAP, NULL);
  }
}

bool prd_term_expand(const struct prd_node *term, const char *rule, struct prd_problems *problems,
                     struct prd_variants *out) {
  struct expansion expansion = {.term = term, .rule = rule, .problems = problems, .at = term->text};
  *out = (struct prd_variants){0};
  const struct strings strings = sequence(&expansion, 0);
  if (*expansion.at != '\0') fail(&expansion, PRD_SOURCE_TERM_SYNTAX, NULL);
  for (size_t i = 0; i < strings.count && !expansion.failed; i++) {
    struct prd_variant variant = {0};
    cut(&expansion, strings.items[i], &variant);
    struct prd_variant *items = prd_arena_grow(problems->arena, out->items, out->count, &out->capacity, sizeof *items);
    if (items == NULL) {
      no_memory(&expansion);
      break;
    }
    out->items = items;
    items[out->count++] = variant;
  }
  return !expansion.failed;
}
