// SPDX-License-Identifier: GPL-3.0-or-later
// Weekly shifts and breaks: is a given civil time working time? Pure; the caller brings the time.
#ifndef PRD_HOURS_SCHEDULE_H
#define PRD_HOURS_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum prd_work_time { PRD_WORK_UNKNOWN, PRD_WORK_SHIFT, PRD_WORK_BREAK, PRD_WORK_OFF };

/// One interval of every week, [begin, end). An end at or before the begin is on the next day: "22:00" to "06:00"
/// ends in the morning, "08:00" to "08:00" lasts 24 hours.
struct prd_weekly_interval {
  uint32_t weekday; ///< day on which it begins: 0 is Sunday, as in `struct tm`
  uint32_t begin_s; ///< seconds since midnight, civil time; below 86,400
  uint32_t end_s;   ///< seconds since midnight; at most 86,400
};

/// Borrowed arrays, in any order; intervals may overlap.
struct prd_schedule {
  const struct prd_weekly_interval *shifts;
  size_t shift_count;
  const struct prd_weekly_interval *breaks;
  size_t break_count;
};

/// What a civil time is: PRD_WORK_BREAK inside of a shift and of a break, PRD_WORK_SHIFT inside of a shift only,
/// PRD_WORK_OFF otherwise. `weekday`: 0 is Sunday; `second_s`: seconds since midnight on the clock of that day.
enum prd_work_time prd_schedule_at(const struct prd_schedule *schedule, uint32_t weekday, uint32_t second_s);

/// "unknown", "shift", "break" or "off", as docs/PROTOCOL.md writes it.
const char *prd_work_time_name(enum prd_work_time work_time);

/// Reads "sun" to "sat" (0 to 6). Error: PRD_ERROR_INVALID, `out` unchanged.
enum prd_error prd_weekday_from_name(const char *name, uint32_t *out);

/// Reads HH:MM or HH:MM:SS, "00:00" to "24:00", in seconds since midnight. Error: PRD_ERROR_INVALID, `out` unchanged.
enum prd_error prd_time_of_day_from_text(const char *text, uint32_t *out);

#endif
