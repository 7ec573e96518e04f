// SPDX-License-Identifier: GPL-3.0-or-later
// Social insurance numbers, telephone numbers, postal codes.
#include <string.h>

#include "text/characters.h"
#include "text/identifiers_scan.h"

enum { NAS_DIGITS = 9, NAS_GROUP = 3 };

// Luhn's formula (ISO/IEC 7812-1, annex B).
static bool luhn(const char digits[NAS_DIGITS]) {
  int sum = 0;
  for (size_t i = 0; i < NAS_DIGITS; i++) {
    int digit = digits[i] - '0';
    if (i % 2 == 1) digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
    sum += digit;
  }
  return sum % 10 == 0;
}

static bool is_group(const struct prd_folded *folded, size_t position) {
  int ignored;
  return prd_read_digits(folded, position, NAS_GROUP, &ignored) &&
         !prd_is_digit(prd_byte_at(folded, position + NAS_GROUP));
}

// "123 456 782 $" is an amount; "1 123 456 782" and "123 456 782 000" are larger numbers in groups of three.
static bool is_amount(const struct prd_folded *folded, size_t begin, size_t end, bool grouped_by_spaces) {
  size_t after = end + (prd_byte_at(folded, end) == ' ' ? 1 : 0);
  char sign = prd_byte_at(folded, after);
  if (sign == '$' || sign == '%' || (begin >= 1 && folded->bytes[begin - 1] == '$')) return true;
  if (!grouped_by_spaces) return false;
  if (begin >= 2 && folded->bytes[begin - 1] == ' ' && prd_is_digit(folded->bytes[begin - 2])) return true;
  return after != end && is_group(folded, after);
}

// Nine digits, 3-3-3. Never issued: 0 and 8 as the first digit (Employment and Social Development Canada, "Social
// Insurance Number Code of Practice"; 8 begins business numbers). Same rules: python-stdnum ca.sin, Presidio.
bool prd_scan_social_insurance(const struct prd_folded *folded, size_t begin, struct prd_identifier *out) {
  char digits[NAS_DIGITS];
  size_t position = begin;
  size_t separators = 0;
  for (size_t i = 0; i < NAS_DIGITS; i++) {
    char c = prd_byte_at(folded, position);
    if (i != 0 && i % NAS_GROUP == 0 && (c == ' ' || c == '-' || c == '.')) {
      separators++;
      c = prd_byte_at(folded, ++position);
    }
    if (!prd_is_digit(c)) return false;
    digits[i] = c;
    position++;
  }
  if (separators == 1 || digits[0] == '0' || digits[0] == '8' || !prd_identifier_ends(folded, position)) return false;
  bool formatted = separators == 2;
  bool right = luhn(digits);
  if ((!right && !formatted) || is_amount(folded, begin, position, folded->bytes[begin + NAS_GROUP] == ' '))
    return false;
  return prd_identified(out, PRD_IDENTIFIER_NAS, begin, position, right, formatted);
}

// " - ", "-", ". ", " " or nothing.
static size_t skip_separator(const struct prd_folded *folded, size_t position) {
  if (prd_byte_at(folded, position) == ' ') position++;
  char c = prd_byte_at(folded, position);
  if (c == '-' || c == '.') {
    position++;
    if (prd_byte_at(folded, position) == ' ') position++;
  }
  return position;
}

// Three digits of an area or an exchange: not below 200, not N11 (North American Numbering Plan Administration,
// "About the North American Numbering Plan").
static bool read_code_of_three(const struct prd_folded *folded, size_t position, int *code) {
  return prd_read_digits(folded, position, 3, code) && *code >= 200 && *code % 100 != 11;
}

// A letter may follow a telephone number only as the mark of an extension, which is not part of it.
static bool phone_ends(const struct prd_folded *folded, size_t end) {
  static const char *const marks[] = {"x", "ext", "poste", "p"};
  if (prd_identifier_ends(folded, end)) return true;
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
    size_t length = strlen(marks[i]);
    if (end + length >= folded->length_bytes || memcmp(folded->bytes + end, marks[i], length) != 0) continue;
    char c = folded->bytes[end + length];
    if (prd_is_digit(c) || c == '.' || c == ' ') return true;
  }
  return false;
}

// (418) 555-0123, 418-555-0123, 418 555-0123, 418.555.0123, 4185550123, with or without +1. Numbers kept for fiction
// (555-0100 to 555-0199) are read like all others.
bool prd_scan_phone(const struct prd_folded *folded, size_t begin, struct prd_identifier *out) {
  size_t position = begin;
  char first = folded->bytes[begin];
  if (first == '(' && begin != 0 && prd_is_digit(folded->bytes[begin - 1])) return false;
  if (first == '+' && prd_byte_at(folded, ++position) != '1') return false;
  if (prd_byte_at(folded, position) == '1') position = skip_separator(folded, position + 1);

  int area, exchange, line;
  bool parentheses = prd_byte_at(folded, position) == '(';
  if (parentheses) position++;
  if (!read_code_of_three(folded, position, &area) || area / 10 % 10 == 9) return false; // N9X: kept for expansion
  position += 3;
  if (parentheses && prd_byte_at(folded, position++) != ')') return false;
  size_t next = skip_separator(folded, position);
  bool first_separator = parentheses || next != position;
  if (!read_code_of_three(folded, next, &exchange)) return false;
  position = next + 3;
  next = skip_separator(folded, position);
  bool second_separator = next != position;
  if (!prd_read_digits(folded, next, 4, &line) || !phone_ends(folded, next + 4)) return false;
  return prd_identified(out, PRD_IDENTIFIER_PHONE, begin, next + 4, true, first_separator && second_separator);
}

// A1A 1A1 without D, F, I, O, Q, U; W and Z not first (Canada Post, "Addressing Guidelines").
bool prd_scan_postal_code(const struct prd_folded *folded, size_t begin, struct prd_identifier *out) {
  static const char first_letters[] = "abceghjklmnprstvxy";
  static const char letters[] = "abceghjklmnprstvwxyz";
  static const char *const pattern[] = {first_letters, NULL, letters, NULL, letters, NULL};
  size_t position = begin;
  bool formatted = false;
  for (size_t i = 0; i < sizeof pattern / sizeof pattern[0]; i++) {
    char c = prd_byte_at(folded, position);
    if (i == 3 && (c == ' ' || c == '-')) {
      formatted = true;
      c = prd_byte_at(folded, ++position);
    }
    if (c == '\0' || (pattern[i] == NULL ? !prd_is_digit(c) : strchr(pattern[i], c) == NULL)) return false;
    position++;
  }
  return prd_identifier_ends(folded, position) &&
         prd_identified(out, PRD_IDENTIFIER_POSTAL_CODE, begin, position, true, formatted);
}
