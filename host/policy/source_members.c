// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/source_members.h"

#include <string.h>

/// JSON's own names of types, in both languages.
static const struct {
  unsigned type;
  const char *name;
} type_names[] = {{PRD_NODE_OBJECT, "object {…}"},
                  {PRD_NODE_ARRAY, "array […]"},
                  {PRD_NODE_STRING, "string \"…\""},
                  {PRD_NODE_INTEGER, "integer"},
                  {PRD_NODE_BOOLEAN, "true/false"}};

static const char *append(struct prd_arena *arena, const char *text, const char *name) {
  if (text == NULL) return NULL;
  return prd_arena_format(arena, "%s%s%s", text, *text == '\0' ? "" : ", ", name);
}

static const char *describe_types(struct prd_arena *arena, unsigned types) {
  const char *text = "";
  for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++) {
    if ((types & type_names[i].type) != 0) text = append(arena, text, type_names[i].name);
  }
  return text;
}

static const struct prd_member *find(const struct prd_member *members, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(members[i].name, name) == 0) return &members[i];
  }
  return NULL;
}

static const char *describe_members(struct prd_arena *arena, const struct prd_member *members, size_t count) {
  const char *text = "";
  for (size_t i = 0; i < count; i++) text = append(arena, text, members[i].name);
  return text;
}

bool prd_members_check(const struct prd_node *node, const char *name, const struct prd_member *members, size_t count,
                       const char *rule, struct prd_problems *problems) {
  if (node->type != PRD_NODE_OBJECT) {
    prd_problem_add(problems, node->place, rule, PRD_SOURCE_WRONG_TYPE, name,
                    describe_types(problems->arena, PRD_NODE_OBJECT));
    return false;
  }
  bool right = true;
  for (size_t i = 0; i < node->count; i++) {
    const struct prd_node *child = &node->children[i];
    if (strcmp(child->key, "$schema") == 0 || strcmp(child->key, "comment") == 0) continue;
    const struct prd_member *member = find(members, count, child->key);
    if (member == NULL) {
      prd_problem_add(problems, child->place, rule, PRD_SOURCE_UNKNOWN_MEMBER, child->key,
                      describe_members(problems->arena, members, count));
      right = false;
    } else if ((member->types & child->type) == 0) {
      prd_problem_add(problems, child->place, rule, PRD_SOURCE_WRONG_TYPE, child->key,
                      describe_types(problems->arena, member->types));
      right = false;
    }
  }
  for (size_t i = 0; i < count; i++) {
    if (!members[i].required || prd_node_member(node, members[i].name) != NULL) continue;
    prd_problem_add(problems, node->place, rule, PRD_SOURCE_MISSING_MEMBER, members[i].name,
                    describe_types(problems->arena, members[i].types));
    right = false;
  }
  return right;
}

struct prd_bilingual prd_members_bilingual(const struct prd_node *object, const char *key, const char *rule,
                                           struct prd_problems *problems) {
  static const struct prd_member members[] = {{"fr", PRD_NODE_STRING, true}, {"en", PRD_NODE_STRING, true}};
  const struct prd_node *node = prd_node_member(object, key);
  struct prd_bilingual text = {"", ""};
  if (node == NULL || !prd_members_check(node, key, members, 2, rule, problems)) return text;
  text.fr = prd_members_text(node, "fr", "");
  text.en = prd_members_text(node, "en", "");
  for (size_t i = 0; i < node->count; i++) {
    if (node->children[i].text != NULL && *node->children[i].text == '\0')
      prd_problem_add(problems, node->children[i].place, rule, PRD_SOURCE_EMPTY, key, NULL);
  }
  return text;
}

const char *prd_members_text(const struct prd_node *object, const char *key, const char *fallback) {
  const struct prd_node *node = prd_node_member(object, key);
  return node == NULL || node->type != PRD_NODE_STRING ? fallback : node->text;
}

bool prd_members_strings(const struct prd_node *array, const char *name, const char *rule,
                         struct prd_problems *problems) {
  bool right = true;
  for (size_t i = 0; i < array->count; i++) {
    const struct prd_node *child = &array->children[i];
    if (child->type == PRD_NODE_STRING && *child->text != '\0') continue;
    const bool empty = child->type == PRD_NODE_STRING;
    prd_problem_add(problems, child->place, rule, empty ? PRD_SOURCE_EMPTY : PRD_SOURCE_WRONG_TYPE, name,
                    empty ? NULL : describe_types(problems->arena, PRD_NODE_STRING));
    right = false;
  }
  return right;
}

const char *prd_members_join(struct prd_arena *arena, const char *(*name_at)(size_t index)) {
  const char *text = "";
  for (size_t i = 0; name_at(i) != NULL; i++) text = append(arena, text, name_at(i));
  return text == NULL ? "" : text;
}
