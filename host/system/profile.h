// SPDX-License-Identifier: GPL-3.0-or-later
// The profile of this workstation, <config>/profile.json: whose policy applies, and what belongs to the institution.
#ifndef PRD_SYSTEM_PROFILE_H
#define PRD_SYSTEM_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "hours/schedule.h"

/// State of a part of the host; its names are those of `parts` in docs/PROTOCOL.md.
enum prd_part_state { PRD_PART_READY, PRD_PART_MISSING, PRD_PART_INVALID };

const char *prd_part_state_name(enum prd_part_state state);

enum {
  PRD_PROFILE_LIMIT_BYTES = 1024 * 1024,
  PRD_PROFILE_ACCOUNT_LIMIT = 64,
  PRD_PROFILE_DOMAIN_LIMIT = 64,
  PRD_PROFILE_INTERVAL_LIMIT = 512
};

/// Strings and arrays are in the arena that was given to prd_profile_load.
struct prd_profile {
  enum prd_part_state state; ///< the members below `problem` are meaningful only when it is PRD_PART_READY
  const char *path;
  struct {
    size_t line, column; ///< from 1; 0 when the problem has no place
    struct prd_bilingual reason;
  } problem; ///< when the state is PRD_PART_INVALID
  const char *institution;
  const char *const *official_accounts; ///< "facebook.com/polymtl"
  size_t official_account_count;
  const char *directory;                   ///< absolute path of the list of staff (policy/directory.h), or NULL
  const char *const *allowed_link_domains; ///< "quebec.ca": lower-case ASCII
  size_t allowed_link_domain_count;
  enum prd_language language;
  bool has_schedule;
  struct prd_schedule schedule;
};

/// Reads the profile at `path`. A profile that is missing or wrong is a state, not an error; a key that this version
/// does not know makes it invalid, because a misspelt key would otherwise be a rule that silently does not apply.
/// Error: PRD_ERROR_MEMORY.
enum prd_error prd_profile_load(struct prd_arena *arena, const char *path, struct prd_profile *out);

/// The part of it that reads no file.
enum prd_error prd_profile_parse(struct prd_arena *arena, const char *path, const char *bytes, size_t length_bytes,
                                 struct prd_profile *out);

#endif
