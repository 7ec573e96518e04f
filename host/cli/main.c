// SPDX-License-Identifier: GPL-3.0-or-later
// prudence: the command for policy authors and IT desks.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static const struct {
  const char *name;
  int (*run)(struct prd_cli *cli, int argc, char **argv);
  enum prd_cli_message help;
} verbs[] = {
    {"check", prd_cli_check, PRD_CLI_HELP_CHECK},
    {"policy", prd_cli_policy, PRD_CLI_HELP_POLICY},
    {"model", prd_cli_model, PRD_CLI_HELP_MODEL},
    {"ledger", prd_cli_ledger, PRD_CLI_HELP_LEDGER},
};

/// French unless the environment asks for English (POSIX order: LC_ALL, LC_MESSAGES, LANG).
static enum prd_language language_of_environment(void) {
  static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *value = getenv(names[i]);
    if (value != NULL && *value != '\0')
      return strncmp(value, "en", 2) == 0 && (value[2] < 'a' || value[2] > 'z') ? PRD_ENGLISH : PRD_FRENCH;
  }
  return PRD_FRENCH;
}

// The formats come from cli_messages.c, where their arguments are noted.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void write_formatted(FILE *stream, const char *format, va_list arguments) {
  char *text = NULL;
  if (vasprintf(&text, format, arguments) < 0) text = NULL;
  prd_cli_write(stream, text == NULL ? format : text);
  (void)fputc('\n', stream);
  free(text);
}

int prd_cli_fail(const struct prd_cli *cli, enum prd_cli_message message, ...) {
  va_list arguments;
  va_start(arguments, message);
  (void)fputs(cli->language == PRD_ENGLISH ? "prudence: " : "prudence : ", stderr);
  write_formatted(stderr, prd_cli_text(message, cli->language), arguments);
  va_end(arguments);
  return PRD_EXIT_ERROR;
}

void prd_cli_print(const struct prd_cli *cli, enum prd_cli_message message, ...) {
  va_list arguments;
  va_start(arguments, message);
  write_formatted(stdout, prd_cli_text(message, cli->language), arguments);
  va_end(arguments);
}
#pragma GCC diagnostic pop

static const struct prd_cli_option *find_option(const struct prd_cli_option *options, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(options[i].name, name) == 0) return &options[i];
  }
  return NULL;
}

int prd_cli_options(const struct prd_cli *cli, const char *verb, int argc, char **argv,
                    const struct prd_cli_option *options, size_t option_count, const char **arguments,
                    size_t arguments_max, size_t *argument_count) {
  *argument_count = 0;
  bool ended = false;
  for (int i = 0; i < argc; i++) {
    const bool is_option = !ended && argv[i][0] == '-' && argv[i][1] != '\0';
    if (is_option && strcmp(argv[i], "--") == 0) {
      ended = true;
      continue;
    }
    if (!is_option) {
      if (*argument_count == arguments_max) return prd_cli_fail(cli, PRD_CLI_EXTRA_ARGUMENT, verb, argv[i]);
      arguments[(*argument_count)++] = argv[i];
      continue;
    }
    const struct prd_cli_option *option = find_option(options, option_count, argv[i]);
    if (option == NULL) return prd_cli_fail(cli, PRD_CLI_UNKNOWN_OPTION, verb, argv[i]);
    if (option->takes_value && i + 1 == argc) return prd_cli_fail(cli, PRD_CLI_MISSING_VALUE, verb, argv[i]);
    *option->value = option->takes_value ? argv[++i] : option->name;
  }
  return PRD_EXIT_CLEAN;
}

static bool asks_for_help(int argc, char **argv) {
  for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
    if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) return true;
  }
  return false;
}

static int run(struct prd_cli *cli, int argc, char **argv) {
  if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
    prd_cli_print(cli, PRD_CLI_HELP);
    return argc < 2 ? PRD_EXIT_ERROR : PRD_EXIT_CLEAN;
  }
  if (strcmp(argv[1], "--version") == 0) {
    (void)puts("prudence " PRD_VERSION);
    return PRD_EXIT_CLEAN;
  }
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
    if (strcmp(argv[1], verbs[i].name) != 0) continue;
    if (asks_for_help(argc - 2, argv + 2)) {
      prd_cli_print(cli, verbs[i].help);
      return PRD_EXIT_CLEAN;
    }
    return verbs[i].run(cli, argc - 2, argv + 2);
  }
  return prd_cli_fail(cli, PRD_CLI_UNKNOWN_VERB, argv[1]);
}

int main(int argc, char **argv) {
  struct prd_cli cli = {.language = language_of_environment()};
  int status = run(&cli, argc, argv);
  prd_arena_free(&cli.arena);
  // A full disk or a closed pipe is an error even when everything before went well.
  if (fflush(stdout) != 0 || ferror(stdout)) status = PRD_EXIT_ERROR;
  return status;
}
