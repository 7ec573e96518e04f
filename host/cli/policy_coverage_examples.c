// SPDX-License-Identifier: GPL-3.0-or-later
// The examples of the statements that a rule carries, judged with the pack of their institution and the context that they name.
#include <string.h>

#include "cli/policy_coverage.h"
#include "policy/source_members.h"
#include "text/fold.h"

struct tally {
  size_t expected, right;
};

/// What one example does wrong, or why it was not tried.
struct failure {
  const char *what; ///< for JSON: skipped, silent or fires
  enum prd_cli_message message;
  const char *text, *rule;
};

struct runner {
  struct prd_cli *cli;
  const struct prd_coverage *coverage;
  struct prd_json_writer *json; ///< NULL: text
  struct prd_cli_pack pack;     ///< of the institution at hand
  struct prd_arena arena;       ///< of one statement
  struct failure *failures;     ///< of one statement
  size_t failure_count, failure_capacity;
  struct tally totals[2]; ///< clean, violating
  size_t skipped;
  bool failed;
};

/// What a bracket says, as its folded words are found: the first that fits decides the venue.
static const struct {
  const char *words;
  enum prd_venue venue;
} venues[] = {
    {"page personnelle", PRD_VENUE_PERSONAL},
    {"personal page", PRD_VENUE_PERSONAL},
    {"page officielle", PRD_VENUE_OFFICIAL_PAGE},
    {"compte officiel", PRD_VENUE_OFFICIAL_PAGE},
    {"plateforme officielle", PRD_VENUE_OFFICIAL_PAGE},
    {"page du chu", PRD_VENUE_OFFICIAL_PAGE},
    {"official page", PRD_VENUE_OFFICIAL_PAGE},
    {"official account", PRD_VENUE_OFFICIAL_PAGE},
    {"groupe", PRD_VENUE_WORK_GROUP},
    {"group", PRD_VENUE_WORK_GROUP},
};

/// What no text shows.
static const char *const unseen[] = {"image", "photo",   "capture", "video",     "piece jointe", "heure",
                                     "hour",  "clic",    "click",   "aime",      "like",         "partage",
                                     "share", "retweet", "picture", "screenshot"};

static bool any_of(const char *text, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (strstr(text, words[i]) != NULL) return true;
  }
  return false;
}

/// Reads "[page officielle, réponse] …": the context, and where the text itself begins. False when the bracket speaks of something
/// that a text does not show.
static bool read_bracket(struct runner *runner, const char **text, struct prd_context *context) {
  *context = (struct prd_context){.venue = PRD_VENUE_PERSONAL, .account = PRD_ACCOUNT_PERSONAL};
  const char *end = **text == '[' ? strchr(*text, ']') : NULL;
  struct prd_folded folded;
  if (end == NULL) return true;
  if (prd_fold_text(&runner->arena, *text + 1, (size_t)(end - *text - 1), &folded) != PRD_OK) return false;
  *text = end + 1 + strspn(end + 1, " ");
  if (any_of(folded.bytes, unseen, sizeof unseen / sizeof *unseen)) return false;
  for (size_t i = 0; i < sizeof venues / sizeof *venues; i++) {
    if (strstr(folded.bytes, venues[i].words) == NULL) continue;
    context->venue = venues[i].venue;
    break;
  }
  // Who answers in the name of the page is the institution.
  const char *const answers[] = {"reponse", "reply", "answer"};
  if (context->venue == PRD_VENUE_OFFICIAL_PAGE && any_of(folded.bytes, answers, 3))
    context->account = PRD_ACCOUNT_OFFICIAL;
  return true;
}

static void add_failure(struct runner *runner, const char *what, enum prd_cli_message message, const char *text,
                        const char *rule) {
  struct failure *failures = prd_arena_grow(&runner->arena, runner->failures, runner->failure_count,
                                            &runner->failure_capacity, sizeof *failures);
  if (failures == NULL) {
    runner->failed = true;
    return;
  }
  runner->failures = failures;
  failures[runner->failure_count++] = (struct failure){what, message, text, rule};
}

/// Judges one example; what it does wrong is told.
static void run_example(struct runner *runner, const char *whole, bool violating, struct tally *tally) {
  struct prd_context context;
  struct prd_verdict verdict;
  const char *text = whole;
  if (!read_bracket(runner, &text, &context)) {
    runner->skipped++;
    add_failure(runner, "skipped", PRD_CLI_EXAMPLE_SKIPPED, whole, "");
    return;
  }
  if (prd_judge_text(runner->pack.judge, &runner->arena, text, strlen(text), &context, &verdict) != PRD_OK) {
    runner->failed = true;
    return;
  }
  const bool right = violating == (verdict.count != 0);
  tally->expected++;
  tally->right += right;
  runner->totals[violating].expected++;
  runner->totals[violating].right += right;
  if (right) return;
  if (violating)
    add_failure(runner, "silent", PRD_CLI_EXAMPLE_SILENT, whole, "");
  else
    add_failure(runner, "fires", PRD_CLI_EXAMPLE_FIRES, whole, verdict.findings[0].rule_id);
}

static void run_list(struct runner *runner, const struct prd_node *statement, const char *key, bool violating,
                     struct tally *tally) {
  const struct prd_node *list = prd_node_member(statement, key);
  for (size_t i = 0; list != NULL && i < list->count; i++) {
    if (list->children[i].type == PRD_NODE_STRING) run_example(runner, list->children[i].text, violating, tally);
  }
}

static void write_statement(struct runner *runner, const char *id, const struct tally tallies[2]) {
  struct prd_json_writer *json = runner->json;
  prd_json_begin_object(json, NULL);
  prd_json_string(json, "statement", id);
  prd_json_integer(json, "violating_found", (int64_t)tallies[1].right);
  prd_json_integer(json, "violating", (int64_t)tallies[1].expected);
  prd_json_integer(json, "clean_silent", (int64_t)tallies[0].right);
  prd_json_integer(json, "clean", (int64_t)tallies[0].expected);
  prd_json_begin_array(json, "problems");
  for (size_t i = 0; i < runner->failure_count; i++) {
    prd_json_begin_object(json, NULL);
    prd_json_string(json, "problem", runner->failures[i].what);
    prd_json_string(json, "text", runner->failures[i].text);
    prd_json_string(json, "rule", runner->failures[i].rule);
    prd_json_end_object(json);
  }
  prd_json_end_array(json);
  prd_json_end_object(json);
}

static void print_statement(const struct runner *runner, const char *id, const struct tally tallies[2]) {
  prd_cli_print(runner->cli, PRD_CLI_EXAMPLE_STATEMENT, id, tallies[1].right, tallies[1].expected, tallies[0].right,
                tallies[0].expected);
  for (size_t i = 0; i < runner->failure_count; i++)
    prd_cli_print(runner->cli, runner->failures[i].message, runner->failures[i].text, runner->failures[i].rule);
}

static void run_statement(struct runner *runner, const struct prd_node *statement) {
  struct tally tallies[2] = {{0}, {0}};
  const char *id = prd_members_text(statement, "id", "");
  run_list(runner, statement, "examples_violating", true, &tallies[1]);
  run_list(runner, statement, "examples_ok", false, &tallies[0]);
  if (runner->json != NULL)
    write_statement(runner, id, tallies);
  else
    print_statement(runner, id, tallies);
  runner->failures = NULL;
  runner->failure_count = runner->failure_capacity = 0;
  prd_arena_reset(&runner->arena);
}

/// Whether a statement asks for a rule and has one.
static bool is_carried(const struct prd_coverage_pack *pack, const struct prd_node *statement) {
  if (strcmp(prd_members_text(statement, "implementation", ""), "text-rule") != 0) return false;
  if (strcmp(prd_members_text(statement, "institution", ""), pack->source->id) != 0) return false;
  const struct prd_coverage_row *row = prd_coverage_find(pack, prd_members_text(statement, "id", ""));
  return row != NULL && row->carrier == PRD_CARRIER_RULE;
}

static int run_pack(struct runner *runner, const struct prd_coverage_pack *pack) {
  const int status = prd_cli_open_pack(runner->cli, pack->folder, NULL, &runner->pack);
  if (status != PRD_EXIT_CLEAN) return status;
  const struct prd_node *statements = runner->coverage->statements;
  for (size_t i = 0; i < statements->count; i++) {
    if (is_carried(pack, &statements->children[i])) run_statement(runner, &statements->children[i]);
  }
  prd_cli_close_pack(&runner->pack);
  return PRD_EXIT_CLEAN;
}

static void finish(struct runner *runner) {
  const struct tally *clean = &runner->totals[0], *violating = &runner->totals[1];
  if (runner->json == NULL) {
    prd_cli_print(runner->cli, PRD_CLI_EXAMPLE_TOTAL, violating->right, violating->expected, clean->right,
                  clean->expected, runner->skipped);
    return;
  }
  prd_json_end_array(runner->json);
  prd_json_begin_object(runner->json, "examples_total");
  prd_json_integer(runner->json, "violating_found", (int64_t)violating->right);
  prd_json_integer(runner->json, "violating", (int64_t)violating->expected);
  prd_json_integer(runner->json, "clean_silent", (int64_t)clean->right);
  prd_json_integer(runner->json, "clean", (int64_t)clean->expected);
  prd_json_integer(runner->json, "skipped", (int64_t)runner->skipped);
  prd_json_end_object(runner->json);
}

int prd_coverage_run_examples(struct prd_cli *cli, const struct prd_coverage *coverage, struct prd_json_writer *json) {
  struct runner runner = {.cli = cli, .coverage = coverage, .json = json};
  int status = PRD_EXIT_CLEAN;
  if (json != NULL) prd_json_begin_array(json, "examples");
  for (size_t p = 0; p < coverage->pack_count && status == PRD_EXIT_CLEAN; p++)
    status = run_pack(&runner, &coverage->packs[p]);
  if (status == PRD_EXIT_CLEAN && runner.failed) status = prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  if (status == PRD_EXIT_CLEAN) finish(&runner);
  prd_arena_free(&runner.arena);
  return status;
}
