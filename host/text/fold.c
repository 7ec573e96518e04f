// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/fold.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "fold_table.h"
#include "text/fold_one.h"

enum { WINDOW_BYTES = 8 };

// Room that is always left behind the last byte: a window is stored whole before its valid part is known.
enum { SLACK_BYTES = 2 * WINDOW_BYTES };

// A folded text can be eleven times its source (U+FDFA); its byte offsets are 32 bits wide.
enum { LONGEST_SOURCE_BYTES = UINT32_MAX / 32 };

#define EACH_BYTE(value) ((uint64_t)(value)*UINT64_C(0x0101010101010101))

struct folding {
  struct prd_arena *arena;
  uint8_t *bytes;
  uint32_t *origin;
  uint8_t *traits;
  size_t used;
  // Invariant: used + source bytes still to read + SLACK_BYTES <= capacity. An ASCII byte gives at most one byte, so
  // only a character that grows has to look at the capacity.
  size_t capacity;
  uint32_t utf16;
};

static inline uint64_t little_endian(uint64_t word) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  return __builtin_bswap64(word);
#else
  return word;
#endif
}

static enum prd_error reserve(struct folding *f, size_t capacity) {
  uint8_t *bytes = prd_arena_alloc(f->arena, capacity);
  uint32_t *origin = prd_arena_array(f->arena, capacity, sizeof *origin);
  uint8_t *traits = prd_arena_alloc(f->arena, capacity);
  if (bytes == NULL || origin == NULL || traits == NULL) return PRD_ERROR_MEMORY;
  if (f->used != 0) {
    memcpy(bytes, f->bytes, f->used);
    memcpy(origin, f->origin, f->used * sizeof *origin);
    memcpy(traits, f->traits, f->used);
  }
  f->bytes = bytes;
  f->origin = origin;
  f->traits = traits;
  f->capacity = capacity;
  return PRD_OK;
}

// Folds printable ASCII from a window of eight bytes (the source padded with 0x80 at its end) and returns how many
// bytes it took; it stops at anything else. The whole window is stored, what follows overwrites the rest: one store is
// cheaper than a loop, and French text has an accent in every second or third window.
static inline size_t fold_window(struct folding *f, uint64_t window) {
  uint64_t special = (window | (window + EACH_BYTE(1)) | (window - EACH_BYTE(' '))) & EACH_BYTE(0x80);
  uint64_t upper = (window + EACH_BYTE(0x80 - 'A')) & ~(window + EACH_BYTE(0x80 - 'Z' - 1)) & EACH_BYTE(0x80);
  // Carries out of a special byte disturb only the bytes behind it, which are not taken.
  uint64_t folded = little_endian(window + (upper >> 2));
  uint64_t traits = little_endian(upper >> 7);
  static_assert(PRD_TRAIT_UPPER == 1, "a trait is the high bit moved to the low one");
  memcpy(f->bytes + f->used, &folded, WINDOW_BYTES);
  memcpy(f->traits + f->used, &traits, WINDOW_BYTES);
  uint32_t *origin = f->origin + f->used;
  for (uint32_t i = 0; i < WINDOW_BYTES; i++) origin[i] = f->utf16 + i;
  size_t taken = special == 0 ? WINDOW_BYTES : (size_t)__builtin_ctzll(special) / 8;
  f->used += taken;
  f->utf16 += (uint32_t)taken;
  return taken;
}

// Length of the valid character at `in`, 0 when there is none.
static inline size_t decode(const uint8_t *in, size_t left, uint32_t *code_point) {
  size_t length = prd_utf8_sequence((const char *)in, left);
  *code_point = length <= 1 ? in[0] : in[0] & (0xFFU >> (length + 1));
  for (size_t i = 1; i < length; i++) *code_point = *code_point << 6 | (in[i] & 0x3F);
  return length;
}

static enum prd_error append(struct folding *f, const uint8_t *bytes, size_t length, uint8_t traits, size_t source_left,
                             size_t source_length) {
  if (length > source_length && f->used + length + (source_left - source_length) + SLACK_BYTES > f->capacity) {
    enum prd_error error = reserve(f, 2 * f->capacity + length);
    if (error != PRD_OK) return error;
  }
  for (size_t i = 0; i < length; i++) {
    f->bytes[f->used + i] = bytes[i];
    f->origin[f->used + i] = f->utf16;
    f->traits[f->used + i] = traits;
  }
  f->used += length;
  f->utf16 += source_length == 4 ? 2 : 1;
  return PRD_OK;
}

// Folds the one character at `in`, whatever it is.
static inline enum prd_error fold_character(struct folding *f, const uint8_t *in, size_t left, size_t *taken) {
  uint32_t code_point = 0;
  size_t source_length = decode(in, left, &code_point);
  if (source_length == 0) return PRD_ERROR_ENCODING;
  *taken = source_length;
  if (code_point < PRD_FOLD_TABLE_LIMIT) {
    const struct prd_fold_entry *entry =
        &prd_fold_entries[prd_fold_directory[code_point / PRD_FOLD_BLOCK]][code_point % PRD_FOLD_BLOCK];
    if (entry->length <= PRD_FOLD_ENTRY_BYTES)
      return append(f, entry->bytes, entry->length, entry->traits, left, source_length);
    if (entry->length == PRD_FOLD_SELF) return append(f, in, source_length, 0, left, source_length);
  }
  uint8_t bytes[PRD_FOLD_ONE_BYTES];
  uint8_t traits = 0;
  size_t length = prd_fold_one(code_point, bytes, &traits);
  return append(f, bytes, length, traits, left, source_length);
}

static enum prd_error fold_all(struct folding *f, const uint8_t *in, size_t left) {
  while (left != 0) {
    uint64_t window = EACH_BYTE(0x80);
    if (left >= WINDOW_BYTES)
      memcpy(&window, in, WINDOW_BYTES);
    else
      memcpy(&window, in, left);
    size_t taken = fold_window(f, little_endian(window));
    in += taken;
    left -= taken;
    if (taken == WINDOW_BYTES || left == 0) continue;
    do {
      enum prd_error error = fold_character(f, in, left, &taken);
      if (error != PRD_OK) return error;
      in += taken;
      left -= taken;
    } while (left != 0 && *in >= 0x80);
  }
  return PRD_OK;
}

enum prd_error prd_fold_text(struct prd_arena *arena, const char *utf8, size_t length_bytes, struct prd_folded *out) {
  if (length_bytes > LONGEST_SOURCE_BYTES) return PRD_ERROR_TOO_LARGE;
  struct folding f = {.arena = arena};
  enum prd_error error = reserve(&f, length_bytes + SLACK_BYTES);
  if (error == PRD_OK) error = fold_all(&f, (const uint8_t *)utf8, length_bytes);
  if (error != PRD_OK) return error;
  f.bytes[f.used] = '\0';
  f.traits[f.used] = 0;
  f.origin[f.used] = f.utf16;
  *out = (struct prd_folded){.bytes = (const char *)f.bytes,
                             .length_bytes = f.used,
                             .origin_utf16 = f.origin,
                             .traits = f.traits,
                             .length_utf16 = f.utf16};
  return PRD_OK;
}

struct prd_span prd_folded_span(const struct prd_folded *folded, size_t begin_byte, size_t end_byte) {
  if (end_byte > folded->length_bytes) end_byte = folded->length_bytes;
  if (begin_byte > end_byte) begin_byte = end_byte;
  struct prd_span span = {folded->origin_utf16[begin_byte], folded->origin_utf16[begin_byte]};
  if (begin_byte == end_byte) return span;
  // The first byte of the next source character ends the span, so that marks and joiners without bytes of their own
  // stay with the character that they follow.
  uint32_t last = folded->origin_utf16[end_byte - 1];
  while (end_byte < folded->length_bytes && folded->origin_utf16[end_byte] == last) end_byte++;
  span.end_utf16 = folded->origin_utf16[end_byte];
  return span;
}
