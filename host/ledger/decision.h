// SPDX-License-Identifier: GPL-3.0-or-later
// What a person decided about the findings of one attempt to publish. Every value comes from a closed list or from a
// pack: nothing here could hold a word of what the person wrote.
#ifndef PRD_LEDGER_DECISION_H
#define PRD_LEDGER_DECISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/pack.h"

enum prd_choice {
  PRD_CHOICE_EDIT,           ///< « Modifier mon texte »
  PRD_CHOICE_PUBLISH,        ///< « Publier quand même »
  PRD_CHOICE_NOT_APPLICABLE, ///< « Ce n'est pas le cas »
  PRD_CHOICE_COUNT
};

enum prd_site { PRD_SITE_X, PRD_SITE_FACEBOOK, PRD_SITE_GENERIC, PRD_SITE_COUNT };

/// Names as docs/PROTOCOL.md and the ledger write them.
const char *prd_choice_name(enum prd_choice choice);
const char *prd_site_name(enum prd_site site);
/// Each returns false and leaves `out` alone when `name` is not one of the closed list.
bool prd_choice_from_name(const char *name, enum prd_choice *out);
bool prd_site_from_name(const char *name, enum prd_site *out);

/// One finding that the decision is about, as the pack states it.
struct prd_decided_finding {
  const char *rule;
  const char *category;
  enum prd_severity severity;
  const char *clauses; ///< numbers of the rule's clauses, separated by ", "
};

/// One decision. Strings are borrowed.
struct prd_decision {
  int64_t time_ms; ///< UTC, milliseconds since the epoch
  const char *institution;
  const char *pack_id;
  const char *pack_version;
  const char *pack_hash;
  enum prd_choice choice;
  enum prd_site site;
  enum prd_venue venue;
  const struct prd_decided_finding *findings; ///< no rule twice
  size_t finding_count;                       ///< at least 1
};

#endif
