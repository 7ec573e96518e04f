// SPDX-License-Identifier: GPL-3.0-or-later
// Everything the command says to a person, in French and in English.
#ifndef PRD_CLI_CLI_MESSAGES_H
#define PRD_CLI_CLI_MESSAGES_H

#include "base/error.h"

enum prd_cli_message {
  PRD_CLI_HELP,
  PRD_CLI_HELP_CHECK,
  PRD_CLI_HELP_POLICY,
  PRD_CLI_HELP_LEDGER,
  PRD_CLI_UNKNOWN_VERB,     ///< %s
  PRD_CLI_UNKNOWN_OPTION,   ///< %s verb, %s option
  PRD_CLI_MISSING_VALUE,    ///< %s verb, %s option
  PRD_CLI_BAD_VALUE,        ///< %s option, %s value, %s allowed
  PRD_CLI_EXTRA_ARGUMENT,   ///< %s verb, %s argument
  PRD_CLI_MISSING_ARGUMENT, ///< %s verb, %s what
  PRD_CLI_NO_INSTITUTION,   ///< %s profile
  PRD_CLI_BAD_PROFILE,      ///< %s place, %s reason
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
  PRD_CLI_POLICY_PASSED,     ///< %s pack, counts
  PRD_CLI_POLICY_FAILED,     ///< %s pack, %zu errors
  PRD_CLI_POLICY_BUILT,      ///< %s path, %zu bytes
  PRD_CLI_LEDGER_UNREADABLE, ///< %s path
  PRD_CLI_LEDGER_EMPTY,      ///< %s path
  PRD_CLI_LEDGER_ROW,
  PRD_CLI_MESSAGE_COUNT
};

/// Text or format of a message. The arguments of each format are noted above, the same in both languages.
const char *prd_cli_text(enum prd_cli_message message, enum prd_language language);

#endif
