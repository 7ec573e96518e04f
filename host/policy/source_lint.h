// SPDX-License-Identifier: GPL-3.0-or-later
// Looking at a pack with a critical eye: what its author should think about again, and what no builder accepts. Author side only.
#ifndef PRD_POLICY_SOURCE_LINT_H
#define PRD_POLICY_SOURCE_LINT_H

#include "policy/pack.h"
#include "policy/source_pack.h"

/// Adds an error for each serious rule that the model alone could make fire: a figure drawn from words is not a reason that a
/// person can be shown. Part of every build.
void prd_source_check_model(const struct prd_source_pack *source, struct prd_problems *problems);

/// Adds remarks: few examples, unused lists, rules that police free speech, excuse themselves or can never fire, weak context, broad or
/// ungated patterns, memorised examples, terms that others already find, long sentences, texts that are not translated. Features of
/// `source` and `pack` have the same numbers.
void prd_source_lint(const struct prd_source_pack *source, const struct prd_pack *pack, struct prd_problems *problems);

/// The part of prd_source_lint that looks at the terms of lists.
void prd_source_lint_terms(const struct prd_source_pack *source, struct prd_problems *problems);

#endif
