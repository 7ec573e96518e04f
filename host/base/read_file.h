// SPDX-License-Identifier: GPL-3.0-or-later
// Small files that people write (configuration, the source of packs), whole.
#ifndef PRD_BASE_READ_FILE_H
#define PRD_BASE_READ_FILE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

/// Reads a regular file into the arena and adds a NUL behind it. A byte order mark, with which editors of Windows begin
/// a file, is left out. Errors: PRD_ERROR_NOT_FOUND and PRD_ERROR_IO (errno tells; EISDIR or EINVAL for what is not a
/// regular file), PRD_ERROR_TOO_LARGE above `limit_bytes`, PRD_ERROR_MEMORY.
enum prd_error prd_read_file(struct prd_arena *arena, const char *path, size_t limit_bytes, char **bytes,
                             size_t *length_bytes);

#endif
