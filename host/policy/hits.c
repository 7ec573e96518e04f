// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/hits.h"

#include <stdlib.h>
#include <string.h>

enum prd_error prd_hits_add(struct prd_hits *hits, struct prd_arena *arena, struct prd_hit hit) {
  struct prd_hit *items = prd_arena_grow(arena, hits->items, hits->count, &hits->capacity, sizeof *items);
  if (items == NULL) return PRD_ERROR_MEMORY;
  hits->items = items;
  hits->items[hits->count++] = hit;
  return PRD_OK;
}

static int by_feature_and_place(const void *left, const void *right) {
  const struct prd_hit *a = left, *b = right;
  if (a->feature != b->feature) return a->feature < b->feature ? -1 : 1;
  if (a->begin_byte != b->begin_byte) return a->begin_byte < b->begin_byte ? -1 : 1;
  if (a->end_byte != b->end_byte) return a->end_byte > b->end_byte ? -1 : 1; // longest first
  return 0;
}

enum prd_error prd_hits_index(const struct prd_hits *hits, struct prd_arena *arena, size_t feature_count,
                              struct prd_hit_index *out) {
  uint32_t *begin = prd_arena_array(arena, feature_count + 1, sizeof *begin);
  struct prd_hit *items = prd_arena_array(arena, hits->count + 1, sizeof *items);
  if (begin == NULL || items == NULL) return PRD_ERROR_MEMORY;
  if (hits->count != 0) {
    memcpy(items, hits->items, hits->count * sizeof *items);
    qsort(items, hits->count, sizeof *items, by_feature_and_place);
  }
  size_t kept = 0, feature = 0;
  for (size_t i = 0; i < hits->count; i++) {
    while (feature < items[i].feature) begin[++feature] = (uint32_t)kept;
    const struct prd_hit *last = kept > begin[feature] ? &items[kept - 1] : NULL;
    if (last != NULL && items[i].end_byte <= last->end_byte) continue;
    items[kept++] = items[i];
  }
  while (feature < feature_count) begin[++feature] = (uint32_t)kept;
  *out = (struct prd_hit_index){items, begin};
  return PRD_OK;
}
