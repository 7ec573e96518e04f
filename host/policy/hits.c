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

static bool same_hit(const struct prd_hit *a, const struct prd_hit *b) {
  return a->feature == b->feature && a->begin_byte == b->begin_byte && a->end_byte == b->end_byte;
}

/// An item and where it ends, for ordering.
struct ending {
  uint32_t feature, end_byte, item;
};

static int by_feature_and_end(const void *left, const void *right) {
  const struct ending *a = left, *b = right;
  if (a->feature != b->feature) return a->feature < b->feature ? -1 : 1;
  if (a->end_byte != b->end_byte) return a->end_byte < b->end_byte ? -1 : 1;
  return a->item < b->item ? -1 : 1;
}

static enum prd_error order_by_end(const struct prd_hit *items, size_t count, struct prd_arena *arena, uint32_t *out) {
  struct ending *endings = prd_arena_array(arena, count, sizeof *endings);
  if (endings == NULL) return PRD_ERROR_MEMORY;
  for (size_t i = 0; i < count; i++) endings[i] = (struct ending){items[i].feature, items[i].end_byte, (uint32_t)i};
  if (count != 0) qsort(endings, count, sizeof *endings, by_feature_and_end);
  for (size_t i = 0; i < count; i++) out[i] = endings[i].item;
  return PRD_OK;
}

enum prd_error prd_hits_index(const struct prd_hits *hits, struct prd_arena *arena, size_t feature_count,
                              struct prd_hit_index *out) {
  uint32_t *begin = prd_arena_array(arena, feature_count + 1, sizeof *begin);
  struct prd_hit *items = prd_arena_array(arena, hits->count, sizeof *items);
  uint32_t *reach = prd_arena_array(arena, hits->count, sizeof *reach);
  uint32_t *by_end = prd_arena_array(arena, hits->count, sizeof *by_end);
  if (begin == NULL || items == NULL || reach == NULL || by_end == NULL) return PRD_ERROR_MEMORY;
  if (hits->count != 0) {
    memcpy(items, hits->items, hits->count * sizeof *items);
    qsort(items, hits->count, sizeof *items, by_feature_and_place);
  }
  size_t kept = 0, feature = 0;
  for (size_t i = 0; i < hits->count; i++) {
    if (kept != 0 && same_hit(&items[kept - 1], &items[i])) continue;
    while (feature < items[i].feature) begin[++feature] = (uint32_t)kept;
    const uint32_t before = kept > begin[feature] ? reach[kept - 1] : 0;
    reach[kept] = items[i].end_byte > before ? items[i].end_byte : before;
    items[kept++] = items[i];
  }
  while (feature < feature_count) begin[++feature] = (uint32_t)kept;
  *out = (struct prd_hit_index){items, begin, reach, by_end};
  return order_by_end(items, kept, arena, by_end);
}

bool prd_hit_is_inner(const struct prd_hit_index *index, uint32_t item) {
  const uint32_t first = index->begin[index->items[item].feature];
  return item > first && index->reach[item - 1] >= index->items[item].end_byte;
}
