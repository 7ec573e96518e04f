// SPDX-License-Identifier: GPL-3.0-or-later
// A built pack is what was built, byte for byte, or it is refused; whatever is in the file, judging with it is safe.
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>

#include "policy/image.h"
#include "support.h"

static struct prd_arena arena;
static struct mini mini;

static const char lists[] = "`mots`: [`navet(s)`, `gros <2> {number}`, `homophob*`, `{qui} dit`], `qui`: [`le chef`]";
static const char patterns[] = "`code`: `b-[0-9]{2,3}`, `prix`: `[0-9]{1,2} ?\\\\$`";
static const char rule_members[] =
    ", `match`: [{`list`: `mots`}, {`pattern`: `code`}], `near`: [{`identifier`: `phone`, `points`: 5},"
    "{`metric`: `links`, `points`: 1}], `unless`: [{`pattern`: `prix`, `within`: `sentence`}], `quoted`: `ignore`";
static const char text[] =
    "Le chef dit navet, gros et gras 12, B-312 « navet » www.a.ca 418-555-0142. 12 $ homophobie 🎉";

static void set_up(void) {
  arena = (struct prd_arena){0};
  mini_build(&mini, lists, patterns, rule_text(&arena, "r", "personal-info", "warn", rule_members));
}
static void tear_down(void) {
  mini_free(&mini);
  prd_arena_free(&arena);
}

static void fix_checksum(void *bytes, size_t size) {
  struct prd_image_header *header = bytes;
  const size_t covered = offsetof(struct prd_image_header, sha256);
  header->checksum = prd_image_checksum((const unsigned char *)bytes + covered, size - covered);
}

/// Judges with the image; its answer may be wrong, its memory accesses may not. Returns the error of loading.
static enum prd_error use(const void *bytes, size_t size) {
  struct prd_pack *pack;
  const enum prd_error error = prd_pack_from_memory(bytes, size, &pack);
  if (error != PRD_OK) {
    ck_assert_ptr_null(pack);
    return error;
  }
  struct prd_judge *judge;
  struct prd_verdict verdict;
  const struct prd_context context = {.venue = PRD_VENUE_PERSONAL, .account = PRD_ACCOUNT_PERSONAL};
  ck_assert_int_eq(prd_judge_new(pack, &judge), PRD_OK);
  ck_assert_int_eq(prd_judge_text(judge, &arena, text, sizeof text - 1, &context, &verdict), PRD_OK);
  for (size_t i = 0; i < verdict.count; i++) {
    const struct prd_finding *finding = &verdict.findings[i];
    struct prd_rule_facts facts;
    ck_assert_uint_gt(strlen(finding->message.fr) + strlen(finding->clauses[0].summary.en) + 1, 0);
    ck_assert_int_eq(prd_pack_find_rule(pack, finding->rule_id, &facts), PRD_OK);
  }
  prd_judge_free(judge);
  prd_pack_free(pack);
  prd_arena_reset(&arena);
  return PRD_OK;
}

START_TEST(what_was_built_is_what_is_loaded) {
  const struct prd_pack_identity *identity = prd_pack_identity(mini.built.pack);
  ck_assert_str_eq(identity->id, "mini");
  ck_assert_str_eq(identity->version, "1");
  ck_assert_uint_eq(identity->serial, 7);
  ck_assert_str_eq(identity->institution.fr, "Clinique Boréale");
  ck_assert_str_eq(identity->institution_short.en, "the Boreal");
  ck_assert_str_eq(identity->document.en, "Policy");
  ck_assert_str_eq(identity->document_number, "12");
  ck_assert_str_eq(identity->document_date, "2024-02-01");
  ck_assert_str_eq(identity->document_review_due, "");
  ck_assert_uint_eq(strlen(identity->hash), 64);
  struct prd_rule_facts facts;
  struct prd_clause clause;
  ck_assert_int_eq(prd_pack_find_rule(mini.built.pack, "r", &facts), PRD_OK);
  ck_assert_str_eq(facts.category, "personal-info");
  ck_assert_int_eq(facts.severity, PRD_SEVERITY_WARN);
  ck_assert_uint_eq(facts.clause_count, 1);
  ck_assert(prd_pack_rule_clause(mini.built.pack, "r", 0, &clause));
  ck_assert_str_eq(clause.id, "1.1");
  ck_assert(!prd_pack_rule_clause(mini.built.pack, "r", 1, &clause));
  ck_assert(!prd_pack_rule_clause(mini.built.pack, "absent", 0, &clause));
  ck_assert_int_eq(prd_pack_find_rule(mini.built.pack, "absent", &facts), PRD_ERROR_NOT_FOUND);
}
END_TEST

START_TEST(the_same_source_builds_the_same_bytes) {
  struct mini again;
  mini_build(&again, lists, patterns, rule_text(&arena, "r", "personal-info", "warn", rule_members));
  ck_assert_uint_eq(again.built.size_bytes, mini.built.size_bytes);
  ck_assert_mem_eq(again.built.bytes, mini.built.bytes, mini.built.size_bytes);
  mini_free(&again);
}
END_TEST

START_TEST(a_file_cut_anywhere_is_refused) {
  const size_t size = mini.built.size_bytes;
  for (size_t length = 0; length < size; length++) {
    unsigned char *copy = malloc(length == 0 ? 1 : length); // its own block: the sanitizer sees one byte too many
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, mini.built.bytes, length);
    ck_assert_int_eq(use(copy, length), PRD_ERROR_CORRUPT);
    if (length >= sizeof(struct prd_image_header)) { // even one that claims its own length and checksum
      ((struct prd_image_header *)(void *)copy)->size_bytes = length;
      fix_checksum(copy, length);
      const enum prd_error error = use(copy, length);
      ck_assert(error == PRD_OK || error == PRD_ERROR_CORRUPT);
    }
    free(copy);
  }
}
END_TEST

START_TEST(a_flipped_byte_is_refused) {
  unsigned char *copy = malloc(mini.built.size_bytes);
  ck_assert_ptr_nonnull(copy);
  memcpy(copy, mini.built.bytes, mini.built.size_bytes);
  for (size_t i = 0; i < mini.built.size_bytes; i++) {
    copy[i] ^= 0x10;
    ck_assert_msg(use(copy, mini.built.size_bytes) == PRD_ERROR_CORRUPT, "expected: byte %zu counts; seen: loaded", i);
    copy[i] ^= 0x10;
  }
  ck_assert_int_eq(use(copy, mini.built.size_bytes), PRD_OK);
  free(copy);
}
END_TEST

START_TEST(a_changed_byte_with_its_checksum_put_right_is_refused_or_harmless) {
  static const unsigned char changes[] = {0x01, 0x80, 0xFF, 0x7F};
  const size_t size = mini.built.size_bytes;
  size_t loaded = 0;
  for (size_t i = offsetof(struct prd_image_header, sha256); i < size; i++) {
    for (size_t c = 0; c < sizeof changes; c++) {
      unsigned char *copy = malloc(size);
      ck_assert_ptr_nonnull(copy);
      memcpy(copy, mini.built.bytes, size);
      copy[i] ^= changes[c];
      fix_checksum(copy, size);
      const enum prd_error error = use(copy, size);
      ck_assert_msg(error == PRD_OK || error == PRD_ERROR_CORRUPT, "byte %zu: expected corrupt or usable; seen %d", i,
                    (int)error);
      loaded += error == PRD_OK;
      free(copy);
    }
  }
  ck_assert_uint_gt(loaded, 0);
}
END_TEST

START_TEST(another_magic_format_order_or_size_is_refused) {
  const size_t size = mini.built.size_bytes;
  for (int i = 0; i < 6; i++) {
    struct prd_image_header *copy = malloc(size);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, mini.built.bytes, size);
    if (i == 0) copy->magic[7] = 'k';
    if (i == 1) copy->format++;
    if (i == 2) copy->byte_order = 0x04030201;
    if (i == 3) copy->size_bytes++;
    if (i == 4) copy->checksum ^= 1;
    if (i == 5) copy->sha256[31] ^= 1;
    ck_assert_int_eq(use(copy, size), PRD_ERROR_CORRUPT);
    free(copy);
  }
}
END_TEST

START_TEST(a_file_is_written_whole_and_replaced_while_it_is_mapped) {
  struct folder folder;
  folder_open(&folder);
  const char *path = folder_write(&folder, "mini.pack", "an older file");
  ck_assert_int_eq(prd_built_write(&mini.built, path), PRD_OK);
  struct stat status;
  ck_assert_int_eq(stat(path, &status), 0);
  ck_assert_uint_eq((size_t)status.st_size, mini.built.size_bytes);
  ck_assert_uint_eq(status.st_mode & 0777, 0644);
  struct prd_pack *mapped, *newer;
  ck_assert_int_eq(prd_pack_map(path, &mapped), PRD_OK);
  struct mini other;
  mini_build(&other, "", "", rule_text(&arena, "autre", "personal-info", "info", ", `match`: [{`terms`: [`rave`]}]"));
  ck_assert_int_eq(prd_built_write(&other.built, path), PRD_OK);
  ck_assert_int_eq(prd_pack_map(path, &newer), PRD_OK);
  struct prd_rule_facts facts;
  ck_assert_int_eq(prd_pack_find_rule(mapped, "r", &facts), PRD_OK);
  ck_assert_int_eq(prd_pack_find_rule(newer, "autre", &facts), PRD_OK);
  prd_pack_free(mapped);
  prd_pack_free(newer);
  mini_free(&other);
  folder_close(&folder); // fails when a temporary file was left behind
}
END_TEST

START_TEST(what_cannot_be_mapped_or_written_is_told_apart) {
  struct prd_pack *pack;
  struct folder folder;
  folder_open(&folder);
  ck_assert_int_eq(prd_pack_map(prd_arena_format(&arena, "%s/absent", folder.path), &pack), PRD_ERROR_NOT_FOUND);
  ck_assert_int_eq(prd_pack_map(folder.path, &pack), PRD_ERROR_CORRUPT);
  ck_assert_int_eq(prd_pack_map(folder_write(&folder, "court", "PRUDPACK"), &pack), PRD_ERROR_CORRUPT);
  ck_assert_int_eq(prd_pack_map(folder_write(&folder, "vide", ""), &pack), PRD_ERROR_CORRUPT);
  ck_assert_ptr_null(pack);
  ck_assert_int_eq(prd_built_write(&mini.built, prd_arena_format(&arena, "%s/absent/pack", folder.path)), PRD_ERROR_IO);
  ck_assert_int_eq(errno, ENOENT);
  ck_assert_int_eq(prd_built_write(&mini.built, folder.path), PRD_ERROR_IO); // a folder is not replaced
  prd_pack_free(NULL);
  folder_close(&folder);
}
END_TEST

int main(void) {
  TCase *cases = tcase_create("pack image");
  tcase_add_checked_fixture(cases, set_up, tear_down);
  tcase_set_timeout(cases, 300);
  tcase_add_test(cases, what_was_built_is_what_is_loaded);
  tcase_add_test(cases, the_same_source_builds_the_same_bytes);
  tcase_add_test(cases, a_file_cut_anywhere_is_refused);
  tcase_add_test(cases, a_flipped_byte_is_refused);
  tcase_add_test(cases, a_changed_byte_with_its_checksum_put_right_is_refused_or_harmless);
  tcase_add_test(cases, another_magic_format_order_or_size_is_refused);
  tcase_add_test(cases, a_file_is_written_whole_and_replaced_while_it_is_mapped);
  tcase_add_test(cases, what_cannot_be_mapped_or_written_is_told_apart);
  return run_cases("pack image", cases);
}
