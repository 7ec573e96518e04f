// SPDX-License-Identifier: GPL-3.0-or-later
#include "system/profile.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "base/read_file.h"
#include "system/json_position.h"
#include "system/system_messages.h"

enum { STEP_LIMIT = 8, INSTITUTION_LIMIT_BYTES = 32, ACCOUNT_LIMIT_BYTES = 256, DOMAIN_LIMIT_BYTES = 253 };

// A reader answers PRD_ERROR_INVALID after it has noted the problem, with `steps` leading to the value concerned.
struct reader {
  struct prd_arena *arena;
  const char *bytes;
  size_t length_bytes;
  struct prd_json_step steps[STEP_LIMIT];
  size_t step_count;
  struct prd_profile *out;
  struct prd_weekly_interval *interval; // the one being read
};

typedef enum prd_error value_reader(struct reader *reader, const json_t *value);

struct key_row {
  const char *name;
  bool required;
  json_type type;
  value_reader *read;
};

static enum prd_error note(struct reader *reader, size_t line, size_t column, enum prd_system_message_id id,
                           const char *word) {
  const struct prd_bilingual *message = prd_system_message(id);
  struct prd_profile *out = reader->out;
  out->state = PRD_PART_INVALID;
  out->problem.line = line;
  out->problem.column = column;
  out->problem.reason.fr = prd_system_message_text(reader->arena, message, PRD_FRENCH, word);
  out->problem.reason.en = prd_system_message_text(reader->arena, message, PRD_ENGLISH, word);
  return out->problem.reason.fr == NULL || out->problem.reason.en == NULL ? PRD_ERROR_MEMORY : PRD_ERROR_INVALID;
}

static enum prd_error problem_here(struct reader *reader, bool of_key, enum prd_system_message_id id,
                                   const char *word) {
  struct prd_json_position at =
      prd_json_position_of(reader->bytes, reader->length_bytes, reader->steps, reader->step_count, of_key);
  return note(reader, at.line, at.column, id, word);
}

static enum prd_error check_type(struct reader *reader, const json_t *value, json_type type) {
  if (json_typeof(value) == type) return PRD_OK;
  enum prd_system_message_id id = type == JSON_OBJECT  ? PRD_SYSTEM_NOT_OBJECT
                                  : type == JSON_ARRAY ? PRD_SYSTEM_NOT_ARRAY
                                                       : PRD_SYSTEM_NOT_STRING;
  return problem_here(reader, false, id, NULL);
}

static enum prd_error read_value(struct reader *reader, struct prd_json_step step, const json_t *value, json_type type,
                                 value_reader *read) {
  reader->steps[reader->step_count++] = step;
  enum prd_error error = check_type(reader, value, type);
  if (error == PRD_OK) error = read(reader, value);
  reader->step_count--;
  return error;
}

static enum prd_error refuse_unknown_keys(struct reader *reader, const json_t *object, const struct key_row *rows) {
  const char *key;
  json_t *value;
  json_object_foreach((json_t *)(uintptr_t)object, key, value) {
    const struct key_row *row = rows;
    while (row->name != NULL && strcmp(row->name, key) != 0) row++;
    if (row->name != NULL) continue;
    reader->steps[reader->step_count++] = (struct prd_json_step){.key = key};
    enum prd_error error = problem_here(reader, true, PRD_SYSTEM_UNKNOWN_KEY, key);
    reader->step_count--;
    return error;
  }
  return PRD_OK;
}

// `rows` ends with a row without a name.
static enum prd_error read_object(struct reader *reader, const json_t *object, const struct key_row *rows) {
  enum prd_error error = refuse_unknown_keys(reader, object, rows);
  for (const struct key_row *row = rows; error == PRD_OK && row->name != NULL; row++) {
    const json_t *value = json_object_get(object, row->name);
    if (value != NULL)
      error = read_value(reader, (struct prd_json_step){.key = row->name}, value, row->type, row->read);
    else if (row->required)
      error = problem_here(reader, false, PRD_SYSTEM_MISSING_KEY, row->name);
  }
  return error;
}

static enum prd_error check_count(struct reader *reader, const json_t *array, size_t limit) {
  if (json_array_size(array) <= limit) return PRD_OK;
  const char *word = prd_arena_format(reader->arena, "%zu", limit);
  return word == NULL ? PRD_ERROR_MEMORY : problem_here(reader, false, PRD_SYSTEM_TOO_MANY, word);
}

static enum prd_error read_institution(struct reader *reader, const json_t *value) {
  const char *name = json_string_value(value);
  size_t length = json_string_length(value);
  // It becomes part of a file's name.
  if (length == 0 || length > INSTITUTION_LIMIT_BYTES ||
      strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != length)
    return problem_here(reader, false, PRD_SYSTEM_INSTITUTION_NAME, NULL);
  reader->out->institution = prd_arena_copy(reader->arena, name, length);
  return reader->out->institution == NULL ? PRD_ERROR_MEMORY : PRD_OK;
}

static enum prd_error read_account(struct reader *reader, const json_t *value) {
  const char *name = json_string_value(value);
  size_t length = json_string_length(value);
  if (length > ACCOUNT_LIMIT_BYTES || strchr(name, '/') == NULL || strpbrk(name, " \t\r\n") != NULL)
    return problem_here(reader, false, PRD_SYSTEM_ACCOUNT_NAME, NULL);
  return PRD_OK;
}

/// Reads an array of strings, each of which `read` accepts.
static enum prd_error read_strings(struct reader *reader, const json_t *array, size_t limit, value_reader *read,
                                   const char *const **strings, size_t *string_count) {
  enum prd_error error = check_count(reader, array, limit);
  size_t count = json_array_size(array);
  const char **items = prd_arena_array(reader->arena, count, sizeof *items);
  if (items == NULL) return PRD_ERROR_MEMORY;
  for (size_t i = 0; error == PRD_OK && i < count; i++) {
    const json_t *value = json_array_get(array, i);
    error = read_value(reader, (struct prd_json_step){.index = i}, value, JSON_STRING, read);
    if (error != PRD_OK) break;
    items[i] = prd_arena_copy(reader->arena, json_string_value(value), json_string_length(value));
    if (items[i] == NULL) error = PRD_ERROR_MEMORY;
  }
  *strings = items;
  *string_count = count;
  return error;
}

static enum prd_error read_accounts(struct reader *reader, const json_t *array) {
  return read_strings(reader, array, PRD_PROFILE_ACCOUNT_LIMIT, read_account, &reader->out->official_accounts,
                      &reader->out->official_account_count);
}

// A domain with a dot inside (RFC 1035, 2.3.1, in lower case): one like "ca" or "" would allow nearly every link.
static enum prd_error read_domain(struct reader *reader, const json_t *value) {
  const char *name = json_string_value(value);
  size_t length = json_string_length(value);
  const char *dot = strchr(name, '.');
  if (length > DOMAIN_LIMIT_BYTES || dot == NULL || dot == name || name[length - 1] == '.' ||
      strstr(name, "..") != NULL || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") != length)
    return problem_here(reader, false, PRD_SYSTEM_DOMAIN_NAME, NULL);
  return PRD_OK;
}

static enum prd_error read_domains(struct reader *reader, const json_t *array) {
  return read_strings(reader, array, PRD_PROFILE_DOMAIN_LIMIT, read_domain, &reader->out->allowed_link_domains,
                      &reader->out->allowed_link_domain_count);
}

static enum prd_error read_directory(struct reader *reader, const json_t *value) {
  const char *path = json_string_value(value);
  // The host has left the directory that it was started in: a relative path would lead nowhere, or somewhere else.
  if (path[0] != '/') return problem_here(reader, false, PRD_SYSTEM_DIRECTORY_PATH, NULL);
  reader->out->directory = prd_arena_copy(reader->arena, path, json_string_length(value));
  return reader->out->directory == NULL ? PRD_ERROR_MEMORY : PRD_OK;
}

static enum prd_error read_language(struct reader *reader, const json_t *value) {
  const char *name = json_string_value(value);
  if (strcmp(name, "fr") != 0 && strcmp(name, "en") != 0)
    return problem_here(reader, false, PRD_SYSTEM_LANGUAGE_NAME, NULL);
  reader->out->language = name[0] == 'e' ? PRD_ENGLISH : PRD_FRENCH;
  return PRD_OK;
}

static enum prd_error read_day(struct reader *reader, const json_t *value) {
  if (prd_weekday_from_name(json_string_value(value), &reader->interval->weekday) == PRD_OK) return PRD_OK;
  return problem_here(reader, false, PRD_SYSTEM_DAY_NAME, NULL);
}

static enum prd_error read_begin(struct reader *reader, const json_t *value) {
  uint32_t *begin_s = &reader->interval->begin_s;
  if (prd_time_of_day_from_text(json_string_value(value), begin_s) == PRD_OK && *begin_s < 86400) return PRD_OK;
  return problem_here(reader, false, PRD_SYSTEM_TIME_OF_DAY, NULL);
}

static enum prd_error read_end(struct reader *reader, const json_t *value) {
  if (prd_time_of_day_from_text(json_string_value(value), &reader->interval->end_s) == PRD_OK) return PRD_OK;
  return problem_here(reader, false, PRD_SYSTEM_TIME_OF_DAY, NULL);
}

static enum prd_error read_interval(struct reader *reader, const json_t *object) {
  static const struct key_row rows[] = {{"day", true, JSON_STRING, read_day},
                                        {"begin", true, JSON_STRING, read_begin},
                                        {"end", true, JSON_STRING, read_end},
                                        {0}};
  return read_object(reader, object, rows);
}

static enum prd_error read_intervals(struct reader *reader, const json_t *array,
                                     const struct prd_weekly_interval **intervals, size_t *interval_count) {
  enum prd_error error = check_count(reader, array, PRD_PROFILE_INTERVAL_LIMIT);
  size_t count = json_array_size(array);
  struct prd_weekly_interval *items = prd_arena_array(reader->arena, count, sizeof *items);
  if (items == NULL) return PRD_ERROR_MEMORY;
  for (size_t i = 0; error == PRD_OK && i < count; i++) {
    reader->interval = &items[i];
    error =
        read_value(reader, (struct prd_json_step){.index = i}, json_array_get(array, i), JSON_OBJECT, read_interval);
  }
  *intervals = items;
  *interval_count = count;
  return error;
}

static enum prd_error read_shifts(struct reader *reader, const json_t *array) {
  return read_intervals(reader, array, &reader->out->schedule.shifts, &reader->out->schedule.shift_count);
}

static enum prd_error read_breaks(struct reader *reader, const json_t *array) {
  return read_intervals(reader, array, &reader->out->schedule.breaks, &reader->out->schedule.break_count);
}

static enum prd_error read_schedule(struct reader *reader, const json_t *object) {
  static const struct key_row rows[] = {
      {"shifts", true, JSON_ARRAY, read_shifts}, {"breaks", false, JSON_ARRAY, read_breaks}, {0}};
  reader->out->has_schedule = true;
  return read_object(reader, object, rows);
}

static enum prd_error read_profile(struct reader *reader, const json_t *document) {
  static const struct key_row rows[] = {{"institution", true, JSON_STRING, read_institution},
                                        {"official_accounts", false, JSON_ARRAY, read_accounts},
                                        {"allowed_link_domains", false, JSON_ARRAY, read_domains},
                                        {"directory", false, JSON_STRING, read_directory},
                                        {"language", false, JSON_STRING, read_language},
                                        {"schedule", false, JSON_OBJECT, read_schedule},
                                        {0}};
  enum prd_error error = check_type(reader, document, JSON_OBJECT);
  return error == PRD_OK ? read_object(reader, document, rows) : error;
}

enum prd_error prd_profile_parse(struct prd_arena *arena, const char *path, const char *bytes, size_t length_bytes,
                                 struct prd_profile *out) {
  *out = (struct prd_profile){.state = PRD_PART_READY, .path = path, .language = PRD_FRENCH};
  struct reader reader = {.arena = arena, .bytes = bytes, .length_bytes = length_bytes, .out = out};
  json_error_t syntax;
  json_t *document = json_loadb(bytes, length_bytes, JSON_REJECT_DUPLICATES, &syntax);
  enum prd_error error = PRD_OK;
  if (document == NULL) {
    size_t line = syntax.line > 0 ? (size_t)syntax.line : 0;
    size_t column = syntax.column > 0 ? (size_t)syntax.column : 1;
    error = note(&reader, line, column, PRD_SYSTEM_NOT_JSON, syntax.text);
  } else {
    error = read_profile(&reader, document);
  }
  json_decref(document);
  return error == PRD_ERROR_INVALID ? PRD_OK : error;
}

enum prd_error prd_profile_load(struct prd_arena *arena, const char *path, struct prd_profile *out) {
  *out = (struct prd_profile){.state = PRD_PART_MISSING, .path = path, .language = PRD_FRENCH};
  struct reader reader = {.arena = arena, .out = out};
  char *bytes = NULL;
  size_t length = 0;
  enum prd_error error = prd_read_file(arena, path, PRD_PROFILE_LIMIT_BYTES, &bytes, &length);
  switch (error) {
  case PRD_OK:
    return prd_profile_parse(arena, path, bytes, length, out);
  case PRD_ERROR_NOT_FOUND:
    return PRD_OK;
  case PRD_ERROR_MEMORY:
    return PRD_ERROR_MEMORY;
  case PRD_ERROR_TOO_LARGE:
    error = note(&reader, 0, 0, PRD_SYSTEM_FILE_TOO_LARGE, "1 Mio / MiB");
    break;
  default:
    error = note(&reader, 0, 0, PRD_SYSTEM_FILE_UNREADABLE, strerror(errno));
    break;
  }
  return error == PRD_ERROR_INVALID ? PRD_OK : error;
}

const char *prd_part_state_name(enum prd_part_state state) {
  static const char *const names[] = {
      [PRD_PART_READY] = "ready", [PRD_PART_MISSING] = "missing", [PRD_PART_INVALID] = "invalid"};
  return names[state];
}
