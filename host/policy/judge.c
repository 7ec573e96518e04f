// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/judge.h"

#include <stdlib.h>
#include <string.h>

#include "policy/automaton.h"
#include "policy/category.h"
#include "policy/directory.h"
#include "policy/judge_rule.h"
#include "policy/lexicon.h"
#include "policy/metrics.h"
#include "policy/own.h"
#include "policy/weigh.h"
#include "text/identifiers.h"
#include "text/tokens.h"

struct prd_judge {
  const struct prd_pack *pack;
  struct prd_automaton *automaton;
  const struct prd_directory *directory; ///< NULL: none
  struct prd_allowed_domains allowed;
};

enum prd_error prd_judge_new(const struct prd_pack *pack, struct prd_judge **out) {
  *out = NULL;
  struct prd_judge *judge = calloc(1, sizeof *judge);
  if (judge == NULL) return PRD_ERROR_MEMORY;
  judge->pack = pack;
  enum prd_error error = prd_automaton_new(pack, &judge->automaton);
  if (error != PRD_OK) {
    free(judge);
    return error;
  }
  *out = judge;
  return PRD_OK;
}

void prd_judge_set_directory(struct prd_judge *judge, const struct prd_directory *directory) {
  judge->directory = directory;
}

void prd_judge_set_allowed_domains(struct prd_judge *judge, const char *const *domains, size_t count) {
  judge->allowed = (struct prd_allowed_domains){domains, count};
}

bool prd_judge_counts_publications(const struct prd_judge *judge) {
  const struct prd_pack *pack = judge->pack;
  for (uint32_t f = 0; f < pack->counts[PRD_SECTION_FEATURES]; f++) {
    if (pack->features[f].kind == PRD_FEATURE_METRIC && pack->features[f].detail == PRD_METRIC_PUBLISHED_BEFORE)
      return true;
  }
  return false;
}

const struct prd_pack *prd_judge_pack(const struct prd_judge *judge) {
  return judge->pack;
}

void prd_judge_free(struct prd_judge *judge) {
  if (judge == NULL) return;
  prd_automaton_free(judge->automaton);
  free(judge);
}

/// Adds the identifiers of a text, except the institution's own, under every feature that asks for them.
static enum prd_error add_identifiers(const struct prd_pack *pack, struct prd_arena *arena,
                                      const struct prd_folded *folded, struct prd_hits *hits) {
  struct prd_identifiers found;
  enum prd_error error = prd_scan_identifiers(arena, folded, &found);
  for (size_t i = 0; error == PRD_OK && i < found.count; i++) {
    const struct prd_identifier *identifier = &found.items[i];
    if (prd_identifier_is_own(pack, folded, identifier)) continue;
    for (uint32_t f = 0; error == PRD_OK && f < pack->counts[PRD_SECTION_FEATURES]; f++) {
      const struct prd_image_feature *feature = &pack->features[f];
      if (feature->kind != PRD_FEATURE_IDENTIFIER || feature->detail != identifier->kind) continue;
      if (!identifier->confirmed && feature->unconfirmed == 0) continue;
      error = prd_hits_add(
          hits, arena,
          (struct prd_hit){.feature = f, .begin_byte = identifier->begin_byte, .end_byte = identifier->end_byte});
    }
  }
  return error;
}

/// First token that ends after `byte`.
static uint32_t token_at(const struct prd_tokens *tokens, uint32_t byte) {
  size_t low = 0, high = tokens->count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (tokens->items[middle].end_byte > byte)
      high = middle;
    else
      low = middle + 1;
  }
  return (uint32_t)low;
}

/// Patterns and identifiers are found in bytes: gives them their tokens.
static void place_on_tokens(const struct prd_tokens *tokens, struct prd_hit *hits, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint32_t token = token_at(tokens, hits[i].begin_byte);
    hits[i].begin_token = token;
    while (token < tokens->count && tokens->items[token].begin_byte < hits[i].end_byte) token++;
    hits[i].end_token = token;
  }
}

/// Adds the people of the directory, when there is one and some rule asks for them.
static enum prd_error add_people(const struct prd_judge *judge, struct prd_arena *arena,
                                 const struct prd_reading *reading, struct prd_hits *hits) {
  const struct prd_pack *pack = judge->pack;
  if (judge->directory == NULL) return PRD_OK;
  uint32_t feature = 0;
  while (feature < pack->counts[PRD_SECTION_FEATURES] && pack->features[feature].kind != PRD_FEATURE_DIRECTORY)
    feature++;
  if (feature == pack->counts[PRD_SECTION_FEATURES]) return PRD_OK;
  return prd_directory_scan(judge->directory, feature, arena, &reading->folded, &reading->tokens, hits);
}

static enum prd_error collect(struct prd_judge *judge, struct prd_arena *arena, struct prd_reading *reading,
                              bool *complete) {
  const struct prd_pack *pack = judge->pack;
  struct prd_hits hits = {0};
  enum prd_error error =
      prd_automaton_scan(judge->automaton, arena, reading->folded.bytes, reading->folded.length_bytes, &hits, complete);
  if (error == PRD_OK) error = add_identifiers(pack, arena, &reading->folded, &hits);
  if (error != PRD_OK) return error;
  place_on_tokens(&reading->tokens, hits.items, hits.count);
  error = prd_lexicon_scan(pack, arena, &reading->folded, &reading->tokens, &hits, complete);
  if (error == PRD_OK) error = add_people(judge, arena, reading, &hits);
  if (error == PRD_OK)
    error = prd_measure(pack, &judge->allowed, arena, &reading->folded, &reading->tokens, &reading->metrics);
  if (error != PRD_OK) return error;
  return prd_hits_index(&hits, arena, pack->counts[PRD_SECTION_FEATURES], &reading->index);
}

static int gravest_first(const void *left, const void *right) {
  const struct prd_finding *a = left, *b = right;
  if (a->severity != b->severity) return a->severity > b->severity ? -1 : 1;
  if (a->of_model != b->of_model) return a->of_model ? 1 : -1;
  if (a->spans[0].begin_utf16 != b->spans[0].begin_utf16)
    return a->spans[0].begin_utf16 < b->spans[0].begin_utf16 ? -1 : 1;
  return strcmp(a->rule_id, b->rule_id);
}

static bool covered(const struct prd_finding *inner, const struct prd_finding *outer) {
  for (size_t i = 0; i < inner->span_count; i++) {
    bool inside = false;
    for (size_t o = 0; o < outer->span_count && !inside; o++)
      inside = inner->spans[i].begin_utf16 >= outer->spans[o].begin_utf16 &&
               inner->spans[i].end_utf16 <= outer->spans[o].end_utf16;
    if (!inside) return false;
  }
  return true;
}

/// Whether `outer` already tells what `inner` would: the same words, or the words of a rule where the model only says that the text
/// looks like it.
static bool tells(const struct prd_finding *outer, const struct prd_finding *inner) {
  return strcmp(outer->category, inner->category) == 0 && (inner->of_model || covered(inner, outer));
}

/// Orders findings and drops each that a graver one (or an equal one before it) already tells.
static size_t tidy(struct prd_finding *findings, size_t count) {
  qsort(findings, count, sizeof *findings, gravest_first);
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    bool repeats = false;
    for (size_t k = 0; k < kept && !repeats; k++) repeats = tells(&findings[k], &findings[i]);
    if (!repeats) findings[kept++] = findings[i];
  }
  return kept;
}

bool prd_rule_binds(const struct prd_image_rule *rule, const struct prd_context *context) {
  return ((rule->venues >> context->venue) & 1) != 0 && ((rule->accounts >> context->account) & 1) != 0;
}

bool prd_rule_is_doubted(const struct prd_pack *pack, const struct prd_reading *reading,
                         const struct prd_image_rule *rule) {
  size_t category;
  return rule->doubt != 0 && pack->counts[PRD_SECTION_MODEL_SLOTS] != 0 &&
         prd_category_from_name(prd_pack_string(pack, rule->category), &category) &&
         reading->model.percent[category] < rule->doubt;
}

static enum prd_error judge_rules(const struct prd_pack *pack, struct prd_arena *arena,
                                  const struct prd_reading *reading, const struct prd_context *context,
                                  struct prd_verdict *out) {
  const uint32_t rule_count = pack->counts[PRD_SECTION_RULES];
  struct prd_finding *findings = prd_arena_array(arena, rule_count, sizeof *findings);
  if (findings == NULL) return PRD_ERROR_MEMORY;
  size_t count = 0;
  for (uint32_t r = 0; r < rule_count; r++) {
    const struct prd_image_rule *rule = &pack->rules[r];
    if (rule->state != PRD_RULE_ON || !prd_rule_binds(rule, context)) continue;
    bool fired = false;
    enum prd_error error = prd_weigh(pack, arena, reading, rule, &findings[count], &fired, &out->complete);
    if (error != PRD_OK) return error;
    if (fired && !prd_rule_is_doubted(pack, reading, rule)) count++;
  }
  count = tidy(findings, count);
  if (count > PRD_VERDICT_FINDINGS_MAX) {
    count = PRD_VERDICT_FINDINGS_MAX;
    out->complete = false;
  }
  out->findings = findings;
  out->count = count;
  out->severity = count == 0 ? PRD_SEVERITY_NONE : findings[0].severity;
  return PRD_OK;
}

enum prd_error prd_judge_read(struct prd_judge *judge, struct prd_arena *arena, const char *utf8, size_t length_bytes,
                              enum prd_venue venue, struct prd_reading **out, bool *complete) {
  struct prd_reading *reading = prd_arena_alloc(arena, sizeof *reading);
  if (reading == NULL) return PRD_ERROR_MEMORY;
  enum prd_error error = prd_fold_text(arena, utf8, length_bytes, &reading->folded);
  if (error == PRD_OK) error = prd_tokenize(arena, &reading->folded, &reading->tokens);
  if (error == PRD_OK) error = collect(judge, arena, reading, complete);
  if (error == PRD_OK) error = prd_model_read(judge->pack, arena, venue, reading);
  *out = reading;
  return error;
}

/// Reads a text of which the caller knows how often it was published.
static enum prd_error read_in(struct prd_judge *judge, struct prd_arena *arena, const char *utf8, size_t length_bytes,
                              const struct prd_context *context, struct prd_reading **out, bool *complete) {
  enum prd_error error = prd_judge_read(judge, arena, utf8, length_bytes, context->venue, out, complete);
  if (error == PRD_OK) (*out)->metrics.values[PRD_METRIC_PUBLISHED_BEFORE] = context->published_before;
  return error;
}

enum prd_error prd_judge_rule(struct prd_judge *judge, struct prd_arena *arena, const char *text, size_t rule,
                              const struct prd_context *context, struct prd_finding *out, bool *fired, bool *complete) {
  struct prd_reading *reading;
  *fired = false;
  *complete = true;
  const struct prd_image_rule *image = &judge->pack->rules[rule];
  enum prd_error error = read_in(judge, arena, text, strlen(text), context, &reading, complete);
  if (error != PRD_OK || !prd_rule_binds(image, context)) return error;
  return prd_weigh(judge->pack, arena, reading, image, out, fired, complete);
}

enum prd_error prd_judge_shadow(struct prd_judge *judge, struct prd_arena *arena, const char *utf8, size_t length_bytes,
                                const struct prd_context *context, const char *const **ids, size_t *count) {
  const struct prd_pack *pack = judge->pack;
  struct prd_reading *reading;
  bool complete = true; // what a bound left out is told by the verdict, not here
  *count = 0;
  const char **list = prd_arena_array(arena, pack->counts[PRD_SECTION_RULES], sizeof *list);
  if (list == NULL) return PRD_ERROR_MEMORY;
  *ids = list;
  enum prd_error error = read_in(judge, arena, utf8, length_bytes, context, &reading, &complete);
  for (uint32_t r = 0; error == PRD_OK && r < pack->counts[PRD_SECTION_RULES]; r++) {
    const struct prd_image_rule *rule = &pack->rules[r];
    struct prd_finding finding;
    bool fired = false;
    if (rule->state != PRD_RULE_SHADOW || !prd_rule_binds(rule, context)) continue;
    error = prd_weigh(pack, arena, reading, rule, &finding, &fired, &complete);
    if (fired) list[(*count)++] = finding.rule_id;
  }
  return error;
}

enum prd_error prd_judge_text(struct prd_judge *judge, struct prd_arena *arena, const char *utf8, size_t length_bytes,
                              const struct prd_context *context, struct prd_verdict *out) {
  *out = (struct prd_verdict){.complete = true};
  struct prd_reading *reading;
  enum prd_error error = read_in(judge, arena, utf8, length_bytes, context, &reading, &out->complete);
  if (error == PRD_OK) error = judge_rules(judge->pack, arena, reading, context, out);
  if (error != PRD_OK) return error;
  out->length_utf16 = reading->folded.length_utf16;
  return PRD_OK;
}
