// SPDX-License-Identifier: GPL-3.0-or-later
// Line and column of a value in a JSON text that a parser has already accepted. jansson keeps no positions, and a
// person who mends a configuration file needs them.
#ifndef PRD_SYSTEM_JSON_POSITION_H
#define PRD_SYSTEM_JSON_POSITION_H

#include <stdbool.h>
#include <stddef.h>

/// One step down: the member `key`, or when it is NULL the element number `index`.
struct prd_json_step {
  const char *key;
  size_t index;
};

struct prd_json_position {
  size_t line;   ///< from 1
  size_t column; ///< from 1, in characters
};

/// Position of the value at the end of `steps`, or, with `of_key`, of the name of that member. The deepest value on
/// the way when the path leads nowhere. `bytes` is valid JSON.
struct prd_json_position prd_json_position_of(const char *bytes, size_t length_bytes, const struct prd_json_step *steps,
                                              size_t step_count, bool of_key);

#endif
