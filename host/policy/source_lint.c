// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/source_lint.h"

#include <stdio.h>
#include <string.h>

#include "policy/automaton.h"
#include "text/tokens.h"

enum { EXAMPLES_ADVISED = 3, SENTENCE_WORDS = 20 };

static void lint_examples(const struct prd_source_rule *rule, struct prd_problems *problems) {
  size_t counts[2] = {0, 0};
  for (size_t i = 0; i < rule->example_count; i++) counts[rule->examples[i].must_match]++;
  for (size_t i = 0; i < 2; i++) {
    if (counts[i] < EXAMPLES_ADVISED)
      prd_problem_add(problems, rule->place, rule->id, PRD_SOURCE_LINT_FEW_EXAMPLES, i == 0 ? "clean" : "match", "3");
  }
}

/// Opinions and language are free on a personal profile in all five policies.
static void lint_free_speech(const struct prd_source_rule *rule, struct prd_problems *problems) {
  static const char *const opinions[] = {"political-union", "other-language", "unintelligible", "offtopic-link"};
  for (size_t i = 0; i < sizeof opinions / sizeof *opinions; i++) {
    if (strcmp(opinions[i], rule->category) == 0 && (rule->venues & (1U << PRD_VENUE_PERSONAL)) != 0)
      prd_problem_add(problems, rule->place, rule->id, PRD_SOURCE_LINT_FREE_SPEECH, rule->category,
                      prd_venue_name(PRD_VENUE_OFFICIAL_PAGE));
  }
}

static void lint_self_excused(const struct prd_source_pack *source, const struct prd_source_rule *rule,
                              struct prd_problems *problems) {
  for (size_t u = rule->match_count + rule->near_count; u < rule->item_count; u++) {
    for (size_t m = 0; m < rule->match_count; m++) {
      if (rule->items[u].image.feature == rule->items[m].image.feature)
        prd_problem_add(problems, rule->items[u].place, rule->id, PRD_SOURCE_LINT_SELF_EXCUSED,
                        source->features[rule->items[m].image.feature].name, NULL);
    }
  }
}

static void lint_sentences(const struct prd_source_rule *rule, const char *text, const char *name,
                           struct prd_problems *problems) {
  struct prd_folded folded;
  struct prd_tokens tokens;
  if (prd_fold_text(problems->arena, text, strlen(text), &folded) != PRD_OK ||
      prd_tokenize(problems->arena, &folded, &tokens) != PRD_OK)
    return;
  size_t words = 0;
  for (size_t i = 0; i < tokens.count; i++) {
    // An elided word is read as part of the next one.
    if (i != 0 && tokens.items[i].sentence != tokens.items[i - 1].sentence) words = 0;
    words += (tokens.items[i].flags & PRD_TOKEN_ELIDED) == 0;
    if (words != SENTENCE_WORDS + 1) continue;
    prd_problem_add(problems, rule->place, rule->id, PRD_SOURCE_LINT_LONG_SENTENCE, name, NULL);
    return;
  }
}

/// The same text in both languages: one of them is missing.
static void lint_languages(const struct prd_source_rule *rule, struct prd_problems *problems) {
  if (strcmp(rule->message.fr, rule->message.en) == 0)
    prd_problem_add(problems, rule->place, rule->id, PRD_SOURCE_LINT_UNTRANSLATED, "message", NULL);
  if (strcmp(rule->remedy.fr, rule->remedy.en) == 0)
    prd_problem_add(problems, rule->place, rule->id, PRD_SOURCE_LINT_UNTRANSLATED, "remedy", NULL);
}

static bool is_percent(const struct prd_source_feature *feature) {
  return feature->kind == PRD_FEATURE_MODEL ||
         (feature->kind == PRD_FEATURE_METRIC &&
          (feature->detail == PRD_METRIC_UPPERCASE_PERCENT || feature->detail == PRD_METRIC_OTHER_LANGUAGE ||
           feature->detail == PRD_METRIC_UNINTELLIGIBLE));
}

static void lint_never_holds(const struct prd_source_pack *source, const struct prd_source_rule *rule,
                             struct prd_problems *problems) {
  for (size_t i = 0; i < rule->item_count; i++) {
    const struct prd_image_item *item = &rule->items[i].image;
    const struct prd_source_feature *feature = &source->features[item->feature];
    if (feature->kind != PRD_FEATURE_METRIC && feature->kind != PRD_FEATURE_MODEL) continue;
    if ((!is_percent(feature) || item->at_least <= 100) && (item->below == 0 || item->at_least < item->below)) continue;
    char limits[64];
    (void)snprintf(limits, sizeof limits, "at_least %d, below %d", item->at_least, item->below);
    prd_problem_add(problems, rule->items[i].place, rule->id, PRD_SOURCE_LINT_NEVER_HOLDS, feature->name, limits);
  }
}

/// Whether `outer` sees everything that `inner` sees.
static bool sees_all_of(const struct prd_image_item *outer, const struct prd_image_item *inner) {
  if (outer->feature != inner->feature || outer->at_least > inner->at_least || outer->below != inner->below)
    return false;
  if (outer->side != PRD_SIDE_EITHER && outer->side != inner->side) return false;
  if (outer->window == PRD_WINDOW_TEXT) return true;
  return outer->window == inner->window && (outer->window != PRD_WINDOW_WORDS || outer->words >= inner->words);
}

static void lint_near_excuses(const struct prd_source_pack *source, const struct prd_source_rule *rule,
                              struct prd_problems *problems) {
  for (size_t n = rule->match_count; n < rule->match_count + rule->near_count; n++) {
    if (rule->items[n].image.required == 0) continue;
    for (size_t u = rule->match_count + rule->near_count; u < rule->item_count; u++) {
      if (sees_all_of(&rule->items[u].image, &rule->items[n].image))
        prd_problem_add(problems, rule->items[n].place, rule->id, PRD_SOURCE_LINT_NEAR_EXCUSES,
                        source->features[rule->items[n].image.feature].name, NULL);
    }
  }
}

/// A pattern that decides alone, everywhere.
static void lint_ungated(const struct prd_source_pack *source, const struct prd_source_rule *rule,
                         struct prd_problems *problems) {
  if (rule->near_count != 0 || rule->unless_count != 0 || rule->venues != (1U << PRD_VENUE_COUNT) - 1) return;
  for (size_t m = 0; m < rule->match_count; m++) {
    const struct prd_source_feature *feature = &source->features[rule->items[m].image.feature];
    if (feature->kind == PRD_FEATURE_PATTERN && rule->items[m].image.points >= rule->threshold)
      prd_problem_add(problems, rule->items[m].place, rule->id, PRD_SOURCE_LINT_UNGATED_PATTERN, feature->name, NULL);
  }
}

/// Everyday words and figures, folded: none of them is a reason to warn anybody.
static const char *const ordinary[] = {
    "bonjour", "merci",  "maison",  "equipe", "travail", "journee",  "lundi",  "cafe",   "hopital",  "ecole",
    "enfant",  "ami",    "famille", "photo",  "musique", "vacances", "demain", "hier",   "toujours", "beau",
    "hello",   "thanks", "house",   "team",   "work",    "today",    "monday", "coffee", "school",   "friend",
    "child",   "music",  "weekend", "always", "good",    "people",   "street", "water",  "book",     "summer",
    "12",      "2024",   "100",     "7",      "15",      "1000",     "3e",     "8h",     "20",       "365"};
enum { ORDINARY_COUNT = sizeof ordinary / sizeof *ordinary };

/// Counts the ordinary words that each feature finds; false when memory is exhausted.
static bool count_ordinary(const struct prd_pack *pack, struct prd_problems *problems, size_t *counts) {
  struct prd_automaton *automaton;
  bool whole = prd_automaton_new(pack, &automaton) == PRD_OK;
  for (size_t w = 0; whole && w < ORDINARY_COUNT; w++) {
    struct prd_hits hits = {0};
    bool complete = true;
    whole =
        prd_automaton_scan(automaton, problems->arena, ordinary[w], strlen(ordinary[w]), &hits, &complete) == PRD_OK;
    for (size_t h = 0; h < hits.count; h++) {
      const bool again = h != 0 && hits.items[h].feature == hits.items[h - 1].feature;
      if (!again) counts[hits.items[h].feature]++;
    }
  }
  prd_automaton_free(automaton);
  return whole;
}

static void lint_broad_patterns(const struct prd_source_pack *source, const struct prd_pack *pack,
                                struct prd_problems *problems) {
  size_t *counts = prd_arena_array(problems->arena, source->feature_count, sizeof *counts);
  if (counts == NULL || !count_ordinary(pack, problems, counts)) {
    problems->out_of_memory = true;
    return;
  }
  for (size_t f = 0; f < source->feature_count; f++) {
    const struct prd_source_feature *feature = &source->features[f];
    if (feature->kind != PRD_FEATURE_PATTERN || counts[f] <= ORDINARY_COUNT / 2) continue;
    char found[48];
    (void)snprintf(found, sizeof found, "%zu/%d", counts[f], ORDINARY_COUNT);
    prd_problem_add(problems, source->patterns[feature->index].node->place, NULL, PRD_SOURCE_LINT_BROAD_PATTERN,
                    feature->name, found);
  }
}

static bool is_model(const struct prd_source_pack *source, const struct prd_image_item *item) {
  return source->features[item->feature].kind == PRD_FEATURE_MODEL;
}

/// Whether the model by itself reaches the threshold from this match.
static bool model_decides(const struct prd_source_pack *source, const struct prd_source_rule *rule, size_t match) {
  int64_t points = rule->items[match].image.points;
  for (size_t n = rule->match_count; n < rule->match_count + rule->near_count; n++) {
    const struct prd_image_item *near = &rule->items[n].image;
    if (near->required != 0 && !is_model(source, near)) return false;
    if (is_model(source, near) && (near->points > 0 || near->required != 0)) points += near->points;
  }
  return points >= rule->threshold;
}

void prd_source_check_model(const struct prd_source_pack *source, struct prd_problems *problems) {
  for (size_t r = 0; r < source->rule_count; r++) {
    const struct prd_source_rule *rule = &source->rules[r];
    for (size_t m = 0; rule->severity == PRD_SEVERITY_SERIOUS && m < rule->match_count; m++) {
      const struct prd_image_item *item = &rule->items[m].image;
      if (is_model(source, item) && model_decides(source, rule, m))
        prd_problem_add(problems, rule->items[m].place, rule->id, PRD_SOURCE_MODEL_ALONE,
                        source->features[item->feature].name, NULL);
    }
  }
}

void prd_source_lint(const struct prd_source_pack *source, const struct prd_pack *pack, struct prd_problems *problems) {
  for (size_t r = 0; r < source->rule_count; r++) {
    const struct prd_source_rule *rule = &source->rules[r];
    lint_examples(rule, problems);
    lint_free_speech(rule, problems);
    lint_self_excused(source, rule, problems);
    lint_never_holds(source, rule, problems);
    lint_near_excuses(source, rule, problems);
    lint_ungated(source, rule, problems);
    lint_languages(rule, problems);
    lint_sentences(rule, rule->message.fr, "message.fr", problems);
    lint_sentences(rule, rule->message.en, "message.en", problems);
    lint_sentences(rule, rule->remedy.fr, "remedy.fr", problems);
    lint_sentences(rule, rule->remedy.en, "remedy.en", problems);
  }
  for (size_t i = 0; i < source->list_count; i++) {
    if (!source->lists[i].used && !source->lists[i].shared && strcmp(source->lists[i].name, "institution") != 0)
      prd_problem_add(problems, source->lists[i].terms->place, NULL, PRD_SOURCE_LINT_UNUSED_LIST, source->lists[i].name,
                      NULL);
  }
  lint_broad_patterns(source, pack, problems);
  prd_source_lint_terms(source, problems);
}
