// SPDX-License-Identifier: GPL-3.0-or-later
// The errors that the extension can receive: one row each, with what a person reads. The table of docs/PROTOCOL.md.
// Append only: a number or a name that was ever published is never changed nor given to something else.
#ifndef PRD_WIRE_MESSAGES_H
#define PRD_WIRE_MESSAGES_H

#include <stddef.h>

#include "base/error.h"

enum prd_wire_code {
  PRD_WIRE_OK = 0,
  PRD_WIRE_FRAME_TOO_LARGE = 100,
  PRD_WIRE_BAD_JSON = 101,
  PRD_WIRE_BAD_ID = 102,
  PRD_WIRE_BAD_TYPE = 103,
  PRD_WIRE_UNKNOWN_TYPE = 104,
  PRD_WIRE_MISSING_MEMBER = 105,
  PRD_WIRE_WRONG_MEMBER_TYPE = 106,
  PRD_WIRE_BAD_VALUE = 107,
  PRD_WIRE_INVALID_UTF8 = 108,
  PRD_WIRE_LONE_SURROGATE = 109,
  PRD_WIRE_NUL_CHARACTER = 110,
  PRD_WIRE_DUPLICATE_KEY = 111,
  PRD_WIRE_TOO_DEEP = 112,
  PRD_WIRE_TEXT_TOO_LONG = 113,
  PRD_WIRE_NUMBER_OUT_OF_RANGE = 114,
  PRD_WIRE_UNKNOWN_RULE = 115,
  PRD_WIRE_REPLY_TOO_LARGE = 116,
  PRD_WIRE_NO_PACK = 200,
  PRD_WIRE_LEDGER_UNAVAILABLE = 201,
  PRD_WIRE_LEDGER_BUSY = 202,
  PRD_WIRE_OUT_OF_MEMORY = 203,
  PRD_WIRE_CALLER_REFUSED = 300
};

struct prd_wire_message {
  enum prd_wire_code code;
  const char *name; ///< `code` of the reply
  struct prd_bilingual text;
};

/// All rows, in the order of their numbers.
extern const struct prd_wire_message prd_wire_messages[];
extern const size_t prd_wire_message_count;

/// The row of a code; never NULL for a code of the enumeration other than PRD_WIRE_OK.
const struct prd_wire_message *prd_wire_message(enum prd_wire_code code);

#endif
