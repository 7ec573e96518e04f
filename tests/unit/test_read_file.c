// SPDX-License-Identifier: GPL-3.0-or-later
// Small files are read whole, and what is not a small file is told apart.
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/read_file.h"

enum { LIMIT_BYTES = 16 };

static char directory[64];
static char path[96];
static struct prd_arena arena;

static void set_up(void) {
  strcpy(directory, "/tmp/prudence-read-XXXXXX");
  ck_assert_ptr_nonnull(mkdtemp(directory));
  snprintf(path, sizeof path, "%s/file", directory);
  arena = (struct prd_arena){0};
}

static void tear_down(void) {
  unlink(path);
  rmdir(directory);
  prd_arena_free(&arena);
}

static void write_file(const char *bytes, size_t length) {
  FILE *file = fopen(path, "wb");
  ck_assert_ptr_nonnull(file);
  ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
  ck_assert_int_eq(fclose(file), 0);
}

static enum prd_error read_it(const char *what, char **bytes, size_t *length) {
  return prd_read_file(&arena, what, LIMIT_BYTES, bytes, length);
}

static const struct row {
  const char *written, *read;
  size_t written_bytes, read_bytes;
} rows[] = {
    {"", "", 0, 0},
    {"abc\n", "abc\n", 4, 4},
    {"a\0b", "a\0b", 3, 3},
    {"0123456789abcdef", "0123456789abcdef", 16, 16},
    {"\xEF\xBB\xBF{}", "{}", 5, 2},
    {"\xEF\xBB\xBF", "", 3, 0},
    {"\xEF\xBB", "\xEF\xBB", 2, 2},
    {"a\xEF\xBB\xBF", "a\xEF\xBB\xBF", 4, 4},
};

START_TEST(a_file_is_read_whole_without_its_byte_order_mark) {
  const struct row *row = &rows[_i];
  write_file(row->written, row->written_bytes);
  char *bytes = NULL;
  size_t length = 99;
  ck_assert_int_eq(read_it(path, &bytes, &length), PRD_OK);
  ck_assert_uint_eq(length, row->read_bytes);
  ck_assert_mem_eq(bytes, row->read, length + 1); // with the NUL
}
END_TEST

START_TEST(what_is_too_large_is_not_read) {
  write_file("0123456789abcdefg", 17);
  char *bytes = NULL;
  size_t length;
  ck_assert_int_eq(read_it(path, &bytes, &length), PRD_ERROR_TOO_LARGE);
  ck_assert_ptr_null(bytes);
}
END_TEST

START_TEST(what_is_not_a_file_is_told_by_errno) {
  char *bytes = NULL;
  size_t length;
  ck_assert_int_eq(read_it(path, &bytes, &length), PRD_ERROR_NOT_FOUND);
  ck_assert_int_eq(errno, ENOENT);
  ck_assert_int_eq(read_it(directory, &bytes, &length), PRD_ERROR_IO);
  ck_assert_int_eq(errno, EISDIR);
  ck_assert_int_eq(mkfifo(path, 0600), 0);
  ck_assert_int_eq(read_it(path, &bytes, &length), PRD_ERROR_IO); // and does not wait for a writer
  ck_assert_int_eq(errno, EINVAL);
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("read file");
  tcase_add_checked_fixture(tests, set_up, tear_down);
  tcase_add_loop_test(tests, a_file_is_read_whole_without_its_byte_order_mark, 0, (int)(sizeof rows / sizeof rows[0]));
  tcase_add_test(tests, what_is_too_large_is_not_read);
  tcase_add_test(tests, what_is_not_a_file_is_told_by_errno);
  Suite *suite = suite_create("read file");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? 0 : 1;
}
