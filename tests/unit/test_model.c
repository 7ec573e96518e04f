// SPDX-License-Identifier: GPL-3.0-or-later
// The linear model: trained on a few posts, written, read, built into a pack, asked by a rule, and doubting another.
#include "policy/judge_rule.h"
#include "policy/model_file.h"
#include "policy/model_train.h"
#include "policy/pack_view.h"
#include "policy/reading.h"
#include "support.h"

static struct prd_arena arena;
static struct mini mini;

static void set_up(void) {
  arena = (struct prd_arena){0};
}
static void tear_down(void) {
  prd_arena_free(&arena);
}

// Vegetables are the insult of this clinic, weather is not; each idea in many words.
static const char *const insults[] = {
    "Mon chef est un navet",    "Ce docteur, quel navet!",  "La direction est une bande de navets",
    "Pauvre navet, va",         "Espèce de gros navet",     "Le patron est un navet fini",
    "Tu es un navet, mon cher", "Un vrai navet, ce gérant", "Bande de navets à la direction",
    "Le gérant, un navet",      "Quel navet que ce patron", "Vous êtes des navets",
};
static const char *const harmless[] = {
    "Il pleut sur la ville",  "Le soleil brille enfin",   "Belle journée de neige", "Le vent souffle fort",
    "Merci pour le café",     "Le match était long",      "Bonne fête à tous",      "La soupe est chaude",
    "Le train arrive demain", "Il neige encore ce matin", "Un beau nuage rose",     "La rivière est gelée",
};

enum { EACH = sizeof insults / sizeof *insults };

static void gold(struct prd_labelled_post posts[2 * EACH]) {
  size_t category;
  ck_assert(prd_category_from_name("insult-defamation", &category));
  for (size_t i = 0; i < EACH; i++) {
    posts[2 * i] = (struct prd_labelled_post){insults[i], 0, PRD_VENUE_PERSONAL, 1U << category};
    posts[2 * i + 1] = (struct prd_labelled_post){harmless[i], 0, PRD_VENUE_PERSONAL, 0};
  }
}

/// A rule that makes the category known where it is trained, and never fires.
static void learner(void) {
  mini_build(&mini, "", "", rule_text(&arena, "r", "insult-defamation", "warn", ", `match`: [{`terms`: [`zzz`]}]"));
}

static struct prd_model_tables *train(void) {
  struct prd_labelled_post posts[2 * EACH];
  gold(posts);
  struct prd_model_tables *tables = prd_arena_alloc(&arena, sizeof *tables);
  struct prd_training training;
  const struct prd_pack *packs[] = {mini.built.pack};
  struct prd_judge *judges[] = {mini.judge};
  ck_assert_int_eq(prd_model_train(&arena, judges, packs, 1, posts, 2 * EACH, tables, &training), PRD_OK);
  ck_assert_uint_eq(training.posts, 2 * EACH);
  ck_assert_uint_gt(training.grams, 20);
  ck_assert_uint_gt(tables->weight_count, 0);
  return tables;
}

/// A pack whose rule is `members`, built with the model file at `path`.
static enum prd_error build(struct folder *folder, const char *path, const char *members, struct prd_problems *problems,
                            struct prd_built *built) {
  const char *rules = rule_text(&arena, "r", "insult-defamation", "warn", members);
  char *text = pack_text(&arena, "", "", rules);
  char *at = strstr(text, "`serial`: 7,");
  text = prd_arena_format(&arena, "%.*s`serial`: 7, `model`: true,%s", (int)(at - text), text, at + 12);
  const struct prd_build_options options = {.no_examples = true, .model = path};
  return prd_pack_build_with(folder_write(folder, "pack.json", text), &options, problems, built);
}

/// The builder asks two examples of each rule even where they are not run.
#define EXAMPLES ", `match`: "

START_TEST(what_was_trained_is_told_of_new_words) {
  learner();
  const struct prd_model_tables *tables = train();
  struct folder folder;
  folder_open(&folder);
  const char *path = folder_write(&folder, "model.bin", "");
  ck_assert_int_eq(prd_model_file_write(&arena, path, tables), PRD_OK);
  struct prd_problems problems = {.arena = &arena};
  struct prd_built built = {0};
  (void)build(&folder, path, EXAMPLES "[{`model`: `insult-defamation`, `at_least`: 70}]", &problems, &built);
  for (size_t i = 0; i < problems.count; i++) ck_assert_int_eq(problems.items[i].message, PRD_SOURCE_NEEDS_EXAMPLES);
  mini_free(&mini);

  // The same, without the builder's wish for examples.
  struct prd_source_pack *source;
  mini = (struct mini){0};
  problems = (struct prd_problems){.arena = &mini.arena};
  source = prd_source_read(prd_arena_format(&arena, "%s/pack.json", folder.path), &problems);
  struct prd_lexicon lexicon;
  struct prd_pattern_tables patterns;
  struct prd_model_tables *read = prd_arena_alloc(&arena, sizeof *read);
  ck_assert_int_eq(prd_model_file_read(&arena, path, read), PRD_OK);
  prd_lexicon_build(source, &problems, &lexicon);
  prd_pattern_build(source, &problems, &patterns);
  ck_assert_int_eq(
      prd_image_write(source, &lexicon, &patterns, read, &mini.arena, &mini.built.bytes, &mini.built.size_bytes),
      PRD_OK);
  ck_assert_int_eq(prd_pack_from_memory(mini.built.bytes, mini.built.size_bytes, &mini.built.pack), PRD_OK);
  ck_assert_int_eq(prd_judge_new(mini.built.pack, &mini.judge), PRD_OK);
  const struct prd_context context = {.venue = PRD_VENUE_PERSONAL};
  struct prd_verdict verdict;
  static const char insult[] = "Notre voisin est un sacré navet", calm[] = "Il pleut encore sur la rivière";
  ck_assert_int_eq(prd_judge_text(mini.judge, &arena, insult, strlen(insult), &context, &verdict), PRD_OK);
  ck_assert_uint_eq(verdict.count, 1);
  ck_assert_str_eq(verdict.findings[0].rule_id, "r");
  bool shown = false; // the words that made the model think so are highlighted
  for (size_t i = 0; i < verdict.findings[0].span_count; i++) {
    const struct prd_span span = verdict.findings[0].spans[i];
    shown |= span.begin_utf16 <= 26 && span.end_utf16 >= 31;
  }
  ck_assert_msg(shown, "expected: « navet » among the words shown");
  ck_assert_int_eq(prd_judge_text(mini.judge, &arena, calm, strlen(calm), &context, &verdict), PRD_OK);
  ck_assert_uint_eq(verdict.count, 0);
  mini_free(&mini);
  folder_close(&folder);
}
END_TEST

START_TEST(training_twice_gives_the_same_model) {
  learner();
  const struct prd_model_tables *first = train(), *second = train();
  ck_assert_uint_eq(first->slot_count, second->slot_count);
  ck_assert_uint_eq(first->weight_count, second->weight_count);
  ck_assert_mem_eq(first->slots, second->slots, first->slot_count * sizeof *first->slots);
  ck_assert_mem_eq(first->weights, second->weights, first->weight_count * sizeof *first->weights);
  mini_free(&mini);
}
END_TEST

START_TEST(an_institution_that_the_model_has_not_met_gets_the_average) {
  learner();
  struct prd_model_tables *tables = train();
  struct prd_image_model_output room[PRD_MODEL_OUTPUT_COUNT];
  size_t category;
  ck_assert(prd_category_from_name("insult-defamation", &category));
  ck_assert_ptr_eq(prd_model_outputs_for(tables, "mini", room), tables->outputs[0]);
  const struct prd_image_model_output *other = prd_model_outputs_for(tables, "ailleurs", room);
  ck_assert_ptr_eq(other, room);
  ck_assert_uint_eq(other[category].known, 1);
  ck_assert(other[category].bias[PRD_VENUE_PERSONAL] == tables->outputs[0][category].bias[PRD_VENUE_PERSONAL]);
  mini_free(&mini);
}
END_TEST

START_TEST(a_damaged_model_is_refused) {
  learner();
  struct prd_model_tables *tables = train(), read;
  struct folder folder;
  folder_open(&folder);
  const char *path = folder_write(&folder, "model.bin", "");
  ck_assert_int_eq(prd_model_file_write(&arena, path, tables), PRD_OK);
  ck_assert_int_eq(prd_model_file_read(&arena, path, &read), PRD_OK);
  ck_assert_uint_eq(read.weight_count, tables->weight_count);
  FILE *file = fopen(path, "r+b");
  ck_assert_int_eq(fseek(file, -9, SEEK_END), 0);
  const int byte = fgetc(file);
  ck_assert_int_eq(fseek(file, -9, SEEK_END), 0);
  ck_assert_int_ne(fputc(byte ^ 4, file), EOF);
  ck_assert_int_eq(fclose(file), 0);
  ck_assert_int_eq(prd_model_file_read(&arena, path, &read), PRD_ERROR_CORRUPT);
  (void)folder_write(&folder, "model.bin", "PRUDMODL");
  ck_assert_int_eq(prd_model_file_read(&arena, path, &read), PRD_ERROR_CORRUPT);
  ck_assert_int_eq(prd_model_file_read(&arena, prd_arena_format(&arena, "%s/absent", folder.path), &read),
                   PRD_ERROR_NOT_FOUND);
  mini_free(&mini);
  folder_close(&folder);
}
END_TEST

START_TEST(without_a_model_nothing_is_likely_and_nothing_doubted) {
  mini_build(&mini, "", "", rule_text(&arena, "r", "insult-defamation", "warn", ", `match`: [{`terms`: [`navet`]}]"));
  struct prd_reading *reading;
  bool complete = true;
  ck_assert_int_eq(prd_judge_read(mini.judge, &arena, "un navet", 8, PRD_VENUE_PERSONAL, &reading, &complete), PRD_OK);
  for (size_t c = 0; c < PRD_CATEGORY_COUNT; c++) ck_assert_int_eq(reading->model.percent[c], 0);
  struct prd_image_rule rule = mini.built.pack->rules[0];
  rule.doubt = 50;
  ck_assert(!prd_rule_is_doubted(mini.built.pack, reading, &rule));
  struct prd_model_word words[PRD_MODEL_WORDS_SHOWN];
  ck_assert_uint_eq(prd_model_strongest(mini.built.pack, reading, 0, words), 0);
  mini_free(&mini);
}
END_TEST

START_TEST(a_weight_keeps_its_category_and_sign) {
  for (int32_t units = -PRD_MODEL_WEIGHT_MAX; units <= PRD_MODEL_WEIGHT_MAX; units += 31) {
    for (size_t category = 0; category < PRD_MODEL_OUTPUT_COUNT; category++) {
      const prd_image_model_weight weight = prd_model_weight(category, units);
      ck_assert_uint_eq(prd_model_weight_category(weight), category);
      ck_assert_int_eq(prd_model_weight_units(weight), units);
    }
  }
}
END_TEST

int main(void) {
  Suite *suite = suite_create("model");
  TCase *cases = tcase_create("model");
  tcase_add_checked_fixture(cases, set_up, tear_down);
  tcase_add_test(cases, what_was_trained_is_told_of_new_words);
  tcase_add_test(cases, training_twice_gives_the_same_model);
  tcase_add_test(cases, an_institution_that_the_model_has_not_met_gets_the_average);
  tcase_add_test(cases, a_damaged_model_is_refused);
  tcase_add_test(cases, without_a_model_nothing_is_likely_and_nothing_doubted);
  tcase_add_test(cases, a_weight_keeps_its_category_and_sign);
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  const int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? 0 : 1;
}
