// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a text is in a language other than French and English. By the script, and by everyday words
// (language_words.h): few texts have none. Nothing is learnt and nothing is kept.
#ifndef PRD_TEXT_LANGUAGE_H
#define PRD_TEXT_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/tokens.h"

/// How sure it is, from 0 to 100, that a text is in another language; for a text that mixes sentences of several languages,
/// times the share of the words that are in another. 0 for texts of fewer than four words; names, links, mentions, hashtags
/// and quotations inside a French or English sentence say nothing.
int32_t prd_other_language_percent(const struct prd_folded *folded, const struct prd_tokens *tokens);

/// Whether a folded word is an everyday word of one of the languages that are known here.
bool prd_is_everyday_word(const char *word, size_t length_bytes);

#endif
