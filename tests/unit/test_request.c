// SPDX-License-Identifier: GPL-3.0-or-later
// Requests from bytes to structure: every rule of docs/PROTOCOL.md, and no copy of a text left in memory.
#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/request.h"

static enum prd_wire_code decode(struct prd_arena *arena, const char *text, struct prd_request *out,
                                 const char **member) {
  size_t length = strlen(text);
  char *bytes = malloc(length == 0 ? 1 : length); // without a NUL behind it
  memcpy(bytes, text, length);
  enum prd_wire_code code = prd_request_decode(arena, bytes, length, out, member);
  free(bytes);
  return code;
}

static const struct row {
  const char *text;
  enum prd_wire_code code;
  int64_t id; // -1: none
  const char *member;
} rows[] = {
    {"", PRD_WIRE_BAD_JSON, -1, NULL},
    {" ", PRD_WIRE_BAD_JSON, -1, NULL},
    {"5", PRD_WIRE_BAD_JSON, -1, NULL},
    {"[]", PRD_WIRE_BAD_JSON, -1, NULL},
    {"null", PRD_WIRE_BAD_JSON, -1, NULL},
    {"{\"id\":1,}", PRD_WIRE_BAD_JSON, 1, NULL},
    {"{\"id\":1} {}", PRD_WIRE_BAD_JSON, 1, NULL},
    {"{\"id\":1,\"type\":\"status\"", PRD_WIRE_BAD_JSON, 1, NULL},
    {"{\"id\":1,\"t\":\"\n\"}", PRD_WIRE_BAD_JSON, 1, NULL},
    {"{'id':1}", PRD_WIRE_BAD_JSON, -1, NULL},
    {"{\"id\":1,\"t\":NaN}", PRD_WIRE_BAD_JSON, 1, NULL},
    {"{}", PRD_WIRE_BAD_ID, -1, NULL},
    {"{\"type\":\"status\"}", PRD_WIRE_BAD_ID, -1, NULL},
    {"{\"id\":null,\"type\":\"status\"}", PRD_WIRE_BAD_ID, -1, NULL},
    {"{\"id\":\"1\",\"type\":\"status\"}", PRD_WIRE_BAD_ID, -1, NULL},
    {"{\"id\":1.5,\"type\":\"status\"}", PRD_WIRE_BAD_ID, -1, NULL},
    {"{\"id\":1.0,\"type\":\"status\"}", PRD_WIRE_BAD_ID, -1, NULL},
    {"{\"id\":true,\"type\":\"status\"}", PRD_WIRE_BAD_ID, -1, NULL},
    {"{\"id\":-1,\"type\":\"status\"}", PRD_WIRE_BAD_ID, -1, NULL},
    {"{\"id\":9007199254740992,\"type\":\"status\"}", PRD_WIRE_BAD_ID, -1, NULL},
    {"{\"id\":99999999999999999999,\"type\":\"status\"}", PRD_WIRE_BAD_ID, -1, NULL},
    {"{\"id\":1e999,\"type\":\"status\"}", PRD_WIRE_BAD_ID, -1, NULL},
    {"{\"id\":9007199254740991,\"type\":\"status\"}", PRD_WIRE_OK, INT64_C(9007199254740991), NULL},
    {"{\"id\":0,\"type\":\"status\"}", PRD_WIRE_OK, 0, NULL},
    {"{\"type\":\"status\",\"id\":3,\"later\":{\"than\":[\"us\"]}}", PRD_WIRE_OK, 3, NULL},
    {"{\"id\":1}", PRD_WIRE_BAD_TYPE, 1, NULL},
    {"{\"id\":1,\"type\":7}", PRD_WIRE_BAD_TYPE, 1, NULL},
    {"{\"id\":1,\"type\":null}", PRD_WIRE_BAD_TYPE, 1, NULL},
    {"{\"id\":1,\"type\":\"\"}", PRD_WIRE_UNKNOWN_TYPE, 1, NULL},
    {"{\"id\":1,\"type\":\"Check\",\"text\":\"\"}", PRD_WIRE_UNKNOWN_TYPE, 1, NULL},
    {"{\"id\":1,\"type\":\"check\"}", PRD_WIRE_MISSING_MEMBER, 1, "text"},
    {"{\"id\":1,\"type\":\"check\",\"text\":null}", PRD_WIRE_WRONG_MEMBER_TYPE, 1, "text"},
    {"{\"id\":1,\"type\":\"check\",\"text\":[\"a\"]}", PRD_WIRE_WRONG_MEMBER_TYPE, 1, "text"},
    {"{\"id\":1,\"type\":\"check\",\"text\":\"\"}", PRD_WIRE_OK, 1, NULL},
    {"{\"id\":1,\"type\":\"check\",\"text\":\"\",\"venue\":1}", PRD_WIRE_WRONG_MEMBER_TYPE, 1, "venue"},
    {"{\"id\":1,\"type\":\"check\",\"text\":\"\",\"venue\":\"Personal\"}", PRD_WIRE_BAD_VALUE, 1, "venue"},
    {"{\"id\":1,\"type\":\"check\",\"text\":\"\",\"account\":\"me\"}", PRD_WIRE_BAD_VALUE, 1, "account"},
    {"{\"id\":1,\"type\":\"check\",\"text\":\"\",\"account\":{}}", PRD_WIRE_WRONG_MEMBER_TYPE, 1, "account"},
    {"{\"id\":1,\"type\":\"check\",\"text\":\"\",\"lang\":\"de\"}", PRD_WIRE_BAD_VALUE, 1, "lang"},
    {"{\"id\":1,\"type\":\"check\",\"text\":\"\",\"lang\":false}", PRD_WIRE_WRONG_MEMBER_TYPE, 1, "lang"},
    {"{\"id\":1,\"type\":\"acknowledge\"}", PRD_WIRE_MISSING_MEMBER, 1, "choice"},
    {"{\"id\":1,\"type\":\"acknowledge\",\"choice\":\"edit\"}", PRD_WIRE_MISSING_MEMBER, 1, "rules"},
    {"{\"id\":1,\"type\":\"acknowledge\",\"choice\":\"maybe\",\"rules\":[\"a\"]}", PRD_WIRE_BAD_VALUE, 1, "choice"},
    {"{\"id\":1,\"type\":\"acknowledge\",\"choice\":\"edit\",\"rules\":\"a\"}", PRD_WIRE_WRONG_MEMBER_TYPE, 1, "rules"},
    {"{\"id\":1,\"type\":\"acknowledge\",\"choice\":\"edit\",\"rules\":[]}", PRD_WIRE_BAD_VALUE, 1, "rules"},
    {"{\"id\":1,\"type\":\"acknowledge\",\"choice\":\"edit\",\"rules\":[1]}", PRD_WIRE_WRONG_MEMBER_TYPE, 1, "rules"},
    {"{\"id\":1,\"type\":\"acknowledge\",\"choice\":\"edit\",\"rules\":[\"a\"],\"site\":\"y\"}", PRD_WIRE_BAD_VALUE, 1,
     "site"},
    {"{\"id\":1,\"type\":\"acknowledge\",\"choice\":\"edit\",\"rules\":[\"a\"],\"venue\":\"\"}", PRD_WIRE_BAD_VALUE, 1,
     "venue"},
    {"{\"id\":1,\"type\":\"check\",\"text\":\"\xFF\"}", PRD_WIRE_INVALID_UTF8, 1, NULL},
    {"{\"id\":1,\"type\":\"check\",\"text\":\"\\udc00\"}", PRD_WIRE_LONE_SURROGATE, 1, NULL},
    {"{\"id\":1,\"type\":\"check\",\"text\":\"\\u0000\"}", PRD_WIRE_NUL_CHARACTER, 1, NULL},
    {"{\"id\":1,\"type\":\"check\",\"text\":\"a\",\"text\":\"b\"}", PRD_WIRE_DUPLICATE_KEY, 1, NULL},
    {"{\"id\":1,\"type\":\"status\",\"later\":{\"a\":1,\"a\":1}}", PRD_WIRE_DUPLICATE_KEY, 1, NULL},
    {"{\"id\":1,\"id\":2,\"type\":\"status\"}", PRD_WIRE_DUPLICATE_KEY, 1, NULL},
    {"{\"id\":1,\"later\":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]}", PRD_WIRE_TOO_DEEP, 1, NULL},
    {"{\"id\":1,\"type\":\"status\",\"later\":1e999}", PRD_WIRE_NUMBER_OUT_OF_RANGE, 1, NULL},
    {"{\"id\":1,\"type\":\"status\",\"later\":99999999999999999999}", PRD_WIRE_NUMBER_OUT_OF_RANGE, 1, NULL},
};

START_TEST(each_request_has_its_code_and_identifier) {
  const struct row *row = &rows[_i];
  struct prd_arena arena = {0};
  struct prd_request request;
  const char *member = "unset";
  enum prd_wire_code code = decode(&arena, row->text, &request, &member);
  ck_assert_msg(code == row->code, "%s: code %d, expected %d", row->text, code, row->code);
  ck_assert_msg(request.has_id == (row->id >= 0), "%s: has_id %d", row->text, request.has_id);
  if (row->id >= 0) ck_assert_int_eq(request.id, row->id);
  ck_assert_pstr_eq(member, row->member);
  prd_arena_free(&arena);
}
END_TEST

START_TEST(a_check_is_decoded_with_its_defaults) {
  struct prd_arena arena = {0};
  struct prd_request request;
  const char *member;
  ck_assert_int_eq(
      decode(&arena, "{\"id\":5,\"type\":\"check\",\"text\":\"\xC5\x93uf \\ud83d\\ude00\"}", &request, &member),
      PRD_WIRE_OK);
  ck_assert_int_eq(request.type, PRD_REQUEST_CHECK);
  ck_assert_str_eq(request.text, "\xC5\x93uf \xF0\x9F\x98\x80");
  ck_assert_uint_eq(request.text_bytes, 9);
  ck_assert_uint_eq(request.text_utf16, 6);
  ck_assert_int_eq(request.venue, PRD_VENUE_PERSONAL);
  ck_assert_int_eq(request.account, PRD_ACCOUNT_PERSONAL);
  ck_assert_int_eq(request.language, PRD_FRENCH);
  ck_assert_int_eq(
      decode(&arena,
             "{\"id\":5,\"type\":\"check\",\"text\":\"\",\"venue\":\"work-group\",\"account\":\"official\","
             "\"lang\":\"en\"}",
             &request, &member),
      PRD_WIRE_OK);
  ck_assert_int_eq(request.venue, PRD_VENUE_WORK_GROUP);
  ck_assert_int_eq(request.account, PRD_ACCOUNT_OFFICIAL);
  ck_assert_int_eq(request.language, PRD_ENGLISH);
  prd_arena_free(&arena);
}
END_TEST

START_TEST(an_acknowledgement_is_decoded) {
  struct prd_arena arena = {0};
  struct prd_request request;
  const char *member;
  ck_assert_int_eq(decode(&arena,
                          "{\"id\":5,\"type\":\"acknowledge\",\"choice\":\"not-applicable\",\"rules\":[\"a.b\",\"c\"],"
                          "\"site\":\"facebook\",\"venue\":\"official-page\"}",
                          &request, &member),
                   PRD_WIRE_OK);
  ck_assert_int_eq(request.choice, PRD_CHOICE_NOT_APPLICABLE);
  ck_assert_int_eq(request.site, PRD_SITE_FACEBOOK);
  ck_assert_int_eq(request.venue, PRD_VENUE_OFFICIAL_PAGE);
  ck_assert_uint_eq(request.rule_count, 2);
  ck_assert_str_eq(request.rules[0], "a.b");
  ck_assert_str_eq(request.rules[1], "c");
  ck_assert_int_eq(
      decode(&arena, "{\"id\":5,\"type\":\"acknowledge\",\"choice\":\"edit\",\"rules\":[\"a\"]}", &request, &member),
      PRD_WIRE_OK);
  ck_assert_int_eq(request.site, PRD_SITE_GENERIC);
  prd_arena_free(&arena);
}
END_TEST

START_TEST(at_most_64_rules) {
  for (size_t count = 64; count <= 65; count++) {
    char text[1024] = "{\"id\":5,\"type\":\"acknowledge\",\"choice\":\"edit\",\"rules\":[\"a\"";
    for (size_t i = 1; i < count; i++) strcat(text, ",\"a\"");
    strcat(text, "]}");
    struct prd_arena arena = {0};
    struct prd_request request;
    const char *member;
    ck_assert_int_eq(decode(&arena, text, &request, &member), count == 64 ? PRD_WIRE_OK : PRD_WIRE_BAD_VALUE);
    prd_arena_free(&arena);
  }
}
END_TEST

// The limit counts UTF-16 code units: an emoji is two.
START_TEST(the_longest_text_is_100000_code_units) {
  const struct {
    const char *unit;
    size_t count;
    enum prd_wire_code code;
  } cases[] = {{"a", 100000, PRD_WIRE_OK},
               {"a", 100001, PRD_WIRE_TEXT_TOO_LONG},
               {"\xC3\xA9", 100000, PRD_WIRE_OK},
               {"\xF0\x9F\x98\x80", 50000, PRD_WIRE_OK},
               {"\xF0\x9F\x98\x80", 50001, PRD_WIRE_TEXT_TOO_LONG}};
  char *text = malloc(300000);
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    size_t at = (size_t)sprintf(text, "{\"id\":5,\"type\":\"check\",\"text\":\"");
    for (size_t n = 0; n < cases[i].count; n++) at += (size_t)sprintf(text + at, "%s", cases[i].unit);
    strcpy(text + at, "\"}");
    struct prd_arena arena = {0};
    struct prd_request request;
    const char *member;
    ck_assert_int_eq(decode(&arena, text, &request, &member), cases[i].code);
    ck_assert_ptr_null(member);
    prd_arena_free(&arena);
  }
  free(text);
}
END_TEST

static size_t outside_calls;

static void *counting_malloc(size_t size) {
  outside_calls++;
  return malloc(size);
}

static void counting_free(void *memory) {
  outside_calls++;
  free(memory);
}

// What jansson allocates during a request is in the arena, and its own functions are back afterwards.
START_TEST(the_parser_leaves_nothing_outside_of_the_arena) {
  json_set_alloc_funcs(counting_malloc, counting_free);
  struct prd_arena arena = {0};
  struct prd_request request;
  const char *member;
  (void)decode(&arena, "{\"id\":5,\"type\":\"check\",\"text\":\"canari jaune\"}", &request, &member);
  (void)decode(&arena, "{\"id\":5,\"type\":\"check\",\"text\":\"canari jaune\",}", &request, &member);
  ck_assert_uint_eq(outside_calls, 0);
  json_decref(json_string("x"));
  ck_assert_uint_gt(outside_calls, 0);
  prd_arena_free(&arena);
}
END_TEST

START_TEST(a_reset_arena_holds_no_text) {
  struct prd_arena arena = {0};
  struct prd_request request;
  const char *member;
  ck_assert_int_eq(decode(&arena, "{\"id\":5,\"type\":\"check\",\"text\":\"canari jaune\"}", &request, &member),
                   PRD_WIRE_OK);
  const char *text = request.text;
  prd_arena_reset(&arena); // keeps its block, so that the memory can still be looked at
  ck_assert_mem_eq(text, "\0\0\0\0\0\0\0\0\0\0\0\0", 12);
  prd_arena_free(&arena);
}
END_TEST

START_TEST(every_code_has_a_row_with_both_languages) {
  for (size_t i = 0; i < prd_wire_message_count; i++) {
    const struct prd_wire_message *row = &prd_wire_messages[i];
    ck_assert_ptr_eq(prd_wire_message(row->code), row);
    ck_assert(row->name[0] != '\0' && row->text.fr[0] != '\0' && row->text.en[0] != '\0');
    if (i > 0) ck_assert_int_gt(row->code, prd_wire_messages[i - 1].code);
  }
  ck_assert_uint_eq(prd_wire_message_count, 22);
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("request");
  tcase_add_loop_test(tests, each_request_has_its_code_and_identifier, 0, (int)(sizeof rows / sizeof rows[0]));
  tcase_add_test(tests, a_check_is_decoded_with_its_defaults);
  tcase_add_test(tests, an_acknowledgement_is_decoded);
  tcase_add_test(tests, at_most_64_rules);
  tcase_add_test(tests, the_longest_text_is_100000_code_units);
  tcase_add_test(tests, the_parser_leaves_nothing_outside_of_the_arena);
  tcase_add_test(tests, a_reset_arena_holds_no_text);
  tcase_add_test(tests, every_code_has_a_row_with_both_languages);
  Suite *suite = suite_create("request");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? 0 : 1;
}
