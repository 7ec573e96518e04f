// SPDX-License-Identifier: GPL-3.0-or-later
// The messages of the host, as docs/PROTOCOL.md shows them. Each function writes one whole document to an empty
// writer, whose `error` tells whether it fitted.
#ifndef PRD_WIRE_REPLY_H
#define PRD_WIRE_REPLY_H

#include <stdbool.h>
#include <stdint.h>

#include "hours/schedule.h"
#include "policy/judge.h"
#include "wire/json_writer.h"
#include "wire/session.h"
#include "wire/wire_messages.h"

enum { PRD_PROTOCOL_VERSION = 1 };

void prd_reply_hello(struct prd_json_writer *writer, const struct prd_session *session);

/// `id` NULL: no identifier could be read. `member` NULL: none is concerned.
void prd_reply_error(struct prd_json_writer *writer, const int64_t *id, enum prd_wire_code code, const char *member);

/// With `explain`, each finding tells its points and its evidence: a page does not show them, and they are a third of the reply.
void prd_reply_verdict(struct prd_json_writer *writer, int64_t id, const struct prd_verdict *verdict,
                       enum prd_language language, bool explain);

/// The same, with the institution's own words beside each clause that `official` has.
void prd_reply_verdict_quoting(struct prd_json_writer *writer, int64_t id, const struct prd_verdict *verdict,
                               const struct prd_official *official, enum prd_language language, bool explain);

/// Members of one finding inside an object that the caller begins and ends: rule, category, severity, clauses, spans.
void prd_reply_finding_facts(struct prd_json_writer *writer, const struct prd_finding *finding);

void prd_reply_acknowledged(struct prd_json_writer *writer, int64_t id, int64_t decision, size_t rows);

/// The document of a session that has a pack. `about` is JSON, or 0 bytes for nothing.
void prd_reply_policy(struct prd_json_writer *writer, int64_t id, const struct prd_session *session, const char *about,
                      size_t about_bytes);

/// `decisions` NULL: the ledger is unavailable.
void prd_reply_status(struct prd_json_writer *writer, int64_t id, const struct prd_session *session,
                      enum prd_work_time work_time, const int64_t *decisions);

#endif
