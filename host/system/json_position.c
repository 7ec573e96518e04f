// SPDX-License-Identifier: GPL-3.0-or-later
#include "system/json_position.h"

#include <string.h>

struct text {
  const char *bytes;
  size_t length;
};

static size_t after_space(const struct text *text, size_t at) {
  while (at < text->length && memchr(" \t\r\n", text->bytes[at], 4) != NULL) at++;
  return at;
}

static size_t after_string(const struct text *text, size_t at) {
  for (at++; at < text->length && text->bytes[at] != '"'; at++)
    if (text->bytes[at] == '\\') at++;
  return at + 1;
}

static size_t after_value(const struct text *text, size_t at) {
  size_t depth = 0;
  while (at < text->length) {
    char c = text->bytes[at];
    if (c == '"') {
      at = after_string(text, at);
      if (depth == 0) return at;
      continue;
    }
    if (c == '{' || c == '[') depth++;
    if (c == '}' || c == ']') {
      if (depth == 0) return at; // a number or a word ends where its container does
      if (--depth == 0) return at + 1;
    }
    if (c == ',' && depth == 0) return at;
    at++;
  }
  return at;
}

// One step down from the container at `*at`. On success `*at` is the value, and `*key_at` the name of the member (or
// the value).
static bool step_down(const struct text *text, const struct prd_json_step *step, size_t *at, size_t *key_at) {
  bool object = text->bytes[*at] == '{';
  if (object != (step->key != NULL)) return false;
  size_t position = after_space(text, *at + 1);
  for (size_t index = 0; position < text->length && text->bytes[position] != '}' && text->bytes[position] != ']';
       index++) {
    size_t begin = position;
    bool found = !object && index == step->index;
    if (object) {
      size_t end = after_string(text, begin);
      found = end - begin == strlen(step->key) + 2 && memcmp(text->bytes + begin + 1, step->key, end - begin - 2) == 0;
      position = after_space(text, after_space(text, end) + 1); // behind the colon
    }
    if (found) {
      *key_at = begin;
      *at = position;
      return true;
    }
    position = after_space(text, after_value(text, position));
    if (position < text->length && text->bytes[position] == ',') position = after_space(text, position + 1);
  }
  return false;
}

struct prd_json_position prd_json_position_of(const char *bytes, size_t length_bytes, const struct prd_json_step *steps,
                                              size_t step_count, bool of_key) {
  struct text text = {bytes, length_bytes};
  size_t at = after_space(&text, 0);
  size_t key_at = at;
  bool found = at < length_bytes;
  for (size_t i = 0; found && i < step_count; i++) found = step_down(&text, &steps[i], &at, &key_at);
  size_t target = found && of_key ? key_at : at;
  struct prd_json_position position = {1, 1};
  for (size_t i = 0; i < target && i < length_bytes; i++) {
    if (bytes[i] == '\n') {
      position.line++;
      position.column = 1;
    } else if (((unsigned char)bytes[i] & 0xC0) != 0x80) {
      position.column++;
    }
  }
  return position;
}
