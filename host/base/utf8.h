// SPDX-License-Identifier: GPL-3.0-or-later
// What counts as UTF-8 wherever bytes come in or go out.
#ifndef PRD_BASE_UTF8_H
#define PRD_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/// Length in bytes (1 to 4) of the well-formed sequence at the start of `bytes`, or 0 when there is none: overlong
/// forms, surrogates and values above U+10FFFF are not well-formed (The Unicode Standard, table 3-7).
/// `available_bytes` is at least 1.
static inline size_t prd_utf8_sequence(const char *bytes, size_t available_bytes) {
  const unsigned char *at = (const unsigned char *)bytes;
  unsigned char lead = at[0];
  if (lead < 0x80) return 1;
  size_t length = lead >= 0xC2 && lead < 0xE0   ? 2
                  : lead >= 0xE0 && lead < 0xF0 ? 3
                  : lead >= 0xF0 && lead < 0xF5 ? 4
                                                : 0;
  if (length == 0 || length > available_bytes) return 0;
  // The second byte alone excludes overlong forms (E0, F0), surrogates (ED) and what lies above U+10FFFF (F4).
  unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (at[1] < low || at[1] > high) return 0;
  for (size_t i = 2; i < length; i++)
    if ((at[i] & 0xC0) != 0x80) return 0;
  return length;
}

/// UTF-16 code units of `length_bytes` bytes of well-formed UTF-8.
static inline size_t prd_utf8_length_utf16(const char *bytes, size_t length_bytes) {
  size_t units = 0;
  for (size_t i = 0; i < length_bytes; i++) {
    unsigned char byte = (unsigned char)bytes[i];
    // Each character has one byte that is not a continuation; those of four bytes become a surrogate pair.
    units += (size_t)((byte & 0xC0) != 0x80) + (size_t)(byte >= 0xF0);
  }
  return units;
}

#endif
