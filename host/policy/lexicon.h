// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the terms of a pack's lists in the tokens of a text and in its views (text/views.h): a table of words, and a trie
// whose steps are classes of words. Private to host/policy.
#ifndef PRD_POLICY_LEXICON_H
#define PRD_POLICY_LEXICON_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "policy/hits.h"
#include "policy/pack_view.h"
#include "text/tokens.h"

/// Appends a hit for each occurrence of each term; one found only in another reading of some words ("c0nnard",
/// "infirmier·ère·s") is placed on the tokens and bytes that were read so. Terms lie inside one sentence. `complete` becomes false when the work
/// budget, which is proportional to the number of tokens, ended first. Error: PRD_ERROR_MEMORY.
enum prd_error prd_lexicon_scan(const struct prd_pack *pack, struct prd_arena *arena, const struct prd_folded *folded,
                                const struct prd_tokens *tokens, struct prd_hits *hits, bool *complete);

/// Whether a folded word is in some list of the pack, whole or by its beginning.
bool prd_lexicon_knows(const struct prd_pack *pack, const char *bytes, size_t length_bytes);

#endif
