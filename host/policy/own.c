// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/own.h"

#include <string.h>

enum { NORMAL_BYTES = 320 }; // an e-mail address has at most 254 characters (RFC 5321, 4.5.3.1.3)

bool prd_own_normalise(const char *folded, size_t length_bytes, char *out, size_t size_bytes) {
  size_t used = 0;
  for (size_t i = 0; i < length_bytes; i++) {
    const char c = folded[i];
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '@' || c == '.';
    if (!kept) continue;
    if (used + 1 >= size_bytes) return false;
    out[used++] = c;
  }
  out[used] = '\0';
  return true;
}

static void keep_digits(char *text) {
  size_t used = 0;
  for (size_t i = 0; text[i] != '\0'; i++) {
    if (text[i] >= '0' && text[i] <= '9') text[used++] = text[i];
  }
  text[used] = '\0';
}

/// An own domain is stored as "@portage.ca": it covers that domain and those below it.
static bool under_domain(const char *address, const char *own) {
  const char *domain = strrchr(address, '@');
  if (domain == NULL || own[0] != '@') return false;
  const size_t length = strlen(domain), own_length = strlen(own);
  if (length < own_length) return false;
  if (length == own_length) return strcmp(domain, own) == 0;
  const char *tail = domain + length - (own_length - 1);
  return tail[-1] == '.' && strcmp(tail, own + 1) == 0;
}

bool prd_identifier_is_own(const struct prd_pack *pack, const struct prd_folded *folded,
                           const struct prd_identifier *identifier) {
  const uint32_t count = pack->counts[PRD_SECTION_OWN];
  if (count == 0) return false;
  char normal[NORMAL_BYTES];
  if (!prd_own_normalise(folded->bytes + identifier->begin_byte, identifier->end_byte - identifier->begin_byte, normal,
                         sizeof normal))
    return false;
  const char *compared = normal;
  if (identifier->kind == PRD_IDENTIFIER_PHONE) {
    keep_digits(normal);
    if (strlen(normal) == 11 && normal[0] == '1') compared++;
  }
  for (uint32_t i = 0; i < count; i++) {
    const char *own = prd_pack_string(pack, pack->own[i]);
    if (strcmp(own, compared) == 0) return true;
    if (identifier->kind == PRD_IDENTIFIER_EMAIL && under_domain(compared, own)) return true;
  }
  return false;
}
