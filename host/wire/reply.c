// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/reply.h"

#include <string.h>

#include "wire/frame.h"
#include "wire/request.h"

static void write_parts(struct prd_json_writer *writer, const struct prd_session *session) {
  prd_json_begin_object(writer, "parts");
  prd_json_string(writer, "profile", prd_part_state_name(session->profile.state));
  prd_json_string(writer, "pack", prd_part_state_name(session->pack_state));
  prd_json_string(writer, "ledger", prd_ledger_state_name(session->ledger_state));
  // Only where the profile asks for one: an older extension sees what it always saw.
  if (session->names_directory) prd_json_string(writer, "directory", prd_part_state_name(session->directory_state));
  prd_json_end_object(writer);
}

static void write_pack(struct prd_json_writer *writer, const struct prd_pack_identity *identity) {
  prd_json_begin_object(writer, "pack");
  prd_json_string(writer, "id", identity->id);
  prd_json_string(writer, "version", identity->version);
  prd_json_integer(writer, "serial", identity->serial);
  prd_json_string(writer, "hash", identity->hash);
  prd_json_begin_object(writer, "document");
  prd_json_bilingual(writer, "title", &identity->document);
  prd_json_string(writer, "number", identity->document_number);
  prd_json_string(writer, "date", identity->document_date);
  prd_json_string(writer, "review_due", identity->document_review_due);
  prd_json_end_object(writer);
  prd_json_end_object(writer);
}

static void write_institution(struct prd_json_writer *writer, const struct prd_pack_identity *identity) {
  prd_json_begin_object(writer, "institution");
  prd_json_string(writer, "id", identity->id);
  prd_json_bilingual(writer, "name", &identity->institution);
  prd_json_bilingual(writer, "short", &identity->institution_short);
  prd_json_end_object(writer);
}

void prd_reply_hello(struct prd_json_writer *writer, const struct prd_session *session) {
  prd_json_begin_object(writer, NULL);
  prd_json_string(writer, "type", "hello");
  prd_json_integer(writer, "protocol", PRD_PROTOCOL_VERSION);
  prd_json_string(writer, "version", PRD_VERSION);
  if (session->pack == NULL) {
    prd_json_null(writer, "pack");
    prd_json_null(writer, "institution");
  } else {
    write_pack(writer, prd_pack_identity(session->pack));
    write_institution(writer, prd_pack_identity(session->pack));
  }
  write_parts(writer, session);
  prd_json_begin_array(writer, "official_accounts");
  for (size_t i = 0; session->profile.state == PRD_PART_READY && i < session->profile.official_account_count; i++)
    prd_json_string(writer, NULL, session->profile.official_accounts[i]);
  prd_json_end_array(writer);
  prd_json_begin_object(writer, "limits");
  prd_json_integer(writer, "frame_bytes", PRD_FRAME_INPUT_LIMIT_BYTES);
  prd_json_integer(writer, "text_utf16", PRD_REQUEST_TEXT_LIMIT_UTF16);
  prd_json_end_object(writer);
  prd_json_end_object(writer);
}

void prd_reply_error(struct prd_json_writer *writer, const int64_t *id, enum prd_wire_code code, const char *member) {
  const struct prd_wire_message *message = prd_wire_message(code);
  prd_json_begin_object(writer, NULL);
  if (id == NULL)
    prd_json_null(writer, "id");
  else
    prd_json_integer(writer, "id", *id);
  prd_json_string(writer, "type", "error");
  prd_json_string(writer, "code", message->name);
  prd_json_integer(writer, "number", code);
  if (member != NULL) prd_json_string(writer, "member", member);
  prd_json_bilingual(writer, "message", &message->text);
  prd_json_end_object(writer);
}

static void begin_reply(struct prd_json_writer *writer, int64_t id, const char *type) {
  prd_json_begin_object(writer, NULL);
  prd_json_integer(writer, "id", id);
  prd_json_string(writer, "type", type);
}

static void write_span(struct prd_json_writer *writer, const char *key, const struct prd_span *span) {
  prd_json_begin_array(writer, key);
  prd_json_integer(writer, NULL, span->begin_utf16);
  prd_json_integer(writer, NULL, span->end_utf16);
  prd_json_end_array(writer);
}

/// True when a clause was cited before place `index` of finding number `finding`: findings share clauses, and each is told once.
static bool cited_before(const struct prd_verdict *verdict, size_t finding, size_t index) {
  const char *id = verdict->findings[finding].clauses[index].id;
  for (size_t f = 0; f <= finding; f++) {
    const size_t count = f == finding ? index : verdict->findings[f].clause_count;
    for (size_t i = 0; i < count; i++) {
      if (strcmp(verdict->findings[f].clauses[i].id, id) == 0) return true;
    }
  }
  return false;
}

static void write_official_text(struct prd_json_writer *writer, const struct prd_official *official, const char *id) {
  const char *text = official == NULL ? NULL : prd_official_text(official, id);
  if (text == NULL) return;
  prd_json_begin_object(writer, "official");
  prd_json_string(writer, "text", text);
  prd_json_end_object(writer);
}

/// Nothing at all where no wording was imported: an older extension sees what it always saw.
static void write_official_state(struct prd_json_writer *writer, const struct prd_official *official) {
  if (official->state == PRD_OFFICIAL_NONE) return;
  prd_json_begin_object(writer, "official");
  if (official->state == PRD_OFFICIAL_READY) {
    prd_json_string(writer, "state", "ready");
    prd_json_string(writer, "document", official->document_sha256);
    prd_json_integer(writer, "clauses", (int64_t)official->clause_count);
  } else {
    prd_json_string(writer, "state", "refused");
    prd_json_bilingual(writer, "reason", &official->reason);
  }
  prd_json_end_object(writer);
}

static void write_cited_clauses(struct prd_json_writer *writer, const struct prd_verdict *verdict,
                                enum prd_language language, const struct prd_official *official) {
  prd_json_begin_array(writer, "clauses");
  for (size_t f = 0; f < verdict->count; f++) {
    for (size_t i = 0; i < verdict->findings[f].clause_count; i++) {
      const struct prd_clause *clause = &verdict->findings[f].clauses[i];
      if (cited_before(verdict, f, i)) continue;
      prd_json_begin_object(writer, NULL);
      prd_json_string(writer, "id", clause->id);
      prd_json_string(writer, "title", prd_in(&clause->title, language));
      prd_json_string(writer, "summary", prd_in(&clause->summary, language));
      write_official_text(writer, official, clause->id);
      prd_json_end_object(writer);
    }
  }
  prd_json_end_array(writer);
}

static void write_evidence(struct prd_json_writer *writer, const struct prd_finding *finding) {
  prd_json_begin_array(writer, "evidence");
  for (size_t i = 0; i < finding->evidence_count; i++) {
    const struct prd_evidence *evidence = &finding->evidence[i];
    prd_json_begin_object(writer, NULL);
    prd_json_boolean(writer, "anchor", evidence->anchor);
    prd_json_string(writer, "name", evidence->name);
    prd_json_integer(writer, "points", evidence->points);
    write_span(writer, "span", &evidence->span);
    prd_json_end_object(writer);
  }
  prd_json_end_array(writer);
}

void prd_reply_finding_facts(struct prd_json_writer *writer, const struct prd_finding *finding) {
  prd_json_string(writer, "rule", finding->rule_id);
  prd_json_string(writer, "category", finding->category);
  prd_json_string(writer, "severity", prd_severity_name(finding->severity));
  prd_json_begin_array(writer, "clauses");
  for (size_t i = 0; i < finding->clause_count; i++) prd_json_string(writer, NULL, finding->clauses[i].id);
  prd_json_end_array(writer);
  prd_json_begin_array(writer, "spans");
  for (size_t i = 0; i < finding->span_count; i++) write_span(writer, NULL, &finding->spans[i]);
  prd_json_end_array(writer);
}

static void write_finding(struct prd_json_writer *writer, const struct prd_finding *finding, enum prd_language language,
                          bool explain) {
  prd_json_begin_object(writer, NULL);
  prd_reply_finding_facts(writer, finding);
  prd_json_string(writer, "message", prd_in(&finding->message, language));
  prd_json_string(writer, "remedy", prd_in(&finding->remedy, language));
  if (explain) {
    prd_json_integer(writer, "points", finding->points);
    prd_json_integer(writer, "threshold", finding->threshold);
    write_evidence(writer, finding);
  }
  prd_json_end_object(writer);
}

void prd_reply_verdict_quoting(struct prd_json_writer *writer, int64_t id, const struct prd_verdict *verdict,
                               const struct prd_official *official, enum prd_language language, bool explain) {
  begin_reply(writer, id, "verdict");
  prd_json_string(writer, "severity", prd_severity_name(verdict->severity));
  prd_json_boolean(writer, "complete", verdict->complete);
  prd_json_integer(writer, "text_utf16", (int64_t)verdict->length_utf16);
  write_cited_clauses(writer, verdict, language, official);
  prd_json_begin_array(writer, "findings");
  for (size_t i = 0; i < verdict->count; i++) write_finding(writer, &verdict->findings[i], language, explain);
  prd_json_end_array(writer);
  prd_json_end_object(writer);
}

void prd_reply_verdict(struct prd_json_writer *writer, int64_t id, const struct prd_verdict *verdict,
                       enum prd_language language, bool explain) {
  prd_reply_verdict_quoting(writer, id, verdict, NULL, language, explain);
}

void prd_reply_acknowledged(struct prd_json_writer *writer, int64_t id, int64_t decision, size_t rows) {
  begin_reply(writer, id, "acknowledged");
  prd_json_integer(writer, "decision", decision);
  prd_json_integer(writer, "rows", (int64_t)rows);
  prd_json_end_object(writer);
}

void prd_reply_status(struct prd_json_writer *writer, int64_t id, const struct prd_session *session,
                      enum prd_work_time work_time, const int64_t *decisions) {
  begin_reply(writer, id, "status");
  prd_json_string(writer, "version", PRD_VERSION);
  prd_json_integer(writer, "protocol", PRD_PROTOCOL_VERSION);
  write_parts(writer, session);
  prd_json_string(writer, "work_time", prd_work_time_name(work_time));
  prd_json_integer(writer, "checks", (int64_t)session->checks);
  if (decisions == NULL)
    prd_json_null(writer, "acknowledgements");
  else
    prd_json_integer(writer, "acknowledgements", *decisions);
  write_official_state(writer, &session->official);
  prd_json_end_object(writer);
}

void prd_reply_policy(struct prd_json_writer *writer, int64_t id, const struct prd_session *session, const char *about,
                      size_t about_bytes) {
  begin_reply(writer, id, "policy");
  write_pack(writer, prd_pack_identity(session->pack));
  write_institution(writer, prd_pack_identity(session->pack));
  prd_json_begin_array(writer, "clauses");
  for (size_t i = 0; i < prd_pack_clause_count(session->pack); i++) {
    const struct prd_clause clause = prd_pack_clause(session->pack, (uint32_t)i);
    prd_json_begin_object(writer, NULL);
    prd_json_string(writer, "id", clause.id);
    prd_json_bilingual(writer, "title", &clause.title);
    prd_json_bilingual(writer, "summary", &clause.summary);
    write_official_text(writer, &session->official, clause.id);
    prd_json_end_object(writer);
  }
  prd_json_end_array(writer);
  write_official_state(writer, &session->official);
  if (about_bytes == 0)
    prd_json_null(writer, "about");
  else
    prd_json_raw(writer, "about", about, about_bytes);
  prd_json_end_object(writer);
}
