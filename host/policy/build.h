// SPDX-License-Identifier: GPL-3.0-or-later
// From the source of a pack to its built form, with its examples run on the way. Author side: the host never needs it.
#ifndef PRD_POLICY_BUILD_H
#define PRD_POLICY_BUILD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "policy/pack.h"
#include "policy/source_problem.h"

/// What building looked at; all zero when nothing could be read.
struct prd_build_counts {
  size_t rules, clauses, lists, words, phrases, patterns, examples_match, examples_clean;
};

/// A built pack in memory.
struct prd_built {
  void *bytes; ///< malloc'ed, or NULL
  size_t size_bytes;
  struct prd_pack *pack; ///< the same bytes, checked and ready to judge; NULL when bytes is NULL
  struct prd_build_counts counts;
};

struct prd_build_options {
  bool lint;        ///< remarks are added to the problems
  bool no_examples; ///< examples are not run: the trainer of the model builds packs whose rules still wait for it
  const char
      *model; ///< file of the model for a pack that asks for one; NULL: such a pack is built without it only with
              ///< `no_examples`
};

/// As prd_pack_build, with everything that can be asked.
enum prd_error prd_pack_build_with(const char *path, const struct prd_build_options *options,
                                   struct prd_problems *problems, struct prd_built *out);

/// Reads the pack at `path` (pack.json or its folder), builds it and runs every example of every rule. Anything wrong is added
/// to `problems`; when `problems->error_count` is not 0 there is no built pack. With `lint`, remarks are added too. Error:
/// PRD_ERROR_INVALID when there are errors, PRD_ERROR_MEMORY.
enum prd_error prd_pack_build(const char *path, bool lint, struct prd_problems *problems, struct prd_built *out);

/// Writes the built pack so that readers see the old file or the whole new one: a temporary file in the same folder,
/// fsync, rename. Error: PRD_ERROR_IO with errno.
enum prd_error prd_built_write(const struct prd_built *built, const char *path);

/// Frees both forms; `built` may be all zero.
void prd_built_free(struct prd_built *built);

#endif
