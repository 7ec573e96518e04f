// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/json_arena.h"

#include <setjmp.h>
#include <string.h>

// jansson's allocation functions take no context: during a parse, and only then, these say where memory comes from and
// where to go when there is none.
static struct prd_arena *parse_arena;
static jmp_buf out_of_memory;

// jansson 2.14 does not look whether its string buffer could grow, and then reads behind its end. So it never sees a
// failure: we leave it, which costs nothing, because everything it holds is the arena's.
static void *allocate(size_t size_bytes) {
  void *memory = prd_arena_alloc(parse_arena, size_bytes);
  if (memory == NULL) longjmp(out_of_memory, 1);
  return memory;
}

// The arena is wiped as a whole when the reply has left.
static void leave(void *memory) {
  (void)memory;
}

static enum prd_wire_code code_of(const json_error_t *error) {
  switch (json_error_code(error)) {
  case json_error_invalid_utf8:
    return PRD_WIRE_INVALID_UTF8;
  case json_error_null_character:
  case json_error_null_byte_in_key:
    return PRD_WIRE_NUL_CHARACTER;
  case json_error_duplicate_key:
    return PRD_WIRE_DUPLICATE_KEY;
  case json_error_numeric_overflow:
    return PRD_WIRE_NUMBER_OUT_OF_RANGE;
  case json_error_stack_overflow:
    return PRD_WIRE_TOO_DEEP;
  case json_error_out_of_memory:
    return PRD_WIRE_OUT_OF_MEMORY;
  default:
    return PRD_WIRE_BAD_JSON;
  }
}

static enum prd_wire_code parse(const char *bytes, size_t length_bytes, json_t **out) {
  if (setjmp(out_of_memory) != 0) return PRD_WIRE_OUT_OF_MEMORY;
  json_error_t error = {0};
  *out = json_loadb(bytes, length_bytes, JSON_REJECT_DUPLICATES, &error);
  enum prd_wire_code code = *out == NULL ? code_of(&error) : json_is_object(*out) ? PRD_WIRE_OK : PRD_WIRE_BAD_JSON;
  // The error quotes the words near to it, and they are the person's.
  explicit_bzero(&error, sizeof error);
  return code;
}

enum prd_wire_code prd_json_parse_object(struct prd_arena *arena, const char *bytes, size_t length_bytes,
                                         json_t **out) {
  json_malloc_t earlier_malloc;
  json_free_t earlier_free;
  json_get_alloc_funcs(&earlier_malloc, &earlier_free);
  parse_arena = arena;
  json_set_alloc_funcs(allocate, leave);
  enum prd_wire_code code = parse(bytes, length_bytes, out);
  json_set_alloc_funcs(earlier_malloc, earlier_free);
  parse_arena = NULL;
  return code;
}
