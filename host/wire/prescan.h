// SPDX-License-Identifier: GPL-3.0-or-later
// One linear look at a request before it is parsed: what the parser would refuse without saying why, or would take deep
// recursion to refuse, and the identifier that even a refusal must repeat.
#ifndef PRD_WIRE_PRESCAN_H
#define PRD_WIRE_PRESCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/wire_messages.h"

enum { PRD_REQUEST_DEPTH_LIMIT = 16 };

/// Largest `id`: 2^53−1, the last integer that JavaScript counts exactly.
#define PRD_REQUEST_ID_LIMIT INT64_C(9007199254740991)

struct prd_prescan {
  /// First problem in the order of the bytes: PRD_WIRE_OK, PRD_WIRE_INVALID_UTF8, PRD_WIRE_LONE_SURROGATE,
  /// PRD_WIRE_NUL_CHARACTER or PRD_WIRE_TOO_DEEP. PRD_WIRE_OK does not say that the bytes are JSON.
  enum prd_wire_code problem;
  bool id_present;  ///< the outermost object has a member `id`
  bool id_readable; ///< and the first one is an integer from 0 to PRD_REQUEST_ID_LIMIT
  int64_t id;       ///< when it is readable; 0 otherwise
};

/// Looks at `length_bytes` bytes, all of them, whatever they are. Cannot fail, allocates nothing.
void prd_prescan(const char *bytes, size_t length_bytes, struct prd_prescan *out);

#endif
