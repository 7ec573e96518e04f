// SPDX-License-Identifier: GPL-3.0-or-later
// Small configuration files, whole.
#ifndef PRD_SYSTEM_READ_FILE_H
#define PRD_SYSTEM_READ_FILE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

/// Reads a regular file into the arena and adds a NUL behind it. Errors: PRD_ERROR_NOT_FOUND, PRD_ERROR_TOO_LARGE above
/// `limit_bytes`, PRD_ERROR_INVALID when it is not a regular file, PRD_ERROR_IO (errno tells), PRD_ERROR_MEMORY.
enum prd_error prd_read_file(struct prd_arena *arena, const char *path, size_t limit_bytes, char **bytes,
                             size_t *length_bytes);

#endif
