// SPDX-License-Identifier: GPL-3.0-or-later
#include "hours/schedule.h"

#include <string.h>

enum { DAY_S = 86400, WEEK_S = 7 * DAY_S };

static bool covers(const struct prd_weekly_interval *interval, uint32_t week_second_s) {
  uint32_t begin_s = interval->weekday * DAY_S + interval->begin_s;
  uint32_t length_s = interval->end_s > interval->begin_s ? interval->end_s - interval->begin_s
                                                          : interval->end_s + DAY_S - interval->begin_s;
  // Counted around the week, so that the night from Saturday to Sunday is like any other.
  return (week_second_s + WEEK_S - begin_s) % WEEK_S < length_s;
}

static bool any_covers(const struct prd_weekly_interval *intervals, size_t count, uint32_t week_second_s) {
  for (size_t i = 0; i < count; i++)
    if (covers(&intervals[i], week_second_s)) return true;
  return false;
}

enum prd_work_time prd_schedule_at(const struct prd_schedule *schedule, uint32_t weekday, uint32_t second_s) {
  uint32_t week_second_s = (weekday * DAY_S + second_s) % WEEK_S;
  if (!any_covers(schedule->shifts, schedule->shift_count, week_second_s)) return PRD_WORK_OFF;
  return any_covers(schedule->breaks, schedule->break_count, week_second_s) ? PRD_WORK_BREAK : PRD_WORK_SHIFT;
}

const char *prd_work_time_name(enum prd_work_time work_time) {
  static const char *const names[] = {
      [PRD_WORK_UNKNOWN] = "unknown", [PRD_WORK_SHIFT] = "shift", [PRD_WORK_BREAK] = "break", [PRD_WORK_OFF] = "off"};
  return names[work_time];
}

enum prd_error prd_weekday_from_name(const char *name, uint32_t *out) {
  static const char *const names[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
  for (uint32_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    if (strcmp(names[i], name) != 0) continue;
    *out = i;
    return PRD_OK;
  }
  return PRD_ERROR_INVALID;
}

// Two digits at `text` as a number below `limit`, or -1.
static int32_t two_digits(const char *text, int32_t limit) {
  if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return -1;
  int32_t value = (text[0] - '0') * 10 + (text[1] - '0');
  return value < limit ? value : -1;
}

enum prd_error prd_time_of_day_from_text(const char *text, uint32_t *out) {
  size_t length = strlen(text);
  bool with_seconds = length == 8 && text[5] == ':';
  if ((length != 5 && !with_seconds) || text[2] != ':') return PRD_ERROR_INVALID;
  int32_t hours = two_digits(text, 25);
  int32_t minutes = two_digits(text + 3, 60);
  int32_t seconds = with_seconds ? two_digits(text + 6, 60) : 0;
  if (hours < 0 || minutes < 0 || seconds < 0) return PRD_ERROR_INVALID;
  int32_t total_s = hours * 3600 + minutes * 60 + seconds;
  if (total_s > DAY_S) return PRD_ERROR_INVALID;
  *out = (uint32_t)total_s;
  return PRD_OK;
}
