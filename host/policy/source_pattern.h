// SPDX-License-Identifier: GPL-3.0-or-later
// The notation of patterns (docs/PACKS.md): from text to Thompson automata, one that searches for all of them and one for each
// that reads a match backwards. Author side only.
#ifndef PRD_POLICY_SOURCE_PATTERN_H
#define PRD_POLICY_SOURCE_PATTERN_H

#include "policy/image.h"
#include "policy/source_pack.h"

enum { PRD_PATTERN_STATES_MAX = 512, PRD_PATTERN_MIN_BYTES = 2 };

/// In the arena of the problems.
struct prd_pattern_tables {
  struct prd_image_state *states;
  size_t state_count, state_capacity;
  struct prd_image_byte_set *sets;
  size_t set_count, set_capacity;
  uint32_t scan_root;
  uint32_t *reverse; ///< first state for each feature of the pack; meaningful for patterns
  uint8_t byte_classes[256];
};

/// Builds the automata of every pattern that a feature of the pack uses, and checks all the others. With no such feature,
/// `state_count` is 0.
void prd_pattern_build(const struct prd_source_pack *pack, struct prd_problems *problems,
                       struct prd_pattern_tables *out);

#endif
