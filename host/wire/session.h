// SPDX-License-Identifier: GPL-3.0-or-later
// What one host knows from its start to its end: whose policy applies, the policy, and where decisions go.
#ifndef PRD_WIRE_SESSION_H
#define PRD_WIRE_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "ledger/ledger.h"
#include "policy/directory.h"
#include "policy/judge.h"
#include "policy/pack.h"
#include "system/official.h"
#include "system/paths.h"
#include "system/profile.h"
#include "wire/fingerprint.h"

/// State of the ledger; its names are those of `parts` in docs/PROTOCOL.md.
enum prd_ledger_state { PRD_LEDGER_CLOSED, PRD_LEDGER_READY, PRD_LEDGER_UNAVAILABLE };

const char *prd_ledger_state_name(enum prd_ledger_state state);

struct prd_session {
  struct prd_arena arena; ///< lives as long as the session
  struct prd_paths paths;
  struct prd_profile profile;
  enum prd_part_state pack_state;
  struct prd_pack *pack;        ///< NULL unless `pack_state` is PRD_PART_READY
  struct prd_official official; ///< wording of the institution, for the pack that is ready
  struct prd_judge *judge;      ///< NULL until the first check
  struct prd_ledger *ledger;    ///< NULL until it is first needed
  enum prd_ledger_state ledger_state;
  bool names_directory; ///< the profile asks for a list of staff
  enum prd_part_state directory_state;
  struct prd_directory *directory; ///< NULL unless `directory_state` is PRD_PART_READY
  bool has_fingerprints;
  struct prd_fingerprints fingerprints; ///< of what was published since the start
  uint64_t checks;                      ///< verdicts since the start
};

/// Reads the profile and maps the pack, below `paths`, whose strings must outlive the session. A part that is missing
/// or wrong is a state, explained on the error output. `out` must be freed also after an error. Error:
/// PRD_ERROR_MEMORY.
enum prd_error prd_session_open(const struct prd_paths *paths, struct prd_session *out);

/// How often the text of a request was published already in such a place; notes the check. Errors as prd_fingerprint_text.
enum prd_error prd_session_note_check(struct prd_session *session, struct prd_arena *arena, int64_t id,
                                      const char *utf8, size_t length_bytes, enum prd_venue venue,
                                      int32_t *published_before);

/// Notes that the text of check `*id` (NULL: of the last one) was published.
void prd_session_note_published(struct prd_session *session, const int64_t *id);

/// Closes and frees everything.
void prd_session_free(struct prd_session *session);

/// The judge, made at the first call. Errors: PRD_ERROR_NOT_FOUND without a pack, PRD_ERROR_MEMORY.
enum prd_error prd_session_judge(struct prd_session *session, struct prd_judge **out);

/// Stores a decision and notes the ledger's state. Creates the user's directory and the file when they are missing.
/// Errors: those of prd_ledger_append and prd_paths_make_directory.
enum prd_error prd_session_append(struct prd_session *session, const struct prd_decision *decision,
                                  int64_t *decision_id);

/// Counts the decisions of the ledger and notes its state. Same errors.
enum prd_error prd_session_count(struct prd_session *session, int64_t *decisions);

#endif
