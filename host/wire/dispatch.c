// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/dispatch.h"

#include <string.h>
#include <time.h>

#include "wire/json_arena.h"
#include "wire/reply.h"
#include "wire/request.h"

// Writes its reply and answers PRD_WIRE_OK, or writes nothing and answers the code of the error.
typedef enum prd_wire_code request_handler(struct prd_session *session, struct prd_arena *arena,
                                           const struct prd_request *request, struct prd_json_writer *reply);

static enum prd_wire_code check(struct prd_session *session, struct prd_arena *arena, const struct prd_request *request,
                                struct prd_json_writer *reply) {
  struct prd_judge *judge = NULL;
  enum prd_error error = prd_session_judge(session, &judge);
  if (error == PRD_ERROR_NOT_FOUND) return PRD_WIRE_NO_PACK;
  struct prd_context context = {.venue = request->venue, .account = request->account};
  struct prd_verdict verdict = {0};
  if (error == PRD_OK)
    error = prd_session_note_check(session, arena, request->id, request->text, request->text_bytes, request->venue,
                                   &context.published_before);
  if (error == PRD_OK) error = prd_judge_text(judge, arena, request->text, request->text_bytes, &context, &verdict);
  if (error == PRD_ERROR_ENCODING) return PRD_WIRE_INVALID_UTF8;
  if (error != PRD_OK) return PRD_WIRE_OUT_OF_MEMORY;
  session->checks++;
  const enum prd_language language = request->has_language ? request->language : session->profile.language;
  prd_reply_verdict_quoting(reply, request->id, &verdict, &session->official, language, request->explain);
  return PRD_WIRE_OK;
}

static const char *join_clauses(struct prd_arena *arena, const struct prd_pack *pack,
                                const struct prd_rule_facts *rule) {
  const char *joined = "";
  struct prd_clause clause;
  for (size_t i = 0; joined != NULL && prd_pack_rule_clause(pack, rule->id, i, &clause); i++)
    joined = i == 0 ? clause.id : prd_arena_format(arena, "%s, %s", joined, clause.id);
  return joined;
}

static bool has_rule(const struct prd_decided_finding *findings, size_t count, const char *rule) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(findings[i].rule, rule) == 0) return true;
  return false;
}

// Only what the pack says of a rule is stored, never what the request says.
static enum prd_wire_code look_up_rules(struct prd_arena *arena, const struct prd_pack *pack,
                                        const struct prd_request *request, struct prd_decision *decision) {
  struct prd_decided_finding *findings = prd_arena_array(arena, request->rule_count, sizeof *findings);
  if (findings == NULL) return PRD_WIRE_OUT_OF_MEMORY;
  size_t count = 0;
  for (size_t i = 0; i < request->rule_count; i++) {
    struct prd_rule_facts rule;
    if (prd_pack_find_rule(pack, request->rules[i], &rule) != PRD_OK) return PRD_WIRE_UNKNOWN_RULE;
    if (has_rule(findings, count, rule.id)) continue;
    findings[count] = (struct prd_decided_finding){.rule = rule.id,
                                                   .category = rule.category,
                                                   .severity = rule.severity,
                                                   .clauses = join_clauses(arena, pack, &rule)};
    if (findings[count++].clauses == NULL) return PRD_WIRE_OUT_OF_MEMORY;
  }
  decision->findings = findings;
  decision->finding_count = count;
  return PRD_WIRE_OK;
}

static enum prd_wire_code acknowledge(struct prd_session *session, struct prd_arena *arena,
                                      const struct prd_request *request, struct prd_json_writer *reply) {
  if (session->pack == NULL) return PRD_WIRE_NO_PACK;
  const struct prd_pack_identity *identity = prd_pack_identity(session->pack);
  struct timespec now;
  (void)clock_gettime(CLOCK_REALTIME, &now);
  struct prd_decision decision = {.time_ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000,
                                  .institution = session->profile.institution,
                                  .pack_id = identity->id,
                                  .pack_version = identity->version,
                                  .pack_hash = identity->hash,
                                  .choice = request->choice,
                                  .site = request->site,
                                  .venue = request->venue};
  enum prd_wire_code code = look_up_rules(arena, session->pack, request, &decision);
  if (code != PRD_WIRE_OK) return code;
  int64_t decision_id = 0;
  switch (prd_session_append(session, &decision, &decision_id)) {
  case PRD_OK:
    break;
  case PRD_ERROR_BUSY:
    return PRD_WIRE_LEDGER_BUSY;
  default:
    return PRD_WIRE_LEDGER_UNAVAILABLE;
  }
  if (request->choice != PRD_CHOICE_EDIT)
    prd_session_note_published(session, request->has_check ? &request->check : NULL);
  prd_reply_acknowledged(reply, request->id, decision_id, decision.finding_count);
  return PRD_WIRE_OK;
}

static enum prd_work_time work_time_now(const struct prd_profile *profile) {
  time_t now = time(NULL);
  struct tm local;
  if (profile->state != PRD_PART_READY || !profile->has_schedule || localtime_r(&now, &local) == NULL)
    return PRD_WORK_UNKNOWN;
  uint32_t second_s = (uint32_t)(local.tm_hour * 3600 + local.tm_min * 60 + local.tm_sec);
  return prd_schedule_at(&profile->schedule, (uint32_t)local.tm_wday, second_s);
}

static enum prd_wire_code status(struct prd_session *session, struct prd_arena *arena,
                                 const struct prd_request *request, struct prd_json_writer *reply) {
  (void)arena;
  int64_t decisions = 0;
  enum prd_error error = prd_session_count(session, &decisions);
  prd_reply_status(reply, request->id, session, work_time_now(&session->profile), error == PRD_OK ? &decisions : NULL);
  return PRD_WIRE_OK;
}

static enum prd_wire_code policy(struct prd_session *session, struct prd_arena *arena,
                                 const struct prd_request *request, struct prd_json_writer *reply) {
  if (session->pack == NULL) return PRD_WIRE_NO_PACK;
  size_t about_bytes = 0;
  const char *about = prd_pack_about(session->pack, &about_bytes);
  json_t *document = NULL;
  // It is sent on as it is: one wrong byte would cost the whole reply, and the page its other half.
  if (about_bytes != 0 && prd_json_parse_object(arena, about, about_bytes, &document) != PRD_WIRE_OK) about_bytes = 0;
  prd_reply_policy(reply, request->id, session, about, about_bytes);
  return PRD_WIRE_OK;
}

static request_handler *const handlers[PRD_REQUEST_TYPE_COUNT] = {[PRD_REQUEST_CHECK] = check,
                                                                  [PRD_REQUEST_ACKNOWLEDGE] = acknowledge,
                                                                  [PRD_REQUEST_STATUS] = status,
                                                                  [PRD_REQUEST_POLICY] = policy};

void prd_dispatch(struct prd_session *session, struct prd_arena *arena, const char *bytes, size_t length_bytes,
                  struct prd_json_writer *reply) {
  struct prd_request request;
  const char *member = NULL;
  enum prd_wire_code code = prd_request_decode(arena, bytes, length_bytes, &request, &member);
  if (code == PRD_WIRE_OK) code = handlers[request.type](session, arena, &request, reply);
  if (code == PRD_WIRE_OK && reply->error == PRD_OK) return;
  if (reply->error == PRD_ERROR_TOO_LARGE) code = PRD_WIRE_REPLY_TOO_LARGE;
  if (reply->error == PRD_ERROR_MEMORY) code = PRD_WIRE_OUT_OF_MEMORY;
  // The first buffer of a writer holds any error message: this cannot fail again.
  prd_json_writer_reset(reply);
  prd_reply_error(reply, request.has_id ? &request.id : NULL, code, member);
}
