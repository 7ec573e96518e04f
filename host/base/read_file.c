// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/read_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum prd_error read_open_file(struct prd_arena *arena, int descriptor, size_t limit_bytes, char **bytes,
                                     size_t *length_bytes) {
  struct stat status;
  if (fstat(descriptor, &status) != 0) return PRD_ERROR_IO;
  if (!S_ISREG(status.st_mode)) {
    errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    return PRD_ERROR_IO;
  }
  if ((uintmax_t)status.st_size > limit_bytes) return PRD_ERROR_TOO_LARGE;
  size_t size = (size_t)status.st_size;
  char *buffer = prd_arena_alloc(arena, size + 1);
  if (buffer == NULL) return PRD_ERROR_MEMORY;
  size_t length = 0;
  while (length < size) {
    ssize_t got = read(descriptor, buffer + length, size - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return PRD_ERROR_IO;
    if (got == 0) break; // somebody shortened it: what is left decides whether it is valid
    length += (size_t)got;
  }
  const size_t mark = length >= 3 && memcmp(buffer, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  *bytes = buffer + mark;
  *length_bytes = length - mark;
  return PRD_OK;
}

enum prd_error prd_read_file(struct prd_arena *arena, const char *path, size_t limit_bytes, char **bytes,
                             size_t *length_bytes) {
  // Not blocking: somebody may have put a named pipe there.
  int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return errno == ENOENT || errno == ENOTDIR ? PRD_ERROR_NOT_FOUND : PRD_ERROR_IO;
  enum prd_error error = read_open_file(arena, descriptor, limit_bytes, bytes, length_bytes);
  int kept = errno;
  (void)close(descriptor);
  errno = kept;
  return error;
}
