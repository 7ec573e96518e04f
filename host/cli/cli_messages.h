// SPDX-License-Identifier: GPL-3.0-or-later
// Everything the command says to a person, in French and in English.
#ifndef PRD_CLI_CLI_MESSAGES_H
#define PRD_CLI_CLI_MESSAGES_H

#include "base/error.h"

enum prd_cli_message {
  PRD_CLI_HELP,
  PRD_CLI_HELP_CHECK,
  PRD_CLI_HELP_POLICY,
  PRD_CLI_HELP_MODEL,
  PRD_CLI_HELP_LEDGER,
  PRD_CLI_UNKNOWN_VERB,     ///< %s
  PRD_CLI_UNKNOWN_OPTION,   ///< %s verb, %s option
  PRD_CLI_MISSING_VALUE,    ///< %s verb, %s option
  PRD_CLI_BAD_VALUE,        ///< %s option, %s value, %s allowed
  PRD_CLI_EXTRA_ARGUMENT,   ///< %s verb, %s argument
  PRD_CLI_MISSING_ARGUMENT, ///< %s verb, %s what
  PRD_CLI_NO_INSTITUTION,   ///< %s profile
  PRD_CLI_BAD_PROFILE,      ///< %s place, %s reason
  PRD_CLI_BAD_DIRECTORY,    ///< %s path, %s reason
  PRD_CLI_NO_PACK,          ///< %s path
  PRD_CLI_BAD_PACK,         ///< %s path
  PRD_CLI_NOT_UTF8,
  PRD_CLI_NUL_CHARACTER,
  PRD_CLI_TEXT_TOO_LONG,
  PRD_CLI_CANNOT_READ,  ///< %s path, %s reason
  PRD_CLI_CANNOT_WRITE, ///< %s path, %s reason
  PRD_CLI_OUT_OF_MEMORY,
  PRD_CLI_BATCH_LINE,        ///< %zu line, %s reason
  PRD_CLI_BATCH_NOT_JSON,    ///< reason
  PRD_CLI_BATCH_TEXT,        ///< reason
  PRD_CLI_BATCH_VENUE,       ///< reason
  PRD_CLI_BATCH_ACCOUNT,     ///< reason
  PRD_CLI_BATCH_INSTITUTION, ///< reason
  PRD_CLI_CLEAN,
  PRD_CLI_INCOMPLETE,
  PRD_CLI_CLAUSE, ///< %s number, %s title
  PRD_CLI_REMEDY,
  PRD_CLI_POINTS, ///< %d points, %d threshold
  PRD_CLI_SEVERITY_INFO,
  PRD_CLI_SEVERITY_WARN,
  PRD_CLI_SEVERITY_SERIOUS,
  PRD_CLI_PROBLEM, ///< %s:%u:%u rule: text
  PRD_CLI_RULE,
  PRD_CLI_WARNING,
  PRD_CLI_POLICY_PASSED, ///< %s pack, counts
  PRD_CLI_POLICY_FAILED, ///< %s pack, %zu errors
  PRD_CLI_POLICY_BUILT,  ///< %s path, %zu bytes
  PRD_CLI_SHADOW_ALONE,
  PRD_CLI_EXPLAIN_NOTHING,
  PRD_CLI_EXPLAIN_SHOWN,   ///< %zu number, %s rule, %s severity, %d points, %d threshold, %zu matches
  PRD_CLI_EXPLAIN_SILENT,  ///< the same
  PRD_CLI_EXPLAIN_MATCH,   ///< %d points, %s name, %s words
  PRD_CLI_EXPLAIN_NEAR,    ///< the same
  PRD_CLI_EXPLAIN_POINTS,  ///< %d points that are missing
  PRD_CLI_EXPLAIN_MISSING, ///< %s name
  PRD_CLI_EXPLAIN_EXCUSED, ///< %s name, %s words
  PRD_CLI_EXPLAIN_QUOTED,
  PRD_CLI_EXPLAIN_VENUE,   ///< %s venue
  PRD_CLI_EXPLAIN_ACCOUNT, ///< %s account
  PRD_CLI_EXPLAIN_SHADOW,
  PRD_CLI_EXPLAIN_CATEGORY, ///< %s category
  PRD_CLI_EXPLAIN_DOUBTED,
  PRD_CLI_EXPLAIN_REPEATS,
  PRD_CLI_EXPLAIN_IDENTIFIER, ///< %s kind, %s words, %s remark
  PRD_CLI_EXPLAIN_OWN,        ///< the same
  PRD_CLI_EXPLAIN_UNCONFIRMED,
  PRD_CLI_EXPLAIN_METRIC, ///< %s name, %d value
  PRD_CLI_EXPLAIN_MODEL,  ///< %s category, %d percent, %s words, %s remark
  PRD_CLI_EXPLAIN_UNKNOWN_CATEGORY,
  PRD_CLI_DIFF_RULE_ADDED,   ///< %s rule
  PRD_CLI_DIFF_RULE_REMOVED, ///< %s rule
  PRD_CLI_DIFF_RULE_CHANGED, ///< %s rule, %s member, %s before, %s after
  PRD_CLI_DIFF_POST,         ///< %s file, %zu line, %s id, %s before, %s after
  PRD_CLI_DIFF_APPEARED,     ///< %s rules
  PRD_CLI_DIFF_DISAPPEARED,  ///< %s rules
  PRD_CLI_DIFF_BETTER,
  PRD_CLI_DIFF_WORSE,
  PRD_CLI_DIFF_NEITHER,
  PRD_CLI_DIFF_TOTAL,    ///< %zu posts, %zu skipped, %zu changed, %zu more findings, %zu fewer
  PRD_CLI_DIFF_GOLD,     ///< %zu with gold, %zu better, %zu worse, %zu neither
  PRD_CLI_DIFF_IDS,      ///< %s old, %s new
  PRD_CLI_FILE_LINE,     ///< %s file, %zu line, %s reason
  PRD_CLI_MODEL_LINE,    ///< %s path, %zu line
  PRD_CLI_MODEL_TRAINED, ///< %s path, %zu posts, %zu grams, %zu weights
  PRD_CLI_COVERAGE_HEAD, ///< %s %s, %s done, %s planned
  PRD_CLI_COVERAGE_ROW,  ///< %s pack, %s carrier, %zu done, %zu planned
  PRD_CLI_COVERAGE_DONE,
  PRD_CLI_COVERAGE_PLANNED,
  PRD_CLI_CARRIER_RULE, ///< one for each enum prd_carrier, in the same order
  PRD_CLI_CARRIER_REMINDER,
  PRD_CLI_CARRIER_WORKFLOW,
  PRD_CLI_CARRIER_INFORMATION,
  PRD_CLI_CARRIER_NONE,
  PRD_CLI_PAGE_TITLE,
  PRD_CLI_PAGE_INTRODUCTION,
  PRD_CLI_PAGE_PROVEN,
  PRD_CLI_PAGE_COUNTS,
  PRD_CLI_PAGE_STATEMENTS,
  PRD_CLI_PAGE_STATEMENT,
  PRD_CLI_PAGE_CLAUSE,
  PRD_CLI_PAGE_SUMMARY,
  PRD_CLI_PAGE_CARRIER,
  PRD_CLI_PAGE_BY,
  PRD_CLI_PAGE_STATE,
  PRD_CLI_EXAMPLE_SKIPPED,   ///< %s text, %s nothing
  PRD_CLI_EXAMPLE_SILENT,    ///< %s text, %s nothing
  PRD_CLI_EXAMPLE_FIRES,     ///< %s text, %s rule
  PRD_CLI_EXAMPLE_STATEMENT, ///< %s statement, %zu found, %zu violating, %zu silent, %zu clean
  PRD_CLI_EXAMPLE_TOTAL,     ///< %zu found, %zu violating, %zu silent, %zu clean, %zu skipped
  PRD_CLI_IMPORT_CLAUSE,     ///< %s clause, %zu first line, %zu last line, %s first words, %s last words
  PRD_CLI_IMPORT_ABSENT,     ///< %s clauses
  PRD_CLI_IMPORT_NOTHING,    ///< %s file
  PRD_CLI_IMPORT_DONE,       ///< %s file, %zu bound, %zu clauses, %s SHA-256, %s pack
  PRD_CLI_LEDGER_UNREADABLE, ///< %s path
  PRD_CLI_LEDGER_EMPTY,      ///< %s path
  PRD_CLI_LEDGER_ROW,
  PRD_CLI_MESSAGE_COUNT
};

/// Text or format of a message. The arguments of each format are noted above, the same in both languages.
const char *prd_cli_text(enum prd_cli_message message, enum prd_language language);

#endif
