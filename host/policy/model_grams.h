// SPDX-License-Identifier: GPL-3.0-or-later
// What the model looks at in a text: words, pairs and triples of words, and parts of words, as 32-bit hashes. The trainer and the
// reader of the model both go through here, so that they see the same. Private to host/policy and to the trainer.
#ifndef PRD_POLICY_MODEL_GRAMS_H
#define PRD_POLICY_MODEL_GRAMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "text/tokens.h"

/// Words and their runs count against each other, and parts of words among themselves: each group is divided by the square root of
/// its own size.
enum prd_gram_group { PRD_GRAM_WORDS, PRD_GRAM_PARTS, PRD_GRAM_GROUP_COUNT };

struct prd_model_gram {
  uint32_t hash; ///< never 0
  uint32_t begin_token, end_token;
};

struct prd_model_grams {
  const struct prd_model_gram *items[PRD_GRAM_GROUP_COUNT];
  size_t count[PRD_GRAM_GROUP_COUNT];
};

/// Every gram of the first 20,000 bytes, repeated as often as it occurs. A number is "any number", a link "any link", a mention "any
/// mention"; a capitalised word inside a sentence also counts as "any name" beside its neighbours. Error: PRD_ERROR_MEMORY.
enum prd_error prd_model_grams(struct prd_arena *arena, const struct prd_folded *folded, const struct prd_tokens *tokens,
                               struct prd_model_grams *out);

#endif
