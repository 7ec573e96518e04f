// SPDX-License-Identifier: GPL-3.0-or-later
// The judge taken apart, for the author's side: one rule alone, whatever its state and however grave the others are (examples);
// the rules in state shadow; the reading of a text before any rule is weighed (explain.h).
#ifndef PRD_POLICY_JUDGE_RULE_H
#define PRD_POLICY_JUDGE_RULE_H

#include "policy/judge.h"

/// Judges `text` by rule number `rule` of the pack. `*fired` is false when the rule stays silent or does not bind in this
/// context. Errors as prd_judge_text.
enum prd_error prd_judge_rule(struct prd_judge *judge, struct prd_arena *arena, const char *text, size_t rule,
                              const struct prd_context *context, struct prd_finding *out, bool *fired, bool *complete);

/// The rules in state shadow that fire and bind in this context: what they would have shown. `*ids` (in the arena; the texts
/// belong to the pack) holds `*count` rule identifiers, in the order of the pack. Errors as prd_judge_text.
enum prd_error prd_judge_shadow(struct prd_judge *judge, struct prd_arena *arena, const char *utf8, size_t length_bytes,
                                const struct prd_context *context, const char *const **ids, size_t *count);

struct prd_reading;
struct prd_image_rule;

/// Folds, cuts and searches a text: everything that does not depend on a rule. `*complete` becomes false when a bound was
/// reached. Errors as prd_judge_text. Private to host/policy.
enum prd_error prd_judge_read(struct prd_judge *judge, struct prd_arena *arena, const char *utf8, size_t length_bytes,
                              enum prd_venue venue, struct prd_reading **out, bool *complete);

/// The pack that a judge was made for.
const struct prd_pack *prd_judge_pack(const struct prd_judge *judge);

struct prd_pack;

/// Whether the model's confidence in the rule's category is below what the pack asks ("doubt_below"): such a rule stays silent, though
/// its examples, which are about its words, are run without it. Private to host/policy.
bool prd_rule_is_doubted(const struct prd_pack *pack, const struct prd_reading *reading,
                         const struct prd_image_rule *rule);

/// Whether a rule is about this account in this place. Private to host/policy.
bool prd_rule_binds(const struct prd_image_rule *rule, const struct prd_context *context);

#endif
