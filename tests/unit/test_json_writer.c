// SPDX-License-Identifier: GPL-3.0-or-later
// Replies as bytes: always one valid JSON document, or an error that sticks.
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "wire/json_writer.h"

static void expect(const struct prd_json_writer *writer, const char *document) {
  ck_assert_int_eq(writer->error, PRD_OK);
  ck_assert_msg(writer->length_bytes == strlen(document) && memcmp(writer->bytes, document, writer->length_bytes) == 0,
                "%.*s, expected %s", (int)writer->length_bytes, writer->bytes, document);
}

START_TEST(a_document_is_written) {
  struct prd_json_writer writer;
  ck_assert_int_eq(prd_json_writer_open(&writer, 1000), PRD_OK);
  prd_json_begin_object(&writer, NULL);
  prd_json_integer(&writer, "id", 7);
  prd_json_begin_array(&writer, "spans");
  prd_json_begin_array(&writer, NULL);
  prd_json_integer(&writer, NULL, 0);
  prd_json_integer(&writer, NULL, 12);
  prd_json_end_array(&writer);
  prd_json_begin_array(&writer, NULL);
  prd_json_end_array(&writer);
  prd_json_end_array(&writer);
  prd_json_boolean(&writer, "yes", true);
  prd_json_boolean(&writer, "no", false);
  prd_json_null(&writer, "none");
  prd_json_begin_object(&writer, "empty");
  prd_json_end_object(&writer);
  prd_json_bilingual(&writer, "title", &(struct prd_bilingual){"é", "e"});
  prd_json_end_object(&writer);
  expect(&writer, "{\"id\":7,\"spans\":[[0,12],[]],\"yes\":true,\"no\":false,\"none\":null,\"empty\":{},"
                  "\"title\":{\"fr\":\"é\",\"en\":\"e\"}}");
  prd_json_writer_free(&writer);
}
END_TEST

START_TEST(integers_keep_their_value) {
  const struct {
    int64_t value;
    const char *text;
  } cases[] = {
      {0, "0"}, {-1, "-1"}, {10, "10"}, {INT64_MAX, "9223372036854775807"}, {INT64_MIN, "-9223372036854775808"}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct prd_json_writer writer;
    ck_assert_int_eq(prd_json_writer_open(&writer, 1000), PRD_OK);
    prd_json_integer(&writer, NULL, cases[i].value);
    expect(&writer, cases[i].text);
    prd_json_writer_free(&writer);
  }
}
END_TEST

// jansson reads back what was written, for every byte that a text may hold.
START_TEST(every_character_survives) {
  char text[512];
  size_t at = 0;
  for (char c = 1; c < 127; c++) text[at++] = c;
  text[at++] = 127;
  strcpy(text + at, "é œ « » ’ \xF0\x9F\x98\x80 \xE2\x80\xA8 \xEF\xBF\xBF \xF4\x8F\xBF\xBF </script>");
  struct prd_json_writer writer;
  ck_assert_int_eq(prd_json_writer_open(&writer, 100000), PRD_OK);
  prd_json_begin_array(&writer, NULL);
  prd_json_string(&writer, NULL, text);
  prd_json_end_array(&writer);
  json_error_t error;
  json_t *document = json_loadb(writer.bytes, writer.length_bytes, 0, &error);
  ck_assert_msg(document != NULL, "%s", error.text);
  ck_assert_str_eq(json_string_value(json_array_get(document, 0)), text);
  json_decref(document);
  prd_json_writer_free(&writer);
}
END_TEST

START_TEST(bytes_that_are_not_utf8_are_replaced) {
  const struct {
    const char *text;
    const char *written;
  } cases[] = {{"a\xE9z", "\"a\xEF\xBF\xBDz\""},
               {"\xC3", "\"\xEF\xBF\xBD\""},
               {"\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
               {"\xC3\"", "\"\xEF\xBF\xBD\\\"\""}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct prd_json_writer writer;
    ck_assert_int_eq(prd_json_writer_open(&writer, 1000), PRD_OK);
    prd_json_string(&writer, NULL, cases[i].text);
    expect(&writer, cases[i].written);
    prd_json_writer_free(&writer);
  }
}
END_TEST

// A document of exactly the limit passes, one byte more does not, and the error stays until the reset.
START_TEST(the_limit_is_exact) {
  for (size_t limit = 20000; limit <= 20001; limit++) {
    struct prd_json_writer writer;
    ck_assert_int_eq(prd_json_writer_open(&writer, 20000), PRD_OK);
    char *text = calloc(1, limit);
    memset(text, 'x', limit - 2);
    prd_json_string(&writer, NULL, text);
    free(text);
    ck_assert_int_eq(writer.error, limit == 20000 ? PRD_OK : PRD_ERROR_TOO_LARGE);
    if (limit == 20000) ck_assert_uint_eq(writer.length_bytes, 20000);
    prd_json_integer(&writer, NULL, 1);
    ck_assert_int_eq(writer.error, PRD_ERROR_TOO_LARGE);
    prd_json_writer_reset(&writer);
    prd_json_integer(&writer, NULL, 1);
    expect(&writer, "1");
    prd_json_writer_free(&writer);
  }
}
END_TEST

START_TEST(a_reset_overwrites) {
  struct prd_json_writer writer;
  ck_assert_int_eq(prd_json_writer_open(&writer, 1000), PRD_OK);
  prd_json_string(&writer, NULL, "canari");
  prd_json_writer_reset(&writer);
  for (size_t i = 0; i < 8; i++) ck_assert_int_eq(writer.bytes[i], 0);
  prd_json_writer_free(&writer);
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("json_writer");
  tcase_add_test(tests, a_document_is_written);
  tcase_add_test(tests, integers_keep_their_value);
  tcase_add_test(tests, every_character_survives);
  tcase_add_test(tests, bytes_that_are_not_utf8_are_replaced);
  tcase_add_test(tests, the_limit_is_exact);
  tcase_add_test(tests, a_reset_overwrites);
  Suite *suite = suite_create("json_writer");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? 0 : 1;
}
