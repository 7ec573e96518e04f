// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the JSON of one reply into one growing buffer. Building a tree first and dumping it costs as much as judging
// the text.
#ifndef PRD_WIRE_JSON_WRITER_H
#define PRD_WIRE_JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/// One reply under construction. Errors stick: after the first one nothing more is written, and `error` tells which.
struct prd_json_writer {
  char *bytes; ///< owned
  size_t length_bytes;
  size_t capacity_bytes;
  size_t limit_bytes;   ///< longest document
  enum prd_error error; ///< PRD_OK, PRD_ERROR_MEMORY, or PRD_ERROR_TOO_LARGE above `limit_bytes`
  bool comma_next;
};

/// Reserves the first buffer, so that a short reply needs no memory later. Error: PRD_ERROR_MEMORY.
enum prd_error prd_json_writer_open(struct prd_json_writer *writer, size_t limit_bytes);

/// Overwrites what was written with zeros, forgets an error, and keeps a buffer of moderate size.
void prd_json_writer_reset(struct prd_json_writer *writer);

/// Overwrites and frees.
void prd_json_writer_free(struct prd_json_writer *writer);

/// Each of these writes one value. `key` is the member's name (plain ASCII that needs no escape), or NULL inside of
/// an array and for the document itself.
void prd_json_begin_object(struct prd_json_writer *writer, const char *key);
void prd_json_end_object(struct prd_json_writer *writer);
void prd_json_begin_array(struct prd_json_writer *writer, const char *key);
void prd_json_end_array(struct prd_json_writer *writer);
void prd_json_integer(struct prd_json_writer *writer, const char *key, int64_t value);
void prd_json_boolean(struct prd_json_writer *writer, const char *key, bool value);
void prd_json_null(struct prd_json_writer *writer, const char *key);

/// `text` is NUL-terminated UTF-8. A byte that is not UTF-8 becomes U+FFFD: Chromium drops a reply that is not UTF-8
/// without a word, and the person would wait for ever.
void prd_json_string(struct prd_json_writer *writer, const char *key, const char *text);

/// `length_bytes` bytes that are one JSON value already.
void prd_json_raw(struct prd_json_writer *writer, const char *key, const char *bytes, size_t length_bytes);

/// `{"fr":…,"en":…}`
void prd_json_bilingual(struct prd_json_writer *writer, const char *key, const struct prd_bilingual *text);

#endif
