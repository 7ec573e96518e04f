// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/fingerprint.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "text/characters.h"
#include "text/fold.h"

static uint64_t rotate(uint64_t word, unsigned bits) {
  return (word << bits) | (word >> (64 - bits));
}

/// SipRound, figure 2.1 of the paper.
static void mix(uint64_t v[4]) {
  v[0] += v[1];
  v[2] += v[3];
  v[1] = rotate(v[1], 13) ^ v[0];
  v[3] = rotate(v[3], 16) ^ v[2];
  v[0] = rotate(v[0], 32) + v[3];
  v[2] += v[1];
  v[1] = rotate(v[1], 17) ^ v[2];
  v[3] = rotate(v[3], 21) ^ v[0];
  v[2] = rotate(v[2], 32);
}

/// Up to eight bytes, the first one lowest.
static uint64_t word_of(const uint8_t *bytes, size_t length) {
  uint64_t word = 0;
  for (size_t i = 0; i < length; i++) word |= (uint64_t)bytes[i] << (8 * i);
  return word;
}

static void take(uint64_t v[4], uint64_t word) {
  v[3] ^= word;
  mix(v);
  mix(v);
  v[0] ^= word;
}

uint64_t prd_siphash(const uint64_t key[2], const void *bytes, size_t length_bytes) {
  const uint8_t *at = bytes;
  uint64_t v[4] = {key[0] ^ 0x736f6d6570736575U, key[1] ^ 0x646f72616e646f6dU, key[0] ^ 0x6c7967656e657261U,
                   key[1] ^ 0x7465646279746573U};
  for (size_t i = 0; i + 8 <= length_bytes; i += 8) take(v, word_of(at + i, 8));
  const size_t rest = length_bytes % 8;
  take(v, word_of(at + length_bytes - rest, rest) | (uint64_t)length_bytes << 56);
  v[2] ^= 0xff;
  for (size_t i = 0; i < 4; i++) mix(v);
  return v[0] ^ v[1] ^ v[2] ^ v[3];
}

enum prd_error prd_fingerprints_open(struct prd_fingerprints *out) {
  *out = (struct prd_fingerprints){0};
  ssize_t got;
  do got = getrandom(out->key, sizeof out->key, 0);
  while (got < 0 && errno == EINTR);
  return got == (ssize_t)sizeof out->key ? PRD_OK : PRD_ERROR_IO;
}

/// Copies the letters and digits of a folded text; returns how many characters they are.
static size_t copy_letters(const struct prd_folded *folded, char *out, size_t *used) {
  size_t letters = 0;
  for (size_t i = 0, length; i < folded->length_bytes; i += length) {
    if (!prd_is_word_class(prd_character_at(folded, i, &length))) continue;
    memcpy(out + *used, folded->bytes + i, length);
    *used += length;
    letters++;
  }
  return letters;
}

enum prd_error prd_fingerprint_text(const struct prd_fingerprints *fingerprints, struct prd_arena *arena,
                                    const char *utf8, size_t length_bytes, enum prd_venue venue, uint64_t *out) {
  struct prd_folded folded;
  *out = 0;
  enum prd_error error = prd_fold_text(arena, utf8, length_bytes, &folded);
  if (error != PRD_OK) return error;
  char *letters = prd_arena_alloc(arena, folded.length_bytes + 1);
  if (letters == NULL) return PRD_ERROR_MEMORY;
  letters[0] = (char)venue;
  size_t used = 1;
  if (copy_letters(&folded, letters, &used) < PRD_FINGERPRINT_LETTERS) return PRD_OK;
  *out = prd_siphash(fingerprints->key, letters, used) | 1; // never 0
  return PRD_OK;
}

int32_t prd_fingerprints_count(const struct prd_fingerprints *fingerprints, uint64_t fingerprint, int64_t now_ms) {
  int32_t count = 0;
  for (size_t i = 0; i < PRD_PUBLISHED_MAX && fingerprint != 0; i++)
    count += fingerprints->published[i].fingerprint == fingerprint &&
             now_ms - fingerprints->published[i].time_ms < PRD_PUBLISHED_MS;
  return count;
}

void prd_fingerprints_note_check(struct prd_fingerprints *fingerprints, int64_t id, uint64_t fingerprint) {
  fingerprints->checks[fingerprints->next_check % PRD_FINGERPRINT_CHECKS].fingerprint = fingerprint;
  fingerprints->checks[fingerprints->next_check % PRD_FINGERPRINT_CHECKS].id = id;
  fingerprints->next_check++;
}

void prd_fingerprints_note_published(struct prd_fingerprints *fingerprints, const int64_t *id, int64_t now_ms) {
  const size_t newest = fingerprints->next_check;
  for (size_t back = 1; back <= PRD_FINGERPRINT_CHECKS && back <= newest; back++) {
    const size_t check = (newest - back) % PRD_FINGERPRINT_CHECKS;
    if (id != NULL && fingerprints->checks[check].id != *id) continue;
    const uint64_t fingerprint = fingerprints->checks[check].fingerprint;
    if (fingerprint == 0) return;
    const size_t place = fingerprints->next_published++ % PRD_PUBLISHED_MAX;
    fingerprints->published[place].fingerprint = fingerprint;
    fingerprints->published[place].time_ms = now_ms;
    return;
  }
}
