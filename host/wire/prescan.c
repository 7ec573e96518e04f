// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/prescan.h"

#include <string.h>

#include "base/utf8.h"

struct scan {
  const char *bytes;
  size_t length;
  size_t at;
  size_t depth;
  bool outer_seen; // the outermost value has begun
  bool outer_open; // it is an object, and the scan is inside of it
  bool key_next;   // the next string at depth 1 is the name of one of its members
  struct prd_prescan *out;
};

static void report(struct scan *scan, enum prd_wire_code problem) {
  if (scan->out->problem == PRD_WIRE_OK) scan->out->problem = problem;
}

// Over one character that is not plain ASCII; a byte that belongs to no character counts alone, so that the look goes
// on.
static void pass_character(struct scan *scan) {
  if (scan->bytes[scan->at] == '\0') report(scan, PRD_WIRE_NUL_CHARACTER);
  size_t length = prd_utf8_sequence(scan->bytes + scan->at, scan->length - scan->at);
  if (length == 0) report(scan, PRD_WIRE_INVALID_UTF8);
  scan->at += length == 0 ? 1 : length;
}

// Value of the four hexadecimal digits of a \u escape whose backslash is at `at`; -1 when there is no such escape.
static int32_t escape_value(const struct scan *scan, size_t at) {
  if (scan->length - at < 6 || scan->bytes[at] != '\\' || scan->bytes[at + 1] != 'u') return -1;
  int32_t value = 0;
  for (size_t i = at + 2; i < at + 6; i++) {
    char c = scan->bytes[i];
    int32_t digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

static void pass_escape(struct scan *scan) {
  int32_t value = escape_value(scan, scan->at);
  if (value < 0) { // \n, \" and the like, or an escape that the parser will refuse
    scan->at += 1;
    if (scan->at < scan->length) pass_character(scan);
    return;
  }
  scan->at += 6;
  if (value == 0) report(scan, PRD_WIRE_NUL_CHARACTER);
  if (value < 0xD800 || value > 0xDFFF) return;
  int32_t other = value < 0xDC00 && scan->at < scan->length ? escape_value(scan, scan->at) : -1;
  if (other >= 0xDC00 && other <= 0xDFFF)
    scan->at += 6;
  else
    report(scan, PRD_WIRE_LONE_SURROGATE);
}

// From the opening quotation mark to behind the closing one, or to the end of the bytes.
static void pass_string(struct scan *scan) {
  scan->at += 1;
  while (scan->at < scan->length) {
    unsigned char byte = (unsigned char)scan->bytes[scan->at];
    if (byte == '"') {
      scan->at += 1;
      return;
    }
    if (byte == '\\')
      pass_escape(scan);
    else if (byte == 0 || byte >= 0x80)
      pass_character(scan);
    else
      scan->at += 1;
  }
}

static size_t after_space(const struct scan *scan, size_t at) {
  while (at < scan->length && memchr(" \t\r\n", scan->bytes[at], 4) != NULL) at++;
  return at;
}

// What follows the name "id". The position of the scan does not move: the value is looked at again like any other.
static void read_id(struct scan *scan) {
  size_t at = after_space(scan, scan->at);
  if (at == scan->length || scan->bytes[at] != ':') return;
  scan->out->id_present = true;
  at = after_space(scan, at + 1);
  size_t first = at;
  int64_t value = 0;
  while (at < scan->length && scan->bytes[at] >= '0' && scan->bytes[at] <= '9' && value <= PRD_REQUEST_ID_LIMIT)
    value = value * 10 + (scan->bytes[at++] - '0');
  bool digits = at > first && (at == first + 1 || scan->bytes[first] != '0') && value <= PRD_REQUEST_ID_LIMIT;
  at = after_space(scan, at);
  // 12.5 and 12e3 are not integers, and a document that ends in its id may have lost some of its digits.
  if (!digits || at == scan->length || (scan->bytes[at] != ',' && scan->bytes[at] != '}')) return;
  scan->out->id_readable = true;
  scan->out->id = value;
}

static void pass_member_name_or_string(struct scan *scan) {
  bool name = scan->key_next && scan->outer_open && scan->depth == 1;
  size_t begin = scan->at;
  pass_string(scan);
  if (!name) return;
  scan->key_next = false;
  if (!scan->out->id_present && scan->at - begin == 4 && memcmp(scan->bytes + begin, "\"id\"", 4) == 0) read_id(scan);
}

static void enter(struct scan *scan, bool object) {
  scan->depth += 1;
  if (scan->depth > PRD_REQUEST_DEPTH_LIMIT) report(scan, PRD_WIRE_TOO_DEEP);
  if (scan->outer_seen) return;
  scan->outer_seen = true;
  scan->outer_open = scan->key_next = object;
}

static void leave(struct scan *scan) {
  if (scan->depth > 0) scan->depth -= 1;
  if (scan->depth == 0) scan->outer_open = false;
}

void prd_prescan(const char *bytes, size_t length_bytes, struct prd_prescan *out) {
  *out = (struct prd_prescan){.problem = PRD_WIRE_OK};
  struct scan scan = {.bytes = bytes, .length = length_bytes, .out = out};
  while (scan.at < scan.length) {
    unsigned char byte = (unsigned char)scan.bytes[scan.at];
    if (byte == '"') {
      pass_member_name_or_string(&scan);
      continue;
    }
    if (byte == 0 || byte >= 0x80) {
      pass_character(&scan);
      continue;
    }
    if (byte == '{' || byte == '[') enter(&scan, byte == '{');
    if (byte == '}' || byte == ']') leave(&scan);
    if (byte == ',' && scan.depth == 1) scan.key_next = scan.outer_open;
    scan.at += 1;
  }
}
