// SPDX-License-Identifier: GPL-3.0-or-later
// The user's own record of decisions: an SQLite file that several hosts (one a browser) share. What was appended is
// on the disk when the call returns.
//
// A ledger opens its file when it is first needed, and again after a failure: a disk that is full today does not
// silence the record tomorrow. One thread at a time; any number of processes.
#ifndef PRD_LEDGER_LEDGER_H
#define PRD_LEDGER_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "ledger/decision.h"

enum { PRD_LEDGER_BUSY_MS = 5000 };

struct prd_ledger;

enum prd_ledger_mode {
  PRD_LEDGER_WRITE, ///< a missing file is created, readable by its owner only; its directory must exist
  PRD_LEDGER_READ   ///< a missing file is PRD_ERROR_NOT_FOUND, and no row is ever written
};

/// Remembers the path; touches no file. Error: PRD_ERROR_MEMORY.
enum prd_error prd_ledger_new(const char *path, enum prd_ledger_mode mode, struct prd_ledger **out);

/// Closes the file; NULL is allowed.
void prd_ledger_free(struct prd_ledger *ledger);

/// True while the file is open.
bool prd_ledger_is_open(const struct prd_ledger *ledger);

/// Every function below opens the file when it is closed, and may return:
/// PRD_ERROR_BUSY: another process held it for longer than PRD_LEDGER_BUSY_MS;
/// PRD_ERROR_NOT_FOUND: there is no file (PRD_LEDGER_READ only);
/// PRD_ERROR_INVALID: a newer version of Prudence made it;
/// PRD_ERROR_CORRUPT: it is no ledger, or damaged;
/// PRD_ERROR_MEMORY; PRD_ERROR_IO for everything else (no right to it, disk full).

/// Stores one decision and its findings in one transaction. `*decision_id`: its number, never used again, also not
/// after a purge. Also PRD_ERROR_REFUSED: the ledger was made for reading.
enum prd_error prd_ledger_append(struct prd_ledger *ledger, const struct prd_decision *decision, int64_t *decision_id);

/// Number of decisions in the file, those of other processes included.
enum prd_error prd_ledger_count(struct prd_ledger *ledger, int64_t *decisions);

/// One finding of one decision, as the file holds it. Strings are valid during the call only, and never NULL.
struct prd_ledger_row {
  int64_t decision;
  int64_t time_ms;
  const char *institution;
  const char *pack_id;
  const char *pack_version;
  const char *pack_hash;
  const char *choice;
  const char *site;
  const char *venue;
  const char *rule;
  const char *category;
  const char *severity;
  const char *clauses;
};

/// Answers false to stop.
typedef bool prd_ledger_visitor(void *context, const struct prd_ledger_row *row);

/// Visits the rows of all decisions from `since_ms` on (UTC, milliseconds since the epoch; 0 for all), oldest
/// decision first, the findings of one decision together. Rows that are appended during the visit are not seen.
enum prd_error prd_ledger_each(struct prd_ledger *ledger, int64_t since_ms, prd_ledger_visitor *visit, void *context);

#endif
