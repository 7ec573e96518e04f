// SPDX-License-Identifier: GPL-3.0-or-later
// The folded view of a text and its map back to what the person typed.
#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "text/fold.h"
#include "text/fold_one.h"

static struct prd_arena arena;

static void set_up(void) {
  arena = (struct prd_arena){0};
}
static void tear_down(void) {
  prd_arena_free(&arena);
}

static struct prd_folded fold_bytes(const char *bytes, size_t length) {
  struct prd_folded folded = {0};
  ck_assert_int_eq(prd_fold_text(&arena, bytes, length, &folded), PRD_OK);
  return folded;
}

static struct prd_folded fold(const char *text) {
  return fold_bytes(text, strlen(text));
}

static struct prd_span span_of(const struct prd_folded *folded, const char *word) {
  const char *found = strstr(folded->bytes, word);
  ck_assert_msg(found != NULL, "\"%s\" is not in \"%s\"", word, folded->bytes);
  size_t begin = (size_t)(found - folded->bytes);
  return prd_folded_span(folded, begin, begin + strlen(word));
}

#define ck_assert_span(span, begin, end)                                                                               \
  do {                                                                                                                 \
    struct prd_span seen = (span);                                                                                     \
    ck_assert_msg(seen.begin_utf16 == (begin) && seen.end_utf16 == (end), "expected %u..%u, saw %u..%u",               \
                  (unsigned)(begin), (unsigned)(end), seen.begin_utf16, seen.end_utf16);                               \
  } while (0)

struct example {
  const char *typed;
  const char *folded;
};

static const struct example examples[] = {
    {"", ""},
    {"Bonjour, le CHU!", "bonjour, le chu!"},
    {"L’HÔPITAL nʼest pas là", "l'hopital n'est pas la"},
    {"élève ÉLÈVE e\u0301le\u0300ve", "eleve eleve eleve"},
    {"cœur CŒUR Æsop Łódź ø đ ı", "coeur coeur aesop lodz o d i"},
    {"İstanbul Straße STRASSE ẞ", "istanbul strasse strasse ss"},
    {"ﬁche ﬃ ﬆ", "fiche ffi st"},
    {"ＰＡＴ　１２３＠", "pat 123@"},
    {"𝐩𝐚𝐭𝐢𝐞𝐧𝐭 𝒫𝓐𝕋 ⓟⓐⓣ", "patient pat pat"},
    {"con\u200Bnard con\u00ADnard con\u200Dnard \uFEFFconnard con\u2060nard",
     "connard connard connard connard connard"},
    {"1\u00A0200\u202F000\u2009$", "1 200 000 $"},
    {"« ‹ “ ” „ » ›", "\" \" \" \" \" \" \""},
    {"‘a’ ‚ ′ ´ `", "'a' ' ' ' `"},
    {"a–b—c‐d−e", "a-b-c-d-e"},
    {"a\tb\r\nc\u2028d\u2029e\xC2\x85"
     "f",
     "a b\n\nc\nd\ne\nf"},
    {"…", "..."},
    {"½ № ™ m²", "1/2 no tm m2"},
    {"1️⃣ ❤️", "1 ❤"},
    {"👨‍👩‍👧‍👦", "👨👩👧👦"},
    {"infirmier·ère·s", "infirmier·ere·s"},
    {"раtient", "раtient"},
    {"한", "\u1112\u1161\u11AB"},
    {"Ω Σας", "ω σασ"},
    {"a\001b\177c", "abc"},
    {"中文。", "中文。"},
};

START_TEST(each_example_folds_as_documented) {
  struct prd_folded folded = fold(examples[_i].typed);
  ck_assert_str_eq(folded.bytes, examples[_i].folded);
  ck_assert_uint_eq(folded.length_bytes, strlen(examples[_i].folded));
}
END_TEST

START_TEST(a_nul_in_the_text_does_not_end_it) {
  struct prd_folded folded = fold_bytes("con\0NARD", 8);
  ck_assert_str_eq(folded.bytes, "connard");
  ck_assert_uint_eq(folded.length_utf16, 8);
  ck_assert_span(prd_folded_span(&folded, 0, 7), 0, 8);
}
END_TEST

START_TEST(the_worked_example_maps_back_to_what_was_typed) {
  struct prd_folded folded = fold("👨‍⚕️ L’État de Zoë: ﬁche");
  ck_assert_str_eq(folded.bytes, "👨⚕ l'etat de zoe: fiche");
  ck_assert_span(span_of(&folded, "zoe"), 16, 19);
  ck_assert_span(span_of(&folded, "👨"), 0, 3);
  ck_assert_span(span_of(&folded, "⚕"), 3, 5);
  ck_assert_span(span_of(&folded, "etat"), 8, 12);
  ck_assert_span(span_of(&folded, "fiche"), 21, 25);
  ck_assert_uint_eq(folded.length_utf16, 25);
}
END_TEST

START_TEST(a_part_of_a_ligature_takes_the_whole_ligature) {
  struct prd_folded folded = fold("le cœur");
  ck_assert_span(span_of(&folded, "co"), 3, 5);
  ck_assert_span(span_of(&folded, "eur"), 4, 7);
  folded = fold("ﬃ!");
  ck_assert_span(prd_folded_span(&folded, 1, 2), 0, 1);
}
END_TEST

START_TEST(marks_and_joiners_belong_to_the_character_before) {
  struct prd_folded folded = fold("e\u0301te\u0301 x");
  ck_assert_span(span_of(&folded, "ete"), 0, 5);
  folded = fold("\u200Bconnard\u200B fini");
  ck_assert_span(span_of(&folded, "connard"), 1, 9);
  folded = fold("con\u200Bnard");
  ck_assert_span(span_of(&folded, "connard"), 0, 8);
}
END_TEST

START_TEST(an_empty_range_has_an_empty_span) {
  struct prd_folded folded = fold("été");
  ck_assert_span(prd_folded_span(&folded, 1, 1), 1, 1);
  ck_assert_span(prd_folded_span(&folded, 3, 3), 3, 3);
  ck_assert_span(prd_folded_span(&folded, 9, 12), 3, 3);
  folded = fold("");
  ck_assert_span(prd_folded_span(&folded, 0, 0), 0, 0);
}
END_TEST

START_TEST(traits_tell_capitals_and_the_direction_of_quotation_marks) {
  struct prd_folded folded = fold("aÉŒ «x» “y” \"z\" ＡⒶ𝐀");
  static const char bytes[] = "aeoe \"x\" \"y\" \"z\" aaa";
  ck_assert_str_eq(folded.bytes, bytes);
  for (size_t i = 0; i < folded.length_bytes; i++) {
    uint8_t trait = (i >= 1 && i <= 3) || i >= 17 ? PRD_TRAIT_UPPER
                    : i == 5 || i == 9            ? PRD_TRAIT_OPEN_QUOTE
                    : i == 7 || i == 11           ? PRD_TRAIT_CLOSE_QUOTE
                                                  : 0;
    ck_assert_msg(folded.traits[i] == trait, "byte %zu (%c): expected %d, saw %d", i, bytes[i], trait,
                  folded.traits[i]);
  }
}
END_TEST

START_TEST(capitals_are_marked_at_every_place_of_a_window) {
  for (size_t length = 1; length < 40; length++)
    for (size_t place = 0; place < length; place++) {
      char text[40];
      memset(text, 'a', length);
      text[place] = (char)('A' + (int)(place + length) % 26);
      struct prd_folded folded = fold_bytes(text, length);
      for (size_t i = 0; i < length; i++) {
        ck_assert_int_eq(folded.traits[i], i == place ? PRD_TRAIT_UPPER : 0);
        ck_assert_uint_eq(folded.origin_utf16[i], i);
      }
      ck_assert_int_eq(folded.bytes[place], text[place] + 32);
      prd_arena_reset(&arena);
    }
}
END_TEST

START_TEST(the_greatest_expansion_fits) {
  char text[3 * 500];
  for (size_t i = 0; i < 500; i++) memcpy(text + 3 * i, "\uFDFA", 3);
  struct prd_folded folded = fold_bytes(text, sizeof text);
  ck_assert_uint_eq(folded.length_utf16, 500);
  ck_assert_uint_eq(folded.length_bytes, 500 * 33);
  ck_assert_uint_eq(folded.origin_utf16[33 * 250], 250);
  ck_assert_uint_eq(folded.origin_utf16[folded.length_bytes], 500);
}
END_TEST

struct invalid {
  const char *what;
  const char *bytes;
};

static const struct invalid invalid[] = {
    {"lone continuation", "a\x80z"},
    {"lone 0xBF", "\xBF"},
    {"overlong NUL", "\xC0\x80"},
    {"overlong slash, 2 bytes", "\xC0\xAF"},
    {"overlong 2 bytes", "\xC1\xBF"},
    {"overlong 3 bytes", "\xE0\x80\xAF"},
    {"overlong 3 bytes", "\xE0\x9F\xBF"},
    {"overlong 4 bytes", "\xF0\x80\x80\xAF"},
    {"overlong 4 bytes", "\xF0\x8F\xBF\xBF"},
    {"first surrogate", "\xED\xA0\x80"},
    {"last surrogate", "\xED\xBF\xBF"},
    {"CESU pair", "\xED\xA0\xBD\xED\xB8\x80"},
    {"above U+10FFFF", "\xF4\x90\x80\x80"},
    {"5-byte form", "\xF8\x88\x80\x80\x80"},
    {"6-byte form", "\xFC\x84\x80\x80\x80\x80"},
    {"0xFE", "\xFE"},
    {"0xFF", "abcdefgh\xFF"},
    {"truncated 2 bytes", "abc\xC3"},
    {"truncated 3 bytes", "\xE2\x80"},
    {"truncated 3 bytes", "\xE2"},
    {"truncated 4 bytes", "\xF0\x9F\x98"},
    {"truncated 4 bytes", "\xF0\x9F"},
    {"truncated 4 bytes", "\xF0"},
    {"lead before ASCII", "\xC3(aaaaaaaa"},
    {"lead before ASCII", "\xE2\x82(aaaaaa"},
    {"lead before lead", "\xF0\x9F\x98\xC3\xA9"},
    {"Latin-1", "caf\xE9 noir et autre chose"},
};

START_TEST(bytes_that_are_not_utf8_are_refused) {
  struct prd_folded folded;
  const char *bytes = invalid[_i].bytes;
  enum prd_error error = prd_fold_text(&arena, bytes, strlen(bytes), &folded);
  ck_assert_msg(error == PRD_ERROR_ENCODING, "%s: expected an encoding error, saw %d", invalid[_i].what, error);
}
END_TEST

START_TEST(the_limits_of_utf8_are_accepted) {
  static const char *const valid[] = {"\x7F",         "\xC2\x80",         "\xDF\xBF",
                                      "\xE0\xA0\x80", "\xED\x9F\xBF",     "\xEE\x80\x80",
                                      "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"};
  for (size_t i = 0; i < sizeof valid / sizeof valid[0]; i++) {
    struct prd_folded folded = fold(valid[i]);
    ck_assert_uint_eq(folded.length_utf16, strlen(valid[i]) == 4 ? 2 : 1);
  }
}
END_TEST

START_TEST(a_text_whose_offsets_would_not_fit_is_refused) {
  struct prd_folded folded;
  ck_assert_int_eq(prd_fold_text(&arena, "", (size_t)UINT32_MAX, &folded), PRD_ERROR_TOO_LARGE);
}
END_TEST

// Every code point that exists, table or not, against the definition: so the table says what utf8proc says.
START_TEST(the_table_agrees_with_utf8proc_for_every_code_point) {
  for (uint32_t code_point = 1; code_point <= 0x10FFFF; code_point++) {
    if (code_point >= 0xD800 && code_point <= 0xDFFF) continue;
    uint8_t expected[PRD_FOLD_ONE_BYTES];
    uint8_t traits = 0;
    size_t expected_length = prd_fold_one(code_point, expected, &traits);
    uint8_t typed[4];
    size_t typed_length = (size_t)utf8proc_encode_char((utf8proc_int32_t)code_point, typed);
    struct prd_folded folded = fold_bytes((const char *)typed, typed_length);
    if (folded.length_bytes != expected_length || memcmp(folded.bytes, expected, expected_length) != 0 ||
        folded.length_utf16 != (code_point > 0xFFFF ? 2 : 1))
      ck_abort_msg("U+%04X: expected \"%.*s\", saw \"%s\"", code_point, (int)expected_length, (const char *)expected,
                   folded.bytes);
    for (size_t i = 0; i < expected_length; i++)
      if (folded.traits[i] != traits) ck_abort_msg("U+%04X: traits %d, saw %d", code_point, traits, folded.traits[i]);
    prd_arena_reset(&arena);
  }
}
END_TEST

// What utf8proc alone gives, where the house table and the rule for controls, spaces and dashes have no say.
START_TEST(letters_fold_as_nfkc_casefold_without_marks) {
  for (uint32_t code_point = 0x21; code_point <= 0x2FFFF; code_point++) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code_point);
    if (category < UTF8PROC_CATEGORY_LU || category > UTF8PROC_CATEGORY_LO || prd_fold_house_find(code_point) != NULL)
      continue;
    uint8_t typed[5] = {0};
    (void)utf8proc_encode_char((utf8proc_int32_t)code_point, typed);
    utf8proc_uint8_t *expected = NULL;
    utf8proc_map(typed, 0, &expected,
                 (utf8proc_option_t)(UTF8PROC_NULLTERM | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                     UTF8PROC_IGNORE | UTF8PROC_STRIPMARK));
    struct prd_folded folded = fold((const char *)typed);
    struct prd_folded again = fold((const char *)expected);
    // The library's own result still passes through the house table ("ǽ" is "æ" there and "ae" here).
    ck_assert_msg(strcmp(folded.bytes, again.bytes) == 0, "U+%04X: utf8proc \"%s\", saw \"%s\"", code_point,
                  again.bytes, folded.bytes);
    free(expected);
    prd_arena_reset(&arena);
  }
}
END_TEST

static uint32_t random_state;

static uint32_t random_number(void) { // xorshift32 (Marsaglia, 2003): the same texts on every machine
  random_state ^= random_state << 13;
  random_state ^= random_state >> 17;
  random_state ^= random_state << 5;
  return random_state;
}

static uint32_t random_code_point(void) {
  static const uint32_t ranges[][2] = {{0x20, 0x7E},     {0x20, 0x7E},       {0x00, 0x24F},     {0x300, 0x36F},
                                       {0x2000, 0x206F}, {0xFB00, 0xFDFF},   {0xFF00, 0xFFEF},  {0x1F300, 0x1F6FF},
                                       {0xAC00, 0xD7A3}, {0x1D400, 0x1D7FF}, {0xE000, 0x10FFFF}};
  const uint32_t *range = ranges[random_number() % (sizeof ranges / sizeof ranges[0])];
  return range[0] + random_number() % (range[1] - range[0] + 1);
}

START_TEST(any_valid_text_keeps_the_promises_of_the_map) {
  random_state = 20260101;
  for (int round = 0; round < 3000; round++) {
    uint8_t typed[4 * 64];
    uint32_t starts[64 + 1];
    size_t length = 0;
    size_t count = random_number() % 64;
    uint32_t utf16 = 0;
    for (size_t i = 0; i < count; i++) {
      uint32_t code_point = random_code_point();
      starts[i] = utf16;
      length += (size_t)utf8proc_encode_char((utf8proc_int32_t)code_point, typed + length);
      utf16 += code_point > 0xFFFF ? 2 : 1;
    }
    starts[count] = utf16;
    struct prd_folded folded = fold_bytes((const char *)typed, length);
    ck_assert_uint_eq(folded.length_utf16, utf16);
    ck_assert_uint_eq(folded.origin_utf16[folded.length_bytes], utf16);
    ck_assert_uint_eq(strlen(folded.bytes), folded.length_bytes);
    for (size_t i = 0, j = 0; i < folded.length_bytes; i++) {
      ck_assert_uint_le(folded.origin_utf16[i], folded.origin_utf16[i + 1]);
      while (starts[j] < folded.origin_utf16[i]) j++;
      ck_assert_msg(starts[j] == folded.origin_utf16[i], "byte %zu comes from inside a character", i);
    }
    for (int range = 0; range < 20 && folded.length_bytes != 0; range++) {
      size_t begin = random_number() % folded.length_bytes;
      size_t end = begin + 1 + random_number() % (folded.length_bytes - begin);
      struct prd_span span = prd_folded_span(&folded, begin, end);
      ck_assert_uint_lt(span.begin_utf16, span.end_utf16);
      ck_assert_uint_le(span.end_utf16, utf16);
      bool begins = false, ends = false;
      for (size_t j = 0; j <= count; j++) {
        begins = begins || starts[j] == span.begin_utf16;
        ends = ends || starts[j] == span.end_utf16;
      }
      ck_assert_msg(begins && ends, "span %u..%u cuts a character", span.begin_utf16, span.end_utf16);
    }
    struct prd_folded twice = fold_bytes(folded.bytes, folded.length_bytes);
    ck_assert_mem_eq(twice.bytes, folded.bytes, folded.length_bytes);
    ck_assert_uint_eq(twice.length_bytes, folded.length_bytes);
    prd_arena_reset(&arena);
  }
}
END_TEST

int main(void) {
  TCase *cases = tcase_create("fold");
  tcase_add_checked_fixture(cases, set_up, tear_down);
  tcase_set_timeout(cases, 60);
  tcase_add_loop_test(cases, each_example_folds_as_documented, 0, (int)(sizeof examples / sizeof examples[0]));
  tcase_add_test(cases, a_nul_in_the_text_does_not_end_it);
  tcase_add_test(cases, the_worked_example_maps_back_to_what_was_typed);
  tcase_add_test(cases, a_part_of_a_ligature_takes_the_whole_ligature);
  tcase_add_test(cases, marks_and_joiners_belong_to_the_character_before);
  tcase_add_test(cases, an_empty_range_has_an_empty_span);
  tcase_add_test(cases, traits_tell_capitals_and_the_direction_of_quotation_marks);
  tcase_add_test(cases, capitals_are_marked_at_every_place_of_a_window);
  tcase_add_test(cases, the_greatest_expansion_fits);
  tcase_add_loop_test(cases, bytes_that_are_not_utf8_are_refused, 0, (int)(sizeof invalid / sizeof invalid[0]));
  tcase_add_test(cases, the_limits_of_utf8_are_accepted);
  tcase_add_test(cases, a_text_whose_offsets_would_not_fit_is_refused);
  tcase_add_test(cases, the_table_agrees_with_utf8proc_for_every_code_point);
  tcase_add_test(cases, letters_fold_as_nfkc_casefold_without_marks);
  tcase_add_test(cases, any_valid_text_keeps_the_promises_of_the_map);
  Suite *suite = suite_create("fold");
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_set_fork_status(runner, CK_NOFORK);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
