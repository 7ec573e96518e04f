// SPDX-License-Identifier: GPL-3.0-or-later
// A built pack: the tables of one institution's policy, mapped read-only from a file that `prudence policy build` wrote.
// Nothing is parsed and nothing is allocated per rule at start; every offset is checked once, when the file is mapped.
#ifndef PRD_POLICY_PACK_H
#define PRD_POLICY_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/// How much a finding matters. The names (none, info, warn, serious) are those of docs/PROTOCOL.md.
enum prd_severity { PRD_SEVERITY_NONE, PRD_SEVERITY_INFO, PRD_SEVERITY_WARN, PRD_SEVERITY_SERIOUS, PRD_SEVERITY_COUNT };

/// Where the text is about to be published.
enum prd_venue { PRD_VENUE_PERSONAL, PRD_VENUE_OFFICIAL_PAGE, PRD_VENUE_WORK_GROUP, PRD_VENUE_COUNT };

/// In whose name the account speaks.
enum prd_account { PRD_ACCOUNT_PERSONAL, PRD_ACCOUNT_OFFICIAL, PRD_ACCOUNT_COUNT };

const char *prd_severity_name(enum prd_severity severity);
const char *prd_venue_name(enum prd_venue venue);
const char *prd_account_name(enum prd_account account);
/// Each returns false and leaves `out` alone when `name` is not one of the closed list.
bool prd_severity_from_name(const char *name, enum prd_severity *out);
bool prd_venue_from_name(const char *name, enum prd_venue *out);
bool prd_account_from_name(const char *name, enum prd_account *out);

/// Who a pack is. All strings belong to the pack.
struct prd_pack_identity {
  const char *id;                         ///< chu, cisss, poly, csscv, portage
  const char *version;                    ///< as the pack's author wrote it
  uint32_t serial;                        ///< increases with each publication
  const char *hash;                       ///< SHA-256 of the tables, 64 lower-case hexadecimal digits
  struct prd_bilingual institution;       ///< full name
  struct prd_bilingual institution_short; ///< as people say it
  struct prd_bilingual document;          ///< title of the policy document
  const char *document_number;            ///< "" when it has none
  const char *document_date;              ///< YYYY-MM-DD, or "" when it prints none
  const char *document_review_due;        ///< YYYY-MM-DD, or ""
};

/// One clause of the policy document, in this project's own words.
struct prd_clause {
  const char *id; ///< as printed: "7.1"
  struct prd_bilingual title;
  struct prd_bilingual summary;
};

struct prd_pack;

/// Maps a built pack. The file may be replaced (by rename) while it is mapped. Errors: PRD_ERROR_NOT_FOUND, PRD_ERROR_IO,
/// PRD_ERROR_CORRUPT (not a pack, another format version, or a table that does not hold together), PRD_ERROR_MEMORY.
enum prd_error prd_pack_map(const char *path, struct prd_pack **out);

/// Takes a built pack from memory that must stay valid and unchanged, aligned to 8 bytes. Same errors.
enum prd_error prd_pack_from_memory(const void *bytes, size_t size_bytes, struct prd_pack **out);

/// Unmaps; NULL is allowed. Everything that a verdict points to is gone afterwards.
void prd_pack_free(struct prd_pack *pack);

/// Owned by the pack.
const struct prd_pack_identity *prd_pack_identity(const struct prd_pack *pack);

/// Number of clauses of the document, in its order.
size_t prd_pack_clause_count(const struct prd_pack *pack);

/// Clause number `index` (below prd_pack_clause_count) as others see it.
struct prd_clause prd_pack_clause(const struct prd_pack *pack, uint32_t index);

/// What the document says of itself, as JSON (docs/PACKS.md, about.json): `*length_bytes` bytes of UTF-8 without a NUL, owned by the
/// pack. 0 bytes when the pack says nothing.
const char *prd_pack_about(const struct prd_pack *pack, size_t *length_bytes);

/// Facts about one rule, for whoever must store a decision about it.
struct prd_rule_facts {
  const char *id;
  const char *category;
  enum prd_severity severity;
  size_t clause_count; ///< at least 1
};

/// Looks a rule up by its identifier; PRD_ERROR_NOT_FOUND when the pack has no such rule.
enum prd_error prd_pack_find_rule(const struct prd_pack *pack, const char *rule_id, struct prd_rule_facts *out);

/// Clause number `index` (below clause_count) of a rule that exists; false otherwise.
bool prd_pack_rule_clause(const struct prd_pack *pack, const char *rule_id, size_t index, struct prd_clause *out);

#endif
