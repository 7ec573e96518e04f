// SPDX-License-Identifier: GPL-3.0-or-later
// What fires, where, with how many points, and why: the promises of docs/PACKS.md, one text at a time.
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

static struct prd_verdict judge_in(const char *text, enum prd_venue venue, enum prd_account account) {
  struct prd_verdict verdict;
  const struct prd_context context = {.venue = venue, .account = account};
  ck_assert_int_eq(prd_judge_text(mini.judge, &arena, text, strlen(text), &context, &verdict), PRD_OK);
  return verdict;
}

static struct prd_verdict judge(const char *text) {
  return judge_in(text, PRD_VENUE_PERSONAL, PRD_ACCOUNT_PERSONAL);
}

static const char *spans_text(const char *text, const struct prd_finding *finding) {
  const char *all = "";
  for (size_t i = 0; i < finding->span_count; i++)
    all = prd_arena_format(&arena, "%s[%s]", all, slice_utf16(&arena, text, finding->spans[i]));
  return all;
}

/// "points[words][words]" of each finding, joined by spaces; "-" for none; a "?" behind when the text was not verified.
static const char *shown(const char *text, const struct prd_verdict *verdict) {
  const char *all = "";
  for (size_t i = 0; i < verdict->count; i++)
    all = prd_arena_format(&arena, "%s%s%d%s", all, i == 0 ? "" : " ", verdict->findings[i].points,
                           spans_text(text, &verdict->findings[i]));
  return prd_arena_format(&arena, "%s%s", verdict->count == 0 ? "-" : all, verdict->complete ? "" : "?");
}

struct example {
  const char *members, *text, *expected;
};

#define MATCH ", `match`: [{`terms`: [`navet`]}]"
#define NEAR(members) ", `match`: [{`terms`: [`navet`], `points`: 50}], `near`: [{`terms`: [`gros`], " members "}]"
#define UNLESS(members) MATCH ", `unless`: [{`terms`: [`soupe`]" members "}]"

static const struct example examples[] = {
    // points and threshold
    {MATCH, "Un navet, des NAVETS, l'navet", "60[navet][navet]"},
    {MATCH ", `threshold`: 60", "navet", "60[navet]"},
    {", `match`: [{`terms`: [`navet`], `points`: 59}], `near`: [{`terms`: [`gros`], `points`: 1}]", "navet", "-"},
    {", `match`: [{`terms`: [`navet`], `points`: 59}], `near`: [{`terms`: [`gros`], `points`: 1}]", "gros navet",
     "60[gros][navet]"},
    {NEAR("`points`: 10"), "navet", "-"},
    {NEAR("`points`: 10"), "gros navet", "60[gros][navet]"},
    {NEAR("`points`: 10"), "gros gros navet", "60[gros][navet]"}, // each near item counts once
    {", `match`: [{`terms`: [`navet`]}], `near`: [{`terms`: [`petit`], `points`: -1}]", "petit navet", "-"},
    {", `match`: [{`terms`: [`navet`], `points`: 90}], `near`: [{`terms`: [`petit`], `points`: -10}]",
     "petit navet, loin de là un, deux, trois, quatre, cinq, six, navet", "90[navet][navet]"},
    {", `match`: [{`terms`: [`navet`], `points`: 60}, {`terms`: [`rave`], `points`: 80}]", "navet et rave",
     "80[navet][rave]"},
    // windows of words: eight by default
    {NEAR("`points`: 10"), "gros 1 2 3 4 5 6 7 navet", "60[gros][navet]"},
    {NEAR("`points`: 10"), "gros 1 2 3 4 5 6 7 8 navet", "-"},
    {NEAR("`points`: 10"), "navet 1 2 3 4 5 6 7 gros", "60[navet][gros]"},
    {NEAR("`points`: 10"), "navet 1 2 3 4 5 6 7 8 gros", "-"},
    {NEAR("`points`: 10, `within`: {`words`: 1}"), "gros navet", "60[gros][navet]"},
    {NEAR("`points`: 10, `within`: {`words`: 1}"), "gros 1 navet", "-"},
    {NEAR("`points`: 10"), "Gros. Navet", "60[Gros][Navet]"}, // words reach into the next sentence
    {NEAR("`points`: 10, `within`: `sentence`"), "Gros. Navet", "-"},
    {NEAR("`points`: 10, `within`: `sentence`"), "Navet 1 2 3 4 5 6 7 8 9 10 gros. Ici", "60[Navet][gros]"},
    {NEAR("`points`: 10, `within`: `sentence`"), "Ici! Navet gros\nGros", "60[Navet][gros]"},
    {NEAR("`points`: 10, `within`: `text`"), "Gros. A. B. C. 1 2 3 4 5 6 7 8 9. Navet", "60[Gros][Navet]"},
    // sides
    {NEAR("`points`: 10, `side`: `before`"), "gros navet", "60[gros][navet]"},
    {NEAR("`points`: 10, `side`: `before`"), "navet gros", "-"},
    {NEAR("`points`: 10, `side`: `after`"), "gros navet", "-"},
    {NEAR("`points`: 10, `side`: `after`"), "navet gros", "60[navet][gros]"},
    {NEAR("`points`: 10, `side`: `either`"), "navet gros", "60[navet][gros]"},
    // required evidence
    {MATCH ", `near`: [{`terms`: [`gros`], `required`: true}]", "navet", "-"},
    {MATCH ", `near`: [{`terms`: [`gros`], `required`: true}]", "gros navet", "60[gros][navet]"},
    {MATCH ", `near`: [{`terms`: [`gros`], `required`: true}]", "gros navet 1 2 3 4 5 6 7 8 9 navet",
     "60[gros][navet]"},
    // near evidence never overlaps the match
    {", `match`: [{`terms`: [`gros navet`], `points`: 50}], `near`: [{`terms`: [`gros`], `points`: 10}]", "gros navet",
     "-"},
    {", `match`: [{`terms`: [`gros navet`], `points`: 50}], `near`: [{`terms`: [`gros`], `points`: 10}]",
     "gros gros navet", "60[gros][gros navet]"},
    // a term inside a longer one of its list is evidence where the longer one shares words with the match
    {", `match`: [{`terms`: [`navet`], `points`: 50}], `near`: [{`terms`: [`gros`, `gros <0-2> navet`], `points`: 10}]",
     "gros et beau navet", "60[gros][navet]"},
    {", `match`: [{`terms`: [`navet`, `gros navet`]}]", "gros navet", "60[gros navet]"},
    // exceptions
    {UNLESS(""), "soupe au navet", "-"},
    {UNLESS(""), "soupe 1 2 3 4 5 6 7 8 navet", "60[navet]"},
    {UNLESS(", `within`: `text`"), "Soupe. 1 2 3 4 5 6 7 8 9. Navet", "-"},
    {UNLESS(", `side`: `after`"), "soupe au navet", "60[navet]"},
    {UNLESS(""), "soupe au navet. 1 2 3 4 5 6 7 8 9 navet", "60[navet]"},
    {MATCH ", `unless`: [{`terms`: [`soupe au navet`]}]", "soupe au navet", "-"},
    {", `match`: [{`identifier`: `email`}], `unless`: [{`terms`: [`jean`]}]", "écrire à jean@exemple.ca",
     "60[jean@exemple.ca]"},
    {", `match`: [{`identifier`: `email`}], `unless`: [{`terms`: [`mon courriel`]}]", "mon courriel : jean@exemple.ca",
     "-"},
    // quotations
    {MATCH, "il dit « navet »", "60[navet]"},
    {MATCH ", `quoted`: `ignore`", "il dit « navet »", "-"},
    {MATCH ", `quoted`: `ignore`", "il dit « navet » au navet", "60[navet]"},
    {MATCH ", `quoted`: `ignore`", "il dit « navet", "60[navet]"},
    // identifiers; the pack's own are nobody's
    {", `match`: [{`identifier`: `nam`}]", "NAM TEST 5412 2817 ici TEST 5412 2816", "60[TEST 5412 2816]"},
    {", `match`: [{`identifier`: `nam`, `confirmed`: false}]", "NAM TEST 5412 2817 ici", "60[TEST 5412 2817]"},
    {", `match`: [{`identifier`: `phone`}]", "appeler 418-555-0142 ou (418) 555-0100", "60[418-555-0142]"},
    {", `match`: [{`identifier`: `phone`}]", "1-418-555-0100, 4185550100, 418.555.0100, 581 555-0199", "-"},
    {", `match`: [{`identifier`: `email`}]",
     "INFO@boreale.example, jean@boreale.example, jean@courrier.boreale.example", "-"},
    {", `match`: [{`identifier`: `email`}]", "jean@monboreale.example jean@bor-eale.example",
     "60[jean@monboreale.example][jean@bor-eale.example]"},
    {", `match`: [{`identifier`: `postal-code`}]", "G1R 2J6, g1r2j6, G1R-2J6 et G1R 2J5", "60[G1R 2J5]"},
    // metrics of the whole text
    {", `match`: [{`metric`: `uppercase-percent`, `at_least`: 70}]", "CECI EST ÉCRIT TOUT EN MAJUSCULES",
     "60[CECI EST ÉCRIT TOUT EN MAJUSCULES]"},
    {", `match`: [{`metric`: `uppercase-percent`, `at_least`: 70}]", "CECI EST COURT", "-"},
    {", `match`: [{`metric`: `uppercase-percent`, `at_least`: 70}]", "Ceci est écrit normalement, ÇA VA", "-"},
    {", `match`: [{`metric`: `repeated-sentences`, `at_least`: 3}]", "Un deux trois. Un deux trois! un, deux, trois?",
     "60[Un deux trois. Un deux trois! un, deux, trois?]"},
    {", `match`: [{`metric`: `repeated-sentences`, `at_least`: 3}]", "Un deux trois. Un deux trois! Un deux quatre",
     "-"},
    {", `match`: [{`metric`: `repeated-sentences`, `at_least`: 2}]", "Ha ha. Ha ha. Ha ha.", "-"},
    {", `match`: [{`metric`: `links`, `at_least`: 2}]", "www.a.ca www.b.ca", "60[www.a.ca www.b.ca]"},
    {", `match`: [{`metric`: `links`, `at_least`: 2}]", "www.a.ca seul", "-"},
    {", `match`: [{`metric`: `hashtags`, `at_least`: 2}]", "#a et #b", "60[#a et #b]"},
    {", `match`: [{`metric`: `links`}], `near`: [{`terms`: [`gros`], `required`: true}]",
     "www.a.ca 1 2 3 4 5 6 7 8 9 gros", "60[gros]"}, // what is near the whole text is anywhere in it
    {", `match`: [{`metric`: `links`}], `unless`: [{`terms`: [`gros`]}]", "www.a.ca 1 2 3 4 5 6 7 8 9 gros", "-"},
    {", `match`: [{`terms`: [`navet`], `points`: 50}], `near`: [{`metric`: `links`, `points`: 10}]", "navet www.a.ca",
     "60[navet]"},
    {MATCH ", `unless`: [{`metric`: `links`}]", "navet www.a.ca", "-"},
    // spans in UTF-16, whatever was folded before them
    {MATCH, "👩🏽‍⚕️ 🎉 œuvre navet", "60[navet]"},
    {MATCH, "🎉navet🎉", "60[navet]"},
    {MATCH, "ＮＡＶＥＴ", "60[ＮＡＶＥＴ]"},
    {MATCH, "na\u0301vet nave\u200Bt nav\u00ADet", "60[na\u0301vet][nave\u200Bt][nav\u00ADet]"},
    {", `match`: [{`terms`: [`cœur`]}]", "𝕮 CŒUR et coeur", "60[CŒUR][coeur]"},
    {", `match`: [{`pattern`: `code`}]", "🎉 œ B-312 🎉", "60[B-312]"},
    // spans that overlap are one; those of a text are ordered
    {", `match`: [{`terms`: [`gros navet`]}, {`terms`: [`navet cru`]}]", "un gros navet cru", "60[gros navet cru]"},
    {", `match`: [{`terms`: [`gros navet`]}, {`terms`: [`navet`]}]", "navet, gros navet", "60[navet][gros navet]"},
};

START_TEST(a_rule_fires_on_what_it_says) {
  const struct example *example = &examples[_i];
  mini_build(&mini, "", "`code`: `b-[0-9]{3}`", rule_text(&arena, "r", "personal-info", "warn", example->members));
  const struct prd_verdict verdict = judge(example->text);
  const char *seen = shown(example->text, &verdict);
  ck_assert_msg(strcmp(seen, example->expected) == 0, "%s\nin: %s\nexpected: %s\nseen: %s", example->members,
                example->text, example->expected, seen);
}
END_TEST

START_TEST(the_verdict_tells_who_why_and_how) {
  mini_build(&mini, "`mots`: [`navet`]", "",
             "{`id`: `insult.navet`, `category`: `insult-defamation`, `severity`: `warn`, `threshold`: 70,"
             "`match`: [{`list`: `mots`}], `near`: [{`identifier`: `phone`, `points`: 15, `within`: `text`},"
             "{`terms`: [`petit`], `points`: -3}, {`metric`: `hashtags`, `points`: 2}],"
             "`message`: {`fr`: `Français`, `en`: `English`}, `remedy`: {`fr`: `À faire`, `en`: `To do`},"
             "`examples`: {`match`: [], `clean`: []}}");
  static const char text[] = "🎉 Petit navet, 418-555-0142 #a";
  const struct prd_verdict verdict = judge(text);
  ck_assert_uint_eq(verdict.count, 1);
  ck_assert_int_eq(verdict.severity, PRD_SEVERITY_WARN);
  ck_assert_uint_eq(verdict.length_utf16, 31);
  const struct prd_finding *finding = &verdict.findings[0];
  ck_assert_str_eq(finding->rule_id, "insult.navet");
  ck_assert_str_eq(finding->category, "insult-defamation");
  ck_assert_str_eq(finding->message.fr, "Français");
  ck_assert_str_eq(finding->message.en, "English");
  ck_assert_str_eq(finding->remedy.fr, "À faire");
  ck_assert_str_eq(finding->remedy.en, "To do");
  ck_assert_int_eq(finding->points, 74);
  ck_assert_int_eq(finding->threshold, 70);
  ck_assert_uint_eq(finding->clause_count, 2); // those of the category, in its order
  ck_assert_str_eq(finding->clauses[0].id, "2");
  ck_assert_str_eq(finding->clauses[1].id, "1.1");
  ck_assert_str_eq(finding->clauses[1].title.fr, "Titre un");
  ck_assert_str_eq(spans_text(text, finding), "[navet][418-555-0142]"); // what speaks against it is not underlined
  const char *evidence = "";
  for (size_t i = 0; i < finding->evidence_count; i++)
    evidence = prd_arena_format(&arena, "%s%s%s %d [%s]; ", evidence, finding->evidence[i].anchor ? "anchor " : "",
                                finding->evidence[i].name, finding->evidence[i].points,
                                slice_utf16(&arena, text, finding->evidence[i].span));
  ck_assert_str_eq(evidence,
                   "anchor mots 60 [navet]; phone 15 [418-555-0142]; insult.navet#3 -3 [Petit]; hashtags 2 []; ");
}
END_TEST

START_TEST(a_rule_binds_where_and_for_whom_it_says) {
  const char *rules = prd_arena_format(
      &arena, "%s,%s,%s,%s",
      rule_text(&arena, "page", "personal-info", "info", MATCH ", `when`: {`venue`: [`official-page`]}"),
      rule_text(&arena, "official", "insult-defamation", "info", MATCH ", `when`: {`account`: [`official`]}"),
      rule_text(&arena, "union", "political-union", "info", MATCH ", `when`: {`venue`: [`personal`, `work-group`]}"),
      rule_text(&arena, "shadow", "personal-info", "serious", MATCH ", `state`: `shadow`"));
  mini_build(&mini, "", "", rules);
  static const char *const expected[PRD_VENUE_COUNT][PRD_ACCOUNT_COUNT] = {
      {"", "official "}, {"page ", "official page "}, {"union ", "official union "}};
  for (size_t venue = 0; venue < PRD_VENUE_COUNT; venue++) {
    for (size_t account = 0; account < PRD_ACCOUNT_COUNT; account++) {
      const struct prd_verdict verdict = judge_in("navet", (enum prd_venue)venue, (enum prd_account)account);
      const char *seen = "";
      for (size_t i = 0; i < verdict.count; i++)
        seen = prd_arena_format(&arena, "%s%s ", seen, verdict.findings[i].rule_id);
      ck_assert_msg(strcmp(seen, expected[venue][account]) == 0, "%s, %s account\nexpected: %s\nseen: %s",
                    prd_venue_name((enum prd_venue)venue), prd_account_name((enum prd_account)account),
                    expected[venue][account], seen);
    }
  }
}
END_TEST

START_TEST(findings_are_gravest_first_and_say_nothing_twice) {
  const char *rules = prd_arena_format(
      &arena, "%s,%s,%s,%s,%s", rule_text(&arena, "a", "personal-info", "warn", ", `match`: [{`terms`: [`navet`]}]"),
      rule_text(&arena, "b", "personal-info", "serious", ", `match`: [{`terms`: [`gros navet`]}]"),
      rule_text(&arena, "c", "insult-defamation", "warn", ", `match`: [{`terms`: [`navet`]}]"),
      rule_text(&arena, "d", "insult-defamation", "warn", ", `match`: [{`terms`: [`rave`]}]"),
      rule_text(&arena, "e", "insult-defamation", "warn", ", `match`: [{`terms`: [`rave`]}]"));
  mini_build(&mini, "", "", rules);
  static const struct {
    const char *text, *expected;
  } cases[] = {{"gros navet et rave", "b c d "}, // a is inside b; e repeats d
               {"rave, gros navet", "b d c "},   // of one severity: by position
               {"gros navet, navet", "b a c "},  // a shows more than b
               {"rien", ""}};
  for (size_t i = 0; i < 4; i++) {
    const struct prd_verdict verdict = judge(cases[i].text);
    const char *seen = "";
    for (size_t f = 0; f < verdict.count; f++)
      seen = prd_arena_format(&arena, "%s%s ", seen, verdict.findings[f].rule_id);
    ck_assert_str_eq(seen, cases[i].expected);
  }
  ck_assert_int_eq(judge("gros navet").severity, PRD_SEVERITY_SERIOUS);
  ck_assert_int_eq(judge("rien").severity, PRD_SEVERITY_NONE);
}
END_TEST

START_TEST(at_most_64_findings_are_shown_and_the_rest_is_told) {
  const char *rules = "", *text = "";
  for (size_t i = 0; i < 70; i++) {
    rules = prd_arena_format(&arena, "%s%s%s", rules, i == 0 ? "" : ",",
                             rule_text(&arena, prd_arena_format(&arena, "r%zu", i), "personal-info",
                                       i == 69 ? "serious" : "info",
                                       prd_arena_format(&arena, ", `match`: [{`terms`: [`mot%zu`]}]", i)));
  }
  mini_build(&mini, "", "", rules);
  for (size_t i = 0; i < 70; i++) {
    text = prd_arena_format(&arena, "%s mot%zu", text, i);
    const struct prd_verdict verdict = judge(text);
    ck_assert_uint_eq(verdict.count, i < 64 ? i + 1 : 64);
    ck_assert_int_eq(verdict.complete, i < 64);
    ck_assert_int_eq(verdict.severity, i == 69 ? PRD_SEVERITY_SERIOUS : PRD_SEVERITY_INFO);
  }
}
END_TEST

static char *repeated(const char *piece, size_t bytes) {
  const size_t length = strlen(piece);
  char *text = prd_arena_alloc(&arena, bytes + 1);
  for (size_t i = 0; i < bytes; i++) text[i] = piece[i % length];
  return text;
}

START_TEST(a_long_text_is_read_to_its_end) {
  mini_build(&mini, "", "`code`: `b-[0-9]{3}`",
             rule_text(&arena, "r", "personal-info", "warn", ", `match`: [{`terms`: [`navet`]}, {`pattern`: `code`}]"));
  const char *text = prd_arena_format(&arena, "%s navet b-312", repeated("Une phrase ordinaire, sans rien. ", 50000));
  const struct prd_verdict verdict = judge(text);
  ck_assert_str_eq(shown(text, &verdict), "60[navet][b-312]");
  ck_assert_uint_eq(verdict.length_utf16, strlen(text));
}
END_TEST

START_TEST(too_many_matches_are_never_called_clean) {
  mini_build(&mini, "", "",
             rule_text(&arena, "r", "personal-info", "warn",
                       MATCH ", `near`: [{`terms`: [`gros`], `required`: true, `within`: {`words`: 1}}]"));
  const char *many = repeated("navet ou ", 50000);
  struct prd_verdict verdict = judge(many);
  ck_assert_str_eq(shown(many, &verdict), "-?");
  const char *text = prd_arena_format(&arena, "gros %s", many);
  verdict = judge(text);
  ck_assert_str_eq(shown(text, &verdict), "60[gros][navet]");
  text = prd_arena_format(&arena, "%s gros navet", repeated("navet ou ", 9000));
  verdict = judge(text);
  ck_assert_str_eq(shown(text, &verdict), "60[gros][navet]");
}
END_TEST

START_TEST(gaps_that_nine_to_the_fifth_ways_fill_are_followed_to_the_end) {
  mini_build(&mini, "`a`: [`na <8> na <8> na <8> na <8> na <8> fin`]", "",
             rule_text(&arena, "r", "personal-info", "warn", ", `match`: [{`list`: `a`}]"));
  const char *text = repeated("na ", 3000);
  struct prd_verdict verdict = judge(text);
  ck_assert_str_eq(shown(text, &verdict), "-");
  ck_assert_msg(verdict.complete, "expected: places that many ways reach are followed once; seen: the budget ended");
  text = prd_arena_format(&arena, "na na na na na na %s", "fin");
  verdict = judge(text);
  ck_assert_uint_eq(verdict.count, 1);
}
END_TEST

START_TEST(bytes_that_are_not_utf8_are_an_error) {
  mini_build(&mini, "", "", rule_text(&arena, "r", "personal-info", "warn", MATCH));
  struct prd_verdict verdict;
  const struct prd_context context = {.venue = PRD_VENUE_PERSONAL, .account = PRD_ACCOUNT_PERSONAL};
  ck_assert_int_eq(prd_judge_text(mini.judge, &arena, "\xFF navet", 7, &context, &verdict), PRD_ERROR_ENCODING);
  ck_assert_int_eq(prd_judge_text(mini.judge, &arena, "\0 navet", 7, &context, &verdict), PRD_OK);
  ck_assert_uint_eq(verdict.count, 1);
}
END_TEST

START_TEST(a_text_has_the_same_verdict_whatever_came_before_it) {
  mini_build(&mini, "", "`code`: `b-[0-9]{3}`, `prix`: `[0-9]{1,4}([.,][0-9]{2})? ?\\\\$`",
             rule_text(&arena, "r", "personal-info", "warn",
                       ", `match`: [{`terms`: [`navet`]}, {`pattern`: `code`}, {`pattern`: `prix`}]"));
  static const char *const texts[] = {"navet b-312", "45,50 $", "rien", "b-31 44$ 🎉 navet", ""};
  const char *first[5];
  for (size_t i = 0; i < 5; i++) {
    const struct prd_verdict verdict = judge(texts[i]);
    first[i] = shown(texts[i], &verdict);
  }
  uint32_t state = 1;
  for (int round = 0; round < 500; round++) {
    const size_t i = draw(&state, 5);
    const struct prd_verdict verdict = judge(texts[i]);
    ck_assert_str_eq(shown(texts[i], &verdict), first[i]);
  }
}
END_TEST

int main(void) {
  TCase *cases = tcase_create("judge");
  tcase_add_checked_fixture(cases, set_up, tear_down);
  tcase_set_timeout(cases, 120);
  tcase_add_loop_test(cases, a_rule_fires_on_what_it_says, 0, ROWS(examples));
  tcase_add_test(cases, the_verdict_tells_who_why_and_how);
  tcase_add_test(cases, a_rule_binds_where_and_for_whom_it_says);
  tcase_add_test(cases, findings_are_gravest_first_and_say_nothing_twice);
  tcase_add_test(cases, at_most_64_findings_are_shown_and_the_rest_is_told);
  tcase_add_test(cases, a_long_text_is_read_to_its_end);
  tcase_add_test(cases, too_many_matches_are_never_called_clean);
  tcase_add_test(cases, gaps_that_nine_to_the_fifth_ways_fill_are_followed_to_the_end);
  tcase_add_test(cases, bytes_that_are_not_utf8_are_an_error);
  tcase_add_test(cases, a_text_has_the_same_verdict_whatever_came_before_it);
  return run_cases("judge", cases);
}
