// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/automaton.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
  CACHE_STATES = 256,        // deterministic states kept at once
  CACHE_MEMBERS = 32 * 1024, // members of all of them together
  SLOTS = 1024,              // of the hash table, a power of two
  FLUSHES_FLOOR = 8,         // rebuilding the cache this often is normal
  BYTES_PER_FLUSH = 256,     // beyond it, once for each so many bytes of text
  SPANS_PER_TEXT = 4096,     // ends of matches that are worth walking back from
  UNKNOWN = -1
};

/// A deterministic state: a sorted set of automaton states that read bytes, the features that end here, and whether the
/// byte before was a letter or digit.
struct cached {
  uint32_t members_begin, members_count;
  uint32_t accepts_begin, accepts_count;
  uint32_t hash;
  uint8_t after_alnum;
};

struct prd_automaton {
  const struct prd_pack *pack;
  uint32_t state_count;  // of the pack's automaton
  uint32_t symbol_count; // byte classes, plus one for the end of the text
  uint8_t representative[256];
  int32_t *next; // CACHE_STATES × symbol_count
  struct cached *states;
  uint32_t cached_count;
  uint32_t *members; // CACHE_MEMBERS
  uint32_t members_used;
  uint16_t slots[SLOTS]; // state number + 1
  // Scratch of one step: a sparse set (Briggs and Torczon, 1993), a stack, and the states that read the byte.
  uint32_t *dense, *sparse, *stack, *readers;
  uint32_t dense_count;
};

static bool is_alnum(uint8_t byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
}

enum prd_error prd_automaton_new(const struct prd_pack *pack, struct prd_automaton **out) {
  *out = NULL;
  if (pack->counts[PRD_SECTION_STATES] == 0) return PRD_OK;
  struct prd_automaton *automaton = calloc(1, sizeof *automaton);
  if (automaton == NULL) return PRD_ERROR_MEMORY;
  automaton->pack = pack;
  automaton->state_count = pack->counts[PRD_SECTION_STATES];
  for (size_t byte = 256; byte-- > 0;) {
    const uint8_t symbol = pack->byte_classes[byte];
    if (symbol + 1U > automaton->symbol_count) automaton->symbol_count = symbol + 1U;
    automaton->representative[symbol] = (uint8_t)byte;
  }
  automaton->next = malloc(CACHE_STATES * automaton->symbol_count * sizeof *automaton->next);
  automaton->states = malloc(CACHE_STATES * sizeof *automaton->states);
  automaton->members = malloc(CACHE_MEMBERS * sizeof *automaton->members);
  automaton->dense = malloc(automaton->state_count * sizeof *automaton->dense);
  automaton->sparse = calloc(automaton->state_count, sizeof *automaton->sparse);
  automaton->stack = malloc((size_t)automaton->state_count * 2 * sizeof *automaton->stack);
  automaton->readers = malloc(automaton->state_count * sizeof *automaton->readers);
  if (automaton->readers == NULL || automaton->next == NULL || automaton->states == NULL ||
      automaton->members == NULL || automaton->dense == NULL || automaton->sparse == NULL || automaton->stack == NULL) {
    prd_automaton_free(automaton);
    return PRD_ERROR_MEMORY;
  }
  *out = automaton;
  return PRD_OK;
}

void prd_automaton_free(struct prd_automaton *automaton) {
  if (automaton == NULL) return;
  free(automaton->next);
  free(automaton->states);
  free(automaton->members);
  free(automaton->dense);
  free(automaton->sparse);
  free(automaton->stack);
  free(automaton->readers);
  free(automaton);
}

/// Adds a state and all that it reaches without reading.
static void add_closure(struct prd_automaton *automaton, uint32_t state) {
  size_t depth = 0;
  automaton->stack[depth++] = state;
  while (depth != 0) {
    state = automaton->stack[--depth];
    const uint32_t at = automaton->sparse[state];
    if (at < automaton->dense_count && automaton->dense[at] == state) continue;
    automaton->sparse[state] = automaton->dense_count;
    automaton->dense[automaton->dense_count++] = state;
    const struct prd_image_state *code = &automaton->pack->states[state];
    if (code->op != PRD_OP_SPLIT) continue;
    // Each state is expanded once and pushes two: the stack of 2 × state_count cannot overflow.
    automaton->stack[depth++] = code->argument;
    automaton->stack[depth++] = code->next;
  }
}

static bool reads(const struct prd_automaton *automaton, uint32_t state, uint8_t byte) {
  const struct prd_image_state *code = &automaton->pack->states[state];
  if (code->op != PRD_OP_BYTES) return false;
  return (automaton->pack->byte_sets[code->argument].bits[byte / 64] >> (byte % 64)) & 1;
}

static int compare_numbers(const void *left, const void *right) {
  const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
  return a < b ? -1 : a > b;
}

static void flush(struct prd_automaton *automaton) {
  automaton->cached_count = 0;
  automaton->members_used = 0;
  memset(automaton->slots, 0, sizeof automaton->slots);
}

/// Moves what matters of the scratch set (states that read, features that end) to the end of `members`; false when full.
static bool append_members(struct prd_automaton *automaton, struct cached *state) {
  if (CACHE_MEMBERS - automaton->members_used < automaton->dense_count) return false;
  uint32_t *members = automaton->members + automaton->members_used;
  uint32_t count = 0, accepts = 0;
  for (uint32_t i = 0; i < automaton->dense_count; i++) {
    if (automaton->pack->states[automaton->dense[i]].op == PRD_OP_BYTES) members[count++] = automaton->dense[i];
  }
  for (uint32_t i = 0; i < automaton->dense_count; i++) {
    const struct prd_image_state *code = &automaton->pack->states[automaton->dense[i]];
    if (code->op == PRD_OP_ACCEPT) members[count + accepts++] = code->argument;
  }
  qsort(members, count, sizeof *members, compare_numbers);
  qsort(members + count, accepts, sizeof *members, compare_numbers);
  *state =
      (struct cached){automaton->members_used, count, automaton->members_used + count, accepts, 0, state->after_alnum};
  uint32_t hash = 2166136261U ^ state->after_alnum;
  for (uint32_t i = 0; i < count + accepts; i++) hash = (hash ^ members[i]) * 16777619U;
  state->hash = hash ^ (hash >> 15) ^ (count * 2654435761U);
  return true;
}

static bool same_state(const struct prd_automaton *automaton, const struct cached *a, const struct cached *b) {
  return a->hash == b->hash && a->after_alnum == b->after_alnum && a->members_count == b->members_count &&
         a->accepts_count == b->accepts_count &&
         memcmp(automaton->members + a->members_begin, automaton->members + b->members_begin,
                (a->members_count + a->accepts_count) * sizeof *automaton->members) == 0;
}

/// Number of the cached state equal to the scratch set, adding it if it is new; UNKNOWN when the cache is full.
static int32_t intern(struct prd_automaton *automaton, uint8_t after_alnum) {
  struct cached state = {.after_alnum = after_alnum};
  if (!append_members(automaton, &state)) return UNKNOWN;
  uint32_t slot = state.hash & (SLOTS - 1);
  for (; automaton->slots[slot] != 0; slot = (slot + 1) & (SLOTS - 1)) {
    const uint32_t number = automaton->slots[slot] - 1U;
    if (same_state(automaton, &automaton->states[number], &state)) return (int32_t)number;
  }
  if (automaton->cached_count == CACHE_STATES) return UNKNOWN;
  automaton->members_used += state.members_count + state.accepts_count;
  const uint32_t number = automaton->cached_count++;
  automaton->states[number] = state;
  automaton->slots[slot] = (uint16_t)(number + 1);
  int32_t *row = automaton->next + (size_t)number * automaton->symbol_count;
  for (uint32_t i = 0; i < automaton->symbol_count; i++) row[i] = UNKNOWN;
  return (int32_t)number;
}

/// Replaces the scratch set by what the first `count` readers lead to.
static void follow_readers(struct prd_automaton *automaton, uint32_t count) {
  automaton->dense_count = 0;
  for (uint32_t i = 0; i < count; i++) add_closure(automaton, automaton->pack->states[automaton->readers[i]].next);
}

/// Fills the scratch set with what follows `from` when `byte` is read.
static void step(struct prd_automaton *automaton, const struct cached *from, uint8_t byte) {
  automaton->dense_count = 0;
  // A match may begin here only between a letter or digit and something else.
  const bool begins = !(from->after_alnum && is_alnum(byte));
  if (begins) add_closure(automaton, automaton->pack->meta[PRD_META_SCAN_ROOT]);
  uint32_t count = 0;
  for (uint32_t i = 0; i < automaton->dense_count; i++) {
    if (reads(automaton, automaton->dense[i], byte)) automaton->readers[count++] = automaton->dense[i];
  }
  const uint32_t starting = automaton->dense_count;
  for (uint32_t i = 0; i < from->members_count; i++) {
    const uint32_t member = automaton->members[from->members_begin + i];
    const uint32_t at = automaton->sparse[member];
    const bool counted = at < starting && automaton->dense[at] == member;
    if (!counted && reads(automaton, member, byte)) automaton->readers[count++] = member;
  }
  follow_readers(automaton, count);
}

static int32_t root_state(struct prd_automaton *automaton, uint8_t after_alnum) {
  automaton->dense_count = 0;
  return intern(automaton, after_alnum);
}

static int32_t next_state(struct prd_automaton *automaton, int32_t state, uint8_t byte, uint64_t *flushes_left) {
  const uint8_t symbol = automaton->pack->byte_classes[byte];
  int32_t *cell = automaton->next + (size_t)state * automaton->symbol_count + symbol;
  if (*cell != UNKNOWN) return *cell;
  const uint8_t sample = automaton->representative[symbol];
  step(automaton, &automaton->states[state], sample);
  int32_t found = intern(automaton, is_alnum(sample));
  if (found != UNKNOWN) {
    *cell = found;
    return found;
  }
  if (*flushes_left == 0) return UNKNOWN;
  (*flushes_left)--;
  flush(automaton); // the scratch set survives
  return intern(automaton, is_alnum(sample));
}

/// Walks a match of `feature` that ends before `end` backwards to its earliest allowed beginning.
static size_t find_begin(struct prd_automaton *automaton, uint32_t feature, const char *bytes, size_t end) {
  const size_t lowest = end > PRD_PATTERN_MAX_BYTES ? end - PRD_PATTERN_MAX_BYTES : 0;
  size_t best = end;
  automaton->dense_count = 0;
  add_closure(automaton, automaton->pack->features[feature].reverse_state);
  for (size_t at = end; at > lowest && automaton->dense_count != 0; at--) {
    const uint8_t byte = (uint8_t)bytes[at - 1];
    uint32_t count = 0;
    for (uint32_t i = 0; i < automaton->dense_count; i++) {
      if (reads(automaton, automaton->dense[i], byte)) automaton->readers[count++] = automaton->dense[i];
    }
    follow_readers(automaton, count);
    const bool boundary = at == 1 || !(is_alnum((uint8_t)bytes[at - 2]) && is_alnum(byte));
    for (uint32_t i = 0; boundary && i < automaton->dense_count; i++) {
      if (automaton->pack->states[automaton->dense[i]].op == PRD_OP_ACCEPT) best = at - 1;
    }
  }
  return best;
}

enum prd_error prd_automaton_scan(struct prd_automaton *automaton, struct prd_arena *arena, const char *bytes,
                                  size_t length_bytes, struct prd_hits *hits, bool *complete) {
  if (automaton == NULL) return PRD_OK;
  uint64_t flushes_left = FLUSHES_FLOOR + length_bytes / BYTES_PER_FLUSH;
  size_t spans_left = SPANS_PER_TEXT;
  if (automaton->cached_count == 0) flush(automaton);
  int32_t state = root_state(automaton, 0);
  if (state == UNKNOWN) {
    flush(automaton);
    state = root_state(automaton, 0);
  }
  for (size_t i = 0; i < length_bytes; i++) {
    state = next_state(automaton, state, (uint8_t)bytes[i], &flushes_left);
    if (state == UNKNOWN) {
      *complete = false;
      return PRD_OK;
    }
    const struct cached *here = &automaton->states[state];
    if (here->accepts_count == 0) continue;
    if (i + 1 < length_bytes && is_alnum((uint8_t)bytes[i]) && is_alnum((uint8_t)bytes[i + 1])) continue;
    for (uint32_t a = 0; a < here->accepts_count; a++) {
      if (spans_left == 0) {
        *complete = false;
        return PRD_OK;
      }
      spans_left--;
      const uint32_t feature = automaton->members[here->accepts_begin + a];
      const size_t begin = find_begin(automaton, feature, bytes, i + 1);
      const struct prd_hit hit = {.feature = feature, .begin_byte = (uint32_t)begin, .end_byte = (uint32_t)(i + 1)};
      enum prd_error error = begin <= i ? prd_hits_add(hits, arena, hit) : PRD_OK;
      if (error != PRD_OK) return error;
    }
  }
  return PRD_OK;
}
