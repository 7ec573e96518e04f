// SPDX-License-Identifier: GPL-3.0-or-later
// What the host does to its own process before it reads a byte.
#ifndef PRD_SYSTEM_PROCESS_H
#define PRD_SYSTEM_PROCESS_H

#include "base/error.h"

/// Takes standard output away from everybody but the caller. Afterwards descriptors 0, 1 and 2 are open; 1 leads where
/// 2 leads, so that a stray print of any library reaches the error log and never the stream of frames; the true
/// standard output is `*frames_out`, which a child would not inherit; every other descriptor that the browser left open
/// is closed. Error: PRD_ERROR_IO.
enum prd_error prd_process_guard_descriptors(int *frames_out);

/// SIGPIPE is ignored (a closed output is an error of write); SIGTERM ends the process at once with exit status 0.
void prd_process_set_signals(void);

/// A crash leaves no image of the memory, and so no text of a post, in a file or with a crash reporter.
void prd_process_forbid_core_dumps(void);

/// Leaves the browser's directory, so that no file system stays busy because of the host.
void prd_process_leave_directory(void);

#endif
