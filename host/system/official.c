// SPDX-License-Identifier: GPL-3.0-or-later
#include "system/official.h"

#include <errno.h>
#include <jansson.h>
#include <sodium.h>
#include <stdbool.h>
#include <string.h>

#include "base/read_file.h"
#include "system/system_messages.h"

static void to_digits(const unsigned char *hash, char *digits) {
  (void)sodium_bin2hex(digits, PRD_OFFICIAL_HASH_CHARACTERS + 1, hash, crypto_hash_sha256_BYTES);
}

void prd_official_checksum(const struct prd_official_clause *clauses, size_t count, char *digits) {
  unsigned char hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_state state;
  (void)crypto_hash_sha256_init(&state);
  for (size_t i = 0; i < count; i++) {
    (void)crypto_hash_sha256_update(&state, (const unsigned char *)clauses[i].id, strlen(clauses[i].id) + 1);
    (void)crypto_hash_sha256_update(&state, (const unsigned char *)clauses[i].text, strlen(clauses[i].text) + 1);
  }
  (void)crypto_hash_sha256_final(&state, hash);
  to_digits(hash, digits);
}

void prd_official_hash(const void *bytes, size_t length_bytes, char *digits) {
  unsigned char hash[crypto_hash_sha256_BYTES];
  (void)crypto_hash_sha256(hash, bytes, length_bytes);
  to_digits(hash, digits);
}

static enum prd_error refuse(struct prd_arena *arena, struct prd_official *out, enum prd_system_message_id id,
                             const char *word) {
  const struct prd_bilingual *message = prd_system_message(id);
  *out = (struct prd_official){.state = PRD_OFFICIAL_REFUSED, .path = out->path};
  out->reason.fr = prd_system_message_text(arena, message, PRD_FRENCH, word);
  out->reason.en = prd_system_message_text(arena, message, PRD_ENGLISH, word);
  return out->reason.fr == NULL || out->reason.en == NULL ? PRD_ERROR_MEMORY : PRD_OK;
}

/// Text of a member without any control character but tab and line end; NULL otherwise.
static const char *text_of(const json_t *object, const char *key) {
  const char *text = json_string_value(json_object_get(object, key));
  if (text == NULL || *text == '\0') return NULL;
  for (const char *at = text; *at != '\0'; at++) {
    if (((unsigned char)*at < 0x20 && *at != '\n' && *at != '\t') || *at == 0x7f) return NULL;
  }
  return text;
}

static bool is_hash(const char *text) {
  return text != NULL && strlen(text) == PRD_OFFICIAL_HASH_CHARACTERS &&
         strspn(text, "0123456789abcdef") == PRD_OFFICIAL_HASH_CHARACTERS;
}

/// Copies the passages into the arena. False when the shape is wrong; `*clauses` is NULL when memory is exhausted.
static bool read_clauses(struct prd_arena *arena, const json_t *array, struct prd_official_clause **clauses) {
  const size_t count = json_array_size(array);
  if (!json_is_array(array) || count == 0 || count > PRD_OFFICIAL_CLAUSE_MAX) return false;
  size_t bytes = 0;
  struct prd_official_clause *copies = prd_arena_array(arena, count, sizeof *copies);
  for (size_t i = 0; copies != NULL && i < count; i++) {
    const json_t *clause = json_array_get(array, i);
    const char *id = text_of(clause, "id"), *text = text_of(clause, "text");
    if (id == NULL || text == NULL) return false;
    for (size_t k = 0; k < i; k++)
      if (strcmp(copies[k].id, id) == 0) return false;
    bytes += strlen(text);
    if (bytes > PRD_OFFICIAL_TEXT_MAX_BYTES) return false;
    copies[i].id = prd_arena_copy(arena, id, strlen(id));
    copies[i].text = prd_arena_copy(arena, text, strlen(text));
    if (copies[i].id == NULL || copies[i].text == NULL) copies = NULL;
  }
  *clauses = copies;
  return true;
}

static enum prd_error read_document(struct prd_arena *arena, const json_t *document, const char *pack_id,
                                    struct prd_official *out) {
  const char *schema = text_of(document, "schema"), *pack = text_of(document, "pack");
  const char *source = text_of(json_object_get(document, "document"), "sha256");
  const char *passages = text_of(document, "passages_sha256");
  if (schema == NULL || strcmp(schema, PRD_OFFICIAL_SCHEMA) != 0 || pack == NULL || !is_hash(source) ||
      !is_hash(passages))
    return refuse(arena, out, PRD_SYSTEM_OFFICIAL_SHAPE, NULL);
  if (strcmp(pack, pack_id) != 0) return refuse(arena, out, PRD_SYSTEM_OFFICIAL_OTHER_PACK, pack);
  struct prd_official_clause *clauses = NULL;
  const json_t *array = json_object_get(document, "clauses");
  if (!read_clauses(arena, array, &clauses)) return refuse(arena, out, PRD_SYSTEM_OFFICIAL_SHAPE, NULL);
  if (clauses == NULL) return PRD_ERROR_MEMORY;
  char digits[PRD_OFFICIAL_HASH_CHARACTERS + 1];
  prd_official_checksum(clauses, json_array_size(array), digits);
  if (strcmp(digits, passages) != 0) return refuse(arena, out, PRD_SYSTEM_OFFICIAL_CHECKSUM, NULL);
  out->document_sha256 = prd_arena_copy(arena, source, strlen(source));
  if (out->document_sha256 == NULL) return PRD_ERROR_MEMORY;
  out->clauses = clauses;
  out->clause_count = json_array_size(array);
  out->state = PRD_OFFICIAL_READY;
  return PRD_OK;
}

/// PRD_ERROR_NOT_FOUND when there is no such file.
static enum prd_error load_one(struct prd_arena *arena, const char *path, const char *pack_id,
                               struct prd_official *out) {
  if (path == NULL) return PRD_ERROR_MEMORY;
  struct prd_arena file = {0};
  char *bytes = NULL;
  size_t length = 0;
  enum prd_error error = prd_read_file(&file, path, PRD_OFFICIAL_FILE_MAX_BYTES, &bytes, &length);
  *out = (struct prd_official){.path = path};
  if (error == PRD_ERROR_TOO_LARGE) {
    error = refuse(arena, out, PRD_SYSTEM_FILE_TOO_LARGE, "512 Kio / KiB");
  } else if (error == PRD_ERROR_IO) {
    error = refuse(arena, out, PRD_SYSTEM_FILE_UNREADABLE, strerror(errno));
  } else if (error == PRD_OK) {
    json_error_t syntax;
    json_t *document = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &syntax);
    error = document == NULL ? refuse(arena, out, PRD_SYSTEM_NOT_JSON, syntax.text)
                             : read_document(arena, document, pack_id, out);
    json_decref(document);
  }
  prd_arena_free(&file);
  return error;
}

enum prd_error prd_official_load(struct prd_arena *arena, const struct prd_paths *paths, const char *pack_id,
                                 struct prd_official *out) {
  enum prd_error error = load_one(arena, prd_paths_official_configured(arena, paths, pack_id), pack_id, out);
  if (error == PRD_ERROR_NOT_FOUND) error = load_one(arena, prd_paths_official(arena, paths, pack_id), pack_id, out);
  if (error != PRD_ERROR_NOT_FOUND) return error;
  *out = (struct prd_official){.state = PRD_OFFICIAL_NONE};
  return PRD_OK;
}

const char *prd_official_text(const struct prd_official *official, const char *clause_id) {
  for (size_t i = 0; i < official->clause_count; i++) {
    if (strcmp(official->clauses[i].id, clause_id) == 0) return official->clauses[i].text;
  }
  return NULL;
}
