// SPDX-License-Identifier: GPL-3.0-or-later
// What a function of the host can answer, and the two languages every message exists in.
#ifndef PRD_BASE_ERROR_H
#define PRD_BASE_ERROR_H

/// Result of every fallible function. Zero is success; there is no "positive" or "negative" convention.
/// These values never leave the process: what a caller over the wire sees is `enum prd_wire_code`.
enum prd_error {
  PRD_OK = 0,
  PRD_ERROR_MEMORY,    ///< an allocation failed
  PRD_ERROR_IO,        ///< a system call on a file or descriptor failed; errno tells which way
  PRD_ERROR_END,       ///< the other side closed the stream
  PRD_ERROR_TOO_LARGE, ///< a size is above its documented limit
  PRD_ERROR_ENCODING,  ///< bytes are not valid UTF-8
  PRD_ERROR_SYNTAX,    ///< bytes are not in the expected format
  PRD_ERROR_INVALID,   ///< well-formed, but a value is not acceptable
  PRD_ERROR_NOT_FOUND, ///< the thing that was named does not exist
  PRD_ERROR_BUSY,      ///< another process holds the resource and did not let go in time
  PRD_ERROR_CORRUPT,   ///< a file of ours does not hold together
  PRD_ERROR_REFUSED    ///< the caller is not allowed to ask
};

/// Language of a message for people. French is the default everywhere.
enum prd_language { PRD_FRENCH = 0, PRD_ENGLISH = 1 };

/// One message in both languages; neither is ever NULL.
struct prd_bilingual {
  const char *fr;
  const char *en;
};

/// The text of `message` in `language`.
static inline const char *prd_in(const struct prd_bilingual *message, enum prd_language language) {
  return language == PRD_ENGLISH ? message->en : message->fr;
}

#endif
