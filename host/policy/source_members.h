// SPDX-License-Identifier: GPL-3.0-or-later
// Checking JSON objects against tables of members. Author side only.
#ifndef PRD_POLICY_SOURCE_MEMBERS_H
#define PRD_POLICY_SOURCE_MEMBERS_H

#include "policy/source_document.h"

struct prd_member {
  const char *name;
  unsigned types; ///< PRD_NODE_… that are allowed
  bool required;
};

/// Checks that `node` is an object with these members and no other; adds a problem for each deviation. "$schema" and
/// "comment" (a string) are allowed everywhere.
bool prd_members_check(const struct prd_node *node, const char *name, const struct prd_member *members, size_t count,
                       const char *rule, struct prd_problems *problems);

/// Reads {"fr": …, "en": …}, both non-empty strings, from member `key` of a checked object.
struct prd_bilingual prd_members_bilingual(const struct prd_node *object, const char *key, const char *rule,
                                           struct prd_problems *problems);

/// Text of member `key`, or `fallback` when it is absent or not a string.
const char *prd_members_text(const struct prd_node *object, const char *key, const char *fallback);

/// Checks that an array holds strings only, none of them empty.
bool prd_members_strings(const struct prd_node *array, const char *name, const char *rule,
                         struct prd_problems *problems);

/// Names of a closed list in one text, for messages; `name_at` returns NULL at the end.
const char *prd_members_join(struct prd_arena *arena, const char *(*name_at)(size_t index));

#endif
