// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/identifiers.h"

#include <string.h>

#include "text/characters.h"
#include "text/identifiers_scan.h"
#include "text/links.h"

/// What may begin at a position; each scanner is asked only where it can succeed.
enum {
  START_NEAR_DIGITS = 1, ///< a word that has a digit in it or just behind it
  START_DIGIT = 2,
  START_SIGN = 4,   ///< ( or +
  START_ADDRESS = 8 ///< a word of a text that has an @
};

static const char *const names[PRD_IDENTIFIER_KIND_COUNT] = {
    [PRD_IDENTIFIER_NAM] = "nam",
    [PRD_IDENTIFIER_NAS] = "nas",
    [PRD_IDENTIFIER_CODE_PERMANENT] = "code-permanent",
    [PRD_IDENTIFIER_PHONE] = "phone",
    [PRD_IDENTIFIER_EMAIL] = "email",
    [PRD_IDENTIFIER_POSTAL_CODE] = "postal-code",
    [PRD_IDENTIFIER_DATE] = "date",
    [PRD_IDENTIFIER_DATE_OF_BIRTH] = "date-of-birth",
};

const char *prd_identifier_name(enum prd_identifier_kind kind) {
  return (unsigned)kind < PRD_IDENTIFIER_KIND_COUNT ? names[kind] : NULL;
}

static bool scan_email(const struct prd_folded *folded, size_t begin, struct prd_identifier *out) {
  size_t end = prd_email_end(folded, begin);
  return end != 0 && prd_identified(out, PRD_IDENTIFIER_EMAIL, begin, end, true, true);
}

struct scanner_row {
  unsigned starts;
  prd_identifier_scanner *scan;
};

// The first that recognises a position has it. An address comes first, since its local part may be a number.
static const struct scanner_row scanners[] = {
    {START_ADDRESS, scan_email},
    {START_NEAR_DIGITS, prd_scan_health_or_permanent_code},
    {START_NEAR_DIGITS, prd_scan_postal_code},
    {START_NEAR_DIGITS | START_DIGIT, prd_scan_date},
    {START_DIGIT | START_SIGN, prd_scan_phone},
    {START_DIGIT, prd_scan_social_insurance},
};

static bool joins(char c) {
  return c == '-' || c == '_';
}

bool prd_identifier_begins(const struct prd_folded *folded, size_t begin) {
  if (begin == 0) return true;
  if (prd_is_word_class(prd_character_before(folded, begin))) return false;
  char before = folded->bytes[begin - 1];
  if (joins(before)) return !prd_is_word_class(prd_character_before(folded, begin - 1));
  bool point = before == '.' || before == ',';
  return !(point && begin >= 2 && prd_is_digit(folded->bytes[begin - 2]) && prd_is_digit(prd_byte_at(folded, begin)));
}

bool prd_identifier_ends(const struct prd_folded *folded, size_t end) {
  size_t length;
  if (end >= folded->length_bytes) return true;
  if (prd_is_word_class(prd_character_at(folded, end, &length))) return false;
  char after = folded->bytes[end];
  if (end + 1 >= folded->length_bytes) return true;
  if (joins(after)) return !prd_is_word_class(prd_character_at(folded, end + 1, &length));
  bool point = after == '.' || after == ',';
  return !(point && prd_is_digit(folded->bytes[end + 1]) && prd_is_digit(folded->bytes[end - 1]));
}

bool prd_read_digits(const struct prd_folded *folded, size_t begin, size_t count, int *value) {
  int sum = 0;
  for (size_t i = begin; i < begin + count; i++) {
    if (!prd_is_digit(prd_byte_at(folded, i))) return false;
    sum = 10 * sum + (folded->bytes[i] - '0');
  }
  *value = sum;
  return true;
}

bool prd_is_calendar_date(int year, int month, int day) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= days[month - 1] + (month == 2 && leap ? 1 : 0);
}

struct collection {
  struct prd_arena *arena;
  bool has_address; ///< the text has an @
  struct prd_identifier *items;
  size_t count;
  size_t capacity;
};

static enum prd_error collect(struct collection *c, const struct prd_identifier *item) {
  struct prd_identifier *items = prd_arena_grow(c->arena, c->items, c->count, &c->capacity, sizeof *items);
  if (items == NULL) return PRD_ERROR_MEMORY;
  c->items = items;
  c->items[c->count++] = *item;
  return PRD_OK;
}

static bool recognise(const struct prd_folded *folded, size_t position, unsigned start, struct prd_identifier *out) {
  for (size_t i = 0; i < sizeof scanners / sizeof scanners[0]; i++)
    if ((scanners[i].starts & start) != 0 && scanners[i].scan(folded, position, out)) return true;
  return false;
}

// End of the word at `position`, and what may begin with it.
static size_t word_end(const struct prd_folded *folded, size_t position, unsigned *start) {
  *start = prd_is_digit(folded->bytes[position]) ? START_DIGIT : 0;
  bool has_digit = false;
  for (; prd_is_alphanumeric(prd_byte_at(folded, position)); position++)
    has_digit = has_digit || prd_is_digit(folded->bytes[position]);
  // Two signs at most are between a word and its number ("janv. 15").
  has_digit =
      has_digit || prd_is_digit(prd_byte_at(folded, position + 1)) || prd_is_digit(prd_byte_at(folded, position + 2));
  if (*start == 0 && has_digit) *start = START_NEAR_DIGITS;
  return position;
}

// The numbers of a web address (of a post, of a map) are not a person's; the address is read as one word.
static bool is_url(const struct prd_folded *folded, size_t begin, size_t end) {
  size_t left = folded->length_bytes - end;
  if (left >= 3 && memcmp(folded->bytes + end, "://", 3) == 0) return true;
  return end - begin == 3 && left >= 1 && memcmp(folded->bytes + begin, "www.", 4) == 0;
}

// A plus sign and another country's code: the digits that follow are not a North American number.
static size_t skip_foreign_number(const struct prd_folded *folded, size_t position) {
  char next = prd_byte_at(folded, position + 1);
  if (folded->bytes[position] != '+' || !prd_is_digit(next) || next == '1') return position + 1;
  for (position++; prd_is_digit(prd_byte_at(folded, position)) || prd_byte_at(folded, position) == ' ';) position++;
  return position;
}

// Looks at `position`, where a word or a sign begins, and sets `next` behind what was found or ruled out there.
static enum prd_error scan_here(struct collection *found, const struct prd_folded *folded, size_t position,
                                size_t *next) {
  unsigned start = START_SIGN;
  if (!prd_is_alphanumeric(folded->bytes[position])) {
    *next = skip_foreign_number(folded, position);
  } else {
    *next = word_end(folded, position, &start);
    if (is_url(folded, position, *next)) {
      size_t end = prd_link_run_end(folded, position);
      if (end > *next) *next = end;
      return PRD_OK;
    }
    if (found->has_address) start |= START_ADDRESS;
    if (start == 0 || !prd_identifier_begins(folded, position)) return PRD_OK;
  }
  struct prd_identifier item;
  if (!recognise(folded, position, start, &item)) return PRD_OK;
  *next = item.end_byte;
  return collect(found, &item);
}

enum prd_error prd_scan_identifiers(struct prd_arena *arena, const struct prd_folded *folded,
                                    struct prd_identifiers *out) {
  struct collection found = {.arena = arena, .has_address = memchr(folded->bytes, '@', folded->length_bytes) != NULL};
  enum prd_error error = PRD_OK;
  for (size_t position = 0; position < folded->length_bytes && error == PRD_OK;) {
    char c = folded->bytes[position];
    if (prd_is_alphanumeric(c) || c == '(' || c == '+')
      error = scan_here(&found, folded, position, &position);
    else
      position++;
  }
  if (error != PRD_OK) return error;
  *out = (struct prd_identifiers){.items = found.items, .count = found.count};
  return PRD_OK;
}
