// SPDX-License-Identifier: GPL-3.0-or-later
// prudence model train: the linear model, from labelled posts.
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "policy/category.h"
#include "policy/model_train.h"

enum { ARGUMENTS_MAX = 64 };

struct training_run {
  struct prd_cli *cli;
  struct prd_built packs[PRD_MODEL_INSTITUTIONS_MAX];
  struct prd_judge *judges[PRD_MODEL_INSTITUTIONS_MAX];
  const struct prd_pack *views[PRD_MODEL_INSTITUTIONS_MAX];
  size_t pack_count;
  struct prd_labelled_post *posts;
  size_t post_count, post_capacity;
};

static bool ends_with(const char *text, const char *end) {
  const size_t length = strlen(text), tail = strlen(end);
  return length >= tail && strcmp(text + length - tail, end) == 0;
}

/// Builds the pack of a folder without its model: its rules may still wait for it.
static int open_folder(struct training_run *run, const char *folder) {
  struct prd_problems problems = {.arena = &run->cli->arena};
  if (run->pack_count == PRD_MODEL_INSTITUTIONS_MAX)
    return prd_cli_fail(run->cli, PRD_CLI_EXTRA_ARGUMENT, "model train", folder);
  struct prd_built *built = &run->packs[run->pack_count];
  const enum prd_error error =
      prd_pack_build_with(folder, &(struct prd_build_options){.no_examples = true}, &problems, built);
  prd_cli_print_problems(run->cli, &problems);
  if (error == PRD_ERROR_MEMORY) return prd_cli_fail(run->cli, PRD_CLI_OUT_OF_MEMORY);
  if (error != PRD_OK) return prd_cli_fail(run->cli, PRD_CLI_POLICY_FAILED, folder, problems.error_count);
  run->views[run->pack_count] = built->pack;
  if (prd_judge_new(built->pack, &run->judges[run->pack_count]) != PRD_OK)
    return prd_cli_fail(run->cli, PRD_CLI_OUT_OF_MEMORY);
  run->pack_count++;
  return PRD_EXIT_CLEAN;
}

/// Number of the pack of that institution, or SIZE_MAX.
static size_t pack_of(const struct training_run *run, const char *institution) {
  for (size_t i = 0; i < run->pack_count; i++) {
    if (strcmp(prd_pack_identity(run->views[i])->id, institution) == 0) return i;
  }
  return SIZE_MAX;
}

/// Reads one labelled post. False when the line is not one; `*post` has no text when it is not for training.
static bool read_post(struct training_run *run, const char *line, struct prd_labelled_post *post) {
  json_t *root = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
  const char *text = json_string_value(json_object_get(root, "text"));
  const char *institution = json_string_value(json_object_get(root, "institution"));
  const char *venue = json_string_value(json_object_get(root, "venue"));
  const char *set = json_string_value(json_object_get(root, "set"));
  const json_t *categories = json_object_get(root, "categories");
  bool right = text != NULL && institution != NULL && venue != NULL && json_is_array(categories) &&
               prd_venue_from_name(venue, &post->venue);
  post->categories = 0;
  for (size_t i = 0; right && i < json_array_size(categories); i++) {
    const char *name = json_string_value(json_array_get(categories, i));
    size_t category;
    right = name != NULL && prd_category_from_name(name, &category);
    if (right) post->categories |= 1U << category;
  }
  post->text = NULL;
  if (right) {
    post->institution = pack_of(run, institution);
    if (post->institution != SIZE_MAX && (set == NULL || strcmp(set, "held") != 0))
      post->text = prd_arena_copy(&run->cli->arena, text, strlen(text));
  }
  json_decref(root);
  return right;
}

static int read_corpus(struct training_run *run, const char *path) {
  FILE *file = fopen(path, "re");
  if (file == NULL) return prd_cli_fail(run->cli, PRD_CLI_CANNOT_READ, path, strerror(errno));
  char *line = NULL;
  size_t capacity = 0, number = 0;
  int status = PRD_EXIT_CLEAN;
  while (status == PRD_EXIT_CLEAN && getline(&line, &capacity, file) > 0) {
    number++;
    if (line[strspn(line, " \t\r\n")] == '\0') continue;
    struct prd_labelled_post post;
    if (!read_post(run, line, &post)) {
      status = prd_cli_fail(run->cli, PRD_CLI_MODEL_LINE, path, number);
    } else if (post.text != NULL) {
      struct prd_labelled_post *posts =
          prd_arena_grow(&run->cli->arena, run->posts, run->post_count, &run->post_capacity, sizeof *posts);
      if (posts == NULL) {
        status = prd_cli_fail(run->cli, PRD_CLI_OUT_OF_MEMORY);
      } else {
        run->posts = posts;
        posts[run->post_count++] = post;
      }
    }
  }
  free(line);
  (void)fclose(file);
  return status;
}

static int train_and_write(struct training_run *run, const char *output) {
  if (run->pack_count == 0 || run->post_count == 0)
    return prd_cli_fail(run->cli, PRD_CLI_MISSING_ARGUMENT, "model train",
                        "DOSSIER… CORPUS.jsonl… / FOLDER… CORPUS.jsonl…");
  struct prd_model_tables *tables = prd_arena_alloc(&run->cli->arena, sizeof *tables);
  struct prd_training training;
  if (tables == NULL || prd_model_train(&run->cli->arena, run->judges, run->views, run->pack_count, run->posts,
                                        run->post_count, tables, &training) != PRD_OK)
    return prd_cli_fail(run->cli, PRD_CLI_OUT_OF_MEMORY);
  if (prd_model_file_write(&run->cli->arena, output, tables) != PRD_OK)
    return prd_cli_fail(run->cli, PRD_CLI_CANNOT_WRITE, output, strerror(errno));
  prd_cli_print(run->cli, PRD_CLI_MODEL_TRAINED, output, training.posts, training.grams, (size_t)tables->weight_count);
  return PRD_EXIT_CLEAN;
}

int prd_cli_model(struct prd_cli *cli, int argc, char **argv) {
  if (argc == 0) return prd_cli_fail(cli, PRD_CLI_MISSING_ARGUMENT, "model", "ACTION");
  if (strcmp(argv[0], "train") != 0) return prd_cli_fail(cli, PRD_CLI_BAD_VALUE, "model", argv[0], "train");
  const char *arguments[ARGUMENTS_MAX], *output = NULL;
  const struct prd_cli_option options[] = {{"-o", true, &output}};
  size_t count;
  int status = prd_cli_options(cli, "model train", argc - 1, argv + 1, options, 1, arguments, ARGUMENTS_MAX, &count);
  if (status == PRD_EXIT_CLEAN && output == NULL)
    status = prd_cli_fail(cli, PRD_CLI_MISSING_ARGUMENT, "model train", "-o FICHIER / FILE");
  struct training_run run = {.cli = cli};
  for (size_t i = 0; status == PRD_EXIT_CLEAN && i < count; i++) {
    if (!ends_with(arguments[i], ".jsonl")) status = open_folder(&run, arguments[i]);
  }
  for (size_t i = 0; status == PRD_EXIT_CLEAN && i < count; i++) {
    if (ends_with(arguments[i], ".jsonl")) status = read_corpus(&run, arguments[i]);
  }
  if (status == PRD_EXIT_CLEAN) status = train_and_write(&run, output);
  for (size_t i = 0; i < run.pack_count; i++) prd_judge_free(run.judges[i]);
  for (size_t i = 0; i < run.pack_count; i++) prd_built_free(&run.packs[i]);
  return status;
}
