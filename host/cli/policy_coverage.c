// SPDX-License-Identifier: GPL-3.0-or-later
// prudence policy coverage: each statement of the policies, and what carries it.
#include <errno.h>
#include <string.h>

#include "cli/policy_coverage.h"

static const char *message_of(const struct prd_cli *cli, enum prd_cli_message message) {
  return prd_cli_text(message, cli->language);
}

static void print_pack(const struct prd_cli *cli, const struct prd_coverage_pack *pack) {
  size_t all[2] = {0, 0};
  for (size_t c = 0; c < PRD_CARRIER_COUNT; c++) {
    const size_t done = prd_coverage_count(pack, (enum prd_carrier)c, false);
    const size_t planned = prd_coverage_count(pack, (enum prd_carrier)c, true);
    all[0] += done;
    all[1] += planned;
    prd_cli_print(cli, PRD_CLI_COVERAGE_ROW, pack->source->id, prd_carrier_name(c), done, planned);
  }
  prd_cli_print(cli, PRD_CLI_COVERAGE_ROW, pack->source->id, "=", all[0], all[1]);
}

static void print_table(const struct prd_cli *cli, const struct prd_coverage *coverage) {
  prd_cli_print(cli, PRD_CLI_COVERAGE_HEAD, "", "", message_of(cli, PRD_CLI_COVERAGE_DONE),
                message_of(cli, PRD_CLI_COVERAGE_PLANNED));
  for (size_t p = 0; p < coverage->pack_count; p++) print_pack(cli, &coverage->packs[p]);
}

static void write_names(struct prd_json_writer *json, const char *key, const char *const *names, size_t count) {
  prd_json_begin_array(json, key);
  for (size_t i = 0; i < count; i++) prd_json_string(json, NULL, names[i]);
  prd_json_end_array(json);
}

static void write_row(struct prd_json_writer *json, const struct prd_coverage_row *row) {
  prd_json_begin_object(json, NULL);
  prd_json_string(json, "statement", row->statement);
  prd_json_bilingual(json, "summary", &row->summary);
  prd_json_string(json, "carrier", prd_carrier_name(row->carrier));
  write_names(json, "by", row->by, row->by_count);
  prd_json_string(json, "state", row->planned ? "planned" : "done");
  prd_json_bilingual(json, "reason", &row->reason);
  prd_json_string(json, "clause", row->clause);
  prd_json_end_object(json);
}

static void write_pack(struct prd_json_writer *json, const struct prd_coverage_pack *pack) {
  prd_json_begin_object(json, NULL);
  prd_json_string(json, "id", pack->source->id);
  prd_json_begin_object(json, "carriers");
  for (size_t c = 0; c < PRD_CARRIER_COUNT; c++) {
    prd_json_begin_object(json, prd_carrier_name(c));
    prd_json_integer(json, "done", (int64_t)prd_coverage_count(pack, (enum prd_carrier)c, false));
    prd_json_integer(json, "planned", (int64_t)prd_coverage_count(pack, (enum prd_carrier)c, true));
    prd_json_end_object(json);
  }
  prd_json_end_object(json);
  write_names(json, "unclaimed", pack->unclaimed, pack->unclaimed_count);
  prd_json_begin_array(json, "statements");
  for (size_t i = 0; i < pack->row_count; i++) write_row(json, &pack->rows[i]);
  prd_json_end_array(json);
  prd_json_end_object(json);
}

static void write_coverage(struct prd_json_writer *json, const struct prd_coverage *coverage, bool complete) {
  prd_json_begin_array(json, "packs");
  for (size_t p = 0; p < coverage->pack_count; p++) write_pack(json, &coverage->packs[p]);
  prd_json_end_array(json);
  if (coverage->statements != NULL) {
    prd_json_begin_object(json, "against");
    prd_json_integer(json, "found", (int64_t)coverage->found);
    prd_json_integer(json, "expected", (int64_t)coverage->expected);
    prd_json_end_object(json);
  }
  prd_json_boolean(json, "complete", complete);
}

static int report_json(struct prd_cli *cli, const struct prd_coverage *coverage, bool examples, int status) {
  struct prd_json_writer json;
  if (prd_json_writer_open(&json, PRD_CLI_JSON_MAX_BYTES) != PRD_OK) return prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  prd_json_begin_object(&json, NULL);
  write_coverage(&json, coverage, status == PRD_EXIT_CLEAN);
  if (examples && prd_coverage_run_examples(cli, coverage, &json) != PRD_EXIT_CLEAN) {
    prd_json_writer_free(&json);
    return PRD_EXIT_ERROR;
  }
  prd_json_end_object(&json);
  return prd_cli_print_json(cli, &json, status);
}

static int report_text(struct prd_cli *cli, const struct prd_coverage *coverage, bool examples, int status) {
  print_table(cli, coverage);
  if (coverage->statements != NULL) (void)printf("%zu / %zu\n", coverage->found, coverage->expected);
  if (examples && prd_coverage_run_examples(cli, coverage, NULL) != PRD_EXIT_CLEAN) return PRD_EXIT_ERROR;
  return status;
}

int prd_cli_policy_coverage(struct prd_cli *cli, int argc, char **argv) {
  const char *path = NULL, *against = NULL, *json = NULL, *html = NULL, *examples = NULL;
  const struct prd_cli_option options[] = {{"--against", true, &against},
                                           {"--json", false, &json},
                                           {"--html", true, &html},
                                           {"--examples", false, &examples}};
  size_t count;
  int status =
      prd_cli_options(cli, "policy coverage", argc, argv, options, sizeof options / sizeof *options, &path, 1, &count);
  if (status != PRD_EXIT_CLEAN) return status;
  if (count == 0) return prd_cli_fail(cli, PRD_CLI_MISSING_ARGUMENT, "policy coverage", "DOSSIERS / FOLDERS");
  if (examples != NULL && against == NULL)
    return prd_cli_fail(cli, PRD_CLI_MISSING_ARGUMENT, "policy coverage --examples", "--against FICHIER / FILE");
  struct prd_problems problems = {.arena = &cli->arena};
  struct prd_coverage coverage;
  const bool some = prd_coverage_read(path, &problems, &coverage);
  if (some && against != NULL) prd_coverage_against(&coverage, against, &problems);
  prd_cli_print_problems(cli, &problems);
  if (problems.out_of_memory) return prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  if (!some || (against != NULL && coverage.statements == NULL)) return PRD_EXIT_ERROR;
  if (problems.error_count != 0) {
    (void)prd_cli_fail(cli, PRD_CLI_POLICY_FAILED, path, problems.error_count);
    status = PRD_EXIT_FOUND;
  }
  if (html != NULL && prd_coverage_write_html(&coverage, html) != PRD_OK)
    return prd_cli_fail(cli, PRD_CLI_CANNOT_WRITE, html, strerror(errno));
  return json != NULL ? report_json(cli, &coverage, examples != NULL, status)
                      : report_text(cli, &coverage, examples != NULL, status);
}
