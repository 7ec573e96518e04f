// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/session.h"

#include <string.h>

#include "system/system_messages.h"

static void refuse_pack(struct prd_session *session, enum prd_part_state state, const char *path,
                        enum prd_system_message_id id, const char *word) {
  session->pack_state = state;
  prd_system_warn(path, 0, 0, prd_system_message(id), word);
  prd_pack_free(session->pack);
  session->pack = NULL;
}

static enum prd_error open_pack(struct prd_session *session) {
  session->pack_state = PRD_PART_MISSING;
  const char *institution = session->profile.institution;
  if (session->profile.state != PRD_PART_READY) return PRD_OK;
  const char *path = prd_paths_pack(&session->arena, &session->paths, institution);
  if (path == NULL) return PRD_ERROR_MEMORY;
  enum prd_error error = prd_pack_map(path, &session->pack);
  if (error == PRD_ERROR_MEMORY) return error;
  if (error == PRD_ERROR_NOT_FOUND) {
    refuse_pack(session, PRD_PART_MISSING, path, PRD_SYSTEM_PACK_MISSING, NULL);
  } else if (error != PRD_OK) {
    refuse_pack(session, PRD_PART_INVALID, path, PRD_SYSTEM_PACK_INVALID, NULL);
  } else if (strcmp(prd_pack_identity(session->pack)->id, institution) != 0) {
    // A file that was copied under another name would judge with another institution's clauses.
    refuse_pack(session, PRD_PART_INVALID, path, PRD_SYSTEM_PACK_OTHER_INSTITUTION,
                prd_pack_identity(session->pack)->id);
  } else {
    session->pack_state = PRD_PART_READY;
  }
  return PRD_OK;
}

enum prd_error prd_session_open(const struct prd_paths *paths, struct prd_session *out) {
  *out = (struct prd_session){.paths = *paths, .pack_state = PRD_PART_MISSING, .ledger_state = PRD_LEDGER_CLOSED};
  const char *path = prd_paths_profile(&out->arena, paths);
  if (path == NULL) return PRD_ERROR_MEMORY;
  enum prd_error error = prd_profile_load(&out->arena, path, &out->profile);
  if (error != PRD_OK) return error;
  const struct prd_profile *profile = &out->profile;
  if (profile->state == PRD_PART_INVALID)
    prd_system_warn(path, profile->problem.line, profile->problem.column, &profile->problem.reason, NULL);
  return open_pack(out);
}

void prd_session_free(struct prd_session *session) {
  prd_ledger_free(session->ledger);
  prd_judge_free(session->judge);
  prd_pack_free(session->pack);
  prd_arena_free(&session->arena);
  *session = (struct prd_session){0};
}

enum prd_error prd_session_judge(struct prd_session *session, struct prd_judge **out) {
  if (session->pack == NULL) return PRD_ERROR_NOT_FOUND;
  // Its memory is reserved with the first text, not while the browser waits for the hello.
  if (session->judge == NULL) {
    enum prd_error error = prd_judge_new(session->pack, &session->judge);
    if (error != PRD_OK) return error;
  }
  *out = session->judge;
  return PRD_OK;
}

static enum prd_error find_ledger(struct prd_session *session) {
  if (session->ledger != NULL) return PRD_OK;
  struct prd_arena arena = {0};
  const char *directory = NULL;
  const char *path = NULL;
  enum prd_error error = prd_paths_user_data(&arena, &directory);
  if (error == PRD_OK) error = prd_paths_make_directory(&arena, directory);
  if (error == PRD_OK && (path = prd_paths_ledger(&arena, directory)) == NULL) error = PRD_ERROR_MEMORY;
  if (error == PRD_OK) error = prd_ledger_new(path, PRD_LEDGER_WRITE, &session->ledger);
  prd_arena_free(&arena);
  return error;
}

// `decision` NULL: counts.
static enum prd_error use_once(struct prd_session *session, const struct prd_decision *decision, int64_t *number) {
  enum prd_error error = find_ledger(session);
  if (error != PRD_OK) return error;
  return decision == NULL ? prd_ledger_count(session->ledger, number)
                          : prd_ledger_append(session->ledger, decision, number);
}

static enum prd_error use_ledger(struct prd_session *session, const struct prd_decision *decision, int64_t *number) {
  enum prd_error error = use_once(session, decision, number);
  if (error == PRD_ERROR_IO) {
    // Somebody may have removed the whole directory since we made it.
    prd_ledger_free(session->ledger);
    session->ledger = NULL;
    error = use_once(session, decision, number);
  }
  session->ledger_state = error == PRD_OK ? PRD_LEDGER_READY : PRD_LEDGER_UNAVAILABLE;
  return error;
}

enum prd_error prd_session_append(struct prd_session *session, const struct prd_decision *decision,
                                  int64_t *decision_id) {
  return use_ledger(session, decision, decision_id);
}

enum prd_error prd_session_count(struct prd_session *session, int64_t *decisions) {
  return use_ledger(session, NULL, decisions);
}

const char *prd_ledger_state_name(enum prd_ledger_state state) {
  static const char *const names[] = {
      [PRD_LEDGER_CLOSED] = "closed", [PRD_LEDGER_READY] = "ready", [PRD_LEDGER_UNAVAILABLE] = "unavailable"};
  return names[state];
}
