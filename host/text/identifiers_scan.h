// SPDX-License-Identifier: GPL-3.0-or-later
// The scanners behind identifiers.h: each looks at one position of a folded text, reads a bounded number of bytes from
// there, and says whether an identifier begins exactly there.
#ifndef PRD_TEXT_IDENTIFIERS_SCAN_H
#define PRD_TEXT_IDENTIFIERS_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "text/fold.h"
#include "text/identifiers.h"

/// What a scanner found: an identifier with begin_byte and end_byte set.
typedef bool prd_identifier_scanner(const struct prd_folded *folded, size_t begin, struct prd_identifier *out);

prd_identifier_scanner prd_scan_health_or_permanent_code; ///< NAM and code permanent, which share a shape
prd_identifier_scanner prd_scan_social_insurance;
prd_identifier_scanner prd_scan_phone;
prd_identifier_scanner prd_scan_postal_code;
prd_identifier_scanner prd_scan_date; ///< dates and dates of birth

/// Whether an identifier may begin at `begin` (end at `end`): its neighbour is neither a letter nor a digit, nor a hyphen
/// or underscore that joins it to one, nor the point of a decimal number.
bool prd_identifier_begins(const struct prd_folded *folded, size_t begin);
bool prd_identifier_ends(const struct prd_folded *folded, size_t end);

/// Whether the Gregorian calendar has this day.
bool prd_is_calendar_date(int year, int month, int day);

/// Reads exactly `count` ASCII digits at `begin`; false when there are fewer.
bool prd_read_digits(const struct prd_folded *folded, size_t begin, size_t count, int *value);

/// Fills `out` for a candidate and returns true.
static inline bool prd_identified(struct prd_identifier *out, enum prd_identifier_kind kind, size_t begin, size_t end,
                                  bool confirmed, bool formatted) {
  *out = (struct prd_identifier){.begin_byte = (uint32_t)begin,
                                 .end_byte = (uint32_t)end,
                                 .kind = (uint8_t)kind,
                                 .confirmed = confirmed,
                                 .formatted = formatted};
  return true;
}

#endif
