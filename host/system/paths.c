// SPDX-License-Identifier: GPL-3.0-or-later
#include "system/paths.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// True when `path` of `length` bytes ends with `suffix`; the length without it in `rest`.
static bool ends_with(const char *path, size_t length, const char *suffix, size_t *rest) {
  size_t suffix_length = strlen(suffix);
  if (length < suffix_length || memcmp(path + length - suffix_length, suffix, suffix_length) != 0) return false;
  *rest = length - suffix_length;
  return true;
}

enum prd_error prd_paths_from_executable(struct prd_arena *arena, const char *executable, struct prd_paths *out) {
  const char *slash = strrchr(executable, '/');
  if (executable[0] != '/' || slash == NULL) return PRD_ERROR_INVALID;
  size_t directory_length = (size_t)(slash - executable);
  size_t prefix_length = directory_length;
  if (!ends_with(executable, directory_length, "/libexec/prudence", &prefix_length))
    (void)ends_with(executable, directory_length, "/bin", &prefix_length);
  char *prefix = prd_arena_copy(arena, executable, prefix_length);
  if (prefix == NULL) return PRD_ERROR_MEMORY;
  // The Filesystem Hierarchy Standard keeps the configuration of /usr in /etc.
  out->config = prd_arena_format(arena, "%s/etc/prudence", strcmp(prefix, "/usr") == 0 ? "" : prefix);
  out->share = prd_arena_format(arena, "%s/share/prudence", prefix);
  return out->config == NULL || out->share == NULL ? PRD_ERROR_MEMORY : PRD_OK;
}

enum prd_error prd_paths_find(struct prd_arena *arena, struct prd_paths *out) {
  char executable[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", executable, sizeof executable - 1);
  if (length <= 0) return PRD_ERROR_IO;
  executable[length] = '\0';
  return prd_paths_from_executable(arena, executable, out);
}

const char *prd_paths_pack(struct prd_arena *arena, const struct prd_paths *paths, const char *institution) {
  return prd_arena_format(arena, "%s/packs/%s.pack", paths->share, institution);
}

const char *prd_paths_official(struct prd_arena *arena, const struct prd_paths *paths, const char *institution) {
  return prd_arena_format(arena, "%s/packs/%s.official.json", paths->share, institution);
}

const char *prd_paths_official_configured(struct prd_arena *arena, const struct prd_paths *paths,
                                          const char *institution) {
  return prd_arena_format(arena, "%s/official/%s.json", paths->config, institution);
}

const char *prd_paths_model(struct prd_arena *arena, const struct prd_paths *paths) {
  return prd_arena_format(arena, "%s/model.bin", paths->share);
}

const char *prd_paths_profile(struct prd_arena *arena, const struct prd_paths *paths) {
  return prd_arena_format(arena, "%s/profile.json", paths->config);
}

const char *prd_paths_ledger(struct prd_arena *arena, const char *user_data) {
  return prd_arena_format(arena, "%s/ledger.sqlite3", user_data);
}

static const char *home_directory(void) {
  const char *home = getenv("HOME");
  if (home != NULL && home[0] == '/') return home;
  // cppcheck-suppress getpwuidCalled ; one thread
  const struct passwd *entry = getpwuid(getuid());
  return entry == NULL || entry->pw_dir == NULL || entry->pw_dir[0] != '/' ? NULL : entry->pw_dir;
}

enum prd_error prd_paths_user_data(struct prd_arena *arena, const char **out) {
  const char *data = getenv("XDG_DATA_HOME");
  if (data != NULL && data[0] == '/') {
    *out = prd_arena_format(arena, "%s/prudence", data);
  } else {
    const char *home = home_directory();
    if (home == NULL) return PRD_ERROR_NOT_FOUND;
    *out = prd_arena_format(arena, "%s/.local/share/prudence", home);
  }
  return *out == NULL ? PRD_ERROR_MEMORY : PRD_OK;
}

static bool is_directory(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

enum prd_error prd_paths_make_directory(struct prd_arena *arena, const char *directory) {
  if (is_directory(directory)) return PRD_OK;
  char *path = prd_arena_copy(arena, directory, strlen(directory));
  if (path == NULL) return PRD_ERROR_MEMORY;
  for (char *slash = strchr(path + 1, '/');; slash = strchr(slash + 1, '/')) {
    if (slash != NULL) *slash = '\0';
    // Another host may create it at the same moment; and a directory above may be there without being ours to create.
    if (mkdir(path, 0700) != 0 && !is_directory(path)) return PRD_ERROR_IO;
    if (slash == NULL) return PRD_OK;
    *slash = '/';
  }
}
