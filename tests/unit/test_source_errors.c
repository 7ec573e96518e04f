// SPDX-License-Identifier: GPL-3.0-or-later
// Every mistake in the source of a pack is told with its file, line, column and rule, in both languages.
#include "policy/source_terms.h"
#include "support.h"

// A pack without any problem, not even a remark. Mistakes are made in it by replacement; '#' marks the expected place.
static const char right[] =
    "{`schema`: `prudence-pack/1`, `id`: `mini`, `version`: `1`, `serial`: 1,\n"
    " `institution`: {`name`: {`fr`: `Clinique Boréale`, `en`: `Clinic`}, `short`: {`fr`: `Boréale`, `en`: `Boreal`},\n"
    "  `names`: [`boréale`]},\n"
    " `document`: {`title`: {`fr`: `É`, `en`: `E`}, `number`: `1`, `date`: `2024-02-01`, `review_due`: ``},\n"
    " `clauses`: [{`id`: `é1`, `title`: {`fr`: `T`, `en`: `T`}, `summary`: {`fr`: `S`, `en`: `S`}}],\n"
    " `categories`: {`insult-defamation`: {`clauses`: [`é1`]}},\n"
    " `lists`: {`mots`: [`navet(s)`, `gros navet`]},\n"
    " `patterns`: {`code`: `[0-9]{3}`},\n"
    " `rules`: [\n"
    "  {`id`: `insult.navet`, `category`: `insult-defamation`, `severity`: `warn`,\n"
    "   `match`: [{`list`: `mots`}], `near`: [{`pattern`: `code`, `points`: 1}],\n"
    "   `message`: {`fr`: `Un mot.`, `en`: `A word.`}, `remedy`: {`fr`: `Un autre.`, `en`: `Another.`},\n"
    "   `examples`: {`match`: [`Quel navet`, `Des navets`, {`text`: `Un gros navet ici`, `words`: [`gros navet`]}],\n"
    "    `clean`: [`Bonjour`, `Bonsoir`, `Merci`]}}]}\n";

struct mistake {
  enum prd_source_message message;
  const char *from, *to; ///< the first is replaced by the second
  const char *rule;
};

#define LETTER "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)(l)(m)"
#define RULE "insult.navet"

static const struct mistake mistakes[] = {
    {PRD_SOURCE_BAD_JSON, "`schema`", "schem#a", NULL},
    {PRD_SOURCE_WRONG_TYPE, "`serial`: 1", "`serial`: #`1`", NULL},
    {PRD_SOURCE_WRONG_TYPE, "`serial`: 1", "`serial`: #1.5", NULL},
    {PRD_SOURCE_WRONG_TYPE, "[`boréale`]", "[#7]", NULL},
    {PRD_SOURCE_WRONG_TYPE, "`mots`: [`navet(s)`, `gros navet`]", "`mots`: #`navet`", NULL},
    {PRD_SOURCE_UNKNOWN_MEMBER, "`severity`: `warn`", "`severity`: `warn`, `gravité`: #`non`", RULE},
    {PRD_SOURCE_MISSING_MEMBER, "`number`: `1`, ", "", NULL},
    {PRD_SOURCE_MISSING_MEMBER, "  {`id`: `insult.navet`, ", "  #{", NULL},
    // An institution that cannot be read is still asked for by examples.
    {PRD_SOURCE_MISSING_MEMBER, "`fr`: `Boréale`, ", "", NULL},
    {PRD_SOURCE_MISSING_MEMBER, "`short`: {`fr`: `Boréale`, `en`: `Boreal`},", "", NULL},
    {PRD_SOURCE_NOT_IN_LIST, "`warn`", "#`grave`", RULE},
    {PRD_SOURCE_NOT_IN_LIST, "`prudence-pack/1`", "#`prudence-pack/2`", NULL},
    {PRD_SOURCE_NOT_IN_LIST, "`insult-defamation`: {", "`insulte`: #{", NULL},
    {PRD_SOURCE_NOT_IN_LIST, "`severity`: `warn`", "`severity`: `warn`, `when`: {`venue`: [#`mur`]}", RULE},
    {PRD_SOURCE_MODEL_NOT_ASKED, "[{`list`: `mots`}]",
     "[{`list`: `mots`}, {`model`: #`insult-defamation`, `at_least`: 50}]", RULE},
    {PRD_SOURCE_EMPTY, "[`boréale`]", "#[]", NULL},
    {PRD_SOURCE_EMPTY, "[`boréale`]", "[#``]", NULL},
    {PRD_SOURCE_EMPTY, "`Un mot.`", "#``", RULE},
    {PRD_SOURCE_EMPTY, "[{`list`: `mots`}]", "#[]", RULE},
    {PRD_SOURCE_EMPTY, "`severity`: `warn`", "`severity`: `warn`, `when`: {`venue`: #[]}", RULE},
    {PRD_SOURCE_OUT_OF_RANGE, "`serial`: 1", "`serial`: #0", NULL},
    {PRD_SOURCE_OUT_OF_RANGE, "`serial`: 1", "`serial`: #4294967296", NULL},
    {PRD_SOURCE_OUT_OF_RANGE, "`points`: 1}", "`points`: 1, `within`: {`words`: #65}}", RULE},
    {PRD_SOURCE_OUT_OF_RANGE, "`list`: `mots`", "`list`: `mots`, `points`: #-1", RULE},
    {PRD_SOURCE_OUT_OF_RANGE, "`severity`: `warn`", "`severity`: `warn`, `threshold`: #0", RULE},
    {PRD_SOURCE_BAD_DATE, "`2024-02-01`", "#`1er février`", NULL},
    {PRD_SOURCE_BAD_DATE, "`2024-02-01`", "#`2024-13-01`", NULL},
    {PRD_SOURCE_BAD_IDENTIFIER, "`id`: `mini`", "`id`: #`Mini`", NULL},
    {PRD_SOURCE_BAD_IDENTIFIER, "  {`id`: `insult.navet`", "  #{`id`: `Insulte`", "Insulte"},
    {PRD_SOURCE_BAD_IDENTIFIER, "  {`id`: `insult.navet`", "  #{`id`: ``", ""},
    {PRD_SOURCE_DEFINED_TWICE, "`mots`: [", "`institution`: #[`x`], `mots`: [", NULL},
    {PRD_SOURCE_DEFINED_TWICE, "`S`}}]",
     "`S`}}, #{`id`: `é1`, `title`: {`fr`: `T`, `en`: `T`}, `summary`: {`fr`: "
     "`S`, `en`: `S`}}]",
     NULL},
    {PRD_SOURCE_UNKNOWN_LIST, "`list`: `mots`", "`list`: #`mot`", RULE},
    {PRD_SOURCE_UNKNOWN_LIST, "`navet(s)`", "#`navet {mot}`", NULL},
    {PRD_SOURCE_UNKNOWN_LIST, "{`list`: `mots`}", "{`terms`: [`é`, #`navet {mot}`]}", RULE},
    {PRD_SOURCE_UNKNOWN_PATTERN, "`pattern`: `code`", "`pattern`: #`salle`", RULE},
    {PRD_SOURCE_UNKNOWN_CLAUSE, "[`é1`]", "[#`é2`]", RULE},
    {PRD_SOURCE_UNKNOWN_CLAUSE, "`severity`: `warn`", "`severity`: `warn`, `clauses`: [#`é2`]", RULE},
    {PRD_SOURCE_UNKNOWN_RULE, " `lists`", " `without`: [#`personne`],\n `lists`", NULL},
    {PRD_SOURCE_LIST_CYCLE, "`navet(s)`", "#`{mots} cuit`", NULL},
    {PRD_SOURCE_LIST_CYCLE, "`mots`: [`navet(s)`", "`a`: [`{b} x`], `b`: [#`{a} y`], `mots`: [`navet(s)`", NULL},
    {PRD_SOURCE_ONE_OF_ITEM, "{`list`: `mots`}", "#{`list`: `mots`, `pattern`: `code`}", RULE},
    {PRD_SOURCE_ONE_OF_ITEM, "{`list`: `mots`}", "#{`points`: 5}", RULE},
    {PRD_SOURCE_TERM_SYNTAX, "`navet(s)`", "#`navet(s`", NULL},
    {PRD_SOURCE_TERM_SYNTAX, "`navet(s)`", "#`navet|s`", NULL},
    {PRD_SOURCE_TERM_EMPTY, "`navet(s)`", "#`(navet)`", NULL},
    {PRD_SOURCE_TERM_TOO_MANY, "`navet(s)`", "#`x" LETTER "`", NULL},
    {PRD_SOURCE_TERM_PREFIX, "`navet(s)`", "#`nav*`", NULL},
    {PRD_SOURCE_TERM_PREFIX, "`navet(s)`", "#`nave*t`", NULL},
    {PRD_SOURCE_TERM_GAP, "`navet(s)`", "#`<3> navet`", NULL},
    {PRD_SOURCE_TERM_GAP, "`navet(s)`", "#`gros <9> navet`", NULL},
    {PRD_SOURCE_PATTERN_SYNTAX, "`[0-9]{3}`", "#`[0-9`", NULL},
    {PRD_SOURCE_PATTERN_SYNTAX, "`[0-9]{3}`", "#`é12`", NULL},
    {PRD_SOURCE_PATTERN_TOO_LONG, "`[0-9]{3}`", "#`1[0-9]{128}`", NULL},
    {PRD_SOURCE_PATTERN_TOO_SHORT, "`[0-9]{3}`", "#`[0-9]`", NULL},
    {PRD_SOURCE_PATTERN_TOO_BROAD, "`[0-9]{3}`", "#`.[a-z]`", NULL},
    {PRD_SOURCE_PATTERN_UNBOUNDED, "`[0-9]{3}`", "#`[0-9]+`", NULL},
    {PRD_SOURCE_PATTERN_UNBOUNDED, "`[0-9]{3}`", "#`[0-9]{3,}`", NULL},
    {PRD_SOURCE_PATTERN_STATES, "`[0-9]{3}`", "#`((1|2|3){60}){2}`", NULL},
    {PRD_SOURCE_UNREACHABLE, "  {`id`: `insult.navet`,", "  #{`id`: `insult.navet`, `threshold`: 62,", RULE},
    {PRD_SOURCE_CATEGORY_WITHOUT_CLAUSE, "  {`id`: `insult.navet`, `category`: `insult-defamation`",
     "  #{`id`: `insult.navet`, `category`: `copyright`", RULE},
    {PRD_SOURCE_NEEDS_EXAMPLES, "[`Bonjour`, `Bonsoir`, `Merci`]", "#[`Bonjour`]", RULE},
    {PRD_SOURCE_EXAMPLE_SILENT, "`Des navets`", "#`Des raves`", RULE},
    {PRD_SOURCE_EXAMPLE_FIRES, "`Bonsoir`", "#`Bonsoir, navet`", RULE},
    {PRD_SOURCE_BAD_DIRECTORY, "`Des navets`", "{`text`: `Des navets`, `directory`: [`Roy;Luc`, #`Roy`]}", RULE},
    {PRD_SOURCE_BAD_DIRECTORY, "`serial`: 1", "`serial`: 1, `directory_examples`: [#`#kind: patients`, `Roy;Luc`]",
     NULL},
    {PRD_SOURCE_OUT_OF_RANGE, "`Des navets`", "{`text`: `Des navets`, `published_before`: #-1}", RULE},
    {PRD_SOURCE_EXAMPLE_WORDS, "[`gros navet`]", "[#`navet ici`]", RULE},
    {PRD_SOURCE_NO_RULES, right, "#{}", NULL}, // see rules_are_needed
    {PRD_SOURCE_LINT_FEW_EXAMPLES, "  {`id`: `insult.navet`", "  #{`id`: `insult.navet`", RULE},
    {PRD_SOURCE_LINT_UNUSED_LIST, "`mots`: [", "`autre`: #[`rave`], `mots`: [", NULL},
    {PRD_SOURCE_LINT_SELF_EXCUSED, "[{`list`: `mots`}]",
     "[{`list`: `mots`}, {`list`: `institution`}], `unless`: ["
     "#{`list`: `institution`}]",
     RULE},
    {PRD_SOURCE_LINT_LONG_SENTENCE, "  {`id`: `insult.navet`", "  #{`id`: `insult.navet`", RULE},
    {PRD_SOURCE_LINT_FREE_SPEECH, "  {`id`: `insult.navet`", "  #{`id`: `insult.navet`", RULE},
    {PRD_SOURCE_MODEL_ALONE, "`severity`: `warn`,\n   `match`: [",
     "`severity`: `serious`,\n   `match`: [#{`model`: `insult-defamation`, `at_least`: 80}, ", RULE},
    {PRD_SOURCE_LINT_NEVER_HOLDS, "`near`: [", "`near`: [#{`metric`: `links`, `at_least`: 5, `below`: 5}, ", RULE},
    {PRD_SOURCE_LINT_WEAK_CONTEXT, "`near`: [", "`near`: [#{`terms`: [`le`, `c'est`], `points`: 1}, ", RULE},
    {PRD_SOURCE_LINT_BROAD_PATTERN, "`[0-9]{3}`", "#`[a-z]{1,9}(a|e|i|o|u)[a-z]{0,9}`", NULL},
    {PRD_SOURCE_LINT_UNGATED_PATTERN, "], `near`: [{`pattern`: `code`, `points`: 1}]", ", #{`pattern`: `code`}]", RULE},
    {PRD_SOURCE_LINT_MEMORISED, "`gros navet`]", "`gros navet`, #`un deux trois quatre navet`]", RULE},
    {PRD_SOURCE_LINT_REDUNDANT_TERM, "`gros navet`]", "`gros navet`, #`navets`]", NULL},
    {PRD_SOURCE_LINT_UNTRANSLATED, "  {`id`: `insult.navet`", "  #{`id`: `insult.navet`", RULE},
};

static bool seen[PRD_SOURCE_MESSAGE_COUNT];
static struct prd_arena arena;
static struct folder folder;

static void set_up(void) {
  arena = (struct prd_arena){0};
  folder_open(&folder);
}
static void tear_down(void) {
  folder_close(&folder);
  prd_arena_free(&arena);
}

static char *replaced(const char *text, const char *from, const char *to) {
  const char *found = strstr(text, from);
  if (found == NULL) ck_abort_msg("the test replaces what is not there: %s", from);
  return prd_arena_format(&arena, "%.*s%s%s", (int)(found - text), text, to, found + strlen(from));
}

/// Takes the '#' out and tells its line and column in characters; 0 and 0 without one.
static void find_mark(char *text, uint32_t *line, uint32_t *column) {
  char *mark = strchr(text, '#');
  *line = *column = 0;
  if (mark == NULL) return;
  *line = *column = 1;
  for (const char *at = text; at < mark; at++) {
    if (*at == '\n') {
      (*line)++;
      *column = 1;
    } else if (((unsigned char)*at & 0xC0) != 0x80) {
      (*column)++;
    }
  }
  memmove(mark, mark + 1, strlen(mark));
}

static const struct prd_problem *find(const struct prd_problems *problems, enum prd_source_message message) {
  for (size_t i = 0; i < problems->count; i++) {
    if (problems->items[i].message == message) return &problems->items[i];
  }
  print_problems(problems);
  ck_abort_msg("expected: message number %d; seen: %zu others, above", (int)message, problems->count);
  return NULL;
}

static void expect_texts(const struct prd_problem *problem) {
  ck_assert_ptr_nonnull(problem->text.fr);
  ck_assert_ptr_nonnull(problem->text.en);
  ck_assert_str_ne(problem->text.fr, "");
  ck_assert_str_ne(problem->text.en, "");
  ck_assert_str_ne(problem->text.fr, problem->text.en);
  ck_assert_msg(strchr(problem->text.fr, '%') == NULL, "a format was left in: %s", problem->text.fr);
  ck_assert_msg(problem->warning == (problem->message >= PRD_SOURCE_LINT_FEW_EXAMPLES),
                "expected: remarks are warnings and nothing else is; seen: %s", problem->text.en);
  seen[problem->message] = true;
}

/// Builds the pack `text` with remarks and checks that `message` is told at its mark.
static void expect(char *text, enum prd_source_message message, const char *rule) {
  uint32_t line, column;
  find_mark(text, &line, &column);
  const char *path = folder_write(&folder, "pack.json", text);
  struct prd_problems problems = {.arena = &arena};
  struct prd_built built;
  const enum prd_error error = prd_pack_build(path, true, &problems, &built);
  const struct prd_problem *problem = find(&problems, message);
  expect_texts(problem);
  ck_assert_str_eq(problem->file, path);
  if (line != 0 && (problem->line != line || problem->column != column)) {
    print_problems(&problems);
    ck_abort_msg("expected: line %u, column %u; seen: line %u, column %u", line, column, problem->line,
                 problem->column);
  }
  ck_assert_pstr_eq(problem->rule, rule);
  ck_assert_int_eq(error, problem->warning ? PRD_OK : PRD_ERROR_INVALID);
  ck_assert_msg((built.bytes != NULL) == problem->warning, "expected: a pack only when there is no error");
  prd_built_free(&built);
}

START_TEST(a_pack_without_mistakes_has_no_problem) {
  struct prd_problems problems = {.arena = &arena};
  struct prd_built built;
  ck_assert_int_eq(prd_pack_build(folder_write(&folder, "pack.json", right), true, &problems, &built), PRD_OK);
  print_problems(&problems);
  ck_assert_uint_eq(problems.count, 0);
  ck_assert_uint_eq(built.counts.examples_match, 3);
  ck_assert_uint_eq(built.counts.examples_clean, 3);
  prd_built_free(&built);
}
END_TEST

START_TEST(each_mistake_is_told_where_it_is) {
  const struct mistake *mistake = &mistakes[_i];
  char *text;
  switch (mistake->message) {
  case PRD_SOURCE_NO_RULES:
    text = prd_arena_format(&arena, "#%.*s `rules`: []}", (int)(strstr(right, " `rules`") - right), right);
    break;
  case PRD_SOURCE_LINT_FEW_EXAMPLES:
    text = replaced(replaced(right, mistake->from, mistake->to), ", `Merci`", "");
    break;
  case PRD_SOURCE_LINT_LONG_SENTENCE:
    text = replaced(replaced(right, mistake->from, mistake->to), "`Un mot.`",
                    "`Un deux trois. Un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze "
                    "quinze seize un deux trois quatre cinq.`");
    break;
  case PRD_SOURCE_LINT_FREE_SPEECH:
    text = replaced(replaced(right, mistake->from, mistake->to), "`insult-defamation`: {", "`political-union`: {");
    text = replaced(text, "`category`: `insult-defamation`", "`category`: `political-union`");
    break;
  case PRD_SOURCE_LINT_MEMORISED:
    text = replaced(replaced(right, mistake->from, mistake->to), "`Des navets`", "`Un deux, trois quatre navet !`");
    break;
  case PRD_SOURCE_LINT_UNTRANSLATED:
    text = replaced(replaced(right, mistake->from, mistake->to), "`A word.`", "`Un mot.`");
    break;
  default:
    text = replaced(right, mistake->from, mistake->to);
  }
  expect(text, mistake->message, mistake->rule);
}
END_TEST

START_TEST(an_example_that_is_too_much_work_is_told) {
  char *codes = prd_arena_alloc(&arena, 5000 * 4 + 1);
  for (size_t i = 0; i < 5000; i++) memcpy(codes + 4 * i, "123 ", 4);
  char *text = replaced(right, "`Bonsoir`", prd_arena_format(&arena, "#`%s`", codes));
  expect(text, PRD_SOURCE_EXAMPLE_BUDGET, RULE);
}
END_TEST

START_TEST(files_that_cannot_be_used_are_told) {
  char *large = prd_arena_alloc(&arena, 4 * 1024 * 1024 + 2);
  memset(large, ' ', 4 * 1024 * 1024 + 1);
  expect(large, PRD_SOURCE_TOO_LARGE, NULL);
  struct prd_problems problems = {.arena = &arena};
  struct prd_built built;
  const char *missing = prd_arena_format(&arena, "%s/absent.json", folder.path);
  ck_assert_int_eq(prd_pack_build(missing, true, &problems, &built), PRD_ERROR_INVALID);
  const struct prd_problem *problem = find(&problems, PRD_SOURCE_CANNOT_READ);
  expect_texts(problem);
  ck_assert_str_eq(problem->file, missing);
  ck_assert_uint_eq(problem->line, 0);
  ck_assert_uint_eq(problem->column, 0);
}
END_TEST

START_TEST(a_model_that_cannot_be_used_is_told) {
  char *text = replaced(right, "`serial`: 1,", "`serial`: 1, `model`: true,");
  const char *path = folder_write(&folder, "pack.json", text);
  const char *broken = folder_write(&folder, "model.bin", "rien");
  const char *absent = prd_arena_format(&arena, "%s/absent.bin", folder.path);
  const struct {
    const char *model;
    enum prd_source_message message;
  } cases[] = {{absent, PRD_SOURCE_NO_MODEL}, {NULL, PRD_SOURCE_NO_MODEL}, {broken, PRD_SOURCE_BAD_MODEL}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct prd_problems problems = {.arena = &arena};
    struct prd_built built;
    const struct prd_build_options options = {.model = cases[i].model};
    ck_assert_int_eq(prd_pack_build_with(path, &options, &problems, &built), PRD_ERROR_INVALID);
    expect_texts(find(&problems, cases[i].message));
  }
}
END_TEST

START_TEST(a_byte_order_mark_moves_no_place) {
  const char *path = folder_write(&folder, "pack.json", prd_arena_format(&arena, "\xEF\xBB\xBF%s", right));
  struct prd_problems problems = {.arena = &arena};
  struct prd_built built;
  ck_assert_int_eq(prd_pack_build(path, true, &problems, &built), PRD_OK);
  prd_built_free(&built);
  char *wrong = replaced(right, "{`schema`: `prudence-pack/1`", "{`schema`: `prudence-pack/2`");
  (void)folder_write(&folder, "pack.json", prd_arena_format(&arena, "\xEF\xBB\xBF%s", wrong));
  ck_assert_int_eq(prd_pack_build(path, true, &problems, &built), PRD_ERROR_INVALID);
  ck_assert_uint_eq(find(&problems, PRD_SOURCE_NOT_IN_LIST)->column, 12);
}
END_TEST

START_TEST(a_mistake_in_an_included_file_names_that_file) {
  (void)folder_write(&folder, "pack.json", replaced(right, " `lists`", " `include`: [`plus.json`],\n `lists`"));
  const char *path = folder_write(&folder, "plus.json", "{`lists`:\n {`mots`: [`rave`]}}");
  struct prd_problems problems = {.arena = &arena};
  struct prd_built built;
  ck_assert_int_eq(prd_pack_build(folder.path, false, &problems, &built), PRD_ERROR_INVALID);
  const struct prd_problem *problem = find(&problems, PRD_SOURCE_DEFINED_TWICE);
  ck_assert_str_eq(problem->file, path);
  ck_assert_uint_eq(problem->line, 2);
  ck_assert_uint_eq(problem->column, 11);
  ck_assert_msg(strstr(problem->text.en, "pack.json:8:20") != NULL, "expected: the first place; seen: %s",
                problem->text.en);
}
END_TEST

// JSON is UTF-8 already: only a caller in C can get this far.
START_TEST(bytes_that_are_not_utf8_are_told) {
  const struct prd_node term = {.type = PRD_NODE_STRING, .text = "nav\xFFt", .place = {"liste.json", 3, 4}};
  struct prd_problems problems = {.arena = &arena};
  struct prd_variants variants;
  ck_assert(!prd_term_expand(&term, RULE, &problems, &variants));
  const struct prd_problem *problem = find(&problems, PRD_SOURCE_NOT_FOLDED);
  expect_texts(problem);
  ck_assert_str_eq(problem->file, "liste.json");
  ck_assert_uint_eq(problem->line, 3);
  ck_assert_uint_eq(problem->column, 4);
  ck_assert_str_eq(problem->rule, RULE);
}
END_TEST

START_TEST(the_name_of_the_institution_is_put_into_examples_once) {
  char *text = replaced(right, "`Boréale`, `en`", "`{institution} x`, `en`");
  text = replaced(text, "`Bonsoir`", "#`Bonsoir {institution} navet {institution}`");
  expect(text, PRD_SOURCE_EXAMPLE_FIRES, RULE);
  char *silent = replaced(replaced(right, " `short`: {", " `court`: {"), "`Bonsoir`", "`Bonsoir {institution}`");
  struct prd_problems problems = {.arena = &arena};
  struct prd_built built;
  ck_assert_int_eq(prd_pack_build(folder_write(&folder, "pack.json", silent), true, &problems, &built),
                   PRD_ERROR_INVALID);
}
END_TEST

START_TEST(a_shared_rule_that_is_misspelt_is_not_left_out_in_silence) {
  char *shared = prd_arena_format(&arena, "{%s", strstr(right, "`rules`"));
  shared = replaced(replaced(shared, "`insult-defamation`", "`insult-defamatoin`"), "`insult.navet`", "`insult.rave`");
  (void)folder_write(&folder, "plus.json", shared);
  const char *name = strrchr(folder.path, '/') + 1;
  const char *include = prd_arena_format(&arena, " `include`: [`../%s/plus.json`],\n `lists`", name);
  (void)folder_write(&folder, "pack.json", replaced(right, " `lists`", include));
  struct prd_problems problems = {.arena = &arena};
  struct prd_built built;
  ck_assert_int_eq(prd_pack_build(folder.path, false, &problems, &built), PRD_ERROR_INVALID);
  ck_assert_str_eq(find(&problems, PRD_SOURCE_NOT_IN_LIST)->rule, "insult.rave");
  (void)folder_write(&folder, "plus.json", replaced(shared, "`insult-defamatoin`", "`copyright`"));
  problems = (struct prd_problems){.arena = &arena};
  ck_assert_int_eq(prd_pack_build(folder.path, false, &problems, &built), PRD_OK);
  ck_assert_uint_eq(built.counts.rules, 1); // of a category that this pack does not know
  prd_built_free(&built);
}
END_TEST

// Such a rule fails its own examples, too: the remark says why.
START_TEST(a_rule_that_always_excuses_itself_is_told) {
  char *text = replaced(right, "`near`: [{`pattern`: `code`, `points`: 1}]",
                        "`near`: [{`pattern`: `code`, `required`: true}], `unless`: [{`pattern`: `code`}]");
  struct prd_problems problems = {.arena = &arena};
  struct prd_built built;
  ck_assert_int_eq(prd_pack_build(folder_write(&folder, "pack.json", text), true, &problems, &built),
                   PRD_ERROR_INVALID);
  expect_texts(find(&problems, PRD_SOURCE_LINT_NEAR_EXCUSES));
}
END_TEST

/// about.json of the pack above, without a mistake.
static const char about[] =
    "{`information`: [{`id`: `qui`, `title`: {`fr`: `Q`, `en`: `W`}, `text`: {`fr`: `É`, `en`: `E`}, `clauses`: [`é1`]}],\n"
    " `contacts`: [{`id`: `bureau`, `name`: {`fr`: `B`, `en`: `O`}, `phone`: `514`, `email`: `a@b.ca`, `address`: `Rue`,\n"
    "  `note`: {`fr`: `N`, `en`: `N`}}],\n"
    " `official_accounts`: [`www.x.com/boreale`, `https://b.ca/`],\n"
    " `audience`: [{`fr`: `Tous`, `en`: `All`}], `sanctions`: [], `references`: [{`fr`: `Loi`, `en`: `Act`}],\n"
    " `validity`: {`adopted`: `2024-02-01`, `in_force`: ``, `review`: {`fr`: `Jamais`, `en`: `Never`}}}\n";

static const struct mistake about_mistakes[] = {
    {PRD_SOURCE_BAD_JSON, "`information`", "inform#ation", NULL},
    {PRD_SOURCE_WRONG_TYPE, "[{`fr`: `Tous`, `en`: `All`}]", "[#`Tous`]", NULL},
    {PRD_SOURCE_WRONG_TYPE, "`audience`: [{`fr`: `Tous`, `en`: `All`}]", "`audience`: #{}", NULL},
    {PRD_SOURCE_UNKNOWN_MEMBER, "`phone`: `514`", "`fax`: #`514`", NULL},
    {PRD_SOURCE_MISSING_MEMBER, "{`fr`: `Loi`, `en`: `Act`}", "#{`fr`: `Loi`}", NULL},
    {PRD_SOURCE_MISSING_MEMBER, "{`information`", "#{`comment`: ``, `x`", NULL},
    {PRD_SOURCE_EMPTY, "`É`", "#``", NULL},
    {PRD_SOURCE_EMPTY, "`Tous`", "#``", NULL},
    {PRD_SOURCE_EMPTY, "[`é1`]", "#[]", NULL},
    {PRD_SOURCE_EMPTY, "`514`", "#``", NULL},
    {PRD_SOURCE_BAD_IDENTIFIER, "`qui`", "#`Qui`", NULL},
    {PRD_SOURCE_DEFINED_TWICE, "}],\n `official", "}, {`id`: #`bureau`, `name`: {`fr`: `B`, `en`: `O`}}],\n `official",
     NULL},
    {PRD_SOURCE_UNKNOWN_CLAUSE, "[`é1`]", "[#`é2`]", NULL},
    {PRD_SOURCE_BAD_DATE, "`2024-02-01`", "#`en février`", NULL},
    {PRD_SOURCE_ABOUT_EMAIL, "`a@b.ca`", "#`a b@c.ca`", NULL},
    {PRD_SOURCE_ABOUT_EMAIL, "`a@b.ca`", "#`a@b`", NULL},
    {PRD_SOURCE_ABOUT_WEB_ADDRESS, "`https://b.ca/`", "#`javascript:b.ca`", NULL},
    {PRD_SOURCE_ABOUT_WEB_ADDRESS, "`https://b.ca/`", "#`Notre page`", NULL},
};

static const char *with_about(const char *text) {
  (void)folder_write(&folder, "pack.json", replaced(right, " `lists`", " `about`: `about.json`,\n `lists`"));
  return folder_write(&folder, "about.json", text);
}

START_TEST(each_mistake_of_about_is_told_where_it_is) {
  const struct mistake *mistake = &about_mistakes[_i];
  char *text = replaced(about, mistake->from, mistake->to);
  uint32_t line, column;
  find_mark(text, &line, &column);
  const char *path = with_about(text);
  struct prd_problems problems = {.arena = &arena};
  struct prd_built built;
  ck_assert_int_eq(prd_pack_build(folder.path, true, &problems, &built), PRD_ERROR_INVALID);
  const struct prd_problem *problem = find(&problems, mistake->message);
  expect_texts(problem);
  ck_assert_str_eq(problem->file, path);
  ck_assert_uint_eq(problem->line, line);
  if (mistake->message != PRD_SOURCE_BAD_JSON) ck_assert_uint_eq(problem->column, column);
  ck_assert_ptr_null(problem->rule);
}
END_TEST

START_TEST(about_goes_into_the_pack_as_compact_json) {
  (void)with_about(replaced(about, "{`information`", "{`$schema`: `x`, `comment`: `y`,\n  `information`"));
  struct prd_problems problems = {.arena = &arena};
  struct prd_built built;
  ck_assert_int_eq(prd_pack_build(folder.path, true, &problems, &built), PRD_OK);
  size_t length = 0;
  const char *text = prd_pack_about(built.pack, &length);
  static const char begin[] = "{\"information\":[{\"id\":\"qui\",\"title\":{\"fr\":\"Q\",\"en\":\"W\"}";
  ck_assert_uint_gt(length, sizeof begin);
  ck_assert_int_eq(strncmp(text, begin, sizeof begin - 1), 0);
  ck_assert_int_eq(text[length - 1], '}');
  ck_assert_ptr_null(memchr(text, '\n', length));
  const char *hash = prd_arena_copy(&arena, prd_pack_identity(built.pack)->hash, 64);
  prd_built_free(&built);
  ck_assert_int_eq(prd_pack_build(folder.path, true, &problems, &built), PRD_OK);
  ck_assert_str_eq(prd_pack_identity(built.pack)->hash, hash); // the same source gives the same bytes
  prd_built_free(&built);
}
END_TEST

START_TEST(an_about_that_is_too_long_or_not_there_is_told) {
  const size_t size = (size_t)130 * 1024;
  char *long_text = prd_arena_alloc(&arena, size);
  memset(long_text, 'a', size - 1);
  const char *path = with_about(replaced(about, "`É`", prd_arena_format(&arena, "`%s`", long_text)));
  struct prd_problems problems = {.arena = &arena};
  struct prd_built built;
  ck_assert_int_eq(prd_pack_build(folder.path, true, &problems, &built), PRD_ERROR_INVALID);
  ck_assert_str_eq(find(&problems, PRD_SOURCE_TOO_LARGE)->file, path);
  ck_assert_int_eq(unlink(path), 0);
  problems = (struct prd_problems){.arena = &arena};
  ck_assert_int_eq(prd_pack_build(folder.path, true, &problems, &built), PRD_ERROR_INVALID);
  ck_assert_str_eq(find(&problems, PRD_SOURCE_CANNOT_READ)->file, path);
}
END_TEST

// `prudence policy import-document` tells them (tests/cli/import-document.test.mjs); here only their texts are looked at.
START_TEST(importing_has_its_texts) {
  struct prd_problems problems = {.arena = &arena};
  for (int m = PRD_SOURCE_IMPORT_NOT_FOUND; m <= PRD_SOURCE_IMPORT_NUL; m++)
    prd_problem_add(&problems, (struct prd_place){"map.json", 1, 1}, NULL, (enum prd_source_message)m, "a", "b");
  for (size_t i = 0; i < problems.count; i++) expect_texts(&problems.items[i]);
}
END_TEST

// `prudence policy coverage` tells them (tests/cli/policy-tools.test.mjs); here only their texts are looked at.
START_TEST(coverage_has_its_texts) {
  struct prd_problems problems = {.arena = &arena};
  for (int m = PRD_SOURCE_COVERAGE_NO_PACK; m <= PRD_SOURCE_COVERAGE_ELSEWHERE; m++)
    prd_problem_add(&problems, (struct prd_place){"coverage.json", 1, 1}, NULL, (enum prd_source_message)m, "a", "b");
  prd_problem_add(&problems, (struct prd_place){"pack.json", 1, 1}, RULE, PRD_SOURCE_LINT_UNCLAIMED, "a", NULL);
  for (size_t i = 0; i < problems.count; i++) expect_texts(&problems.items[i]);
}
END_TEST

START_TEST(every_message_was_seen) {
  for (size_t i = 0; i < PRD_SOURCE_MESSAGE_COUNT; i++)
    ck_assert_msg(seen[i], "expected: every message provoked once; not seen: number %zu", i);
}
END_TEST

int main(void) {
  TCase *cases = tcase_create("source errors");
  tcase_add_checked_fixture(cases, set_up, tear_down);
  tcase_set_timeout(cases, 60);
  tcase_add_test(cases, a_pack_without_mistakes_has_no_problem);
  tcase_add_loop_test(cases, each_mistake_is_told_where_it_is, 0, ROWS(mistakes));
  tcase_add_test(cases, an_example_that_is_too_much_work_is_told);
  tcase_add_test(cases, files_that_cannot_be_used_are_told);
  tcase_add_test(cases, a_model_that_cannot_be_used_is_told);
  tcase_add_test(cases, a_byte_order_mark_moves_no_place);
  tcase_add_test(cases, a_mistake_in_an_included_file_names_that_file);
  tcase_add_test(cases, bytes_that_are_not_utf8_are_told);
  tcase_add_test(cases, the_name_of_the_institution_is_put_into_examples_once);
  tcase_add_test(cases, a_shared_rule_that_is_misspelt_is_not_left_out_in_silence);
  tcase_add_test(cases, a_rule_that_always_excuses_itself_is_told);
  tcase_add_loop_test(cases, each_mistake_of_about_is_told_where_it_is, 0, ROWS(about_mistakes));
  tcase_add_test(cases, about_goes_into_the_pack_as_compact_json);
  tcase_add_test(cases, an_about_that_is_too_long_or_not_there_is_told);
  tcase_add_test(cases, importing_has_its_texts);
  tcase_add_test(cases, coverage_has_its_texts);
  tcase_add_test(cases, every_message_was_seen);
  return run_cases("source errors", cases);
}
