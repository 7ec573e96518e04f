// SPDX-License-Identifier: GPL-3.0-or-later
// Why a text is judged as it is: every rule that came near, and what kept the silent ones silent. The judge's own functions weigh, and
// the judge's own verdict says which rules are shown, so that an explanation never disagrees with it. Author side only: the host
// never asks.
#ifndef PRD_POLICY_EXPLAIN_H
#define PRD_POLICY_EXPLAIN_H

#include "policy/build.h"
#include "policy/image.h"
#include "policy/judge.h"
#include "policy/model.h"

/// What keeps a rule with a match from being shown; several may hold at once.
enum prd_silence {
  PRD_SILENCE_POINTS,   ///< fewer points than the threshold
  PRD_SILENCE_MISSING,  ///< required evidence is not there
  PRD_SILENCE_EXCUSED,  ///< an exception holds
  PRD_SILENCE_QUOTED,   ///< the match stands between quotation marks, which this rule leaves alone
  PRD_SILENCE_VENUE,    ///< the rule is about other places
  PRD_SILENCE_ACCOUNT,  ///< the rule is about other accounts
  PRD_SILENCE_SHADOW,   ///< the rule is judged and not shown
  PRD_SILENCE_CATEGORY, ///< a shared rule of a category that this policy does not have
  PRD_SILENCE_DOUBTED,  ///< the model finds the category too unlikely ("doubt_below")
  PRD_SILENCE_REPEATS,  ///< another finding already shows the same words, or there are too many
  PRD_SILENCE_COUNT
};

/// Name of a reason, as JSON writes it ("points", "missing", …).
const char *prd_silence_name(enum prd_silence silence);

/// One item of a rule. Strings belong to the pack or the arena.
struct prd_explained_item {
  const char *name;  ///< of the list, pattern, identifier, metric or category of the model
  const char *words; ///< as typed; "" for a measure of the whole text, and for what is missing
  int32_t points;
  struct prd_span span;
};

/// One rule that had a match: its closest one.
struct prd_explained_rule {
  const char *rule_id, *category;
  enum prd_severity severity;
  const char *clause; ///< the first one; "" for a rule that the policy leaves out
  unsigned silence;   ///< bits 1 << enum prd_silence; 0: shown
  int32_t points;     ///< of the match and all that is near it, exceptions and missing evidence apart
  int32_t threshold;
  size_t match_count;                        ///< matches in the text
  const struct prd_explained_item *evidence; ///< the match first
  size_t evidence_count;
  const struct prd_explained_item *missing; ///< required, and not there
  size_t missing_count;
  const struct prd_explained_item *excuses;
  size_t excuse_count;
};

struct prd_explained_identifier {
  const char *kind, *words;
  struct prd_span span;
  bool confirmed; ///< check digit or calendar right
  bool own;       ///< the institution's own: skipped
};

struct prd_explained_metric {
  const char *name;
  int32_t value;
};

/// What the model says about one category.
struct prd_explained_model {
  const char *category;
  int32_t percent;
  bool known; ///< the pack has a rule of this category
  const char *words[PRD_MODEL_WORDS_SHOWN];
  size_t word_count; ///< strongest first
};

enum { PRD_EXPLAIN_MODEL_PERCENT = 20 };

/// Arrays live in the arena.
struct prd_explanation {
  const struct prd_explained_rule *rules; ///< shown ones first, then the closest to being shown
  size_t rule_count;
  const struct prd_explained_identifier *identifiers; ///< in the order of the text
  size_t identifier_count;
  const struct prd_explained_metric *metrics; ///< those that the pack asks for
  size_t metric_count;
  const struct prd_explained_model *model; ///< categories of at least PRD_EXPLAIN_MODEL_PERCENT, the likeliest first
  size_t model_count;
  struct prd_verdict verdict; ///< the judge's own
};

/// Explains `text`. `wide` is NULL, or a judge of the same pack from prd_pack_build_wide: its rules behind those of `judge` are told as
/// left out by their category. Errors as prd_judge_text.
enum prd_error prd_explain_text(struct prd_judge *judge, struct prd_judge *wide, struct prd_arena *arena,
                                const char *text, const struct prd_context *context, struct prd_explanation *out);

/// Builds the pack at `path` with the shared rules of the categories that it does not have behind its own, without running examples: to
/// be explained, never to be published. Problems and errors as prd_pack_build.
enum prd_error prd_pack_build_wide(const char *path, struct prd_problems *problems, struct prd_built *out);

/// What two versions of a rule are compared by.
struct prd_rule_summary {
  const char *id, *category;
  enum prd_severity severity;
  bool shadow;
  uint16_t venues, accounts; ///< bit sets
  int32_t threshold;
};

/// Rules in a pack, and rule number `index` of them (below the count).
size_t prd_pack_rule_count(const struct prd_pack *pack);
struct prd_rule_summary prd_pack_rule(const struct prd_pack *pack, size_t index);

/// Bytes [*begin, *end) of valid UTF-8 `text` between two UTF-16 offsets.
void prd_span_bytes(const char *text, struct prd_span span, size_t *begin, size_t *end);

#endif
