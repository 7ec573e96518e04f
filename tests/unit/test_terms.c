// SPDX-License-Identifier: GPL-3.0-or-later
// The notation of terms says what docs/PACKS.md says it does.
#include "policy/source_terms.h"
#include "support.h"

static struct prd_arena arena;

static void set_up(void) {
  arena = (struct prd_arena){0};
}
static void tear_down(void) {
  prd_arena_free(&arena);
}

static const char *piece_text(const struct prd_piece *piece) {
  switch (piece->kind) {
  case PRD_PIECE_PREFIX:
    return prd_arena_format(&arena, "%s*", piece->text);
  case PRD_PIECE_SLOT:
    return prd_arena_format(&arena, "{%s}", piece->text);
  case PRD_PIECE_GAP:
    return prd_arena_format(&arena, "<%d-%d>", piece->least, piece->most);
  default:
    return piece->text;
  }
}

/// Variants of a term: pieces joined by spaces, variants by " / "; the number of its message when it is refused.
static const char *expanded(const char *text) {
  const struct prd_node term = {.type = PRD_NODE_STRING, .text = text, .place = {"liste.json", 1, 1}};
  struct prd_problems problems = {.arena = &arena};
  struct prd_variants variants;
  if (!prd_term_expand(&term, NULL, &problems, &variants)) {
    ck_assert_uint_eq(problems.count, 1);
    return prd_arena_format(&arena, "refused %d", (int)problems.items[0].message);
  }
  ck_assert_uint_eq(problems.count, 0);
  const char *all = "";
  for (size_t v = 0; v < variants.count; v++) {
    for (size_t p = 0; p < variants.items[v].count; p++)
      all = prd_arena_format(&arena, "%s%s%s", all,
                             p != 0   ? " "
                             : v != 0 ? " / "
                                      : "",
                             piece_text(&variants.items[v].pieces[p]));
  }
  return all;
}

struct example {
  const char *written, *expected;
};

static const struct example examples[] = {
    {"dossier médical", "dossier medical"},
    {"HÔPITAL", "hopital"},
    {"ＨＯＰＩＴＡＬ", "hopital"},
    {"cœur", "coeur"},
    {"peut-être", "peut etre"},
    {"l’hôpital", "l' hopital"},
    {"l'hôpital", "l' hopital"},
    {"aujourd'hui", "aujourd'hui"},
    {"  deux   mots  ", "deux mots"},
    {"patient(e)", "patient / patiente"},
    {"patient(e)(s)", "patient / patients / patiente / patientes"},
    {"directeur(s|trice|trices)", "directeur / directeurs / directeurtrice / directeurtrices"},
    {"(très) gros", "gros / tres gros"},
    {"a(b(c)d)e", "ae / abde / abcde"},
    {"{de|du|de la} service", "de service / du service / de la service"},
    {"infirmi{er|ère}(s)", "infirmier / infirmiers / infirmiere / infirmieres"},
    {"{a|{b|c}} d", "a d / b d / c d"},
    {"{a|b(c)}", "a / b / bc"},
    {"{|un} mot", "mot / un mot"},
    {"{who.patient} est", "{who.patient} est"},
    {"{{who.patient}|le client} est", "{who.patient} est / le client est"},
    {"a{number}b", "a {number} b"},
    {"l'{institution}", "l' {institution}"},
    {"l’ {institution}", "l' {institution}"},
    {"menace d'", "menace d'"},
    {"d’", "d'"},
    {"rock 'n'", "rock n"},
    {"patients'", "patients"},
    {"d'<2> hôpital", "d' <0-2> hopital"},
    {"{institution}'s policy", "{institution} 's policy"},
    {"qu'{who}|", "refused " /* a bar outside of brackets */},
    {"chez l'{who}", "chez l' {who}"},
    {"mot{who}", "mot {who}"},
    {"homophob*", "homophob*"},
    {"Homophob* (fort)", "homophob* / homophob* fort"},
    {"abcd*", "abcd*"},
    {"écol*", "ecol*"},
    {"va <3> payer", "va <0-3> payer"},
    {"va <1-3> payer", "va <1-3> payer"},
    {"va <8> {who}", "va <0-8> {who}"},
    {"un (<2> deux) trois", "un trois / un <0-2> deux trois"},
};

START_TEST(a_term_has_the_variants_that_it_says) {
  const struct example *example = &examples[_i];
  if (strcmp(example->expected, "refused ") == 0)
    ck_assert_str_eq(expanded(example->written), prd_arena_format(&arena, "refused %d", PRD_SOURCE_TERM_SYNTAX));
  else
    ck_assert_str_eq(expanded(example->written), example->expected);
}
END_TEST

static const struct {
  const char *written;
  enum prd_source_message message;
} refused[] = {
    {"patient(e", PRD_SOURCE_TERM_SYNTAX},
    {"patient)e", PRD_SOURCE_TERM_SYNTAX},
    {"{a|b", PRD_SOURCE_TERM_SYNTAX},
    {"{a|b)", PRD_SOURCE_TERM_SYNTAX},
    {"(a}", PRD_SOURCE_TERM_SYNTAX},
    {"a|b", PRD_SOURCE_TERM_SYNTAX},
    {"va <3 payer", PRD_SOURCE_TERM_SYNTAX},
    {"x((((((((a))))))))", 0},
    {"x(((((((((a)))))))))", PRD_SOURCE_TERM_SYNTAX},
    {"", PRD_SOURCE_TERM_EMPTY},
    {"(a)", PRD_SOURCE_TERM_EMPTY},
    {"{a|}", PRD_SOURCE_TERM_EMPTY},
    {"...", PRD_SOURCE_TERM_EMPTY},
    {"abc*", PRD_SOURCE_TERM_PREFIX},
    {"*abcd", PRD_SOURCE_TERM_PREFIX},
    {"abcd *", PRD_SOURCE_TERM_PREFIX},
    {"abcd*s", PRD_SOURCE_TERM_PREFIX},
    {"abcd**", PRD_SOURCE_TERM_PREFIX},
    {"abcdefghijklmnopqrstuvwxyzabcde*", 0},
    {"abcdefghijklmnopqrstuvwxyzabcdef*", PRD_SOURCE_TERM_PREFIX},
    {"{who}*", PRD_SOURCE_TERM_PREFIX},
    {"<3> payer", PRD_SOURCE_TERM_GAP},
    {"va <3>", PRD_SOURCE_TERM_GAP},
    {"va <1> <2> payer", PRD_SOURCE_TERM_GAP},
    {"va <0> payer", PRD_SOURCE_TERM_GAP},
    {"va <9> payer", PRD_SOURCE_TERM_GAP},
    {"va <3-1> payer", PRD_SOURCE_TERM_GAP},
    {"va <> payer", PRD_SOURCE_TERM_GAP},
    {"va <-3> payer", PRD_SOURCE_TERM_GAP},
    {"va <1-> payer", PRD_SOURCE_TERM_GAP},
    {"va <1-2-3> payer", PRD_SOURCE_TERM_GAP},
    {"va <n> payer", PRD_SOURCE_TERM_GAP},
    {"va (<2>)", PRD_SOURCE_TERM_GAP},
    {"x(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)", 0},
    {"x(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)", PRD_SOURCE_TERM_TOO_MANY},
};

START_TEST(what_is_badly_written_is_refused_and_the_limit_itself_is_not) {
  const char *seen = expanded(refused[_i].written);
  if (refused[_i].message == 0)
    ck_assert_msg(strncmp(seen, "refused", 7) != 0, "expected: %s is taken; seen: %s", refused[_i].written, seen);
  else
    ck_assert_str_eq(seen, prd_arena_format(&arena, "refused %d", (int)refused[_i].message));
}
END_TEST

START_TEST(any_bytes_are_taken_or_refused_with_one_problem) {
  static const char alphabet[] = "aB(){}|<>*- 38'\"\xC3\xA9.";
  uint32_t state = 11;
  for (int round = 0; round < 20000; round++) {
    char text[25];
    const size_t length = draw(&state, sizeof text);
    for (size_t i = 0; i < length; i++) text[i] = alphabet[draw(&state, sizeof alphabet - 1)];
    text[length] = '\0';
    (void)expanded(text);
    prd_arena_reset(&arena);
  }
}
END_TEST

int main(void) {
  TCase *cases = tcase_create("terms");
  tcase_add_checked_fixture(cases, set_up, tear_down);
  tcase_set_timeout(cases, 60);
  tcase_add_loop_test(cases, a_term_has_the_variants_that_it_says, 0, ROWS(examples));
  tcase_add_loop_test(cases, what_is_badly_written_is_refused_and_the_limit_itself_is_not, 0, ROWS(refused));
  tcase_add_test(cases, any_bytes_are_taken_or_refused_with_one_problem);
  return run_cases("terms", cases);
}
