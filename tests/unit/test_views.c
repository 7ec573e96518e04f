// SPDX-License-Identifier: GPL-3.0-or-later
// How else a text can be read, and what must stay as it is written.
#include "text/views.h"

#include "support.h"

static struct prd_arena arena;
static struct prd_folded folded;
static struct prd_tokens tokens;
static struct prd_views views;

static void set_up(void) {
  arena = (struct prd_arena){0};
}
static void tear_down(void) {
  prd_arena_free(&arena);
}

static void view(const char *text) {
  ck_assert_int_eq(prd_fold_text(&arena, text, strlen(text), &folded), PRD_OK);
  ck_assert_int_eq(prd_tokenize(&arena, &folded, &tokens), PRD_OK);
  ck_assert_int_eq(prd_views_build(&arena, &folded, &tokens, &views), PRD_OK);
}

/// Spellings of a token of the view, joined by bars.
static const char *spelled(size_t number) {
  const struct prd_view_place *place = &views.places[number];
  const struct prd_token *token = &views.tokens.items[number];
  const char *all = "";
  for (uint32_t i = place[0].spellings_begin; i < place[1].spellings_begin; i++) {
    const struct prd_spelling *spelling = &views.spellings[i];
    ck_assert_uint_eq(spelling->hash, prd_word_hash(spelling->bytes, spelling->length_bytes));
    all = prd_arena_format(&arena, "%s%s%.*s", all, *all == '\0' ? "" : "|", (int)spelling->length_bytes,
                           spelling->bytes);
  }
  if (*all != '\0') return all;
  return prd_arena_format(&arena, "%.*s", (int)(token->end_byte - token->begin_byte), folded.bytes + token->begin_byte);
}

/// What is not simply a token of the text, joined by spaces.
static const char *readings(void) {
  const char *all = "";
  for (size_t i = 0; i < views.tokens.count; i++) {
    if (views.places[i].readings_before == views.places[i + 1].readings_before) continue;
    all = prd_arena_format(&arena, "%s%s%s", all, *all == '\0' ? "" : " ", spelled(i));
  }
  return all;
}

struct example {
  const char *typed, *expected;
};

static const struct example examples[] = {
    // stretched letters
    {"quel connnnard", "connnnard|conard|connard"},
    {"nooooon MEEEERCI", "nooooon|non|noon meeeerci|merci|meerci"},
    {"cooonnnard", "cooonnnard|conard|coonard|connard|coonnard"},
    {"brrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrruit",
     "brrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrruit|bruit|brruit"},
    {"cote AAA, film XXX, Louis XIII, www.aaa.ca, 1000 2222", ""},
    // figures and signs
    {"C0nn4rd", "c0nn4rd|connard"},
    {"id10t", "id10t|idiot|idlot"},
    {"un c0n", "c0n|con"},
    {"sa c@ve", "cave"},
    {"$alope pute5", "salope pute5|putes"},
    {"sh!t", "shit|shlt"},
    {"m*rde", "marde|merde|mirde|morde|murde|myrde"},
    {"A1B 2C3, H3T 1J4, G1R2J6, TREM54122816", ""},
    {"5à7 5@7 1er 3e 4e 5ans 10h 4x4 B312 PS5 INF1005C MTH1102", ""},
    {"20$ 1,50$ 100k$ 5 @ 7 nom@exemple.ca @c0nn4rd Bravo! oui", ""},
    {"2*3 a*b *mot* c0nn4rdc0nn4rdc0nn4rd", ""},
    // single letters
    {"gros c o n n a r d va", "connard"},
    {"I.D.I.O.T c-a-v-e", "idiot cave"},
    {"c_a_v_e c·a·v·e", "cave cave"},
    {"A.V.C. a b c et il y a à l'a c. o. n. n.", ""},
    {"a b c d e f g h i j k l m n o p q r s t u v w x y z", ""},
    // letters of other alphabets
    {"c\u043Enn\u0430rd", "c\u043Enn\u0430rd|connard"},
    {"\u0421ONN\u0391RD", "\u0441onn\u03B1rd|connard"},
    {"\u043F\u0440\u0438\u0432\u0435\u0442 \u0441\u043E\u0440 \u03BCm", ""},
    // inclusive writing
    {"des infirmier·ère·s", "infirmier|infirmiers|infirmiere|infirmieres"},
    {"étudiant.e.s étudiant-e", "etudiant|etudiants|etudiante|etudiantes etudiant|etudiante"},
    {"patient(e)s patient(e)(s) patient(es)",
     "patient|patients|patiente|patientes patient|patients|patiente|patientes patient|patients|patiente|patientes"},
    {"patient(s)", "patient|patients"},
    {"employé-e-s EMPLOYÉ(E)S", "employe|employes|employee|employees employe|employes|employee|employees"},
    {"directeur/trice", "directeur|directrice"},
    {"acteur•rice⋅s", "acteur|acteurs|actrice|actrices"},
    {"étudiants·es", "etudiant|etudiants|etudiante|etudiantes"},
    {"professionnel‧le", "professionnel|professionnelle"},
    {"tout·e-puissant·e", "tout|toute puissant|puissante"},
    {"étudiant.Il fini.Elle etudiant.Es donne-le dit-elle est-ce et/ou rendez-vous", ""},
    {"www.exemple.ca/patient.e vitamine-e-mail 2024-01-02 client(x) il/elle texte.txt", ""},
    // hashtags
    {"#JaimePasLaDPJ", "jaime|aime pas la dpj"},
    {"#ChuDeQuebec2026", "chu de quebec 2026"},
    {"#DPJRepond", "dpj repond"},
    {"#chudequebec #CHU #Quebec JaimePas @JaimePas", ""},
    {"#\u0152uvreDArt", "oeuvre d art"},
    {"", ""},
};

START_TEST(words_are_read_as_people_write_them) {
  view(examples[_i].typed);
  ck_assert_str_eq(readings(), examples[_i].expected);
}
END_TEST

START_TEST(only_sentences_with_a_reading_are_in_the_view) {
  view("Une phrase. Un gros connnnard ici. Une autre.");
  ck_assert_uint_eq(views.tokens.count, 4);
  const char *all = "";
  for (size_t i = 0; i < views.tokens.count; i++) all = prd_arena_format(&arena, "%s %s", all, spelled(i));
  ck_assert_str_eq(all, " un gros connnnard|conard|connard ici");
  ck_assert_uint_eq(views.places[2].begin_token, 4);
  ck_assert_uint_eq(views.places[2].end_token, 5);
  view("Une phrase sans rien d'autre (2024), voilà. Peut-être!");
  ck_assert_uint_eq(views.tokens.count, 0);
}
END_TEST

/// What is underlined for the list "a" of one rule, joined by bars.
static const char *underlined(const char *terms, const char *text) {
  struct mini mini;
  mini_build(&mini, prd_arena_format(&arena, "`a`: [%s]", terms), "",
             rule_text(&arena, "r", "insult-defamation", "warn", ", `match`: [{`list`: `a`}]"));
  struct prd_verdict verdict;
  const struct prd_context context = {.venue = PRD_VENUE_PERSONAL, .account = PRD_ACCOUNT_PERSONAL};
  ck_assert_int_eq(prd_judge_text(mini.judge, &arena, text, strlen(text), &context, &verdict), PRD_OK);
  ck_assert(verdict.complete);
  const char *seen = "";
  for (size_t s = 0; verdict.count != 0 && s < verdict.findings[0].span_count; s++)
    seen = prd_arena_format(&arena, "%s%s%s", seen, s == 0 ? "" : "|",
                            slice_utf16(&arena, text, verdict.findings[0].spans[s]));
  mini_free(&mini);
  return seen;
}

static const struct {
  const char *terms, *text, *expected;
} found[] = {
    {"`gros navet`", "Un 😊 gros NAAAAVET!", "gros NAAAAVET"},
    {"`navet`", "un n.a.v.e.t et un n4vet", "n.a.v.e.t|n4vet"},
    {"`navet`", "un n@vet, un $ n a v e t $", "n@vet|n a v e t"},
    {"`les infirmières sont`", "Les infirmier·ère·s sont", "Les infirmier·ère·s sont"},
    {"`infirmier(s)`", "l'infirmier(ère) parle", "infirmier(ère)"},
    {"`aime pas la dpj`", "#JaimePasLaDPJ", "JaimePasLaDPJ"},
    {"`la dpj`", "#JaimePasLaDPJ", "LaDPJ"},
    {"`{hashtag} navet`", "#Vive navet #UnNavet", "Vive navet|UnNavet"},
    {"`{capitalized}`", "le #UnNavet", "UnNavet"}, // the tag as a whole, as before
    {"`navet`", "nav3ts navette n a v e t t e", ""},
};

START_TEST(readings_are_placed_on_what_was_typed) {
  ck_assert_str_eq(underlined(found[_i].terms, found[_i].text), found[_i].expected);
}
END_TEST

START_TEST(hostile_texts_stay_linear) {
  static const char *const pieces[] = {"aaa",   "a ",      "a.",         "a@a",   "$a", "abc-e-", "abc(e",
                                       "#AbAb", "abbbccc", "1a1a1a1a1a", "a*b*c", "·",  "e·e·",   "\u0430a"};
  for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
    const size_t length = strlen(pieces[p]), bytes = 60000 / length * length;
    char *text = prd_arena_alloc(&arena, bytes + 1);
    for (size_t i = 0; i < bytes; i++) text[i] = pieces[p][i % length];
    view(text);
    ck_assert_uint_le(views.tokens.count, tokens.count * 16);
    for (size_t i = 0; i < views.tokens.count; i++) {
      ck_assert_uint_lt(views.places[i].begin_token, views.places[i].end_token);
      ck_assert_uint_le(views.places[i].end_token, tokens.count);
      ck_assert_uint_le(views.tokens.items[i].end_byte, folded.length_bytes);
    }
    prd_arena_reset(&arena);
  }
}
END_TEST

int main(void) {
  TCase *cases = tcase_create("views");
  tcase_add_checked_fixture(cases, set_up, tear_down);
  tcase_add_loop_test(cases, words_are_read_as_people_write_them, 0, ROWS(examples));
  tcase_add_test(cases, only_sentences_with_a_reading_are_in_the_view);
  tcase_add_loop_test(cases, readings_are_placed_on_what_was_typed, 0, ROWS(found));
  tcase_add_test(cases, hostile_texts_stay_linear);
  return run_cases("views", cases);
}
