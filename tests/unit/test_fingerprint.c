// SPDX-License-Identifier: GPL-3.0-or-later
// Fingerprints of published texts: what counts as the same text, for how long, and that the key decides.
#include "support.h"
#include "wire/fingerprint.h"

static uint64_t fingerprint_of(const struct prd_fingerprints *fingerprints, const char *text, enum prd_venue venue) {
  struct prd_arena arena = {0};
  uint64_t fingerprint = 0;
  ck_assert_int_eq(prd_fingerprint_text(fingerprints, &arena, text, strlen(text), venue, &fingerprint), PRD_OK);
  prd_arena_free(&arena);
  return fingerprint;
}

START_TEST(siphash_gives_the_values_of_its_authors) {
  // Key 00 01 … 0f, messages 00 01 …: appendix A of the paper (15 bytes), vectors_sip64 of the authors' code (0, 8, 63 bytes).
  const uint64_t key[2] = {0x0706050403020100U, 0x0f0e0d0c0b0a0908U};
  uint8_t message[64];
  for (size_t i = 0; i < sizeof message; i++) message[i] = (uint8_t)i;
  ck_assert_uint_eq(prd_siphash(key, message, 0), 0x726fdb47dd0e0e31U);
  ck_assert_uint_eq(prd_siphash(key, message, 8), 0x93f5f5799a932462U);
  ck_assert_uint_eq(prd_siphash(key, message, 15), 0xa129ca6149be45e5U);
  ck_assert_uint_eq(prd_siphash(key, message, 63), 0x958a324ceb064572U);
}
END_TEST

START_TEST(near_identical_texts_are_the_same_text) {
  static const char text[] = "À quand la réouverture de la clinique?";
  static const char *const same[] = {
      "a quand la reouverture de la clinique", "À QUAND, LA RÉOUVERTURE de la clinique ??? 😡",
      "À  quand\nla réouverture de la cli\u200Bnique…", "à-quand-la-réouverture-de-la-clinique"};
  static const char *const other[] = {"À quand la réouverture de la cliniques?", "À quand la fermeture de la clinique?",
                                      "2 À quand la réouverture de la clinique?"};
  struct prd_fingerprints fingerprints, elsewhere;
  ck_assert_int_eq(prd_fingerprints_open(&fingerprints), PRD_OK);
  ck_assert_int_eq(prd_fingerprints_open(&elsewhere), PRD_OK);
  const uint64_t fingerprint = fingerprint_of(&fingerprints, text, PRD_VENUE_OFFICIAL_PAGE);
  ck_assert_uint_ne(fingerprint, 0);
  for (int i = 0; i < ROWS(same); i++)
    ck_assert_uint_eq(fingerprint_of(&fingerprints, same[i], PRD_VENUE_OFFICIAL_PAGE), fingerprint);
  for (int i = 0; i < ROWS(other); i++)
    ck_assert_uint_ne(fingerprint_of(&fingerprints, other[i], PRD_VENUE_OFFICIAL_PAGE), fingerprint);
  ck_assert_uint_ne(fingerprint_of(&fingerprints, text, PRD_VENUE_PERSONAL), fingerprint);
  ck_assert_uint_ne(fingerprint_of(&elsewhere, text, PRD_VENUE_OFFICIAL_PAGE), fingerprint);
  ck_assert_uint_eq(fingerprint_of(&fingerprints, "Merci beaucoup!! 🙏🙏🙏🙏", PRD_VENUE_OFFICIAL_PAGE), 0);
}
END_TEST

START_TEST(publications_are_counted_for_a_day) {
  struct prd_fingerprints fingerprints;
  ck_assert_int_eq(prd_fingerprints_open(&fingerprints), PRD_OK);
  const int64_t first = 4, second = 5, unknown = 6;
  prd_fingerprints_note_published(&fingerprints, NULL, 0); // nothing was checked yet
  prd_fingerprints_note_check(&fingerprints, first, 101);
  prd_fingerprints_note_check(&fingerprints, second, 103);
  ck_assert_int_eq(prd_fingerprints_count(&fingerprints, 101, 0), 0); // checked is not published
  prd_fingerprints_note_published(&fingerprints, &first, 1000);
  prd_fingerprints_note_published(&fingerprints, NULL, 2000);
  prd_fingerprints_note_published(&fingerprints, &unknown, 2000);
  prd_fingerprints_note_published(&fingerprints, &first, 3000);
  ck_assert_int_eq(prd_fingerprints_count(&fingerprints, 101, 3000), 2);
  ck_assert_int_eq(prd_fingerprints_count(&fingerprints, 103, 3000), 1);
  ck_assert_int_eq(prd_fingerprints_count(&fingerprints, 0, 3000), 0);
  ck_assert_int_eq(prd_fingerprints_count(&fingerprints, 101, 999 + PRD_PUBLISHED_MS), 2);
  ck_assert_int_eq(prd_fingerprints_count(&fingerprints, 101, 1000 + PRD_PUBLISHED_MS), 1);
  ck_assert_int_eq(prd_fingerprints_count(&fingerprints, 101, 3000 + PRD_PUBLISHED_MS), 0);
}
END_TEST

START_TEST(the_oldest_is_forgotten_first) {
  struct prd_fingerprints fingerprints;
  ck_assert_int_eq(prd_fingerprints_open(&fingerprints), PRD_OK);
  for (int64_t i = 0; i < PRD_PUBLISHED_MAX + 1; i++) {
    prd_fingerprints_note_check(&fingerprints, i, (uint64_t)i + 1);
    prd_fingerprints_note_published(&fingerprints, &i, 0);
  }
  ck_assert_int_eq(prd_fingerprints_count(&fingerprints, 1, 0), 0);
  ck_assert_int_eq(prd_fingerprints_count(&fingerprints, 2, 0), 1);
  const int64_t old = PRD_PUBLISHED_MAX - PRD_FINGERPRINT_CHECKS;
  prd_fingerprints_note_published(&fingerprints, &old, 0);
  ck_assert_int_eq(prd_fingerprints_count(&fingerprints, (uint64_t)old + 1, 0), 1); // its check is forgotten
}
END_TEST

int main(void) {
  TCase *cases = tcase_create("fingerprint");
  tcase_add_test(cases, siphash_gives_the_values_of_its_authors);
  tcase_add_test(cases, near_identical_texts_are_the_same_text);
  tcase_add_test(cases, publications_are_counted_for_a_day);
  tcase_add_test(cases, the_oldest_is_forgotten_first);
  return run_cases("fingerprint", cases);
}
