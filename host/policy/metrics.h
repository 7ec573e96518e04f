// SPDX-License-Identifier: GPL-3.0-or-later
// Measures of a whole text. Private to host/policy.
#ifndef PRD_POLICY_METRICS_H
#define PRD_POLICY_METRICS_H

#include "base/arena.h"
#include "base/error.h"
#include "policy/image.h"
#include "policy/own.h"
#include "policy/pack_view.h"
#include "text/tokens.h"

struct prd_metrics {
  int32_t values[PRD_METRIC_COUNT];
};

/// Takes the measures that features of the pack ask for; the others stay 0.
/// - `uppercase-percent`: of the letters; 0 for texts of fewer than 20.
/// - `repeated-sentences`: how often the most frequent sentence occurs: one of at least three words twice or more, or one of
///   one or two words, of which one has at least four letters and is no exclamation ("Votez !", not "Ha ha !" nor "Merci !"),
///   three times or more. 0 when there is none.
/// - `links`, `hashtags`: how many tokens.
/// - `other-language-percent`: prd_other_language_percent (text/language.h).
/// - `unintelligible-percent`: prd_unintelligible_percent (text/gibberish.h).
/// - `foreign-links`: links whose domain is neither the institution's own nor allowed (own.h).
/// - `published-before`: 0; only the caller knows (struct prd_context).
/// Error: PRD_ERROR_MEMORY.
enum prd_error prd_measure(const struct prd_pack *pack, const struct prd_allowed_domains *allowed,
                           struct prd_arena *arena, const struct prd_folded *folded, const struct prd_tokens *tokens,
                           struct prd_metrics *out);

#endif
