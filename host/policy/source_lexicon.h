// SPDX-License-Identifier: GPL-3.0-or-later
// Builds the word table and the trie of phrases from the lists of a pack. Author side only.
#ifndef PRD_POLICY_SOURCE_LEXICON_H
#define PRD_POLICY_SOURCE_LEXICON_H

#include "policy/image.h"
#include "policy/source_pack.h"

struct prd_lexicon_word {
  const char *text;
  uint16_t kind;      ///< enum prd_image_word_kind
  uint32_t own_class; ///< class that holds only this word, 0 for none yet
  uint32_t *classes;
  size_t class_count, class_capacity;
};

struct prd_lexicon_edge {
  uint32_t parent, class_number, child;
};

struct prd_lexicon_accept {
  uint32_t node, feature;
};

/// The tables, in the arena of the problems. Node 0 is the root; a child's number is above its parent's.
struct prd_lexicon {
  struct prd_lexicon_word *words;
  size_t word_count, word_capacity;
  uint32_t class_count;
  uint32_t single_classes_begin; ///< classes from this number on hold a single word each
  uint32_t node_count;
  struct prd_lexicon_edge *edges; ///< ordered by parent and class once built
  size_t edge_count, edge_capacity;
  struct prd_lexicon_accept *accepts; ///< ordered by node and feature, each once
  size_t accept_count, accept_capacity;
};

/// Builds the lexicon of every list that a feature of the pack uses. Problems (unknown lists in slots, loops, badly written
/// terms, too many variants) are added; lists reached through slots are marked as used.
void prd_lexicon_build(struct prd_source_pack *pack, struct prd_problems *problems, struct prd_lexicon *out);

#endif
