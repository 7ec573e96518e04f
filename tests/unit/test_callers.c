// SPDX-License-Identifier: GPL-3.0-or-later
// Who may ask: the browsers' arguments, the compiled-in names, and the file of an institution.
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "system/callers.h"
#include "system/extension_identity.h"

#define OURS "chrome-extension://" PRD_CHROMIUM_EXTENSION_ID "/"
#define OTHER "chrome-extension://abcdefghijklmnopabcdefghijklmnop/"
#define MANIFEST "/usr/lib/mozilla/native-messaging-hosts/ca.prudence.host.json"

static const struct row {
  const char *arguments[4]; // after the program's name
  const char *caller;
} rows[] = {
    {{OURS}, OURS},
    {{OURS, "--parent-window=0"}, OURS},
    {{OTHER, "--reconnect-command=x"}, OTHER},
    {{MANIFEST, "prudence@prudence.example"}, "prudence@prudence.example"},
    {{MANIFEST, "{12345678-1234-1234-1234-123456789abc}"}, "{12345678-1234-1234-1234-123456789abc}"},
    {{0}, NULL},
    {{""}, NULL},
    {{MANIFEST}, NULL},
    {{"ca.prudence.host.json", "prudence@prudence.example"}, NULL}, // not absolute
    {{"/etc/passwd", "prudence@prudence.example"}, NULL},
    {{MANIFEST, "--version"}, NULL},
    {{MANIFEST, OURS}, NULL}, // Firefox does not speak for Chromium's extensions
    {{"--parent-window=0", OURS}, NULL},
    {{"chrome-extension://" PRD_CHROMIUM_EXTENSION_ID}, NULL}, // without the last slash
    {{OURS "x"}, NULL},
    {{"CHROME-EXTENSION://" PRD_CHROMIUM_EXTENSION_ID "/"}, NULL},
    {{"chrome-extension://ABCDEFGHIJKLMNOPABCDEFGHIJKLMNOP/"}, NULL},
    {{"https://prudence.example/"}, NULL},
    {{"--help"}, NULL},
};

START_TEST(the_caller_is_read_from_the_arguments) {
  char *argv[6] = {(char *)(uintptr_t) "prudence-host"};
  int argc = 1;
  for (size_t i = 0; i < 4 && rows[_i].arguments[i] != NULL; i++)
    argv[argc++] = (char *)(uintptr_t)rows[_i].arguments[i];
  ck_assert_pstr_eq(prd_caller_of(argc, argv), rows[_i].caller);
}
END_TEST

START_TEST(a_list_holds_exact_lines) {
  static const char list[] = "# our own build\r\n\n  " OTHER " \r\nnot a caller\nposte@hopital.example";
  ck_assert(prd_callers_list_has(list, sizeof list - 1, OTHER, "callers"));
  ck_assert(prd_callers_list_has(list, sizeof list - 1, "poste@hopital.example", "callers"));
  ck_assert(!prd_callers_list_has(list, sizeof list - 1, "poste@hopital.exampl", "callers"));
  ck_assert(!prd_callers_list_has(list, sizeof list - 1, "oste@hopital.example", "callers"));
  ck_assert(!prd_callers_list_has(list, sizeof list - 1, "not a caller", "callers"));
  ck_assert(!prd_callers_list_has(list, sizeof list - 1, OURS, "callers"));
  ck_assert(!prd_callers_list_has("", 0, OURS, "callers"));
}
END_TEST

START_TEST(compiled_in_names_need_no_file) {
  ck_assert(prd_caller_allowed(OURS, "/nonexistent"));
  ck_assert(prd_caller_allowed(PRD_FIREFOX_ADDON_ID, "/nonexistent"));
  ck_assert(!prd_caller_allowed(OTHER, "/nonexistent"));
}
END_TEST

START_TEST(a_file_adds_callers) {
  char directory[] = "/tmp/prudence-callers-XXXXXX";
  ck_assert_ptr_nonnull(mkdtemp(directory));
  char path[64];
  snprintf(path, sizeof path, "%s/callers", directory);
  FILE *file = fopen(path, "w");
  ck_assert_ptr_nonnull(file);
  fputs(OTHER "\n", file);
  fclose(file);
  ck_assert(prd_caller_allowed(OTHER, directory));
  ck_assert(prd_caller_allowed(OURS, directory));
  ck_assert(!prd_caller_allowed("chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba/", directory));
  unlink(path);
  rmdir(directory);
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("callers");
  tcase_add_loop_test(tests, the_caller_is_read_from_the_arguments, 0, (int)(sizeof rows / sizeof rows[0]));
  tcase_add_test(tests, a_list_holds_exact_lines);
  tcase_add_test(tests, compiled_in_names_need_no_file);
  tcase_add_test(tests, a_file_adds_callers);
  Suite *suite = suite_create("callers");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? 0 : 1;
}
