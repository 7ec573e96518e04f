// SPDX-License-Identifier: GPL-3.0-or-later
// What carries each statement of the policies: coverage.json of each pack, read and checked. Private to host/cli/policy_coverage*.c.
#ifndef PRD_CLI_POLICY_COVERAGE_H
#define PRD_CLI_POLICY_COVERAGE_H

#include "cli/policy_tools.h"
#include "policy/source_pack.h"

/// What takes care of a statement. The names (rule, reminder, workflow, information, none) are those of coverage.json.
enum prd_carrier {
  PRD_CARRIER_RULE,
  PRD_CARRIER_REMINDER,
  PRD_CARRIER_WORKFLOW,
  PRD_CARRIER_INFORMATION,
  PRD_CARRIER_NONE,
  PRD_CARRIER_COUNT
};

/// Name of carrier number `index`; NULL from PRD_CARRIER_COUNT on.
const char *prd_carrier_name(size_t index);

/// One statement of a policy.
struct prd_coverage_row {
  const char *statement;
  struct prd_bilingual summary;
  enum prd_carrier carrier;
  const char **by; ///< `by_count` names
  size_t by_count;
  bool planned;                ///< not done yet
  struct prd_bilingual reason; ///< "" when none is given
  const char *clause;          ///< as printed, or ""
  struct prd_place place;
};

struct prd_coverage_pack {
  const char *folder;
  const char *path; ///< of coverage.json
  const struct prd_source_pack *source;
  struct prd_coverage_row *rows;
  size_t row_count;
  const char **unclaimed; ///< rules that no statement names
  size_t unclaimed_count;
};

/// Everything lives in the arena of the problems.
struct prd_coverage {
  struct prd_coverage_pack *packs;
  size_t pack_count, pack_capacity;
  const struct prd_node *statements; ///< array of --against, or NULL
  size_t expected, found;            ///< statements of --against, and those of them that have their row
};

/// Reads the pack folders below `path`, or the one pack folder at `path`. What is wrong is added to `problems`. False when `path`
/// holds no pack, which is then the only problem.
bool prd_coverage_read(const char *path, struct prd_problems *problems, struct prd_coverage *out);

/// Compares with the array of {"id", "institution"} at `path`: what is missing and what is invented is added to `problems`.
void prd_coverage_against(struct prd_coverage *coverage, const char *path, struct prd_problems *problems);

/// Row of a statement in a pack, or NULL.
const struct prd_coverage_row *prd_coverage_find(const struct prd_coverage_pack *pack, const char *statement);

/// Number of rows of a carrier, done or planned.
size_t prd_coverage_count(const struct prd_coverage_pack *pack, enum prd_carrier carrier, bool planned);

/// Writes the page (HTML, UTF-8, alone in its file, French with an English part). Error: PRD_ERROR_IO with errno.
enum prd_error prd_coverage_write_html(const struct prd_coverage *coverage, const char *path);

/// Judges the examples of each statement of --against that a rule carries, and tells what they show: in text, or as members
/// "examples" of the object that `json` is in. PRD_EXIT_CLEAN, or PRD_EXIT_ERROR after the error was printed.
int prd_coverage_run_examples(struct prd_cli *cli, const struct prd_coverage *coverage, struct prd_json_writer *json);

#endif
