// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/build.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "policy/source_examples.h"
#include "policy/source_image.h"
#include "policy/source_lint.h"

static void count(const struct prd_source_pack *source, const struct prd_lexicon *lexicon,
                  struct prd_build_counts *out) {
  *out = (struct prd_build_counts){.rules = source->rule_count,
                                   .clauses = source->clause_count,
                                   .lists = source->list_count,
                                   .words = lexicon->word_count,
                                   .phrases = lexicon->accept_count,
                                   .patterns = source->pattern_count};
  for (size_t r = 0; r < source->rule_count; r++) {
    for (size_t i = 0; i < source->rules[r].example_count; i++) {
      if (source->rules[r].examples[i].must_match)
        out->examples_match++;
      else
        out->examples_clean++;
    }
  }
}

/// The model that a pack asks for; `*out` is NULL when it has none.
static enum prd_error find_model(const struct prd_source_pack *source, const struct prd_build_options *options,
                                 struct prd_problems *problems, struct prd_model_tables **out) {
  *out = NULL;
  if (!source->wants_model || (options->model == NULL && options->no_examples)) return PRD_OK;
  struct prd_model_tables *tables = prd_arena_alloc(problems->arena, sizeof *tables);
  if (tables == NULL) return PRD_ERROR_MEMORY;
  const char *path = options->model == NULL ? "model.bin" : options->model;
  const enum prd_error error =
      options->model == NULL ? PRD_ERROR_NOT_FOUND : prd_model_file_read(problems->arena, path, tables);
  if (error == PRD_ERROR_MEMORY) return error;
  if (error != PRD_OK)
    prd_problem_add(problems, (struct prd_place){source->id, 0, 0}, NULL,
                    error == PRD_ERROR_NOT_FOUND ? PRD_SOURCE_NO_MODEL : PRD_SOURCE_BAD_MODEL, path, NULL);
  *out = tables;
  return error == PRD_OK ? PRD_OK : PRD_ERROR_INVALID;
}

static enum prd_error build_image(struct prd_source_pack *source, const struct prd_build_options *options,
                                  struct prd_problems *problems, struct prd_built *out) {
  struct prd_lexicon lexicon;
  struct prd_pattern_tables patterns;
  prd_lexicon_build(source, problems, &lexicon);
  prd_pattern_build(source, problems, &patterns);
  if (problems->out_of_memory) return PRD_ERROR_MEMORY;
  count(source, &lexicon, &out->counts);
  if (problems->error_count != 0) return PRD_ERROR_INVALID;
  struct prd_model_tables *model;
  enum prd_error error = find_model(source, options, problems, &model);
  if (error == PRD_OK)
    error = prd_image_write(source, &lexicon, &patterns, model, problems->arena, &out->bytes, &out->size_bytes);
  if (error == PRD_ERROR_TOO_LARGE)
    prd_problem_add(problems, (struct prd_place){source->id, 0, 0}, NULL, PRD_SOURCE_TOO_LARGE, source->id, "64 MiB");
  if (error != PRD_OK) return error;
  return prd_pack_from_memory(out->bytes, out->size_bytes, &out->pack);
}

enum prd_error prd_pack_build(const char *path, bool lint, struct prd_problems *problems, struct prd_built *out) {
  return prd_pack_build_with(path, &(struct prd_build_options){.lint = lint}, problems, out);
}

enum prd_error prd_pack_build_with(const char *path, const struct prd_build_options *options,
                                   struct prd_problems *problems, struct prd_built *out) {
  *out = (struct prd_built){0};
  struct prd_source_pack *source = prd_source_read(path, problems);
  if (source != NULL) prd_source_check_model(source, problems);
  enum prd_error error = source == NULL ? PRD_ERROR_INVALID : build_image(source, options, problems, out);
  if (error == PRD_OK && !options->no_examples) prd_source_run_examples(source, out->pack, problems);
  if (error == PRD_OK && options->lint) prd_source_lint(source, out->pack, problems);
  if (problems->out_of_memory) error = PRD_ERROR_MEMORY;
  if (error == PRD_OK && problems->error_count != 0) error = PRD_ERROR_INVALID;
  if (error != PRD_OK) {
    const struct prd_build_counts counts = out->counts;
    prd_built_free(out);
    out->counts = counts;
  }
  return error;
}

void prd_built_free(struct prd_built *built) {
  prd_pack_free(built->pack);
  free(built->bytes);
  *built = (struct prd_built){0};
}

static bool write_all(int descriptor, const unsigned char *bytes, size_t size) {
  while (size != 0) {
    const ssize_t written = write(descriptor, bytes, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes += written;
    size -= (size_t)written;
  }
  return true;
}

enum prd_error prd_built_write(const struct prd_built *built, const char *path) {
  const size_t length = strlen(path);
  char *temporary = malloc(length + sizeof ".XXXXXX");
  if (temporary == NULL) return PRD_ERROR_MEMORY;
  (void)snprintf(temporary, length + sizeof ".XXXXXX", "%s.XXXXXX", path);
  const int descriptor = mkostemp(temporary, O_CLOEXEC);
  bool written = descriptor >= 0;
  if (written) {
    written = write_all(descriptor, built->bytes, built->size_bytes) && fchmod(descriptor, 0644) == 0 &&
              fsync(descriptor) == 0;
    written &= close(descriptor) == 0;
    written = written && rename(temporary, path) == 0;
    if (!written) {
      const int reason = errno;
      (void)unlink(temporary);
      errno = reason;
    }
  }
  free(temporary);
  return written ? PRD_OK : PRD_ERROR_IO;
}
