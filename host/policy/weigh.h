// SPDX-License-Identifier: GPL-3.0-or-later
// Weighing one rule: anchors, evidence near them, exceptions, points. Private to host/policy.
#ifndef PRD_POLICY_WEIGH_H
#define PRD_POLICY_WEIGH_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "policy/hits.h"
#include "policy/judge.h"
#include "policy/metrics.h"
#include "policy/model.h"
#include "policy/pack_view.h"
#include "text/tokens.h"

/// Everything that was found in one text, before any rule is weighed.
struct prd_reading {
  struct prd_folded folded;
  struct prd_tokens tokens;
  struct prd_metrics metrics;
  struct prd_model_reading model;
  struct prd_hit_index index;
};

/// Weighs a rule; `*fired` tells whether `out` was filled. `*complete` becomes false when matches were too many to look at
/// them all and none of those seen counted. Error: PRD_ERROR_MEMORY.
enum prd_error prd_weigh(const struct prd_pack *pack, struct prd_arena *arena, const struct prd_reading *reading,
                         const struct prd_image_rule *rule, struct prd_finding *out, bool *fired, bool *complete);

#endif
