// SPDX-License-Identifier: GPL-3.0-or-later
// prudence policy: for whoever writes rules.
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/policy_tools.h"

enum { FOLDERS_MAX = 32 };

void prd_cli_print_problems(const struct prd_cli *cli, const struct prd_problems *problems) {
  for (size_t i = 0; i < problems->count; i++) {
    const struct prd_problem *problem = &problems->items[i];
    const char *rule = problem->rule == NULL ? "" : problem->rule;
    // clang-format off
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    char *where = prd_arena_format(problems->arena, prd_cli_text(PRD_CLI_PROBLEM, cli->language), problem->file, problem->line, problem->column,
                  problem->warning ? prd_cli_text(PRD_CLI_WARNING, cli->language) : "",
                  *rule == '\0' ? "" : prd_cli_text(PRD_CLI_RULE, cli->language), rule,
                  *rule == '\0' ? "" : (cli->language == PRD_ENGLISH ? ": " : " : "));
#pragma GCC diagnostic pop
    // clang-format on
    prd_cli_write(stderr, where == NULL ? "" : where);
    prd_cli_write(stderr, prd_in(&problem->text, cli->language));
    (void)fputc('\n', stderr);
  }
}

/// Builds one pack and says how it went; the built pack is the caller's.
static int build_one(struct prd_cli *cli, const char *folder, bool lint, struct prd_built *built) {
  struct prd_problems problems = {.arena = &cli->arena};
  enum prd_error error = prd_cli_build(cli, folder, lint, NULL, &problems, built);
  (void)fflush(stdout);
  prd_cli_print_problems(cli, &problems);
  if (error == PRD_ERROR_MEMORY) return prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  if (error != PRD_OK) {
    (void)prd_cli_fail(cli, PRD_CLI_POLICY_FAILED, folder, problems.error_count);
    return PRD_EXIT_FOUND;
  }
  prd_cli_print(cli, PRD_CLI_POLICY_PASSED, folder, built->counts.rules, built->counts.clauses, built->counts.words,
                built->counts.examples_match, built->counts.examples_clean);
  return PRD_EXIT_CLEAN;
}

static int test_all(struct prd_cli *cli, bool lint, int argc, char **argv) {
  const char *folders[FOLDERS_MAX];
  size_t count;
  int status =
      prd_cli_options(cli, lint ? "policy lint" : "policy test", argc, argv, NULL, 0, folders, FOLDERS_MAX, &count);
  if (status != PRD_EXIT_CLEAN) return status;
  if (count == 0) return prd_cli_fail(cli, PRD_CLI_MISSING_ARGUMENT, "policy", "DOSSIER / FOLDER");
  for (size_t i = 0; i < count; i++) {
    struct prd_built built;
    const int one = build_one(cli, folders[i], lint, &built);
    if (one > status) status = one;
    prd_built_free(&built);
  }
  return status;
}

static int test(struct prd_cli *cli, int argc, char **argv) {
  return test_all(cli, false, argc, argv);
}

static int lint(struct prd_cli *cli, int argc, char **argv) {
  return test_all(cli, true, argc, argv);
}

static int build(struct prd_cli *cli, int argc, char **argv) {
  const char *folder = NULL, *output = NULL;
  const struct prd_cli_option options[] = {{"-o", true, &output}};
  size_t count;
  int status = prd_cli_options(cli, "policy build", argc, argv, options, 1, &folder, 1, &count);
  if (status != PRD_EXIT_CLEAN) return status;
  if (count == 0) return prd_cli_fail(cli, PRD_CLI_MISSING_ARGUMENT, "policy build", "DOSSIER / FOLDER");
  if (output == NULL) return prd_cli_fail(cli, PRD_CLI_MISSING_ARGUMENT, "policy build", "-o FICHIER / FILE");
  struct prd_built built;
  status = build_one(cli, folder, false, &built);
  if (status == PRD_EXIT_CLEAN && prd_built_write(&built, output) != PRD_OK)
    status = prd_cli_fail(cli, PRD_CLI_CANNOT_WRITE, output, strerror(errno));
  if (status == PRD_EXIT_CLEAN) prd_cli_print(cli, PRD_CLI_POLICY_BUILT, output, built.size_bytes);
  prd_built_free(&built);
  return status;
}

int prd_cli_policy(struct prd_cli *cli, int argc, char **argv) {
  static const struct {
    const char *name;
    int (*run)(struct prd_cli *cli, int argc, char **argv);
  } actions[] = {{"test", test},
                 {"lint", lint},
                 {"build", build},
                 {"explain", prd_cli_policy_explain},
                 {"coverage", prd_cli_policy_coverage},
                 {"diff", prd_cli_policy_diff},
                 {"import-document", prd_cli_policy_import}};
  if (argc == 0) return prd_cli_fail(cli, PRD_CLI_MISSING_ARGUMENT, "policy", "ACTION");
  for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
    if (strcmp(argv[0], actions[i].name) == 0) return actions[i].run(cli, argc - 1, argv + 1);
  }
  return prd_cli_fail(cli, PRD_CLI_BAD_VALUE, "policy", argv[0],
                      "test, lint, build, explain, coverage, diff, import-document");
}
