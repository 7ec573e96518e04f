// SPDX-License-Identifier: GPL-3.0-or-later
// about.json: what the document says of itself, for the page « La politique en clair ». Author side only.
#ifndef PRD_POLICY_SOURCE_ABOUT_H
#define PRD_POLICY_SOURCE_ABOUT_H

#include "policy/source_pack.h"

/// Largest about.json, written compactly: the reply that carries it also carries the clauses and their official wording.
enum { PRD_SOURCE_ABOUT_MAX_BYTES = 128 * 1024 };

/// Reads the file that `name` (member "about" of pack.json, or NULL) gives, relative to `folder`, checks it as docs/PACKS.md tells,
/// and keeps it in `pack->about` as compact JSON: the same source gives the same bytes. The clauses of `pack` have been read.
void prd_source_read_about(struct prd_source_pack *pack, const char *folder, const struct prd_node *name,
                           struct prd_problems *problems);

#endif
