// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with the source of a pack, exactly: file, line, column, rule, what was found, what was expected.
#ifndef PRD_POLICY_SOURCE_PROBLEM_H
#define PRD_POLICY_SOURCE_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

/// Each has a French and an English text in source_messages.c.
enum prd_source_message {
  PRD_SOURCE_CANNOT_READ,
  PRD_SOURCE_TOO_LARGE,
  PRD_SOURCE_BAD_JSON,
  PRD_SOURCE_NOT_FOLDED,
  PRD_SOURCE_WRONG_TYPE,
  PRD_SOURCE_UNKNOWN_MEMBER,
  PRD_SOURCE_MISSING_MEMBER,
  PRD_SOURCE_NOT_IN_LIST,
  PRD_SOURCE_EMPTY,
  PRD_SOURCE_OUT_OF_RANGE,
  PRD_SOURCE_BAD_DATE,
  PRD_SOURCE_BAD_IDENTIFIER,
  PRD_SOURCE_DEFINED_TWICE,
  PRD_SOURCE_UNKNOWN_LIST,
  PRD_SOURCE_UNKNOWN_PATTERN,
  PRD_SOURCE_UNKNOWN_CLAUSE,
  PRD_SOURCE_UNKNOWN_RULE,
  PRD_SOURCE_LIST_CYCLE,
  PRD_SOURCE_ONE_OF_ITEM,
  PRD_SOURCE_TERM_SYNTAX,
  PRD_SOURCE_TERM_EMPTY,
  PRD_SOURCE_TERM_TOO_MANY,
  PRD_SOURCE_TERM_PREFIX,
  PRD_SOURCE_TERM_GAP,
  PRD_SOURCE_PATTERN_SYNTAX,
  PRD_SOURCE_PATTERN_TOO_LONG,
  PRD_SOURCE_PATTERN_TOO_SHORT,
  PRD_SOURCE_PATTERN_TOO_BROAD,
  PRD_SOURCE_PATTERN_UNBOUNDED,
  PRD_SOURCE_PATTERN_STATES,
  PRD_SOURCE_UNREACHABLE,
  PRD_SOURCE_CATEGORY_WITHOUT_CLAUSE,
  PRD_SOURCE_NEEDS_EXAMPLES,
  PRD_SOURCE_EXAMPLE_SILENT,
  PRD_SOURCE_EXAMPLE_FIRES,
  PRD_SOURCE_EXAMPLE_WORDS,
  PRD_SOURCE_EXAMPLE_BUDGET,
  PRD_SOURCE_BAD_DIRECTORY,
  PRD_SOURCE_NO_RULES,
  PRD_SOURCE_NO_MODEL,
  PRD_SOURCE_BAD_MODEL,
  PRD_SOURCE_MODEL_NOT_ASKED,
  PRD_SOURCE_MODEL_ALONE,
  PRD_SOURCE_COVERAGE_NO_PACK,
  PRD_SOURCE_COVERAGE_RULE,
  PRD_SOURCE_COVERAGE_CATEGORY,
  PRD_SOURCE_COVERAGE_INFORMATION,
  PRD_SOURCE_COVERAGE_NOTHING_BY,
  PRD_SOURCE_COVERAGE_MISSING,
  PRD_SOURCE_COVERAGE_INVENTED,
  PRD_SOURCE_COVERAGE_ELSEWHERE,
  PRD_SOURCE_ABOUT_EMAIL,
  PRD_SOURCE_ABOUT_WEB_ADDRESS,
  PRD_SOURCE_IMPORT_NOT_FOUND,
  PRD_SOURCE_IMPORT_FOUND_TWICE,
  PRD_SOURCE_IMPORT_LINES,
  PRD_SOURCE_IMPORT_ONE_WAY,
  PRD_SOURCE_IMPORT_NUL,
  PRD_SOURCE_LINT_FEW_EXAMPLES,

  PRD_SOURCE_LINT_UNUSED_LIST,
  PRD_SOURCE_LINT_FREE_SPEECH,
  PRD_SOURCE_LINT_SELF_EXCUSED,
  PRD_SOURCE_LINT_LONG_SENTENCE,
  PRD_SOURCE_LINT_UNCLAIMED,
  PRD_SOURCE_LINT_NEVER_HOLDS,
  PRD_SOURCE_LINT_NEAR_EXCUSES,
  PRD_SOURCE_LINT_WEAK_CONTEXT,
  PRD_SOURCE_LINT_BROAD_PATTERN,
  PRD_SOURCE_LINT_UNGATED_PATTERN,
  PRD_SOURCE_LINT_MEMORISED,
  PRD_SOURCE_LINT_REDUNDANT_TERM,
  PRD_SOURCE_LINT_UNTRANSLATED,
  PRD_SOURCE_MESSAGE_COUNT
};

struct prd_problem {
  const char *file;
  uint32_t line, column; ///< from 1; column in characters; 0 when the problem has no place in the file
  const char *rule;      ///< identifier, or NULL outside a rule
  enum prd_source_message message;
  struct prd_bilingual text; ///< complete sentence, with what was found and what was expected
  bool warning;              ///< a lint remark: the pack can be built all the same
};

/// A list of problems in an arena. Initialise with `{.arena = …}`.
struct prd_problems {
  struct prd_arena *arena;
  struct prd_problem *items;
  size_t count, capacity;
  size_t error_count; ///< those that are not warnings
  bool out_of_memory;
};

/// A place in a source file.
struct prd_place {
  const char *file;
  uint32_t line, column;
};

/// Adds a problem; `found` and `expected` may be NULL where the message does not use them. Strings are copied.
void prd_problem_add(struct prd_problems *problems, struct prd_place place, const char *rule,
                     enum prd_source_message message, const char *found, const char *expected);

#endif
