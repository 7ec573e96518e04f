// SPDX-License-Identifier: GPL-3.0-or-later
// Measures of a whole text. Private to host/policy.
#ifndef PRD_POLICY_METRICS_H
#define PRD_POLICY_METRICS_H

#include "base/arena.h"
#include "base/error.h"
#include "policy/image.h"
#include "text/tokens.h"

struct prd_metrics {
  int32_t values[PRD_METRIC_COUNT];
};

/// `uppercase-percent` is 0 for texts of fewer than 20 letters; `repeated-sentences` counts the most frequent sentence
/// of at least three words, 0 when none occurs twice. Error: PRD_ERROR_MEMORY.
enum prd_error prd_measure(struct prd_arena *arena, const struct prd_folded *folded, const struct prd_tokens *tokens,
                           struct prd_metrics *out);

#endif
