// SPDX-License-Identifier: GPL-3.0-or-later
// The notation of terms (docs/PACKS.md): from text to sequences of words, slots and gaps. Author side only.
#ifndef PRD_POLICY_SOURCE_TERMS_H
#define PRD_POLICY_SOURCE_TERMS_H

#include "policy/source_document.h"

enum prd_piece_kind { PRD_PIECE_WORD, PRD_PIECE_PREFIX, PRD_PIECE_SLOT, PRD_PIECE_GAP };

/// One step of a term.
struct prd_piece {
  enum prd_piece_kind kind;
  const char *text;    ///< folded word or beginning of a word; name of a list or property
  uint8_t least, most; ///< gaps
};

/// One variant of a term, without parentheses and bars.
struct prd_variant {
  struct prd_piece *pieces;
  size_t count, capacity;
};

struct prd_variants {
  struct prd_variant *items;
  size_t count, capacity;
};

/// Most variants that one term may have.
enum { PRD_TERM_VARIANTS_MAX = 4096 };

/// Expands a term. False (and a problem is added) when it is not well written. Everything is in the arena of the problems.
bool prd_term_expand(const struct prd_node *term, const char *rule, struct prd_problems *problems,
                     struct prd_variants *out);

#endif
