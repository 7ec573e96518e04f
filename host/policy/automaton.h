// SPDX-License-Identifier: GPL-3.0-or-later
// All patterns of a pack in one automaton, made deterministic as the text is read ("lazy DFA"), with a bounded cache.
// Linear in the text whatever the patterns. Private to host/policy.
//
// Source of the construction: K. Thompson, "Regular Expression Search Algorithm", CACM 11(6), 1968; R. Cox, "Regular
// Expression Matching Can Be Simple And Fast", 2007 (https://swtch.com/~rsc/regexp/regexp1.html).
#ifndef PRD_POLICY_AUTOMATON_H
#define PRD_POLICY_AUTOMATON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "policy/hits.h"
#include "policy/pack_view.h"

/// Longest match of a pattern, in bytes; the builder refuses patterns that could match more.
enum { PRD_PATTERN_MAX_BYTES = 128 };

struct prd_automaton;

/// The cache for one pack, at most 512 KiB; `*out` is NULL (and the result PRD_OK) when the pack has no pattern.
enum prd_error prd_automaton_new(const struct prd_pack *pack, struct prd_automaton **out);
void prd_automaton_free(struct prd_automaton *automaton);

/// Appends a hit (bytes only; token numbers are left 0) for each longest match that begins and ends between a letter or
/// digit and something else. `complete` becomes false when the cache was rebuilt so often, or so much matched, that the
/// work budget ended first. NULL `automaton` finds nothing. Error: PRD_ERROR_MEMORY.
enum prd_error prd_automaton_scan(struct prd_automaton *automaton, struct prd_arena *arena, const char *bytes,
                                  size_t length_bytes, struct prd_hits *hits, bool *complete);

#endif
