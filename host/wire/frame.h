// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of native messaging over two descriptors: a 32-bit length in the machine's byte order, then that many bytes.
// https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging#native-messaging-host-protocol
//
// Nothing here knows JSON, and nothing here allocates for a length that it has not accepted.
#ifndef PRD_WIRE_FRAME_H
#define PRD_WIRE_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum {
  PRD_FRAME_HEADER_BYTES = 4,
  PRD_FRAME_INPUT_LIMIT_BYTES = 262144,  ///< ours; Chromium would send 64 MiB, Firefox 4 GiB
  PRD_FRAME_OUTPUT_LIMIT_BYTES = 1048576 ///< the browsers'; one byte more closes the port
};

/// Where frames come from. Initialise with `{.descriptor = fd}`; the descriptor stays the caller's.
struct prd_frame_reader {
  int descriptor;
  char *buffer;          ///< owned; one read brings a whole frame, or several, when the pipe holds them
  size_t capacity_bytes; ///< of `buffer`
  size_t begin_byte;     ///< first byte not yet handed out
  size_t end_byte;       ///< end of what was read
  size_t held_bytes;     ///< header and body of the frame that was handed out last
  uint32_t skip_bytes;   ///< rest of a refused body that is still to come
};

/// The body of one frame; belongs to the reader, until the next call on it. Not NUL-terminated.
struct prd_frame {
  const char *bytes;
  size_t length_bytes; ///< 0 is possible
};

/// Waits for one whole frame. A frame that is still held is released first. Interrupted and non-blocking descriptors
/// are waited for. Errors:
/// PRD_ERROR_END: the other side closed, between frames or inside one;
/// PRD_ERROR_TOO_LARGE: the length is above PRD_FRAME_INPUT_LIMIT_BYTES. Returned as soon as the header is known,
/// before the body is there; the next call skips that body, and later frames can be read;
/// PRD_ERROR_MEMORY: there is no room for this body; it is skipped in the same way;
/// PRD_ERROR_IO: the descriptor cannot be read, or there is no memory even for a header.
enum prd_error prd_frame_read(struct prd_frame_reader *reader, struct prd_frame *out);

/// Overwrites the frame that was handed out last with zeros, in the reader's buffer. Does nothing when there is none.
void prd_frame_release(struct prd_frame_reader *reader);

/// Overwrites and frees the buffer.
void prd_frame_reader_free(struct prd_frame_reader *reader);

/// Sends one frame: header and body leave in one call when the pipe takes them. Errors: PRD_ERROR_TOO_LARGE above
/// PRD_FRAME_OUTPUT_LIMIT_BYTES (nothing was sent), PRD_ERROR_END when nobody reads any more (SIGPIPE must be ignored),
/// PRD_ERROR_IO.
enum prd_error prd_frame_write(int descriptor, const char *body, size_t length_bytes);

#endif
