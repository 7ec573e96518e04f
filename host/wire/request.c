// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/request.h"

#include <jansson.h>
#include <string.h>

#include "base/utf8.h"
#include "wire/json_arena.h"
#include "wire/prescan.h"

typedef enum prd_wire_code member_reader(struct prd_arena *arena, const json_t *value, struct prd_request *out);

struct member {
  const char *name;
  bool required;
  json_type type;      // JSON_TRUE stands for both booleans
  member_reader *read; // of a value of that type
};

enum { MEMBER_LIMIT = 5 };

struct request_row {
  const char *name;
  struct member members[MEMBER_LIMIT + 1]; // ends with a row without a name
};

static enum prd_wire_code read_text(struct prd_arena *arena, const json_t *value, struct prd_request *out) {
  (void)arena;
  out->text = json_string_value(value);
  out->text_bytes = json_string_length(value);
  out->text_utf16 = prd_utf8_length_utf16(out->text, out->text_bytes);
  return out->text_utf16 > PRD_REQUEST_TEXT_LIMIT_UTF16 ? PRD_WIRE_TEXT_TOO_LONG : PRD_WIRE_OK;
}

static enum prd_wire_code read_venue(struct prd_arena *arena, const json_t *value, struct prd_request *out) {
  (void)arena;
  return prd_venue_from_name(json_string_value(value), &out->venue) ? PRD_WIRE_OK : PRD_WIRE_BAD_VALUE;
}

static enum prd_wire_code read_account(struct prd_arena *arena, const json_t *value, struct prd_request *out) {
  (void)arena;
  return prd_account_from_name(json_string_value(value), &out->account) ? PRD_WIRE_OK : PRD_WIRE_BAD_VALUE;
}

static enum prd_wire_code read_language(struct prd_arena *arena, const json_t *value, struct prd_request *out) {
  (void)arena;
  const char *name = json_string_value(value);
  if (strcmp(name, "fr") != 0 && strcmp(name, "en") != 0) return PRD_WIRE_BAD_VALUE;
  out->has_language = true;
  out->language = name[0] == 'e' ? PRD_ENGLISH : PRD_FRENCH;
  return PRD_WIRE_OK;
}

static enum prd_wire_code read_explain(struct prd_arena *arena, const json_t *value, struct prd_request *out) {
  (void)arena;
  out->explain = json_is_true(value);
  return PRD_WIRE_OK;
}

static enum prd_wire_code read_choice(struct prd_arena *arena, const json_t *value, struct prd_request *out) {
  (void)arena;
  return prd_choice_from_name(json_string_value(value), &out->choice) ? PRD_WIRE_OK : PRD_WIRE_BAD_VALUE;
}

static enum prd_wire_code read_site(struct prd_arena *arena, const json_t *value, struct prd_request *out) {
  (void)arena;
  return prd_site_from_name(json_string_value(value), &out->site) ? PRD_WIRE_OK : PRD_WIRE_BAD_VALUE;
}

static enum prd_wire_code read_rules(struct prd_arena *arena, const json_t *value, struct prd_request *out) {
  size_t count = json_array_size(value);
  if (count == 0 || count > PRD_REQUEST_RULE_LIMIT) return PRD_WIRE_BAD_VALUE;
  const char **rules = prd_arena_array(arena, count, sizeof *rules);
  if (rules == NULL) return PRD_WIRE_OUT_OF_MEMORY;
  for (size_t i = 0; i < count; i++) {
    rules[i] = json_string_value(json_array_get(value, i));
    if (rules[i] == NULL) return PRD_WIRE_WRONG_MEMBER_TYPE;
  }
  out->rules = rules;
  out->rule_count = count;
  return PRD_WIRE_OK;
}

static enum prd_wire_code read_check(struct prd_arena *arena, const json_t *value, struct prd_request *out) {
  (void)arena;
  out->check = json_integer_value(value);
  out->has_check = true;
  return out->check < 0 || out->check > PRD_REQUEST_ID_LIMIT ? PRD_WIRE_BAD_VALUE : PRD_WIRE_OK;
}

static const struct request_row request_rows[PRD_REQUEST_TYPE_COUNT] = {
    [PRD_REQUEST_CHECK] = {"check",
                           {{"text", true, JSON_STRING, read_text},
                            {"venue", false, JSON_STRING, read_venue},
                            {"account", false, JSON_STRING, read_account},
                            {"lang", false, JSON_STRING, read_language},
                            {"explain", false, JSON_TRUE, read_explain}}},
    [PRD_REQUEST_ACKNOWLEDGE] = {"acknowledge",
                                 {{"choice", true, JSON_STRING, read_choice},
                                  {"rules", true, JSON_ARRAY, read_rules},
                                  {"site", false, JSON_STRING, read_site},
                                  {"check", false, JSON_INTEGER, read_check},
                                  {"venue", false, JSON_STRING, read_venue}}},
    [PRD_REQUEST_STATUS] = {"status", {{0}}},
    [PRD_REQUEST_POLICY] = {"policy", {{0}}},
};

static enum prd_wire_code read_envelope(const json_t *document, struct prd_request *out) {
  const json_t *id = json_object_get(document, "id");
  if (!json_is_integer(id)) return PRD_WIRE_BAD_ID;
  json_int_t value = json_integer_value(id);
  if (value < 0 || value > PRD_REQUEST_ID_LIMIT) return PRD_WIRE_BAD_ID;
  out->has_id = true;
  out->id = value;

  const char *type = json_string_value(json_object_get(document, "type"));
  if (type == NULL) return PRD_WIRE_BAD_TYPE;
  for (size_t i = 0; i < PRD_REQUEST_TYPE_COUNT; i++) {
    if (strcmp(request_rows[i].name, type) != 0) continue;
    out->type = (enum prd_request_type)i;
    return PRD_WIRE_OK;
  }
  return PRD_WIRE_UNKNOWN_TYPE;
}

static json_type type_of(const json_t *value) {
  return json_is_boolean(value) ? JSON_TRUE : json_typeof(value);
}

static enum prd_wire_code read_members(struct prd_arena *arena, const json_t *document, struct prd_request *out,
                                       const char **member) {
  for (const struct member *row = request_rows[out->type].members; row->name != NULL; row++) {
    const json_t *value = json_object_get(document, row->name);
    if (value == NULL && !row->required) continue;
    enum prd_wire_code code = value == NULL                 ? PRD_WIRE_MISSING_MEMBER
                              : type_of(value) != row->type ? PRD_WIRE_WRONG_MEMBER_TYPE
                                                            : row->read(arena, value, out);
    if (code == PRD_WIRE_OK) continue;
    if (code == PRD_WIRE_MISSING_MEMBER || code == PRD_WIRE_WRONG_MEMBER_TYPE || code == PRD_WIRE_BAD_VALUE)
      *member = row->name;
    return code;
  }
  return PRD_WIRE_OK;
}

enum prd_wire_code prd_request_decode(struct prd_arena *arena, const char *bytes, size_t length_bytes,
                                      struct prd_request *out, const char **member) {
  *member = NULL;
  *out = (struct prd_request){
      .venue = PRD_VENUE_PERSONAL, .account = PRD_ACCOUNT_PERSONAL, .language = PRD_FRENCH, .site = PRD_SITE_GENERIC};
  struct prd_prescan seen;
  prd_prescan(bytes, length_bytes, &seen);
  out->has_id = seen.id_readable;
  out->id = seen.id;
  if (seen.problem != PRD_WIRE_OK) return seen.problem;

  json_t *document = NULL;
  enum prd_wire_code code = prd_json_parse_object(arena, bytes, length_bytes, &document);
  // An identifier that does not even fit 64 bits is first of all a bad identifier.
  if (code == PRD_WIRE_NUMBER_OUT_OF_RANGE && seen.id_present && !seen.id_readable) return PRD_WIRE_BAD_ID;
  if (code != PRD_WIRE_OK) return code;
  code = read_envelope(document, out);
  return code == PRD_WIRE_OK ? read_members(arena, document, out, member) : code;
}
