// SPDX-License-Identifier: GPL-3.0-or-later
// Running the examples of a pack, and looking at it with a critical eye. Author side only.
#ifndef PRD_POLICY_SOURCE_EXAMPLES_H
#define PRD_POLICY_SOURCE_EXAMPLES_H

#include "policy/pack.h"
#include "policy/source_pack.h"

/// Judges every example of every rule; adds a problem for each that does not do what it says. Rule numbers of `source` and
/// `pack` are the same.
void prd_source_run_examples(const struct prd_source_pack *source, const struct prd_pack *pack,
                             struct prd_problems *problems);

/// Adds remarks: few examples, unused lists, rules that police free speech, rules that excuse themselves, long sentences.
void prd_source_lint(const struct prd_source_pack *source, struct prd_problems *problems);

#endif
