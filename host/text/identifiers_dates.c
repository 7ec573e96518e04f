// SPDX-License-Identifier: GPL-3.0-or-later
// Calendar dates in digits and in words, French and English, and whether a word of birth is beside one.
#include <string.h>

#include "text/characters.h"
#include "text/identifiers_scan.h"

enum {
  FIRST_YEAR = 1000,
  LAST_YEAR = 2999,
  // The oldest person on record lived 122 years. There is no clock here: the bound is that of the 2030s.
  FIRST_BIRTH_YEAR = 1910,
  LAST_BIRTH_YEAR = 2099
};

struct date {
  int year, month, day;
  size_t end;
  bool short_year; ///< two digits: a date only beside a word of birth
};

struct month_name {
  char name[12];
  int month;
};

static const struct month_name months[] = {
    {"janvier", 1},   {"janv", 1},      {"jan", 1},  {"january", 1},   {"fevrier", 2},   {"fevr", 2},     {"fev", 2},
    {"february", 2},  {"feb", 2},       {"mars", 3}, {"mar", 3},       {"march", 3},     {"avril", 4},    {"avr", 4},
    {"april", 4},     {"apr", 4},       {"mai", 5},  {"may", 5},       {"juin", 6},      {"june", 6},     {"jun", 6},
    {"juillet", 7},   {"juil", 7},      {"july", 7}, {"jul", 7},       {"aout", 8},      {"august", 8},   {"aug", 8},
    {"septembre", 9}, {"september", 9}, {"sept", 9}, {"sep", 9},       {"octobre", 10},  {"october", 10}, {"oct", 10},
    {"novembre", 11}, {"november", 11}, {"nov", 11}, {"decembre", 12}, {"december", 12}, {"dec", 12},
};

static const char *const ordinals[] = {"er", "re", "st", "nd", "rd", "th", "e"};
static const char *const weekdays[] = {"lundi",  "mardi",   "mercredi",  "jeudi",    "vendredi", "samedi",   "dimanche",
                                       "monday", "tuesday", "wednesday", "thursday", "friday",   "saturday", "sunday"};

/// A word of birth: how far before or after it the date may be, in bytes.
struct birth_word {
  const char *words;
  size_t before; ///< the words come first
  size_t after;  ///< the date comes first
  bool
      adjacent; ///< nothing but a weekday in between: without accents, "ne le" is also a negation ("on ne le sait pas")
};

static const struct birth_word birth_words[] = {
    {"ne le", 16, 0, true},       {"nee le", 16, 0, true},          {"nes le", 16, 0, true},
    {"nees le", 16, 0, true},     {"ne(e) le", 16, 0, true},        {"ne.e le", 16, 0, true},
    {"ne·e le", 16, 0, true},     {"ne-e le", 16, 0, true},         {"ne/e le", 16, 0, true},
    {"ne en", 16, 0, true},       {"nee en", 16, 0, true},          {"ne a", 30, 0, false},
    {"nee a", 30, 0, false},      {"naissance", 22, 20, false},     {"ddn", 20, 20, false},
    {"d.d.n", 20, 20, false},     {"dob", 20, 20, false},           {"d.o.b", 20, 20, false},
    {"born", 30, 0, false},       {"date of birth", 20, 20, false}, {"birth date", 20, 20, false},
    {"birthdate", 20, 20, false},
};

#define ROWS(table) (sizeof(table) / sizeof(table)[0])

static bool has_at(const struct prd_folded *folded, size_t position, const char *words, size_t length) {
  return position <= folded->length_bytes && folded->length_bytes - position >= length &&
         memcmp(folded->bytes + position, words, length) == 0;
}

static size_t count_digits(const struct prd_folded *folded, size_t position) {
  size_t count = 0;
  while (count < 5 && prd_is_digit(prd_byte_at(folded, position + count))) count++;
  return count;
}

// One or two digits.
static bool read_small(const struct prd_folded *folded, size_t *position, int *value) {
  size_t count = count_digits(folded, *position);
  if (count < 1 || count > 2 || !prd_read_digits(folded, *position, count, value)) return false;
  *position += count;
  return true;
}

static bool read_year(const struct prd_folded *folded, size_t *position, struct date *date) {
  size_t count = count_digits(folded, *position);
  if ((count != 4 && count != 2) || !prd_read_digits(folded, *position, count, &date->year)) return false;
  *position += count;
  date->end = *position;
  date->short_year = count == 2;
  return date->short_year || (date->year >= FIRST_YEAR && date->year <= LAST_YEAR);
}

static bool exists(const struct date *date) {
  if (!date->short_year) return prd_is_calendar_date(date->year, date->month, date->day);
  return prd_is_calendar_date(1900 + date->year, date->month, date->day) ||
         prd_is_calendar_date(2000 + date->year, date->month, date->day);
}

// 2024-03-15 (ISO 8601), 2024/03/15, 2024 03 15 (the order of Québec's forms).
static bool read_year_first(const struct prd_folded *folded, size_t position, struct date *date) {
  if (count_digits(folded, position) != 4 || !read_year(folded, &position, date)) return false;
  char separator = prd_byte_at(folded, position);
  if (separator == '\0' || strchr("-/. ", separator) == NULL) return false;
  if (separator == ' ' && (count_digits(folded, position + 1) != 2 || count_digits(folded, position + 4) != 2))
    return false;
  position++;
  if (!read_small(folded, &position, &date->month) || prd_byte_at(folded, position++) != separator) return false;
  if (!read_small(folded, &position, &date->day)) return false;
  date->end = position;
  return exists(date);
}

// 15/03/2024, 15-03-2024, and the American order: whichever exists.
static bool read_day_first(const struct prd_folded *folded, size_t position, struct date *date) {
  if (!read_small(folded, &position, &date->day)) return false;
  char separator = prd_byte_at(folded, position++);
  if (separator != '-' && separator != '/' && separator != '.') return false;
  if (!read_small(folded, &position, &date->month) || prd_byte_at(folded, position++) != separator) return false;
  if (!read_year(folded, &position, date)) return false;
  if (exists(date)) return true;
  int day = date->day;
  date->day = date->month;
  date->month = day;
  return exists(date);
}

// Longest first is not needed: a name must end where its word ends.
static bool read_month(const struct prd_folded *folded, size_t *position, int *month) {
  size_t end = *position;
  while (end < *position + sizeof months[0].name && prd_is_lower(prd_byte_at(folded, end))) end++;
  for (size_t i = 0; i < ROWS(months); i++) {
    if (strlen(months[i].name) != end - *position || !has_at(folded, *position, months[i].name, end - *position))
      continue;
    *month = months[i].month;
    *position = end + (prd_byte_at(folded, end) == '.' ? 1 : 0);
    return true;
  }
  return false;
}

static void skip_ordinal(const struct prd_folded *folded, size_t *position) {
  for (size_t i = 0; i < ROWS(ordinals); i++) {
    size_t length = strlen(ordinals[i]);
    if (!has_at(folded, *position, ordinals[i], length) || prd_is_lower(prd_byte_at(folded, *position + length)))
      continue;
    *position += length;
    return;
  }
}

static bool skip_gap(const struct prd_folded *folded, size_t *position, bool comma) {
  if (comma && prd_byte_at(folded, *position) == ',') (*position)++;
  char c = prd_byte_at(folded, *position);
  if (c != ' ' && c != '-') return false;
  (*position)++;
  return true;
}

// 15 mars 2024, 1er mai 1980, 15-mars-2024, 15th of March, 2024.
static bool read_day_month_word(const struct prd_folded *folded, size_t position, struct date *date) {
  if (!read_small(folded, &position, &date->day)) return false;
  skip_ordinal(folded, &position);
  if (!skip_gap(folded, &position, false)) return false;
  if (has_at(folded, position, "of ", 3) || has_at(folded, position, "de ", 3)) position += 3;
  return read_month(folded, &position, &date->month) && skip_gap(folded, &position, true) &&
         read_year(folded, &position, date) && exists(date);
}

// March 15, 2024; Mar. 15th 2024.
static bool read_month_word_first(const struct prd_folded *folded, size_t position, struct date *date) {
  if (!read_month(folded, &position, &date->month) || !skip_gap(folded, &position, false)) return false;
  if (!read_small(folded, &position, &date->day)) return false;
  skip_ordinal(folded, &position);
  return skip_gap(folded, &position, true) && read_year(folded, &position, date) && exists(date);
}

static bool is_word(const struct prd_folded *folded, size_t position) {
  size_t length;
  return position < folded->length_bytes && prd_is_word_class(prd_character_at(folded, position, &length));
}

// Whether nothing but spaces, a colon and one weekday is between `begin` and `end`.
static bool only_weekday(const struct prd_folded *folded, size_t begin, size_t end) {
  bool weekday = false;
  while (begin < end) {
    if (!prd_is_alphanumeric(folded->bytes[begin])) {
      begin++;
      continue;
    }
    size_t length = 0;
    for (size_t i = 0; i < ROWS(weekdays) && !weekday && length == 0; i++)
      if (has_at(folded, begin, weekdays[i], strlen(weekdays[i]))) length = strlen(weekdays[i]);
    if (length == 0) return false;
    weekday = true;
    begin += length;
  }
  return true;
}

static bool birth_word_at(const struct prd_folded *folded, size_t position, const struct birth_word *word,
                          size_t length) {
  return has_at(folded, position, word->words, length) && !is_word(folded, position + length) &&
         !prd_is_word_class(prd_character_before(folded, position));
}

// A word with a colon introduces what follows it ("12 mai 2024, DDN : 3 juin 1980").
static bool introduces(const struct prd_folded *folded, size_t end) {
  if (prd_byte_at(folded, end) == ' ') end++;
  char c = prd_byte_at(folded, end);
  return c == ':' || c == '=' || prd_is_digit(c);
}

static bool is_beside_birth_word(const struct prd_folded *folded, size_t begin, size_t end) {
  for (size_t i = 0; i < ROWS(birth_words); i++) {
    const struct birth_word *word = &birth_words[i];
    size_t length = strlen(word->words);
    for (size_t gap = 0; gap <= word->before && gap + length <= begin; gap++) {
      size_t position = begin - gap - length;
      if (birth_word_at(folded, position, word, length) &&
          (!word->adjacent || only_weekday(folded, position + length, begin)))
        return true;
    }
    for (size_t gap = 0; gap < word->after && end + gap < folded->length_bytes; gap++)
      if (birth_word_at(folded, end + gap, word, length) && !introduces(folded, end + gap + length)) return true;
  }
  return false;
}

bool prd_scan_date(const struct prd_folded *folded, size_t begin, struct prd_identifier *out) {
  struct date date = {0};
  bool found = prd_is_digit(folded->bytes[begin])
                   ? read_year_first(folded, begin, &date) || read_day_first(folded, begin, &date) ||
                         read_day_month_word(folded, begin, &date)
                   : read_month_word_first(folded, begin, &date);
  if (!found || !prd_identifier_ends(folded, date.end)) return false;
  bool plausible = date.short_year || (date.year >= FIRST_BIRTH_YEAR && date.year <= LAST_BIRTH_YEAR);
  bool birth = plausible && is_beside_birth_word(folded, begin, date.end);
  if (date.short_year && !birth) return false;
  return prd_identified(out, birth ? PRD_IDENTIFIER_DATE_OF_BIRTH : PRD_IDENTIFIER_DATE, begin, date.end, true, true);
}
