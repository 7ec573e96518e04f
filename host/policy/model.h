// SPDX-License-Identifier: GPL-3.0-or-later
// A small linear model: how likely a text is to concern each category, from its words, pairs of words, parts of words and the lists of the pack that it touches. It is
// one more kind of evidence: a rule gives points for it, and says what else it wants. Private to host/policy.
//
// Logistic regression, one category against the rest, and one for "breaks anything": log-odds = bias of the venue + scale × the
// sum of the weights of the grams of a text, each group of grams (model_grams.h) divided by the square root of its size. What is said of a
// category is the sum of its log-odds and of those of "anything", as a confidence in percent: a rank, not a frequency.
#ifndef PRD_POLICY_MODEL_H
#define PRD_POLICY_MODEL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "policy/category.h"
#include "policy/pack.h"
#include "policy/pack_view.h"

enum { PRD_MODEL_WORDS_SHOWN = 5, PRD_MODEL_WORD_BYTES = 4 };

/// What the model says of one text.
struct prd_model_reading {
  int32_t percent
      [PRD_CATEGORY_COUNT]; ///< 0 to 100; 0 for all when the pack has no model, and for a category it does not know
  /// What the model would name: the likeliest category that the policy knows, and each that is likelier than not by itself.
  bool named[PRD_CATEGORY_COUNT];
  const struct prd_model_grams *grams; ///< what it read, in the arena; NULL without a model
};

struct prd_reading;

/// Reads what was found in a text into `reading->model`. Error: PRD_ERROR_MEMORY.
enum prd_error prd_model_read(const struct prd_pack *pack, struct prd_arena *arena, enum prd_venue venue,
                              struct prd_reading *reading);

/// A run of words that speaks for a category.
struct prd_model_word {
  uint32_t begin_token, end_token;
  float weight; ///< log-odds that its n-grams add, above 0
};

/// The strongest words of PRD_MODEL_WORD_BYTES bytes and more for `category`, strongest first, at most PRD_MODEL_WORDS_SHOWN; their number.
size_t prd_model_strongest(const struct prd_pack *pack, const struct prd_reading *reading, size_t category,
                           struct prd_model_word words[PRD_MODEL_WORDS_SHOWN]);

#endif
