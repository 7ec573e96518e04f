// SPDX-License-Identifier: GPL-3.0-or-later
// Memory of a request: zeroed, aligned, separate, bounded in what it keeps.
#include <check.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

START_TEST(memory_is_zeroed_and_aligned_for_any_type) {
  struct prd_arena arena = {0};
  for (size_t size = 1; size < 200; size++) {
    unsigned char *memory = prd_arena_alloc(&arena, size);
    ck_assert_ptr_nonnull(memory);
    ck_assert_uint_eq((uintptr_t)memory % alignof(max_align_t), 0);
    for (size_t i = 0; i < size; i++) ck_assert_uint_eq(memory[i], 0);
    memset(memory, 0xA5, size);
  }
  prd_arena_free(&arena);
}
END_TEST

START_TEST(allocations_do_not_overlap) {
  struct prd_arena arena = {0};
  unsigned char *blocks[300];
  for (size_t i = 0; i < 300; i++) {
    blocks[i] = prd_arena_alloc(&arena, 700);
    memset(blocks[i], (int)(i & 0xFF), 700);
  }
  for (size_t i = 0; i < 300; i++)
    for (size_t j = 0; j < 700; j++) ck_assert_uint_eq(blocks[i][j], i & 0xFF);
  prd_arena_free(&arena);
}
END_TEST

START_TEST(a_size_of_zero_gives_a_unique_pointer) {
  struct prd_arena arena = {0};
  void *first = prd_arena_alloc(&arena, 0);
  void *second = prd_arena_alloc(&arena, 0);
  ck_assert_ptr_nonnull(first);
  ck_assert_ptr_nonnull(second);
  ck_assert_ptr_ne(first, second);
  prd_arena_free(&arena);
}
END_TEST

START_TEST(impossible_sizes_are_refused_and_leave_the_arena_usable) {
  struct prd_arena arena = {0};
  ck_assert_ptr_null(prd_arena_alloc(&arena, SIZE_MAX));
  ck_assert_ptr_null(prd_arena_alloc(&arena, SIZE_MAX - 8));
  ck_assert_ptr_null(prd_arena_array(&arena, SIZE_MAX / 2, 3));
  ck_assert_ptr_null(prd_arena_copy(&arena, "", SIZE_MAX));
  ck_assert_ptr_nonnull(prd_arena_alloc(&arena, 10));
  prd_arena_free(&arena);
}
END_TEST

START_TEST(a_copy_ends_with_nul_and_keeps_inner_nuls) {
  struct prd_arena arena = {0};
  char *copy = prd_arena_copy(&arena, "ab\0cd", 5);
  ck_assert_mem_eq(copy, "ab\0cd", 6);
  ck_assert_str_eq(prd_arena_copy(&arena, NULL, 0), "");
  ck_assert_str_eq(prd_arena_format(&arena, "%d clause%s", 2, "s"), "2 clauses");
  prd_arena_free(&arena);
}
END_TEST

START_TEST(growing_keeps_the_elements) {
  struct prd_arena arena = {0};
  size_t *items = NULL;
  size_t capacity = 0;
  for (size_t count = 0; count < 5000; count++) {
    items = prd_arena_grow(&arena, items, count, &capacity, sizeof *items);
    ck_assert_ptr_nonnull(items);
    ck_assert_uint_gt(capacity, count);
    items[count] = count;
  }
  for (size_t i = 0; i < 5000; i++) ck_assert_uint_eq(items[i], i);
  prd_arena_free(&arena);
}
END_TEST

START_TEST(after_a_reset_nothing_of_the_old_text_can_be_read) {
  struct prd_arena arena = {0};
  static const char secret[] = "le NAM de la patiente";
  char *copy = prd_arena_copy(&arena, secret, sizeof secret);
  prd_arena_reset(&arena);
  // The block is kept, so the address is still readable: it must hold zeros.
  for (size_t i = 0; i < sizeof secret; i++) ck_assert_int_eq(copy[i], 0);
  prd_arena_free(&arena);
}
END_TEST

START_TEST(a_reset_keeps_at_most_one_mebibyte) {
  struct prd_arena arena = {0};
  ck_assert_ptr_nonnull(prd_arena_alloc(&arena, 100));
  size_t small = arena.total_bytes;
  prd_arena_reset(&arena);
  ck_assert_uint_eq(arena.total_bytes, small);
  ck_assert_ptr_nonnull(prd_arena_alloc(&arena, 8 * 1024 * 1024));
  prd_arena_reset(&arena);
  ck_assert_uint_le(arena.total_bytes, 1024 * 1024);
  ck_assert_ptr_nonnull(prd_arena_alloc(&arena, 100));
  prd_arena_free(&arena);
  ck_assert_uint_eq(arena.total_bytes, 0);
}
END_TEST

int main(void) {
  TCase *cases = tcase_create("arena");
  tcase_add_test(cases, memory_is_zeroed_and_aligned_for_any_type);
  tcase_add_test(cases, allocations_do_not_overlap);
  tcase_add_test(cases, a_size_of_zero_gives_a_unique_pointer);
  tcase_add_test(cases, impossible_sizes_are_refused_and_leave_the_arena_usable);
  tcase_add_test(cases, a_copy_ends_with_nul_and_keeps_inner_nuls);
  tcase_add_test(cases, growing_keeps_the_elements);
  tcase_add_test(cases, after_a_reset_nothing_of_the_old_text_can_be_read);
  tcase_add_test(cases, a_reset_keeps_at_most_one_mebibyte);
  Suite *suite = suite_create("arena");
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_set_fork_status(runner, CK_NOFORK);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
