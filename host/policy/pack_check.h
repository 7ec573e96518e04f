// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef PRD_POLICY_PACK_CHECK_H
#define PRD_POLICY_PACK_CHECK_H

#include <stdbool.h>

struct prd_pack;

/// Checks every index, offset and enumeration of a pack whose sections are attached and lie inside the file. After
/// `true`, no reader needs a bound of its own. Linear in the size of the pack.
bool prd_pack_check(const struct prd_pack *pack);

#endif
