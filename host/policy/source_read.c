// SPDX-License-Identifier: GPL-3.0-or-later
// pack.json and the files that it includes.
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "policy/category.h"
#include "policy/source_about.h"
#include "policy/source_members.h"
#include "policy/source_pack.h"

enum { IDENTIFIER_MAX = 64, INCLUDES_MAX = 256 };

/// Raw rules wait until every list of every file is known.
struct pending_rule {
  const struct prd_node *node;
  bool shared;
};

struct reader {
  struct prd_source_pack *pack;
  struct prd_problems *problems;
  struct pending_rule *rules;
  size_t rule_count, rule_capacity;
};

bool prd_source_is_identifier(const char *text) {
  const size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789.-");
  return length != 0 && length <= IDENTIFIER_MAX && text[length] == '\0';
}

bool prd_source_is_date(const char *text) {
  static const char form[] = "dddd-dd-dd";
  if (*text == '\0') return true;
  if (strlen(text) != sizeof form - 1) return false;
  for (size_t i = 0; i < sizeof form - 1; i++) {
    if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != form[i]) return false;
  }
  const int month = (text[5] - '0') * 10 + text[6] - '0', day = (text[8] - '0') * 10 + text[9] - '0';
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static void check_identifier(struct reader *reader, const struct prd_node *node, const char *text) {
  if (!prd_source_is_identifier(text))
    prd_problem_add(reader->problems, node->place, NULL, PRD_SOURCE_BAD_IDENTIFIER, text, NULL);
}

static const char *place_text(struct reader *reader, struct prd_place place) {
  const char *text = prd_arena_format(reader->problems->arena, "%s:%u:%u", place.file, place.line, place.column);
  return text == NULL ? place.file : text;
}

static const char *date_member(struct reader *reader, const struct prd_node *document, const char *key) {
  const struct prd_node *node = prd_node_member(document, key);
  const char *text = prd_members_text(document, key, "");
  if (!prd_source_is_date(text)) prd_problem_add(reader->problems, node->place, NULL, PRD_SOURCE_BAD_DATE, text, NULL);
  return text;
}

static void read_document(struct reader *reader, const struct prd_node *node) {
  static const struct prd_member members[] = {{"title", PRD_NODE_OBJECT, true},
                                              {"number", PRD_NODE_STRING, true},
                                              {"date", PRD_NODE_STRING, true},
                                              {"review_due", PRD_NODE_STRING, true}};
  if (!prd_members_check(node, "document", members, 4, NULL, reader->problems)) return;
  reader->pack->document_title = prd_members_bilingual(node, "title", NULL, reader->problems);
  reader->pack->document_number = prd_members_text(node, "number", "");
  reader->pack->document_date = date_member(reader, node, "date");
  reader->pack->document_review_due = date_member(reader, node, "review_due");
}

static void add_list(struct reader *reader, const char *name, const struct prd_node *terms, bool shared) {
  struct prd_source_pack *pack = reader->pack;
  size_t known = prd_source_find_list(pack, name);
  if (known != SIZE_MAX) {
    prd_problem_add(reader->problems, terms->place, NULL, PRD_SOURCE_DEFINED_TWICE, name,
                    place_text(reader, pack->lists[known].terms->place));
    return;
  }
  if (terms->count == 0) prd_problem_add(reader->problems, terms->place, NULL, PRD_SOURCE_EMPTY, name, NULL);
  if (!prd_members_strings(terms, name, NULL, reader->problems)) return;
  struct prd_source_list *lists =
      prd_arena_grow(reader->problems->arena, pack->lists, pack->list_count, &pack->list_capacity, sizeof *lists);
  if (lists == NULL) {
    reader->problems->out_of_memory = true;
    return;
  }
  pack->lists = lists;
  pack->lists[pack->list_count++] = (struct prd_source_list){.name = name, .terms = terms, .shared = shared};
}

static void read_own(struct reader *reader, const struct prd_node *node) {
  static const struct prd_member members[] = {{"phones", PRD_NODE_ARRAY, false},
                                              {"emails", PRD_NODE_ARRAY, false},
                                              {"domains", PRD_NODE_ARRAY, false},
                                              {"postal_codes", PRD_NODE_ARRAY, false}};
  if (node == NULL || !prd_members_check(node, "own", members, 4, NULL, reader->problems)) return;
  bool right = true;
  for (size_t i = 0; i < node->count; i++) {
    const struct prd_node *child = &node->children[i];
    if (child->type == PRD_NODE_ARRAY) right &= prd_members_strings(child, child->key, NULL, reader->problems);
  }
  if (right) reader->pack->own = node;
}

static void read_institution(struct reader *reader, const struct prd_node *node) {
  static const struct prd_member members[] = {{"name", PRD_NODE_OBJECT, true},
                                              {"short", PRD_NODE_OBJECT, true},
                                              {"names", PRD_NODE_ARRAY, true},
                                              {"own", PRD_NODE_OBJECT, false}};
  if (!prd_members_check(node, "institution", members, 4, NULL, reader->problems)) return;
  reader->pack->name = prd_members_bilingual(node, "name", NULL, reader->problems);
  reader->pack->short_name = prd_members_bilingual(node, "short", NULL, reader->problems);
  add_list(reader, "institution", prd_node_member(node, "names"), false);
  read_own(reader, prd_node_member(node, "own"));
}

static void read_clauses(struct reader *reader, const struct prd_node *array) {
  static const struct prd_member members[] = {
      {"id", PRD_NODE_STRING, true}, {"title", PRD_NODE_OBJECT, true}, {"summary", PRD_NODE_OBJECT, true}};
  struct prd_source_pack *pack = reader->pack;
  for (size_t i = 0; i < array->count; i++) {
    const struct prd_node *node = &array->children[i];
    if (!prd_members_check(node, "clauses", members, 3, NULL, reader->problems)) continue;
    const char *id = prd_members_text(node, "id", "");
    if (*id == '\0') prd_problem_add(reader->problems, node->place, NULL, PRD_SOURCE_EMPTY, "id", NULL);
    for (size_t k = 0; k < pack->clause_count; k++) {
      if (strcmp(pack->clauses[k].id, id) == 0)
        prd_problem_add(reader->problems, node->place, NULL, PRD_SOURCE_DEFINED_TWICE, id, "clauses");
    }
    struct prd_source_clause *clauses = prd_arena_grow(reader->problems->arena, pack->clauses, pack->clause_count,
                                                       &pack->clause_capacity, sizeof *clauses);
    if (clauses == NULL) {
      reader->problems->out_of_memory = true;
      return;
    }
    pack->clauses = clauses;
    clauses[pack->clause_count++] =
        (struct prd_source_clause){id, prd_members_bilingual(node, "title", NULL, reader->problems),
                                   prd_members_bilingual(node, "summary", NULL, reader->problems)};
  }
}

static void read_categories(struct reader *reader, const struct prd_node *object) {
  static const struct prd_member members[] = {
      {"clauses", PRD_NODE_ARRAY, true}, {"when", PRD_NODE_OBJECT, false}, {"doubt_below", PRD_NODE_INTEGER, false}};
  struct prd_source_pack *pack = reader->pack;
  for (size_t i = 0; i < object->count; i++) {
    const struct prd_node *node = &object->children[i];
    if (!prd_category_exists(node->key)) {
      prd_problem_add(reader->problems, node->place, NULL, PRD_SOURCE_NOT_IN_LIST, node->key,
                      prd_members_join(reader->problems->arena, prd_category_name));
      continue;
    }
    if (!prd_members_check(node, node->key, members, 3, NULL, reader->problems)) continue;
    const struct prd_node *clauses = prd_node_member(node, "clauses");
    if (clauses->count == 0) prd_problem_add(reader->problems, clauses->place, NULL, PRD_SOURCE_EMPTY, "clauses", NULL);
    struct prd_source_category *categories = prd_arena_grow(
        reader->problems->arena, pack->categories, pack->category_count, &pack->category_capacity, sizeof *categories);
    if (categories == NULL) {
      reader->problems->out_of_memory = true;
      return;
    }
    pack->categories = categories;
    categories[pack->category_count++] = (struct prd_source_category){node->key, node};
  }
}

static void add_pattern(struct reader *reader, const struct prd_node *node) {
  struct prd_source_pack *pack = reader->pack;
  if (node->type != PRD_NODE_STRING || *node->text == '\0') {
    prd_problem_add(reader->problems, node->place, NULL, PRD_SOURCE_EMPTY, node->key, NULL);
    return;
  }
  for (size_t i = 0; i < pack->pattern_count; i++) {
    if (strcmp(pack->patterns[i].name, node->key) == 0)
      prd_problem_add(reader->problems, node->place, NULL, PRD_SOURCE_DEFINED_TWICE, node->key,
                      place_text(reader, pack->patterns[i].node->place));
  }
  struct prd_source_pattern *patterns = prd_arena_grow(reader->problems->arena, pack->patterns, pack->pattern_count,
                                                       &pack->pattern_capacity, sizeof *patterns);
  if (patterns == NULL) {
    reader->problems->out_of_memory = true;
    return;
  }
  pack->patterns = patterns;
  patterns[pack->pattern_count++] = (struct prd_source_pattern){node->key, node};
}

/// Lists, patterns and rules, which every file of a pack may hold.
static void read_content(struct reader *reader, const struct prd_node *file, bool shared) {
  const struct prd_node *lists = prd_node_member(file, "lists");
  for (size_t i = 0; lists != NULL && i < lists->count; i++) {
    const struct prd_node *list = &lists->children[i];
    check_identifier(reader, list, list->key);
    if (list->type == PRD_NODE_ARRAY)
      add_list(reader, list->key, list, shared);
    else
      prd_problem_add(reader->problems, list->place, NULL, PRD_SOURCE_WRONG_TYPE, list->key, "array […]");
  }
  const struct prd_node *patterns = prd_node_member(file, "patterns");
  for (size_t i = 0; patterns != NULL && i < patterns->count; i++) {
    check_identifier(reader, &patterns->children[i], patterns->children[i].key);
    add_pattern(reader, &patterns->children[i]);
  }
  const struct prd_node *rules = prd_node_member(file, "rules");
  for (size_t i = 0; rules != NULL && i < rules->count; i++) {
    struct pending_rule *pending = prd_arena_grow(reader->problems->arena, reader->rules, reader->rule_count,
                                                  &reader->rule_capacity, sizeof *pending);
    if (pending == NULL) {
      reader->problems->out_of_memory = true;
      return;
    }
    reader->rules = pending;
    pending[reader->rule_count++] = (struct pending_rule){&rules->children[i], shared};
  }
}

/// A file outside the pack's own folder is shared: its rules of unknown categories are left out in silence.
static void read_includes(struct reader *reader, const char *folder, const struct prd_node *includes) {
  static const struct prd_member members[] = {
      {"lists", PRD_NODE_OBJECT, false}, {"patterns", PRD_NODE_OBJECT, false}, {"rules", PRD_NODE_ARRAY, false}};
  if (includes == NULL || !prd_members_strings(includes, "include", NULL, reader->problems)) return;
  if (includes->count > INCLUDES_MAX)
    prd_problem_add(reader->problems, includes->place, NULL, PRD_SOURCE_OUT_OF_RANGE, "include", "0 … 256");
  for (size_t i = 0; i < includes->count && i < INCLUDES_MAX; i++) {
    const char *name = includes->children[i].text;
    const char *path = prd_arena_format(reader->problems->arena, "%s/%s", folder, name);
    if (path == NULL) {
      reader->problems->out_of_memory = true;
      return;
    }
    const struct prd_node *file = prd_document_read(path, reader->problems);
    if (file != NULL && prd_members_check(file, name, members, 3, NULL, reader->problems))
      read_content(reader, file, strncmp(name, "../", 3) == 0);
  }
}

static bool left_out(const struct prd_node *without, const struct prd_node *rule) {
  const char *id = prd_members_text(rule, "id", "");
  for (size_t i = 0; without != NULL && i < without->count; i++) {
    if (without->children[i].type == PRD_NODE_STRING && strcmp(without->children[i].text, id) == 0) return true;
  }
  return false;
}

static void check_without(struct reader *reader, const struct prd_node *without) {
  if (without == NULL || !prd_members_strings(without, "without", NULL, reader->problems)) return;
  for (size_t i = 0; i < without->count; i++) {
    bool known = false;
    for (size_t r = 0; r < reader->rule_count && !known; r++)
      known = strcmp(prd_members_text(reader->rules[r].node, "id", ""), without->children[i].text) == 0;
    if (!known)
      prd_problem_add(reader->problems, without->children[i].place, NULL, PRD_SOURCE_UNKNOWN_RULE,
                      without->children[i].text, NULL);
  }
}

/// Lists whose name begins with "sense." say what a word is about: the model looks at each, used by a rule or not.
static void add_senses(struct reader *reader) {
  struct prd_source_pack *pack = reader->pack;
  for (size_t i = 0; i < pack->list_count; i++) {
    if (strncmp(pack->lists[i].name, "sense.", sizeof "sense." - 1) != 0) continue;
    pack->lists[i].used = true;
    (void)prd_source_feature(
        pack, (struct prd_source_feature){.kind = PRD_FEATURE_WORDS, .name = pack->lists[i].name, .index = i},
        reader->problems);
  }
}

static void read_pack(struct reader *reader, const char *folder, const struct prd_node *root) {
  static const struct prd_member members[] = {
      {"schema", PRD_NODE_STRING, true},      {"id", PRD_NODE_STRING, true},
      {"version", PRD_NODE_STRING, true},     {"serial", PRD_NODE_INTEGER, true},
      {"institution", PRD_NODE_OBJECT, true}, {"document", PRD_NODE_OBJECT, true},
      {"clauses", PRD_NODE_ARRAY, true},      {"categories", PRD_NODE_OBJECT, true},
      {"include", PRD_NODE_ARRAY, false},     {"without", PRD_NODE_ARRAY, false},
      {"lists", PRD_NODE_OBJECT, false},      {"patterns", PRD_NODE_OBJECT, false},
      {"rules", PRD_NODE_ARRAY, false},       {"model", PRD_NODE_BOOLEAN, false},
      {"about", PRD_NODE_STRING, false},      {"directory_examples", PRD_NODE_ARRAY, false},
  };
  struct prd_source_pack *pack = reader->pack;
  if (!prd_members_check(root, "pack.json", members, sizeof members / sizeof *members, NULL, reader->problems)) return;
  const char *schema = prd_members_text(root, "schema", "");
  if (strcmp(schema, "prudence-pack/1") != 0)
    prd_problem_add(reader->problems, prd_node_member(root, "schema")->place, NULL, PRD_SOURCE_NOT_IN_LIST, schema,
                    "prudence-pack/1");
  pack->id = prd_members_text(root, "id", "");
  check_identifier(reader, prd_node_member(root, "id"), pack->id);
  pack->version = prd_members_text(root, "version", "");
  const struct prd_node *serial = prd_node_member(root, "serial");
  if (serial->number < 1 || serial->number > UINT32_MAX)
    prd_problem_add(reader->problems, serial->place, NULL, PRD_SOURCE_OUT_OF_RANGE, "serial", "1 … 4294967295");
  pack->serial = (uint32_t)serial->number;
  const struct prd_node *model = prd_node_member(root, "model");
  pack->wants_model = model != NULL && model->number != 0;
  const struct prd_node *directory = prd_node_member(root, "directory_examples");
  if (directory != NULL && prd_members_strings(directory, "directory_examples", NULL, reader->problems))
    pack->directory_examples = directory;
  read_document(reader, prd_node_member(root, "document"));
  read_institution(reader, prd_node_member(root, "institution"));
  read_clauses(reader, prd_node_member(root, "clauses"));
  prd_source_read_about(pack, folder, prd_node_member(root, "about"), reader->problems);
  read_categories(reader, prd_node_member(root, "categories"));
  read_content(reader, root, false);
  read_includes(reader, folder, prd_node_member(root, "include"));
  const struct prd_node *without = prd_node_member(root, "without");
  check_without(reader, without);
  for (size_t i = 0; i < reader->rule_count && !reader->problems->out_of_memory; i++) {
    if (!left_out(without, reader->rules[i].node))
      prd_source_read_rule(pack, reader->rules[i].node, reader->rules[i].shared, reader->problems);
  }
  if (pack->wants_model) add_senses(reader);
  if (pack->rule_count == 0 && reader->problems->error_count == 0)
    prd_problem_add(reader->problems, root->place, NULL, PRD_SOURCE_NO_RULES, pack->id, NULL);
}

struct prd_source_pack *prd_source_read(const char *path, struct prd_problems *problems) {
  struct stat status;
  struct prd_arena *arena = problems->arena;
  const bool is_folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
  const char *file = is_folder ? prd_arena_format(arena, "%s/pack.json", path) : path;
  const char *slash = file == NULL ? NULL : strrchr(file, '/');
  const char *folder = slash == NULL ? "." : prd_arena_copy(arena, file, (size_t)(slash - file));
  struct prd_source_pack *pack = prd_arena_alloc(arena, sizeof *pack);
  if (file == NULL || folder == NULL || pack == NULL) {
    problems->out_of_memory = true;
    return NULL;
  }
  pack->short_name = (struct prd_bilingual){"", ""}; // examples name it even when it could not be read
  const struct prd_node *root = prd_document_read(file, problems);
  if (root == NULL) return NULL;
  struct reader reader = {.pack = pack, .problems = problems};
  read_pack(&reader, folder, root);
  return problems->out_of_memory ? NULL : pack;
}
