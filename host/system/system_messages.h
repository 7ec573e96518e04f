// SPDX-License-Identifier: GPL-3.0-or-later
// What the administrator of a workstation reads, in both languages, when a file of the configuration is wrong.
#ifndef PRD_SYSTEM_SYSTEM_MESSAGES_H
#define PRD_SYSTEM_SYSTEM_MESSAGES_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

enum prd_system_message_id {
  PRD_SYSTEM_CALLER_LINE,
  PRD_SYSTEM_CALLER_REFUSED,
  PRD_SYSTEM_NO_CALLER,
  PRD_SYSTEM_FILE_UNREADABLE,
  PRD_SYSTEM_FILE_TOO_LARGE,
  PRD_SYSTEM_NOT_JSON,
  PRD_SYSTEM_NOT_OBJECT,
  PRD_SYSTEM_NOT_ARRAY,
  PRD_SYSTEM_NOT_STRING,
  PRD_SYSTEM_UNKNOWN_KEY,
  PRD_SYSTEM_MISSING_KEY,
  PRD_SYSTEM_INSTITUTION_NAME,
  PRD_SYSTEM_ACCOUNT_NAME,
  PRD_SYSTEM_DOMAIN_NAME,
  PRD_SYSTEM_DIRECTORY_PATH,
  PRD_SYSTEM_TOO_MANY,
  PRD_SYSTEM_LANGUAGE_NAME,
  PRD_SYSTEM_DAY_NAME,
  PRD_SYSTEM_TIME_OF_DAY,
  PRD_SYSTEM_PACK_MISSING,
  PRD_SYSTEM_PACK_INVALID,
  PRD_SYSTEM_PACK_OTHER_INSTITUTION,
  PRD_SYSTEM_OFFICIAL_SHAPE,
  PRD_SYSTEM_OFFICIAL_OTHER_PACK,
  PRD_SYSTEM_OFFICIAL_CHECKSUM,
  PRD_SYSTEM_MESSAGE_COUNT
};

/// A text in which "{}" stands for the word concerned.
const struct prd_bilingual *prd_system_message(enum prd_system_message_id id);

/// The text in one language with `word` (NULL: nothing) in place of "{}", in the arena; NULL when memory is exhausted.
const char *prd_system_message_text(struct prd_arena *arena, const struct prd_bilingual *message,
                                    enum prd_language language, const char *word);

/// One line on the error output: `prudence-host: <path>:<line>:<column>: <French> / <English>`. `path` may be NULL,
/// `line` and `column` 0: they are left out.
void prd_system_warn(const char *path, size_t line, size_t column, const struct prd_bilingual *message,
                     const char *word);

#endif
