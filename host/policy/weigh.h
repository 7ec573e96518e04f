// SPDX-License-Identifier: GPL-3.0-or-later
// Weighing one rule: anchors, evidence near them, exceptions, points. Private to host/policy.
#ifndef PRD_POLICY_WEIGH_H
#define PRD_POLICY_WEIGH_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "policy/judge.h"
#include "policy/pack_view.h"
#include "policy/reading.h"

/// Weighs a rule; `*fired` tells whether `out` was filled. `*complete` becomes false when matches were too many to look at
/// them all and none of those seen counted. Error: PRD_ERROR_MEMORY.
enum prd_error prd_weigh(const struct prd_pack *pack, struct prd_arena *arena, const struct prd_reading *reading,
                         const struct prd_image_rule *rule, struct prd_finding *out, bool *fired, bool *complete);

/// Sees each match as it is weighed: the item that found it, where, and whether it made the rule fire.
struct prd_weigh_watch {
  void (*see)(void *context, uint32_t item, const struct prd_hit *anchor, bool counts);
  void *context;
};

/// prd_weigh with somebody who watches; `watch` may be NULL. For the author's side (explain.h).
enum prd_error prd_weigh_watched(const struct prd_pack *pack, struct prd_arena *arena,
                                 const struct prd_reading *reading, const struct prd_image_rule *rule,
                                 const struct prd_weigh_watch *watch, struct prd_finding *out, bool *fired,
                                 bool *complete);

/// The steps of weighing one match, for whoever tells why. Whether a near item holds for `anchor`; `*out` is the evidence, an
/// empty hit for a measure of the whole text.
bool prd_weigh_near(const struct prd_pack *pack, const struct prd_reading *reading, const struct prd_image_item *item,
                    const struct prd_hit *anchor, struct prd_hit *out);

/// Whether an unless item excuses `anchor`; `*out` is what excuses it.
bool prd_weigh_excuse(const struct prd_pack *pack, const struct prd_reading *reading, const struct prd_image_item *item,
                      const struct prd_hit *anchor, struct prd_hit *out);

/// Whether the rule leaves `anchor` alone because it is quoted.
bool prd_weigh_is_quoted(const struct prd_reading *reading, const struct prd_image_rule *rule,
                         const struct prd_hit *anchor);

#endif
