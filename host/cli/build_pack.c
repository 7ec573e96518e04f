// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"
#include "system/paths.h"

enum prd_error prd_cli_build(struct prd_cli *cli, const char *path, bool lint, const char *model,
                             struct prd_problems *problems, struct prd_built *out) {
  if (model == NULL) {
    struct prd_paths paths;
    const enum prd_error error = prd_paths_find(&cli->arena, &paths);
    if (error != PRD_OK) return error;
    model = prd_paths_model(&cli->arena, &paths);
    if (model == NULL) return PRD_ERROR_MEMORY;
  }
  return prd_pack_build_with(path, &(struct prd_build_options){.lint = lint, .model = model}, problems, out);
}
