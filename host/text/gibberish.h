// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a text says anything: mashed keys, random letters, one letter without end, only signs.
#ifndef PRD_TEXT_GIBBERISH_H
#define PRD_TEXT_GIBBERISH_H

#include <stdint.h>

#include "text/tokens.h"

/// Share of a text, from 0 to 100, weighed by length, that nobody can read. A word is unreadable when its letters do not
/// follow one another so in French or English words, when it is one letter eight times or more, or a few letters over
/// and over. Everyday words of any known language and their stretched forms, laughter, names, acronyms, short
/// abbreviations, codes with digits, tags, mentions, links and other scripts can be read; so can a text that is in another
/// language. A text without a word is unreadable when it is a long string of various signs or emoji; a short reaction
/// ("👍", "+1", "???") is not. Invented words that could be pronounced are not noticed.
int32_t prd_unintelligible_percent(const struct prd_folded *folded, const struct prd_tokens *tokens);

#endif
