// SPDX-License-Identifier: GPL-3.0-or-later
// Working time from weekly shifts and breaks.
#include <check.h>

#include "hours/schedule.h"

enum { SUN, MON, TUE, WED, THU, FRI, SAT };
#define AT(hours, minutes) ((hours)*3600 + (minutes)*60)

static const struct prd_weekly_interval shifts[] = {
    {MON, AT(8, 0), AT(16, 0)}, {TUE, AT(22, 0), AT(6, 0)}, {SAT, AT(20, 0), AT(4, 0)}, {THU, AT(7, 0), AT(7, 0)}};
static const struct prd_weekly_interval breaks[] = {{MON, AT(12, 0), AT(13, 0)},
                                                    {MON, AT(15, 30), AT(17, 0)},
                                                    {WED, AT(2, 0), AT(2, 30)},
                                                    {SUN, AT(23, 50), AT(0, 10)}};
static const struct prd_schedule schedule = {shifts, 4, breaks, 4};

static const struct row {
  uint32_t weekday, second_s;
  enum prd_work_time expected;
} rows
    [] =
        {
            {MON, AT(8, 0) - 1, PRD_WORK_OFF},
            {MON, AT(8, 0), PRD_WORK_SHIFT},
            {MON, AT(12, 0) - 1, PRD_WORK_SHIFT},
            {MON, AT(12, 0), PRD_WORK_BREAK},
            {MON, AT(13, 0) - 1, PRD_WORK_BREAK},
            {MON, AT(13, 0), PRD_WORK_SHIFT},
            {MON, AT(15, 45), PRD_WORK_BREAK},
            {MON, AT(16, 0), PRD_WORK_OFF}, // a break that outlasts its shift is no break any more
            {TUE, AT(5, 0), PRD_WORK_OFF},
            {TUE, AT(22, 0), PRD_WORK_SHIFT},
            {WED, AT(1, 0), PRD_WORK_SHIFT},
            {WED, AT(2, 15), PRD_WORK_BREAK},
            {WED, AT(6, 0) - 1, PRD_WORK_SHIFT},
            {WED, AT(6, 0), PRD_WORK_OFF},
            {WED, AT(22, 0), PRD_WORK_OFF},
            {SAT, AT(23, 0), PRD_WORK_SHIFT},
            {SUN, AT(3, 59), PRD_WORK_SHIFT},
            {SUN, AT(4, 0), PRD_WORK_OFF}, // around the end of the week
            {THU, AT(7, 0) - 1, PRD_WORK_OFF},
            {THU, AT(7, 0), PRD_WORK_SHIFT},
            {FRI, AT(6, 59), PRD_WORK_SHIFT},
            {FRI, AT(7, 0), PRD_WORK_OFF}, // equal begin and end: 24 hours
            {SUN, AT(23, 55), PRD_WORK_OFF},
            {MON, AT(0, 5), PRD_WORK_OFF}, // a break outside of any shift
            {SAT, 86400, PRD_WORK_SHIFT},  // a leap second
};

START_TEST(each_moment_is_told) {
  ck_assert_int_eq(prd_schedule_at(&schedule, rows[_i].weekday, rows[_i].second_s), rows[_i].expected);
}
END_TEST

START_TEST(an_empty_schedule_is_off) {
  struct prd_schedule empty = {0};
  ck_assert_int_eq(prd_schedule_at(&empty, MON, 0), PRD_WORK_OFF);
}
END_TEST

START_TEST(days_and_times_are_read) {
  uint32_t value = 99;
  ck_assert_int_eq(prd_weekday_from_name("sun", &value), PRD_OK);
  ck_assert_uint_eq(value, 0);
  ck_assert_int_eq(prd_weekday_from_name("sat", &value), PRD_OK);
  ck_assert_uint_eq(value, 6);
  ck_assert_int_eq(prd_time_of_day_from_text("00:00", &value), PRD_OK);
  ck_assert_uint_eq(value, 0);
  ck_assert_int_eq(prd_time_of_day_from_text("08:05:09", &value), PRD_OK);
  ck_assert_uint_eq(value, 29109);
  ck_assert_int_eq(prd_time_of_day_from_text("24:00", &value), PRD_OK);
  ck_assert_uint_eq(value, 86400);
  static const char *const wrong[] = {"",       "8:00",     "08:60", "25:00",     "24:01",   "08-00", "08:00:",
                                      "08:00x", "08:00:60", "-8:00", "08:00:000", "08:0:00", "aa:bb"};
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
    value = 7;
    ck_assert_msg(prd_time_of_day_from_text(wrong[i], &value) == PRD_ERROR_INVALID, "%s", wrong[i]);
    ck_assert_uint_eq(value, 7);
  }
  ck_assert_int_eq(prd_weekday_from_name("Mon", &value), PRD_ERROR_INVALID);
  ck_assert_int_eq(prd_weekday_from_name("", &value), PRD_ERROR_INVALID);
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("schedule");
  tcase_add_loop_test(tests, each_moment_is_told, 0, (int)(sizeof rows / sizeof rows[0]));
  tcase_add_test(tests, an_empty_schedule_is_off);
  tcase_add_test(tests, days_and_times_are_read);
  Suite *suite = suite_create("schedule");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? 0 : 1;
}
