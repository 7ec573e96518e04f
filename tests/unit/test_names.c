// SPDX-License-Identifier: GPL-3.0-or-later
// The closed lists are those of docs/PROTOCOL.md and docs/PACKS.md, in the order that built packs store.
#include "policy/category.h"
#include "support.h"

START_TEST(names_and_numbers_are_each_others_inverse) {
  static const char *const severities[] = {"none", "info", "warn", "serious"};
  static const char *const venues[] = {"personal", "official-page", "work-group"};
  static const char *const accounts[] = {"personal", "official"};
  ck_assert_uint_eq(PRD_SEVERITY_COUNT, ROWS(severities));
  ck_assert_uint_eq(PRD_VENUE_COUNT, ROWS(venues));
  ck_assert_uint_eq(PRD_ACCOUNT_COUNT, ROWS(accounts));
  for (int i = 0; i < ROWS(severities); i++) {
    enum prd_severity severity = PRD_SEVERITY_COUNT;
    ck_assert_str_eq(prd_severity_name((enum prd_severity)i), severities[i]);
    ck_assert(prd_severity_from_name(severities[i], &severity) && (int)severity == i);
  }
  for (int i = 0; i < ROWS(venues); i++) {
    enum prd_venue venue = PRD_VENUE_COUNT;
    ck_assert_str_eq(prd_venue_name((enum prd_venue)i), venues[i]);
    ck_assert(prd_venue_from_name(venues[i], &venue) && (int)venue == i);
  }
  for (int i = 0; i < ROWS(accounts); i++) {
    enum prd_account account = PRD_ACCOUNT_COUNT;
    ck_assert_str_eq(prd_account_name((enum prd_account)i), accounts[i]);
    ck_assert(prd_account_from_name(accounts[i], &account) && (int)account == i);
  }
}
END_TEST

START_TEST(what_is_not_in_a_list_changes_nothing) {
  enum prd_severity severity = PRD_SEVERITY_WARN;
  enum prd_venue venue = PRD_VENUE_WORK_GROUP;
  enum prd_account account = PRD_ACCOUNT_OFFICIAL;
  static const char *const others[] = {"", "Personal", "personal ", "official_page", "grave"};
  for (int i = 0; i < ROWS(others); i++) {
    ck_assert(!prd_severity_from_name(others[i], &severity));
    ck_assert(!prd_venue_from_name(others[i], &venue));
    ck_assert(!prd_account_from_name(others[i], &account));
    ck_assert(!prd_category_exists(others[i]));
  }
  ck_assert_int_eq(severity, PRD_SEVERITY_WARN);
  ck_assert_int_eq(venue, PRD_VENUE_WORK_GROUP);
  ck_assert_int_eq(account, PRD_ACCOUNT_OFFICIAL);
  ck_assert_ptr_null(prd_severity_name(PRD_SEVERITY_COUNT));
  ck_assert_ptr_null(prd_venue_name(PRD_VENUE_COUNT));
  ck_assert_ptr_null(prd_account_name(PRD_ACCOUNT_COUNT));
}
END_TEST

START_TEST(there_are_twenty_one_categories) {
  for (size_t i = 0; i < 21; i++) ck_assert(prd_category_exists(prd_category_name(i)));
  ck_assert_ptr_null(prd_category_name(21));
}
END_TEST

int main(void) {
  TCase *cases = tcase_create("names");
  tcase_add_test(cases, names_and_numbers_are_each_others_inverse);
  tcase_add_test(cases, what_is_not_in_a_list_changes_nothing);
  tcase_add_test(cases, there_are_twenty_one_categories);
  return run_cases("names", cases);
}
