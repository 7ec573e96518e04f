// SPDX-License-Identifier: GPL-3.0-or-later
// Memory with one owner and one end: everything that a request (or a pack under construction) allocates goes
// into an arena, and all of it is wiped and freed, or wiped and reused, in one call. A text that was checked
// therefore does not outlive its reply.
#ifndef PRD_BASE_ARENA_H
#define PRD_BASE_ARENA_H

#include <stddef.h>

struct prd_arena_block;

/// Owned by the caller; initialise with `{0}`. Not shared between threads.
struct prd_arena {
  struct prd_arena_block *newest;
  size_t total_bytes; ///< capacity of all blocks
};

/// `size_bytes` of zeroed memory aligned for any type, or NULL when memory is exhausted. Valid until the arena is
/// reset or freed. A size of 0 gives a valid, unique pointer.
void *prd_arena_alloc(struct prd_arena *arena, size_t size_bytes);

/// Zeroed array of `count` elements of `element_bytes`; NULL on overflow or exhaustion.
void *prd_arena_array(struct prd_arena *arena, size_t count, size_t element_bytes);

/// Room for at least one more element after `count` elements of `element_bytes` at `items` (NULL when there are none yet):
/// returns `items` itself, or a larger zeroed copy after updating `*capacity`; NULL on overflow or exhaustion.
void *prd_arena_grow(struct prd_arena *arena, void *items, size_t count, size_t *capacity, size_t element_bytes);

/// NUL-terminated copy of `length_bytes` bytes, or NULL.
char *prd_arena_copy(struct prd_arena *arena, const char *bytes, size_t length_bytes);

/// NUL-terminated text formatted as by printf, or NULL.
char *prd_arena_format(struct prd_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/// Overwrites what was used with zeros and keeps at most one block (of at most 1 MiB) for reuse.
void prd_arena_reset(struct prd_arena *arena);

/// Overwrites with zeros and frees everything; the arena can be used again afterwards.
void prd_arena_free(struct prd_arena *arena);

#endif
