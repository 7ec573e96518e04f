// SPDX-License-Identifier: GPL-3.0-or-later
// Running the examples of a pack. Author side only.
#ifndef PRD_POLICY_SOURCE_EXAMPLES_H
#define PRD_POLICY_SOURCE_EXAMPLES_H

#include "policy/pack.h"
#include "policy/source_pack.h"

/// Judges every example of every rule; adds a problem for each that does not do what it says. Rule numbers of `source` and
/// `pack` are the same.
void prd_source_run_examples(const struct prd_source_pack *source, const struct prd_pack *pack,
                             struct prd_problems *problems);

#endif
