// SPDX-License-Identifier: GPL-3.0-or-later
#include "system/callers.h"

#include <errno.h>
#include <string.h>

#include "base/arena.h"
#include "base/read_file.h"
#include "system/extension_identity.h"
#include "system/system_messages.h"

enum { LIST_LIMIT_BYTES = 65536, CHROMIUM_ID_LENGTH = 32, ADDON_ID_LIMIT_BYTES = 80 };

#define ORIGIN_SCHEME "chrome-extension://"

static const char *const compiled_callers[] = {ORIGIN_SCHEME PRD_CHROMIUM_EXTENSION_ID "/", PRD_FIREFOX_ADDON_ID};

// Chromium writes an identifier with the letters a to p, each a hexadecimal digit.
static bool is_origin(const char *text, size_t length) {
  const size_t scheme_length = strlen(ORIGIN_SCHEME);
  if (length != scheme_length + CHROMIUM_ID_LENGTH + 1 || memcmp(text, ORIGIN_SCHEME, scheme_length) != 0) return false;
  for (size_t i = scheme_length; i < length - 1; i++)
    if (text[i] < 'a' || text[i] > 'p') return false;
  return text[length - 1] == '/';
}

// name@domain or {GUID};
// https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/manifest.json/browser_specific_settings
static bool is_addon_id(const char *text, size_t length) {
  if (length == 0 || length > ADDON_ID_LIMIT_BYTES) return false;
  for (size_t i = 0; i < length; i++) {
    unsigned char byte = (unsigned char)text[i];
    bool letter_or_digit = (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
    if (!letter_or_digit && memchr("-._@{}", byte, 6) == NULL) return false;
  }
  return memchr(text, '@', length) != NULL || (text[0] == '{' && text[length - 1] == '}');
}

static bool is_manifest_path(const char *text) {
  size_t length = strlen(text);
  return text[0] == '/' && length > 5 && strcmp(text + length - 5, ".json") == 0;
}

const char *prd_caller_of(int argc, char *const *argv) {
  if (argc >= 2 && is_origin(argv[1], strlen(argv[1]))) return argv[1];
  if (argc >= 3 && is_manifest_path(argv[1]) && is_addon_id(argv[2], strlen(argv[2]))) return argv[2];
  return NULL;
}

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

bool prd_callers_list_has(const char *list, size_t length_bytes, const char *caller, const char *path) {
  size_t caller_length = strlen(caller);
  size_t line = 0;
  for (size_t at = 0; at < length_bytes;) {
    const char *begin = list + at;
    const char *newline = memchr(begin, '\n', length_bytes - at);
    const char *end = newline == NULL ? list + length_bytes : newline;
    at = (size_t)(end - list) + 1;
    line++;
    while (begin < end && is_space(*begin)) begin++;
    while (end > begin && is_space(end[-1])) end--;
    size_t length = (size_t)(end - begin);
    if (length == 0 || *begin == '#') continue;
    if (!is_origin(begin, length) && !is_addon_id(begin, length))
      prd_system_warn(path, line, 0, prd_system_message(PRD_SYSTEM_CALLER_LINE), NULL);
    else if (length == caller_length && memcmp(begin, caller, length) == 0)
      return true;
  }
  return false;
}

bool prd_caller_allowed(const char *caller, const char *config) {
  for (size_t i = 0; i < sizeof compiled_callers / sizeof compiled_callers[0]; i++)
    if (strcmp(compiled_callers[i], caller) == 0) return true;
  // Read only when it matters: the usual caller must not wait for a file.
  struct prd_arena arena = {0};
  const char *path = prd_arena_format(&arena, "%s/callers", config);
  char *list = NULL;
  size_t length = 0;
  bool allowed = false;
  const enum prd_error error =
      path == NULL ? PRD_ERROR_MEMORY : prd_read_file(&arena, path, LIST_LIMIT_BYTES, &list, &length);
  if (error == PRD_OK)
    allowed = prd_callers_list_has(list, length, caller, path);
  else if (error == PRD_ERROR_IO)
    prd_system_warn(path, 0, 0, prd_system_message(PRD_SYSTEM_FILE_UNREADABLE), strerror(errno));
  else if (error == PRD_ERROR_TOO_LARGE)
    prd_system_warn(path, 0, 0, prd_system_message(PRD_SYSTEM_FILE_TOO_LARGE), "64 Kio / KiB");
  prd_arena_free(&arena);
  return allowed;
}
