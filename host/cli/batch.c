// SPDX-License-Identifier: GPL-3.0-or-later
// prudence check --batch: one JSON request a line in, one JSON answer a line out, in the same order.
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "policy/judge_rule.h"
#include "wire/reply.h"

enum { PACKS_MAX = 16, ANSWER_MAX_BYTES = 16 * 1024 * 1024, NAME_MAX_BYTES = 32 };

struct batch {
  struct prd_cli *cli;
  const char *path, *institution; ///< of the command line, or NULL
  struct prd_context context;     ///< of the command line
  bool shadow;                    ///< list the rules in state shadow that fire
  struct {
    char name[NAME_MAX_BYTES];
    struct prd_cli_pack pack;
  } packs[PACKS_MAX];
  size_t pack_count;
  struct prd_json_writer writer;
  struct prd_arena arena; ///< of one line
  size_t line;
  bool failed;
};

/// Tells what is wrong with the line, and never a word of it: what this prints may end in somebody's log.
static void complain(struct batch *batch, enum prd_cli_message reason) {
  (void)prd_cli_fail(batch->cli, PRD_CLI_BATCH_LINE, batch->line, prd_cli_text(reason, batch->cli->language));
  batch->failed = true;
}

/// The pack for a line, opened at its first use; NULL after the error was printed. One that cannot be opened is not tried again.
static struct prd_cli_pack *pack_for(struct batch *batch, const char *institution) {
  // --pack is for every line, whatever institution the line names.
  const char *name = institution == NULL || batch->path != NULL ? "" : institution;
  size_t i = 0;
  while (i < batch->pack_count && strcmp(batch->packs[i].name, name) != 0) i++;
  if (i == batch->pack_count && i < PACKS_MAX && strlen(name) < NAME_MAX_BYTES) {
    (void)prd_cli_open_pack(batch->cli, batch->path, institution, &batch->packs[i].pack);
    memcpy(batch->packs[i].name, name, strlen(name) + 1);
    batch->pack_count++;
  }
  if (i < batch->pack_count && batch->packs[i].pack.pack != NULL) return &batch->packs[i].pack;
  complain(batch, PRD_CLI_BATCH_INSTITUTION);
  return NULL;
}

/// Text of a member: NULL in `*out` when it is absent or null. False when it is anything else than a whole string: a venue that cannot
/// be read must not be taken for the default one.
static bool text_member(const json_t *object, const char *key, const char **out) {
  const json_t *value = json_object_get(object, key);
  *out = json_string_value(value);
  if (value == NULL || json_is_null(value)) return true;
  return *out != NULL && strlen(*out) == json_string_length(value);
}

static void write_id(struct batch *batch, const json_t *id) {
  if (json_is_integer(id))
    prd_json_integer(&batch->writer, "id", json_integer_value(id));
  else if (json_is_string(id) && strlen(json_string_value(id)) == json_string_length(id))
    prd_json_string(&batch->writer, "id", json_string_value(id));
  else
    prd_json_null(&batch->writer, "id");
}

static bool named_before(const struct prd_verdict *verdict, size_t index) {
  for (size_t i = 0; i < index; i++) {
    if (strcmp(verdict->findings[i].category, verdict->findings[index].category) == 0) return true;
  }
  return false;
}

static void write_finding(struct prd_json_writer *writer, const struct prd_finding *finding) {
  prd_json_begin_object(writer, NULL);
  prd_reply_finding_facts(writer, finding);
  prd_json_integer(writer, "points", finding->points);
  prd_json_end_object(writer);
}

/// What the rules that are judged and not shown would have said.
struct shadow {
  const char *const *ids;
  size_t count;
};

static void write_shadow(struct prd_json_writer *writer, const struct shadow *shadow) {
  prd_json_begin_array(writer, "shadow");
  for (size_t i = 0; i < shadow->count; i++) prd_json_string(writer, NULL, shadow->ids[i]);
  prd_json_end_array(writer);
}

static void write_answer(struct batch *batch, const json_t *id, const struct prd_verdict *verdict,
                         const struct shadow *shadow) {
  struct prd_json_writer *writer = &batch->writer;
  prd_json_writer_reset(writer);
  prd_json_begin_object(writer, NULL);
  write_id(batch, id);
  prd_json_begin_array(writer, "categories");
  for (size_t i = 0; i < verdict->count; i++) {
    if (!named_before(verdict, i)) prd_json_string(writer, NULL, verdict->findings[i].category);
  }
  prd_json_end_array(writer);
  prd_json_string(writer, "severity", prd_severity_name(verdict->severity));
  prd_json_boolean(writer, "complete", verdict->complete);
  prd_json_begin_array(writer, "findings");
  for (size_t i = 0; i < verdict->count; i++) write_finding(writer, &verdict->findings[i]);
  prd_json_end_array(writer);
  if (batch->shadow) write_shadow(writer, shadow);
  prd_json_end_object(writer);
  if (writer->error == PRD_OK)
    (void)printf("%.*s\n", (int)writer->length_bytes, writer->bytes);
  else
    complain(batch, PRD_CLI_OUT_OF_MEMORY);
}

static void judge_line(struct batch *batch, const json_t *request) {
  const json_t *text = json_object_get(request, "text");
  struct prd_context context = batch->context;
  const char *venue, *account, *institution;
  if (!json_is_string(text)) {
    complain(batch, PRD_CLI_BATCH_TEXT);
    return;
  }
  if (!text_member(request, "venue", &venue) || (venue != NULL && !prd_venue_from_name(venue, &context.venue))) {
    complain(batch, PRD_CLI_BATCH_VENUE);
    return;
  }
  if (!text_member(request, "account", &account) ||
      (account != NULL && !prd_account_from_name(account, &context.account))) {
    complain(batch, PRD_CLI_BATCH_ACCOUNT);
    return;
  }
  if (!text_member(request, "institution", &institution)) {
    complain(batch, PRD_CLI_BATCH_INSTITUTION);
    return;
  }
  struct prd_cli_pack *pack = pack_for(batch, institution == NULL ? batch->institution : institution);
  if (pack == NULL) return;
  struct prd_verdict verdict;
  struct shadow shadow = {0};
  const char *utf8 = json_string_value(text);
  const size_t length = json_string_length(text);
  enum prd_error error = prd_judge_text(pack->judge, &batch->arena, utf8, length, &context, &verdict);
  if (error == PRD_OK && batch->shadow)
    error = prd_judge_shadow(pack->judge, &batch->arena, utf8, length, &context, &shadow.ids, &shadow.count);
  if (error == PRD_OK)
    write_answer(batch, json_object_get(request, "id"), &verdict, &shadow);
  else
    complain(batch, PRD_CLI_OUT_OF_MEMORY);
  prd_arena_reset(&batch->arena);
}

int prd_cli_batch(struct prd_cli *cli, const char *path, const char *institution, const struct prd_context *context,
                  bool shadow) {
  struct batch *batch = calloc(1, sizeof *batch);
  char *line = NULL;
  size_t capacity = 0;
  if (batch == NULL || prd_json_writer_open(&batch->writer, ANSWER_MAX_BYTES) != PRD_OK) {
    free(batch);
    return prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  }
  batch->cli = cli;
  batch->path = path;
  batch->institution = institution;
  batch->context = *context;
  batch->shadow = shadow;
  ssize_t length;
  errno = 0;
  while ((length = getline(&line, &capacity, stdin)) >= 0) {
    batch->line++;
    if (strspn(line, " \t\r\n") == (size_t)length) continue;
    json_t *request = json_loadb(line, (size_t)length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    if (json_is_object(request))
      judge_line(batch, request);
    else
      complain(batch, PRD_CLI_BATCH_NOT_JSON);
    json_decref(request);
  }
  if (ferror(stdin)) batch->failed = true;
  free(line);
  for (size_t i = 0; i < batch->pack_count; i++) prd_cli_close_pack(&batch->packs[i].pack);
  prd_json_writer_free(&batch->writer);
  prd_arena_free(&batch->arena);
  const bool failed = batch->failed;
  free(batch);
  return failed ? PRD_EXIT_ERROR : PRD_EXIT_CLEAN;
}
