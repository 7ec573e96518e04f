// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/source_about.h"

#include <string.h>

#include "policy/source_members.h"

static void check_text(const struct prd_node *object, const char *key, struct prd_problems *problems) {
  (void)prd_members_bilingual(object, key, NULL, problems);
}

/// Each element of an array of {"fr", "en"}.
static void check_texts(const struct prd_node *array, struct prd_problems *problems) {
  static const struct prd_member members[] = {{"fr", PRD_NODE_STRING, true}, {"en", PRD_NODE_STRING, true}};
  for (size_t i = 0; i < array->count; i++) {
    const struct prd_node *node = &array->children[i];
    if (!prd_members_check(node, array->key, members, 2, NULL, problems)) continue;
    for (size_t k = 0; k < node->count; k++) {
      const struct prd_node *text = &node->children[k];
      if (*text->text == '\0') prd_problem_add(problems, text->place, NULL, PRD_SOURCE_EMPTY, text->key, NULL);
    }
  }
}

static void check_id(const struct prd_node *array, size_t index, struct prd_problems *problems) {
  const struct prd_node *node = prd_node_member(&array->children[index], "id");
  if (!prd_source_is_identifier(node->text)) {
    prd_problem_add(problems, node->place, NULL, PRD_SOURCE_BAD_IDENTIFIER, node->text, NULL);
    return;
  }
  for (size_t i = 0; i < index; i++) {
    if (strcmp(prd_members_text(&array->children[i], "id", ""), node->text) != 0) continue;
    prd_problem_add(problems, node->place, NULL, PRD_SOURCE_DEFINED_TWICE, node->text, array->key);
    return;
  }
}

static bool has_clause(const struct prd_source_pack *pack, const char *id) {
  for (size_t i = 0; i < pack->clause_count; i++) {
    if (strcmp(pack->clauses[i].id, id) == 0) return true;
  }
  return false;
}

static const char *known_clauses(const struct prd_source_pack *pack, struct prd_arena *arena) {
  const char *known = "";
  for (size_t i = 0; i < pack->clause_count && known != NULL; i++)
    known = prd_arena_format(arena, "%s%s%s", known, i == 0 ? "" : ", ", pack->clauses[i].id);
  return known;
}

static void check_clauses(const struct prd_source_pack *pack, const struct prd_node *array,
                          struct prd_problems *problems) {
  if (array->count == 0) prd_problem_add(problems, array->place, NULL, PRD_SOURCE_EMPTY, "clauses", NULL);
  if (!prd_members_strings(array, "clauses", NULL, problems)) return;
  for (size_t i = 0; i < array->count; i++) {
    const struct prd_node *clause = &array->children[i];
    if (!has_clause(pack, clause->text))
      prd_problem_add(problems, clause->place, NULL, PRD_SOURCE_UNKNOWN_CLAUSE, clause->text,
                      known_clauses(pack, problems->arena));
  }
}

static void check_information(const struct prd_source_pack *pack, const struct prd_node *array,
                              struct prd_problems *problems) {
  static const struct prd_member members[] = {{"id", PRD_NODE_STRING, true},
                                              {"title", PRD_NODE_OBJECT, true},
                                              {"text", PRD_NODE_OBJECT, true},
                                              {"clauses", PRD_NODE_ARRAY, true}};
  if (array->count == 0) prd_problem_add(problems, array->place, NULL, PRD_SOURCE_EMPTY, array->key, NULL);
  for (size_t i = 0; i < array->count; i++) {
    const struct prd_node *node = &array->children[i];
    if (!prd_members_check(node, array->key, members, 4, NULL, problems)) continue;
    check_id(array, i, problems);
    check_text(node, "title", problems);
    check_text(node, "text", problems);
    check_clauses(pack, prd_node_member(node, "clauses"), problems);
  }
}

/// Something before one @, and a host with a dot behind it: enough to catch a slip, since nobody writes to it from here.
static bool is_email(const char *text) {
  const char *at = strchr(text, '@');
  if (at == NULL || at == text || strpbrk(text, " \t\n,;<>") != NULL || strchr(at + 1, '@') != NULL) return false;
  const char *dot = strchr(at + 1, '.');
  return dot != NULL && dot != at + 1 && text[strlen(text) - 1] != '.';
}

/// As printed: with or without https://, a host with a dot, no blank. Nothing else may become a link of the page.
static bool is_address_of_web(const char *text) {
  const char *host = text;
  if (strncmp(text, "https://", 8) == 0) host = text + 8;
  if (strncmp(text, "http://", 7) == 0) host = text + 7;
  const size_t length = strcspn(host, "/");
  const char *dot = memchr(host, '.', length);
  if (dot == NULL || dot == host || length == 0 || host[length - 1] == '.') return false;
  const size_t letters = strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
  return letters == length && strpbrk(text, " \t\r\n\"<>\\") == NULL;
}

static void check_contacts(const struct prd_node *array, struct prd_problems *problems) {
  static const struct prd_member members[] = {{"id", PRD_NODE_STRING, true},       {"name", PRD_NODE_OBJECT, true},
                                              {"phone", PRD_NODE_STRING, false},   {"email", PRD_NODE_STRING, false},
                                              {"address", PRD_NODE_STRING, false}, {"note", PRD_NODE_OBJECT, false}};
  for (size_t i = 0; i < array->count; i++) {
    const struct prd_node *node = &array->children[i];
    if (!prd_members_check(node, array->key, members, 6, NULL, problems)) continue;
    check_id(array, i, problems);
    check_text(node, "name", problems);
    check_text(node, "note", problems);
    for (size_t k = 0; k < node->count; k++) {
      const struct prd_node *child = &node->children[k];
      if (child->type == PRD_NODE_STRING && *child->text == '\0' && strcmp(child->key, "id") != 0)
        prd_problem_add(problems, child->place, NULL, PRD_SOURCE_EMPTY, child->key, NULL);
    }
    const struct prd_node *email = prd_node_member(node, "email");
    if (email != NULL && *email->text != '\0' && !is_email(email->text))
      prd_problem_add(problems, email->place, NULL, PRD_SOURCE_ABOUT_EMAIL, email->text, NULL);
  }
}

static void check_accounts(const struct prd_node *array, struct prd_problems *problems) {
  if (!prd_members_strings(array, array->key, NULL, problems)) return;
  for (size_t i = 0; i < array->count; i++) {
    const struct prd_node *account = &array->children[i];
    if (!is_address_of_web(account->text))
      prd_problem_add(problems, account->place, NULL, PRD_SOURCE_ABOUT_WEB_ADDRESS, account->text, NULL);
  }
}

static void check_validity(const struct prd_node *node, struct prd_problems *problems) {
  static const struct prd_member members[] = {
      {"adopted", PRD_NODE_STRING, true}, {"in_force", PRD_NODE_STRING, true}, {"review", PRD_NODE_OBJECT, true}};
  if (!prd_members_check(node, node->key, members, 3, NULL, problems)) return;
  check_text(node, "review", problems);
  for (size_t i = 0; i < 2; i++) {
    const struct prd_node *date = prd_node_member(node, members[i].name);
    if (!prd_source_is_date(date->text))
      prd_problem_add(problems, date->place, NULL, PRD_SOURCE_BAD_DATE, date->text, NULL);
  }
}

static void check(const struct prd_source_pack *pack, const struct prd_node *root, const char *file,
                  struct prd_problems *problems) {
  static const struct prd_member members[] = {
      {"information", PRD_NODE_ARRAY, true},       {"contacts", PRD_NODE_ARRAY, true},
      {"official_accounts", PRD_NODE_ARRAY, true}, {"audience", PRD_NODE_ARRAY, true},
      {"sanctions", PRD_NODE_ARRAY, true},         {"references", PRD_NODE_ARRAY, true},
      {"validity", PRD_NODE_OBJECT, true}};
  if (!prd_members_check(root, file, members, sizeof members / sizeof *members, NULL, problems)) return;
  check_information(pack, prd_node_member(root, "information"), problems);
  check_contacts(prd_node_member(root, "contacts"), problems);
  check_accounts(prd_node_member(root, "official_accounts"), problems);
  check_texts(prd_node_member(root, "audience"), problems);
  check_texts(prd_node_member(root, "sanctions"), problems);
  check_texts(prd_node_member(root, "references"), problems);
  check_validity(prd_node_member(root, "validity"), problems);
}

/// Compact JSON of a checked tree, in the order of the file.
struct output {
  struct prd_arena *arena;
  char *bytes;
  size_t length, capacity;
  bool out_of_memory;
};

static void put(struct output *output, char byte) {
  if (output->out_of_memory) return;
  char *bytes = prd_arena_grow(output->arena, output->bytes, output->length, &output->capacity, 1);
  if (bytes == NULL) {
    output->out_of_memory = true;
    return;
  }
  output->bytes = bytes;
  bytes[output->length++] = byte;
}

static void put_string(struct output *output, const char *text) {
  static const char digits[] = "0123456789abcdef";
  put(output, '"');
  for (; *text != '\0'; text++) {
    const unsigned char byte = (unsigned char)*text;
    if (byte < 0x20) {
      const char escape[] = {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
      for (size_t i = 0; i < sizeof escape; i++) put(output, escape[i]);
      continue;
    }
    if (byte == '"' || byte == '\\') put(output, '\\');
    put(output, *text);
  }
  put(output, '"');
}

static void put_node(struct output *output, const struct prd_node *node) {
  if (node->type == PRD_NODE_STRING) {
    put_string(output, node->text);
    return;
  }
  const bool object = node->type == PRD_NODE_OBJECT;
  bool first = true;
  put(output, object ? '{' : '[');
  for (size_t i = 0; i < node->count; i++) {
    const struct prd_node *child = &node->children[i];
    // For whoever edits the file, not for whoever reads the page.
    if (object && (strcmp(child->key, "$schema") == 0 || strcmp(child->key, "comment") == 0)) continue;
    if (!first) put(output, ',');
    first = false;
    if (object) {
      put_string(output, child->key);
      put(output, ':');
    }
    put_node(output, child); // as deep as the checked shape: four levels
  }
  put(output, object ? '}' : ']');
}

void prd_source_read_about(struct prd_source_pack *pack, const char *folder, const struct prd_node *name,
                           struct prd_problems *problems) {
  if (name == NULL) return;
  if (*name->text == '\0') {
    prd_problem_add(problems, name->place, NULL, PRD_SOURCE_EMPTY, "about", NULL);
    return;
  }
  const char *path = prd_arena_format(problems->arena, "%s/%s", folder, name->text);
  if (path == NULL) {
    problems->out_of_memory = true;
    return;
  }
  const size_t errors = problems->error_count;
  const struct prd_node *root = prd_document_read(path, problems);
  if (root == NULL) return;
  check(pack, root, name->text, problems);
  if (problems->error_count != errors) return;
  struct output output = {.arena = problems->arena};
  put_node(&output, root);
  put(&output, '\0');
  if (output.out_of_memory)
    problems->out_of_memory = true;
  else if (output.length > PRD_SOURCE_ABOUT_MAX_BYTES)
    prd_problem_add(problems, root->place, NULL, PRD_SOURCE_TOO_LARGE, name->text, "128 KiB");
  else
    pack->about = output.bytes;
}
