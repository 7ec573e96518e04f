// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/spellings.h"

#include <string.h>

#include "text/characters.h"
#include "text/fold.h"

enum {
  LONGEST_WITH_SIGNS = 14,
  MOST_SIGNS = 3,
  MOST_KINDS = 2,
  LETTERS_AFTER_FIRST_SIGN = 5,
  LETTERS_BEFORE_LAST_SIGN = 4,
  LEAST_LETTERS = 3,
  STRETCH = 3,
  CODE_LENGTH = 3
};

#define ROWS(table) (sizeof(table) / sizeof(table)[0])

struct look_alike {
  uint16_t from;
  char lower, upper; ///< what it looks like, by the case in which it was typed; 0 for nothing
};

// After folding only the lower-case letter is left; the trait says what was typed. Sorted.
static const struct look_alike look_alikes[] = {
    {0x0251, 'a', 0},   {0x0261, 'g', 0},   {0x03B1, 'a', 'a'}, {0x03B2, 'b', 'b'}, {0x03B3, 'y', 0},
    {0x03B5, 'e', 'e'}, {0x03B6, 0, 'z'},   {0x03B7, 'n', 'h'}, {0x03B9, 'i', 'i'}, {0x03BA, 'k', 'k'},
    {0x03BC, 'u', 'm'}, {0x03BD, 'v', 'n'}, {0x03BF, 'o', 'o'}, {0x03C1, 'p', 'p'}, {0x03C4, 't', 't'},
    {0x03C5, 'u', 'y'}, {0x03C7, 'x', 'x'}, {0x03C9, 'w', 0},   {0x0430, 'a', 'a'}, {0x0432, 'b', 'b'},
    {0x0435, 'e', 'e'}, {0x043A, 'k', 'k'}, {0x043C, 'm', 'm'}, {0x043D, 'h', 'h'}, {0x043E, 'o', 'o'},
    {0x0440, 'p', 'p'}, {0x0441, 'c', 'c'}, {0x0442, 't', 't'}, {0x0443, 'y', 'y'}, {0x0445, 'x', 'x'},
    {0x0455, 's', 's'}, {0x0456, 'i', 'i'}, {0x0458, 'j', 'j'}, {0x04BB, 'h', 'h'}, {0x0501, 'd', 'd'},
    {0x051B, 'q', 'q'}, {0x051D, 'w', 'w'},
};

static char latin_of(uint32_t code_point, bool upper) {
  for (size_t i = 0; i < ROWS(look_alikes) && look_alikes[i].from <= code_point; i++)
    if (look_alikes[i].from == code_point) return upper ? look_alikes[i].upper : look_alikes[i].lower;
  return 0;
}

/// A word in ASCII, its stretches cut to three letters.
struct plain {
  char bytes[PRD_SPELLING_BYTES];
  size_t length;
  size_t latin, strangers; ///< characters that were typed as ASCII letters; as look-alikes
  bool stretched;
};

static bool add_plain(struct plain *plain, char c) {
  const size_t n = plain->length;
  if (prd_is_lower(c) && n >= STRETCH - 1 && plain->bytes[n - 1] == c && plain->bytes[n - 2] == c) {
    plain->stretched = true;
    if (n >= STRETCH && plain->bytes[n - 3] == c) return true;
  }
  if (n == PRD_SPELLING_BYTES) return false;
  plain->bytes[plain->length++] = c;
  return true;
}

static bool make_plain(const char *bytes, const uint8_t *traits, size_t length, struct plain *plain) {
  plain->length = plain->latin = plain->strangers = 0;
  plain->stretched = false;
  for (size_t i = 0; i < length;) {
    const uint8_t lead = (uint8_t)bytes[i];
    if (lead < 0x80) {
      plain->latin += prd_is_lower(bytes[i]);
      if (!add_plain(plain, bytes[i++])) return false;
      continue;
    }
    if (lead >= 0xE0) return false; // every look-alike of ours has two bytes
    const uint32_t code_point = (lead & 0x1FU) << 6 | ((uint8_t)bytes[i + 1] & 0x3FU);
    const char latin = latin_of(code_point, (traits[i] & PRD_TRAIT_UPPER) != 0);
    if (latin == 0 || !add_plain(plain, latin)) return false;
    plain->strangers++;
    i += 2;
  }
  return plain->strangers == 0 || plain->latin != 0;
}

/// Letters that a sign can stand for, "" for none.
static const char *letters_of(char sign) {
  switch (sign) {
  case '0':
    return "o";
  case '1':
  case '!':
    return "il";
  case '3':
    return "e";
  case '4':
  case '@':
    return "a";
  case '5':
  case '$':
    return "s";
  case '7':
    return "t";
  case '*':
    return "aeiouy";
  default:
    return "";
  }
}

struct signs {
  size_t count, kinds, stars;
};

/// Counts what is no letter; false when something can stand for none.
static bool count_signs(const struct plain *plain, struct signs *signs) {
  *signs = (struct signs){0};
  uint32_t seen = 0;
  for (size_t i = 0; i < plain->length; i++) {
    const char c = plain->bytes[i];
    if (prd_is_lower(c)) continue;
    if (*letters_of(c) == '\0') return false;
    signs->stars += c == '*';
    signs->count++;
    const uint32_t bit = UINT32_C(1) << ((uint32_t)(uint8_t)c % 32); // the nine signs and the star differ in these bits
    signs->kinds += (seen & bit) == 0;
    seen |= bit;
  }
  return true;
}

static bool signs_are_letters(const struct plain *plain, const uint8_t *traits) {
  struct signs signs;
  if (!count_signs(plain, &signs)) return false;
  if (signs.count == 0) return true;
  const size_t n = plain->length, letters = n - signs.count;
  const char first = plain->bytes[0], last = plain->bytes[n - 1];
  if (n < CODE_LENGTH || n > LONGEST_WITH_SIGNS || letters < 2) return false;
  if (signs.stars != 0)
    return signs.count == 1 && letters >= LEAST_LETTERS && prd_is_lower(first) && prd_is_lower(last);
  if (signs.count > MOST_SIGNS || signs.kinds > MOST_KINDS) return false;
  if (!prd_is_lower(first) && letters < LETTERS_AFTER_FIRST_SIGN) return false;
  if (!prd_is_lower(last) && letters < LETTERS_BEFORE_LAST_SIGN) return false;
  const bool code = n == CODE_LENGTH && (traits[0] & traits[CODE_LENGTH - 1] & PRD_TRAIT_UPPER) != 0; // H3T
  return !code;
}

static void append(struct prd_spellings *out, size_t number, const char *text, size_t length) {
  for (size_t i = 0; i < length && out->lengths[number] < PRD_SPELLING_BYTES; i++)
    out->bytes[number][out->lengths[number]++] = text[i];
}

/// Every spelling so far, continued by each of `count` pieces of `length` bytes each (or of 1, 2, … bytes when `growing`).
static void branch(struct prd_spellings *out, const char *pieces, size_t count, bool growing) {
  if (out->count * count > PRD_SPELLINGS_MAX) count = 1;
  const size_t before = out->count;
  for (size_t piece = 1; piece < count; piece++) {
    for (size_t s = 0; s < before; s++) {
      const size_t copy = out->count++;
      out->lengths[copy] = out->lengths[s];
      memcpy(out->bytes[copy], out->bytes[s], out->lengths[s]);
      append(out, copy, growing ? pieces : pieces + piece, growing ? piece + 1 : 1);
    }
  }
  for (size_t s = 0; s < before; s++) append(out, s, pieces, 1);
}

static void spell_out(const struct plain *plain, struct prd_spellings *out) {
  out->count = 1;
  out->lengths[0] = 0;
  for (size_t i = 0; i < plain->length;) {
    const char *at = plain->bytes + i;
    const bool stretch =
        i + STRETCH <= plain->length && prd_is_lower(at[0]) && at[0] == at[1] && at[0] == at[STRETCH - 1];
    if (prd_is_lower(*at))
      branch(out, at, stretch ? STRETCH - 1 : 1, true);
    else
      branch(out, letters_of(*at), strlen(letters_of(*at)), false);
    i += stretch ? STRETCH : 1;
  }
}

bool prd_spell_word(const char *bytes, const uint8_t *traits, size_t length_bytes, struct prd_spellings *out) {
  struct plain plain;
  if (!make_plain(bytes, traits, length_bytes, &plain) || !signs_are_letters(&plain, traits)) return false;
  spell_out(&plain, out);
  // "XXX" and "AAA" are no stretched words.
  return out->lengths[0] >= LEAST_LETTERS;
}

/// A feminine ending: where the word ends with `after`, `dropped` letters of it give way to `added`.
struct feminine {
  char ending[7], after[5];
  uint8_t dropped;
  char added[7];
};

static const struct feminine feminines[] = {
    {"e", "", 0, "e"},          {"ee", "e", 1, "ee"},          {"ere", "er", 2, "ere"},      {"iere", "ier", 3, "iere"},
    {"re", "er", 1, "re"},      {"trice", "teur", 4, "trice"}, {"rice", "teur", 3, "rice"},  {"ice", "teur", 3, "rice"},
    {"euse", "eur", 3, "euse"}, {"euse", "eux", 3, "euse"},    {"se", "x", 1, "se"},         {"se", "eur", 1, "se"},
    {"eure", "eur", 3, "eure"}, {"esse", "e", 1, "esse"},      {"sse", "e", 0, "sse"},       {"ne", "n", 0, "ne"},
    {"nne", "n", 1, "nne"},     {"enne", "en", 2, "enne"},     {"ienne", "ien", 3, "ienne"}, {"onne", "on", 2, "onne"},
    {"aine", "ain", 3, "aine"}, {"ine", "in", 2, "ine"},       {"le", "l", 0, "le"},         {"lle", "l", 1, "lle"},
    {"elle", "el", 2, "elle"},  {"elle", "eau", 3, "elle"},    {"ale", "al", 2, "ale"},      {"ve", "f", 1, "ve"},
    {"ive", "if", 2, "ive"},    {"te", "t", 0, "te"},          {"ete", "et", 2, "ete"},      {"ente", "ent", 3, "ente"},
    {"ante", "ant", 3, "ante"}, {"aise", "ais", 3, "aise"},    {"oise", "ois", 3, "oise"},   {"che", "c", 1, "che"},
    {"que", "c", 1, "que"},
};

static bool ends_with(const char *word, size_t length, const char *end) {
  const size_t end_length = strlen(end);
  return length >= end_length && memcmp(word + length - end_length, end, end_length) == 0;
}

static void add_form(struct prd_spellings *out, const char *stem, size_t stem_length, const char *end) {
  const size_t number = out->count++;
  out->lengths[number] = 0;
  append(out, number, stem, stem_length);
  append(out, number, end, strlen(end));
}

static const struct feminine *feminine_of(const char *word, size_t word_length, const char *ending, size_t length) {
  for (size_t i = 0; i < ROWS(feminines); i++) {
    const struct feminine *row = &feminines[i];
    if (strlen(row->ending) == length && memcmp(row->ending, ending, length) == 0 &&
        ends_with(word, word_length, row->after))
      return row;
  }
  return NULL;
}

static void add_both(struct prd_spellings *out, const char *word, size_t length, bool plural) {
  add_form(out, word, length, "");
  if (plural) add_form(out, word, length, ends_with(word, length, "eau") ? "x" : "s");
}

bool prd_spell_inclusive(const char *word, size_t word_length, const char *ending, size_t ending_length, bool plural,
                         struct prd_spellings *out) {
  out->count = 0;
  if (word_length + ending_length + 1 > PRD_SPELLING_BYTES) return false;
  if (ending_length == 1 && *ending == 's') {
    add_both(out, word, word_length, true);
    return true;
  }
  if (ending_length > 1 && ending[ending_length - 1] == 's') {
    ending_length--;
    plural = true;
    if (ends_with(word, word_length, "s")) word_length--;
  }
  const struct feminine *row = feminine_of(word, word_length, ending, ending_length);
  if (row == NULL) return false;
  add_both(out, word, word_length, plural);
  char form[PRD_SPELLING_BYTES];
  const size_t stem = word_length - row->dropped, added = strlen(row->added);
  memcpy(form, word, stem);
  memcpy(form + stem, row->added, added);
  add_both(out, form, stem + added, plural);
  return true;
}
