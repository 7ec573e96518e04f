// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/frame.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

// The default capacity of a Linux pipe: what one read can bring. Untouched pages of it cost nothing.
enum { FIRST_BUFFER_BYTES = 65536 };

// The browser may hand us a non-blocking descriptor: then we wait in poll instead of spinning.
static enum prd_error wait_until_ready(int descriptor, short events) {
  struct pollfd wait = {.fd = descriptor, .events = events};
  if (poll(&wait, 1, -1) < 0 && errno != EINTR) return PRD_ERROR_IO;
  return PRD_OK;
}

static enum prd_error read_some(int descriptor, char *bytes, size_t room_bytes, size_t *got_bytes) {
  for (;;) {
    ssize_t got = read(descriptor, bytes, room_bytes);
    if (got > 0) {
      *got_bytes = (size_t)got;
      return PRD_OK;
    }
    if (got == 0 || errno == ECONNRESET) return PRD_ERROR_END;
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      enum prd_error error = wait_until_ready(descriptor, POLLIN);
      if (error != PRD_OK) return error;
    } else if (errno != EINTR) {
      return PRD_ERROR_IO;
    }
  }
}

// Not realloc: it would leave a copy of what a person typed in freed memory.
static enum prd_error reserve(struct prd_frame_reader *reader, size_t need_bytes) {
  size_t held = reader->end_byte - reader->begin_byte;
  if (need_bytes <= reader->capacity_bytes) {
    if (reader->begin_byte + need_bytes <= reader->capacity_bytes) return PRD_OK;
    memmove(reader->buffer, reader->buffer + reader->begin_byte, held);
    explicit_bzero(reader->buffer + held, reader->end_byte - held);
  } else {
    size_t capacity = need_bytes < FIRST_BUFFER_BYTES ? FIRST_BUFFER_BYTES : need_bytes;
    char *larger = malloc(capacity);
    if (larger == NULL) return PRD_ERROR_MEMORY;
    if (held > 0) memcpy(larger, reader->buffer + reader->begin_byte, held);
    if (reader->end_byte > 0) explicit_bzero(reader->buffer, reader->end_byte);
    free(reader->buffer);
    reader->buffer = larger;
    reader->capacity_bytes = capacity;
  }
  reader->begin_byte = 0;
  reader->end_byte = held;
  return PRD_OK;
}

// At least `need_bytes` in the buffer, and whatever else the pipe already holds.
static enum prd_error fill(struct prd_frame_reader *reader, size_t need_bytes) {
  if (reader->end_byte - reader->begin_byte >= need_bytes) return PRD_OK;
  enum prd_error error = reserve(reader, need_bytes);
  while (error == PRD_OK && reader->end_byte - reader->begin_byte < need_bytes) {
    size_t got = 0;
    error = read_some(reader->descriptor, reader->buffer + reader->end_byte, reader->capacity_bytes - reader->end_byte,
                      &got);
    reader->end_byte += got;
  }
  return error;
}

static void consume(struct prd_frame_reader *reader, size_t count_bytes) {
  if (count_bytes == 0) return;
  explicit_bzero(reader->buffer + reader->begin_byte, count_bytes);
  reader->begin_byte += count_bytes;
  // An empty buffer starts over, so that the next frame also arrives in one read.
  if (reader->begin_byte == reader->end_byte) reader->begin_byte = reader->end_byte = 0;
}

// The body of a refused frame, up to 4 GiB, passes through the buffer that is already there.
static enum prd_error skip_body(struct prd_frame_reader *reader) {
  while (reader->skip_bytes > 0) {
    enum prd_error error = fill(reader, 1);
    if (error != PRD_OK) return error;
    size_t available = reader->end_byte - reader->begin_byte;
    size_t skipped = available < reader->skip_bytes ? available : reader->skip_bytes;
    consume(reader, skipped);
    reader->skip_bytes -= (uint32_t)skipped;
  }
  return PRD_OK;
}

enum prd_error prd_frame_read(struct prd_frame_reader *reader, struct prd_frame *out) {
  prd_frame_release(reader);
  enum prd_error error = skip_body(reader);
  if (error == PRD_OK) error = fill(reader, PRD_FRAME_HEADER_BYTES);
  // Without room for a header there is nothing to skip: answering and trying again would never end.
  if (error == PRD_ERROR_MEMORY) return PRD_ERROR_IO;
  if (error != PRD_OK) return error;

  uint32_t length;
  memcpy(&length, reader->buffer + reader->begin_byte, sizeof length);
  error = length > PRD_FRAME_INPUT_LIMIT_BYTES ? PRD_ERROR_TOO_LARGE : fill(reader, PRD_FRAME_HEADER_BYTES + length);
  if (error == PRD_ERROR_TOO_LARGE || error == PRD_ERROR_MEMORY) {
    consume(reader, PRD_FRAME_HEADER_BYTES);
    reader->skip_bytes = length;
  }
  if (error != PRD_OK) return error;

  reader->held_bytes = PRD_FRAME_HEADER_BYTES + length;
  *out =
      (struct prd_frame){.bytes = reader->buffer + reader->begin_byte + PRD_FRAME_HEADER_BYTES, .length_bytes = length};
  return PRD_OK;
}

void prd_frame_release(struct prd_frame_reader *reader) {
  consume(reader, reader->held_bytes);
  reader->held_bytes = 0;
}

void prd_frame_reader_free(struct prd_frame_reader *reader) {
  if (reader->buffer != NULL) explicit_bzero(reader->buffer, reader->end_byte);
  free(reader->buffer);
  *reader = (struct prd_frame_reader){.descriptor = reader->descriptor};
}

enum prd_error prd_frame_write(int descriptor, const char *body, size_t length_bytes) {
  if (length_bytes > PRD_FRAME_OUTPUT_LIMIT_BYTES) return PRD_ERROR_TOO_LARGE;
  uint32_t header = (uint32_t)length_bytes;
  struct iovec parts[2] = {{.iov_base = &header, .iov_len = sizeof header},
                           {.iov_base = (void *)(uintptr_t)body, .iov_len = length_bytes}};
  struct iovec *part = parts;
  int part_count = 2;
  while (part_count > 0) {
    ssize_t sent = writev(descriptor, part, part_count);
    if (sent < 0) {
      if (errno == EINTR) continue;
      if (errno == EPIPE || errno == ECONNRESET) return PRD_ERROR_END;
      if (errno != EAGAIN && errno != EWOULDBLOCK) return PRD_ERROR_IO;
      enum prd_error error = wait_until_ready(descriptor, POLLOUT);
      if (error != PRD_OK) return error;
      continue;
    }
    size_t rest = (size_t)sent;
    while (part_count > 0 && rest >= part->iov_len) {
      rest -= part->iov_len;
      part++;
      part_count--;
    }
    if (part_count > 0) {
      part->iov_base = (char *)part->iov_base + rest;
      part->iov_len -= rest;
    }
  }
  return PRD_OK;
}
