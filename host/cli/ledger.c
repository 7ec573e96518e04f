// SPDX-License-Identifier: GPL-3.0-or-later
// prudence ledger: what is recorded about the person, shown to that person.
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/cli.h"
#include "ledger/ledger.h"
#include "system/paths.h"
#include "wire/json_writer.h"

struct listing {
  const struct prd_cli *cli;
  bool json, any;
  bool failed; ///< a row is too long to be one of ours: the file is damaged
  struct prd_json_writer writer;
};

static bool print_json(struct listing *listing, const struct prd_ledger_row *row) {
  struct prd_json_writer *writer = &listing->writer;
  prd_json_writer_reset(writer);
  prd_json_begin_object(writer, NULL);
  prd_json_integer(writer, "decision", row->decision);
  prd_json_integer(writer, "time_ms", row->time_ms);
  prd_json_string(writer, "institution", row->institution);
  prd_json_string(writer, "pack", row->pack_id);
  prd_json_string(writer, "pack_version", row->pack_version);
  prd_json_string(writer, "pack_hash", row->pack_hash);
  prd_json_string(writer, "choice", row->choice);
  prd_json_string(writer, "site", row->site);
  prd_json_string(writer, "venue", row->venue);
  prd_json_string(writer, "rule", row->rule);
  prd_json_string(writer, "category", row->category);
  prd_json_string(writer, "severity", row->severity);
  prd_json_string(writer, "clauses", row->clauses);
  prd_json_end_object(writer);
  listing->failed = writer->error != PRD_OK;
  if (!listing->failed) (void)printf("%.*s\n", (int)writer->length_bytes, writer->bytes);
  return !listing->failed;
}

static bool print_row(void *context, const struct prd_ledger_row *row) {
  struct listing *listing = context;
  listing->any = true;
  if (listing->json) return print_json(listing, row);
  const time_t seconds = (time_t)(row->time_ms / 1000);
  struct tm local;
  char when[32] = "";
  if (localtime_r(&seconds, &local) != NULL) (void)strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", &local);
  prd_cli_print(listing->cli, PRD_CLI_LEDGER_ROW, when, row->choice, row->severity, row->site, row->clauses, row->rule);
  return true;
}

static int list(struct prd_cli *cli, bool json) {
  const char *folder = NULL;
  if (prd_paths_user_data(&cli->arena, &folder) != PRD_OK) return prd_cli_fail(cli, PRD_CLI_LEDGER_UNREADABLE, "~");
  const char *path = prd_paths_ledger(&cli->arena, folder);
  struct prd_ledger *ledger = NULL;
  struct listing listing = {.cli = cli, .json = json};
  if (path == NULL || prd_json_writer_open(&listing.writer, 64 * 1024) != PRD_OK ||
      prd_ledger_new(path, PRD_LEDGER_READ, &ledger) != PRD_OK) {
    prd_json_writer_free(&listing.writer);
    return prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  }
  const enum prd_error error = prd_ledger_each(ledger, 0, print_row, &listing);
  prd_ledger_free(ledger);
  prd_json_writer_free(&listing.writer);
  if (listing.failed || (error != PRD_OK && error != PRD_ERROR_NOT_FOUND))
    return prd_cli_fail(cli, PRD_CLI_LEDGER_UNREADABLE, path);
  if (!listing.any && !json) prd_cli_print(cli, PRD_CLI_LEDGER_EMPTY, path);
  return PRD_EXIT_CLEAN;
}

int prd_cli_ledger(struct prd_cli *cli, int argc, char **argv) {
  const char *json = NULL, *action = NULL;
  const struct prd_cli_option options[] = {{"--json", false, &json}};
  size_t count;
  const int status = prd_cli_options(cli, "ledger", argc, argv, options, 1, &action, 1, &count);
  if (status != PRD_EXIT_CLEAN) return status;
  if (count == 0) return prd_cli_fail(cli, PRD_CLI_MISSING_ARGUMENT, "ledger", "ACTION");
  if (strcmp(action, "list") != 0) return prd_cli_fail(cli, PRD_CLI_BAD_VALUE, "ledger", action, "list");
  return list(cli, json != NULL);
}
