// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of names without a directory: titles, nicknames, names that are also ordinary words. The tables are ours; all of it is
// folded. Private to host/policy/directory*.c.
#ifndef PRD_POLICY_DIRECTORY_WORDS_H
#define PRD_POLICY_DIRECTORY_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/// A title that makes a person of the family name behind it.
enum prd_title {
  PRD_TITLE_NONE,
  PRD_TITLE_PLAIN,  ///< "madame", "dre"
  PRD_TITLE_CAPITAL ///< also an ordinary word ("me", "garde"): it and the name need their capitals
};

enum prd_title prd_directory_title(const char *word, size_t length);

/// Whether a name is also an ordinary French or English word. Several words are joined: "lheureux".
bool prd_directory_is_common(const char *name, size_t length);

/// First names behind a nickname, separated by spaces ("emmanuel emmanuelle"); NULL when it is none.
const char *prd_directory_nickname(const char *word, size_t length);

#endif
