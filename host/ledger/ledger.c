// SPDX-License-Identifier: GPL-3.0-or-later
#include "ledger/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SCHEMA_VERSION = 1, RETRY_PAUSE_NS = 5 * 1000 * 1000 };

enum statement { BEGIN, COMMIT, ADD_DECISION, ADD_FINDING, COUNT, EACH, STATEMENT_COUNT };

struct prd_ledger {
  enum prd_ledger_mode mode;
  sqlite3 *database; // NULL while closed
  sqlite3_stmt *statements[STATEMENT_COUNT];
  char path[];
};

// Closed lists are closed in the file too: no later mistake of ours could put free text in them.
// AUTOINCREMENT: the number of a purged decision must never come back for another one.
static const char schema[] = "CREATE TABLE decision ("
                             " id INTEGER PRIMARY KEY AUTOINCREMENT,"
                             " time_ms INTEGER NOT NULL CHECK (typeof(time_ms) = 'integer'),"
                             " institution TEXT NOT NULL,"
                             " pack_id TEXT NOT NULL,"
                             " pack_version TEXT NOT NULL,"
                             " pack_hash TEXT NOT NULL,"
                             " choice TEXT NOT NULL CHECK (choice IN ('edit', 'publish', 'not-applicable')),"
                             " site TEXT NOT NULL CHECK (site IN ('x', 'facebook', 'generic')),"
                             " venue TEXT NOT NULL CHECK (venue IN ('personal', 'official-page', 'work-group')));"
                             "CREATE TABLE finding ("
                             " decision INTEGER NOT NULL REFERENCES decision (id) ON DELETE CASCADE,"
                             " rule TEXT NOT NULL,"
                             " category TEXT NOT NULL,"
                             " severity TEXT NOT NULL CHECK (severity IN ('none', 'info', 'warn', 'serious')),"
                             " clauses TEXT NOT NULL,"
                             " PRIMARY KEY (decision, rule)) WITHOUT ROWID;"
                             "PRAGMA user_version = 1;";

static const char *const statement_texts[STATEMENT_COUNT] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
    [ADD_DECISION] =
        "INSERT INTO decision (time_ms, institution, pack_id, pack_version, pack_hash, choice, site, venue)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [ADD_FINDING] = "INSERT INTO finding (decision, rule, category, severity, clauses) VALUES (?1, ?2, ?3, ?4, ?5)",
    [COUNT] = "SELECT count(*) FROM decision",
    [EACH] = "SELECT d.id, d.time_ms, d.institution, d.pack_id, d.pack_version, d.pack_hash, d.choice, d.site, d.venue,"
             " f.rule, f.category, f.severity, f.clauses FROM decision AS d JOIN finding AS f ON f.decision = d.id"
             " WHERE d.time_ms >= ?1 ORDER BY d.id, f.rule",
};

static enum prd_error error_of(int result) {
  switch (result & 0xFF) { // the primary code of an extended one
  case SQLITE_OK:
  case SQLITE_ROW:
  case SQLITE_DONE:
    return PRD_OK;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return PRD_ERROR_BUSY;
  case SQLITE_NOMEM:
    return PRD_ERROR_MEMORY;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
  case SQLITE_SCHEMA:
  case SQLITE_ERROR: // no such table or column: somebody else's file
  case SQLITE_CONSTRAINT:
    return PRD_ERROR_CORRUPT;
  default:
    return PRD_ERROR_IO;
  }
}

static void close_file(struct prd_ledger *ledger) {
  for (size_t i = 0; i < STATEMENT_COUNT; i++) {
    (void)sqlite3_finalize(ledger->statements[i]);
    ledger->statements[i] = NULL;
  }
  (void)sqlite3_close(ledger->database);
  ledger->database = NULL;
}

static enum prd_error run(struct prd_ledger *ledger, const char *sql) {
  return error_of(sqlite3_exec(ledger->database, sql, NULL, NULL, NULL));
}

// Some locks that the switch to WAL needs are refused at once, whatever the busy timeout: SQLite would rather fail
// than risk a deadlock between two first openers. Then we wait for the other one ourselves.
static enum prd_error run_patiently(struct prd_ledger *ledger, const char *sql) {
  const struct timespec pause = {.tv_nsec = RETRY_PAUSE_NS};
  struct timespec begin;
  (void)clock_gettime(CLOCK_MONOTONIC, &begin);
  for (;;) {
    enum prd_error error = run(ledger, sql);
    if (error != PRD_ERROR_BUSY) return error;
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    if ((now.tv_sec - begin.tv_sec) * 1000 + (now.tv_nsec - begin.tv_nsec) / 1000000 >= PRD_LEDGER_BUSY_MS)
      return error;
    (void)nanosleep(&pause, NULL);
  }
}

static enum prd_error read_version(struct prd_ledger *ledger, int *version) {
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2(ledger->database, "PRAGMA user_version", -1, &statement, NULL);
  if (result == SQLITE_OK) result = sqlite3_step(statement);
  if (result == SQLITE_ROW) *version = sqlite3_column_int(statement, 0);
  (void)sqlite3_finalize(statement);
  return error_of(result);
}

// Several hosts may find an empty file at the same moment: the first one to hold the lock makes the tables, the others
// look again when they get it.
static enum prd_error make_tables(struct prd_ledger *ledger) {
  int version = 0;
  enum prd_error error = run(ledger, "BEGIN IMMEDIATE");
  if (error != PRD_OK) return error;
  error = read_version(ledger, &version);
  if (error == PRD_OK && version == 0) error = run(ledger, schema);
  if (error == PRD_OK) error = run(ledger, "COMMIT");
  if (error != PRD_OK) (void)run(ledger, "ROLLBACK");
  return error;
}

static enum prd_error check_schema(struct prd_ledger *ledger) {
  int version = 0;
  enum prd_error error = read_version(ledger, &version);
  if (error == PRD_OK && version == 0 && ledger->mode == PRD_LEDGER_WRITE) error = make_tables(ledger);
  if (error != PRD_OK) return error;
  // An empty file that nobody has filled yet reads like a missing one.
  if (version == 0 && ledger->mode == PRD_LEDGER_READ) return PRD_ERROR_NOT_FOUND;
  return version > SCHEMA_VERSION ? PRD_ERROR_INVALID : PRD_OK;
}

static enum prd_error prepare_statements(struct prd_ledger *ledger) {
  for (size_t i = 0; i < STATEMENT_COUNT; i++) {
    int result = sqlite3_prepare_v3(ledger->database, statement_texts[i], -1, SQLITE_PREPARE_PERSISTENT,
                                    &ledger->statements[i], NULL);
    if (result != SQLITE_OK) return error_of(result);
  }
  return PRD_OK;
}

// SQLite would create the file with the rights that the umask leaves. Only a file that is new is touched: closing
// another descriptor of an open database would drop its locks.
static void create_private_file(const char *path) {
  int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor >= 0) (void)close(descriptor);
}

static enum prd_error open_file(struct prd_ledger *ledger) {
  if (ledger->mode == PRD_LEDGER_WRITE)
    create_private_file(ledger->path);
  else if (access(ledger->path, F_OK) != 0 && errno == ENOENT)
    return PRD_ERROR_NOT_FOUND;
  // No flag to create: a reader of a write-ahead log needs to write beside it, but a missing file stays missing.
  int result = sqlite3_open_v2(ledger->path, &ledger->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (result != SQLITE_OK) return error_of(result);
  // Before the first pragma: even that may meet another process.
  (void)sqlite3_busy_timeout(ledger->database, PRD_LEDGER_BUSY_MS);
  enum prd_error error = PRD_OK;
  if (ledger->mode == PRD_LEDGER_WRITE) error = run_patiently(ledger, "PRAGMA journal_mode = WAL");
  // A file that somebody prepared must not run anything of its own: we make neither triggers nor views.
  (void)sqlite3_db_config(ledger->database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  (void)sqlite3_db_config(ledger->database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  // FULL costs a quarter of a millisecond a decision and survives a power cut.
  if (error == PRD_OK)
    error = run(ledger, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF");
  if (error == PRD_OK) error = check_schema(ledger);
  return error == PRD_OK ? prepare_statements(ledger) : error;
}

// An open file that was deleted or replaced under us would take decisions that nobody will ever read.
static bool file_is_still_there(const struct prd_ledger *ledger) {
  int moved = 0;
  int result = sqlite3_file_control(ledger->database, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return result != SQLITE_OK || moved == 0;
}

static enum prd_error be_open(struct prd_ledger *ledger) {
  if (ledger->database != NULL && !file_is_still_there(ledger)) close_file(ledger);
  if (ledger->database != NULL) return PRD_OK;
  enum prd_error error = open_file(ledger);
  if (error != PRD_OK) close_file(ledger);
  return error;
}

// After a failure the file is opened anew at the next need: only so can a replaced or mended file be seen. Waiting for
// another process is no failure of the file.
static enum prd_error finish(struct prd_ledger *ledger, enum prd_error error) {
  for (size_t i = 0; ledger->database != NULL && i < STATEMENT_COUNT; i++) {
    (void)sqlite3_reset(ledger->statements[i]);
    (void)sqlite3_clear_bindings(ledger->statements[i]);
  }
  if (error != PRD_OK && error != PRD_ERROR_BUSY) close_file(ledger);
  return error;
}

enum prd_error prd_ledger_new(const char *path, enum prd_ledger_mode mode, struct prd_ledger **out) {
  size_t length = strlen(path);
  struct prd_ledger *ledger = calloc(1, sizeof *ledger + length + 1);
  if (ledger == NULL) return PRD_ERROR_MEMORY;
  ledger->mode = mode;
  memcpy(ledger->path, path, length + 1);
  *out = ledger;
  return PRD_OK;
}

void prd_ledger_free(struct prd_ledger *ledger) {
  if (ledger == NULL) return;
  close_file(ledger);
  free(ledger);
}

bool prd_ledger_is_open(const struct prd_ledger *ledger) {
  return ledger->database != NULL;
}

static enum prd_error step(struct prd_ledger *ledger, enum statement which) {
  sqlite3_stmt *statement = ledger->statements[which];
  int result = sqlite3_step(statement);
  (void)sqlite3_reset(statement);
  return error_of(result);
}

static void bind_text(sqlite3_stmt *statement, int index, const char *text) {
  // A text that could not be bound stays NULL, and the table refuses NULL.
  (void)sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

static enum prd_error add_rows(struct prd_ledger *ledger, const struct prd_decision *decision, int64_t *decision_id) {
  sqlite3_stmt *add = ledger->statements[ADD_DECISION];
  (void)sqlite3_bind_int64(add, 1, decision->time_ms);
  bind_text(add, 2, decision->institution);
  bind_text(add, 3, decision->pack_id);
  bind_text(add, 4, decision->pack_version);
  bind_text(add, 5, decision->pack_hash);
  bind_text(add, 6, prd_choice_name(decision->choice));
  bind_text(add, 7, prd_site_name(decision->site));
  bind_text(add, 8, prd_venue_name(decision->venue));
  enum prd_error error = step(ledger, ADD_DECISION);
  *decision_id = sqlite3_last_insert_rowid(ledger->database);
  add = ledger->statements[ADD_FINDING];
  for (size_t i = 0; error == PRD_OK && i < decision->finding_count; i++) {
    const struct prd_decided_finding *finding = &decision->findings[i];
    (void)sqlite3_bind_int64(add, 1, *decision_id);
    bind_text(add, 2, finding->rule);
    bind_text(add, 3, finding->category);
    bind_text(add, 4, prd_severity_name(finding->severity));
    bind_text(add, 5, finding->clauses);
    error = step(ledger, ADD_FINDING);
  }
  return error;
}

enum prd_error prd_ledger_append(struct prd_ledger *ledger, const struct prd_decision *decision, int64_t *decision_id) {
  if (ledger->mode != PRD_LEDGER_WRITE) return PRD_ERROR_REFUSED;
  enum prd_error error = be_open(ledger);
  if (error != PRD_OK) return error;
  error = step(ledger, BEGIN);
  if (error != PRD_OK) return finish(ledger, error);
  error = add_rows(ledger, decision, decision_id);
  if (error == PRD_OK) error = step(ledger, COMMIT);
  if (error != PRD_OK) (void)run(ledger, "ROLLBACK");
  return finish(ledger, error);
}

enum prd_error prd_ledger_count(struct prd_ledger *ledger, int64_t *decisions) {
  enum prd_error error = be_open(ledger);
  if (error != PRD_OK) return error;
  sqlite3_stmt *statement = ledger->statements[COUNT];
  int result = sqlite3_step(statement);
  if (result == SQLITE_ROW) *decisions = sqlite3_column_int64(statement, 0);
  return finish(ledger, error_of(result));
}

static const char *column_text(sqlite3_stmt *statement, int column) {
  const unsigned char *text = sqlite3_column_text(statement, column);
  return text == NULL ? "" : (const char *)text;
}

enum prd_error prd_ledger_each(struct prd_ledger *ledger, int64_t since_ms, prd_ledger_visitor *visit, void *context) {
  enum prd_error error = be_open(ledger);
  if (error != PRD_OK) return error;
  sqlite3_stmt *statement = ledger->statements[EACH];
  (void)sqlite3_bind_int64(statement, 1, since_ms);
  int result;
  while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
    struct prd_ledger_row row = {.decision = sqlite3_column_int64(statement, 0),
                                 .time_ms = sqlite3_column_int64(statement, 1),
                                 .institution = column_text(statement, 2),
                                 .pack_id = column_text(statement, 3),
                                 .pack_version = column_text(statement, 4),
                                 .pack_hash = column_text(statement, 5),
                                 .choice = column_text(statement, 6),
                                 .site = column_text(statement, 7),
                                 .venue = column_text(statement, 8),
                                 .rule = column_text(statement, 9),
                                 .category = column_text(statement, 10),
                                 .severity = column_text(statement, 11),
                                 .clauses = column_text(statement, 12)};
    if (!visit(context, &row)) break;
  }
  return finish(ledger, error_of(result));
}
