// SPDX-License-Identifier: GPL-3.0-or-later
// The profile of a workstation: what is understood, and what an administrator is told, with the place.
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system/profile.h"

START_TEST(a_whole_profile_is_read) {
  static const char text[] =
      "{\"institution\":\"poly\",\"official_accounts\":[\"facebook.com/polymtl\",\"x.com/polymtl\"],"
      "\"language\":\"en\",\"schedule\":{\"shifts\":[{\"day\":\"mon\",\"begin\":\"08:00\",\"end\":\"16:00:30\"}],"
      "\"breaks\":[{\"day\":\"mon\",\"begin\":\"12:00\",\"end\":\"13:00\"}]}}";
  struct prd_arena arena = {0};
  struct prd_profile profile;
  ck_assert_int_eq(prd_profile_parse(&arena, "p", text, sizeof text - 1, &profile), PRD_OK);
  ck_assert_int_eq(profile.state, PRD_PART_READY);
  ck_assert_str_eq(profile.institution, "poly");
  ck_assert_uint_eq(profile.official_account_count, 2);
  ck_assert_str_eq(profile.official_accounts[1], "x.com/polymtl");
  ck_assert_int_eq(profile.language, PRD_ENGLISH);
  ck_assert(profile.has_schedule);
  ck_assert_uint_eq(profile.schedule.shift_count, 1);
  ck_assert_uint_eq(profile.schedule.shifts[0].weekday, 1);
  ck_assert_uint_eq(profile.schedule.shifts[0].end_s, 16 * 3600 + 30);
  ck_assert_int_eq(prd_schedule_at(&profile.schedule, 1, 12 * 3600), PRD_WORK_BREAK);
  prd_arena_free(&arena);
}
END_TEST

START_TEST(a_directory_and_domains_are_read) {
  static const char text[] = "{\"institution\":\"poly\",\"directory\":\"/etc/prudence/directory.csv\","
                             "\"allowed_link_domains\":[\"quebec.ca\",\"inspq.qc.ca\"]}";
  struct prd_arena arena = {0};
  struct prd_profile profile;
  ck_assert_int_eq(prd_profile_parse(&arena, "p", text, sizeof text - 1, &profile), PRD_OK);
  ck_assert_int_eq(profile.state, PRD_PART_READY);
  ck_assert_str_eq(profile.directory, "/etc/prudence/directory.csv");
  ck_assert_uint_eq(profile.allowed_link_domain_count, 2);
  ck_assert_str_eq(profile.allowed_link_domains[1], "inspq.qc.ca");
  prd_arena_free(&arena);
}
END_TEST

START_TEST(only_the_institution_is_required) {
  struct prd_arena arena = {0};
  struct prd_profile profile;
  ck_assert_int_eq(prd_profile_parse(&arena, "p", "{\"institution\":\"chu\"}", 21, &profile), PRD_OK);
  ck_assert_int_eq(profile.state, PRD_PART_READY);
  ck_assert_int_eq(profile.language, PRD_FRENCH);
  ck_assert(!profile.has_schedule);
  ck_assert_uint_eq(profile.official_account_count, 0);
  ck_assert_uint_eq(profile.allowed_link_domain_count, 0);
  ck_assert_ptr_null(profile.directory);
  prd_arena_free(&arena);
}
END_TEST

static const struct row {
  const char *text;
  size_t line, column;
  const char *reason_fr, *reason_en; // beginnings
} rows[] = {
    {"", 1, 1, "JSON invalide", "invalid JSON"},
    {"{\n \"institution\": \"chu\",\n}", 3, 1, "JSON invalide", "invalid JSON"},
    {"{\"institution\":\"chu\",\"institution\":\"poly\"}", 1, 34, "JSON invalide", "invalid JSON"},
    {"[]", 1, 1, "un objet est attendu", "an object is expected"},
    {"{}", 1, 1, "il manque la clé « institution »", "the key \"institution\" is missing"},
    {"{\n  \"institution\": \"chu\",\n  \"langue\": \"fr\"\n}", 3, 3, "clé inconnue « langue »",
     "unknown key \"langue\""},
    {"{\"institution\":\n  5}", 2, 3, "une chaîne est attendue", "a string is expected"},
    {"{\"institution\":\"../chu\"}", 1, 16, "un identifiant d’institution", "an institution's id"},
    {"{\"institution\":\"\"}", 1, 16, "un identifiant d’institution", "an institution's id"},
    {"{\"institution\":\"CHU\"}", 1, 16, "un identifiant d’institution", "an institution's id"},
    {"{\"é\":\"\",\"institution\":\"chu\"}", 1, 2, "clé inconnue « é »", "unknown key \"é\""},
    {"{\"institution\":\"chu\",\"language\":\"de\"}", 1, 33, "la langue est", "the language is"},
    {"{\"institution\":\"chu\",\"official_accounts\":{}}", 1, 42, "une liste est attendue", "an array is expected"},
    {"{\"institution\":\"chu\",\"official_accounts\":[\"a/b\",\n 7]}", 2, 2, "une chaîne", "a string"},
    {"{\"institution\":\"chu\",\"official_accounts\":[\"a/b\", \"a b/c\"]}", 1, 50, "un compte s’écrit", "an account"},
    {"{\"institution\":\"chu\",\"directory\":\"annuaire.csv\"}", 1, 34, "le chemin de l’annuaire", "the path of"},
    {"{\"institution\":\"chu\",\"directory\":7}", 1, 34, "une chaîne", "a string"},
    {"{\"institution\":\"chu\",\"allowed_link_domains\":\"a.ca\"}", 1, 45, "une liste", "an array"},
    {"{\"institution\":\"chu\",\"allowed_link_domains\":[\"a.ca\", \"ca\"]}", 1, 54, "un domaine", "a domain"},
    {"{\"institution\":\"chu\",\"allowed_link_domains\":[\"https://a.ca\"]}", 1, 46, "un domaine", "a domain"},
    {"{\"institution\":\"chu\",\"allowed_link_domains\":[\".ca\"]}", 1, 46, "un domaine", "a domain"},
    {"{\"institution\":\"chu\",\"allowed_link_domains\":[\"A.ca\"]}", 1, 46, "un domaine", "a domain"},
    {"{\"institution\":\"chu\",\"schedule\":{\"shifts\":[{\"day\":\"lundi\",\"begin\":\"08:00\",\"end\":\"16:00\"}]}}",
     1, 51, "le jour est", "the day is"},
    {"{\"institution\":\"chu\",\"schedule\":{\"shifts\":[{\"day\":\"mon\",\"begin\":\"24:00\",\"end\":\"16:00\"}]}}", 1,
     65, "l’heure s’écrit", "the time is"},
    {"{\"institution\":\"chu\",\"schedule\":{\"shifts\":[\n{\"day\":\"mon\",\"begin\":\"08:00\"}]}}", 2, 1,
     "il manque la clé « end »", "the key \"end\""},
    {"{\"institution\":\"chu\",\"schedule\":{\"breaks\":[]}}", 1, 33, "il manque la clé « shifts »",
     "the key \"shifts\""},
    {"{\"institution\":\"chu\",\"schedule\":{\"shifts\":[],\"meals\":[]}}", 1, 46, "clé inconnue « meals »",
     "unknown key"},
};

START_TEST(a_mistake_is_told_with_its_place) {
  const struct row *row = &rows[_i];
  struct prd_arena arena = {0};
  struct prd_profile profile;
  ck_assert_int_eq(prd_profile_parse(&arena, "p", row->text, strlen(row->text), &profile), PRD_OK);
  ck_assert_int_eq(profile.state, PRD_PART_INVALID);
  ck_assert_msg(profile.problem.line == row->line && profile.problem.column == row->column,
                "%s\n%zu:%zu, expected %zu:%zu", row->text, profile.problem.line, profile.problem.column, row->line,
                row->column);
  ck_assert_msg(strncmp(profile.problem.reason.fr, row->reason_fr, strlen(row->reason_fr)) == 0, "%s",
                profile.problem.reason.fr);
  ck_assert_msg(strncmp(profile.problem.reason.en, row->reason_en, strlen(row->reason_en)) == 0, "%s",
                profile.problem.reason.en);
  prd_arena_free(&arena);
}
END_TEST

START_TEST(files_are_missing_unreadable_or_too_large) {
  struct prd_arena arena = {0};
  struct prd_profile profile;
  char directory[] = "/tmp/prudence-profile-XXXXXX";
  ck_assert_ptr_nonnull(mkdtemp(directory));
  const char *path = prd_arena_format(&arena, "%s/profile.json", directory);
  ck_assert_int_eq(prd_profile_load(&arena, path, &profile), PRD_OK);
  ck_assert_int_eq(profile.state, PRD_PART_MISSING);
  ck_assert_str_eq(prd_part_state_name(profile.state), "missing");

  ck_assert_int_eq(prd_profile_load(&arena, directory, &profile), PRD_OK); // a directory
  ck_assert_int_eq(profile.state, PRD_PART_INVALID);

  ck_assert_int_eq(mkfifo(path, 0600), 0); // must not be waited for
  ck_assert_int_eq(prd_profile_load(&arena, path, &profile), PRD_OK);
  ck_assert_int_eq(profile.state, PRD_PART_INVALID);
  unlink(path);

  FILE *file = fopen(path, "w");
  fputs("\xEF\xBB\xBF{\"institution\":\"chu\"}", file); // as editors of Windows write it
  fclose(file);
  ck_assert_int_eq(prd_profile_load(&arena, path, &profile), PRD_OK);
  ck_assert_int_eq(profile.state, PRD_PART_READY);

  ck_assert_int_eq(truncate(path, PRD_PROFILE_LIMIT_BYTES + 1), 0);
  ck_assert_int_eq(prd_profile_load(&arena, path, &profile), PRD_OK);
  ck_assert_int_eq(profile.state, PRD_PART_INVALID);
  ck_assert_ptr_nonnull(strstr(profile.problem.reason.fr, "trop grand"));
  unlink(path);
  rmdir(directory);
  prd_arena_free(&arena);
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("profile");
  tcase_add_test(tests, a_whole_profile_is_read);
  tcase_add_test(tests, a_directory_and_domains_are_read);
  tcase_add_test(tests, only_the_institution_is_required);
  tcase_add_loop_test(tests, a_mistake_is_told_with_its_place, 0, (int)(sizeof rows / sizeof rows[0]));
  tcase_add_test(tests, files_are_missing_unreadable_or_too_large);
  Suite *suite = suite_create("profile");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? 0 : 1;
}
