// SPDX-License-Identifier: GPL-3.0-or-later
// Which texts were published lately, without keeping any: fingerprints under a key that is drawn at the start of the process and never
// leaves it. The same text has another fingerprint in every process, so that nobody can try texts against one that was copied; and nothing
// of this is ever written.
#ifndef PRD_WIRE_FINGERPRINT_H
#define PRD_WIRE_FINGERPRINT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "policy/pack.h"

enum {
  PRD_PUBLISHED_MAX = 256,                ///< publications remembered; the oldest is forgotten first
  PRD_PUBLISHED_MS = 24 * 60 * 60 * 1000, ///< and for how long
  PRD_FINGERPRINT_CHECKS = 32,            ///< checks whose text may still be published
  PRD_FINGERPRINT_LETTERS = 20 ///< of a text that has a fingerprint: anybody writes "Merci !" three times a day
};

struct prd_fingerprints {
  uint64_t key[2];
  struct {
    uint64_t fingerprint; ///< 0: none
    int64_t time_ms;
  } published[PRD_PUBLISHED_MAX];
  size_t next_published;
  struct {
    uint64_t fingerprint;
    int64_t id; ///< of the request
  } checks[PRD_FINGERPRINT_CHECKS];
  size_t next_check;
};

/// SipHash-2-4 of `length_bytes` bytes under a key of two words (J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input
/// PRF", INDOCRYPT 2012).
uint64_t prd_siphash(const uint64_t key[2], const void *bytes, size_t length_bytes);

/// Draws the key from the kernel and forgets everything else. Error: PRD_ERROR_IO.
enum prd_error prd_fingerprints_open(struct prd_fingerprints *out);

/// The fingerprint of a text in one kind of place: of its folded letters and digits, so that case, accents, punctuation, spaces and emoji
/// make no difference. 0 for a text of fewer than PRD_FINGERPRINT_LETTERS. Copies lie in the arena. Errors: PRD_ERROR_ENCODING,
/// PRD_ERROR_MEMORY.
enum prd_error prd_fingerprint_text(const struct prd_fingerprints *fingerprints, struct prd_arena *arena,
                                    const char *utf8, size_t length_bytes, enum prd_venue venue, uint64_t *out);

/// How often a fingerprint was published in the last PRD_PUBLISHED_MS before `now_ms` (any clock that never goes back, the same
/// for every call). 0 for the fingerprint 0.
int32_t prd_fingerprints_count(const struct prd_fingerprints *fingerprints, uint64_t fingerprint, int64_t now_ms);

/// Notes that request `id` checked a text.
void prd_fingerprints_note_check(struct prd_fingerprints *fingerprints, int64_t id, uint64_t fingerprint);

/// Notes that the text of check `*id` (NULL: of the last check) was published; nothing when that check is not known any more.
void prd_fingerprints_note_published(struct prd_fingerprints *fingerprints, const int64_t *id, int64_t now_ms);

#endif
