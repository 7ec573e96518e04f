// SPDX-License-Identifier: GPL-3.0-or-later
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "system/paths.h"
#include "system/profile.h"

static int open_built(struct prd_cli *cli, const char *path, struct prd_cli_pack *out) {
  switch (prd_pack_map(path, &out->mapped)) {
  case PRD_OK:
    out->pack = out->mapped;
    return PRD_EXIT_CLEAN;
  case PRD_ERROR_MEMORY:
    return prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  case PRD_ERROR_CORRUPT:
    return prd_cli_fail(cli, PRD_CLI_BAD_PACK, path);
  case PRD_ERROR_NOT_FOUND:
    return prd_cli_fail(cli, PRD_CLI_NO_PACK, path);
  default:
    return prd_cli_fail(cli, PRD_CLI_CANNOT_READ, path, strerror(errno));
  }
}

static int open_source(struct prd_cli *cli, const char *path, struct prd_cli_pack *out) {
  struct prd_problems problems = {.arena = &cli->arena};
  enum prd_error error = prd_cli_build(cli, path, false, NULL, &problems, &out->built);
  prd_cli_print_problems(cli, &problems);
  if (error == PRD_ERROR_MEMORY) return prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  if (error != PRD_OK) return prd_cli_fail(cli, PRD_CLI_POLICY_FAILED, path, problems.error_count);
  out->pack = out->built.pack;
  return PRD_EXIT_CLEAN;
}

/// Finds the institution of this workstation's profile. PRD_EXIT_CLEAN, or PRD_EXIT_ERROR after the error was printed.
static int read_profile(struct prd_cli *cli, const struct prd_paths *paths, const char **institution) {
  struct prd_profile profile;
  const char *path = prd_paths_profile(&cli->arena, paths);
  if (path == NULL || prd_profile_load(&cli->arena, path, &profile) != PRD_OK)
    return prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  if (profile.state == PRD_PART_INVALID) {
    const char *place = profile.problem.line == 0 ? path
                                                  : prd_arena_format(&cli->arena, "%s:%zu:%zu", path,
                                                                     profile.problem.line, profile.problem.column);
    return prd_cli_fail(cli, PRD_CLI_BAD_PROFILE, place == NULL ? path : place,
                        prd_in(&profile.problem.reason, cli->language));
  }
  if (profile.state != PRD_PART_READY) return prd_cli_fail(cli, PRD_CLI_NO_INSTITUTION, path);
  *institution = profile.institution;
  return PRD_EXIT_CLEAN;
}

/// Path of the installed pack, or NULL after the error was printed.
static const char *installed(struct prd_cli *cli, const char *institution) {
  struct prd_paths paths;
  if (prd_paths_find(&cli->arena, &paths) != PRD_OK) {
    (void)prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
    return NULL;
  }
  if (institution == NULL && read_profile(cli, &paths, &institution) != PRD_EXIT_CLEAN) return NULL;
  const char *path = prd_paths_pack(&cli->arena, &paths, institution);
  if (path == NULL) (void)prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  return path;
}

static bool is_source(const char *path) {
  struct stat status;
  if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) return true;
  const size_t length = strlen(path);
  return length > 5 && strcmp(path + length - 5, ".json") == 0;
}

int prd_cli_open_pack(struct prd_cli *cli, const char *path, const char *institution, struct prd_cli_pack *out) {
  *out = (struct prd_cli_pack){0};
  if (institution != NULL &&
      (*institution == '\0' || strspn(institution, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(institution)))
    return prd_cli_fail(cli, PRD_CLI_BAD_VALUE, "--institution", institution, "chu, cisss, poly, csscv, portage");
  if (path == NULL) path = installed(cli, institution);
  if (path == NULL) return PRD_EXIT_ERROR;
  int status = is_source(path) ? open_source(cli, path, out) : open_built(cli, path, out);
  if (status == PRD_EXIT_CLEAN && prd_judge_new(out->pack, &out->judge) != PRD_OK)
    status = prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  if (status == PRD_EXIT_CLEAN) prd_judge_set_directory(out->judge, cli->directory);
  if (status != PRD_EXIT_CLEAN) prd_cli_close_pack(out);
  return status;
}

void prd_cli_close_pack(struct prd_cli_pack *pack) {
  prd_judge_free(pack->judge);
  prd_built_free(&pack->built);
  prd_pack_free(pack->mapped);
  *pack = (struct prd_cli_pack){0};
}
