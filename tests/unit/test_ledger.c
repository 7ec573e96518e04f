// SPDX-License-Identifier: GPL-3.0-or-later
// The ledger: nothing lost between processes, nothing kept silent, nothing readable by others.
#include <check.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ledger/ledger.h"

static char directory[64];
static char path[96];

static void make_directory(void) {
  strcpy(directory, "/tmp/prudence-ledger-XXXXXX");
  ck_assert_ptr_nonnull(mkdtemp(directory));
  snprintf(path, sizeof path, "%s/ledger.sqlite3", directory);
}

static void remove_directory(void) {
  static const char *const suffixes[] = {"", "-wal", "-shm", "-journal", ".old"};
  for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
    char file[128];
    snprintf(file, sizeof file, "%s%s", path, suffixes[i]);
    unlink(file);
  }
  rmdir(directory);
}

static const struct prd_decided_finding findings[] = {
    {"personal-info.nam", "personal-info", PRD_SEVERITY_SERIOUS, "7.1"},
    {"insult.direct", "insult-defamation", PRD_SEVERITY_WARN, "7.1, 9.1"}};

static struct prd_decision example(void) {
  return (struct prd_decision){.time_ms = INT64_C(1793800000123),
                               .institution = "chu",
                               .pack_id = "chu",
                               .pack_version = "2026.11",
                               .pack_hash = "00ff",
                               .choice = PRD_CHOICE_PUBLISH,
                               .site = PRD_SITE_FACEBOOK,
                               .venue = PRD_VENUE_WORK_GROUP,
                               .findings = findings,
                               .finding_count = 2};
}

static struct prd_ledger *open_ledger(enum prd_ledger_mode mode) {
  struct prd_ledger *ledger = NULL;
  ck_assert_int_eq(prd_ledger_new(path, mode, &ledger), PRD_OK);
  return ledger;
}

static void append_one(struct prd_ledger *ledger) {
  struct prd_decision decision = example();
  int64_t id = 0;
  ck_assert_int_eq(prd_ledger_append(ledger, &decision, &id), PRD_OK);
  ck_assert_int_gt(id, 0);
}

static void expect_count(struct prd_ledger *ledger, int64_t expected) {
  int64_t count = -1;
  ck_assert_int_eq(prd_ledger_count(ledger, &count), PRD_OK);
  ck_assert_int_eq(count, expected);
}

struct seen {
  size_t rows;
  bool first_only;
};

static bool look(void *context, const struct prd_ledger_row *row) {
  struct seen *seen = context;
  ck_assert_int_eq(row->time_ms, INT64_C(1793800000123));
  ck_assert_str_eq(row->institution, "chu");
  ck_assert_str_eq(row->pack_id, "chu");
  ck_assert_str_eq(row->pack_version, "2026.11");
  ck_assert_str_eq(row->pack_hash, "00ff");
  ck_assert_str_eq(row->choice, "publish");
  ck_assert_str_eq(row->site, "facebook");
  ck_assert_str_eq(row->venue, "work-group");
  const struct prd_decided_finding *finding = &findings[strcmp(row->rule, findings[0].rule) == 0 ? 0 : 1];
  ck_assert_str_eq(row->rule, finding->rule);
  ck_assert_str_eq(row->category, finding->category);
  ck_assert_str_eq(row->severity, prd_severity_name(finding->severity));
  ck_assert_str_eq(row->clauses, finding->clauses);
  ck_assert_int_eq(row->decision, (int64_t)(seen->rows / 2 + 1));
  seen->rows++;
  return !seen->first_only;
}

START_TEST(what_was_appended_is_read_by_another) {
  struct prd_ledger *writer = open_ledger(PRD_LEDGER_WRITE);
  ck_assert(!prd_ledger_is_open(writer));
  ck_assert_int_ne(access(path, F_OK), 0); // nothing is made before it is needed
  append_one(writer);
  append_one(writer);
  ck_assert(prd_ledger_is_open(writer));
  struct prd_ledger *reader = open_ledger(PRD_LEDGER_READ);
  expect_count(reader, 2);
  struct seen seen = {0};
  ck_assert_int_eq(prd_ledger_each(reader, 0, look, &seen), PRD_OK);
  ck_assert_uint_eq(seen.rows, 4);
  seen = (struct seen){.first_only = true};
  ck_assert_int_eq(prd_ledger_each(reader, 0, look, &seen), PRD_OK);
  ck_assert_uint_eq(seen.rows, 1);
  seen = (struct seen){0};
  ck_assert_int_eq(prd_ledger_each(reader, INT64_C(1793800000124), look, &seen), PRD_OK);
  ck_assert_uint_eq(seen.rows, 0);
  struct prd_decision decision = example();
  int64_t id;
  ck_assert_int_eq(prd_ledger_append(reader, &decision, &id), PRD_ERROR_REFUSED);
  prd_ledger_free(reader);
  prd_ledger_free(writer);
}
END_TEST

START_TEST(the_file_is_private_and_durable) {
  umask(0);
  struct prd_ledger *ledger = open_ledger(PRD_LEDGER_WRITE);
  append_one(ledger);
  static const char *const suffixes[] = {"", "-wal", "-shm"};
  for (size_t i = 0; i < 3; i++) {
    char file[128];
    snprintf(file, sizeof file, "%s%s", path, suffixes[i]);
    struct stat status;
    ck_assert_msg(stat(file, &status) == 0, "%s is missing: not in WAL mode", file);
    ck_assert_uint_eq(status.st_mode & 0777, 0600);
  }
  prd_ledger_free(ledger);
}
END_TEST

START_TEST(a_reader_makes_no_file) {
  struct prd_ledger *ledger = open_ledger(PRD_LEDGER_READ);
  int64_t count;
  ck_assert_int_eq(prd_ledger_count(ledger, &count), PRD_ERROR_NOT_FOUND);
  ck_assert_int_ne(access(path, F_OK), 0);
  prd_ledger_free(ledger);
}
END_TEST

START_TEST(numbers_are_not_used_again) {
  struct prd_ledger *ledger = open_ledger(PRD_LEDGER_WRITE);
  append_one(ledger);
  append_one(ledger);
  sqlite3 *other;
  ck_assert_int_eq(sqlite3_open(path, &other), SQLITE_OK);
  ck_assert_int_eq(sqlite3_exec(other, "PRAGMA foreign_keys = ON; DELETE FROM decision", NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(other);
  struct prd_decision decision = example();
  int64_t id = 0;
  ck_assert_int_eq(prd_ledger_append(ledger, &decision, &id), PRD_OK);
  ck_assert_int_eq(id, 3);
  expect_count(ledger, 1);
  prd_ledger_free(ledger);
}
END_TEST

START_TEST(a_refused_row_leaves_nothing_behind) {
  struct prd_ledger *ledger = open_ledger(PRD_LEDGER_WRITE);
  append_one(ledger);
  const struct prd_decided_finding twice[] = {findings[0], findings[0]};
  struct prd_decision decision = example();
  decision.findings = twice;
  int64_t id;
  ck_assert_int_eq(prd_ledger_append(ledger, &decision, &id), PRD_ERROR_CORRUPT);
  expect_count(ledger, 1);
  append_one(ledger);
  expect_count(ledger, 2);
  prd_ledger_free(ledger);
}
END_TEST

START_TEST(a_file_that_is_no_ledger_is_told_and_later_mended) {
  FILE *file = fopen(path, "w");
  for (int i = 0; i < 500; i++) fputs("ceci n'est pas une base de données\n", file);
  fclose(file);
  struct prd_ledger *ledger = open_ledger(PRD_LEDGER_WRITE);
  struct prd_decision decision = example();
  int64_t id;
  ck_assert_int_eq(prd_ledger_append(ledger, &decision, &id), PRD_ERROR_CORRUPT);
  ck_assert(!prd_ledger_is_open(ledger));
  unlink(path);
  append_one(ledger);
  prd_ledger_free(ledger);
}
END_TEST

START_TEST(a_newer_ledger_is_left_alone) {
  sqlite3 *other;
  ck_assert_int_eq(sqlite3_open(path, &other), SQLITE_OK);
  ck_assert_int_eq(sqlite3_exec(other, "CREATE TABLE t (a); PRAGMA user_version = 2", NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(other);
  struct prd_ledger *ledger = open_ledger(PRD_LEDGER_WRITE);
  struct prd_decision decision = example();
  int64_t id;
  ck_assert_int_eq(prd_ledger_append(ledger, &decision, &id), PRD_ERROR_INVALID);
  prd_ledger_free(ledger);
}
END_TEST

START_TEST(what_somebody_put_into_the_file_does_not_run) {
  struct prd_ledger *ledger = open_ledger(PRD_LEDGER_WRITE);
  append_one(ledger);
  prd_ledger_free(ledger);
  sqlite3 *other;
  ck_assert_int_eq(sqlite3_open(path, &other), SQLITE_OK);
  ck_assert_int_eq(sqlite3_exec(other, "CREATE TRIGGER t AFTER INSERT ON decision BEGIN DELETE FROM decision; END",
                                NULL, NULL, NULL),
                   SQLITE_OK);
  ledger = open_ledger(PRD_LEDGER_WRITE);
  append_one(ledger);
  expect_count(ledger, 2);
  prd_ledger_free(ledger);
  ck_assert_int_eq(sqlite3_exec(other,
                                "DROP TABLE finding; DROP TABLE decision; CREATE VIEW decision AS WITH RECURSIVE"
                                " n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n",
                                NULL, NULL, NULL),
                   SQLITE_OK);
  ck_assert_int_eq(sqlite3_close(other), SQLITE_OK);
  ledger = open_ledger(PRD_LEDGER_READ);
  int64_t count;
  ck_assert_int_eq(prd_ledger_count(ledger, &count), PRD_ERROR_CORRUPT); // and not counted for ever
  prd_ledger_free(ledger);
}
END_TEST

START_TEST(a_missing_directory_is_an_error_until_it_is_made) {
  strcat(directory, "/later");
  snprintf(path, sizeof path, "%s/ledger.sqlite3", directory);
  struct prd_ledger *ledger = open_ledger(PRD_LEDGER_WRITE);
  struct prd_decision decision = example();
  int64_t id;
  ck_assert_int_eq(prd_ledger_append(ledger, &decision, &id), PRD_ERROR_IO);
  ck_assert_int_eq(mkdir(directory, 0700), 0);
  append_one(ledger);
  prd_ledger_free(ledger);
  remove_directory();
  *strrchr(directory, '/') = '\0';
}
END_TEST

// A cleaning tool or a restored home directory must not swallow what comes after it.
START_TEST(a_file_replaced_while_open_is_noticed) {
  struct prd_ledger *ledger = open_ledger(PRD_LEDGER_WRITE);
  append_one(ledger);
  append_one(ledger);
  char old[128];
  snprintf(old, sizeof old, "%s.old", path);
  ck_assert_int_eq(rename(path, old), 0);
  append_one(ledger);
  prd_ledger_free(ledger);
  ledger = open_ledger(PRD_LEDGER_READ);
  expect_count(ledger, 1);
  prd_ledger_free(ledger);
}
END_TEST

static void wait_for(pid_t child) {
  int status = -1;
  ck_assert_int_eq(waitpid(child, &status, 0), child);
  ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "a writer failed: %d", status);
}

// In the child: no assertion of Check, whose messages would mix with the parent's.
static int write_many(int count) {
  struct prd_ledger *ledger = NULL;
  if (prd_ledger_new(path, PRD_LEDGER_WRITE, &ledger) != PRD_OK) return 2;
  struct prd_decision decision = example();
  for (int i = 0; i < count; i++) {
    int64_t id;
    enum prd_error error = prd_ledger_append(ledger, &decision, &id);
    if (error != PRD_OK) return 10 + (int)error;
  }
  prd_ledger_free(ledger);
  return 0;
}

START_TEST(two_processes_lose_nothing) {
  pid_t children[2];
  for (size_t i = 0; i < 2; i++)
    if ((children[i] = fork()) == 0) _exit(write_many(1000));
  for (size_t i = 0; i < 2; i++) wait_for(children[i]);
  struct prd_ledger *ledger = open_ledger(PRD_LEDGER_READ);
  expect_count(ledger, 2000);
  prd_ledger_free(ledger);
}
END_TEST

START_TEST(four_first_openers_all_succeed) {
  for (int round = 0; round < 25; round++) {
    int gate[2];
    ck_assert_int_eq(pipe(gate), 0);
    pid_t children[4];
    for (size_t i = 0; i < 4; i++) {
      if ((children[i] = fork()) != 0) continue;
      char byte;
      close(gate[1]);
      if (read(gate[0], &byte, 1) != 0) _exit(3); // all wait for the same end of file
      _exit(write_many(1));
    }
    close(gate[0]);
    close(gate[1]);
    for (size_t i = 0; i < 4; i++) wait_for(children[i]);
    struct prd_ledger *ledger = open_ledger(PRD_LEDGER_READ);
    expect_count(ledger, 4);
    prd_ledger_free(ledger);
    remove_directory();
    make_directory();
  }
}
END_TEST

START_TEST(a_ledger_held_too_long_is_busy_and_works_again_afterwards) {
  struct prd_ledger *ledger = open_ledger(PRD_LEDGER_WRITE);
  append_one(ledger);
  sqlite3 *other;
  ck_assert_int_eq(sqlite3_open(path, &other), SQLITE_OK);
  ck_assert_int_eq(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
  struct prd_decision decision = example();
  int64_t id;
  ck_assert_int_eq(prd_ledger_append(ledger, &decision, &id), PRD_ERROR_BUSY);
  expect_count(ledger, 1); // reading goes on meanwhile
  ck_assert_int_eq(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(other);
  append_one(ledger);
  prd_ledger_free(ledger);
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("ledger");
  tcase_set_timeout(tests, 120);
  tcase_add_checked_fixture(tests, make_directory, remove_directory);
  tcase_add_test(tests, what_was_appended_is_read_by_another);
  tcase_add_test(tests, the_file_is_private_and_durable);
  tcase_add_test(tests, a_reader_makes_no_file);
  tcase_add_test(tests, numbers_are_not_used_again);
  tcase_add_test(tests, a_refused_row_leaves_nothing_behind);
  tcase_add_test(tests, a_file_that_is_no_ledger_is_told_and_later_mended);
  tcase_add_test(tests, a_newer_ledger_is_left_alone);
  tcase_add_test(tests, what_somebody_put_into_the_file_does_not_run);
  tcase_add_test(tests, a_missing_directory_is_an_error_until_it_is_made);
  tcase_add_test(tests, a_file_replaced_while_open_is_noticed);
  tcase_add_test(tests, two_processes_lose_nothing);
  tcase_add_test(tests, four_first_openers_all_succeed);
  tcase_add_test(tests, a_ledger_held_too_long_is_busy_and_works_again_afterwards);
  Suite *suite = suite_create("ledger");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? 0 : 1;
}
