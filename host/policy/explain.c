// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/explain.h"

#include <stdlib.h>
#include <string.h>

#include "policy/judge_rule.h"
#include "policy/own.h"
#include "policy/weigh.h"
#include "text/identifiers.h"

/// One match of the rule at hand, and what keeps it from counting.
struct match {
  uint32_t item;
  struct prd_hit anchor;
  unsigned silence;
  int64_t points;
};

/// One rule being watched. The closest match is kept.
struct watched {
  const struct prd_pack *pack;
  const struct prd_reading *reading;
  const struct prd_image_rule *rule;
  struct match best;
  size_t match_count;
};

struct explainer {
  const struct prd_pack *pack;
  struct prd_arena *arena;
  const char *text;
  const struct prd_reading *reading;
  const struct prd_context *context;
  const struct prd_verdict *verdict;
  struct prd_explained_rule *rules; ///< room for every rule
  size_t rule_count;
};

const char *prd_silence_name(enum prd_silence silence) {
  static const char *const names[PRD_SILENCE_COUNT] = {"points",  "missing", "excused",  "quoted",  "venue",
                                                       "account", "shadow",  "category", "doubted", "repeats"};
  return silence < PRD_SILENCE_COUNT ? names[silence] : NULL;
}

void prd_span_bytes(const char *text, struct prd_span span, size_t *begin, size_t *end) {
  uint32_t at = 0;
  size_t i = 0;
  *begin = *end = 0;
  for (;; i++) {
    if (((unsigned char)text[i] & 0xC0) == 0x80) continue;
    if (at == span.begin_utf16) *begin = i;
    if (at == span.end_utf16) *end = i;
    if (text[i] == '\0') break;
    at += (unsigned char)text[i] >= 0xF0 ? 2 : 1;
  }
}

static unsigned bit(enum prd_silence silence) {
  return 1U << silence;
}

static int reasons(unsigned silence) {
  return __builtin_popcount(silence);
}

static const struct prd_image_item *near_items(const struct prd_pack *pack, const struct prd_image_rule *rule) {
  return &pack->items[rule->items_begin + rule->match_count];
}

static const struct prd_image_item *unless_items(const struct prd_pack *pack, const struct prd_image_rule *rule) {
  return near_items(pack, rule) + rule->near_count;
}

/// True when `left` came nearer to being shown.
static bool closer(const struct match *left, const struct match *right) {
  const int reasons_left = reasons(left->silence), reasons_right = reasons(right->silence);
  if (reasons_left != reasons_right) return reasons_left < reasons_right;
  return left->points > right->points;
}

/// Called by the weighing itself for each match of the rule.
static void see(void *context, uint32_t item, const struct prd_hit *anchor, bool counts) {
  struct watched *watched = context;
  const struct prd_pack *pack = watched->pack;
  const struct prd_image_rule *rule = watched->rule;
  struct match match = {.item = item, .anchor = *anchor, .points = pack->items[item].points};
  struct prd_hit hit;
  for (uint32_t i = 0; i < rule->near_count; i++) {
    const struct prd_image_item *near = &near_items(pack, rule)[i];
    if (prd_weigh_near(pack, watched->reading, near, anchor, &hit))
      match.points += near->points;
    else if (near->required != 0)
      match.silence |= bit(PRD_SILENCE_MISSING);
  }
  for (uint32_t i = 0; i < rule->unless_count; i++) {
    if (prd_weigh_excuse(pack, watched->reading, &unless_items(pack, rule)[i], anchor, &hit))
      match.silence |= bit(PRD_SILENCE_EXCUSED);
  }
  if (prd_weigh_is_quoted(watched->reading, rule, anchor)) match.silence |= bit(PRD_SILENCE_QUOTED);
  if (match.points < rule->threshold) match.silence |= bit(PRD_SILENCE_POINTS);
  if (counts) match.silence = 0; // the judge's word is the last one
  if (watched->match_count++ == 0 || closer(&match, &watched->best)) watched->best = match;
}

static const char *words_of(struct explainer *explainer, struct prd_span span) {
  size_t begin, end;
  prd_span_bytes(explainer->text, span, &begin, &end);
  return prd_arena_copy(explainer->arena, explainer->text + begin, end - begin);
}

static bool describe(struct explainer *explainer, const struct prd_image_item *item, const struct prd_hit *hit,
                     struct prd_explained_item *out) {
  const struct prd_pack *pack = explainer->pack;
  *out = (struct prd_explained_item){
      .name = prd_pack_string(pack, pack->features[item->feature].name), .words = "", .points = item->points};
  if (hit == NULL || hit->begin_byte == hit->end_byte) return true;
  out->span = prd_folded_span(&explainer->reading->folded, hit->begin_byte, hit->end_byte);
  out->words = words_of(explainer, out->span);
  return out->words != NULL;
}

/// Evidence, what is missing and what excuses, for the closest match of a rule.
static enum prd_error describe_match(struct explainer *explainer, const struct watched *watched,
                                     struct prd_explained_rule *out) {
  const struct prd_pack *pack = explainer->pack;
  const struct prd_image_rule *rule = watched->rule;
  const struct prd_hit *anchor = &watched->best.anchor;
  const size_t room = (size_t)rule->near_count + rule->unless_count + 1;
  struct prd_explained_item *evidence = prd_arena_array(explainer->arena, room, sizeof *evidence);
  struct prd_explained_item *missing = prd_arena_array(explainer->arena, room, sizeof *missing);
  struct prd_explained_item *excuses = prd_arena_array(explainer->arena, room, sizeof *excuses);
  if (evidence == NULL || missing == NULL || excuses == NULL) return PRD_ERROR_MEMORY;
  bool whole = describe(explainer, &pack->items[watched->best.item], anchor, &evidence[out->evidence_count++]);
  struct prd_hit hit;
  for (uint32_t i = 0; i < rule->near_count; i++) {
    const struct prd_image_item *item = &near_items(pack, rule)[i];
    if (prd_weigh_near(pack, watched->reading, item, anchor, &hit))
      whole &= describe(explainer, item, &hit, &evidence[out->evidence_count++]);
    else if (item->required != 0)
      whole &= describe(explainer, item, NULL, &missing[out->missing_count++]);
  }
  for (uint32_t i = 0; i < rule->unless_count; i++) {
    const struct prd_image_item *item = &unless_items(pack, rule)[i];
    if (prd_weigh_excuse(pack, watched->reading, item, anchor, &hit))
      whole &= describe(explainer, item, &hit, &excuses[out->excuse_count++]);
  }
  out->evidence = evidence;
  out->missing = missing;
  out->excuses = excuses;
  return whole ? PRD_OK : PRD_ERROR_MEMORY;
}

static bool is_shown(const struct prd_verdict *verdict, const char *rule_id) {
  for (size_t i = 0; i < verdict->count; i++) {
    if (strcmp(verdict->findings[i].rule_id, rule_id) == 0) return true;
  }
  return false;
}

/// What keeps a whole rule silent, whatever its matches.
static unsigned scope(const struct prd_image_rule *rule, const struct prd_context *context) {
  unsigned silence = 0;
  if (((rule->venues >> context->venue) & 1) == 0) silence |= bit(PRD_SILENCE_VENUE);
  if (((rule->accounts >> context->account) & 1) == 0) silence |= bit(PRD_SILENCE_ACCOUNT);
  if (rule->state == PRD_RULE_SHADOW) silence |= bit(PRD_SILENCE_SHADOW);
  return silence;
}

static enum prd_error explain_rule(struct explainer *explainer, const struct prd_image_rule *rule, bool left_out) {
  const struct prd_pack *pack = explainer->pack;
  struct watched watched = {.pack = pack, .reading = explainer->reading, .rule = rule};
  const struct prd_weigh_watch watch = {see, &watched};
  struct prd_finding finding;
  bool fired = false, complete = true;
  enum prd_error error =
      prd_weigh_watched(pack, explainer->arena, explainer->reading, rule, &watch, &finding, &fired, &complete);
  if (error != PRD_OK || watched.match_count == 0) return error;
  const char *id = prd_pack_string(pack, rule->id);
  unsigned silence = watched.best.silence | scope(rule, explainer->context);
  if (left_out) silence |= bit(PRD_SILENCE_CATEGORY);
  if (prd_rule_is_doubted(pack, explainer->reading, rule)) silence |= bit(PRD_SILENCE_DOUBTED);
  if (silence == 0 && !is_shown(explainer->verdict, id)) silence = bit(PRD_SILENCE_REPEATS);
  struct prd_explained_rule *out = &explainer->rules[explainer->rule_count++];
  *out = (struct prd_explained_rule){
      .rule_id = id,
      .category = prd_pack_string(pack, rule->category),
      .severity = (enum prd_severity)rule->severity,
      .clause = left_out ? "" : prd_pack_clause(pack, pack->rule_clauses[rule->clauses_begin]).id,
      .silence = silence,
      .points = (int32_t)watched.best.points,
      .threshold = rule->threshold,
      .match_count = watched.match_count,
  };
  return describe_match(explainer, &watched, out);
}

static enum prd_error explain_rules(struct explainer *explainer, uint32_t first, bool left_out) {
  enum prd_error error = PRD_OK;
  for (uint32_t r = first; error == PRD_OK && r < explainer->pack->counts[PRD_SECTION_RULES]; r++)
    error = explain_rule(explainer, &explainer->pack->rules[r], left_out);
  return error;
}

static int closest_first(const void *left, const void *right) {
  const struct prd_explained_rule *a = left, *b = right;
  const int reasons_a = reasons(a->silence), reasons_b = reasons(b->silence);
  if (reasons_a != reasons_b) return reasons_a < reasons_b ? -1 : 1;
  const int64_t lacks_a = a->points < a->threshold ? (int64_t)a->threshold - a->points : 0;
  const int64_t lacks_b = b->points < b->threshold ? (int64_t)b->threshold - b->points : 0;
  if (lacks_a != lacks_b) return lacks_a < lacks_b ? -1 : 1;
  if (a->severity != b->severity) return a->severity > b->severity ? -1 : 1;
  return strcmp(a->rule_id, b->rule_id);
}

static enum prd_error explain_identifiers(struct explainer *explainer, struct prd_explanation *out) {
  struct prd_identifiers found;
  const struct prd_folded *folded = &explainer->reading->folded;
  enum prd_error error = prd_scan_identifiers(explainer->arena, folded, &found);
  if (error != PRD_OK) return error;
  struct prd_explained_identifier *list = prd_arena_array(explainer->arena, found.count, sizeof *list);
  if (list == NULL) return PRD_ERROR_MEMORY;
  for (size_t i = 0; i < found.count; i++) {
    const struct prd_identifier *identifier = &found.items[i];
    const struct prd_span span = prd_folded_span(folded, identifier->begin_byte, identifier->end_byte);
    list[i] = (struct prd_explained_identifier){
        .kind = prd_identifier_name((enum prd_identifier_kind)identifier->kind),
        .words = words_of(explainer, span),
        .span = span,
        .confirmed = identifier->confirmed,
        .own = prd_identifier_is_own(explainer->pack, folded, identifier),
    };
    if (list[i].words == NULL) return PRD_ERROR_MEMORY;
  }
  out->identifiers = list;
  out->identifier_count = found.count;
  return PRD_OK;
}

static enum prd_error explain_metrics(struct explainer *explainer, struct prd_explanation *out) {
  const struct prd_pack *pack = explainer->pack;
  struct prd_explained_metric *list =
      prd_arena_array(explainer->arena, pack->counts[PRD_SECTION_FEATURES], sizeof *list);
  if (list == NULL) return PRD_ERROR_MEMORY;
  for (uint32_t f = 0; f < pack->counts[PRD_SECTION_FEATURES]; f++) {
    const struct prd_image_feature *feature = &pack->features[f];
    if (feature->kind == PRD_FEATURE_METRIC)
      list[out->metric_count++] = (struct prd_explained_metric){prd_pack_string(pack, feature->name),
                                                                explainer->reading->metrics.values[feature->detail]};
  }
  out->metrics = list;
  return PRD_OK;
}

static bool has_rule_of(const struct prd_pack *pack, const char *category) {
  for (uint32_t r = 0; r < pack->counts[PRD_SECTION_RULES]; r++) {
    if (strcmp(prd_pack_string(pack, pack->rules[r].category), category) == 0) return true;
  }
  return false;
}

static int likeliest_first(const void *left, const void *right) {
  const struct prd_explained_model *a = left, *b = right;
  if (a->percent != b->percent) return a->percent > b->percent ? -1 : 1;
  return strcmp(a->category, b->category);
}

static enum prd_error explain_category(struct explainer *explainer, size_t category, struct prd_explained_model *out) {
  const struct prd_reading *reading = explainer->reading;
  struct prd_model_word words[PRD_MODEL_WORDS_SHOWN];
  *out = (struct prd_explained_model){.category = prd_category_name(category),
                                      .percent = reading->model.percent[category],
                                      .known = has_rule_of(explainer->pack, prd_category_name(category))};
  out->word_count = prd_model_strongest(explainer->pack, reading, category, words);
  for (size_t i = 0; i < out->word_count; i++) {
    out->words[i] =
        words_of(explainer, prd_folded_span(&reading->folded, reading->tokens.items[words[i].begin_token].begin_byte,
                                            reading->tokens.items[words[i].end_token - 1].end_byte));
    if (out->words[i] == NULL) return PRD_ERROR_MEMORY;
  }
  return PRD_OK;
}

static enum prd_error explain_model(struct explainer *explainer, struct prd_explanation *out) {
  struct prd_explained_model *list = prd_arena_array(explainer->arena, PRD_CATEGORY_COUNT, sizeof *list);
  if (list == NULL) return PRD_ERROR_MEMORY;
  for (size_t c = 0; c < PRD_CATEGORY_COUNT; c++) {
    if (explainer->reading->model.percent[c] < PRD_EXPLAIN_MODEL_PERCENT) continue;
    enum prd_error error = explain_category(explainer, c, &list[out->model_count++]);
    if (error != PRD_OK) return error;
  }
  qsort(list, out->model_count, sizeof *list, likeliest_first);
  out->model = list;
  return PRD_OK;
}

/// Reads the text with one judge and explains its rules from `first` on.
static enum prd_error explain_with(struct explainer *explainer, struct prd_judge *judge, uint32_t first,
                                   bool left_out) {
  struct prd_reading *reading;
  bool complete = true; // the verdict tells when it is not
  explainer->pack = prd_judge_pack(judge);
  enum prd_error error = prd_judge_read(judge, explainer->arena, explainer->text, strlen(explainer->text),
                                        explainer->context->venue, &reading, &complete);
  explainer->reading = reading;
  return error == PRD_OK ? explain_rules(explainer, first, left_out) : error;
}

enum prd_error prd_explain_text(struct prd_judge *judge, struct prd_judge *wide, struct prd_arena *arena,
                                const char *text, const struct prd_context *context, struct prd_explanation *out) {
  *out = (struct prd_explanation){0};
  enum prd_error error = prd_judge_text(judge, arena, text, strlen(text), context, &out->verdict);
  if (error != PRD_OK) return error;
  const uint32_t count = prd_judge_pack(judge)->counts[PRD_SECTION_RULES];
  const uint32_t all = wide == NULL ? count : prd_judge_pack(wide)->counts[PRD_SECTION_RULES];
  struct explainer explainer = {.arena = arena, .text = text, .context = context, .verdict = &out->verdict};
  explainer.rules = prd_arena_array(arena, all > count ? all : count, sizeof *explainer.rules);
  if (explainer.rules == NULL) return PRD_ERROR_MEMORY;
  error = explain_with(&explainer, judge, 0, false);
  if (error == PRD_OK) error = explain_identifiers(&explainer, out);
  if (error == PRD_OK) error = explain_metrics(&explainer, out);
  if (error == PRD_OK) error = explain_model(&explainer, out);
  if (error == PRD_OK && wide != NULL) error = explain_with(&explainer, wide, count, true);
  if (explainer.rule_count != 0) qsort(explainer.rules, explainer.rule_count, sizeof *explainer.rules, closest_first);
  out->rules = explainer.rules;
  out->rule_count = explainer.rule_count;
  return error;
}

size_t prd_pack_rule_count(const struct prd_pack *pack) {
  return pack->counts[PRD_SECTION_RULES];
}

struct prd_rule_summary prd_pack_rule(const struct prd_pack *pack, size_t index) {
  const struct prd_image_rule *rule = &pack->rules[index];
  return (struct prd_rule_summary){.id = prd_pack_string(pack, rule->id),
                                   .category = prd_pack_string(pack, rule->category),
                                   .severity = (enum prd_severity)rule->severity,
                                   .shadow = rule->state == PRD_RULE_SHADOW,
                                   .venues = rule->venues,
                                   .accounts = rule->accounts,
                                   .threshold = rule->threshold};
}
