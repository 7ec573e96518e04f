// SPDX-License-Identifier: GPL-3.0-or-later
// Closed lists and their names. Order is part of the built pack's format.
#include <string.h>

#include "policy/category.h"
#include "policy/pack.h"

static const char *const severity_names[PRD_SEVERITY_COUNT] = {"none", "info", "warn", "serious"};
static const char *const venue_names[PRD_VENUE_COUNT] = {"personal", "official-page", "work-group"};
static const char *const account_names[PRD_ACCOUNT_COUNT] = {"personal", "official"};
static const char *const category_names[PRD_CATEGORY_COUNT] = {
    "personal-info",
    "medical-info",
    "minor-youth-protection",
    "confidential-info",
    "speaking-for-institution",
    "insult-defamation",
    "hate-discrimination",
    "threat-harassment",
    "obscene-porn",
    "reputation-attack",
    "advertising-spam",
    "offtopic-link",
    "political-union",
    "other-language",
    "unintelligible",
    "repetitive-anonymous",
    "copyright",
    "group-page-creation",
    "client-contact",
    "image-without-consent",
    "illegal-content",
};

static const char *name_at(const char *const *names, size_t count, size_t index) {
  return index < count ? names[index] : NULL;
}

static bool index_of(const char *const *names, size_t count, const char *name, size_t *out) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(names[i], name) == 0) {
      *out = i;
      return true;
    }
  }
  return false;
}

const char *prd_severity_name(enum prd_severity severity) {
  return name_at(severity_names, PRD_SEVERITY_COUNT, severity);
}

const char *prd_venue_name(enum prd_venue venue) {
  return name_at(venue_names, PRD_VENUE_COUNT, venue);
}

const char *prd_account_name(enum prd_account account) {
  return name_at(account_names, PRD_ACCOUNT_COUNT, account);
}

bool prd_severity_from_name(const char *name, enum prd_severity *out) {
  size_t index;
  if (!index_of(severity_names, PRD_SEVERITY_COUNT, name, &index)) return false;
  *out = (enum prd_severity)index;
  return true;
}

bool prd_venue_from_name(const char *name, enum prd_venue *out) {
  size_t index;
  if (!index_of(venue_names, PRD_VENUE_COUNT, name, &index)) return false;
  *out = (enum prd_venue)index;
  return true;
}

bool prd_account_from_name(const char *name, enum prd_account *out) {
  size_t index;
  if (!index_of(account_names, PRD_ACCOUNT_COUNT, name, &index)) return false;
  *out = (enum prd_account)index;
  return true;
}

const char *prd_category_name(size_t index) {
  return name_at(category_names, PRD_CATEGORY_COUNT, index);
}

bool prd_category_from_name(const char *name, size_t *out) {
  return index_of(category_names, PRD_CATEGORY_COUNT, name, out);
}

bool prd_category_exists(const char *name) {
  size_t index;
  return prd_category_from_name(name, &index);
}
