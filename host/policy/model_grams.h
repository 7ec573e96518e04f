// SPDX-License-Identifier: GPL-3.0-or-later
// What the model looks at in a text: words, pairs and triples of words, parts of words, and which lists, identifiers and metrics of
// the pack it touches, as 32-bit hashes. The trainer and the reader of the model both go through here, so that they see the same.
// Lists count by their name: packs that share a list share what the model learnt of it. Private to host/policy.
#ifndef PRD_POLICY_MODEL_GRAMS_H
#define PRD_POLICY_MODEL_GRAMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "text/tokens.h"

/// Each group counts against itself: its sum is divided by the square root of its size.
enum prd_gram_group {
  PRD_GRAM_WORDS, ///< words, pairs, triples
  PRD_GRAM_PARTS, ///< parts of words, 3 to 5 bytes
  PRD_GRAM_FOUND, ///< what the pack found: each list, pattern, identifier once, metrics by step
  PRD_GRAM_GROUP_COUNT
};

struct prd_model_gram {
  uint32_t hash;                   ///< never 0
  uint32_t begin_token, end_token; ///< empty for a metric
};

struct prd_model_grams {
  const struct prd_model_gram *items[PRD_GRAM_GROUP_COUNT];
  size_t count[PRD_GRAM_GROUP_COUNT];
};

struct prd_reading;
struct prd_pack;

/// Every gram of the first 20,000 bytes (the model knows posts, not books), repeated as often as it occurs. A number is "any
/// number", a link "any link", a mention "any mention"; a capitalised word inside a sentence also counts as "any name" beside its
/// neighbours. Error: PRD_ERROR_MEMORY.
enum prd_error prd_model_grams(struct prd_arena *arena, const struct prd_pack *pack, const struct prd_reading *reading,
                               struct prd_model_grams *out);

#endif
