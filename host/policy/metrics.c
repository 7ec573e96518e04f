// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/metrics.h"

#include <stdlib.h>

enum { LETTERS_NEEDED = 20, WORDS_OF_A_SENTENCE = 3 };

static int32_t uppercase_percent(const struct prd_folded *folded) {
  size_t letters = 0, upper = 0;
  for (size_t i = 0; i < folded->length_bytes; i++) {
    if (folded->bytes[i] < 'a' || folded->bytes[i] > 'z') continue;
    letters++;
    if ((folded->traits[i] & PRD_TRAIT_UPPER) != 0) upper++;
  }
  return letters < LETTERS_NEEDED ? 0 : (int32_t)(upper * 100 / letters);
}

static int compare_hashes(const void *left, const void *right) {
  const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
  return a < b ? -1 : a > b;
}

/// Most frequent value of an array, counted; 0 when every value is single. Orders the array.
static int32_t most_repeated(uint64_t *values, size_t count) {
  qsort(values, count, sizeof *values, compare_hashes);
  size_t best = 1, run = 1;
  for (size_t i = 1; i < count; i++) {
    run = values[i] == values[i - 1] ? run + 1 : 1;
    if (run > best) best = run;
  }
  return best > 1 ? (int32_t)best : 0;
}

static enum prd_error repeated_sentences(struct prd_arena *arena, const struct prd_tokens *tokens, int32_t *out) {
  uint64_t *hashes = prd_arena_array(arena, (size_t)tokens->sentence_count + 1, sizeof *hashes);
  if (hashes == NULL) return PRD_ERROR_MEMORY;
  size_t count = 0;
  for (size_t i = 0; i < tokens->count;) {
    uint64_t hash = 14695981039346656037U; // FNV-1a, 64 bits, over the words' hashes
    size_t words = 0;
    const uint32_t sentence = tokens->items[i].sentence;
    for (; i < tokens->count && tokens->items[i].sentence == sentence; i++, words++)
      hash = (hash ^ tokens->items[i].hash) * 1099511628211U;
    if (words >= WORDS_OF_A_SENTENCE && count < tokens->sentence_count) hashes[count++] = hash;
  }
  *out = count == 0 ? 0 : most_repeated(hashes, count);
  return PRD_OK;
}

enum prd_error prd_measure(struct prd_arena *arena, const struct prd_folded *folded, const struct prd_tokens *tokens,
                           struct prd_metrics *out) {
  *out = (struct prd_metrics){0};
  out->values[PRD_METRIC_UPPERCASE_PERCENT] = uppercase_percent(folded);
  for (size_t i = 0; i < tokens->count; i++) {
    if (tokens->items[i].kind == PRD_TOKEN_LINK) out->values[PRD_METRIC_LINKS]++;
    if ((tokens->items[i].flags & PRD_TOKEN_HASHTAG) != 0) out->values[PRD_METRIC_HASHTAGS]++;
  }
  return repeated_sentences(arena, tokens, &out->values[PRD_METRIC_REPEATED_SENTENCES]);
}
