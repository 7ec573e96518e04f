// SPDX-License-Identifier: GPL-3.0-or-later
#include "ledger/decision.h"

#include <string.h>

static const char *const choice_names[PRD_CHOICE_COUNT] = {
    [PRD_CHOICE_EDIT] = "edit", [PRD_CHOICE_PUBLISH] = "publish", [PRD_CHOICE_NOT_APPLICABLE] = "not-applicable"};
static const char *const site_names[PRD_SITE_COUNT] = {
    [PRD_SITE_X] = "x", [PRD_SITE_FACEBOOK] = "facebook", [PRD_SITE_GENERIC] = "generic"};

const char *prd_choice_name(enum prd_choice choice) {
  return choice_names[choice];
}

const char *prd_site_name(enum prd_site site) {
  return site_names[site];
}

static bool find_name(const char *const *names, size_t count, const char *name, size_t *index) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(names[i], name) != 0) continue;
    *index = i;
    return true;
  }
  return false;
}

bool prd_choice_from_name(const char *name, enum prd_choice *out) {
  size_t index;
  if (!find_name(choice_names, PRD_CHOICE_COUNT, name, &index)) return false;
  *out = (enum prd_choice)index;
  return true;
}

bool prd_site_from_name(const char *name, enum prd_site *out) {
  size_t index;
  if (!find_name(site_names, PRD_SITE_COUNT, name, &index)) return false;
  *out = (enum prd_site)index;
  return true;
}
