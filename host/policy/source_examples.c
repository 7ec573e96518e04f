// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/source_examples.h"

#include <string.h>

#include "policy/directory.h"
#include "policy/explain.h"
#include "policy/judge_rule.h"

struct runner {
  struct prd_judge *judge;
  struct prd_arena arena; ///< of one example
  struct prd_problems *problems;
  struct prd_directory *directory; ///< of the pack's examples, or NULL
};

/// The directory whose lines a pack gives; NULL after the problem was added. Line numbers of the problem are those of the array.
static struct prd_directory *make_directory(struct runner *runner, const struct prd_node *lines, const char *rule) {
  struct prd_arena *arena = runner->problems->arena;
  char *text = prd_arena_copy(arena, "", 0);
  for (size_t i = 0; text != NULL && i < lines->count; i++)
    text = prd_arena_format(arena, "%s%s\n", text, lines->children[i].text);
  struct prd_directory *directory = NULL;
  struct prd_directory_problem problem;
  const enum prd_error error =
      text == NULL ? PRD_ERROR_MEMORY : prd_directory_parse(text, strlen(text), &problem, &directory);
  if (error == PRD_ERROR_MEMORY) runner->problems->out_of_memory = true;
  if (error == PRD_ERROR_INVALID) {
    const bool placed = problem.line != 0 && problem.line <= lines->count;
    prd_problem_add(runner->problems, placed ? lines->children[problem.line - 1].place : lines->place, rule,
                    PRD_SOURCE_BAD_DIRECTORY, problem.reason.fr, problem.reason.en);
  }
  return directory;
}

/// The underlined words of a finding, for a message.
static const char *underlined(struct runner *runner, const char *text, const struct prd_finding *finding) {
  const char *list = "";
  for (size_t i = 0; i < finding->span_count && list != NULL; i++) {
    size_t begin, end;
    prd_span_bytes(text, finding->spans[i], &begin, &end);
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
    prd_span_bytes(text, finding->spans[i], &begin, &end);
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
  const struct prd_context context = {example->venue, example->account, example->published_before};
  struct prd_directory *own = example->directory == NULL ? NULL : make_directory(runner, example->directory, rule->id);
  struct prd_finding finding;
  bool fired = false, complete = true;
  prd_judge_set_directory(runner->judge, own != NULL ? own : runner->directory);
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
  prd_judge_set_directory(runner->judge, NULL);
  prd_directory_free(own);
  prd_arena_reset(&runner->arena);
}

void prd_source_run_examples(const struct prd_source_pack *source, const struct prd_pack *pack,
                             struct prd_problems *problems) {
  struct runner runner = {.problems = problems};
  if (prd_judge_new(pack, &runner.judge) != PRD_OK) {
    problems->out_of_memory = true;
    return;
  }
  if (source->directory_examples != NULL) runner.directory = make_directory(&runner, source->directory_examples, NULL);
  for (size_t r = 0; r < source->rule_count; r++) {
    const struct prd_source_rule *rule = &source->rules[r];
    for (size_t i = 0; i < rule->example_count && !problems->out_of_memory; i++)
      run_example(&runner, rule, r, &rule->examples[i]);
  }
  prd_judge_free(runner.judge);
  prd_directory_free(runner.directory);
  prd_arena_free(&runner.arena);
}
