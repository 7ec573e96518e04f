// SPDX-License-Identifier: GPL-3.0-or-later
// The closed list of what the five policies can object to.
#ifndef PRD_POLICY_CATEGORY_H
#define PRD_POLICY_CATEGORY_H

#include <stdbool.h>
#include <stddef.h>

/// Name of category number `index` as packs and the protocol write it; NULL from the 21st on.
const char *prd_category_name(size_t index);

/// True when `name` is one of them.
bool prd_category_exists(const char *name);

#endif
