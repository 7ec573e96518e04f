// SPDX-License-Identifier: GPL-3.0-or-later
// Where things are, from the place of the executable and the user's home.
#include <check.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system/paths.h"

static const struct row {
  const char *executable, *share, *config;
} rows[] = {
    {"/usr/libexec/prudence/prudence-host", "/usr/share/prudence", "/etc/prudence"},
    {"/usr/bin/prudence", "/usr/share/prudence", "/etc/prudence"},
    {"/usr/local/bin/prudence", "/usr/local/share/prudence", "/usr/local/etc/prudence"},
    {"/opt/p/libexec/prudence/prudence-host", "/opt/p/share/prudence", "/opt/p/etc/prudence"},
    {"/usr/libexec/prudence/prudence-host (deleted)", "/usr/share/prudence", "/etc/prudence"}, // during an upgrade
    {"/src/build/prudence-host", "/src/build/share/prudence", "/src/build/etc/prudence"},
    {"/src/cabin/prudence-host", "/src/cabin/share/prudence", "/src/cabin/etc/prudence"},
    {"/libexec/prudence/prudence-host", "/share/prudence", "/etc/prudence"},
    {"/prudence-host", "/share/prudence", "/etc/prudence"},
};

START_TEST(directories_follow_the_executable) {
  struct prd_arena arena = {0};
  struct prd_paths paths;
  ck_assert_int_eq(prd_paths_from_executable(&arena, rows[_i].executable, &paths), PRD_OK);
  ck_assert_str_eq(paths.share, rows[_i].share);
  ck_assert_str_eq(paths.config, rows[_i].config);
  prd_arena_free(&arena);
}
END_TEST

START_TEST(a_relative_executable_is_refused) {
  struct prd_arena arena = {0};
  struct prd_paths paths;
  ck_assert_int_eq(prd_paths_from_executable(&arena, "bin/prudence", &paths), PRD_ERROR_INVALID);
  ck_assert_int_eq(prd_paths_from_executable(&arena, "", &paths), PRD_ERROR_INVALID);
  prd_arena_free(&arena);
}
END_TEST

START_TEST(the_running_executable_is_found) {
  struct prd_arena arena = {0};
  struct prd_paths paths;
  ck_assert_int_eq(prd_paths_find(&arena, &paths), PRD_OK);
  ck_assert_int_eq(paths.share[0], '/');
  const char *pack = prd_paths_pack(&arena, &(struct prd_paths){.share = "/s"}, "chu");
  ck_assert_str_eq(pack, "/s/packs/chu.pack");
  const struct prd_paths given = {.share = "/s", .config = "/c"};
  ck_assert_str_eq(prd_paths_official(&arena, &given, "chu"), "/s/packs/chu.official.json");
  ck_assert_str_eq(prd_paths_official_configured(&arena, &given, "chu"), "/c/official/chu.json");
  prd_arena_free(&arena);
}
END_TEST

START_TEST(user_data_follows_the_base_directory_specification) {
  struct prd_arena arena = {0};
  const char *path;
  setenv("HOME", "/home/marie", 1);
  setenv("XDG_DATA_HOME", "/data", 1);
  ck_assert_int_eq(prd_paths_user_data(&arena, &path), PRD_OK);
  ck_assert_str_eq(path, "/data/prudence");
  setenv("XDG_DATA_HOME", "data", 1); // relative: as if it were unset
  ck_assert_int_eq(prd_paths_user_data(&arena, &path), PRD_OK);
  ck_assert_str_eq(path, "/home/marie/.local/share/prudence");
  setenv("XDG_DATA_HOME", "", 1);
  ck_assert_int_eq(prd_paths_user_data(&arena, &path), PRD_OK);
  ck_assert_str_eq(path, "/home/marie/.local/share/prudence");
  unsetenv("XDG_DATA_HOME");
  unsetenv("HOME");
  const struct passwd *entry = getpwuid(getuid());
  if (entry != NULL) {
    char expected[512];
    snprintf(expected, sizeof expected, "%s/.local/share/prudence", entry->pw_dir);
    ck_assert_int_eq(prd_paths_user_data(&arena, &path), PRD_OK);
    ck_assert_str_eq(path, expected);
  }
  prd_arena_free(&arena);
}
END_TEST

START_TEST(missing_directories_are_made_private) {
  struct prd_arena arena = {0};
  char base[] = "/tmp/prudence-paths-XXXXXX";
  ck_assert_ptr_nonnull(mkdtemp(base));
  const char *deep = prd_arena_format(&arena, "%s/a/b", base);
  const char *above = prd_arena_format(&arena, "%s/a", base);
  ck_assert_int_eq(prd_paths_make_directory(&arena, deep), PRD_OK);
  ck_assert_int_eq(prd_paths_make_directory(&arena, deep), PRD_OK);
  struct stat status;
  ck_assert_int_eq(stat(deep, &status), 0);
  ck_assert_uint_eq(status.st_mode & 0777, 0700);
  rmdir(deep);
  fclose(fopen(deep, "w")); // a file in the way
  ck_assert_int_eq(prd_paths_make_directory(&arena, deep), PRD_ERROR_IO);
  unlink(deep);
  rmdir(above);
  rmdir(base);
  prd_arena_free(&arena);
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("paths");
  tcase_add_loop_test(tests, directories_follow_the_executable, 0, (int)(sizeof rows / sizeof rows[0]));
  tcase_add_test(tests, a_relative_executable_is_refused);
  tcase_add_test(tests, the_running_executable_is_found);
  tcase_add_test(tests, user_data_follows_the_base_directory_specification);
  tcase_add_test(tests, missing_directories_are_made_private);
  Suite *suite = suite_create("paths");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? 0 : 1;
}
