// SPDX-License-Identifier: GPL-3.0-or-later
// A small linear model: how likely a text is to concern each category, from its words, pairs of words and parts of words. It is
// one more kind of evidence: a rule gives points for it, and says what else it wants. Private to host/policy.
//
// Logistic regression, one category against the rest: log-odds = bias of the venue + scale × the sum of the weights of the
// n-grams that occur (each once, however often it occurs), divided by the square root of their number.
#ifndef PRD_POLICY_MODEL_H
#define PRD_POLICY_MODEL_H

#include "base/arena.h"
#include "base/error.h"
#include "policy/category.h"
#include "policy/pack.h"
#include "policy/pack_view.h"
#include "text/tokens.h"

enum { PRD_MODEL_WORDS_SHOWN = 6 };

/// What the model says of one text.
struct prd_model_reading {
  int32_t percent[PRD_CATEGORY_COUNT]; ///< 0 to 100; 0 for all when the pack has no model
  const struct prd_model_grams *grams; ///< what it read, in the arena; NULL without a model
};

/// Reads a text. Only the first 20,000 bytes are looked at: the model knows posts, not books. Error: PRD_ERROR_MEMORY.
enum prd_error prd_model_read(const struct prd_pack *pack, struct prd_arena *arena, const struct prd_folded *folded,
                              const struct prd_tokens *tokens, enum prd_venue venue, struct prd_model_reading *out);

/// A run of words that speaks for a category.
struct prd_model_word {
  uint32_t begin_token, end_token;
  float weight; ///< log-odds that its n-grams add, above 0
};

/// The strongest words for `category`, strongest first, at most PRD_MODEL_WORDS_SHOWN; their number.
size_t prd_model_strongest(const struct prd_pack *pack, const struct prd_model_reading *reading,
                           const struct prd_tokens *tokens, size_t category,
                           struct prd_model_word words[PRD_MODEL_WORDS_SHOWN]);

#endif
