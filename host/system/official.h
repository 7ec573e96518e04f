// SPDX-License-Identifier: GPL-3.0-or-later
// The official wording of a policy: passages of the institution's own file, which `prudence policy import-document` bound to a pack.
// The pack holds our own words only; with this file beside it, the card and the page quote the institution's.
#ifndef PRD_SYSTEM_OFFICIAL_H
#define PRD_SYSTEM_OFFICIAL_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "system/paths.h"

#define PRD_OFFICIAL_SCHEMA "prudence-official/1"

enum {
  PRD_OFFICIAL_FILE_MAX_BYTES = 512 * 1024,
  PRD_OFFICIAL_TEXT_MAX_BYTES = 192 * 1024, ///< of all passages: a reply that quotes them all stays far below its limit
  PRD_OFFICIAL_CLAUSE_MAX = 256,
  PRD_OFFICIAL_HASH_CHARACTERS = 64 ///< SHA-256 in lower-case hexadecimal digits
};

struct prd_official_clause {
  const char *id;
  const char *text; ///< verbatim, valid UTF-8, no control character but tab and line end
};

enum prd_official_state {
  PRD_OFFICIAL_NONE, ///< no file
  PRD_OFFICIAL_READY,
  PRD_OFFICIAL_REFUSED ///< `reason` says why
};

/// Strings and the array are in the arena.
struct prd_official {
  enum prd_official_state state;
  const char *path;            ///< the file that was found; NULL without one
  struct prd_bilingual reason; ///< when refused
  const char *document_sha256; ///< of the institution's file
  const struct prd_official_clause *clauses;
  size_t clause_count; ///< 0 unless ready
};

/// Reads the wording of pack `pack_id`: that of the configuration (prd_paths_official_configured) before the one beside the pack
/// (prd_paths_official). Refused: another pack, another shape, passages that are not those that were bound, or a file above
/// PRD_OFFICIAL_FILE_MAX_BYTES. Without a file nothing is read and the state is PRD_OFFICIAL_NONE. Error: PRD_ERROR_MEMORY.
enum prd_error prd_official_load(struct prd_arena *arena, const struct prd_paths *paths, const char *pack_id,
                                 struct prd_official *out);

/// Passage of a clause, or NULL.
const char *prd_official_text(const struct prd_official *official, const char *clause_id);

/// Checksum of the passages: SHA-256 over each identifier and text in order, both with their NUL. `digits` has room for
/// PRD_OFFICIAL_HASH_CHARACTERS and a NUL.
void prd_official_checksum(const struct prd_official_clause *clauses, size_t count, char *digits);

/// SHA-256 of `length_bytes` bytes, in the same form.
void prd_official_hash(const void *bytes, size_t length_bytes, char *digits);

#endif
