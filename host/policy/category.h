// SPDX-License-Identifier: GPL-3.0-or-later
// The closed list of what the five policies can object to.
#ifndef PRD_POLICY_CATEGORY_H
#define PRD_POLICY_CATEGORY_H

#include <stdbool.h>
#include <stddef.h>

enum {
  PRD_CATEGORY_COUNT = 21,
  /// What the model says of a text as a whole: that it breaks anything at all. Not a category of rules.
  PRD_CATEGORY_ANY = PRD_CATEGORY_COUNT,
  PRD_MODEL_OUTPUT_COUNT
};

/// Name of category number `index` as packs and the protocol write it; NULL from the 21st on.
const char *prd_category_name(size_t index);

/// True when `name` is one of them.
bool prd_category_exists(const char *name);

/// Number of the category of that name; false when there is none.
bool prd_category_from_name(const char *name, size_t *out);

#endif
