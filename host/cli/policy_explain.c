// SPDX-License-Identifier: GPL-3.0-or-later
// prudence policy explain: every rule that came near a text, its points, and why it stayed silent.
#include <stdlib.h>
#include <string.h>

#include "cli/policy_tools.h"
#include "policy/explain.h"

/// How a pack is opened for explaining: as it judges, and with the rules that its policy leaves out.
struct subject {
  struct prd_cli_pack pack;
  struct prd_built wide; ///< nothing when only a built file is at hand
  struct prd_judge *wide_judge;
};

static const enum prd_cli_message reason_texts[PRD_SILENCE_COUNT] = {
    [PRD_SILENCE_POINTS] = PRD_CLI_EXPLAIN_POINTS,   [PRD_SILENCE_MISSING] = PRD_CLI_EXPLAIN_MISSING,
    [PRD_SILENCE_EXCUSED] = PRD_CLI_EXPLAIN_EXCUSED, [PRD_SILENCE_QUOTED] = PRD_CLI_EXPLAIN_QUOTED,
    [PRD_SILENCE_VENUE] = PRD_CLI_EXPLAIN_VENUE,     [PRD_SILENCE_ACCOUNT] = PRD_CLI_EXPLAIN_ACCOUNT,
    [PRD_SILENCE_SHADOW] = PRD_CLI_EXPLAIN_SHADOW,   [PRD_SILENCE_CATEGORY] = PRD_CLI_EXPLAIN_CATEGORY,
    [PRD_SILENCE_DOUBTED] = PRD_CLI_EXPLAIN_DOUBTED, [PRD_SILENCE_REPEATS] = PRD_CLI_EXPLAIN_REPEATS,
};

static bool holds(const struct prd_explained_rule *rule, enum prd_silence silence) {
  return ((rule->silence >> silence) & 1) != 0;
}

static void print_item(const struct prd_cli *cli, enum prd_cli_message message, const struct prd_explained_item *item) {
  prd_cli_print(cli, message, item->points, item->name, item->words);
}

static void print_reason(const struct prd_cli *cli, const struct prd_explained_rule *rule, enum prd_silence silence,
                         const struct prd_context *context) {
  switch (silence) {
  case PRD_SILENCE_MISSING:
    for (size_t i = 0; i < rule->missing_count; i++) prd_cli_print(cli, reason_texts[silence], rule->missing[i].name);
    return;
  case PRD_SILENCE_EXCUSED:
    for (size_t i = 0; i < rule->excuse_count; i++)
      prd_cli_print(cli, reason_texts[silence], rule->excuses[i].name, rule->excuses[i].words);
    return;
  case PRD_SILENCE_POINTS:
    prd_cli_print(cli, reason_texts[silence], rule->threshold - rule->points);
    return;
  case PRD_SILENCE_VENUE:
    prd_cli_print(cli, reason_texts[silence], prd_venue_name(context->venue));
    return;
  case PRD_SILENCE_ACCOUNT:
    prd_cli_print(cli, reason_texts[silence], prd_account_name(context->account));
    return;
  case PRD_SILENCE_CATEGORY:
    prd_cli_print(cli, reason_texts[silence], rule->category);
    return;
  default:
    prd_cli_print(cli, reason_texts[silence]);
  }
}

static void print_rule(const struct prd_cli *cli, const struct prd_explained_rule *rule, size_t number,
                       const struct prd_context *context) {
  prd_cli_print(cli, rule->silence == 0 ? PRD_CLI_EXPLAIN_SHOWN : PRD_CLI_EXPLAIN_SILENT, number, rule->rule_id,
                prd_severity_name(rule->severity), rule->points, rule->threshold, rule->match_count);
  for (size_t i = 0; i < rule->evidence_count; i++)
    print_item(cli, i == 0 ? PRD_CLI_EXPLAIN_MATCH : PRD_CLI_EXPLAIN_NEAR, &rule->evidence[i]);
  for (size_t s = 0; s < PRD_SILENCE_COUNT; s++) {
    if (holds(rule, (enum prd_silence)s)) print_reason(cli, rule, (enum prd_silence)s, context);
  }
}

static void print_model(const struct prd_cli *cli, const struct prd_explained_model *model) {
  const char *words = "";
  struct prd_arena arena = {0};
  for (size_t i = 0; i < model->word_count && words != NULL; i++)
    words = prd_arena_format(&arena, "%s%s%s", words, i == 0 ? "" : ", ", model->words[i]);
  prd_cli_print(cli, PRD_CLI_EXPLAIN_MODEL, model->category, model->percent, words == NULL ? "" : words,
                model->known ? "" : prd_cli_text(PRD_CLI_EXPLAIN_UNKNOWN_CATEGORY, cli->language));
  prd_arena_free(&arena);
}

static void print_all(const struct prd_cli *cli, const struct prd_explanation *explanation,
                      const struct prd_context *context) {
  if (explanation->rule_count == 0) prd_cli_print(cli, PRD_CLI_EXPLAIN_NOTHING);
  for (size_t i = 0; i < explanation->rule_count; i++) print_rule(cli, &explanation->rules[i], i + 1, context);
  for (size_t i = 0; i < explanation->identifier_count; i++) {
    const struct prd_explained_identifier *identifier = &explanation->identifiers[i];
    prd_cli_print(cli, identifier->own ? PRD_CLI_EXPLAIN_OWN : PRD_CLI_EXPLAIN_IDENTIFIER, identifier->kind,
                  identifier->words,
                  identifier->confirmed ? "" : prd_cli_text(PRD_CLI_EXPLAIN_UNCONFIRMED, cli->language));
  }
  for (size_t i = 0; i < explanation->metric_count; i++)
    prd_cli_print(cli, PRD_CLI_EXPLAIN_METRIC, explanation->metrics[i].name, explanation->metrics[i].value);
  for (size_t i = 0; i < explanation->model_count; i++) print_model(cli, &explanation->model[i]);
  if (!explanation->verdict.complete) prd_cli_print(cli, PRD_CLI_INCOMPLETE);
}

static void write_span(struct prd_json_writer *writer, struct prd_span span) {
  prd_json_begin_array(writer, "span");
  prd_json_integer(writer, NULL, span.begin_utf16);
  prd_json_integer(writer, NULL, span.end_utf16);
  prd_json_end_array(writer);
}

static void write_items(struct prd_json_writer *writer, const char *key, const struct prd_explained_item *items,
                        size_t count) {
  prd_json_begin_array(writer, key);
  for (size_t i = 0; i < count; i++) {
    prd_json_begin_object(writer, NULL);
    prd_json_string(writer, "name", items[i].name);
    prd_json_string(writer, "words", items[i].words);
    prd_json_integer(writer, "points", items[i].points);
    write_span(writer, items[i].span);
    prd_json_end_object(writer);
  }
  prd_json_end_array(writer);
}

static void write_rule(struct prd_json_writer *writer, const struct prd_explained_rule *rule) {
  prd_json_begin_object(writer, NULL);
  prd_json_string(writer, "rule", rule->rule_id);
  prd_json_string(writer, "category", rule->category);
  prd_json_string(writer, "severity", prd_severity_name(rule->severity));
  prd_json_string(writer, "clause", rule->clause);
  prd_json_boolean(writer, "shown", rule->silence == 0);
  prd_json_begin_array(writer, "silent");
  for (size_t s = 0; s < PRD_SILENCE_COUNT; s++) {
    if (holds(rule, (enum prd_silence)s)) prd_json_string(writer, NULL, prd_silence_name((enum prd_silence)s));
  }
  prd_json_end_array(writer);
  prd_json_integer(writer, "points", rule->points);
  prd_json_integer(writer, "threshold", rule->threshold);
  prd_json_integer(writer, "matches", (int64_t)rule->match_count);
  write_items(writer, "evidence", rule->evidence, rule->evidence_count);
  write_items(writer, "missing", rule->missing, rule->missing_count);
  write_items(writer, "excuses", rule->excuses, rule->excuse_count);
  prd_json_end_object(writer);
}

static void write_surroundings(struct prd_json_writer *writer, const struct prd_explanation *explanation) {
  prd_json_begin_array(writer, "identifiers");
  for (size_t i = 0; i < explanation->identifier_count; i++) {
    const struct prd_explained_identifier *identifier = &explanation->identifiers[i];
    prd_json_begin_object(writer, NULL);
    prd_json_string(writer, "kind", identifier->kind);
    prd_json_string(writer, "words", identifier->words);
    write_span(writer, identifier->span);
    prd_json_boolean(writer, "confirmed", identifier->confirmed);
    prd_json_boolean(writer, "own", identifier->own);
    prd_json_end_object(writer);
  }
  prd_json_end_array(writer);
  prd_json_begin_object(writer, "metrics");
  for (size_t i = 0; i < explanation->metric_count; i++)
    prd_json_integer(writer, explanation->metrics[i].name, explanation->metrics[i].value);
  prd_json_end_object(writer);
  prd_json_begin_array(writer, "model");
  for (size_t i = 0; i < explanation->model_count; i++) {
    const struct prd_explained_model *model = &explanation->model[i];
    prd_json_begin_object(writer, NULL);
    prd_json_string(writer, "category", model->category);
    prd_json_integer(writer, "percent", model->percent);
    prd_json_boolean(writer, "known", model->known);
    prd_json_begin_array(writer, "words");
    for (size_t w = 0; w < model->word_count; w++) prd_json_string(writer, NULL, model->words[w]);
    prd_json_end_array(writer);
    prd_json_end_object(writer);
  }
  prd_json_end_array(writer);
}

int prd_cli_print_json(struct prd_cli *cli, struct prd_json_writer *writer, int status) {
  const bool written = writer->error == PRD_OK;
  if (written) (void)printf("%.*s\n", (int)writer->length_bytes, writer->bytes);
  prd_json_writer_free(writer);
  return written ? status : prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
}

static int print_json(struct prd_cli *cli, const struct prd_explanation *explanation,
                      const struct prd_context *context) {
  struct prd_json_writer writer;
  if (prd_json_writer_open(&writer, PRD_CLI_JSON_MAX_BYTES) != PRD_OK) return prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  prd_json_begin_object(&writer, NULL);
  prd_json_string(&writer, "venue", prd_venue_name(context->venue));
  prd_json_string(&writer, "account", prd_account_name(context->account));
  prd_json_string(&writer, "severity", prd_severity_name(explanation->verdict.severity));
  prd_json_boolean(&writer, "complete", explanation->verdict.complete);
  prd_json_begin_array(&writer, "rules");
  for (size_t i = 0; i < explanation->rule_count; i++) write_rule(&writer, &explanation->rules[i]);
  prd_json_end_array(&writer);
  write_surroundings(&writer, explanation);
  prd_json_end_object(&writer);
  return prd_cli_print_json(cli, &writer, PRD_EXIT_CLEAN);
}

static int open_subject(struct prd_cli *cli, const char *path, const char *institution, struct subject *out) {
  *out = (struct subject){0};
  const int status = prd_cli_open_pack(cli, path, institution, &out->pack);
  if (status != PRD_EXIT_CLEAN || out->pack.mapped != NULL) return status;
  // The source is at hand: the shared rules that the policy leaves out can be told. What is wrong with it has been told.
  struct prd_problems problems = {.arena = &cli->arena};
  if (prd_pack_build_wide(path, &problems, &out->wide) == PRD_OK &&
      prd_judge_new(out->wide.pack, &out->wide_judge) != PRD_OK)
    return prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  return PRD_EXIT_CLEAN;
}

static void close_subject(struct subject *subject) {
  prd_judge_free(subject->wide_judge);
  prd_built_free(&subject->wide);
  prd_cli_close_pack(&subject->pack);
}

static int explain(struct prd_cli *cli, const struct subject *subject, const struct prd_context *context,
                   const char *text, bool json) {
  struct prd_explanation explanation;
  const enum prd_error error =
      prd_explain_text(subject->pack.judge, subject->wide_judge, &cli->arena, text, context, &explanation);
  if (error == PRD_ERROR_ENCODING) return prd_cli_fail(cli, PRD_CLI_NOT_UTF8);
  if (error != PRD_OK) return prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  if (json) return print_json(cli, &explanation, context);
  print_all(cli, &explanation, context);
  return PRD_EXIT_CLEAN;
}

int prd_cli_policy_explain(struct prd_cli *cli, int argc, char **argv) {
  const char *institution = NULL, *path = NULL, *venue = "personal", *account = "personal", *json = NULL, *text = NULL;
  const struct prd_cli_option options[] = {
      {"--institution", true, &institution}, {"--pack", true, &path},  {"--venue", true, &venue},
      {"--account", true, &account},         {"--json", false, &json},
  };
  size_t count;
  struct prd_context context;
  int status =
      prd_cli_options(cli, "policy explain", argc, argv, options, sizeof options / sizeof *options, &text, 1, &count);
  if (status == PRD_EXIT_CLEAN) status = prd_cli_context(cli, venue, account, &context);
  if (status != PRD_EXIT_CLEAN) return status;
  if (count == 0) return prd_cli_fail(cli, PRD_CLI_MISSING_ARGUMENT, "policy explain", "TEXTE / TEXT | -");
  struct subject subject;
  status = open_subject(cli, path, institution, &subject);
  char *input = NULL;
  if (status == PRD_EXIT_CLEAN && strcmp(text, "-") == 0) {
    text = input = prd_cli_read_text(cli);
    if (input == NULL) status = PRD_EXIT_ERROR;
  }
  if (status == PRD_EXIT_CLEAN) status = explain(cli, &subject, &context, text, json != NULL);
  free(input);
  close_subject(&subject);
  return status;
}
