// SPDX-License-Identifier: GPL-3.0-or-later
// Where the features of a pack (lists, patterns, identifiers) occur in one text. Private to host/policy.
#ifndef PRD_POLICY_HITS_H
#define PRD_POLICY_HITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

/// One occurrence. Ends are exclusive.
struct prd_hit {
  uint32_t feature;
  uint32_t begin_token, end_token; ///< empty (begin == end) when no token lies inside
  uint32_t begin_byte, end_byte;   ///< in the folded text
};

/// Growing list in an arena.
struct prd_hits {
  struct prd_hit *items;
  size_t count, capacity;
};

/// Appends; PRD_ERROR_MEMORY.
enum prd_error prd_hits_add(struct prd_hits *hits, struct prd_arena *arena, struct prd_hit hit);

/// Every distinct hit, ordered by feature, then beginning, then end (longest first). A hit inside a longer one of the same
/// feature stays: it can be evidence where the longer one overlaps the match.
struct prd_hit_index {
  const struct prd_hit *items;
  const uint32_t *begin;  ///< feature f owns items[begin[f]] to items[begin[f + 1] - 1]
  const uint32_t *reach;  ///< for each item: highest end_byte of its feature's items up to and including it
  const uint32_t *by_end; ///< item numbers, each feature's in the same run, ordered by end_byte
};

/// Builds the index for `feature_count` features; PRD_ERROR_MEMORY.
enum prd_error prd_hits_index(const struct prd_hits *hits, struct prd_arena *arena, size_t feature_count,
                              struct prd_hit_index *out);

/// True when item number `item` lies inside another one of its feature: as a match of its own it would say nothing more.
bool prd_hit_is_inner(const struct prd_hit_index *index, uint32_t item);

#endif
