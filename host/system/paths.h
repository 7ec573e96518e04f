// SPDX-License-Identifier: GPL-3.0-or-later
// Where things are. Installed files are found from the place of the executable alone: a browser passes its whole
// environment on, and nobody who can set a variable must be able to choose another policy.
#ifndef PRD_SYSTEM_PATHS_H
#define PRD_SYSTEM_PATHS_H

#include "base/arena.h"
#include "base/error.h"

struct prd_paths {
  const char *share;  ///< packs, read only: <prefix>/share/prudence
  const char *config; ///< the profile of this workstation: /etc/prudence, or <prefix>/etc/prudence
};

/// From the executable that runs (/proc/self/exe). Strings are in the arena. Errors: PRD_ERROR_IO, PRD_ERROR_MEMORY.
enum prd_error prd_paths_find(struct prd_arena *arena, struct prd_paths *out);

/// The same for a given absolute path of an executable in a directory D. D = <prefix>/libexec/prudence or
/// <prefix>/bin: an installation, whose configuration is in /etc/prudence when the prefix is /usr. Any other D is a
/// build tree: D/share/prudence and D/etc/prudence. Error: PRD_ERROR_INVALID when the path is not absolute,
/// PRD_ERROR_MEMORY.
enum prd_error prd_paths_from_executable(struct prd_arena *arena, const char *executable, struct prd_paths *out);

/// Built pack of an institution: <share>/packs/<institution>.pack. NULL when memory is exhausted.
const char *prd_paths_pack(struct prd_arena *arena, const struct prd_paths *paths, const char *institution);

/// Official wording of an institution's policy, beside its pack: <share>/packs/<institution>.official.json. NULL when memory is
/// exhausted.
const char *prd_paths_official(struct prd_arena *arena, const struct prd_paths *paths, const char *institution);

/// The same, put there by the institution's IT: <config>/official/<institution>.json. It goes before the other one.
const char *prd_paths_official_configured(struct prd_arena *arena, const struct prd_paths *paths,
                                          const char *institution);

/// Model that packs are built with: <share>/model.bin. NULL when memory is exhausted.
const char *prd_paths_model(struct prd_arena *arena, const struct prd_paths *paths);

/// Profile of this workstation: <config>/profile.json. NULL when memory is exhausted.
const char *prd_paths_profile(struct prd_arena *arena, const struct prd_paths *paths);

/// The user's own directory, ${XDG_DATA_HOME:-~/.local/share}/prudence, without creating it. A relative XDG_DATA_HOME
/// counts as unset (https://specifications.freedesktop.org/basedir-spec/latest/); without HOME the home of the
/// password file is taken. Errors: PRD_ERROR_NOT_FOUND when the user has no home, PRD_ERROR_MEMORY.
enum prd_error prd_paths_user_data(struct prd_arena *arena, const char **out);

/// The user's ledger in that directory. NULL when memory is exhausted.
const char *prd_paths_ledger(struct prd_arena *arena, const char *user_data);

/// Creates an absolute directory and the missing ones above it, all with mode 0700. One that exists is left as it is.
/// Errors:
/// PRD_ERROR_IO, PRD_ERROR_MEMORY.
enum prd_error prd_paths_make_directory(struct prd_arena *arena, const char *directory);

#endif
