// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/characters.h"

#include <utf8proc.h>

// Folding leaves no capital letter and no control character.
const uint8_t prd_ascii_class[128] = {
    ['\n'] = PRD_CHARACTER_LINE,  [' '] = PRD_CHARACTER_SPACE,  ['$'] = PRD_CHARACTER_SYMBOL,
    ['%'] = PRD_CHARACTER_SYMBOL, ['&'] = PRD_CHARACTER_SYMBOL, ['+'] = PRD_CHARACTER_SYMBOL,
    ['0'] = PRD_CHARACTER_DIGIT,  ['1'] = PRD_CHARACTER_DIGIT,  ['2'] = PRD_CHARACTER_DIGIT,
    ['3'] = PRD_CHARACTER_DIGIT,  ['4'] = PRD_CHARACTER_DIGIT,  ['5'] = PRD_CHARACTER_DIGIT,
    ['6'] = PRD_CHARACTER_DIGIT,  ['7'] = PRD_CHARACTER_DIGIT,  ['8'] = PRD_CHARACTER_DIGIT,
    ['9'] = PRD_CHARACTER_DIGIT,  ['a'] = PRD_CHARACTER_LETTER, ['b'] = PRD_CHARACTER_LETTER,
    ['c'] = PRD_CHARACTER_LETTER, ['d'] = PRD_CHARACTER_LETTER, ['e'] = PRD_CHARACTER_LETTER,
    ['f'] = PRD_CHARACTER_LETTER, ['g'] = PRD_CHARACTER_LETTER, ['h'] = PRD_CHARACTER_LETTER,
    ['i'] = PRD_CHARACTER_LETTER, ['j'] = PRD_CHARACTER_LETTER, ['k'] = PRD_CHARACTER_LETTER,
    ['l'] = PRD_CHARACTER_LETTER, ['m'] = PRD_CHARACTER_LETTER, ['n'] = PRD_CHARACTER_LETTER,
    ['o'] = PRD_CHARACTER_LETTER, ['p'] = PRD_CHARACTER_LETTER, ['q'] = PRD_CHARACTER_LETTER,
    ['r'] = PRD_CHARACTER_LETTER, ['s'] = PRD_CHARACTER_LETTER, ['t'] = PRD_CHARACTER_LETTER,
    ['u'] = PRD_CHARACTER_LETTER, ['v'] = PRD_CHARACTER_LETTER, ['w'] = PRD_CHARACTER_LETTER,
    ['x'] = PRD_CHARACTER_LETTER, ['y'] = PRD_CHARACTER_LETTER, ['z'] = PRD_CHARACTER_LETTER,
};

// Signs such as ° and ¦ share a category with the emoji without being one: "n°" is a word and a sign that says nothing.
static bool is_emoji(uint32_t code_point) {
  return code_point >= 0x2190 || code_point == 0xA9 || code_point == 0xAE;
}

static enum prd_character_class class_of(uint32_t code_point) {
  switch (utf8proc_category((utf8proc_int32_t)code_point)) {
  case UTF8PROC_CATEGORY_LU:
  case UTF8PROC_CATEGORY_LL:
  case UTF8PROC_CATEGORY_LT:
  case UTF8PROC_CATEGORY_LM:
  case UTF8PROC_CATEGORY_LO:
  case UTF8PROC_CATEGORY_NL:
    return PRD_CHARACTER_LETTER;
  case UTF8PROC_CATEGORY_ND:
    return PRD_CHARACTER_DIGIT;
  case UTF8PROC_CATEGORY_SC:
    return PRD_CHARACTER_SYMBOL;
  case UTF8PROC_CATEGORY_SO:
    return is_emoji(code_point) ? PRD_CHARACTER_SYMBOL : PRD_CHARACTER_OTHER;
  // An emoji that is younger than the library's Unicode.
  case UTF8PROC_CATEGORY_CN:
    return code_point >= 0x1F000 && code_point <= 0x1FBFF ? PRD_CHARACTER_SYMBOL : PRD_CHARACTER_OTHER;
  default:
    return PRD_CHARACTER_OTHER;
  }
}

enum prd_character_class prd_wide_character_at(const uint8_t *bytes, size_t *length_bytes) {
  size_t length = bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
  uint32_t code_point = bytes[0] & (0xFFU >> (length + 1));
  for (size_t i = 1; i < length; i++) code_point = code_point << 6 | (bytes[i] & 0x3F);
  *length_bytes = length;
  return class_of(code_point);
}

enum prd_character_class prd_character_before(const struct prd_folded *folded, size_t position) {
  if (position == 0) return PRD_CHARACTER_LINE;
  size_t length;
  do position--;
  while (position != 0 && ((uint8_t)folded->bytes[position] & 0xC0) == 0x80);
  return prd_character_at(folded, position, &length);
}
