// SPDX-License-Identifier: GPL-3.0-or-later
// A pack with the shared rules that its policy is silent about, so that `policy explain` can say which of them would have spoken.
#include <string.h>
#include <sys/stat.h>

#include "policy/category.h"
#include "policy/explain.h"
#include "policy/source_image.h"
#include "policy/source_members.h"

static bool has_category(const struct prd_source_pack *pack, const char *name) {
  for (size_t i = 0; i < pack->category_count; i++) {
    if (strcmp(pack->categories[i].name, name) == 0) return true;
  }
  return false;
}

/// What a category of pack.json would be, with the first clause for want of a better one.
static const struct prd_node *category_node(const struct prd_source_pack *pack, struct prd_arena *arena,
                                            const struct prd_node *like) {
  struct prd_node *node = prd_arena_array(arena, 3, sizeof *node);
  if (node == NULL) return NULL;
  node[2] = (struct prd_node){.type = PRD_NODE_STRING, .text = pack->clauses[0].id, .place = like->place};
  node[1] = (struct prd_node){
      .type = PRD_NODE_ARRAY, .key = "clauses", .children = &node[2], .count = 1, .place = like->place};
  node[0] = (struct prd_node){.type = PRD_NODE_OBJECT, .children = &node[1], .count = 1, .place = like->place};
  return node;
}

/// Adds every category that the pack does not have; false when memory is exhausted. Their number is in `*added`.
static bool add_categories(struct prd_source_pack *pack, struct prd_arena *arena, const struct prd_node *like) {
  struct prd_source_category *all = prd_arena_array(arena, PRD_CATEGORY_COUNT, sizeof *all);
  const struct prd_node *node = category_node(pack, arena, like);
  if (all == NULL || node == NULL) return false;
  size_t count = 0;
  for (size_t c = 0; c < PRD_CATEGORY_COUNT; c++) {
    if (!has_category(pack, prd_category_name(c)))
      all[count++] = (struct prd_source_category){prd_category_name(c), node};
  }
  pack->categories = all; // only the ones that were missing: the rules of the others have been read
  pack->category_count = count;
  pack->category_capacity = PRD_CATEGORY_COUNT;
  return true;
}

static bool names(const struct prd_node *array, const char *id) {
  for (size_t i = 0; array != NULL && i < array->count; i++) {
    if (strcmp(array->children[i].text, id) == 0) return true;
  }
  return false;
}

/// Reads the rules of one shared file that are of the added categories.
static void read_shared(struct prd_source_pack *pack, const char *path, const struct prd_node *without,
                        struct prd_problems *problems) {
  const struct prd_node *file = prd_document_read(path, problems);
  const struct prd_node *rules = file == NULL ? NULL : prd_node_member(file, "rules");
  for (size_t i = 0; rules != NULL && i < rules->count; i++) {
    const struct prd_node *rule = &rules->children[i];
    if (has_category(pack, prd_members_text(rule, "category", "")) && !names(without, prd_members_text(rule, "id", "")))
      prd_source_read_rule(pack, rule, true, problems);
  }
}

static void widen(struct prd_source_pack *pack, const char *path, struct prd_problems *problems) {
  struct stat status;
  struct prd_arena *arena = problems->arena;
  const bool is_folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
  const char *file = is_folder ? prd_arena_format(arena, "%s/pack.json", path) : path;
  const struct prd_node *root = file == NULL ? NULL : prd_document_read(file, problems);
  if (root == NULL || !add_categories(pack, arena, root)) {
    problems->out_of_memory |= problems->error_count == 0;
    return;
  }
  const char *slash = strrchr(file, '/');
  const char *folder = slash == NULL ? "." : prd_arena_copy(arena, file, (size_t)(slash - file));
  const struct prd_node *include = prd_node_member(root, "include");
  for (size_t i = 0; include != NULL && folder != NULL && i < include->count; i++) {
    const char *name = include->children[i].text;
    const char *shared = prd_arena_format(arena, "%s/%s", folder, name);
    if (shared != NULL && strncmp(name, "../", 3) == 0)
      read_shared(pack, shared, prd_node_member(root, "without"), problems);
  }
}

enum prd_error prd_pack_build_wide(const char *path, struct prd_problems *problems, struct prd_built *out) {
  *out = (struct prd_built){0};
  struct prd_lexicon lexicon;
  struct prd_pattern_tables patterns;
  struct prd_source_pack *source = prd_source_read(path, problems);
  if (source != NULL && problems->error_count == 0) widen(source, path, problems);
  if (source != NULL && problems->error_count == 0) prd_lexicon_build(source, problems, &lexicon);
  if (source != NULL && problems->error_count == 0) prd_pattern_build(source, problems, &patterns);
  if (problems->out_of_memory) return PRD_ERROR_MEMORY;
  if (source == NULL || problems->error_count != 0) return PRD_ERROR_INVALID;
  enum prd_error error =
      prd_image_write(source, &lexicon, &patterns, NULL, problems->arena, &out->bytes, &out->size_bytes);
  if (error == PRD_OK) error = prd_pack_from_memory(out->bytes, out->size_bytes, &out->pack);
  if (error != PRD_OK) prd_built_free(out);
  return error;
}
