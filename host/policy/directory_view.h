// SPDX-License-Identifier: GPL-3.0-or-later
// How a directory is held: sets of 64-bit keys. Private to host/policy/directory*.c.
#ifndef PRD_POLICY_DIRECTORY_VIEW_H
#define PRD_POLICY_DIRECTORY_VIEW_H

#include <stdbool.h>
#include <stdlib.h>

#include "policy/directory.h"

enum {
  PRD_DIRECTORY_WORDS_MAX = 5,           ///< of one family name, first name or role
  PRD_DIRECTORY_FIRST_WORDS_BITS = 65536 ///< of the filter of the first words of family names
};

/// A set by open addressing, with any capacity: the place of a key is its high half times the capacity, without the low half
/// (D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29, 2019). 0 is an empty slot. The lowest bit of a key is a
/// mark of its own and is not compared.
struct prd_key_set {
  uint64_t *slots;
  size_t capacity, count;
};

struct prd_directory {
  struct prd_key_set families; ///< prd_directory_words of family names; the mark: also an ordinary word
  struct prd_key_set people;   ///< prd_directory_key of every way to name somebody
  uint8_t first_words[PRD_DIRECTORY_FIRST_WORDS_BITS / 8];
  size_t person_count;
};

/// Ways to name a person that need a key.
enum prd_directory_way { PRD_WAY_NAME = 1, PRD_WAY_INITIALS, PRD_WAY_ROLE, PRD_WAY_FIRST_AND_INITIAL };

/// One more word of a sequence; begin with 0.
static inline uint64_t prd_directory_step(uint64_t sum, uint32_t word_hash) {
  sum = (sum ^ word_hash) * 0x9e3779b97f4a7c15U;
  return sum ^ (sum >> 29);
}

/// Two sequences of words in one way: the key of prd_directory.people.
static inline uint64_t prd_directory_key(enum prd_directory_way way, uint64_t left, uint64_t right) {
  uint64_t key = prd_directory_step(left * 0xff51afd7ed558ccdU + (uint64_t)way, 0) ^ right;
  key *= 0xc4ceb9fe1a85ec53U;
  return key ^ (key >> 33);
}

/// The hash under which a word is compared: "Saint" and "St" are one.
uint32_t prd_directory_word(uint32_t hash);

/// Sum of tokens [begin, end).
static inline uint64_t prd_directory_words(const struct prd_token *tokens, size_t begin, size_t end) {
  uint64_t sum = 0;
  for (size_t i = begin; i < end; i++) sum = prd_directory_step(sum, prd_directory_word(tokens[i].hash));
  return sum;
}

static inline size_t prd_key_place(uint64_t key, size_t capacity) {
  return (size_t)(((key >> 32) * (uint64_t)capacity) >> 32);
}

/// The key as it is stored, or 0.
static inline uint64_t prd_key_find(const struct prd_key_set *set, uint64_t key) {
  if (set->count == 0) return 0;
  for (size_t at = prd_key_place(key, set->capacity); set->slots[at] != 0; at = at + 1 == set->capacity ? 0 : at + 1) {
    if (((set->slots[at] ^ key) | 1) == 1) return set->slots[at];
  }
  return 0;
}

#endif
