// SPDX-License-Identifier: GPL-3.0-or-later
// prudence policy diff: what changes between two versions of a pack, rule by rule and post by post.
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cli/policy_tools.h"
#include "policy/explain.h"

enum { FILES_MAX = 32 };

/// How a post's change stands to its reference categories.
enum quality { QUALITY_NONE, QUALITY_BETTER, QUALITY_WORSE, QUALITY_NEITHER, QUALITY_COUNT };

struct diff {
  struct prd_cli *cli;
  struct prd_cli_pack packs[2]; ///< before, after
  struct prd_json_writer *json; ///< NULL: text
  const char *file;
  size_t line;
  struct prd_arena arena; ///< of one line
  size_t posts, skipped, changed, more, fewer, quality[QUALITY_COUNT], rules;
  bool failed;
};

/// One line of a corpus.
struct post {
  const char *text, *id;
  size_t length_bytes;
  struct prd_context context;
  const json_t *gold;        ///< array of categories, or NULL
  const char *gold_severity; ///< or NULL
};

static void complain(struct diff *diff, enum prd_cli_message reason) {
  (void)prd_cli_fail(diff->cli, PRD_CLI_FILE_LINE, diff->file, diff->line, prd_cli_text(reason, diff->cli->language));
  diff->failed = true;
}

static bool has_rule(const struct prd_verdict *verdict, const char *rule) {
  for (size_t i = 0; i < verdict->count; i++) {
    if (strcmp(verdict->findings[i].rule_id, rule) == 0) return true;
  }
  return false;
}

static bool has_category(const struct prd_verdict *verdict, size_t count, const char *category) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(verdict->findings[i].category, category) == 0) return true;
  }
  return false;
}

/// Categories of `a` that `b` does not have, each once.
static size_t categories_beyond(const struct prd_verdict *a, const struct prd_verdict *b) {
  size_t count = 0;
  for (size_t i = 0; i < a->count; i++) {
    const char *category = a->findings[i].category;
    count += !has_category(a, i, category) && !has_category(b, b->count, category);
  }
  return count;
}

static bool in_gold(const json_t *gold, const char *category) {
  for (size_t i = 0; i < json_array_size(gold); i++) {
    const char *name = json_string_value(json_array_get(gold, i));
    if (name != NULL && strcmp(name, category) == 0) return true;
  }
  return false;
}

/// Categories that are wrong or missing against the reference.
static size_t mistakes(const struct prd_verdict *verdict, const json_t *gold) {
  size_t count = 0;
  for (size_t i = 0; i < verdict->count; i++) {
    const char *category = verdict->findings[i].category;
    count += !has_category(verdict, i, category) && !in_gold(gold, category);
  }
  for (size_t i = 0; i < json_array_size(gold); i++) {
    const char *name = json_string_value(json_array_get(gold, i));
    count += name != NULL && !has_category(verdict, verdict->count, name);
  }
  return count;
}

/// Better or worse by categories first, then by severity where the row gives one.
static enum quality quality_of(const struct prd_verdict verdicts[2], const struct post *post) {
  if (post->gold == NULL) return QUALITY_NONE;
  size_t wrong[2];
  for (size_t v = 0; v < 2; v++) {
    const char *severity = prd_severity_name(verdicts[v].severity);
    wrong[v] = 2 * mistakes(&verdicts[v], post->gold);
    wrong[v] += post->gold_severity != NULL && strcmp(severity, post->gold_severity) != 0;
  }
  if (wrong[1] == wrong[0]) return QUALITY_NEITHER;
  return wrong[1] < wrong[0] ? QUALITY_BETTER : QUALITY_WORSE;
}

static const char *append(struct diff *diff, const char *list, const char *name) {
  const char *longer = prd_arena_format(&diff->arena, "%s%s%s", list, *list == '\0' ? "" : ", ", name);
  return longer == NULL ? list : longer;
}

/// "insult-defamation, obscene-porn (serious)", or "none".
static const char *describe(struct diff *diff, const struct prd_verdict *verdict) {
  const char *list = "";
  for (size_t i = 0; i < verdict->count; i++) {
    const char *category = verdict->findings[i].category;
    if (!has_category(verdict, i, category)) list = append(diff, list, category);
  }
  const char *severity = prd_severity_name(verdict->severity);
  if (verdict->count == 0) return severity;
  const char *whole = prd_arena_format(&diff->arena, "%s (%s)", list, severity);
  return whole == NULL ? list : whole;
}

static void print_rules(struct diff *diff, enum prd_cli_message message, const struct prd_verdict *a,
                        const struct prd_verdict *b) {
  const char *list = "";
  for (size_t i = 0; i < a->count; i++) {
    if (!has_rule(b, a->findings[i].rule_id)) list = append(diff, list, a->findings[i].rule_id);
  }
  if (*list != '\0') prd_cli_print(diff->cli, message, list);
}

static void print_change(struct diff *diff, const struct post *post, const struct prd_verdict verdicts[2],
                         enum quality quality) {
  static const enum prd_cli_message texts[] = {[QUALITY_BETTER] = PRD_CLI_DIFF_BETTER,
                                               [QUALITY_WORSE] = PRD_CLI_DIFF_WORSE,
                                               [QUALITY_NEITHER] = PRD_CLI_DIFF_NEITHER};
  prd_cli_print(diff->cli, PRD_CLI_DIFF_POST, diff->file, diff->line, post->id, describe(diff, &verdicts[0]),
                describe(diff, &verdicts[1]));
  print_rules(diff, PRD_CLI_DIFF_APPEARED, &verdicts[1], &verdicts[0]);
  print_rules(diff, PRD_CLI_DIFF_DISAPPEARED, &verdicts[0], &verdicts[1]);
  if (quality != QUALITY_NONE) prd_cli_print(diff->cli, texts[quality]);
}

static void write_verdict(struct prd_json_writer *json, const char *key, const struct prd_verdict *verdict) {
  prd_json_begin_object(json, key);
  prd_json_string(json, "severity", prd_severity_name(verdict->severity));
  prd_json_begin_array(json, "categories");
  for (size_t i = 0; i < verdict->count; i++) {
    const char *category = verdict->findings[i].category;
    if (!has_category(verdict, i, category)) prd_json_string(json, NULL, category);
  }
  prd_json_end_array(json);
  prd_json_end_object(json);
}

static void write_rules(struct prd_json_writer *json, const char *key, const struct prd_verdict *a,
                        const struct prd_verdict *b) {
  prd_json_begin_array(json, key);
  for (size_t i = 0; i < a->count; i++) {
    if (!has_rule(b, a->findings[i].rule_id)) prd_json_string(json, NULL, a->findings[i].rule_id);
  }
  prd_json_end_array(json);
}

static void write_change(struct diff *diff, const struct post *post, const struct prd_verdict verdicts[2],
                         enum quality quality) {
  static const char *const names[] = {
      [QUALITY_BETTER] = "better", [QUALITY_WORSE] = "worse", [QUALITY_NEITHER] = "neither"};
  struct prd_json_writer *json = diff->json;
  prd_json_begin_object(json, NULL);
  prd_json_string(json, "file", diff->file);
  prd_json_integer(json, "line", (int64_t)diff->line);
  prd_json_string(json, "id", post->id);
  write_verdict(json, "before", &verdicts[0]);
  write_verdict(json, "after", &verdicts[1]);
  write_rules(json, "appeared", &verdicts[1], &verdicts[0]);
  write_rules(json, "disappeared", &verdicts[0], &verdicts[1]);
  if (quality == QUALITY_NONE)
    prd_json_null(json, "gold");
  else
    prd_json_string(json, "gold", names[quality]);
  prd_json_end_object(json);
}

static void compare(struct diff *diff, const struct post *post) {
  struct prd_verdict verdicts[2];
  for (size_t v = 0; v < 2; v++) {
    const enum prd_error error = prd_judge_text(diff->packs[v].judge, &diff->arena, post->text, post->length_bytes,
                                                &post->context, &verdicts[v]);
    if (error != PRD_OK) {
      complain(diff, error == PRD_ERROR_ENCODING ? PRD_CLI_NOT_UTF8 : PRD_CLI_OUT_OF_MEMORY);
      return;
    }
  }
  diff->posts++;
  const size_t more = categories_beyond(&verdicts[1], &verdicts[0]),
               fewer = categories_beyond(&verdicts[0], &verdicts[1]);
  if (more == 0 && fewer == 0 && verdicts[0].severity == verdicts[1].severity) return;
  const enum quality quality = quality_of(verdicts, post);
  diff->changed++;
  diff->more += verdicts[0].count == 0;
  diff->fewer += verdicts[1].count == 0;
  diff->quality[quality]++;
  if (diff->json != NULL)
    write_change(diff, post, verdicts, quality);
  else
    print_change(diff, post, verdicts, quality);
}

static const char *id_of(struct diff *diff, const json_t *id) {
  if (json_is_string(id)) return json_string_value(id);
  const char *number =
      json_is_integer(id) ? prd_arena_format(&diff->arena, "%lld", (long long)json_integer_value(id)) : NULL;
  return number == NULL ? "" : number;
}

/// Text of an optional member, `fallback` when it is absent; NULL when it is something else than a text.
static const char *text_of(const json_t *object, const char *key, const char *fallback) {
  const json_t *value = json_object_get(object, key);
  return value == NULL || json_is_null(value) ? fallback : json_string_value(value);
}

static void read_post(struct diff *diff, const json_t *row) {
  const char *id = prd_pack_identity(diff->packs[1].pack)->id;
  const char *institution = text_of(row, "institution", id), *venue = text_of(row, "venue", "personal"),
             *account = text_of(row, "account", "personal");
  const json_t *text = json_object_get(row, "text"), *gold = json_object_get(row, "categories");
  struct post post = {.text = json_string_value(text),
                      .length_bytes = json_string_length(text),
                      .id = id_of(diff, json_object_get(row, "id")),
                      .gold = json_is_array(gold) ? gold : NULL,
                      .gold_severity = json_string_value(json_object_get(row, "severity"))};
  if (institution != NULL && strcmp(institution, id) != 0)
    diff->skipped++;
  else if (post.text == NULL)
    complain(diff, PRD_CLI_BATCH_TEXT);
  else if (institution == NULL)
    complain(diff, PRD_CLI_BATCH_INSTITUTION);
  else if (venue == NULL || !prd_venue_from_name(venue, &post.context.venue))
    complain(diff, PRD_CLI_BATCH_VENUE);
  else if (account == NULL || !prd_account_from_name(account, &post.context.account))
    complain(diff, PRD_CLI_BATCH_ACCOUNT);
  else
    compare(diff, &post);
}

static void read_corpus(struct diff *diff, const char *path) {
  FILE *stream = fopen(path, "rbe");
  if (stream == NULL) {
    (void)prd_cli_fail(diff->cli, PRD_CLI_CANNOT_READ, path, strerror(errno));
    diff->failed = true;
    return;
  }
  diff->file = path;
  diff->line = 0;
  char *line = NULL;
  size_t capacity = 0;
  ssize_t length;
  errno = 0;
  while ((length = getline(&line, &capacity, stream)) >= 0) {
    diff->line++;
    if (strspn(line, " \t\r\n") == (size_t)length) continue;
    json_t *row = json_loadb(line, (size_t)length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    if (json_is_object(row))
      read_post(diff, row);
    else
      complain(diff, PRD_CLI_BATCH_NOT_JSON);
    json_decref(row);
    prd_arena_reset(&diff->arena);
  }
  if (ferror(stream)) { // a folder, for one
    (void)prd_cli_fail(diff->cli, PRD_CLI_CANNOT_READ, path, strerror(errno));
    diff->failed = true;
  }
  free(line);
  (void)fclose(stream);
}

static bool find_rule(const struct prd_pack *pack, const char *id, struct prd_rule_summary *out) {
  for (size_t i = 0; i < prd_pack_rule_count(pack); i++) {
    *out = prd_pack_rule(pack, i);
    if (strcmp(out->id, id) == 0) return true;
  }
  return false;
}

static void tell_rule(struct diff *diff, const char *what, const char *rule, const char *member, const char *before,
                      const char *after) {
  diff->rules++;
  if (diff->json == NULL) {
    if (member != NULL)
      prd_cli_print(diff->cli, PRD_CLI_DIFF_RULE_CHANGED, rule, member, before, after);
    else
      prd_cli_print(diff->cli, *what == 'a' ? PRD_CLI_DIFF_RULE_ADDED : PRD_CLI_DIFF_RULE_REMOVED, rule);
    return;
  }
  prd_json_begin_object(diff->json, NULL);
  prd_json_string(diff->json, "change", what);
  prd_json_string(diff->json, "rule", rule);
  if (member != NULL) {
    prd_json_string(diff->json, "member", member);
    prd_json_string(diff->json, "before", before);
    prd_json_string(diff->json, "after", after);
  }
  prd_json_end_object(diff->json);
}

static void compare_rule(struct diff *diff, const struct prd_rule_summary *before,
                         const struct prd_rule_summary *after) {
  const char *thresholds[2] = {prd_arena_format(&diff->arena, "%d", before->threshold),
                               prd_arena_format(&diff->arena, "%d", after->threshold)};
  if (before->severity != after->severity)
    tell_rule(diff, "changed", after->id, "severity", prd_severity_name(before->severity),
              prd_severity_name(after->severity));
  if (before->shadow != after->shadow)
    tell_rule(diff, "changed", after->id, "state", before->shadow ? "shadow" : "on", after->shadow ? "shadow" : "on");
  if (strcmp(before->category, after->category) != 0)
    tell_rule(diff, "changed", after->id, "category", before->category, after->category);
  if (before->threshold != after->threshold && thresholds[0] != NULL && thresholds[1] != NULL)
    tell_rule(diff, "changed", after->id, "threshold", thresholds[0], thresholds[1]);
}

static void compare_packs(struct diff *diff) {
  const struct prd_pack *old = diff->packs[0].pack, *new = diff->packs[1].pack;
  struct prd_rule_summary before, after;
  for (size_t i = 0; i < prd_pack_rule_count(new); i++) {
    after = prd_pack_rule(new, i);
    if (find_rule(old, after.id, &before))
      compare_rule(diff, &before, &after);
    else
      tell_rule(diff, "added", after.id, NULL, NULL, NULL);
  }
  for (size_t i = 0; i < prd_pack_rule_count(old); i++) {
    before = prd_pack_rule(old, i);
    if (!find_rule(new, before.id, &after)) tell_rule(diff, "removed", before.id, NULL, NULL, NULL);
  }
}

static size_t with_gold(const struct diff *diff) {
  return diff->changed - diff->quality[QUALITY_NONE];
}

static void write_totals(struct diff *diff) {
  static const char *const names[] = {"posts", "skipped", "changed", "more",   "fewer",
                                      "gold",  "better",  "worse",   "neither"};
  const size_t values[] = {diff->posts,
                           diff->skipped,
                           diff->changed,
                           diff->more,
                           diff->fewer,
                           with_gold(diff),
                           diff->quality[QUALITY_BETTER],
                           diff->quality[QUALITY_WORSE],
                           diff->quality[QUALITY_NEITHER]};
  prd_json_begin_object(diff->json, "totals");
  for (size_t i = 0; i < sizeof values / sizeof *values; i++)
    prd_json_integer(diff->json, names[i], (int64_t)values[i]);
  prd_json_end_object(diff->json);
}

static void print_totals(const struct diff *diff) {
  prd_cli_print(diff->cli, PRD_CLI_DIFF_TOTAL, diff->posts, diff->skipped, diff->changed, diff->more, diff->fewer);
  if (with_gold(diff) != 0)
    prd_cli_print(diff->cli, PRD_CLI_DIFF_GOLD, with_gold(diff), diff->quality[QUALITY_BETTER],
                  diff->quality[QUALITY_WORSE], diff->quality[QUALITY_NEITHER]);
}

/// Rules, then posts, then totals.
static int report(struct diff *diff, const char *const *files, size_t file_count) {
  struct prd_json_writer *json = diff->json;
  if (json != NULL) {
    prd_json_begin_object(json, NULL);
    prd_json_begin_array(json, "rules");
  }
  compare_packs(diff);
  if (json != NULL) {
    prd_json_end_array(json);
    prd_json_begin_array(json, "posts");
  }
  for (size_t i = 0; i < file_count; i++) read_corpus(diff, files[i]);
  const int status = diff->failed                             ? PRD_EXIT_ERROR
                     : diff->changed != 0 || diff->rules != 0 ? PRD_EXIT_FOUND
                                                              : PRD_EXIT_CLEAN;
  if (json == NULL) {
    print_totals(diff);
    return status;
  }
  prd_json_end_array(json);
  write_totals(diff);
  prd_json_end_object(json);
  return prd_cli_print_json(diff->cli, json, status);
}

static int open_both(struct diff *diff, const char *const *paths) {
  for (size_t i = 0; i < 2; i++) {
    const int status = prd_cli_open_pack(diff->cli, paths[i], NULL, &diff->packs[i]);
    if (status != PRD_EXIT_CLEAN) return status;
  }
  const char *ids[2] = {prd_pack_identity(diff->packs[0].pack)->id, prd_pack_identity(diff->packs[1].pack)->id};
  return strcmp(ids[0], ids[1]) == 0 ? PRD_EXIT_CLEAN : prd_cli_fail(diff->cli, PRD_CLI_DIFF_IDS, ids[0], ids[1]);
}

int prd_cli_policy_diff(struct prd_cli *cli, int argc, char **argv) {
  const char *json = NULL, *corpus = NULL, *arguments[FILES_MAX + 2];
  const struct prd_cli_option options[] = {{"--corpus", true, &corpus}, {"--json", false, &json}};
  size_t count;
  int status = prd_cli_options(cli, "policy diff", argc, argv, options, 2, arguments, FILES_MAX + 2, &count);
  if (status != PRD_EXIT_CLEAN) return status;
  if (count < 2) return prd_cli_fail(cli, PRD_CLI_MISSING_ARGUMENT, "policy diff", "ANCIEN NOUVEAU / OLD NEW");
  if (corpus == NULL) return prd_cli_fail(cli, PRD_CLI_MISSING_ARGUMENT, "policy diff", "--corpus FICHIER / FILE");
  struct diff diff = {.cli = cli};
  struct prd_json_writer writer;
  status = open_both(&diff, arguments);
  if (status == PRD_EXIT_CLEAN && json != NULL) {
    if (prd_json_writer_open(&writer, PRD_CLI_JSON_MAX_BYTES) != PRD_OK)
      status = prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
    diff.json = &writer;
  }
  arguments[1] = corpus; // the corpus, then the files behind it
  if (status == PRD_EXIT_CLEAN) status = report(&diff, arguments + 1, count - 1);
  for (size_t i = 0; i < 2; i++) prd_cli_close_pack(&diff.packs[i]);
  prd_arena_free(&diff.arena);
  return status;
}
