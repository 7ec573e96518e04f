// SPDX-License-Identifier: GPL-3.0-or-later
// A verdict in a terminal: the text with the words underlined, then each finding with its clause and its remedy.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "cli/cli.h"

enum { MARKS_MAX = 4096 };

/// Escape sequences of ECMA-48; empty without colours.
struct style {
  const char *underline[PRD_SEVERITY_COUNT], *level[PRD_SEVERITY_COUNT], *plain;
};

static const struct style colours = {
    .underline = {"", "\033[4m", "\033[4;33m", "\033[4;1;31m"},
    .level = {"", "\033[36m", "\033[33m", "\033[1;31m"},
    .plain = "\033[0m",
};
static const struct style plain = {.underline = {"", "", "", ""}, .level = {"", "", "", ""}, .plain = ""};

/// One code point of valid UTF-8: its bytes, columns on a terminal, and UTF-16 code units.
struct character {
  size_t bytes;
  int columns;
  uint32_t units;
};

static struct character character_at(const char *text) {
  utf8proc_int32_t code = 0;
  const utf8proc_ssize_t bytes = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &code);
  if (bytes <= 0) return (struct character){1, 1, 1};
  const int columns = prd_cli_control(text) != 0 ? 1 : utf8proc_charwidth(code);
  return (struct character){(size_t)bytes, columns, code > 0xFFFF ? 2 : 1};
}

/// Gravest finding that covers an offset, or NONE.
static enum prd_severity mark_at(const struct prd_verdict *verdict, uint32_t offset) {
  for (size_t i = 0; i < verdict->count; i++) { // gravest first
    const struct prd_finding *finding = &verdict->findings[i];
    for (size_t s = 0; s < finding->span_count; s++) {
      if (finding->spans[s].begin_utf16 <= offset && offset < finding->spans[s].end_utf16) return finding->severity;
    }
  }
  return PRD_SEVERITY_NONE;
}

static void print_marks(const char *marks) {
  size_t length = strlen(marks);
  while (length != 0 && marks[length - 1] == ' ') length--;
  if (length != 0) (void)printf("   %.*s\n", (int)length, marks);
}

/// Characters that a terminal would obey are shown as spaces.
static void print_character(const char *text, struct character character) {
  if (prd_cli_control(text) != 0)
    (void)putchar(' ');
  else
    (void)fwrite(text, 1, character.bytes, stdout);
}

/// The text, line by line. With colours the words themselves are underlined, without them a line of carets follows.
static void print_text(const char *text, const struct prd_verdict *verdict, const struct style *style, bool colour) {
  char marks[MARKS_MAX];
  uint32_t offset = 0;
  while (*text != '\0') {
    size_t column = 0;
    enum prd_severity open = PRD_SEVERITY_NONE;
    (void)fputs("   ", stdout);
    for (; *text != '\0' && *text != '\n';) {
      const struct character character = character_at(text);
      const enum prd_severity mark = mark_at(verdict, offset);
      if (mark != open) (void)printf("%s%s", style->plain, style->underline[mark]);
      open = mark;
      print_character(text, character);
      for (int i = 0; i < character.columns && column + 1 < sizeof marks; i++)
        marks[column++] = mark == PRD_SEVERITY_NONE ? ' ' : '^';
      text += character.bytes;
      offset += character.units;
    }
    marks[column] = '\0';
    (void)printf("%s\n", open == PRD_SEVERITY_NONE ? "" : style->plain);
    if (!colour) print_marks(marks);
    if (*text == '\n') {
      text++;
      offset++;
    }
  }
}

static const char *level_text(const struct prd_cli *cli, enum prd_severity severity) {
  static const enum prd_cli_message levels[PRD_SEVERITY_COUNT] = {PRD_CLI_CLEAN, PRD_CLI_SEVERITY_INFO,
                                                                  PRD_CLI_SEVERITY_WARN, PRD_CLI_SEVERITY_SERIOUS};
  return prd_cli_text(levels[severity], cli->language);
}

static void print_line(const char *text) {
  prd_cli_write(stdout, text);
  (void)putchar('\n');
}

static void print_finding(const struct prd_cli *cli, const struct prd_finding *finding, size_t number,
                          const struct style *style) {
  (void)printf("%zu. %s%s%s  ", number, style->level[finding->severity], level_text(cli, finding->severity),
               style->plain);
  print_line(prd_in(&finding->message, cli->language));
  for (size_t i = 0; i < finding->clause_count; i++) {
    prd_cli_print(cli, PRD_CLI_CLAUSE, finding->clauses[i].id, prd_in(&finding->clauses[i].title, cli->language));
    (void)fputs("      ", stdout);
    print_line(prd_in(&finding->clauses[i].summary, cli->language));
  }
  prd_cli_print(cli, PRD_CLI_REMEDY, prd_in(&finding->remedy, cli->language));
  (void)fputs("   ", stdout);
  prd_cli_write(stdout, finding->rule_id);
  (void)fputs(" [", stdout);
  prd_cli_write(stdout, finding->category);
  (void)fputs("], ", stdout);
  prd_cli_print(cli, PRD_CLI_POINTS, finding->points, finding->threshold);
}

void prd_cli_render(const struct prd_cli *cli, const char *text, const struct prd_verdict *verdict, bool colour) {
  const struct style *style = colour ? &colours : &plain;
  print_text(text, verdict, style, colour);
  (void)putchar('\n');
  for (size_t i = 0; i < verdict->count; i++) print_finding(cli, &verdict->findings[i], i + 1, style);
  if (!verdict->complete)
    prd_cli_print(cli, PRD_CLI_INCOMPLETE);
  else if (verdict->count == 0)
    prd_cli_print(cli, PRD_CLI_CLEAN);
}
