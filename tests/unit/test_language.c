// SPDX-License-Identifier: GPL-3.0-or-later
// Texts in another language are told from French, English, their mixtures and their slang; texts that say nothing, from
// texts that say it in a way of their own.
#include "text/language.h"

#include "support.h"
#include "text/gibberish.h"
#include "text/language_words.h"

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

struct expectation {
  const char *text;
  int32_t least, most;
};

static const struct expectation languages[] = {
    {"¿Alguien sabe a qué hora abre la biblioteca mañana?", 60, 100},
    {"Preciso saber quando começam as aulas do mestrado", 60, 100},
    {"Qualcuno mi può dire dove si trova la segreteria?", 60, 100},
    {"Ich möchte gerne wissen, wann die Vorlesung anfängt", 60, 100},
    {"Wie kan mij vertellen waar ik dit formulier vind?", 60, 100},
    {"Vreau să știu când începe semestrul", 60, 100},
    {"Czy ktoś wie, kiedy jest egzamin z fizyki?", 60, 100},
    {"Bu hafta sınav var mı, bilen var mı?", 60, 100},
    {"Tôi muốn biết khi nào lớp học bắt đầu", 60, 100},
    {"Mwen ta renmen konnen kilè kou yo ap kòmanse", 60, 100},
    {"Saya ingin tahu kapan kuliah dimulai", 60, 100},
    {"Gusto ko sanang malaman kung kailan ang simula ng klase", 60, 100},
    {"Jag vill veta när kursen börjar och hur man ansöker", 60, 100},
    {"Když budu mít čas, přijdu se na to podívat", 60, 100},
    {"Nem tudom, hogy mikor kezdődik az óra", 60, 100},
    {"mujhe nahi pata ki exam kab hai yaar", 60, 100},
    {"Кто-нибудь знает, когда экзамен?", 60, 100},
    {"متى تبدأ الدراسة في الجامعة", 60, 100},
    {"请问图书馆几点开门", 60, 100},
    {"시험이 언제 시작하는지 아세요 여러분", 60, 100},
    {"你好，我想知道，谢谢", 60, 100},
    {"안녕하세요 도와주세요 감사합니다", 60, 100},
    // half and half
    {"Bonjour à tous et bienvenue sur la page.\nHola a todos y muy bienvenidos a la pagina.", 30, 59},
    // French and English, as people write them
    {"", 0, 0},
    {"Hola amigo", 0, 0},
    {"王小明", 0, 0},
    {"Владимир Иванович Петров", 0, 0},
    {"Ben là, chu tanné en crisse de c'te job là, m'as toute crisser ça là", 0, 0},
    {"jsp tkt mdr c trop bi1 stp rep moi asap", 0, 0},
    {"omg lol idk what ur saying tbh, brb", 0, 0},
    {"On se rejoint au meeting after lunch, let's go, ça va être le fun", 0, 0},
    {"Elle a dit « hasta la vista, nos vemos mañana » en partant", 0, 0},
    {"Souper au Casa Grande avec Juan Carlos, Maria del Mar et Giovanni della Rovere", 0, 0},
    {"Ma mère a le diabète, sale journée", 0, 0},
    {"IKEA KALLAX, MALM, HEMNES et BILLY à vendre", 0, 0},
    {"for (int i = 0; i < n; i++) printf(\"%d\", a[i]);", 0, 0},
    {"sin(α) + cos(β) = Δx · π", 0, 0},
    {"#vamos #hola #amigos @juan https://exemple.es/hola/que/tal", 0, 0},
    {"One linear pass; no regular expressions.", 0, 0},
    {"Bonne fête Maman ❤️ je t'aime", 0, 0},
};

START_TEST(other_languages_are_recognised) {
  cut(languages[_i].text);
  const int32_t seen = prd_other_language_percent(&folded, &tokens);
  if (seen < languages[_i].least || seen > languages[_i].most)
    ck_abort_msg("%s\nexpected: %d to %d; seen: %d", languages[_i].text, languages[_i].least, languages[_i].most, seen);
}
END_TEST

static const struct expectation intelligible[] = {
    {"lskdjf sldkfj woeiru sdlkfj", 60, 100},
    {"qsdfghjklm wxcvbn", 60, 100},
    {"xkqzvbt pwrtzx mnbvcxw", 60, 100},
    {"uuuuuuuuuuuuuuuuuuu", 60, 100},
    {"tktktktktktktktk", 60, 100},
    {"ghghghgh tytytytyty", 60, 100},
    {"§§§ %%% ### &&& ^^^ ***", 60, 100},
    {"🎉🔥❤️👏😍🙏💪🌈⚽🍕🚗", 60, 100},
    {"xkcd zzrt plkm vvqs", 60, 100},
    // said in a way of their own
    {"", 0, 0},
    {"👍", 0, 0},
    {"+1", 0, 0},
    {"???", 0, 0},
    {"😂😂😂😂😂😂😂😂😂😂😂😂", 0, 0},
    {"Le TBNK, lol mdr, jsp, stp, tkt, ptdr", 0, 0},
    {"tmtc", 0, 0},
    {"INF1005C et MTH1102, labo LOG1000", 0, 0},
    {"hahahahahaha lolololololol hihihihihi", 0, 0},
    {"aaaah pfffff grrrrr nooooooon zzzzzzzzzzz", 0, 0},
    {"#vdjqskl @xkcdfgh https://www.exemple.ca/dQw4w9WgXcQ", 0, 0},
    {"Bravo Krzysztof Wojciechowski et Nguyen Thi Phuong", 0, 0},
    {"x^2 + y^2 = z^2, dx/dt = kx", 0, 0},
    {"strcpy(dst, src); mkdir tmp && npm install", 0, 0},
    {"CHSLD, CIUSSS, CRDI-TED-DP, FIQ, CSN, SCFP", 0, 0},
    {"Czy ktoś wie, kiedy jest egzamin z fizyki?", 0, 0},
    {"Привет, как дела, друзья?", 0, 0},
    {"Merci à toute l'équipe, sdkjfh!", 0, 59},
    {"stephen hawking", 0, 0},
};

START_TEST(nonsense_is_recognised) {
  cut(intelligible[_i].text);
  const int32_t seen = prd_unintelligible_percent(&folded, &tokens);
  if (seen < intelligible[_i].least || seen > intelligible[_i].most)
    ck_abort_msg("%s\nexpected: %d to %d; seen: %d", intelligible[_i].text, intelligible[_i].least,
                 intelligible[_i].most, seen);
}
END_TEST

START_TEST(the_words_are_in_order_and_folded) {
  for (int i = 0; i < ROWS(prd_language_words); i++) {
    const char *word = prd_language_words[i].word;
    if (i != 0 && strcmp(prd_language_words[i - 1].word, word) >= 0) ck_abort_msg("%s is out of order", word);
    cut(word);
    ck_assert_str_eq(folded.bytes, word);
    ck_assert_uint_ne(prd_language_words[i].languages, 0);
    ck_assert_uint_lt(prd_language_words[i].languages, UINT32_C(1) << LANGUAGE_COUNT);
    if (!prd_is_everyday_word(word, strlen(word))) ck_abort_msg("%s is not found", word);
  }
  ck_assert(!prd_is_everyday_word("bonjou", 5));
  ck_assert(!prd_is_everyday_word("", 0));
}
END_TEST

/// Value of a metric, as far as a rule can tell it.
static int measured(const char *metric, const char *text) {
  int value = 0;
  for (int at_least = 1; at_least <= 6; at_least++) {
    struct mini mini;
    mini_build(&mini, "", "",
               rule_text(&arena, "r", "personal-info", "info",
                         prd_arena_format(&arena, ", `match`: [{`metric`: `%s`, `at_least`: %d}]", metric, at_least)));
    struct prd_verdict verdict;
    const struct prd_context context = {.venue = PRD_VENUE_PERSONAL, .account = PRD_ACCOUNT_PERSONAL};
    ck_assert_int_eq(prd_judge_text(mini.judge, &arena, text, strlen(text), &context, &verdict), PRD_OK);
    if (verdict.count != 0) value = at_least;
    mini_free(&mini);
  }
  return value;
}

static const struct {
  const char *text;
  int expected;
} repeated[] = {
    {"Votez ! Votez ! Votez ! Votez !", 4},
    {"Votez bleu. Votez bleu. Votez rouge. VOTEZ BLEU !", 3},
    {"Votez ! Votez !", 0},
    {"Merci ! Merci ! Merci ! Bravo ! Bravo ! Bravo !", 0},
    {"Ha ha. Ha ha. Ha ha. Oui. Oui. Oui.", 0},
    {"Un deux trois. Un deux trois.", 2},
    {"Un deux trois. Un deux trois. Votez. Votez. Votez.", 3},
    {"Une phrase. Une autre phrase. Rien de pareil.", 0},
};

START_TEST(short_sentences_count_from_three_times_on) {
  ck_assert_int_eq(measured("repeated-sentences", repeated[_i].text), repeated[_i].expected);
}
END_TEST

START_TEST(a_rule_can_ask_for_the_measures_of_language) {
  ck_assert_int_eq(measured("other-language-percent", "Ich weiss nicht, wann die Schule beginnt"), 6);
  ck_assert_int_eq(measured("other-language-percent", "Je ne sais pas quand commence l'école"), 0);
  ck_assert_int_eq(measured("unintelligible-percent", "lskdjf sldkfj sdlkfj"), 6);
  ck_assert_int_eq(measured("unintelligible-percent", "Je ne sais pas"), 0);
}
END_TEST

int main(void) {
  TCase *cases = tcase_create("language");
  tcase_add_checked_fixture(cases, set_up, tear_down);
  tcase_add_loop_test(cases, other_languages_are_recognised, 0, ROWS(languages));
  tcase_add_loop_test(cases, nonsense_is_recognised, 0, ROWS(intelligible));
  tcase_add_test(cases, the_words_are_in_order_and_folded);
  tcase_add_loop_test(cases, short_sentences_count_from_three_times_on, 0, ROWS(repeated));
  tcase_add_test(cases, a_rule_can_ask_for_the_measures_of_language);
  return run_cases("language", cases);
}
