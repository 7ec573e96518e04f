// SPDX-License-Identifier: GPL-3.0-or-later
// How a folded text is cut into words, sentences and quotations.
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "text/tokens.h"

static struct prd_arena arena;
static struct prd_folded folded;
static struct prd_tokens tokens;

static void set_up(void) {
  arena = (struct prd_arena){0};
}
static void tear_down(void) {
  prd_arena_free(&arena);
}

static void cut(const char *text) {
  ck_assert_int_eq(prd_fold_text(&arena, text, strlen(text), &folded), PRD_OK);
  ck_assert_int_eq(prd_tokenize(&arena, &folded, &tokens), PRD_OK);
}

// Tokens joined by spaces, sentences by " | ".
static const char *written(void) {
  const char *all = "";
  for (size_t i = 0; i < tokens.count; i++) {
    const struct prd_token *token = &tokens.items[i];
    const char *between = i == 0 ? "" : token->sentence != token[-1].sentence ? " | " : " ";
    all = prd_arena_format(&arena, "%s%s%.*s", all, between, (int)(token->end_byte - token->begin_byte),
                           folded.bytes + token->begin_byte);
  }
  return all;
}

// Tokens that have `flag`, or are of kind `kind` when that is not negative, joined by spaces.
static const char *chosen(unsigned flag, int kind) {
  const char *all = "";
  for (size_t i = 0; i < tokens.count; i++) {
    const struct prd_token *token = &tokens.items[i];
    if (kind >= 0 ? token->kind != kind : (token->flags & flag) == 0) continue;
    all = prd_arena_format(&arena, "%s%s%.*s", all, *all == '\0' ? "" : " ", (int)(token->end_byte - token->begin_byte),
                           folded.bytes + token->begin_byte);
  }
  return all;
}

struct example {
  const char *typed;
  const char *expected;
};

#define ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))

static const struct example cuts[] = {
    {"", ""},
    {"   \n ", ""},
    {"L’hôpital", "l' hopital"},
    {"aujourd'hui, quelqu'un, prud'homme", "aujourd'hui quelqu'un prud'homme"},
    {"qu'aujourd'hui lorsqu'il jusqu’à", "qu' aujourd'hui lorsqu' il jusqu' a"},
    {"j't'aime d'la", "j' t' aime d' la"},
    {"peut-être porte-parole", "peut etre porte parole"},
    {"the patient's don't patients' it's", "the patient 's don't patients it 's"},
    {"(c'est)", "c' est"},
    {"l'« hôpital »", "l' hopital"},
    {"l' hôpital", "l' hopital"},
    {"la lettre 'd' ici", "la lettre d ici"},
    {"rock 'n' roll", "rock n roll"},
    {"m0ron 3e covid19 1er", "m0ron 3e covid19 1er"},
    {"1 200 3,5 12:30", "1 200 3 5 12 30"},
    {"infirmier·ère·s étudiant(e)s", "infirmier ere s etudiant e s"},
    {"mot_de_passe et/ou", "mot de passe et ou"},
    {"50 % 20$ R&D C++ 3€", "50 % 20 $ r & d c + + 3 €"},
    {"n° 4 ·•|*=", "n 4"},
    {"👩🏽‍⚕️❤️ ok👍🏿", "👩 ⚕ ❤ ok 👍"},
    {"привет 中文 한국", "привет 中文 \u1112\u1161\u11AB\u1100\u116E\u11A8"},
    {"''' \"\" -- …", ""},
};

START_TEST(words_are_cut_as_documented) {
  cut(cuts[_i].typed);
  ck_assert_str_eq(written(), cuts[_i].expected);
}
END_TEST

static const struct example links[] = {
    {"voir https://exemple.ca/a?b=c#d.", "https://exemple.ca/a?b=c#d"},
    {"(https://x.org/wiki/A_(b))", "https://x.org/wiki/a_(b)"},
    {"«http://chu.example»", "http://chu.example"},
    {"WWW.Exemple.CA/Page, merci", "www.exemple.ca/page"},
    {"exemple.ca/page et chu.qc.ca.", "exemple.ca/page chu.qc.ca"},
    {"bit.ly/abc t.me/groupe", "bit.ly/abc t.me/groupe"},
    {"écrivez à jean-guy.roy_2@exemple.ca!", "jean-guy.roy_2@exemple.ca"},
    {"l'adresse d'info@chu.example", "info@chu.example"},
    {"fini.Info à venir", ""},
    {"inscrit.es étudiant.e.s formé.es/inscrit.es", ""},
    {"A.V.C. p.ex. 3.5 v1.2.3", ""},
    {"jean@ maison @chu.ca", ""},
    {"a.b.c.d.e.f.g.h", ""},
    {"http:// rien", ""},
    {"rapport.pdf", ""},
};

START_TEST(links_and_addresses_are_one_token) {
  cut(links[_i].typed);
  ck_assert_str_eq(chosen(0, PRD_TOKEN_LINK), links[_i].expected);
}
END_TEST

static const struct example sentences[] = {
    {"Un. Deux! Trois? Quatre… Cinq", "un | deux | trois | quatre | cinq"},
    {"Quoi!? Non...", "quoi | non"},
    {"Un\nDeux\r\n\r\nTrois", "un | deux | trois"},
    {"M. Roy et Mme. Tremblay, la Dre. Côté", "m roy et mme tremblay la dre cote"},
    {"Le Dr.Roy est là", "le dr roy est la"},
    {"p.ex. ceci", "p ex ceci"},
    {"etc. mais oui", "etc mais oui"},
    {"pommes, etc. Mais oui", "pommes etc | mais oui"},
    {"J. R. Tremblay", "j r tremblay"},
    {"il y en a. Ensuite", "il y en a | ensuite"},
    {"3.5 points. Version 2. Fin", "3 5 points | version 2 | fin"},
    {"étudiant.e ou étudiant.Il", "etudiant e ou etudiant | il"},
    {"c'est sh!t ici", "c' est sh t ici"},
    {"Voir exemple.ca/a.b Oui", "voir exemple.ca/a.b oui"},
    {"- un\n- deux", "un | deux"},
    {"no. 5 rue St. Jean", "no 5 rue st jean"},
    {"...Et puis", "et puis"},
};

START_TEST(sentences_end_where_a_reader_sees_an_end) {
  cut(sentences[_i].typed);
  ck_assert_str_eq(written(), sentences[_i].expected);
  ck_assert_uint_eq(tokens.sentence_count, tokens.items[tokens.count - 1].sentence + 1);
}
END_TEST

START_TEST(the_first_token_of_each_sentence_is_marked) {
  cut("Le CHU. « Non », dit-il. 🎉 Oui\n@chu ok");
  ck_assert_str_eq(chosen(PRD_TOKEN_SENTENCE_START, -1), "le non 🎉 chu");
  cut("");
  ck_assert_uint_eq(tokens.sentence_count, 0);
}
END_TEST

static const struct example quotations[] = {
    {"il dit « espèce de con » et part", "espece de con"},
    {"«non», “oui”, \"peut-être\"", "non oui peut etre"},
    {"« il a dit “oui” hier » puis", "il a dit oui hier"},
    {"« il a dit \"oui\" hier » puis", "il a dit oui hier"},
    {"« jamais fermé", ""},
    {"« jamais fermé\nautre ligne »", ""},
    {"\"un\" deux \"trois\"", "un trois"},
    {"un \" deux", ""},
    {"jamais ouvert » mot", ""},
    {"„Nein“, sagt er", "nein"},
    {"”Nej” säger han", "nej"},
    {"un écran de 24\" et un autre de 27\" ici", ""},
    {"l'été n'est pas 'fini'", ""},
    {"« a “ b » c", "b"},
    {"‹ a › b", "a"},
    {"«««««««««« a »»»»»»»»»» b", "a"},
};

START_TEST(only_what_is_quoted_and_closed_on_its_line_is_quoted) {
  cut(quotations[_i].typed);
  ck_assert_str_eq(chosen(PRD_TOKEN_QUOTED, -1), quotations[_i].expected);
}
END_TEST

START_TEST(tags_and_mentions_are_marked) {
  cut("#CHU_Québec @jean.roy_2 p@tient c#d info@chu.ca # seul @ seul #1 fin.Merci");
  ck_assert_str_eq(chosen(PRD_TOKEN_HASHTAG, -1), "chu quebec 1");
  ck_assert_str_eq(chosen(PRD_TOKEN_MENTION, -1), "jean roy 2");
}
END_TEST

START_TEST(capitals_are_those_of_the_source) {
  cut("Le CHU de Québec L'État É ŒUVRE iPhone 3E COVID19 À-CÔTÉ ＡＢ ß");
  ck_assert_str_eq(chosen(PRD_TOKEN_CAPITALIZED, -1), "le chu quebec l' etat e oeuvre 3e covid19 a cote ab");
  ck_assert_str_eq(chosen(PRD_TOKEN_ALL_CAPITALS, -1), "chu oeuvre covid19 cote ab");
}
END_TEST

START_TEST(elided_words_are_marked) {
  cut("L'hôpital qu'on aujourd'hui j'suis patient's");
  ck_assert_str_eq(chosen(PRD_TOKEN_ELIDED, -1), "l' qu' j'");
}
END_TEST

START_TEST(pauses_are_marked_and_hyphens_are_not) {
  cut("un, deux; trois : quatre (cinq) six - sept — huit porte-parole 3,5 12:30 x--y");
  ck_assert_str_eq(chosen(PRD_TOKEN_AFTER_PAUSE, -1), "deux trois quatre cinq six sept huit y");
}
END_TEST

START_TEST(kinds_are_told_apart) {
  cut("lot 42 3e 50% x.ca 🎉 ٣٤");
  ck_assert_str_eq(chosen(0, PRD_TOKEN_NUMBER), "42 50 ٣٤");
  ck_assert_str_eq(chosen(0, PRD_TOKEN_SYMBOL), "% 🎉");
  ck_assert_str_eq(chosen(0, PRD_TOKEN_WORD), "lot 3e");
}
END_TEST

START_TEST(the_hash_is_that_of_the_bytes) {
  ck_assert_uint_eq(prd_word_hash("", 0), 0x811C9DC5U); // vectors of the FNV page
  ck_assert_uint_eq(prd_word_hash("a", 1), 0xE40C292CU);
  ck_assert_uint_eq(prd_word_hash("foobar", 6), 0xBF9CF968U);
  cut("L'Hôpital");
  ck_assert_uint_eq(tokens.items[0].hash, prd_word_hash("l'", 2));
  ck_assert_uint_eq(tokens.items[1].hash, prd_word_hash("hopital", 7));
}
END_TEST

START_TEST(any_bytes_give_ordered_tokens_that_do_not_overlap) {
  static const char alphabet[][8] = {"a",  "É",  "'",   "\"",   "«",   "»", ".", "!", "\n", " ", "-",
                                     "@",  "#",  "_",   "/",    ":",   "3", "(", ")", "🎉",  "’", "s",
                                     "ca", "l'", "://", "www.", ".ca", "·", "“", "”", ",",  "M."};
  uint32_t state = 7;
  for (int round = 0; round < 5000; round++) {
    char text[64 * 8] = "";
    for (int i = 0; i < 64; i++) {
      state = state * 1664525U + 1013904223U;
      strcat(text, alphabet[(state >> 16) % (sizeof alphabet / sizeof alphabet[0])]);
    }
    cut(text);
    uint32_t end = 0;
    uint32_t sentence = 0;
    for (size_t i = 0; i < tokens.count; i++) {
      const struct prd_token *token = &tokens.items[i];
      ck_assert_uint_ge(token->begin_byte, end);
      ck_assert_uint_gt(token->end_byte, token->begin_byte);
      ck_assert_uint_ge(token->sentence, sentence);
      ck_assert_uint_le(token->sentence, sentence + (i == 0 ? 0 : 1));
      bool starts = i == 0 || token->sentence != sentence;
      ck_assert_int_eq((token->flags & PRD_TOKEN_SENTENCE_START) != 0, starts);
      end = token->end_byte;
      sentence = token->sentence;
    }
    ck_assert_uint_le(end, folded.length_bytes);
    prd_arena_reset(&arena);
  }
}
END_TEST

int main(void) {
  TCase *cases = tcase_create("tokens");
  tcase_add_checked_fixture(cases, set_up, tear_down);
  tcase_set_timeout(cases, 60);
  tcase_add_loop_test(cases, words_are_cut_as_documented, 0, ROWS(cuts));
  tcase_add_loop_test(cases, links_and_addresses_are_one_token, 0, ROWS(links));
  tcase_add_loop_test(cases, sentences_end_where_a_reader_sees_an_end, 0, ROWS(sentences));
  tcase_add_test(cases, the_first_token_of_each_sentence_is_marked);
  tcase_add_loop_test(cases, only_what_is_quoted_and_closed_on_its_line_is_quoted, 0, ROWS(quotations));
  tcase_add_test(cases, tags_and_mentions_are_marked);
  tcase_add_test(cases, capitals_are_those_of_the_source);
  tcase_add_test(cases, elided_words_are_marked);
  tcase_add_test(cases, pauses_are_marked_and_hyphens_are_not);
  tcase_add_test(cases, kinds_are_told_apart);
  tcase_add_test(cases, the_hash_is_that_of_the_bytes);
  tcase_add_test(cases, any_bytes_give_ordered_tokens_that_do_not_overlap);
  Suite *suite = suite_create("tokens");
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_set_fork_status(runner, CK_NOFORK);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
