// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/source_examples.h"

#include <string.h>

#include "policy/judge_rule.h"
#include "text/tokens.h"

struct runner {
  struct prd_judge *judge;
  struct prd_arena arena; ///< of one example
  struct prd_problems *problems;
};

/// Bytes of `text` between two UTF-16 offsets. The text is valid UTF-8.
static void slice(const char *text, struct prd_span span, size_t *begin, size_t *end) {
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

/// The underlined words of a finding, for a message.
static const char *underlined(struct runner *runner, const char *text, const struct prd_finding *finding) {
  const char *list = "";
  for (size_t i = 0; i < finding->span_count && list != NULL; i++) {
    size_t begin, end;
    slice(text, finding->spans[i], &begin, &end);
    list = prd_arena_format(&runner->arena, "%s%s[%.*s]", list, i == 0 ? "" : " ", (int)(end - begin), text + begin);
  }
  return list == NULL ? "" : list;
}

static bool word_underlined(const char *text, const struct prd_finding *finding, const char *word) {
  const char *found = strstr(text, word);
  if (found == NULL) return false;
  const size_t word_begin = (size_t)(found - text), word_end = word_begin + strlen(word);
  for (size_t i = 0; i < finding->span_count; i++) {
    size_t begin, end;
    slice(text, finding->spans[i], &begin, &end);
    if (begin <= word_begin && word_end <= end) return true;
  }
  return false;
}

static void check_words(struct runner *runner, const struct prd_source_rule *rule,
                        const struct prd_source_example *example, const struct prd_finding *finding) {
  for (size_t i = 0; example->words != NULL && i < example->words->count; i++) {
    const struct prd_node *word = &example->words->children[i];
    if (!word_underlined(example->text, finding, word->text))
      prd_problem_add(runner->problems, word->place, rule->id, PRD_SOURCE_EXAMPLE_WORDS, word->text,
                      underlined(runner, example->text, finding));
  }
}

static void run_example(struct runner *runner, const struct prd_source_rule *rule, size_t rule_number,
                        const struct prd_source_example *example) {
  const struct prd_context context = {example->venue, example->account};
  struct prd_finding finding;
  bool fired = false, complete = true;
  enum prd_error error =
      prd_judge_rule(runner->judge, &runner->arena, example->text, rule_number, &context, &finding, &fired, &complete);
  if (error != PRD_OK) {
    runner->problems->out_of_memory = true;
  } else if (!complete) {
    prd_problem_add(runner->problems, example->place, rule->id, PRD_SOURCE_EXAMPLE_BUDGET, example->text, NULL);
  } else if (example->must_match && !fired) {
    prd_problem_add(runner->problems, example->place, rule->id, PRD_SOURCE_EXAMPLE_SILENT, example->text, NULL);
  } else if (!example->must_match && fired) {
    prd_problem_add(runner->problems, example->place, rule->id, PRD_SOURCE_EXAMPLE_FIRES, example->text,
                    underlined(runner, example->text, &finding));
  } else if (fired) {
    check_words(runner, rule, example, &finding);
  }
  prd_arena_reset(&runner->arena);
}

void prd_source_run_examples(const struct prd_source_pack *source, const struct prd_pack *pack,
                             struct prd_problems *problems) {
  struct runner runner = {.problems = problems};
  if (prd_judge_new(pack, &runner.judge) != PRD_OK) {
    problems->out_of_memory = true;
    return;
  }
  for (size_t r = 0; r < source->rule_count; r++) {
    const struct prd_source_rule *rule = &source->rules[r];
    for (size_t i = 0; i < rule->example_count && !problems->out_of_memory; i++)
      run_example(&runner, rule, r, &rule->examples[i]);
  }
  prd_judge_free(runner.judge);
  prd_arena_free(&runner.arena);
}

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

void prd_source_lint(const struct prd_source_pack *source, struct prd_problems *problems) {
  for (size_t r = 0; r < source->rule_count; r++) {
    const struct prd_source_rule *rule = &source->rules[r];
    lint_examples(rule, problems);
    lint_free_speech(rule, problems);
    lint_self_excused(source, rule, problems);
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
}
