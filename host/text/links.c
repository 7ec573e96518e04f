// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/links.h"

#include <stdbool.h>
#include <string.h>

#include "text/characters.h"

enum { LONGEST_LOCAL_PART = 64, LONGEST_DOMAIN = 253, LONGEST_TLD = 12 };

// People forget the space after a full stop ("terminé.Le lendemain") and write "inscrit.es": only top-level domains that
// are not French word endings make a bare domain.
static const char sure_domains[][LONGEST_TLD] = {
    "ca",   "com",  "org",    "net",     "edu", "gov", "info", "biz",  "fr",   "qc",     "quebec",
    "io",   "co",   "tv",     "be",      "ch",  "eu",  "uk",   "us",   "app",  "dev",    "xyz",
    "shop", "site", "online", "example", "ly",  "gl",  "gg",   "news", "blog", "health",
};

// These are believed only with a path behind them (t.me/…, youtu.be/…).
static const char path_domains[][LONGEST_TLD] = {
    "me", "ai", "it", "de", "nl", "pl", "ru", "cn", "jp", "in", "id", "im", "is",   "at",
    "dk", "fi", "pt", "br", "mx", "au", "nz", "cc", "to", "fm", "sh", "st", "link", "club",
};

struct domain {
  size_t end;  ///< exclusive; equal to begin when there is no label
  size_t last; ///< first byte of the last label
  size_t labels;
};

static bool is_one_of(const char (*table)[LONGEST_TLD], size_t rows, const char *bytes, size_t length) {
  for (size_t i = 0; i < rows; i++)
    if (strlen(table[i]) == length && memcmp(table[i], bytes, length) == 0) return true;
  return false;
}

#define ROWS(table) (sizeof(table) / sizeof(table)[0])

// Labels of letters, digits and inner hyphens, joined by single dots.
static struct domain read_domain(const struct prd_folded *folded, size_t begin) {
  struct domain domain = {.end = begin, .last = begin};
  size_t i = begin;
  while (prd_is_alphanumeric(prd_byte_at(folded, i))) {
    domain.last = i;
    size_t label_end = i;
    for (; prd_is_alphanumeric(prd_byte_at(folded, i)) || prd_byte_at(folded, i) == '-'; i++)
      if (folded->bytes[i] != '-') label_end = i + 1;
    domain.end = label_end;
    domain.labels++;
    if (label_end != i || prd_byte_at(folded, i) != '.') break;
    i++;
  }
  return domain;
}

static bool all_letters(const struct prd_folded *folded, size_t begin, size_t end) {
  for (size_t i = begin; i < end; i++)
    if (!prd_is_lower(folded->bytes[i])) return false;
  return true;
}

size_t prd_link_run_end(const struct prd_folded *folded, size_t begin) {
  size_t end = begin;
  size_t opened = 0;
  size_t closed = 0;
  for (; end < folded->length_bytes; end++) {
    char c = folded->bytes[end];
    if (c == ' ' || c == '\n' || c == '"' || c == '<' || c == '>') break;
    if (c == '(') opened++;
    if (c == ')') closed++;
  }
  while (end > begin) {
    char c = folded->bytes[end - 1];
    if (c == ')' && closed > opened)
      closed--;
    else if (strchr(".,;:!?'*]}", c) == NULL)
      break;
    end--;
  }
  return end;
}

static bool is_local_part(char c) {
  return prd_is_alphanumeric(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
}

// End of the run that could be a local part, whatever follows it.
static size_t local_part_end(const struct prd_folded *folded, size_t begin, size_t limit) {
  size_t end = begin;
  while (end < limit && is_local_part(prd_byte_at(folded, end))) end++;
  return end;
}

static size_t email_end_after(const struct prd_folded *folded, size_t begin, size_t at) {
  if (at == begin || at - begin > LONGEST_LOCAL_PART || prd_byte_at(folded, at) != '@') return 0;
  if (folded->bytes[at - 1] == '.') return 0;
  struct domain domain = read_domain(folded, at + 1);
  if (domain.labels < 2 || domain.end - at - 1 > LONGEST_DOMAIN || domain.end - domain.last < 2 ||
      !all_letters(folded, domain.last, domain.end))
    return 0;
  return domain.end;
}

size_t prd_email_end(const struct prd_folded *folded, size_t begin) {
  return email_end_after(folded, begin, local_part_end(folded, begin, begin + LONGEST_LOCAL_PART + 1));
}

static bool continues_as_link(const struct prd_folded *folded, size_t end) {
  char c = prd_byte_at(folded, end);
  return c == '/' || ((c == '?' || c == '#') && prd_is_alphanumeric(prd_byte_at(folded, end + 1))) ||
         (c == ':' && prd_is_digit(prd_byte_at(folded, end + 1)));
}

static size_t bare_domain_end(const struct prd_folded *folded, size_t begin, struct prd_link_memory *memory) {
  if (begin < memory->no_domain_before) return 0;
  struct domain domain = read_domain(folded, begin);
  // A later start in the same run has the same last label: whatever the answer is, it is the same.
  memory->no_domain_before = domain.end;
  if (domain.labels < 2 || prd_byte_at(folded, domain.end) == '@') return 0;
  bool capital = (folded->traits[domain.last] & PRD_TRAIT_UPPER) != 0;
  if (capital && (folded->traits[domain.last - 2] & PRD_TRAIT_UPPER) == 0) return 0; // "fini.Info à venir"
  const char *tld = folded->bytes + domain.last;
  size_t tld_length = domain.end - domain.last;
  bool has_path = continues_as_link(folded, domain.end);
  if (!is_one_of(sure_domains, ROWS(sure_domains), tld, tld_length) &&
      !(has_path && is_one_of(path_domains, ROWS(path_domains), tld, tld_length)))
    return 0;
  return has_path ? prd_link_run_end(folded, begin) : domain.end;
}

static size_t url_end(const struct prd_folded *folded, size_t begin) {
  const char *bytes = folded->bytes + begin;
  size_t left = folded->length_bytes - begin;
  if (left > 4 && memcmp(bytes, "www.", 4) == 0 && prd_is_alphanumeric(bytes[4]))
    return prd_link_run_end(folded, begin);
  size_t scheme = 0;
  while (scheme < left && prd_is_alphanumeric(bytes[scheme])) scheme++;
  if (scheme < 2 || left < scheme + 4 || memcmp(bytes + scheme, "://", 3) != 0) return 0;
  size_t end = prd_link_run_end(folded, begin);
  return end > begin + scheme + 3 ? end : 0;
}

size_t prd_link_end(const struct prd_folded *folded, size_t begin, struct prd_link_memory *memory) {
  size_t end = url_end(folded, begin);
  if (end != 0) return end;
  if (begin >= memory->no_email_before) {
    size_t local_end = local_part_end(folded, begin, folded->length_bytes);
    end = email_end_after(folded, begin, local_end);
    if (end != 0) return end;
    memory->no_email_before = local_end;
  }
  return bare_domain_end(folded, begin, memory);
}
