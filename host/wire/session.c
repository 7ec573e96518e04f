// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/session.h"

#include <string.h>
#include <time.h>

#include "system/system_messages.h"

static void refuse_pack(struct prd_session *session, enum prd_part_state state, const char *path,
                        enum prd_system_message_id id, const char *word) {
  session->pack_state = state;
  prd_system_warn(path, 0, 0, prd_system_message(id), word);
  prd_pack_free(session->pack);
  session->pack = NULL;
}

/// A wording that cannot be used changes only what is quoted: the summaries are shown.
static enum prd_error open_official(struct prd_session *session) {
  struct prd_official *official = &session->official;
  enum prd_error error = prd_official_load(&session->arena, &session->paths, session->profile.institution, official);
  if (error == PRD_OK && official->state == PRD_OFFICIAL_REFUSED)
    prd_system_warn(official->path, 0, 0, &official->reason, NULL);
  return error;
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
    return open_official(session);
  }
  return PRD_OK;
}

/// A list of staff that cannot be used changes only what is found: the host goes on without it.
static enum prd_error open_directory(struct prd_session *session) {
  struct prd_directory_problem problem;
  const char *path = session->profile.directory;
  if (session->profile.state != PRD_PART_READY || path == NULL) return PRD_OK;
  session->names_directory = true;
  enum prd_error error = prd_directory_load(path, &problem, &session->directory);
  session->directory_state = error == PRD_OK ? PRD_PART_READY : PRD_PART_INVALID;
  if (error == PRD_ERROR_INVALID) prd_system_warn(path, problem.line, 0, &problem.reason, NULL);
  return error == PRD_ERROR_INVALID ? PRD_OK : error;
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
  // Without a key there are no fingerprints, and nothing is told to be repeated: the host is of use all the same.
  out->has_fingerprints = prd_fingerprints_open(&out->fingerprints) == PRD_OK;
  error = open_directory(out);
  return error == PRD_OK ? open_pack(out) : error;
}

void prd_session_free(struct prd_session *session) {
  prd_ledger_free(session->ledger);
  prd_judge_free(session->judge);
  prd_directory_free(session->directory);
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
    prd_judge_set_directory(session->judge, session->directory);
    prd_judge_set_allowed_domains(session->judge, session->profile.allowed_link_domains,
                                  session->profile.allowed_link_domain_count);
  }
  *out = session->judge;
  return PRD_OK;
}

/// Milliseconds on a clock that nobody sets, and that does not stop while the machine sleeps.
static int64_t elapsed_ms(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_BOOTTIME, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

enum prd_error prd_session_note_check(struct prd_session *session, struct prd_arena *arena, int64_t id,
                                      const char *utf8, size_t length_bytes, enum prd_venue venue,
                                      int32_t *published_before) {
  *published_before = 0;
  if (!session->has_fingerprints || !prd_judge_counts_publications(session->judge)) return PRD_OK;
  uint64_t fingerprint;
  enum prd_error error = prd_fingerprint_text(&session->fingerprints, arena, utf8, length_bytes, venue, &fingerprint);
  if (error != PRD_OK) return error;
  *published_before = prd_fingerprints_count(&session->fingerprints, fingerprint, elapsed_ms());
  prd_fingerprints_note_check(&session->fingerprints, id, fingerprint);
  return PRD_OK;
}

void prd_session_note_published(struct prd_session *session, const int64_t *id) {
  prd_fingerprints_note_published(&session->fingerprints, id, elapsed_ms());
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
