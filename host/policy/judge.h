// SPDX-License-Identifier: GPL-3.0-or-later
// Judging one text against one pack. Pure: no clock, no file, no environment, no state that changes an answer.
#ifndef PRD_POLICY_JUDGE_H
#define PRD_POLICY_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "policy/pack.h"
#include "text/fold.h"

/// Who speaks and where; the institution is the pack's.
struct prd_context {
  enum prd_venue venue;
  enum prd_account account;
  int32_t published_before; ///< how often this text was published already, as far as the caller knows
};

/// One reason for a finding: what was found, where, and what it counted for.
struct prd_evidence {
  bool anchor;      ///< the match itself (true) or something near it (false)
  const char *name; ///< name of the list, pattern, identifier or metric; belongs to the pack
  int32_t points;
  struct prd_span span; ///< empty for a metric of the whole text
};

/// One rule that fired. Strings belong to the pack, arrays to the arena.
struct prd_finding {
  const char *rule_id;
  const char *category;
  enum prd_severity severity;
  const struct prd_clause *clauses;
  size_t clause_count; ///< at least 1
  const struct prd_span
      *spans; ///< words concerned: at least one (a metric's is the whole text), ordered, not overlapping
  size_t span_count;
  bool of_model;  ///< the best anchor is what the model says of the whole text
  int32_t points; ///< of the best anchor; at least `threshold`
  int32_t threshold;
  struct prd_bilingual message;
  struct prd_bilingual remedy;
  const struct prd_evidence *evidence; ///< of the best anchor
  size_t evidence_count;
};

/// What docs/PROTOCOL.md promises for one reply.
enum { PRD_VERDICT_FINDINGS_MAX = 64 };

struct prd_verdict {
  const struct prd_finding *findings; ///< gravest first, rules before what only the model says, then by position
  size_t count;                       ///< at most PRD_VERDICT_FINDINGS_MAX: more make the verdict incomplete
  enum prd_severity severity;         ///< of the gravest finding; PRD_SEVERITY_NONE when there is none
  bool complete;                      ///< false when a bound was reached: such a text is "not verified", never "clean"
  size_t length_utf16;
};

struct prd_judge;

/// A judge holds scratch memory (bounded) beside a pack, which must outlive it. Error: PRD_ERROR_MEMORY.
enum prd_error prd_judge_new(const struct prd_pack *pack, struct prd_judge **out);
void prd_judge_free(struct prd_judge *judge);

struct prd_directory;

/// The institution's own list of staff (directory.h), which must outlive the judge; NULL: none, which is how a judge begins.
void prd_judge_set_directory(struct prd_judge *judge, const struct prd_directory *directory);

/// Domains, beside the institution's own, whose links are not foreign: lower-case ASCII, without scheme or path. The array and its
/// strings must outlive the judge.
void prd_judge_set_allowed_domains(struct prd_judge *judge, const char *const *domains, size_t count);

/// Whether some rule asks how often a text was published before; otherwise nobody needs to count.
bool prd_judge_counts_publications(const struct prd_judge *judge);

/// Judges `length_bytes` bytes of UTF-8. Errors: PRD_ERROR_ENCODING, PRD_ERROR_MEMORY. Time is linear in the text.
enum prd_error prd_judge_text(struct prd_judge *judge, struct prd_arena *arena, const char *utf8, size_t length_bytes,
                              const struct prd_context *context, struct prd_verdict *out);

#endif
