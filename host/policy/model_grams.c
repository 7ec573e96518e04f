// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/model_grams.h"

#include <stdbool.h>
#include <string.h>

#include "policy/pack_view.h"
#include "policy/reading.h"

enum {
  TEXT_MAX_BYTES = 20000,
  PART_MIN = 3,
  PART_MAX = 5,
  WORD_MIN_BYTES = 3,
  WORD_MAX_BYTES = 24, // of a longer word, this much is cut into parts
  GRAMS_OF_WORD = 8
};

/// Stand-ins for words whose own letters say nothing; they collide with no folded word, which has no upper case.
enum unit { UNIT_START = 'S', UNIT_END = 'E', UNIT_NUMBER = 'N', UNIT_LINK = 'L', UNIT_MENTION = 'M', UNIT_NAME = 'C' };

/// One gram's hash from those of its units; `kind` keeps "a b" and "a _ b" apart.
static uint32_t mix(uint32_t kind, uint32_t a, uint32_t b, uint32_t c) {
  uint64_t hash = 0x9e3779b97f4a7c15U * (kind + 1);
  hash = (hash ^ a) * 0xff51afd7ed558ccdU;
  hash = (hash ^ (hash >> 32) ^ b) * 0xc4ceb9fe1a85ec53U;
  hash = (hash ^ (hash >> 32) ^ c) * 0xff51afd7ed558ccdU;
  const uint32_t folded = (uint32_t)(hash >> 32);
  return folded == 0 ? 1 : folded;
}

static uint32_t unit_of(const struct prd_token *token) {
  if (token->kind == PRD_TOKEN_NUMBER) return UNIT_NUMBER;
  if (token->kind == PRD_TOKEN_LINK) return UNIT_LINK;
  if ((token->flags & PRD_TOKEN_MENTION) != 0) return UNIT_MENTION;
  return token->hash;
}

static bool is_name(const struct prd_token *token) {
  return token->kind == PRD_TOKEN_WORD && (token->flags & PRD_TOKEN_CAPITALIZED) != 0 &&
         (token->flags & (PRD_TOKEN_SENTENCE_START | PRD_TOKEN_ALL_CAPITALS | PRD_TOKEN_ELIDED)) == 0;
}

struct list {
  struct prd_model_gram *items;
  size_t count;
};

static void add(struct list *list, uint32_t hash, size_t begin, size_t end) {
  list->items[list->count++] = (struct prd_model_gram){hash, (uint32_t)begin, (uint32_t)end};
}

/// Grams that begin with token number `i`; neighbours stay inside the sentence.
static void add_words(struct list *list, const struct prd_tokens *tokens, size_t count, size_t i) {
  const struct prd_token *items = tokens->items;
  const uint32_t sentence = items[i].sentence;
  const bool second = i + 1 < count && items[i + 1].sentence == sentence;
  const bool third = second && i + 2 < count && items[i + 2].sentence == sentence;
  const uint32_t a = unit_of(&items[i]), b = second ? unit_of(&items[i + 1]) : (uint32_t)UNIT_END,
                 c = third ? unit_of(&items[i + 2]) : (uint32_t)UNIT_END;
  add(list, mix(0, a, 0, 0), i, i + 1);
  if (i == 0 || items[i - 1].sentence != sentence) add(list, mix(1, UNIT_START, a, 0), i, i + 1);
  add(list, mix(1, a, b, 0), i, second ? i + 2 : i + 1);
  if (!second) return;
  const bool name = is_name(&items[i]), next_name = is_name(&items[i + 1]);
  if (name) add(list, mix(1, UNIT_NAME, next_name ? (uint32_t)UNIT_NAME : b, 0), i, i + 2);
  if (next_name) add(list, mix(1, a, UNIT_NAME, 0), i, i + 2);
  add(list, mix(2, a, b, c), i, third ? i + 3 : i + 2);
  if (third) add(list, mix(3, a, c, 0), i, i + 3);
}

static void add_parts(struct list *list, const char *text, const struct prd_token *token, size_t i) {
  size_t length = token->end_byte - token->begin_byte;
  if (token->kind != PRD_TOKEN_WORD || length < WORD_MIN_BYTES) return;
  if (length > WORD_MAX_BYTES) length = WORD_MAX_BYTES;
  char word[WORD_MAX_BYTES + 2];
  word[0] = '^';
  for (size_t k = 0; k < length; k++) word[k + 1] = text[token->begin_byte + k];
  word[length + 1] = '$';
  for (size_t begin = 0; begin + PART_MIN <= length + 2; begin++) {
    uint32_t hash = 2166136261U; // the running value of prd_word_hash
    for (size_t size = 1; size <= PART_MAX && begin + size <= length + 2; size++) {
      hash = (hash ^ (uint8_t)word[begin + size - 1]) * 16777619U;
      if (size >= PART_MIN) add(list, mix(4, hash, 0, 0), i, i + 1);
    }
  }
}

static uint32_t name_hash(const struct prd_pack *pack, uint32_t feature) {
  const char *name = prd_pack_string(pack, pack->features[feature].name);
  return prd_word_hash(name, strlen(name));
}

/// Lists, patterns and identifiers that occur, each once, at its first place; metrics by steps of a quarter, counts up to three.
static void add_found(struct list *list, const struct prd_pack *pack, const struct prd_reading *reading) {
  for (uint32_t f = 0; f < pack->counts[PRD_SECTION_FEATURES]; f++) {
    const struct prd_image_feature *feature = &pack->features[f];
    if (feature->kind == PRD_FEATURE_MODEL) continue;
    if (feature->kind == PRD_FEATURE_METRIC) {
      const int32_t value = reading->metrics.values[feature->detail];
      const bool percent = feature->detail == PRD_METRIC_UPPERCASE_PERCENT ||
                           feature->detail == PRD_METRIC_OTHER_LANGUAGE ||
                           feature->detail == PRD_METRIC_UNINTELLIGIBLE || feature->detail == PRD_METRIC_UNKNOWN_WORDS;
      const int32_t step = percent ? value / 25 : value > 3 ? 3 : value;
      if (step > 0) add(list, mix(6, feature->detail, (uint32_t)step, 0), 0, 0);
      continue;
    }
    const uint32_t begin = reading->index.begin[f];
    if (begin == reading->index.begin[f + 1]) continue;
    const struct prd_hit *hit = &reading->index.items[begin];
    add(list, mix(5, name_hash(pack, f), feature->kind, 0), hit->begin_token, hit->end_token);
  }
}

enum prd_error prd_model_grams(struct prd_arena *arena, const struct prd_pack *pack, const struct prd_reading *reading,
                               struct prd_model_grams *out) {
  const struct prd_tokens *tokens = &reading->tokens;
  size_t count = 0, parts = 0;
  for (; count < tokens->count && tokens->items[count].end_byte <= TEXT_MAX_BYTES; count++) {
    const size_t length = tokens->items[count].end_byte - tokens->items[count].begin_byte;
    parts += (PART_MAX - PART_MIN + 1) * ((length < WORD_MAX_BYTES ? length : WORD_MAX_BYTES) + 2);
  }
  struct list lists[PRD_GRAM_GROUP_COUNT] = {
      [PRD_GRAM_WORDS] = {prd_arena_array(arena, count * GRAMS_OF_WORD + 1, sizeof *lists->items), 0},
      [PRD_GRAM_PARTS] = {prd_arena_array(arena, parts + 1, sizeof *lists->items), 0},
      [PRD_GRAM_FOUND] = {prd_arena_array(arena, pack->counts[PRD_SECTION_FEATURES] + 1, sizeof *lists->items), 0},
  };
  for (size_t group = 0; group < PRD_GRAM_GROUP_COUNT; group++) {
    if (lists[group].items == NULL) return PRD_ERROR_MEMORY;
  }
  for (size_t i = 0; i < count; i++) {
    add_words(&lists[PRD_GRAM_WORDS], tokens, count, i);
    add_parts(&lists[PRD_GRAM_PARTS], reading->folded.bytes, &tokens->items[i], i);
  }
  add_found(&lists[PRD_GRAM_FOUND], pack, reading);
  for (size_t group = 0; group < PRD_GRAM_GROUP_COUNT; group++) {
    out->items[group] = lists[group].items;
    out->count[group] = lists[group].count;
  }
  return PRD_OK;
}
