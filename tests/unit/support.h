// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of host/policy share: packs written to a private folder, built by the real builder. In JSON texts a
// backtick stands for a quotation mark.
#ifndef PRD_TESTS_UNIT_SUPPORT_H
#define PRD_TESTS_UNIT_SUPPORT_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "policy/build.h"
#include "policy/judge.h"
#include "policy/source_examples.h"
#include "policy/source_image.h"
#include "policy/source_pack.h"

#define ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))
#define SUPPORT __attribute__((unused)) static

/// A private folder, removed with its files by folder_close.
struct folder {
  char path[64];
  char *files[4];
  size_t file_count;
};

SUPPORT void folder_open(struct folder *folder) {
  *folder = (struct folder){.path = "/tmp/prudence-test-XXXXXX"};
  ck_assert_ptr_nonnull(mkdtemp(folder->path));
}

/// Writes `text`, its backticks replaced; returns the path.
SUPPORT const char *folder_write(struct folder *folder, const char *name, const char *text) {
  size_t i = 0;
  while (i < folder->file_count && strcmp(strrchr(folder->files[i], '/') + 1, name) != 0) i++;
  ck_assert_uint_lt(i, sizeof folder->files / sizeof *folder->files);
  if (i == folder->file_count)
    ck_assert_int_gt(asprintf(&folder->files[folder->file_count++], "%s/%s", folder->path, name), 0);
  const char *path = folder->files[i];
  FILE *file = fopen(path, "wb");
  ck_assert_ptr_nonnull(file);
  for (; *text != '\0'; text++) ck_assert_int_ne(fputc(*text == '`' ? '"' : *text, file), EOF);
  ck_assert_int_eq(fclose(file), 0);
  return path;
}

SUPPORT void folder_close(struct folder *folder) {
  for (size_t i = 0; i < folder->file_count; i++) {
    (void)unlink(folder->files[i]);
    free(folder->files[i]);
  }
  ck_assert_int_eq(rmdir(folder->path), 0);
}

/// A pack of an invented clinic around lists, patterns and rules (the insides of their brackets).
SUPPORT char *pack_text(struct prd_arena *arena, const char *lists, const char *patterns, const char *rules) {
  char *text = prd_arena_format(
      arena,
      "{`schema`: `prudence-pack/1`, `id`: `mini`, `version`: `1`, `serial`: 7,\n"
      "`institution`: {`name`: {`fr`: `Clinique Boréale`, `en`: `Boreal Clinic`},\n"
      " `short`: {`fr`: `la Boréale`, `en`: `the Boreal`}, `names`: [`boréale`, `clinique boréale`],\n"
      " `own`: {`phones`: [`418 555-0100`, `581.555.0199`], `emails`: [`info@boreale.example`],\n"
      "  `domains`: [`boreale.example`], `postal_codes`: [`G1R 2J6`]}},\n"
      "`document`: {`title`: {`fr`: `Politique`, `en`: `Policy`}, `number`: `12`, `date`: `2024-02-01`, "
      "`review_due`: ``},\n"
      "`clauses`: [\n"
      " {`id`: `1.1`, `title`: {`fr`: `Titre un`, `en`: `Title one`}, `summary`: {`fr`: `Résumé`, `en`: `Summary`}},\n"
      " {`id`: `2`, `title`: {`fr`: `Titre deux`, `en`: `Title two`}, `summary`: {`fr`: `Résumé`, `en`: `Summary`}}],\n"
      "`categories`: {`personal-info`: {`clauses`: [`1.1`]}, `insult-defamation`: {`clauses`: [`2`, `1.1`]},\n"
      " `political-union`: {`clauses`: [`2`], `when`: {`venue`: [`official-page`, `work-group`]}}},\n"
      "`lists`: {%s},\n`patterns`: {%s},\n`rules`: [%s]}\n",
      lists, patterns, rules);
  ck_assert_ptr_nonnull(text);
  return text;
}

/// A rule around `members` (which begins with a comma or is empty), without examples.
SUPPORT char *rule_text(struct prd_arena *arena, const char *id, const char *category, const char *severity,
                        const char *members) {
  char *text = prd_arena_format(arena,
                                "{`id`: `%s`, `category`: `%s`, `severity`: `%s`, `message`: {`fr`: `M`, `en`: `M`},"
                                "`remedy`: {`fr`: `R`, `en`: `R`}, `examples`: {`match`: [], `clean`: []}%s}",
                                id, category, severity, members);
  ck_assert_ptr_nonnull(text);
  return text;
}

SUPPORT void print_problems(const struct prd_problems *problems) {
  for (size_t i = 0; i < problems->count; i++)
    (void)fprintf(stderr, "%s:%u:%u %s\n", problems->items[i].file, problems->items[i].line, problems->items[i].column,
                  problems->items[i].text.en);
}

/// A pack without examples, as the builder would make it; the judge is ready. Released by mini_free.
struct mini {
  struct prd_arena arena;
  struct prd_built built;
  struct prd_judge *judge;
};

/// Builds the pack whose source stands at `path`. Missing examples are the only problem that is allowed.
SUPPORT void mini_build_at(struct mini *mini, const char *path) {
  struct prd_problems problems = {.arena = &mini->arena};
  struct prd_source_pack *source = prd_source_read(path, &problems);
  ck_assert_ptr_nonnull(source);
  struct prd_lexicon lexicon;
  struct prd_pattern_tables patterns;
  prd_lexicon_build(source, &problems, &lexicon);
  prd_pattern_build(source, &problems, &patterns);
  for (size_t i = 0; i < problems.count; i++) {
    if (problems.items[i].message == PRD_SOURCE_NEEDS_EXAMPLES) continue;
    print_problems(&problems);
    ck_abort_msg("expected: a pack that builds; seen: the problems above");
  }
  ck_assert_int_eq(
      prd_image_write(source, &lexicon, &patterns, NULL, &mini->arena, &mini->built.bytes, &mini->built.size_bytes),
      PRD_OK);
  ck_assert_int_eq(prd_pack_from_memory(mini->built.bytes, mini->built.size_bytes, &mini->built.pack), PRD_OK);
  ck_assert_int_eq(prd_judge_new(mini->built.pack, &mini->judge), PRD_OK);
}

SUPPORT void mini_build(struct mini *mini, const char *lists, const char *patterns, const char *rules) {
  *mini = (struct mini){0};
  struct folder folder;
  folder_open(&folder);
  mini_build_at(mini, folder_write(&folder, "pack.json", pack_text(&mini->arena, lists, patterns, rules)));
  folder_close(&folder);
}

SUPPORT void mini_free(struct mini *mini) {
  prd_judge_free(mini->judge);
  prd_built_free(&mini->built);
  prd_arena_free(&mini->arena);
}

/// Bytes of `text` between two UTF-16 offsets, in the arena; a cut through a surrogate pair is a failure.
SUPPORT const char *slice_utf16(struct prd_arena *arena, const char *text, struct prd_span span) {
  size_t begin = SIZE_MAX, end = SIZE_MAX;
  uint32_t at = 0;
  for (size_t i = 0;; i++) {
    if (((unsigned char)text[i] & 0xC0) == 0x80) continue;
    if (at == span.begin_utf16 && begin == SIZE_MAX) begin = i;
    if (at == span.end_utf16 && end == SIZE_MAX) end = i;
    if (text[i] == '\0') break;
    at += (unsigned char)text[i] >= 0xF0 ? 2 : 1;
  }
  if (begin == SIZE_MAX || end == SIZE_MAX || begin > end)
    ck_abort_msg("expected: a span on character boundaries; seen: %u-%u", span.begin_utf16, span.end_utf16);
  return prd_arena_copy(arena, text + begin, end - begin);
}

/// Repeatable random numbers (Numerical Recipes' linear congruence; high bits only).
SUPPORT uint32_t draw(uint32_t *state, uint32_t below) {
  *state = *state * 1664525U + 1013904223U;
  return (uint32_t)(((uint64_t)(*state >> 4) * below) >> 28);
}

/// Runs one case list and gives the exit status. CK_FORK=yes in the environment forks, for debugging.
SUPPORT int run_cases(const char *name, TCase *cases) {
  Suite *suite = suite_create(name);
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  if (getenv("CK_FORK") == NULL) srunner_set_fork_status(runner, CK_NOFORK);
  srunner_run_all(runner, CK_NORMAL);
  const int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
