// SPDX-License-Identifier: GPL-3.0-or-later
// Identifiers of people: what is reported, what is confirmed, what is left alone. Every number is invented; check digits
// are computed here by formulas written apart from the ones under test.
#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/identifiers.h"

static struct prd_arena arena;
static struct prd_folded folded;
static struct prd_identifiers found;

static void set_up(void) {
  arena = (struct prd_arena){0};
}
static void tear_down(void) {
  prd_arena_free(&arena);
}

static void scan(const char *text) {
  ck_assert_int_eq(prd_fold_text(&arena, text, strlen(text), &folded), PRD_OK);
  ck_assert_int_eq(prd_scan_identifiers(&arena, &folded, &found), PRD_OK);
}

// "kind:text" of each identifier, joined by "; ", with ? when not confirmed and * when formatted.
static const char *written(void) {
  const char *all = "";
  for (size_t i = 0; i < found.count; i++) {
    const struct prd_identifier *item = &found.items[i];
    all = prd_arena_format(&arena, "%s%s%s:%.*s%s%s", all, i == 0 ? "" : "; ", prd_identifier_name(item->kind),
                           (int)(item->end_byte - item->begin_byte), folded.bytes + item->begin_byte,
                           item->confirmed ? "" : "?", item->formatted ? "*" : "");
  }
  return all;
}

struct example {
  const char *typed;
  const char *expected;
};

#define ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))

static const struct example health[] = {
    {"TEST54122816", "nam:test54122816"},
    {"NAM : TEST 5412 2816.", "nam:test 5412 2816*"},
    {"test-5412-2816", "nam:test-5412-2816*"},
    {"TEST\u00A05412\u00A02816", "nam:test 5412 2816*"},
    {"TEST 54122816, TEST 541228 16", "nam:test 54122816; nam:test 541228 16*"},
    {"ＴＥＳＴ５４１２２８１６", "nam:test54122816"},
    {"TEST54122817", "nam:test54122817?"},
    {"TEST 5412 2817", "nam:test 5412 2817?*"},
    {"TEST54132816", ""}, // month 13; as a code permanent: day 54
    {"TEST54023016", ""}, // 30 February
    {"xTEST54122816 TEST541228167 a-TEST54122816 TEST54122816-9", ""},
    {"dans 5412 2817", ""}, // words, not capitals, check digit wrong
    {"TEST5412I816 TEST5412O816", ""},
    {"ROYJ31018515", "code-permanent:royj31018515"}, // 31 January 1985; month 01, day 85 is no NAM
    {"des postes 2024 1234", ""},
};

START_TEST(health_numbers_and_permanent_codes) {
  scan(health[_i].typed);
  ck_assert_str_eq(written(), health[_i].expected);
}
END_TEST

// EBCDIC by the table of code page 037, not by ranges.
static int ebcdic(char c) {
  static const char order[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  static const int codes[] = {0xC1, 0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xD1, 0xD2, 0xD3,
                              0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xD9, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7,
                              0xE8, 0xE9, 0xF0, 0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9};
  return codes[strchr(order, c) - order];
}

// Check digit of a NAM for a birth year written out, by the weights of the published implementations.
static int nam_check_digit(const char *letters, int year, char sex, int month, int day, char sequence) {
  char signs[16];
  (void)snprintf(signs, sizeof signs, "%s%04d%c%02d%02d%c", letters, year % 10000, sex, month % 100, day % 100,
                 sequence);
  static const char weights[] = "13791713457691";
  int sum = 0;
  for (size_t i = 0; i < 14; i++) sum += (weights[i] - '0') * ebcdic(signs[i]);
  return sum % 10;
}

START_TEST(every_nam_with_its_check_digit_is_confirmed) {
  static const char *const letters[] = {"TREM", "ROYX", "OUEL", "ZZZZ", "AAAA", "GAGN"};
  static const char sequences[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  int seen = 0;
  for (size_t i = 0; i < 6; i++)
    for (int year = 1903; year < 2026; year += 7)
      for (int woman = 0; woman < 2; woman++) {
        int month = 1 + (year + (int)i) % 12;
        int day = 1 + (year * 3 + (int)i) % 28;
        char sequence = sequences[(size_t)seen++ % (sizeof sequences - 1)];
        int check = nam_check_digit(letters[i], year, woman ? 'F' : 'M', month, day, sequence);
        char text[32];
        (void)snprintf(text, sizeof text, "%s %02d%02d %02d%c%d", letters[i], year % 100, month + 50 * woman, day,
                       sequence, check % 10);
        scan(text);
        ck_assert_msg(found.count == 1 && found.items[0].kind == PRD_IDENTIFIER_NAM && found.items[0].confirmed &&
                          found.items[0].formatted,
                      "%s (%d): saw \"%s\"", text, year, written());
        prd_arena_reset(&arena);
      }
  ck_assert_int_gt(seen, 200);
}
END_TEST

START_TEST(the_published_sample_agrees_with_the_formula_of_this_test) {
  ck_assert_int_eq(nam_check_digit("TEST", 1954, 'M', 12, 28, '1'), 6);
}
END_TEST

START_TEST(a_wrong_check_digit_is_reported_without_confirmation) {
  // Only a digit that is wrong in the three centuries is wrong.
  int wrong = 0;
  for (int check = 0; check < 10; check++) {
    bool right = false;
    for (int century = 18; century <= 20; century++)
      right = right || nam_check_digit("TREM", 100 * century + 80, 'F', 5, 17, '2') == check;
    char text[32];
    (void)snprintf(text, sizeof text, "TREM8055172%d", check % 10);
    scan(text);
    ck_assert_uint_eq(found.count, 1);
    ck_assert_int_eq(found.items[0].kind, PRD_IDENTIFIER_NAM);
    ck_assert_int_eq(found.items[0].confirmed, right);
    wrong += right ? 0 : 1;
  }
  ck_assert_int_ge(wrong, 7);
}
END_TEST

START_TEST(a_permanent_code_is_told_by_the_order_of_its_date) {
  scan("GAGN 9351 0012"); // day 93-62=31, month 51 (January, girl), 2000
  ck_assert_str_eq(written(), "code-permanent:gagn 9351 0012*");
  scan("GAGN93540012"); // 31 April does not exist
  ck_assert_str_eq(written(), "");
  scan("GAGN 3001 9912");
  ck_assert_str_eq(written(), "code-permanent:gagn 3001 9912*");
  scan("mars 3001 9912"); // a word and two numbers
  ck_assert_str_eq(written(), "");
}
END_TEST

static bool luhn(const char *digits) { // from the right, as the standard words it
  int sum = 0;
  size_t length = strlen(digits);
  for (size_t i = 0; i < length; i++) {
    int digit = digits[length - 1 - i] - '0';
    if (i % 2 == 1) digit *= 2;
    sum += digit / 10 + digit % 10;
  }
  return sum % 10 == 0;
}

START_TEST(social_insurance_numbers_pass_luhn_or_are_formatted) {
  for (unsigned number = 100000000; number < 999999999; number += 1234567) {
    char digits[16], spaced[16];
    (void)snprintf(digits, sizeof digits, "%09u", number);
    (void)snprintf(spaced, sizeof spaced, "%.3s %.3s %.3s", digits, digits + 3, digits + 6);
    bool possible = digits[0] != '0' && digits[0] != '8';
    scan(digits);
    ck_assert_msg((found.count == 1) == (possible && luhn(digits)), "%s: saw \"%s\"", digits, written());
    scan(spaced);
    ck_assert_msg((found.count == 1) == possible, "%s: saw \"%s\"", spaced, written());
    if (found.count == 1) {
      ck_assert_int_eq(found.items[0].kind, PRD_IDENTIFIER_NAS);
      ck_assert_int_eq(found.items[0].confirmed, luhn(digits));
      ck_assert_int_eq(found.items[0].formatted, 1);
    }
    prd_arena_reset(&arena);
  }
}
END_TEST

static const struct example numbers[] = {
    {"NAS 130 692 544", "nas:130 692 544*"},
    {"130-692-544 130.692.544 130692544", "nas:130-692-544*; nas:130.692.544*; nas:130692544"},
    {"046 454 286 830 692 540", ""},
    {"1 130 692 544", ""},
    {"130 692 544 000", ""},
    {"130 692 544 $ ou $130 692 544", ""},
    {"130692544,50 a130692544 130692544b 9-130692544", ""},
    {"130 692544", ""},
    {"(418) 555-0123", "phone:(418) 555-0123*"},
    {"418-555-0123 418.555.0123", "phone:418-555-0123*; phone:418.555.0123*"},
    {"418 555 0123, 418 555-0123", "phone:418 555 0123*; phone:418 555-0123*"},
    {"4185550123", "phone:4185550123"},
    {"+1 418 555-0123, 1-418-555-0123; 1 (418) 555-0123 +14185550123",
     "phone:+1 418 555-0123*; phone:1-418-555-0123*; phone:1 (418) 555-0123*; phone:+14185550123"},
    {"(au 418 555-0123)", "phone:418 555-0123*"},
    {"(418 555-0123)", "phone:418 555-0123*"},
    {"418–555–0123 📞418-555-0123", "phone:418-555-0123*; phone:418-555-0123*"},
    {"418-555-0123 poste 4567, 514-555-0199x22", "phone:418-555-0123*; phone:514-555-0199*"},
    {"411-555-0123 418-911-0123 118-555-0123 418-155-0123 491-555-0123", ""},
    {"+33 6 12 34 56 78 +44 2079460958", ""},
    {"418-555-0123-4 41855501234 418-555-0123a", ""},
    {"https://exemple.ca/p/4185550123 www.x.ca/130692544", ""},
    {"G1R 2J6 g1r2j6 H2X-1Y4", "postal-code:g1r 2j6*; postal-code:g1r2j6; postal-code:h2x-1y4*"},
    {"D1R 2J6 G1D 2J6 W1R 2J6 Z1R 2J6 G1R 2J66 xG1R 2J6 G11 2J6", ""},
    {"jean.guy+x@exemple.ca.", "email:jean.guy+x@exemple.ca*"},
    {"(info@chu.qc.ca) l'adresse d'a_b@c.example", "email:info@chu.qc.ca*; email:a_b@c.example*"},
    {"4185550123@exemple.ca", "email:4185550123@exemple.ca*"},
    {"@mention jean@ x@y a@b.1 a.@b.ca", ""},
};

START_TEST(numbers_and_addresses) {
  scan(numbers[_i].typed);
  ck_assert_str_eq(written(), numbers[_i].expected);
}
END_TEST

static const struct example dates[] = {
    {"2024-03-15 2024/03/15 2024 03 15", "date:2024-03-15*; date:2024/03/15*; date:2024 03 15*"},
    {"15/03/2024 15-03-2024 03/15/2024", "date:15/03/2024*; date:15-03-2024*; date:03/15/2024*"},
    {"le 15 mars 2024, le 1er mai 1980", "date:15 mars 2024*; date:1er mai 1980*"},
    {"March 15, 2024; 15 Mar 2024; Dec. 3rd 1999; 3rd of June 1999",
     "date:march 15, 2024*; date:15 mar 2024*; date:dec. 3rd 1999*; date:3rd of june 1999*"},
    {"2 août 2001, 14 févr. 1999", "date:2 aout 2001*; date:14 fevr. 1999*"},
    {"29 février 2024 29 février 2023 29 février 1900 29 février 2000", "date:29 fevrier 2024*; date:29 fevrier 2000*"},
    {"2024-13-01 2024-02-30 31/04/2024 32/01/2024 00/01/2024", ""},
    {"15 mars 20245 12024-03-15 2024-03-15x v15.03.20241", ""},
    {"12/05/80, le 15 mars, mars 2024, 12:30", ""},
    {"né le 15 mars 1980", "date-of-birth:15 mars 1980*"},
    {"née le 1er mai 1980", "date-of-birth:1er mai 1980*"},
    {"né(e) le 15/03/1980, né·e le 1980-03-15", "date-of-birth:15/03/1980*; date-of-birth:1980-03-15*"},
    {"Née le mercredi 12 mai 1999", "date-of-birth:12 mai 1999*"},
    {"Née à Lévis le 12 mai 1999", "date-of-birth:12 mai 1999*"},
    {"Date de naissance :\n1980-05-12", "date-of-birth:1980-05-12*"},
    {"DDN: 12/05/80", "date-of-birth:12/05/80*"},
    {"DOB 05/12/1980, born on March 3, 1980", "date-of-birth:05/12/1980*; date-of-birth:march 3, 1980*"},
    {"1980-05-12 (date of birth)", "date-of-birth:1980-05-12*"},
    {"le 15 mars 2024, DDN : 3 juin 1980", "date:15 mars 2024*; date-of-birth:3 juin 1980*"},
    {"on ne le verra le 15 mars 2024", "date:15 mars 2024*"},
    {"né le 12 mai 1850", "date:12 mai 1850*"},
    {"renaissance le 15 mars 2024", "date:15 mars 2024*"},
    {"la naissance du comité, après de longues années de travail, le 15 mars 2024", "date:15 mars 2024*"},
};

START_TEST(dates_exist_and_those_of_birth_are_told_apart) {
  scan(dates[_i].typed);
  ck_assert_str_eq(written(), dates[_i].expected);
}
END_TEST

START_TEST(every_kind_has_a_name_and_no_other) {
  for (int kind = 0; kind < PRD_IDENTIFIER_KIND_COUNT; kind++)
    ck_assert_ptr_nonnull(prd_identifier_name((enum prd_identifier_kind)kind));
  ck_assert_ptr_null(prd_identifier_name(PRD_IDENTIFIER_KIND_COUNT));
}
END_TEST

START_TEST(a_text_without_identifiers_has_none) {
  scan("");
  ck_assert_uint_eq(found.count, 0);
  scan("Aujourd’hui, 3 patients sur 10 ont attendu 12 heures à l’urgence en 2024 (chambre 418).");
  ck_assert_str_eq(written(), "");
}
END_TEST

START_TEST(spans_cover_what_was_typed) {
  scan("👩‍⚕️ NAM\u00A0: ＴＥＳＴ\u00A05412\u00A02816 !");
  ck_assert_uint_eq(found.count, 1);
  struct prd_span span = prd_folded_span(&folded, found.items[0].begin_byte, found.items[0].end_byte);
  ck_assert_uint_eq(span.begin_utf16, 12);
  ck_assert_uint_eq(span.end_utf16, 26);
}
END_TEST

int main(void) {
  TCase *cases = tcase_create("identifiers");
  tcase_add_checked_fixture(cases, set_up, tear_down);
  tcase_set_timeout(cases, 60);
  tcase_add_loop_test(cases, health_numbers_and_permanent_codes, 0, ROWS(health));
  tcase_add_test(cases, the_published_sample_agrees_with_the_formula_of_this_test);
  tcase_add_test(cases, every_nam_with_its_check_digit_is_confirmed);
  tcase_add_test(cases, a_wrong_check_digit_is_reported_without_confirmation);
  tcase_add_test(cases, a_permanent_code_is_told_by_the_order_of_its_date);
  tcase_add_test(cases, social_insurance_numbers_pass_luhn_or_are_formatted);
  tcase_add_loop_test(cases, numbers_and_addresses, 0, ROWS(numbers));
  tcase_add_loop_test(cases, dates_exist_and_those_of_birth_are_told_apart, 0, ROWS(dates));
  tcase_add_test(cases, every_kind_has_a_name_and_no_other);
  tcase_add_test(cases, a_text_without_identifiers_has_none);
  tcase_add_test(cases, spans_cover_what_was_typed);
  Suite *suite = suite_create("identifiers");
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_set_fork_status(runner, CK_NOFORK);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
