// SPDX-License-Identifier: GPL-3.0-or-later
// What the verbs of `prudence` share.
#ifndef PRD_CLI_CLI_H
#define PRD_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli/cli_messages.h"
#include "policy/build.h"
#include "policy/directory.h"
#include "policy/judge.h"

/// Exit statuses: nothing found, something found, the command could not do its work.
enum prd_exit { PRD_EXIT_CLEAN = 0, PRD_EXIT_FOUND = 1, PRD_EXIT_ERROR = 2 };

/// One run of the command.
struct prd_cli {
  enum prd_language language;
  struct prd_arena arena;
  struct prd_directory *directory; ///< list of staff of every judge that is opened, or NULL
};

/// Bytes of the control character at `text` (valid UTF-8, NUL-terminated), or 0: C0, DEL, C1 and overrides of the writing direction.
size_t prd_cli_control(const char *text);

/// Writes a text with a space for each control character but the line end.
void prd_cli_write(FILE *stream, const char *text);

/// Prints an error on standard error, after "prudence : ", and returns PRD_EXIT_ERROR.
int prd_cli_fail(const struct prd_cli *cli, enum prd_cli_message message, ...);

/// Prints a formatted message on standard output, with a line end.
void prd_cli_print(const struct prd_cli *cli, enum prd_cli_message message, ...);

/// One option of a verb: `--name` or `--name VALUE`.
struct prd_cli_option {
  const char *name;
  bool takes_value;
  const char **value; ///< where the value goes; for a switch, its own name
};

/// Reads options anywhere before "--"; what remains goes to `arguments` (`*argument_count` of them). PRD_EXIT_CLEAN, or
/// PRD_EXIT_ERROR after the error was printed.
int prd_cli_options(const struct prd_cli *cli, const char *verb, int argc, char **argv,
                    const struct prd_cli_option *options, size_t option_count, const char **arguments,
                    size_t arguments_max, size_t *argument_count);

/// A pack that is ready to judge, however it was found.
struct prd_cli_pack {
  struct prd_built built;  ///< when it was built from its source
  struct prd_pack *mapped; ///< when it was a built file
  const struct prd_pack *pack;
  struct prd_judge *judge;
};

/// Opens the pack at `path` (a built file, or the source of one, which is built with its examples), or, when `path` is NULL, the
/// installed pack of `institution`; when that is NULL too, that of the profile. PRD_EXIT_CLEAN, or PRD_EXIT_ERROR after the
/// error was printed.
int prd_cli_open_pack(struct prd_cli *cli, const char *path, const char *institution, struct prd_cli_pack *out);
void prd_cli_close_pack(struct prd_cli_pack *pack);

/// Builds the pack whose source is at `path`, with its examples. `model` is the file of the model, or NULL for the installed one
/// (<share>/model.bin). Errors: those of prd_pack_build_with and prd_paths_find.
enum prd_error prd_cli_build(struct prd_cli *cli, const char *path, bool lint, const char *model,
                             struct prd_problems *problems, struct prd_built *out);

/// Prints problems of a pack's source, one a line.
void prd_cli_print_problems(const struct prd_cli *cli, const struct prd_problems *problems);

/// Judgement for people: the text with the words underlined, then each finding. `colour` uses the terminal's own.
void prd_cli_render(const struct prd_cli *cli, const char *text, const struct prd_verdict *verdict, bool colour);

/// All of standard input (malloc'ed), or NULL after the error was printed. What follows a NUL would not be judged: such a text is
/// refused, as it is by the host.
char *prd_cli_read_text(const struct prd_cli *cli);

/// The context of a command line. PRD_EXIT_CLEAN, or PRD_EXIT_ERROR after the error was printed.
int prd_cli_context(const struct prd_cli *cli, const char *venue, const char *account, struct prd_context *out);

/// JSON lines from standard input to standard output. `context` is for lines that name no venue or account. With `shadow`, each
/// answer also lists the rules in state shadow that fire.
int prd_cli_batch(struct prd_cli *cli, const char *path, const char *institution, const struct prd_context *context,
                  bool shadow);

int prd_cli_check(struct prd_cli *cli, int argc, char **argv);
int prd_cli_policy(struct prd_cli *cli, int argc, char **argv);
int prd_cli_model(struct prd_cli *cli, int argc, char **argv);
int prd_cli_ledger(struct prd_cli *cli, int argc, char **argv);

#endif
