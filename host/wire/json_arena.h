// SPDX-License-Identifier: GPL-3.0-or-later
// jansson, reading into an arena: its copies of a text end with the request, wiped like everything else in it.
#ifndef PRD_WIRE_JSON_ARENA_H
#define PRD_WIRE_JSON_ARENA_H

#include <jansson.h>
#include <stddef.h>

#include "base/arena.h"
#include "wire/wire_messages.h"

/// Parses `length_bytes` bytes as one JSON object without duplicate members. `*out` and everything below it belong to
/// the arena: they are read only, and never released with json_decref. Errors: PRD_WIRE_BAD_JSON,
/// PRD_WIRE_INVALID_UTF8,
/// PRD_WIRE_NUL_CHARACTER, PRD_WIRE_DUPLICATE_KEY, PRD_WIRE_TOO_DEEP (far above our own limit),
/// PRD_WIRE_NUMBER_OUT_OF_RANGE, PRD_WIRE_OUT_OF_MEMORY. One thread at a time.
enum prd_wire_code prd_json_parse_object(struct prd_arena *arena, const char *bytes, size_t length_bytes, json_t **out);

#endif
