// SPDX-License-Identifier: GPL-3.0-or-later
// Which extensions may ask. The arguments are the only identity that a browser vouches for: a web page or another
// extension cannot choose them, but another program of the same user can.
#ifndef PRD_SYSTEM_CALLERS_H
#define PRD_SYSTEM_CALLERS_H

#include <stdbool.h>
#include <stddef.h>

/// The caller that the arguments name, or NULL when they name none. Chromium: argv[1] is the origin,
/// "chrome-extension://<id>/", and others may follow (--parent-window=0). Firefox: argv[1] is the absolute path of
/// the host manifest (.json) and argv[2] the id of the add-on. Borrowed from argv.
const char *prd_caller_of(int argc, char *const *argv);

/// True when `caller` is exactly one of the compiled-in names, or a line of the file `callers` in the directory
/// `config` (which need not exist): one origin or add-on id a line, spaces around it and lines that begin with #
/// ignored. A line that is neither is reported on the error output and passed over.
bool prd_caller_allowed(const char *caller, const char *config);

/// The part of it that reads no file: `length_bytes` bytes of such a list, called `path` in messages.
bool prd_callers_list_has(const char *list, size_t length_bytes, const char *caller, const char *path);

#endif
