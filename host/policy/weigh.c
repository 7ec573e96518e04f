// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/weigh.h"

#include <stdlib.h>
#include <string.h>

enum {
  EVIDENCE_MAX = 32,  // near items of one rule; the builder refuses more
  ANCHORS_MAX = 2000, // matches of one rule that are weighed; a text with more, none of which counted, is not verified
  SPANS_MAX = 64      // shown for one finding
};

/// A match with what speaks for it.
struct weighed {
  struct prd_hit anchor;
  uint32_t anchor_item;
  int64_t points;
  uint32_t near_count;
  struct {
    uint32_t item;
    struct prd_hit hit;
  } near[EVIDENCE_MAX];
};

/// Whether an item is about the text as a whole: a metric, or what the model says.
static bool is_metric(const struct prd_pack *pack, const struct prd_image_item *item) {
  const uint8_t kind = pack->features[item->feature].kind;
  return kind == PRD_FEATURE_METRIC || kind == PRD_FEATURE_MODEL;
}

static bool metric_holds(const struct prd_pack *pack, const struct prd_reading *reading,
                         const struct prd_image_item *item) {
  const struct prd_image_feature *feature = &pack->features[item->feature];
  const bool model = feature->kind == PRD_FEATURE_MODEL;
  const int32_t value = model ? reading->model.percent[feature->detail] : reading->metrics.values[feature->detail];
  // What is asked for must be what the model would name; a low confidence may be asked of any category.
  if (model && item->at_least > 0 && !reading->model.named[feature->detail]) return false;
  return value >= item->at_least && (item->below == 0 || value < item->below);
}

/// First token whose sentence is not before `sentence`.
static uint32_t sentence_begin(const struct prd_reading *reading, uint32_t sentence) {
  size_t low = 0, high = reading->tokens.count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (reading->tokens.items[middle].sentence >= sentence)
      high = middle;
    else
      low = middle + 1;
  }
  return (uint32_t)low;
}

/// Tokens [*begin, *end) that evidence must touch for `item` to see it from `anchor`.
static void window_of(const struct prd_reading *reading, const struct prd_image_item *item,
                      const struct prd_hit *anchor, uint32_t *begin, uint32_t *end) {
  const uint32_t count = (uint32_t)reading->tokens.count;
  *begin = 0;
  *end = count;
  if (anchor->begin_byte == anchor->end_byte) return; // a metric's match is the whole text, and so is what is near it
  if (item->window == PRD_WINDOW_WORDS) {
    *begin = anchor->begin_token > item->words ? anchor->begin_token - item->words : 0;
    *end = count - anchor->end_token > item->words ? anchor->end_token + item->words : count;
  } else if (item->window == PRD_WINDOW_SENTENCE && anchor->begin_token < count) {
    const uint32_t sentence = reading->tokens.items[anchor->begin_token].sentence;
    *begin = sentence_begin(reading, sentence);
    *end = sentence_begin(reading, sentence + 1);
  }
}

static bool in_window(const struct prd_hit *hit, uint32_t begin, uint32_t end) {
  return hit->end_token > begin && hit->begin_token < end;
}

/// Number of the first hit of a feature that begins at or after `byte`; the end of its run when there is none.
static uint32_t first_from(const struct prd_hit_index *index, uint32_t feature, uint32_t byte) {
  uint32_t low = index->begin[feature], high = index->begin[feature + 1];
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (index->items[middle].begin_byte >= byte)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

/// The hit of a feature that ends last at or before `byte`, or NULL.
static const struct prd_hit *last_until(const struct prd_hit_index *index, uint32_t feature, uint32_t byte) {
  uint32_t low = index->begin[feature], high = index->begin[feature + 1];
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (index->items[index->by_end[middle]].end_byte > byte)
      high = middle;
    else
      low = middle + 1;
  }
  return low == index->begin[feature] ? NULL : &index->items[index->by_end[low - 1]];
}

/// True when some hit of a feature begins before `begin_limit` and ends after `end_limit`.
static bool some_reaches(const struct prd_hit_index *index, uint32_t feature, uint32_t begin_limit,
                         uint32_t end_limit) {
  const uint32_t first = first_from(index, feature, begin_limit);
  return first > index->begin[feature] && index->reach[first - 1] > end_limit;
}

/// Whether evidence may share bytes with the match: near evidence never does; an exception does ("tropique du cancer" excuses
/// "cancer"), but the letters of an identifier are not a word that could excuse it.
enum overlap_counts { OVERLAP_OUTSIDE, OVERLAP_ALWAYS };

static bool overlap_counts_here(const struct prd_hit_index *index, uint32_t feature, const struct prd_hit *anchor,
                                enum overlap_counts counts) {
  if (counts == OVERLAP_ALWAYS) return some_reaches(index, feature, anchor->end_byte, anchor->begin_byte);
  return some_reaches(index, feature, anchor->end_byte, anchor->end_byte) ||
         some_reaches(index, feature, anchor->begin_byte, anchor->begin_byte);
}

/// The evidence of `item` nearest to `anchor` inside its window, without sharing bytes with it, or NULL.
static const struct prd_hit *evidence(const struct prd_reading *reading, const struct prd_image_item *item,
                                      const struct prd_hit *anchor) {
  const struct prd_hit_index *index = &reading->index;
  if (index->begin[item->feature] == index->begin[item->feature + 1]) return NULL;
  uint32_t begin, end;
  window_of(reading, item, anchor, &begin, &end);
  const bool whole = anchor->begin_byte == anchor->end_byte; // a metric's match: the whole text has no side
  const uint32_t after = first_from(index, item->feature, anchor->end_byte);
  const struct prd_hit *left =
      item->side == PRD_SIDE_AFTER || whole ? NULL : last_until(index, item->feature, anchor->begin_byte);
  const struct prd_hit *right = after == index->begin[item->feature + 1] || (item->side == PRD_SIDE_BEFORE && !whole)
                                    ? NULL
                                    : &index->items[after];
  if (left != NULL && !in_window(left, begin, end)) left = NULL;
  if (right != NULL && !in_window(right, begin, end)) right = NULL;
  if (left == NULL || right == NULL) return left != NULL ? left : right;
  return anchor->begin_byte - left->end_byte <= right->begin_byte - anchor->end_byte ? left : right;
}

/// Whether one exception of a rule covers this match.
static inline bool excuses(const struct prd_pack *pack, const struct prd_reading *reading,
                           const struct prd_image_item *item, const struct prd_hit *anchor) {
  if (is_metric(pack, item)) return metric_holds(pack, reading, item);
  const uint8_t kind = pack->features[anchor->feature].kind;
  const bool words = kind == PRD_FEATURE_WORDS || kind == PRD_FEATURE_DIRECTORY;
  return overlap_counts_here(&reading->index, item->feature, anchor, words ? OVERLAP_ALWAYS : OVERLAP_OUTSIDE) ||
         evidence(reading, item, anchor) != NULL;
}

bool prd_weigh_is_quoted(const struct prd_reading *reading, const struct prd_image_rule *rule,
                         const struct prd_hit *anchor) {
  return rule->ignore_quoted != 0 && anchor->begin_token < anchor->end_token &&
         (reading->tokens.items[anchor->begin_token].flags & PRD_TOKEN_QUOTED) != 0;
}

/// True when something makes this match harmless.
static bool excused(const struct prd_pack *pack, const struct prd_reading *reading, const struct prd_image_rule *rule,
                    const struct prd_hit *anchor) {
  const struct prd_image_item *items = &pack->items[rule->items_begin + rule->match_count + rule->near_count];
  for (uint32_t i = 0; i < rule->unless_count; i++) {
    if (excuses(pack, reading, &items[i], anchor)) return true;
  }
  return prd_weigh_is_quoted(reading, rule, anchor);
}

/// What speaks for a near item around `anchor`, or NULL. `whole` (all zero but its feature) stands for a measure of the whole text.
static inline const struct prd_hit *near_hit(const struct prd_pack *pack, const struct prd_reading *reading,
                                             const struct prd_image_item *item, const struct prd_hit *anchor,
                                             const struct prd_hit *whole) {
  if (is_metric(pack, item)) return metric_holds(pack, reading, item) ? whole : NULL;
  return evidence(reading, item, anchor);
}

bool prd_weigh_near(const struct prd_pack *pack, const struct prd_reading *reading, const struct prd_image_item *item,
                    const struct prd_hit *anchor, struct prd_hit *out) {
  const struct prd_hit whole = {.feature = item->feature};
  const struct prd_hit *hit = near_hit(pack, reading, item, anchor, &whole);
  if (hit != NULL) *out = *hit;
  return hit != NULL;
}

bool prd_weigh_excuse(const struct prd_pack *pack, const struct prd_reading *reading, const struct prd_image_item *item,
                      const struct prd_hit *anchor, struct prd_hit *out) {
  if (!excuses(pack, reading, item, anchor)) return false;
  if (prd_weigh_near(pack, reading, item, anchor, out)) return true;
  // What shares bytes with the match: looked for one by one, for it is only ever asked for by a person.
  const struct prd_hit_index *index = &reading->index;
  for (uint32_t h = index->begin[item->feature]; h < index->begin[item->feature + 1]; h++) {
    *out = index->items[h];
    if (out->begin_byte < anchor->end_byte && out->end_byte > anchor->begin_byte) break;
  }
  return true;
}

/// Adds up what is near an anchor; false when required evidence is missing.
static bool add_near(const struct prd_pack *pack, const struct prd_reading *reading, const struct prd_image_rule *rule,
                     struct weighed *weighed) {
  const struct prd_image_item *items = &pack->items[rule->items_begin + rule->match_count];
  for (uint32_t i = 0; i < rule->near_count; i++) {
    const struct prd_image_item *item = &items[i];
    const struct prd_hit whole = {.feature = item->feature};
    const struct prd_hit *hit = near_hit(pack, reading, item, &weighed->anchor, &whole);
    if (hit == NULL) {
      if (item->required != 0) return false;
      continue;
    }
    weighed->points += item->points;
    if (weighed->near_count < EVIDENCE_MAX) {
      weighed->near[weighed->near_count].item = rule->items_begin + rule->match_count + i;
      weighed->near[weighed->near_count++].hit = *hit;
    }
  }
  return true;
}

struct tally {
  const struct prd_weigh_watch *watch; ///< NULL: nobody asks why
  struct weighed best;
  bool fired;
  struct prd_span spans[SPANS_MAX];
  size_t span_count;
};

static void add_span(struct tally *tally, const struct prd_reading *reading, const struct prd_hit *hit) {
  if (hit->begin_byte == hit->end_byte || tally->span_count == SPANS_MAX) return;
  tally->spans[tally->span_count++] = prd_folded_span(&reading->folded, hit->begin_byte, hit->end_byte);
}

/// The words that made the model think so.
static void add_model_spans(struct tally *tally, const struct prd_pack *pack, const struct prd_reading *reading,
                            uint32_t feature) {
  struct prd_model_word words[PRD_MODEL_WORDS_SHOWN];
  const size_t count = prd_model_strongest(pack, reading, pack->features[feature].detail, words);
  for (size_t i = 0; i < count && tally->span_count < SPANS_MAX; i++)
    tally->spans[tally->span_count++] =
        prd_folded_span(&reading->folded, reading->tokens.items[words[i].begin_token].begin_byte,
                        reading->tokens.items[words[i].end_token - 1].end_byte);
}

static void weigh_anchor(const struct prd_pack *pack, const struct prd_reading *reading,
                         const struct prd_image_rule *rule, uint32_t item, const struct prd_hit *anchor,
                         struct tally *tally) {
  // Member by member: zeroing room for evidence that is mostly absent would cost more than weighing.
  struct weighed weighed;
  weighed.anchor = *anchor;
  weighed.anchor_item = item;
  weighed.points = pack->items[item].points;
  weighed.near_count = 0;
  const bool counts = !excused(pack, reading, rule, anchor) && add_near(pack, reading, rule, &weighed) &&
                      weighed.points >= rule->threshold;
  if (tally->watch != NULL) tally->watch->see(tally->watch->context, item, anchor, counts);
  if (!counts) return;
  if (pack->features[anchor->feature].kind == PRD_FEATURE_MODEL)
    add_model_spans(tally, pack, reading, anchor->feature);
  else
    add_span(tally, reading, anchor);
  for (uint32_t i = 0; i < weighed.near_count; i++) {
    const struct prd_image_item *near = &pack->items[weighed.near[i].item];
    if (near->points > 0 || near->required != 0) add_span(tally, reading, &weighed.near[i].hit);
  }
  if (!tally->fired || weighed.points > tally->best.points) tally->best = weighed;
  tally->fired = true;
}

static int by_place(const void *left, const void *right) {
  const struct prd_span *a = left, *b = right;
  if (a->begin_utf16 != b->begin_utf16) return a->begin_utf16 < b->begin_utf16 ? -1 : 1;
  return a->end_utf16 < b->end_utf16 ? -1 : a->end_utf16 > b->end_utf16;
}

/// Orders spans and joins those that overlap.
static size_t merge_spans(struct prd_span *spans, size_t count) {
  qsort(spans, count, sizeof *spans, by_place);
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    if (kept != 0 && spans[i].begin_utf16 < spans[kept - 1].end_utf16) {
      if (spans[i].end_utf16 > spans[kept - 1].end_utf16) spans[kept - 1].end_utf16 = spans[i].end_utf16;
    } else {
      spans[kept++] = spans[i];
    }
  }
  return kept;
}

static struct prd_evidence describe(const struct prd_pack *pack, const struct prd_reading *reading, uint32_t item,
                                    const struct prd_hit *hit, bool anchor) {
  const struct prd_image_item *described = &pack->items[item];
  return (struct prd_evidence){
      .anchor = anchor,
      .name = prd_pack_string(pack, pack->features[described->feature].name),
      .points = described->points,
      .span = prd_folded_span(&reading->folded, hit->begin_byte, hit->end_byte),
  };
}

static enum prd_error fill(const struct prd_pack *pack, struct prd_arena *arena, const struct prd_reading *reading,
                           const struct prd_image_rule *rule, struct tally *tally, struct prd_finding *out) {
  const struct weighed *best = &tally->best;
  if (tally->span_count == 0)
    tally->spans[tally->span_count++] = (struct prd_span){0, (uint32_t)reading->folded.length_utf16};
  tally->span_count = merge_spans(tally->spans, tally->span_count);
  struct prd_span *spans = prd_arena_array(arena, tally->span_count, sizeof *spans);
  struct prd_evidence *list = prd_arena_array(arena, (size_t)best->near_count + 1, sizeof *list);
  struct prd_clause *clauses = prd_arena_array(arena, rule->clauses_count, sizeof *clauses);
  if (spans == NULL || list == NULL || clauses == NULL) return PRD_ERROR_MEMORY;
  memcpy(spans, tally->spans, tally->span_count * sizeof *spans);
  list[0] = describe(pack, reading, best->anchor_item, &best->anchor, true);
  for (uint32_t i = 0; i < best->near_count; i++)
    list[i + 1] = describe(pack, reading, best->near[i].item, &best->near[i].hit, false);
  for (uint32_t i = 0; i < rule->clauses_count; i++)
    clauses[i] = prd_pack_clause(pack, pack->rule_clauses[rule->clauses_begin + i]);
  *out = (struct prd_finding){
      .rule_id = prd_pack_string(pack, rule->id),
      .category = prd_pack_string(pack, rule->category),
      .severity = (enum prd_severity)rule->severity,
      .clauses = clauses,
      .clause_count = rule->clauses_count,
      .spans = spans,
      .span_count = tally->span_count,
      .of_model = pack->features[best->anchor.feature].kind == PRD_FEATURE_MODEL,
      .points = (int32_t)best->points,
      .threshold = rule->threshold,
      .message = {prd_pack_string(pack, rule->message_fr), prd_pack_string(pack, rule->message_en)},
      .remedy = {prd_pack_string(pack, rule->remedy_fr), prd_pack_string(pack, rule->remedy_en)},
      .evidence = list,
      .evidence_count = (size_t)best->near_count + 1,
  };
  return PRD_OK;
}

enum prd_error prd_weigh_watched(const struct prd_pack *pack, struct prd_arena *arena,
                                 const struct prd_reading *reading, const struct prd_image_rule *rule,
                                 const struct prd_weigh_watch *watch, struct prd_finding *out, bool *fired,
                                 bool *complete) {
  struct tally tally;
  tally.watch = watch;
  tally.fired = false;
  tally.span_count = 0;
  uint32_t anchors_left = ANCHORS_MAX;
  *fired = false;
  for (uint32_t m = 0; m < rule->match_count; m++) {
    const uint32_t item = rule->items_begin + m;
    if (is_metric(pack, &pack->items[item])) {
      const struct prd_hit whole = {.feature = pack->items[item].feature};
      if (metric_holds(pack, reading, &pack->items[item])) weigh_anchor(pack, reading, rule, item, &whole, &tally);
      continue;
    }
    const uint32_t feature = pack->items[item].feature;
    for (uint32_t h = reading->index.begin[feature]; h < reading->index.begin[feature + 1] && anchors_left != 0;
         h++, anchors_left--) {
      if (!prd_hit_is_inner(&reading->index, h))
        weigh_anchor(pack, reading, rule, item, &reading->index.items[h], &tally);
    }
  }
  if (!tally.fired) {
    if (anchors_left == 0) *complete = false;
    return PRD_OK;
  }
  *fired = true;
  return fill(pack, arena, reading, rule, &tally, out);
}

enum prd_error prd_weigh(const struct prd_pack *pack, struct prd_arena *arena, const struct prd_reading *reading,
                         const struct prd_image_rule *rule, struct prd_finding *out, bool *fired, bool *complete) {
  return prd_weigh_watched(pack, arena, reading, rule, NULL, out, fired, complete);
}
