// SPDX-License-Identifier: GPL-3.0-or-later
// One rule alone, whatever its state and however grave the others are: what examples are run with. Author side only.
#ifndef PRD_POLICY_JUDGE_RULE_H
#define PRD_POLICY_JUDGE_RULE_H

#include "policy/judge.h"

/// Judges `text` by rule number `rule` of the pack. `*fired` is false when the rule stays silent or does not bind in this
/// context. Errors as prd_judge_text.
enum prd_error prd_judge_rule(struct prd_judge *judge, struct prd_arena *arena, const char *text, size_t rule,
                              const struct prd_context *context, struct prd_finding *out, bool *fired, bool *complete);

#endif
