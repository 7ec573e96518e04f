// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of `prudence policy` that look at packs rather than build them, and what they share. Private to host/cli/policy*.c.
#ifndef PRD_CLI_POLICY_TOOLS_H
#define PRD_CLI_POLICY_TOOLS_H

#include "cli/cli.h"
#include "wire/json_writer.h"

/// Largest JSON document that a tool writes.
enum { PRD_CLI_JSON_MAX_BYTES = 64 * 1024 * 1024 };

int prd_cli_policy_explain(struct prd_cli *cli, int argc, char **argv);
int prd_cli_policy_coverage(struct prd_cli *cli, int argc, char **argv);
int prd_cli_policy_diff(struct prd_cli *cli, int argc, char **argv);
int prd_cli_policy_import(struct prd_cli *cli, int argc, char **argv);

/// Prints what `writer` holds and frees it: `status`, or PRD_EXIT_ERROR after the error was printed.
int prd_cli_print_json(struct prd_cli *cli, struct prd_json_writer *writer, int status);

#endif
