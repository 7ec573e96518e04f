// SPDX-License-Identifier: GPL-3.0-or-later
// NAM and code permanent: four letters and eight signs that hold a date of birth, in another order each.
#include <string.h>

#include "text/characters.h"
#include "text/identifiers_scan.h"

enum { LETTERS = 4, SIGNS = 8, SEQUENCE = 6, CHECK = 7, WOMAN_MONTH = 50, BORN_AFTER_1999_DAY = 62 };

struct code {
  char letters[LETTERS];
  char signs[SIGNS];
  size_t end;
  bool separated; ///< at least one separator
  bool formatted; ///< a separator between all groups
};

static bool is_separator(char c) {
  return c == ' ' || c == '-' || c == '.';
}

// ABCD 1234 5678 is how the card prints it; people also write ABCD12345678, ABCD 12345678 and ABCD 123456 78.
static bool read_code(const struct prd_folded *folded, size_t begin, struct code *code) {
  for (size_t i = 0; i < LETTERS; i++) {
    code->letters[i] = prd_byte_at(folded, begin + i);
    if (!prd_is_lower(code->letters[i])) return false;
  }
  size_t position = begin + LETTERS;
  bool first = is_separator(prd_byte_at(folded, position));
  if (first) position++;
  bool second = false;
  for (size_t i = 0; i < SIGNS; i++) {
    if ((i == 4 || i == SEQUENCE) && !second && is_separator(prd_byte_at(folded, position))) {
      second = true;
      position++;
    }
    code->signs[i] = prd_byte_at(folded, position++);
    if (!prd_is_digit(code->signs[i]) && !(i == SEQUENCE && prd_is_lower(code->signs[i]))) return false;
  }
  code->end = position;
  code->separated = first || second;
  code->formatted = first && second;
  return prd_identifier_ends(folded, position);
}

static int two_digits(const char *signs) {
  return 10 * (signs[0] - '0') + (signs[1] - '0');
}

// Last digit of the EBCDIC code (IBM code page 037) of a lower-case letter or digit, as its capital.
static int ebcdic(char c) {
  if (prd_is_digit(c)) return 240 + (c - '0');
  if (c <= 'i') return 193 + (c - 'a');
  if (c <= 'r') return 209 + (c - 'j');
  return 226 + (c - 's');
}

// The fourteen signs that the check digit is computed over: letters, year of four digits, sex, real month, day, sequence.
// RAMQ does not publish the formula. Public implementations that agree: petalmd/health_card (Ruby, quebec_validator.rb)
// and utilitaire_nam (C#); both accept Clic Santé's published sample TEST 5412 2816.
static int nam_check_digit(const struct code *code, int year, int month, bool woman) {
  static const int weights[] = {1, 3, 7, 9, 1, 7, 1, 3, 4, 5, 7, 6, 9, 1};
  const char signs[] = {code->letters[0],
                        code->letters[1],
                        code->letters[2],
                        code->letters[3],
                        (char)('0' + year / 1000),
                        (char)('0' + year / 100 % 10),
                        code->signs[0],
                        code->signs[1],
                        woman ? 'f' : 'm',
                        (char)('0' + month / 10),
                        (char)('0' + month % 10),
                        code->signs[4],
                        code->signs[5],
                        code->signs[SEQUENCE]};
  int sum = 0;
  for (size_t i = 0; i < sizeof signs; i++) sum += weights[i] * ebcdic(signs[i]);
  return sum % 10;
}

// YY, MM (+50 for a woman), DD, a sequence sign (1-9 or a letter but I and O), a check digit. Whether the date exists in
// one of three centuries, and whether the check digit is right in one of these.
static bool is_nam(const struct code *code, bool *check_right) {
  static const int centuries[] = {1900, 2000, 1800};
  char sequence = code->signs[SEQUENCE];
  *check_right = false;
  if (sequence == '0' || sequence == 'i' || sequence == 'o') return false;
  int month = two_digits(code->signs + 2);
  bool woman = month > WOMAN_MONTH;
  if (woman) month -= WOMAN_MONTH;
  bool possible = false;
  for (size_t i = 0; i < sizeof centuries / sizeof centuries[0]; i++) {
    int year = centuries[i] + two_digits(code->signs);
    if (!prd_is_calendar_date(year, month, two_digits(code->signs + 4))) continue;
    possible = true;
    if (nam_check_digit(code, year, month, woman) == code->signs[CHECK] - '0') *check_right = true;
  }
  return possible;
}

// DD (+62 when born after 1999), MM (+50 for a woman), YY, two validation digits whose formula is not published
// (concordia.ca, "Permanent code"; ministère de l'Éducation, "code permanent").
static bool is_permanent_code(const struct code *code) {
  if (!prd_is_digit(code->signs[SEQUENCE])) return false;
  int day = two_digits(code->signs);
  int month = two_digits(code->signs + 2);
  int century = 1900;
  if (day > BORN_AFTER_1999_DAY) {
    day -= BORN_AFTER_1999_DAY;
    century = 2000;
  }
  if (month > WOMAN_MONTH) month -= WOMAN_MONTH;
  return prd_is_calendar_date(century + two_digits(code->signs + 4), month, day);
}

static bool all_capitals(const struct prd_folded *folded, size_t begin) {
  for (size_t i = begin; i < begin + LETTERS; i++)
    if ((folded->traits[i] & PRD_TRAIT_UPPER) == 0) return false;
  return true;
}

bool prd_scan_health_or_permanent_code(const struct prd_folded *folded, size_t begin, struct prd_identifier *out) {
  struct code code;
  if (!read_code(folded, begin, &code)) return false;
  bool check_right;
  bool nam = is_nam(&code, &check_right);
  if (check_right) return prd_identified(out, PRD_IDENTIFIER_NAM, begin, code.end, true, code.formatted);
  // "dans 1205 1512" has the shape too: without a check digit, letters apart from their digits must be capitals.
  if (code.separated && !all_capitals(folded, begin)) return false;
  if (nam) return prd_identified(out, PRD_IDENTIFIER_NAM, begin, code.end, false, code.formatted);
  return is_permanent_code(&code) &&
         prd_identified(out, PRD_IDENTIFIER_CODE_PERMANENT, begin, code.end, true, code.formatted);
}
