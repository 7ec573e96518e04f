// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct prd_arena_block {
  struct prd_arena_block *older;
  size_t capacity_bytes;
  size_t used_bytes;
  alignas(max_align_t) unsigned char bytes[];
};

enum { FIRST_BLOCK_BYTES = 32 * 1024, KEPT_BLOCK_BYTES = 1024 * 1024 };

static struct prd_arena_block *add_block(struct prd_arena *arena, size_t need_bytes) {
  // Doubling keeps the number of blocks logarithmic in the size of the request.
  size_t capacity = arena->total_bytes < FIRST_BLOCK_BYTES ? FIRST_BLOCK_BYTES : arena->total_bytes;
  if (capacity < need_bytes) capacity = need_bytes;
  if (capacity > SIZE_MAX - sizeof(struct prd_arena_block)) return NULL;
  struct prd_arena_block *block = malloc(sizeof *block + capacity);
  if (block == NULL) return NULL;
  block->older = arena->newest;
  block->capacity_bytes = capacity;
  block->used_bytes = 0;
  arena->newest = block;
  arena->total_bytes += capacity;
  return block;
}

void *prd_arena_alloc(struct prd_arena *arena, size_t size_bytes) {
  const size_t alignment = alignof(max_align_t);
  if (size_bytes > SIZE_MAX - alignment) return NULL;
  size_t rounded = (size_bytes + alignment - 1) / alignment * alignment;
  if (rounded == 0) rounded = alignment;
  struct prd_arena_block *block = arena->newest;
  if (block == NULL || block->capacity_bytes - block->used_bytes < rounded) {
    block = add_block(arena, rounded);
    if (block == NULL) return NULL;
  }
  void *memory = block->bytes + block->used_bytes;
  block->used_bytes += rounded;
  return memset(memory, 0, rounded);
}

void *prd_arena_array(struct prd_arena *arena, size_t count, size_t element_bytes) {
  if (element_bytes != 0 && count > SIZE_MAX / element_bytes) return NULL;
  return prd_arena_alloc(arena, count * element_bytes);
}

void *prd_arena_grow(struct prd_arena *arena, void *items, size_t count, size_t *capacity, size_t element_bytes) {
  if (count < *capacity) return items;
  if (count > SIZE_MAX / 2) return NULL;
  const size_t larger = count < 8 ? 16 : count * 2;
  void *copy = prd_arena_array(arena, larger, element_bytes);
  if (copy == NULL) return NULL;
  if (count != 0) memcpy(copy, items, count * element_bytes);
  *capacity = larger;
  return copy;
}

char *prd_arena_copy(struct prd_arena *arena, const char *bytes, size_t length_bytes) {
  if (length_bytes == SIZE_MAX) return NULL;
  char *copy = prd_arena_alloc(arena, length_bytes + 1);
  if (copy == NULL) return NULL;
  if (length_bytes != 0) memcpy(copy, bytes, length_bytes);
  copy[length_bytes] = '\0';
  return copy;
}

char *prd_arena_format(struct prd_arena *arena, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  if (length < 0) return NULL;
  char *text = prd_arena_alloc(arena, (size_t)length + 1);
  if (text == NULL) return NULL;
  va_start(arguments, format);
  (void)vsnprintf(text, (size_t)length + 1, format, arguments);
  va_end(arguments);
  return text;
}

static void free_block(struct prd_arena *arena, struct prd_arena_block *block) {
  arena->total_bytes -= block->capacity_bytes;
  explicit_bzero(block->bytes, block->used_bytes);
  free(block);
}

void prd_arena_reset(struct prd_arena *arena) {
  // The newest block is the largest: keeping it makes the next request of the same size allocation-free.
  struct prd_arena_block *kept = arena->newest;
  if (kept == NULL) return;
  for (struct prd_arena_block *block = kept->older; block != NULL;) {
    struct prd_arena_block *older = block->older;
    free_block(arena, block);
    block = older;
  }
  kept->older = NULL;
  if (kept->capacity_bytes > KEPT_BLOCK_BYTES) {
    free_block(arena, kept);
    arena->newest = NULL;
    return;
  }
  explicit_bzero(kept->bytes, kept->used_bytes);
  kept->used_bytes = 0;
}

void prd_arena_free(struct prd_arena *arena) {
  while (arena->newest != NULL) {
    struct prd_arena_block *block = arena->newest;
    arena->newest = block->older;
    free_block(arena, block);
  }
}
