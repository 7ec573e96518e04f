// SPDX-License-Identifier: GPL-3.0-or-later
// What the characters of a folded text are, for the tokenizer and the scanners. No locale: ASCII by table, the rest by
// Unicode's general category.
#ifndef PRD_TEXT_CHARACTERS_H
#define PRD_TEXT_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/fold.h"

enum prd_character_class {
  PRD_CHARACTER_OTHER,  ///< punctuation, separators, controls
  PRD_CHARACTER_SPACE,  ///< U+0020
  PRD_CHARACTER_LINE,   ///< \n
  PRD_CHARACTER_LETTER, ///< a letter of any script
  PRD_CHARACTER_DIGIT,  ///< a decimal digit of any script
  PRD_CHARACTER_SYMBOL  ///< an emoji, a currency sign, ©, ®, % & +
};

/// Classes of the ASCII characters.
extern const uint8_t prd_ascii_class[128];

/// Class of the character above U+007F whose first byte is at `bytes`, and its length.
enum prd_character_class prd_wide_character_at(const uint8_t *bytes, size_t *length_bytes);

/// Class of the character whose first byte is at `position` (below length_bytes) and its length in bytes. The text must
/// come from prd_fold_text: it is not validated again.
static inline enum prd_character_class prd_character_at(const struct prd_folded *folded, size_t position,
                                                        size_t *length_bytes) {
  const uint8_t *bytes = (const uint8_t *)folded->bytes + position;
  *length_bytes = 1;
  return bytes[0] < 0x80 ? (enum prd_character_class)prd_ascii_class[bytes[0]]
                         : prd_wide_character_at(bytes, length_bytes);
}

/// Class of the character that ends before `position` (PRD_CHARACTER_LINE at the start of the text).
enum prd_character_class prd_character_before(const struct prd_folded *folded, size_t position);

static inline bool prd_is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
static inline bool prd_is_digit(char c) {
  return c >= '0' && c <= '9';
}
static inline bool prd_is_alphanumeric(char c) {
  return prd_is_lower(c) || prd_is_digit(c);
}

/// The byte at `position`, or 0 behind the end (a folded text contains no 0).
static inline char prd_byte_at(const struct prd_folded *folded, size_t position) {
  return position < folded->length_bytes ? folded->bytes[position] : '\0';
}

/// Whether `class` is a letter or a digit.
static inline bool prd_is_word_class(enum prd_character_class class) {
  return class == PRD_CHARACTER_LETTER || class == PRD_CHARACTER_DIGIT;
}

#endif
