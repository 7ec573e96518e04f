// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/json_writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { FIRST_CAPACITY_BYTES = 4096, KEPT_CAPACITY_BYTES = 65536 };

enum prd_error prd_json_writer_open(struct prd_json_writer *writer, size_t limit_bytes) {
  *writer = (struct prd_json_writer){.limit_bytes = limit_bytes};
  writer->bytes = malloc(FIRST_CAPACITY_BYTES);
  if (writer->bytes == NULL) return PRD_ERROR_MEMORY;
  writer->capacity_bytes = FIRST_CAPACITY_BYTES;
  return PRD_OK;
}

void prd_json_writer_reset(struct prd_json_writer *writer) {
  explicit_bzero(writer->bytes, writer->length_bytes);
  writer->length_bytes = 0;
  writer->error = PRD_OK;
  writer->comma_next = false;
  if (writer->capacity_bytes <= KEPT_CAPACITY_BYTES) return;
  char *smaller = malloc(FIRST_CAPACITY_BYTES);
  if (smaller == NULL) return; // the large one still serves
  free(writer->bytes);
  writer->bytes = smaller;
  writer->capacity_bytes = FIRST_CAPACITY_BYTES;
}

void prd_json_writer_free(struct prd_json_writer *writer) {
  if (writer->bytes != NULL) explicit_bzero(writer->bytes, writer->length_bytes);
  free(writer->bytes);
  *writer = (struct prd_json_writer){0};
}

static bool grow(struct prd_json_writer *writer, size_t more_bytes) {
  if (more_bytes > writer->limit_bytes - writer->length_bytes) {
    writer->error = PRD_ERROR_TOO_LARGE;
    return false;
  }
  size_t capacity = writer->capacity_bytes * 2;
  if (capacity < writer->length_bytes + more_bytes) capacity = writer->length_bytes + more_bytes;
  char *larger = malloc(capacity);
  if (larger == NULL) {
    writer->error = PRD_ERROR_MEMORY;
    return false;
  }
  memcpy(larger, writer->bytes, writer->length_bytes);
  explicit_bzero(writer->bytes, writer->length_bytes);
  free(writer->bytes);
  writer->bytes = larger;
  writer->capacity_bytes = capacity;
  return true;
}

static void append(struct prd_json_writer *writer, const char *bytes, size_t length_bytes) {
  if (writer->error != PRD_OK) return;
  size_t end = writer->length_bytes + length_bytes;
  if ((end > writer->capacity_bytes || end > writer->limit_bytes) && !grow(writer, length_bytes)) return;
  memcpy(writer->bytes + writer->length_bytes, bytes, length_bytes);
  writer->length_bytes = end;
}

static void begin_value(struct prd_json_writer *writer, const char *key) {
  if (writer->comma_next) append(writer, ",", 1);
  writer->comma_next = true;
  if (key == NULL) return;
  append(writer, "\"", 1);
  append(writer, key, strlen(key));
  append(writer, "\":", 2);
}

static void begin_container(struct prd_json_writer *writer, const char *key, const char *mark) {
  begin_value(writer, key);
  append(writer, mark, 1);
  writer->comma_next = false;
}

static void end_container(struct prd_json_writer *writer, const char *mark) {
  append(writer, mark, 1);
  writer->comma_next = true;
}

void prd_json_begin_object(struct prd_json_writer *writer, const char *key) {
  begin_container(writer, key, "{");
}
void prd_json_end_object(struct prd_json_writer *writer) {
  end_container(writer, "}");
}
void prd_json_begin_array(struct prd_json_writer *writer, const char *key) {
  begin_container(writer, key, "[");
}
void prd_json_end_array(struct prd_json_writer *writer) {
  end_container(writer, "]");
}

// Not snprintf: a verdict holds many numbers, and none of them depends on a locale.
void prd_json_integer(struct prd_json_writer *writer, const char *key, int64_t value) {
  char digits[20];
  size_t first = sizeof digits;
  uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
  do {
    digits[--first] = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest > 0);
  if (value < 0) digits[--first] = '-';
  begin_value(writer, key);
  append(writer, digits + first, sizeof digits - first);
}

void prd_json_boolean(struct prd_json_writer *writer, const char *key, bool value) {
  begin_value(writer, key);
  append(writer, value ? "true" : "false", value ? 4 : 5);
}

void prd_json_null(struct prd_json_writer *writer, const char *key) {
  begin_value(writer, key);
  append(writer, "null", 4);
}

static bool is_plain(unsigned char byte) {
  return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

static void append_escape(struct prd_json_writer *writer, unsigned char byte) {
  static const char digits[] = "0123456789abcdef";
  if (byte == '"' || byte == '\\') {
    append(writer, (const char[]){'\\', (char)byte}, 2);
  } else if (byte == '\n') {
    append(writer, "\\n", 2);
  } else {
    append(writer, (const char[]){'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]}, 6);
  }
}

void prd_json_string(struct prd_json_writer *writer, const char *key, const char *text) {
  begin_value(writer, key);
  append(writer, "\"", 1);
  size_t length = strlen(text);
  size_t copied = 0; // everything before it is written
  size_t at = 0;
  while (at < length) {
    unsigned char byte = (unsigned char)text[at];
    size_t sequence = is_plain(byte) ? 1 : byte < 0x80 ? 0 : prd_utf8_sequence(text + at, length - at);
    if (sequence > 0) {
      at += sequence;
      continue;
    }
    append(writer, text + copied, at - copied);
    if (byte < 0x80)
      append_escape(writer, byte);
    else
      append(writer, "\xEF\xBF\xBD", 3);
    copied = ++at;
  }
  append(writer, text + copied, length - copied);
  append(writer, "\"", 1);
}

void prd_json_raw(struct prd_json_writer *writer, const char *key, const char *bytes, size_t length_bytes) {
  begin_value(writer, key);
  append(writer, bytes, length_bytes);
}

void prd_json_bilingual(struct prd_json_writer *writer, const char *key, const struct prd_bilingual *text) {
  prd_json_begin_object(writer, key);
  prd_json_string(writer, "fr", text->fr);
  prd_json_string(writer, "en", text->en);
  prd_json_end_object(writer);
}
