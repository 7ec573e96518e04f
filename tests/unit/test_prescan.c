// SPDX-License-Identifier: GPL-3.0-or-later
// The look before the parser: what it refuses, what it leaves to the parser, and which identifier it finds.
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "wire/prescan.h"

#define BYTES(literal) literal, sizeof(literal) - 1

static const struct row {
  const char *bytes;
  size_t length;
  enum prd_wire_code problem;
  int64_t id; // -1: none readable
} rows[] = {
    {BYTES("{\"id\":1}"), PRD_WIRE_OK, 1},
    {BYTES(" \t\r\n{ \"a\" : 1 , \"id\" : 7 , \"b\":[1,2]} "), PRD_WIRE_OK, 7},
    {BYTES("{\"id\":0}"), PRD_WIRE_OK, 0},
    {BYTES("{\"id\":9007199254740991}"), PRD_WIRE_OK, INT64_C(9007199254740991)},
    {BYTES("{\"id\":9007199254740992}"), PRD_WIRE_OK, -1},
    {BYTES("{\"id\":99999999999999999999999999999999}"), PRD_WIRE_OK, -1},
    {BYTES("{\"id\":-1}"), PRD_WIRE_OK, -1},
    {BYTES("{\"id\":1.0}"), PRD_WIRE_OK, -1},
    {BYTES("{\"id\":1e3}"), PRD_WIRE_OK, -1},
    {BYTES("{\"id\":01}"), PRD_WIRE_OK, -1},
    {BYTES("{\"id\":\"1\"}"), PRD_WIRE_OK, -1},
    {BYTES("{\"id\":12"), PRD_WIRE_OK, -1}, // perhaps 123 was meant
    {BYTES("{\"id\""), PRD_WIRE_OK, -1},
    {BYTES("{\"id\":"), PRD_WIRE_OK, -1},
    {BYTES("{\"id\":\"x\",\"id\":3}"), PRD_WIRE_OK, -1}, // the first one counts
    {BYTES("{\"id\":3,\"id\":4}"), PRD_WIRE_OK, 3},
    {BYTES("{\"a\":{\"id\":5}}"), PRD_WIRE_OK, -1}, // not of the outermost object
    {BYTES("{\"a\":{\"id\":5},\"id\":6}"), PRD_WIRE_OK, 6},
    {BYTES("{\"a\":[1,\"id\",2]}"), PRD_WIRE_OK, -1},
    {BYTES("{\"a\":\"id\",\"b\":5}"), PRD_WIRE_OK, -1}, // a value, not a name
    {BYTES("{\"a\":\"\\\"id\\\":5,\",\"id\":8}"), PRD_WIRE_OK, 8},
    {BYTES("{\"a\":\"x\\\\\",\"id\":8}"), PRD_WIRE_OK, 8},
    {BYTES("[{\"id\":1}]"), PRD_WIRE_OK, -1},
    {BYTES("[1] {\"id\":1}"), PRD_WIRE_OK, -1},
    {BYTES("{} {\"id\":1}"), PRD_WIRE_OK, -1},
    {BYTES("{},\"id\":1}"), PRD_WIRE_OK, -1},
    {BYTES(""), PRD_WIRE_OK, -1},
    {BYTES("\""), PRD_WIRE_OK, -1},
    {BYTES("\"\\"), PRD_WIRE_OK, -1},
    {BYTES("}}]]{\"id\":1}"), PRD_WIRE_OK, 1}, // the parser refuses it
    {BYTES("{\"t\":\"\\u12g4\",\"id\":2}"), PRD_WIRE_OK, 2},
    {BYTES("{\"t\":\"\\ud83d\\ude00\",\"id\":2}"), PRD_WIRE_OK, 2},
    {BYTES("{\"t\":\"\\uD83D\\uDE00\",\"id\":2}"), PRD_WIRE_OK, 2},
    {BYTES("{\"t\":\"\\ud83d\",\"id\":2}"), PRD_WIRE_LONE_SURROGATE, 2},
    {BYTES("{\"t\":\"\\ude00\",\"id\":2}"), PRD_WIRE_LONE_SURROGATE, 2},
    {BYTES("{\"t\":\"\\ude00\\ud83d\",\"id\":2}"), PRD_WIRE_LONE_SURROGATE, 2},
    {BYTES("{\"t\":\"\\ud83d\\ud83d\\ude00\",\"id\":2}"), PRD_WIRE_LONE_SURROGATE, 2},
    {BYTES("{\"t\":\"\\ud83d\\u0041\",\"id\":2}"), PRD_WIRE_LONE_SURROGATE, 2},
    {BYTES("{\"t\":\"\\ud83dx\",\"id\":2}"), PRD_WIRE_LONE_SURROGATE, 2},
    {BYTES("{\"t\":\"\\\\ud83d\",\"id\":2}"), PRD_WIRE_OK, 2}, // a backslash and five letters
    {BYTES("{\"t\":\"\\u0000\",\"id\":2}"), PRD_WIRE_NUL_CHARACTER, 2},
    {BYTES("{\"t\":\"a\0b\",\"id\":2}"), PRD_WIRE_NUL_CHARACTER, 2},
    {BYTES("{\"id\":2}\0"), PRD_WIRE_NUL_CHARACTER, 2},
    {BYTES("{\"t\":\"\xC3\xA9\xF0\x9F\x98\x80\xE2\x82\xAC\",\"id\":2}"), PRD_WIRE_OK, 2},
    {BYTES("{\"t\":\"\xE9\",\"id\":2}"), PRD_WIRE_INVALID_UTF8, 2},         // Latin-1
    {BYTES("{\"t\":\"\xC3\",\"id\":2}"), PRD_WIRE_INVALID_UTF8, 2},         // cut
    {BYTES("{\"t\":\"\xC0\xAF\",\"id\":2}"), PRD_WIRE_INVALID_UTF8, 2},     // overlong
    {BYTES("{\"t\":\"\xED\xA0\x80\",\"id\":2}"), PRD_WIRE_INVALID_UTF8, 2}, // surrogate
    {BYTES("{\"t\":\"\xF4\x90\x80\x80\",\"id\":2}"), PRD_WIRE_INVALID_UTF8, 2},
    {BYTES("{\"id\":2}\xFF"), PRD_WIRE_INVALID_UTF8, 2},
    {BYTES("{\"t\":\"\\ud800\xFF\",\"id\":2}"), PRD_WIRE_LONE_SURROGATE, 2}, // the first problem is reported
    {BYTES("{\"t\":\"\xFF\\ud800\",\"id\":2}"), PRD_WIRE_INVALID_UTF8, 2},
};

START_TEST(problem_and_identifier_are_found) {
  const struct row *row = &rows[_i];
  // An exact copy on the heap, so that the sanitizers see a read of one byte too many.
  char *bytes = malloc(row->length == 0 ? 1 : row->length);
  memcpy(bytes, row->bytes, row->length);
  struct prd_prescan seen;
  prd_prescan(bytes, row->length, &seen);
  free(bytes);
  ck_assert_msg(seen.problem == row->problem, "%s: problem %d, expected %d", row->bytes, seen.problem, row->problem);
  ck_assert_msg(seen.id_readable == (row->id >= 0), "%s: readable %d", row->bytes, seen.id_readable);
  ck_assert_int_eq(seen.id, row->id < 0 ? 0 : row->id);
}
END_TEST

START_TEST(sixteen_levels_pass_and_seventeen_do_not) {
  for (size_t depth = 15; depth <= 18; depth++) {
    char text[128] = "{\"a\":";
    for (size_t i = 1; i < depth; i++) strcat(text, "[");
    for (size_t i = 1; i < depth; i++) strcat(text, "]");
    strcat(text, ",\"id\":9}");
    struct prd_prescan seen;
    prd_prescan(text, strlen(text), &seen);
    ck_assert_int_eq(seen.problem, depth <= 16 ? PRD_WIRE_OK : PRD_WIRE_TOO_DEEP);
    ck_assert_int_eq(seen.id, 9);
  }
}
END_TEST

START_TEST(brackets_in_strings_are_not_levels) {
  const char text[] = "{\"a\":\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[{{{{{{\",\"id\":9}";
  struct prd_prescan seen;
  prd_prescan(text, strlen(text), &seen);
  ck_assert_int_eq(seen.problem, PRD_WIRE_OK);
  ck_assert_int_eq(seen.id, 9);
}
END_TEST

// Every prefix and every one-byte change of a request: nothing is read outside (under the sanitizers), and it ends.
START_TEST(cut_and_changed_requests_do_no_harm) {
  static const char text[] = "{\"t\":\"\\ud83d\\ude00\xC3\xA9\xF0\x9F\x98\x80\\\"\",\"a\":[{\"id\":1}],\"id\":42}";
  static const char changes[] = "\"\\{}[],:0u\xFF\xC3\xF0";
  size_t length = sizeof text - 1;
  for (size_t at = 0; at <= length; at++) {
    char *cut = malloc(at + 1);
    memcpy(cut, text, at);
    struct prd_prescan seen;
    prd_prescan(cut, at, &seen);
    free(cut);
    for (size_t c = 0; at < length && c < sizeof changes; c++) {
      char *changed = malloc(length);
      memcpy(changed, text, length);
      changed[at] = changes[c];
      prd_prescan(changed, length, &seen);
      ck_assert(seen.id >= 0 && seen.id <= PRD_REQUEST_ID_LIMIT);
      free(changed);
    }
  }
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("prescan");
  tcase_add_loop_test(tests, problem_and_identifier_are_found, 0, (int)(sizeof rows / sizeof rows[0]));
  tcase_add_test(tests, sixteen_levels_pass_and_seventeen_do_not);
  tcase_add_test(tests, brackets_in_strings_are_not_levels);
  tcase_add_test(tests, cut_and_changed_requests_do_no_harm);
  Suite *suite = suite_create("prescan");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? 0 : 1;
}
