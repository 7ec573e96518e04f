// SPDX-License-Identifier: GPL-3.0-or-later
// An explanation never disagrees with the judge, and says what kept each silent rule silent.
#include "policy/explain.h"
#include "policy/judge_rule.h"
#include "support.h"

static struct prd_arena arena;
static struct mini mini;

static void set_up(void) {
  arena = (struct prd_arena){0};
  mini = (struct mini){0};
}
static void tear_down(void) {
  mini_free(&mini);
  prd_arena_free(&arena);
}

static struct prd_explanation explain_in(const char *text, enum prd_venue venue) {
  struct prd_explanation explanation;
  const struct prd_context context = {.venue = venue, .account = PRD_ACCOUNT_PERSONAL};
  ck_assert_int_eq(prd_explain_text(mini.judge, NULL, &arena, text, &context, &explanation), PRD_OK);
  return explanation;
}

static struct prd_explanation explain(const char *text) {
  return explain_in(text, PRD_VENUE_PERSONAL);
}

static const char *list(const struct prd_explained_item *items, size_t count) {
  const char *all = "";
  for (size_t i = 0; i < count; i++) all = prd_arena_format(&arena, "%s[%s]", all, items[i].words);
  return all;
}

/// "points/threshold reasons evidence excuses" of the only rule; "-" when none came near.
static const char *told(const char *text) {
  const struct prd_explanation explanation = explain(text);
  if (explanation.rule_count == 0) return "-";
  const struct prd_explained_rule *rule = &explanation.rules[0];
  const char *reasons = "";
  for (int s = 0; s < PRD_SILENCE_COUNT; s++) {
    if (((rule->silence >> s) & 1) != 0)
      reasons = prd_arena_format(&arena, "%s %s", reasons, prd_silence_name((enum prd_silence)s));
  }
  return prd_arena_format(&arena, "%d/%d%s %s%s%s", rule->points, rule->threshold, reasons,
                          list(rule->evidence, rule->evidence_count), rule->excuse_count == 0 ? "" : " ",
                          list(rule->excuses, rule->excuse_count));
}

struct example {
  const char *members, *text, *expected;
};

#define MATCH ", `match`: [{`terms`: [`navet`]}]"
#define HALF ", `match`: [{`terms`: [`navet`], `points`: 40}]"

static const struct example examples[] = {
    {MATCH, "rien", "-"},
    {MATCH, "un Navet", "60/60 [Navet]"},
    {HALF ", `near`: [{`terms`: [`gros`], `points`: 20}]", "navet", "40/60 points [navet]"},
    {HALF ", `near`: [{`terms`: [`gros`], `points`: 20}]", "gros navet", "60/60 [navet][gros]"},
    {MATCH ", `near`: [{`terms`: [`gros`], `required`: true}]", "navet", "60/60 missing [navet]"},
    {HALF ", `near`: [{`terms`: [`gros`], `points`: 20, `required`: true}]", "navet", "40/60 points missing [navet]"},
    {MATCH ", `unless`: [{`terms`: [`soupe`]}]", "soupe au navet", "60/60 excused [navet] [soupe]"},
    {MATCH ", `unless`: [{`terms`: [`navet rose`]}]", "un navet rose", "60/60 excused [navet] [navet rose]"},
    {MATCH ", `unless`: [{`metric`: `links`, `at_least`: 1}]", "navet https://a.example", "60/60 excused [navet] []"},
    {MATCH ", `quoted`: `ignore`", "il dit « navet »", "60/60 quoted [navet]"},
    // the closest match is told: the one that nothing excuses
    {MATCH ", `unless`: [{`terms`: [`soupe`], `within`: `sentence`}]", "Soupe au navet. Un navet", "60/60 [navet]"},
    {HALF ", `near`: [{`terms`: [`gros`], `points`: 10, `within`: {`words`: 1}}, {`terms`: [`mou`], `points`: 10}]",
     "navet et gros navet", "50/60 points [navet][gros]"},
    {MATCH ", `when`: {`venue`: [`official-page`]}", "navet", "60/60 venue [navet]"},
    {MATCH ", `when`: {`account`: [`official`]}", "navet", "60/60 account [navet]"},
    {MATCH ", `state`: `shadow`", "navet", "60/60 shadow [navet]"},
    {MATCH ", `state`: `shadow`, `when`: {`venue`: [`official-page`]}", "navet", "60/60 venue shadow [navet]"},
};

START_TEST(says_why) {
  const struct example *example = &examples[_i];
  mini_build(&mini, "", "", rule_text(&arena, "r.one", "insult-defamation", "warn", example->members));
  ck_assert_str_eq(told(example->text), example->expected);
}
END_TEST

static const char *several(void) {
  return prd_arena_format(
      &arena, "%s,%s,%s,%s",
      rule_text(&arena, "r.insult", "insult-defamation", "warn", MATCH ", `unless`: [{`terms`: [`soupe`]}]"),
      rule_text(&arena, "r.again", "insult-defamation", "info", MATCH),
      rule_text(&arena, "r.near", "personal-info", "serious",
                HALF ", `near`: [{`terms`: [`gros`], `points`: 20}, {`terms`: [`petit`], `points`: -20}]"),
      rule_text(&arena, "r.shadow", "insult-defamation", "warn", MATCH ", `state`: `shadow`"));
}

static bool in_verdict(const struct prd_verdict *verdict, const char *rule) {
  for (size_t i = 0; i < verdict->count; i++) {
    if (strcmp(verdict->findings[i].rule_id, rule) == 0) return true;
  }
  return false;
}

START_TEST(agrees_with_the_judge) {
  static const char *const words[] = {"navet", "gros ", "soupe", ". ", " ", "petit", "« navet »", "et"};
  mini_build(&mini, "", "", several());
  uint32_t state = 7;
  for (int round = 0; round < 300; round++) {
    const char *text = "";
    for (uint32_t i = draw(&state, 9); i > 0; i--)
      text = prd_arena_format(&arena, "%s %s", text, words[draw(&state, ROWS(words))]);
    const struct prd_explanation explanation = explain(text);
    size_t shown = 0;
    for (size_t i = 0; i < explanation.rule_count; i++) {
      const struct prd_explained_rule *rule = &explanation.rules[i];
      ck_assert_msg((rule->silence == 0) == in_verdict(&explanation.verdict, rule->rule_id),
                    "expected: the judge's word on %s; seen: %x; in: %s", rule->rule_id, rule->silence, text);
      shown += rule->silence == 0;
    }
    ck_assert_uint_eq(shown, explanation.verdict.count);
    prd_arena_reset(&arena);
  }
}
END_TEST

START_TEST(closest_first) {
  mini_build(&mini, "", "", several());
  const struct prd_explanation explanation = explain("soupe au navet");
  ck_assert_uint_eq(explanation.rule_count, 4);
  static const char *const order[] = {"r.again", "r.insult", "r.shadow", "r.near"};
  for (size_t i = 0; i < 4; i++) ck_assert_str_eq(explanation.rules[i].rule_id, order[i]);
  ck_assert_uint_eq(explanation.rules[0].match_count, 1);
  ck_assert_str_eq(explanation.rules[0].clause, "2");
}
END_TEST

START_TEST(a_graver_finding_speaks_for_another) {
  mini_build(&mini, "", "", several());
  const struct prd_explanation explanation = explain("un navet");
  ck_assert_str_eq(explanation.rules[1].rule_id, "r.shadow");
  ck_assert_uint_eq(explanation.rules[1].silence, 1U << PRD_SILENCE_SHADOW);
  ck_assert_str_eq(explanation.rules[2].rule_id, "r.again");
  ck_assert_uint_eq(explanation.rules[2].silence, 1U << PRD_SILENCE_REPEATS);
}
END_TEST

START_TEST(shadow_rules_are_judged_apart) {
  mini_build(&mini, "", "", several());
  const struct prd_context context = {.venue = PRD_VENUE_PERSONAL, .account = PRD_ACCOUNT_PERSONAL};
  const char *const *ids;
  size_t count;
  ck_assert_int_eq(prd_judge_shadow(mini.judge, &arena, "navet", 5, &context, &ids, &count), PRD_OK);
  ck_assert_uint_eq(count, 1);
  ck_assert_str_eq(ids[0], "r.shadow");
  ck_assert_int_eq(prd_judge_shadow(mini.judge, &arena, "rave", 4, &context, &ids, &count), PRD_OK);
  ck_assert_uint_eq(count, 0);
  ck_assert_int_eq(prd_judge_shadow(mini.judge, &arena, "\xFF", 1, &context, &ids, &count), PRD_ERROR_ENCODING);
}
END_TEST

START_TEST(own_identifiers_are_named) {
  mini_build(&mini, "", "",
             rule_text(&arena, "r.phone", "personal-info", "warn", ", `match`: [{`identifier`: `phone`}]"));
  const struct prd_explanation explanation = explain("Au 418 555-0100, au 418 555-0142, à info@boreale.example");
  ck_assert_uint_eq(explanation.identifier_count, 3);
  ck_assert_str_eq(explanation.identifiers[0].words, "418 555-0100");
  ck_assert(explanation.identifiers[0].own && !explanation.identifiers[1].own && explanation.identifiers[2].own);
  ck_assert_uint_eq(explanation.rule_count, 1);
  ck_assert_uint_eq(explanation.model_count, 0); // no model in this pack
}
END_TEST

START_TEST(a_text_that_is_not_utf8_is_refused) {
  mini_build(&mini, "", "", several());
  struct prd_explanation explanation;
  const struct prd_context context = {.venue = PRD_VENUE_PERSONAL, .account = PRD_ACCOUNT_PERSONAL};
  ck_assert_int_eq(prd_explain_text(mini.judge, NULL, &arena, "\xC3", &context, &explanation), PRD_ERROR_ENCODING);
}
END_TEST

START_TEST(spans_in_bytes) {
  size_t begin, end;
  prd_span_bytes("é\xF0\x9F\x98\x80x", (struct prd_span){1, 3}, &begin, &end);
  ck_assert_uint_eq(begin, 2);
  ck_assert_uint_eq(end, 6);
}
END_TEST

START_TEST(rules_are_summed_up) {
  mini_build(&mini, "", "", several());
  ck_assert_uint_eq(prd_pack_rule_count(mini.built.pack), 4);
  const struct prd_rule_summary rule = prd_pack_rule(mini.built.pack, 3);
  ck_assert_str_eq(rule.id, "r.shadow");
  ck_assert(rule.shadow && rule.threshold == 60 && rule.severity == PRD_SEVERITY_WARN);
}
END_TEST

int main(void) {
  TCase *cases = tcase_create("explain");
  tcase_add_checked_fixture(cases, set_up, tear_down);
  tcase_add_loop_test(cases, says_why, 0, ROWS(examples));
  tcase_add_test(cases, agrees_with_the_judge);
  tcase_add_test(cases, closest_first);
  tcase_add_test(cases, a_graver_finding_speaks_for_another);
  tcase_add_test(cases, shadow_rules_are_judged_apart);
  tcase_add_test(cases, own_identifiers_are_named);
  tcase_add_test(cases, a_text_that_is_not_utf8_is_refused);
  tcase_add_test(cases, spans_in_bytes);
  tcase_add_test(cases, rules_are_summed_up);
  return run_cases("explain", cases);
}
