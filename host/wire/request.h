// SPDX-License-Identifier: GPL-3.0-or-later
// Requests of the extension, from bytes to a checked structure. The tables of docs/PROTOCOL.md.
#ifndef PRD_WIRE_REQUEST_H
#define PRD_WIRE_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "ledger/decision.h"
#include "policy/pack.h"
#include "wire/wire_messages.h"

enum {
  PRD_REQUEST_TEXT_LIMIT_UTF16 = 100000, ///< a post of X is 25,000 characters at most, one of Facebook 63,206
  PRD_REQUEST_RULE_LIMIT = 64
};

enum prd_request_type {
  PRD_REQUEST_CHECK,
  PRD_REQUEST_ACKNOWLEDGE,
  PRD_REQUEST_STATUS,
  PRD_REQUEST_POLICY,
  PRD_REQUEST_TYPE_COUNT
};

struct prd_request {
  bool has_id; ///< set also for a refused request whose identifier could be read
  int64_t id;
  enum prd_request_type type;

  /// check
  const char *text; ///< valid UTF-8 without NUL, NUL-terminated
  size_t text_bytes;
  size_t text_utf16;
  enum prd_account account;
  bool has_language; ///< `language` is meaningful: the request names one
  enum prd_language language;
  bool explain; ///< with the points and the evidence of each finding

  /// check and acknowledge
  enum prd_venue venue;

  /// acknowledge
  enum prd_choice choice;
  enum prd_site site;
  const char *const *rules; ///< as sent: not yet looked up, perhaps the same twice
  size_t rule_count;        ///< 1 to PRD_REQUEST_RULE_LIMIT
  bool has_check;           ///< `check` is meaningful: the request names one
  int64_t check;            ///< identifier of the check that the decision is about
};

/// Decodes the body of one frame. Everything that `out` points to is in the arena, and so is every copy of the text
/// that the decoder made on its way: resetting the arena wipes them all. On success PRD_WIRE_OK; otherwise the code
/// to answer, `out->has_id` and `out->id` alone are meaningful, and `*member` is the name of the member concerned, or
/// NULL.
enum prd_wire_code prd_request_decode(struct prd_arena *arena, const char *bytes, size_t length_bytes,
                                      struct prd_request *out, const char **member);

#endif
