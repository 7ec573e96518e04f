// SPDX-License-Identifier: GPL-3.0-or-later
// The folded view of a text: what rules and scanners read, with a map back to what the person typed.
//
// Folding is NFKC, case folding, removal of accents and other combining marks, and a table for what Unicode leaves
// alone: œ→oe æ→ae ł→l ø→o đ→d ı→i ð→d þ→th ħ→h ŧ→t; every apostrophe, prime and lone acute accent → '; every quotation
// mark (« » “ ” „ ‹ › 「 」) → "; every dash → -; every horizontal space (tab included) → one U+0020; line and paragraph
// separators → \n (so CR LF gives two). Default-ignorable characters (zero-width space and joiners, soft hyphen,
// variation selectors, U+FEFF) and control characters, NUL included, disappear. Full-width and mathematical letters
// become plain. The result stays decomposed: a Hangul syllable is its jamo. Emoji stay, their skin tones too. Folding
// what is already folded changes nothing. The definition, one code point at a time, is fold_one.h.
#ifndef PRD_TEXT_FOLD_H
#define PRD_TEXT_FOLD_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

/// Bits of `prd_folded.traits`.
enum {
  PRD_TRAIT_UPPER = 1,      ///< the source character is an upper-case or title-case letter
  PRD_TRAIT_OPEN_QUOTE = 2, ///< the source character is an opening quotation mark (« “ „)
  PRD_TRAIT_CLOSE_QUOTE = 4 ///< the source character is a closing quotation mark (» ”)
};

/// A folded text. All arrays live in the arena that was given to prd_fold_text.
struct prd_folded {
  const char *bytes;   ///< folded UTF-8, NUL-terminated; contains no other NUL
  size_t length_bytes; ///< without the NUL
  /// `length_bytes + 1` entries: UTF-16 offset, in the source, of the character that produced each byte. It never
  /// decreases; the last entry is `length_utf16`. One source character may produce several bytes (œ → o, e).
  const uint32_t *origin_utf16;
  const uint8_t *traits; ///< `length_bytes` entries
  size_t length_utf16;   ///< length of the source in UTF-16 code units
};

/// A part of the source text, in UTF-16 code units, end exclusive: what a browser's Range needs.
struct prd_span {
  uint32_t begin_utf16;
  uint32_t end_utf16;
};

/// Folds `length_bytes` bytes of UTF-8. Errors: PRD_ERROR_ENCODING for anything that is not valid UTF-8 (overlong
/// forms, surrogates and values above U+10FFFF included), PRD_ERROR_TOO_LARGE above UINT32_MAX / 32 bytes, beyond which
/// byte offsets would not fit 32 bits, PRD_ERROR_MEMORY.
enum prd_error prd_fold_text(struct prd_arena *arena, const char *utf8, size_t length_bytes, struct prd_folded *out);

/// The source span of folded bytes [begin_byte, end_byte). A source character that produced any of these bytes is
/// inside the span as a whole, with the marks and joiners that follow it; the span of an empty range is empty. Positions
/// behind the end count as the end.
struct prd_span prd_folded_span(const struct prd_folded *folded, size_t begin_byte, size_t end_byte);

#endif
