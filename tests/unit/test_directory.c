// SPDX-License-Identifier: GPL-3.0-or-later
// The local directory: who is named, who is not, what is refused, and what 20,000 people cost. All names are invented.
#include <time.h>

#include "policy/directory.h"
#include "policy/directory_words.h"
#include "support.h"
#include "text/fold.h"

static const char staff[] = "#kind: staff\n"
                            "Nom;Prénom;Titre;Surnom\n"
                            "Tremblay;Jean;préposé aux bénéficiaires\r\n"
                            "Roy;Nathalie;infirmière;Nat-Nat\n"
                            "Roy;Jean-Pierre\n"
                            "Gagnon;Émilie;agente de paie\n"
                            "\n"
                            "# commentaire\n"
                            "Nguyen;Thi Lan;professeure\n"
                            "St-Pierre;Marie-Ève;\n"
                            "de la Durantaye;Hugo;;\n"
                            "L'Heureux;Sylvain\n"
                            "O'Connor,Megan,nurse\n"
                            "Lemieux-Bouchard;Stéphanie\n"
                            "Petit;Claire\n"
                            "Tremblay;Emmanuel\n"
                            "\"Young\",\"Karen\"\n"
                            "Bélanger\tSébastien\ttravailleur social\n";

static enum prd_error load_text(const char *text, struct prd_directory_problem *problem, struct prd_directory **out) {
  char *copy = strdup(text);
  enum prd_error error = prd_directory_parse(copy, strlen(copy), problem, out);
  free(copy);
  return error;
}

static struct prd_directory *directory_of(const char *text) {
  struct prd_directory_problem problem = {0, {"", ""}};
  struct prd_directory *directory = NULL;
  enum prd_error error = load_text(text, &problem, &directory);
  if (error != PRD_OK) ck_abort_msg("expected: a directory; seen: line %zu, %s", problem.line, problem.reason.en);
  return directory;
}

/// The people found, between bars.
static const char *found(const struct prd_directory *directory, struct prd_arena *arena, const char *text) {
  struct prd_folded folded;
  struct prd_tokens tokens;
  struct prd_hits hits = {0};
  ck_assert_int_eq(prd_fold_text(arena, text, strlen(text), &folded), PRD_OK);
  ck_assert_int_eq(prd_tokenize(arena, &folded, &tokens), PRD_OK);
  ck_assert_int_eq(prd_directory_scan(directory, 7, arena, &folded, &tokens, &hits), PRD_OK);
  const char *list = "";
  for (size_t i = 0; i < hits.count; i++) {
    ck_assert_uint_eq(hits.items[i].feature, 7);
    ck_assert_uint_lt(hits.items[i].begin_token, hits.items[i].end_token);
    ck_assert_uint_le(hits.items[i].end_token, tokens.count);
    const struct prd_span span = prd_folded_span(&folded, hits.items[i].begin_byte, hits.items[i].end_byte);
    list = prd_arena_format(arena, "%s%s%s", list, i == 0 ? "" : "|", slice_utf16(arena, text, span));
  }
  return list;
}

static const struct row {
  const char *text, *people;
} rows[] = {
    // First and family name, in either order.
    {"Nathalie Roy est en congé", "Nathalie Roy"},
    {"nathalie roy est en congé", "nathalie roy"},
    {"NATHALIE ROY EST EN CONGÉ", "NATHALIE ROY"},
    {"Tremblay Jean est absent", "Tremblay Jean"},
    {"Roy, Nathalie et d'autres", "Roy, Nathalie"},
    {"avec Jean-Pierre Roy hier", "Jean-Pierre Roy"},
    {"avec Jean Pierre Roy hier", "Jean Pierre Roy"},
    {"Thi Lan Nguyen enseigne", "Thi Lan Nguyen"},
    {"Émilie Gagnon, Emilie GAGNON", "Émilie Gagnon|Emilie GAGNON"},
    {"Marie-Ève Saint-Pierre", "Marie-Ève Saint-Pierre"},
    {"marie eve st pierre", "marie eve st pierre"},
    {"Hugo de la Durantaye", "Hugo de la Durantaye"},
    {"Sylvain L’Heureux", "Sylvain L’Heureux"},
    {"Megan O'Connor", "Megan O'Connor"},
    {"Megan O’Connor's shift", "Megan O’Connor"},
    {"Stéphanie Lemieux-Bouchard", "Stéphanie Lemieux-Bouchard"},
    {"Stéphanie Lemieux", "Stéphanie Lemieux"},
    {"Jean M. Tremblay", "Jean M. Tremblay"},
    {"J'ai vu Nathalie Roy.", "Nathalie Roy"},
    // Initials.
    {"J. Tremblay a encore dormi", "J. Tremblay"},
    {"J Tremblay a encore dormi", "J Tremblay"},
    {"É. Gagnon", "É. Gagnon"},
    {"T. L. Nguyen", "T. L. Nguyen"},
    {"TL Nguyen", "TL Nguyen"},
    {"Nathalie R. est malade", "Nathalie R"},
    {"Marie-Ève S.", "Marie-Ève S"},
    // Titles and roles.
    {"Dre Gagnon refuse", "Dre Gagnon"},
    {"M. Roy est parti", "M. Roy"},
    {"madame Tremblay", "madame Tremblay"},
    {"mme tremblay est fine", "mme tremblay"},
    {"Nurse Roy is rude", "Nurse Roy"},
    {"prof. Nguyen", "prof. Nguyen"},
    {"inf. Roy", "inf. Roy"},
    {"Me Roy plaide", "Me Roy"},
    {"l'agente de paie Gagnon", "agente de paie Gagnon"},
    {"le travailleur social Bélanger", "travailleur social Bélanger"},
    {"Mr. Petit", "Mr. Petit"},
    // Nicknames.
    {"Manu Tremblay", "Manu Tremblay"},
    {"Steph Lemieux-Bouchard", "Steph Lemieux-Bouchard"},
    {"seb bélanger", "seb bélanger"},
    {"Nath Roy", "Nath Roy"},
    {"Nat-Nat Roy", "Nat-Nat Roy"},
    // Tags.
    {"@NathalieRoy t'es pas fine", "NathalieRoy"},
    {"#NathalieRoy", "NathalieRoy"},
    {"@nathalie_roy", "nathalie_roy"},
    {"#JTremblay", "JTremblay"},
    {"#MmeTremblay", "MmeTremblay"},
    // Not enough.
    {"Nathalie est en congé", ""},
    {"Tremblay est en congé", ""},
    {"Roy", ""},
    {"le roy de France", ""},
    {"Nathalie, Roy et les autres", ""},
    {"Nathalie. Roy est là", ""},
    {"Nathalie et Roy", ""},
    {"un petit gars, une claire petit", ""},
    {"C. Petit", ""},
    {"K. Young", ""},
    {"une dame petit format", ""},
    {"tell me Roy", ""},
    {"tell me young", ""},
    {"à Tremblay de décider", ""},
    {"A Tremblay de décider", ""},
    {"Paul Gagnon", ""},
    {"Jean-Tremblay, Tremblay-Jean", ""},
    {"B. Gagnon", ""},
    {"Manu Gagnon", ""},
    {"@nathalieroy", ""},
    {"https://exemple.ca/nathalie-roy", ""},
    {"NATHALIE R EST LÀ", ""},
    {"Nathalie a mangé", ""},
    {"", ""},
};

START_TEST(a_person_is_named_or_not) {
  const struct row *row = &rows[_i];
  struct prd_arena arena = {0};
  struct prd_directory *directory = directory_of(staff);
  ck_assert_uint_eq(prd_directory_people(directory), 14);
  const char *seen = found(directory, &arena, row->text);
  if (strcmp(seen, row->people) != 0) ck_abort_msg("\"%s\": expected: %s; seen: %s", row->text, row->people, seen);
  prd_directory_free(directory);
  prd_arena_free(&arena);
}
END_TEST

static const struct refusal {
  const char *text;
  size_t line;
  const char *fr, *en; // beginnings
} refusals[] = {
    {"", 0, "l’annuaire ne nomme personne", "the directory names nobody"},
    {"#kind: staff\n# vide\n", 0, "l’annuaire ne nomme personne", "the directory names nobody"},
    {"Nom;Prénom\n", 0, "l’annuaire ne nomme personne", "the directory names nobody"},
    {"#kind: patients\nRoy;Nathalie\n", 1, "un annuaire est une liste de personnel", "a directory is a list of staff"},
    {"Roy;Nathalie\n# Kind : élèves\n", 2, "un annuaire", "a directory"},
    {"#kind:\nRoy;Nathalie\n", 1, "un annuaire", "a directory"},
    {"Roy;Nathalie\nGagnon\n", 2, "il faut un nom", "a family name and"},
    {"Roy;Nathalie\n;Luc\n", 2, "il faut un nom", "a family name and"},
    {"Roy;\n", 1, "il faut un nom", "a family name and"},
    {"Roy;Nathalie;inf;Nat;418 555-0142\n", 1, "il y a plus de quatre", "there are more than four"},
    {"Roy;Nathalie\nROYN 5412 2816;Luc\n", 2, "un nom ne contient pas", "a name has no digit"},
    {"Roy;1954-12-28\n", 1, "un nom ne contient pas", "a name has no digit"},
    {"Roy;a b c d e f\n", 1, "ce nom est trop long", "this name is too long"},
    {"Roy;Nathalie\nC\xF4t\xE9;Luc\n", 2, "cette ligne n’est pas", "this line is not UTF-8"},
};

START_TEST(a_file_that_is_no_list_of_staff_is_refused_with_its_line) {
  const struct refusal *row = &refusals[_i];
  struct prd_directory_problem problem = {99, {"", ""}};
  struct prd_directory *directory = NULL;
  ck_assert_int_eq(load_text(row->text, &problem, &directory), PRD_ERROR_INVALID);
  ck_assert_ptr_null(directory);
  ck_assert_uint_eq(problem.line, row->line);
  if (strncmp(problem.reason.fr, row->fr, strlen(row->fr)) != 0)
    ck_abort_msg("expected: %s; seen: %s", row->fr, problem.reason.fr);
  if (strncmp(problem.reason.en, row->en, strlen(row->en)) != 0)
    ck_abort_msg("expected: %s; seen: %s", row->en, problem.reason.en);
}
END_TEST

START_TEST(files_that_cannot_be_read_are_told) {
  struct prd_directory_problem problem;
  struct prd_directory *directory = NULL;
  ck_assert_int_eq(prd_directory_load("/nonexistent/annuaire.csv", &problem, &directory), PRD_ERROR_INVALID);
  ck_assert_str_eq(problem.reason.en, "there is no such directory file");
  ck_assert_int_eq(prd_directory_load("/tmp", &problem, &directory), PRD_ERROR_INVALID);
  ck_assert_str_eq(problem.reason.en, "the directory file cannot be read");
  ck_assert_uint_eq(problem.line, 0);
}
END_TEST

START_TEST(long_lines_and_endless_files_are_refused) {
  struct prd_directory_problem problem;
  struct prd_directory *directory = NULL;
  enum { LINES = 200001, LINE = 2000 };
  char *text = malloc(LINES * 8);
  ck_assert_ptr_nonnull(text);
  for (size_t i = 0; i < LINES; i++) memcpy(text + i * 8, "Roy;Luc\n", 8);
  ck_assert_int_eq(prd_directory_parse(text, (size_t)LINES * 8, &problem, &directory), PRD_ERROR_INVALID);
  ck_assert_uint_eq(problem.line, LINES);
  ck_assert_str_eq(problem.reason.en, "the directory file has too many lines (at most 200,000)");
  memcpy(text, "Roy;Luc\n", 8);
  memset(text + 8, 'a', LINE);
  ck_assert_int_eq(prd_directory_parse(text, LINE, &problem, &directory), PRD_ERROR_INVALID);
  ck_assert_uint_eq(problem.line, 2);
  free(text);
}
END_TEST

START_TEST(no_file_and_no_text_breaks_it) {
  static const char letters[] = "Roy;,\"\n\t\r# :-'.@Nathalie J\xC3\xA9\xE2\x80\x99";
  struct prd_directory *directory = directory_of(staff);
  uint32_t state = 7;
  for (size_t turn = 0; turn < 3000; turn++) {
    char text[300];
    const size_t length = draw(&state, sizeof text - 1);
    for (size_t i = 0; i < length; i++) {
      const uint32_t from = draw(&state, 3);
      text[i] = from == 0 ? letters[draw(&state, sizeof letters - 1)] : staff[(turn + i) % (sizeof staff - 1)];
      if (from == 1 && draw(&state, 30) == 0) text[i] = (char)draw(&state, 256);
    }
    text[length] = '\0';
    struct prd_arena arena = {0};
    struct prd_folded folded;
    if (prd_fold_text(&arena, text, length, &folded) == PRD_OK) (void)found(directory, &arena, text);
    prd_arena_free(&arena);
    struct prd_directory_problem problem;
    struct prd_directory *read = NULL;
    (void)prd_directory_parse(text, length, &problem, &read);
    prd_directory_free(read);
  }
  prd_directory_free(directory);
}
END_TEST

enum { PEOPLE = 20000 };

/// A name of two or three syllables; the same number gives the same name.
static void write_name(char *out, uint32_t number) {
  static const char *const syllables[] = {"ba",  "cor", "del", "fou",  "gri", "lam", "mon", "ner", "pel", "rou", "sar",
                                          "tan", "vil", "dri", "chan", "bou", "lé",  "mar", "bel", "pro", "qui", "jas"};
  uint32_t state = number * 2654435761U + 1;
  out[0] = '\0';
  for (size_t i = 0; i < 3 + number % 2; i++) strcat(out, syllables[draw(&state, ROWS(syllables))]);
}

static char *many_people(size_t *length) {
  char *text = malloc(PEOPLE * 96), family[64], first[64];
  ck_assert_ptr_nonnull(text);
  *length = 0;
  for (uint32_t i = 0; i < PEOPLE; i++) {
    write_name(family, i % 8000);
    write_name(first, 100000 + i % 700);
    *length +=
        (size_t)sprintf(text + *length, "%s;%s;technologue en %s\n", family, first, i % 3 == 0 ? "radiologie" : "labo");
  }
  return text;
}

static double now_us(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

START_TEST(twenty_thousand_people_are_found_again) {
  struct prd_arena arena = {0};
  struct prd_directory_problem problem;
  struct prd_directory *directory = NULL;
  size_t length;
  char *text = many_people(&length), family[64], first[64], post[400];
  const double begin = now_us();
  ck_assert_int_eq(prd_directory_parse(text, length, &problem, &directory), PRD_OK);
  const double loaded = now_us() - begin;
  free(text);
  ck_assert_uint_eq(prd_directory_people(directory), PEOPLE);
  ck_assert_uint_lt(prd_directory_bytes(directory), 1200000);
  for (uint32_t i = 0; i < PEOPLE; i += 97) {
    write_name(family, i % 8000);
    write_name(first, 100000 + i % 700);
    (void)snprintf(post, sizeof post, "Hier %s %s dormait", first, family);
    char expected[130];
    (void)snprintf(expected, sizeof expected, "%s %s", first, family);
    ck_assert_str_eq(found(directory, &arena, post), expected);
    prd_arena_reset(&arena);
  }
  (void)printf("directory: %d people read in %.1f ms, %zu bytes\n", PEOPLE, loaded / 1000,
               prd_directory_bytes(directory));
  prd_directory_free(directory);
  prd_arena_free(&arena);
}
END_TEST

START_TEST(looking_for_people_costs_little) {
  static const char post[] =
      "Bonjour à tous, la clinique sera fermée lundi et mardi. Nathalie Roy et Mme Tremblay vous répondront "
      "au téléphone, et l'équipe de Jean-Pierre Bouchard sera sur place mercredi. Merci de votre patience, "
      "on se revoit jeudi matin au deuxième étage, comme prévu avec le docteur Gagnon!";
  struct prd_arena arena = {0};
  struct prd_directory_problem problem;
  struct prd_directory *directory = NULL;
  size_t length;
  char *text = many_people(&length);
  memcpy(text, "roy;nathalie;\n", 14);
  ck_assert_int_eq(prd_directory_parse(text, length, &problem, &directory), PRD_OK);
  free(text);
  struct prd_folded folded;
  struct prd_tokens tokens;
  ck_assert_int_eq(prd_fold_text(&arena, post, sizeof post - 1, &folded), PRD_OK);
  ck_assert_int_eq(prd_tokenize(&arena, &folded, &tokens), PRD_OK);
  struct prd_hit room[64];
  enum { TURNS = 2000 };
  const double begin = now_us();
  for (size_t i = 0; i < TURNS; i++) {
    struct prd_hits hits = {room, 0, ROWS(room)};
    ck_assert_int_eq(prd_directory_scan(directory, 0, &arena, &folded, &tokens, &hits), PRD_OK);
  }
  const double each = (now_us() - begin) / TURNS;
  (void)printf("directory: %zu characters looked at in %.2f us\n", folded.length_utf16, each);
  ck_assert_double_lt(each, 100); // far above what it takes: the machine may be busy, or the build slowed by sanitizers
  prd_directory_free(directory);
  prd_arena_free(&arena);
}
END_TEST

START_TEST(the_tables_are_in_order) {
  static const char *const titles[] = {"mme", "dre", "prof", "nurse", "adjoint", "tutrice"};
  for (size_t i = 0; i < ROWS(titles); i++)
    ck_assert_int_eq(prd_directory_title(titles[i], strlen(titles[i])), PRD_TITLE_PLAIN);
  ck_assert_int_eq(prd_directory_title("me", 2), PRD_TITLE_CAPITAL);
  ck_assert_int_eq(prd_directory_title("mm", 2), PRD_TITLE_NONE);
  static const char *const words[] = {"roy", "leblanc", "petit", "page", "major", "brown", "young", "yard"};
  for (size_t i = 0; i < ROWS(words); i++)
    ck_assert_msg(prd_directory_is_common(words[i], strlen(words[i])), "expected: %s is a word", words[i]);
  ck_assert(!prd_directory_is_common("tremblay", 8));
  static const char *const nicknames[] = {"manu", "steph", "jo", "isa", "alex", "nath", "max", "seb", "vero", "gen"};
  for (size_t i = 0; i < ROWS(nicknames); i++)
    ck_assert_msg(prd_directory_nickname(nicknames[i], strlen(nicknames[i])) != NULL, "expected: %s", nicknames[i]);
  ck_assert_ptr_null(prd_directory_nickname("m", 1));
}
END_TEST

static const char rule_near[] = ",`match`: [{`directory`: `person`, `points`: 40}],"
                                "`near`: [{`terms`: [`malade`], `points`: 30, `within`: {`words`: 4}}],"
                                "`unless`: [{`terms`: [`roy assurance`]}]";

START_TEST(a_rule_asks_for_people) {
  struct mini mini;
  struct prd_arena arena = {0};
  struct prd_verdict verdict;
  const struct prd_context context = {.venue = PRD_VENUE_PERSONAL, .account = PRD_ACCOUNT_PERSONAL};
  mini_build(&mini, "", "", rule_text(&arena, "personal-info.staff", "personal-info", "warn", rule_near));
  static const char text[] = "Nathalie Roy est malade";
  ck_assert_int_eq(prd_judge_text(mini.judge, &arena, text, strlen(text), &context, &verdict), PRD_OK);
  ck_assert_uint_eq(verdict.count, 0); // no directory
  struct prd_directory *directory = directory_of(staff);
  prd_judge_set_directory(mini.judge, directory);
  ck_assert_int_eq(prd_judge_text(mini.judge, &arena, text, strlen(text), &context, &verdict), PRD_OK);
  ck_assert_uint_eq(verdict.count, 1);
  ck_assert_str_eq(slice_utf16(&arena, text, verdict.findings[0].spans[0]), "Nathalie Roy");
  ck_assert_str_eq(verdict.findings[0].evidence[0].name, "annuaire");
  static const char *const silent[] = {"Nathalie Roy assurance malade", "Nathalie Roy va bien",
                                       "Nathalie Roy a vu un deux trois quatre cinq malade"};
  for (size_t i = 0; i < ROWS(silent); i++) {
    ck_assert_int_eq(prd_judge_text(mini.judge, &arena, silent[i], strlen(silent[i]), &context, &verdict), PRD_OK);
    ck_assert_msg(verdict.count == 0, "expected: silence; seen: a finding in \"%s\"", silent[i]);
  }
  prd_judge_set_directory(mini.judge, NULL);
  ck_assert_int_eq(prd_judge_text(mini.judge, &arena, text, strlen(text), &context, &verdict), PRD_OK);
  ck_assert_uint_eq(verdict.count, 0);
  prd_directory_free(directory);
  prd_arena_free(&arena);
  mini_free(&mini);
}
END_TEST

static const struct link_row {
  const char *text;
  bool foreign;
} links[] = {
    {"voir https://boreale.example/horaire", false},
    {"voir www.boreale.example", false},
    {"voir https://rh.boreale.example:8443/a?b=c", false},
    {"écrire à info@boreale.example ou luc@ailleurs.com", false},
    {"https://quebec.ca/sante", false},
    {"https://www.quebec.ca", false},
    {"pas de lien", false},
    {"voir https://ailleurs.com", true},
    {"voir ailleurs.com/page", true},
    {"https://pasboreale.example/", true},
    {"https://boreale.example.com/", true},
    {"https://boreale.example@ailleurs.com/", true},
    {"https://ailleurs.com/?u=https://boreale.example", true},
    {"https://boreale.example et https://ailleurs.com", true},
};

START_TEST(links_to_own_and_allowed_domains_are_not_foreign) {
  const struct link_row *row = &links[_i];
  static const char *const allowed[] = {"quebec.ca"};
  struct mini mini;
  struct prd_arena arena = {0};
  struct prd_verdict verdict;
  const struct prd_context context = {.venue = PRD_VENUE_PERSONAL, .account = PRD_ACCOUNT_PERSONAL};
  mini_build(&mini, "", "",
             rule_text(&arena, "personal-info.link", "personal-info", "warn",
                       ",`match`: [{`metric`: `foreign-links`, `at_least`: 1}]"));
  prd_judge_set_allowed_domains(mini.judge, allowed, 1);
  ck_assert_int_eq(prd_judge_text(mini.judge, &arena, row->text, strlen(row->text), &context, &verdict), PRD_OK);
  ck_assert_msg((verdict.count == 1) == row->foreign, "\"%s\": expected: %d; seen: %zu", row->text, row->foreign,
                verdict.count);
  prd_arena_free(&arena);
  mini_free(&mini);
}
END_TEST

START_TEST(a_rule_asks_how_often_a_text_was_published) {
  struct mini mini;
  struct prd_arena arena = {0};
  struct prd_verdict verdict;
  mini_build(&mini, "", "",
             rule_text(&arena, "personal-info.again", "personal-info", "info",
                       ",`match`: [{`metric`: `published-before`, `at_least`: 2}]"));
  ck_assert(prd_judge_counts_publications(mini.judge));
  for (int32_t before = 0; before < 4; before++) {
    const struct prd_context context = {.published_before = before};
    ck_assert_int_eq(prd_judge_text(mini.judge, &arena, "Bonjour", 7, &context, &verdict), PRD_OK);
    ck_assert_uint_eq(verdict.count, before >= 2);
  }
  prd_arena_free(&arena);
  mini_free(&mini);
}
END_TEST

int main(void) {
  TCase *cases = tcase_create("directory");
  tcase_set_timeout(cases, 60);
  tcase_add_loop_test(cases, a_person_is_named_or_not, 0, ROWS(rows));
  tcase_add_loop_test(cases, a_file_that_is_no_list_of_staff_is_refused_with_its_line, 0, ROWS(refusals));
  tcase_add_test(cases, files_that_cannot_be_read_are_told);
  tcase_add_test(cases, long_lines_and_endless_files_are_refused);
  tcase_add_test(cases, no_file_and_no_text_breaks_it);
  tcase_add_test(cases, twenty_thousand_people_are_found_again);
  tcase_add_test(cases, looking_for_people_costs_little);
  tcase_add_test(cases, the_tables_are_in_order);
  tcase_add_test(cases, a_rule_asks_for_people);
  tcase_add_loop_test(cases, links_to_own_and_allowed_domains_are_not_foreign, 0, ROWS(links));
  tcase_add_test(cases, a_rule_asks_how_often_a_text_was_published);
  return run_cases("directory", cases);
}
