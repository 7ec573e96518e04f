// SPDX-License-Identifier: GPL-3.0-or-later
// prudence check: one text, judged as the host judges it.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "wire/reply.h"

enum { TEXT_MAX_BYTES = 4 * 1024 * 1024, JSON_MAX_BYTES = 16 * 1024 * 1024 };

char *prd_cli_read_text(const struct prd_cli *cli) {
  char *text = malloc(TEXT_MAX_BYTES + 2);
  if (text == NULL) {
    (void)prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
    return NULL;
  }
  errno = 0;
  const size_t length = fread(text, 1, TEXT_MAX_BYTES + 1, stdin);
  if (ferror(stdin) || length > TEXT_MAX_BYTES) {
    (void)(ferror(stdin) ? prd_cli_fail(cli, PRD_CLI_CANNOT_READ, "-", strerror(errno))
                         : prd_cli_fail(cli, PRD_CLI_TEXT_TOO_LONG));
    free(text);
    return NULL;
  }
  text[length] = '\0';
  if (strlen(text) != length) {
    (void)prd_cli_fail(cli, PRD_CLI_NUL_CHARACTER);
    free(text);
    return NULL;
  }
  return text;
}

static int print_json(struct prd_cli *cli, const struct prd_verdict *verdict) {
  struct prd_json_writer writer;
  if (prd_json_writer_open(&writer, JSON_MAX_BYTES) != PRD_OK) return prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  prd_reply_verdict(&writer, 0, verdict, cli->language, true);
  const bool written = writer.error == PRD_OK;
  if (written) (void)printf("%.*s\n", (int)writer.length_bytes, writer.bytes);
  prd_json_writer_free(&writer);
  return written ? PRD_EXIT_CLEAN : prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
}

static int check_text(struct prd_cli *cli, const struct prd_cli_pack *pack, const struct prd_context *context,
                      const char *text, bool json) {
  struct prd_verdict verdict;
  const enum prd_error error = prd_judge_text(pack->judge, &cli->arena, text, strlen(text), context, &verdict);
  if (error == PRD_ERROR_ENCODING) return prd_cli_fail(cli, PRD_CLI_NOT_UTF8);
  if (error != PRD_OK) return prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  if (json) {
    if (print_json(cli, &verdict) != PRD_EXIT_CLEAN) return PRD_EXIT_ERROR;
  } else {
    prd_cli_render(cli, text, &verdict, isatty(STDOUT_FILENO) != 0);
  }
  if (verdict.count != 0) return PRD_EXIT_FOUND;
  return verdict.complete ? PRD_EXIT_CLEAN : PRD_EXIT_ERROR;
}

int prd_cli_context(const struct prd_cli *cli, const char *venue, const char *account, struct prd_context *out) {
  if (!prd_venue_from_name(venue, &out->venue))
    return prd_cli_fail(cli, PRD_CLI_BAD_VALUE, "--venue", venue, "personal, official-page, work-group");
  if (!prd_account_from_name(account, &out->account))
    return prd_cli_fail(cli, PRD_CLI_BAD_VALUE, "--account", account, "personal, official");
  return PRD_EXIT_CLEAN;
}

/// Reads the list of staff at `path`, when there is one. PRD_EXIT_CLEAN, or PRD_EXIT_ERROR after the error was printed.
static int open_directory(struct prd_cli *cli, const char *path) {
  struct prd_directory_problem problem;
  if (path == NULL) return PRD_EXIT_CLEAN;
  switch (prd_directory_load(path, &problem, &cli->directory)) {
  case PRD_OK:
    return PRD_EXIT_CLEAN;
  case PRD_ERROR_INVALID:
    return problem.line == 0
               ? prd_cli_fail(cli, PRD_CLI_BAD_DIRECTORY, path, prd_in(&problem.reason, cli->language))
               : prd_cli_fail(cli, PRD_CLI_FILE_LINE, path, problem.line, prd_in(&problem.reason, cli->language));
  default:
    return prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  }
}

static int check_one(struct prd_cli *cli, const char *path, const char *institution, const struct prd_context *context,
                     const char *text, bool json) {
  struct prd_cli_pack pack;
  int status = prd_cli_open_pack(cli, path, institution, &pack);
  if (status != PRD_EXIT_CLEAN) return status;
  char *input = NULL;
  if (text == NULL || strcmp(text, "-") == 0) text = input = prd_cli_read_text(cli);
  status = text == NULL ? PRD_EXIT_ERROR : check_text(cli, &pack, context, text, json);
  free(input);
  prd_cli_close_pack(&pack);
  return status;
}

int prd_cli_check(struct prd_cli *cli, int argc, char **argv) {
  const char *institution = NULL, *path = NULL, *venue = "personal", *account = "personal", *json = NULL, *batch = NULL,
             *shadow = NULL, *directory = NULL, *text = NULL;
  const struct prd_cli_option options[] = {
      {"--institution", true, &institution}, {"--pack", true, &path},           {"--venue", true, &venue},
      {"--account", true, &account},         {"--json", false, &json},          {"--batch", false, &batch},
      {"--shadow", false, &shadow},          {"--directory", true, &directory},
  };
  size_t count;
  int status = prd_cli_options(cli, "check", argc, argv, options, sizeof options / sizeof *options, &text, 1, &count);
  if (status != PRD_EXIT_CLEAN) return status;
  struct prd_context context;
  status = prd_cli_context(cli, venue, account, &context);
  if (status != PRD_EXIT_CLEAN) return status;
  if (batch != NULL && count != 0) return prd_cli_fail(cli, PRD_CLI_EXTRA_ARGUMENT, "check --batch", text);
  if (batch == NULL && shadow != NULL) return prd_cli_fail(cli, PRD_CLI_SHADOW_ALONE);
  status = open_directory(cli, directory);
  if (status != PRD_EXIT_CLEAN) return status;
  status = batch != NULL ? prd_cli_batch(cli, path, institution, &context, shadow != NULL)
                         : check_one(cli, path, institution, &context, text, json != NULL);
  prd_directory_free(cli->directory);
  cli->directory = NULL;
  return status;
}
