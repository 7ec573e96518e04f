// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/own.h"

#include <string.h>

enum { NORMAL_BYTES = 320 }; // an e-mail address has at most 254 characters (RFC 5321, 4.5.3.1.3)

static bool is_kept(enum prd_identifier_kind kind, char c) {
  const bool digit = c >= '0' && c <= '9';
  if (kind == PRD_IDENTIFIER_PHONE) return digit;
  if (kind == PRD_IDENTIFIER_EMAIL) return c != ' ' && c != '\n';
  return digit || (c >= 'a' && c <= 'z');
}

bool prd_own_normalise(enum prd_identifier_kind kind, const char *folded, size_t length_bytes, char *out,
                       size_t size_bytes) {
  size_t used = 0;
  for (size_t i = 0; i < length_bytes; i++) {
    if (!is_kept(kind, folded[i])) continue;
    if (used + 1 >= size_bytes) return false;
    out[used++] = folded[i];
  }
  out[used] = '\0';
  if (kind == PRD_IDENTIFIER_PHONE && used == 11 && out[0] == '1') memmove(out, out + 1, used);
  return true;
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
  const enum prd_identifier_kind kind = (enum prd_identifier_kind)identifier->kind;
  if (!prd_own_normalise(kind, folded->bytes + identifier->begin_byte, identifier->end_byte - identifier->begin_byte,
                         normal, sizeof normal))
    return false;
  for (uint32_t i = 0; i < count; i++) {
    const char *own = prd_pack_string(pack, pack->own[i]);
    if (strcmp(own, normal) == 0) return true;
    if (kind == PRD_IDENTIFIER_EMAIL && under_domain(normal, own)) return true;
  }
  return false;
}

static const char *find_text(const char *bytes, size_t length, const char *text) {
  return memmem(bytes, length, text, strlen(text));
}

/// Finds the domain of a web address; false for an e-mail address.
static bool domain_of(const char *link, size_t length, const char **domain, size_t *domain_length) {
  const char *scheme = find_text(link, length, "://"), *begin = scheme == NULL ? link : scheme + 3;
  const char *end = begin;
  while (end < link + length && strchr("/?#", *end) == NULL) end++;
  const char *user = memrchr(begin, '@', (size_t)(end - begin));
  if (user != NULL && scheme == NULL) return false;
  if (user != NULL) begin = user + 1;
  const char *port = memchr(begin, ':', (size_t)(end - begin));
  if (port != NULL) end = port;
  while (end > begin && end[-1] == '.') end--;
  *domain = begin;
  *domain_length = (size_t)(end - begin);
  return true;
}

/// Whether a domain is `own` or lies below it.
static bool is_below(const char *domain, size_t length, const char *own) {
  const size_t own_length = strlen(own);
  if (own_length == 0 || length < own_length) return false;
  const char *tail = domain + length - own_length;
  return memcmp(tail, own, own_length) == 0 && (tail == domain || tail[-1] == '.');
}

bool prd_link_is_foreign(const struct prd_pack *pack, const struct prd_allowed_domains *allowed, const char *folded,
                         size_t length_bytes) {
  const char *domain;
  size_t length;
  if (!domain_of(folded, length_bytes, &domain, &length)) return false;
  for (uint32_t i = 0; i < pack->counts[PRD_SECTION_OWN]; i++) {
    const char *own = prd_pack_string(pack, pack->own[i]);
    if (own[0] == '@' && is_below(domain, length, own + 1)) return false;
  }
  for (size_t i = 0; i < allowed->count; i++) {
    if (is_below(domain, length, allowed->items[i])) return false;
  }
  return true;
}
