// SPDX-License-Identifier: GPL-3.0-or-later
// The coverage of the policies as one page that stands alone: French first, the same in English below, no script.
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/policy_coverage.h"

/// A page being written in one of its two languages.
struct page {
  FILE *stream;
  enum prd_language language;
};

static void put(const struct page *page, const char *html) {
  (void)fputs(html, page->stream);
}

/// Text as it is, with the characters that HTML would obey replaced.
static void put_text(const struct page *page, const char *text) {
  for (; *text != '\0'; text++) {
    switch (*text) {
    case '&':
      put(page, "&amp;");
      break;
    case '<':
      put(page, "&lt;");
      break;
    case '>':
      put(page, "&gt;");
      break;
    case '"':
      put(page, "&quot;");
      break;
    default:
      (void)fputc(*text, page->stream);
    }
  }
}

static void put_message(const struct page *page, enum prd_cli_message message) {
  put_text(page, prd_cli_text(message, page->language));
}

static void put_cell(const struct page *page, const char *tag, const char *text) {
  (void)fprintf(page->stream, "<%s>", tag);
  put_text(page, text);
  (void)fprintf(page->stream, "</%.*s>", (int)strcspn(tag, " "), tag);
}

static void put_heading_row(const struct page *page, const enum prd_cli_message *messages, size_t count) {
  put(page, "<thead><tr>");
  for (size_t i = 0; i < count; i++) put_cell(page, "th scope=\"col\"", prd_cli_text(messages[i], page->language));
  put(page, "</tr></thead>\n<tbody>\n");
}

static void put_counts(const struct page *page, const struct prd_coverage_pack *pack) {
  static const enum prd_cli_message heads[] = {PRD_CLI_PAGE_CARRIER, PRD_CLI_COVERAGE_DONE, PRD_CLI_COVERAGE_PLANNED};
  put(page, "<table><caption>");
  put_message(page, PRD_CLI_PAGE_COUNTS);
  put(page, "</caption>\n");
  put_heading_row(page, heads, sizeof heads / sizeof *heads);
  for (size_t c = 0; c < PRD_CARRIER_COUNT; c++) {
    put(page, "<tr>");
    put_cell(page, "th scope=\"row\"",
             prd_cli_text((enum prd_cli_message)(PRD_CLI_CARRIER_RULE + (int)c), page->language));
    for (int planned = 0; planned < 2; planned++)
      (void)fprintf(page->stream, "<td class=\"n\">%zu</td>",
                    prd_coverage_count(pack, (enum prd_carrier)c, planned != 0));
    put(page, "</tr>\n");
  }
  put(page, "</tbody></table>\n");
}

static void put_row(const struct page *page, const struct prd_coverage_row *row) {
  put(page, "<tr>");
  put_cell(page, "th scope=\"row\"", row->statement);
  put_cell(page, "td", row->clause);
  put_cell(page, "td", prd_in(&row->summary, page->language));
  put_cell(page, "td", prd_cli_text((enum prd_cli_message)(PRD_CLI_CARRIER_RULE + (int)row->carrier), page->language));
  put(page, "<td>");
  for (size_t i = 0; i < row->by_count; i++) {
    put(page, i == 0 ? "<code>" : "<br><code>");
    put_text(page, row->by[i]);
    put(page, "</code>");
  }
  const char *reason = prd_in(&row->reason, page->language);
  if (*reason != '\0') put_cell(page, "p", reason);
  put(page, "</td>");
  put_cell(page, "td", prd_cli_text(row->planned ? PRD_CLI_COVERAGE_PLANNED : PRD_CLI_COVERAGE_DONE, page->language));
  put(page, "</tr>\n");
}

static void put_pack(const struct page *page, const struct prd_coverage_pack *pack) {
  static const enum prd_cli_message heads[] = {PRD_CLI_PAGE_STATEMENT, PRD_CLI_PAGE_CLAUSE, PRD_CLI_PAGE_SUMMARY,
                                               PRD_CLI_PAGE_CARRIER,   PRD_CLI_PAGE_BY,     PRD_CLI_PAGE_STATE};
  put(page, "<section>");
  put_cell(page, page->language == PRD_ENGLISH ? "h3" : "h2", prd_in(&pack->source->name, page->language));
  put_cell(page, "p", prd_in(&pack->source->document_title, page->language));
  put_counts(page, pack);
  put(page, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"");
  put_message(page, PRD_CLI_PAGE_STATEMENTS);
  put(page, "\"><table><caption>");
  put_message(page, PRD_CLI_PAGE_STATEMENTS);
  put(page, "</caption>\n");
  put_heading_row(page, heads, sizeof heads / sizeof *heads);
  for (size_t i = 0; i < pack->row_count; i++) put_row(page, &pack->rows[i]);
  put(page, "</tbody></table></div></section>\n");
}

static void put_part(const struct page *page, const struct prd_coverage *coverage) {
  const char *code = page->language == PRD_ENGLISH ? "en" : "fr";
  (void)fprintf(page->stream, "<section id=\"%s\" lang=\"%s\">\n", code, code);
  put_cell(page, page->language == PRD_ENGLISH ? "h2" : "h1", prd_cli_text(PRD_CLI_PAGE_TITLE, page->language));
  put_cell(page, "p", prd_cli_text(PRD_CLI_PAGE_INTRODUCTION, page->language));
  if (coverage->statements != NULL) {
    put(page, "<p><strong>");
    put_message(page, PRD_CLI_PAGE_PROVEN);
    (void)fprintf(page->stream, " %zu / %zu</strong></p>\n", coverage->found, coverage->expected);
  }
  for (size_t p = 0; p < coverage->pack_count; p++) put_pack(page, &coverage->packs[p]);
  put(page, "</section>\n");
}

enum prd_error prd_coverage_write_html(const struct prd_coverage *coverage, const char *path) {
  // Nothing from elsewhere: the page is read on machines that open no connection for it.
  static const char head[] =
      "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:1rem auto;max-width:75rem;padding:0 1rem}"
      "table{border-collapse:collapse;margin:1rem 0}caption{text-align:start;font-weight:bold;padding:.3rem 0}"
      "th,td{border:1px solid GrayText;padding:.3rem .5rem;text-align:start;vertical-align:top}.n{text-align:end}"
      ".wide{overflow-x:auto}code{overflow-wrap:anywhere}td p{margin:.3rem 0 0}</style>\n";
  FILE *stream = fopen(path, "wbe");
  if (stream == NULL) return PRD_ERROR_IO;
  struct page page = {stream, PRD_FRENCH};
  put(&page, "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n");
  put(&page, head);
  put_cell(&page, "title", prd_cli_text(PRD_CLI_PAGE_TITLE, PRD_FRENCH));
  put(&page, "\n</head>\n<body>\n<nav><a href=\"#en\" lang=\"en\" hreflang=\"en\">English</a></nav>\n<main>\n");
  put_part(&page, coverage);
  page.language = PRD_ENGLISH;
  put_part(&page, coverage);
  put(&page, "</main>\n<nav><a href=\"#fr\">Français</a></nav>\n</body>\n</html>\n");
  const bool written = ferror(stream) == 0;
  return fclose(stream) == 0 && written ? PRD_OK : PRD_ERROR_IO;
}
