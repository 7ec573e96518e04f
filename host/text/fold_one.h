// SPDX-License-Identifier: GPL-3.0-or-later
// Folding of one code point, the slow and exact way. It is the definition: the table generator draws from it, fold.c
// falls back on it, and the tests compare the table with it. It is a header so that the generator, which is compiled
// before anything else, needs no object of ours.
#ifndef PRD_TEXT_FOLD_ONE_H
#define PRD_TEXT_FOLD_ONE_H

#include <stddef.h>
#include <stdint.h>
#include <utf8proc.h>

#include "text/fold.h"

enum {
  PRD_FOLD_ONE_CODE_POINTS = 24,                        ///< U+FDFA gives 18, the most of all
  PRD_FOLD_ONE_BYTES = 2 * 4 * PRD_FOLD_ONE_CODE_POINTS ///< the house table may give two for one
};

/// What Unicode leaves alone and Prudence does not. Sorted by `from`; at most two ASCII characters.
struct prd_fold_house {
  uint32_t from;
  char to[3];
  uint8_t traits;
};

// Marks that are quotation marks in one language and brackets in another are here as quotation marks. The grave accent
// stays what it is: people write code with it.
static const struct prd_fold_house prd_fold_house[] = {
    {0x0009, " ", 0},
    {0x000A, "\n", 0},
    {0x000B, "\n", 0},
    {0x000C, "\n", 0},
    {0x000D, "\n", 0},
    {0x0085, "\n", 0},
    {0x00AB, "\"", PRD_TRAIT_OPEN_QUOTE},
    {0x00B4, "'", 0}, // Unicode would make it a space with an accent; people type it as an apostrophe
    {0x00BB, "\"", PRD_TRAIT_CLOSE_QUOTE},
    {0x00E6, "ae", 0},
    {0x00F0, "d", 0},
    {0x00F8, "o", 0},
    {0x00FE, "th", 0},
    {0x0111, "d", 0},
    {0x0127, "h", 0},
    {0x0131, "i", 0},
    {0x0142, "l", 0},
    {0x0153, "oe", 0},
    {0x0167, "t", 0},
    {0x02B9, "'", 0},
    {0x02BA, "\"", 0},
    {0x02BB, "'", 0},
    {0x02BC, "'", 0},
    {0x02BD, "'", 0},
    {0x02C8, "'", 0},
    {0x02CA, "'", 0},
    {0x02D7, "-", 0},
    {0x055A, "'", 0},
    {0x05F3, "'", 0},
    {0x05F4, "\"", 0},
    {0x1FBD, "'", 0},
    {0x1FBF, "'", 0},
    {0x1FFD, "'", 0}, // canonically the same as U+00B4
    {0x2018, "'", 0},
    {0x2019, "'", 0},
    {0x201A, "'", 0},
    {0x201B, "'", 0},
    {0x201C, "\"", PRD_TRAIT_OPEN_QUOTE},
    {0x201D, "\"", PRD_TRAIT_CLOSE_QUOTE},
    {0x201E, "\"", PRD_TRAIT_OPEN_QUOTE},
    {0x201F, "\"", PRD_TRAIT_OPEN_QUOTE},
    {0x2028, "\n", 0},
    {0x2029, "\n", 0},
    {0x2032, "'", 0},
    {0x2035, "'", 0},
    {0x2039, "\"", PRD_TRAIT_OPEN_QUOTE},
    {0x203A, "\"", PRD_TRAIT_CLOSE_QUOTE},
    {0x2043, "-", 0},
    {0x2044, "/", 0},
    {0x2212, "-", 0},
    {0x2215, "/", 0},
    {0x275B, "'", 0},
    {0x275C, "'", 0},
    {0x275D, "\"", PRD_TRAIT_OPEN_QUOTE},
    {0x275E, "\"", PRD_TRAIT_CLOSE_QUOTE},
    {0x276E, "\"", PRD_TRAIT_OPEN_QUOTE},
    {0x276F, "\"", PRD_TRAIT_CLOSE_QUOTE},
    {0x2E42, "\"", PRD_TRAIT_OPEN_QUOTE},
    {0x300C, "\"", PRD_TRAIT_OPEN_QUOTE},
    {0x300D, "\"", PRD_TRAIT_CLOSE_QUOTE},
    {0x300E, "\"", PRD_TRAIT_OPEN_QUOTE},
    {0x300F, "\"", PRD_TRAIT_CLOSE_QUOTE},
    {0x301D, "\"", PRD_TRAIT_OPEN_QUOTE},
    {0x301E, "\"", PRD_TRAIT_CLOSE_QUOTE},
    {0x301F, "\"", PRD_TRAIT_CLOSE_QUOTE},
    {0xA78B, "'", 0},
    {0xA78C, "'", 0},
};

static inline const struct prd_fold_house *prd_fold_house_find(uint32_t code_point) {
  size_t low = 0;
  size_t high = sizeof prd_fold_house / sizeof prd_fold_house[0];
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (prd_fold_house[middle].from == code_point) return &prd_fold_house[middle];
    if (prd_fold_house[middle].from < code_point)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

/// Appends the folding of one already decomposed code point at `out` and returns the number of bytes.
static inline size_t prd_fold_house_append(uint32_t code_point, uint8_t *out) {
  const struct prd_fold_house *row = prd_fold_house_find(code_point);
  if (row != NULL) {
    size_t length = 0;
    for (const char *c = row->to; *c != '\0'; c++) out[length++] = (uint8_t)*c;
    return length;
  }
  switch (utf8proc_category((utf8proc_int32_t)code_point)) {
  case UTF8PROC_CATEGORY_CC:
    return 0; // a control character is never a letter's neighbour on screen
  case UTF8PROC_CATEGORY_ZS:
    out[0] = ' ';
    return 1;
  case UTF8PROC_CATEGORY_PD:
    out[0] = '-';
    return 1;
  default:
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)code_point, out);
  }
}

/// Folds one valid code point: writes at most PRD_FOLD_ONE_BYTES bytes at `out`, the traits of the source character at
/// `traits`, and returns the number of bytes, which is 0 for a character that disappears.
static inline size_t prd_fold_one(uint32_t code_point, uint8_t out[PRD_FOLD_ONE_BYTES], uint8_t *traits) {
  utf8proc_int32_t source = (utf8proc_int32_t)code_point;
  utf8proc_category_t category = utf8proc_category(source);
  const struct prd_fold_house *row = prd_fold_house_find(code_point);
  *traits = row != NULL ? row->traits : 0;
  // Circled letters and Roman numerals are upper case without being of category Lu; their lower case tells.
  if (category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT || utf8proc_tolower(source) != source)
    *traits |= PRD_TRAIT_UPPER;
  if (row != NULL) return prd_fold_house_append(code_point, out);

  utf8proc_int32_t folded[PRD_FOLD_ONE_CODE_POINTS];
  int boundary = 0;
  utf8proc_ssize_t count =
      utf8proc_decompose_char(source, folded, PRD_FOLD_ONE_CODE_POINTS,
                              (utf8proc_option_t)(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                                  UTF8PROC_IGNORE | UTF8PROC_STRIPMARK),
                              &boundary);
  if (count < 0 || count > PRD_FOLD_ONE_CODE_POINTS) return (size_t)utf8proc_encode_char(source, out);
  size_t length = 0;
  for (utf8proc_ssize_t i = 0; i < count; i++) length += prd_fold_house_append((uint32_t)folded[i], out + length);
  return length;
}

#endif
