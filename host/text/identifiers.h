// SPDX-License-Identifier: GPL-3.0-or-later
// Identifiers of people in a folded text, found by shape and confirmed by check digit or calendar where one exists.
// One linear pass; no regular expressions.
#ifndef PRD_TEXT_IDENTIFIERS_H
#define PRD_TEXT_IDENTIFIERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "text/fold.h"

enum prd_identifier_kind {
  PRD_IDENTIFIER_NAM,            ///< RAMQ health insurance number
  PRD_IDENTIFIER_NAS,            ///< social insurance number
  PRD_IDENTIFIER_CODE_PERMANENT, ///< permanent code of a pupil or student
  PRD_IDENTIFIER_PHONE,          ///< North American telephone number
  PRD_IDENTIFIER_EMAIL,
  PRD_IDENTIFIER_POSTAL_CODE,   ///< Canadian postal code
  PRD_IDENTIFIER_DATE,          ///< calendar date in digits or words, year included
  PRD_IDENTIFIER_DATE_OF_BIRTH, ///< such a date next to a word of birth, plausible for a living person
  PRD_IDENTIFIER_KIND_COUNT
};

struct prd_identifier {
  uint32_t begin_byte; ///< in the folded text
  uint32_t end_byte;   ///< exclusive
  uint8_t kind;        ///< enum prd_identifier_kind
  /// Check digit right (NAM, NAS), calendar possible (code permanent, dates), structure valid (phone, e-mail, postal code).
  bool confirmed;
  bool formatted; ///< written in the customary groups (ABCD 1234 5678; 123 456 789; 418-555-0123; G1R 2J6)
};

struct prd_identifiers {
  const struct prd_identifier *items; ///< in the arena, ordered by begin_byte
  size_t count;
};

/// Name of a kind as packs and the protocol write it ("nam", "date-of-birth"), or NULL.
const char *prd_identifier_name(enum prd_identifier_kind kind);

/// Finds every identifier; they do not overlap. A candidate whose neighbour is a letter, a digit, or a hyphen or underscore
/// that joins it to one is part of something longer and is not reported; nor are numbers inside a URL. A NAM whose date is
/// possible but whose check digit is wrong is reported with `confirmed` false; so is a NAS that fails Luhn, but only when
/// it is formatted. Letters apart from their digits (ABCD 1234 5678) must be capitals unless the check digit is right.
/// Where a NAM and a permanent code are both possible and no check digit decides, it is an unconfirmed NAM. A date with a
/// year of two digits is reported only as a date of birth. Formats, check digits and their sources are beside each
/// scanner. Error: PRD_ERROR_MEMORY.
enum prd_error prd_scan_identifiers(struct prd_arena *arena, const struct prd_folded *folded,
                                    struct prd_identifiers *out);

#endif
