// SPDX-License-Identifier: GPL-3.0-or-later
// Training the model from labelled posts. Author side only: the only room that needs liblinear.
//
// One L2-regularised logistic regression for each category, against the posts of institutions and places where that category is
// known (elsewhere "clean" says nothing about the words), and one over all posts for "breaks anything". Solver: LIBLINEAR's trust-region Newton method, R.-E. Fan et al., JMLR 9, 2008.
#ifndef PRD_POLICY_MODEL_TRAIN_H
#define PRD_POLICY_MODEL_TRAIN_H

#include "policy/judge.h"
#include "policy/model_file.h"

/// A labelled post.
struct prd_labelled_post {
  const char *text;
  size_t institution; ///< number of its pack
  enum prd_venue venue;
  uint32_t categories; ///< bit set by number of category
};

/// What training saw and made.
struct prd_training {
  size_t posts, grams, positives[PRD_MODEL_OUTPUT_COUNT];
};

/// Trains on `post_count` posts. `judges[i]` reads the posts of institution i (at most PRD_MODEL_INSTITUTIONS_MAX); a category counts
/// as known in a place when a rule of that pack binds there. Deterministic. Tables live in the arena. Error: PRD_ERROR_MEMORY.
enum prd_error prd_model_train(struct prd_arena *arena, struct prd_judge *const *judges,
                               const struct prd_pack *const *packs, size_t institution_count,
                               const struct prd_labelled_post *posts, size_t post_count, struct prd_model_tables *out,
                               struct prd_training *training);

#endif
