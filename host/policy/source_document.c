// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/source_document.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "base/read_file.h"

enum { FILE_MAX_BYTES = 4 * 1024 * 1024 };

/// Where the second walk is.
struct cursor {
  const char *at;
  uint32_t line, column;
};

static void advance(struct cursor *cursor) {
  if (*cursor->at == '\n') {
    cursor->line++;
    cursor->column = 1;
  } else if (((unsigned char)*cursor->at & 0xC0) != 0x80) {
    cursor->column++;
  }
  cursor->at++;
}

/// To the next value or closing bracket: blanks, commas and colons mean nothing here.
static void skip_separators(struct cursor *cursor) {
  while (*cursor->at != '\0' && strchr(" \t\r\n,:", *cursor->at) != NULL) advance(cursor);
}

static void skip_string(struct cursor *cursor) {
  advance(cursor);
  while (*cursor->at != '"') {
    if (*cursor->at == '\\') advance(cursor);
    advance(cursor);
  }
  advance(cursor);
}

static void skip_scalar(struct cursor *cursor) {
  if (*cursor->at == '"') {
    skip_string(cursor);
    return;
  }
  while (*cursor->at != '\0' && strchr(" \t\r\n,:]}", *cursor->at) == NULL) advance(cursor);
}

struct conversion {
  struct prd_arena *arena;
  const char *file;
  struct cursor cursor;
  bool out_of_memory;
};

static void convert(struct conversion *conversion, const json_t *value, struct prd_node *node);

static void convert_children(struct conversion *conversion, const json_t *value, struct prd_node *node) {
  const bool object = json_is_object(value);
  node->count = object ? json_object_size(value) : json_array_size(value);
  node->children = prd_arena_array(conversion->arena, node->count, sizeof *node->children);
  if (node->children == NULL) {
    conversion->out_of_memory = true;
    return;
  }
  advance(&conversion->cursor);
  // jansson keeps the members of an object in the order of the text.
  void *member = object ? json_object_iter((json_t *)(uintptr_t)value) : NULL;
  for (size_t i = 0; i < node->count && !conversion->out_of_memory; i++) {
    struct prd_node *child = &node->children[i];
    skip_separators(&conversion->cursor);
    if (object) {
      const char *key = json_object_iter_key(member);
      child->key = prd_arena_copy(conversion->arena, key, strlen(key));
      if (child->key == NULL) conversion->out_of_memory = true;
      skip_string(&conversion->cursor);
      skip_separators(&conversion->cursor);
      convert(conversion, json_object_iter_value(member), child);
      member = json_object_iter_next((json_t *)(uintptr_t)value, member);
    } else {
      convert(conversion, json_array_get(value, i), child);
    }
  }
  skip_separators(&conversion->cursor);
  advance(&conversion->cursor);
}

static void convert(struct conversion *conversion, const json_t *value, struct prd_node *node) {
  node->place = (struct prd_place){conversion->file, conversion->cursor.line, conversion->cursor.column};
  switch (json_typeof(value)) {
  case JSON_OBJECT:
  case JSON_ARRAY:
    node->type = json_is_object(value) ? PRD_NODE_OBJECT : PRD_NODE_ARRAY;
    convert_children(conversion, value, node);
    return;
  case JSON_STRING:
    node->type = PRD_NODE_STRING;
    node->text = prd_arena_copy(conversion->arena, json_string_value(value), json_string_length(value));
    if (node->text == NULL) conversion->out_of_memory = true;
    break;
  case JSON_INTEGER:
    node->type = PRD_NODE_INTEGER;
    node->number = json_integer_value(value);
    break;
  case JSON_TRUE:
  case JSON_FALSE:
    node->type = PRD_NODE_BOOLEAN;
    node->number = json_is_true(value);
    break;
  default:
    node->type = PRD_NODE_OTHER;
  }
  skip_scalar(&conversion->cursor);
}

static char *read_text(const char *path, struct prd_problems *problems, size_t *length) {
  const struct prd_place place = {path, 0, 0};
  char *bytes = NULL;
  switch (prd_read_file(problems->arena, path, FILE_MAX_BYTES, &bytes, length)) {
  case PRD_OK:
    break;
  case PRD_ERROR_MEMORY:
    problems->out_of_memory = true;
    break;
  case PRD_ERROR_TOO_LARGE:
    prd_problem_add(problems, place, NULL, PRD_SOURCE_TOO_LARGE, path, "4 MiB");
    break;
  default:
    prd_problem_add(problems, place, NULL, PRD_SOURCE_CANNOT_READ, path, strerror(errno));
  }
  return bytes;
}

static struct prd_node *convert_root(const char *path, const char *bytes, const json_t *root,
                                     struct prd_problems *problems) {
  struct conversion conversion = {problems->arena, path, {bytes, 1, 1}, false};
  struct prd_node *node = prd_arena_alloc(problems->arena, sizeof *node);
  skip_separators(&conversion.cursor);
  if (node != NULL) convert(&conversion, root, node);
  if (node != NULL && !conversion.out_of_memory) return node;
  problems->out_of_memory = true;
  return NULL;
}

const struct prd_node *prd_document_read(const char *path, struct prd_problems *problems) {
  size_t length = 0;
  const char *bytes = read_text(path, problems, &length);
  if (bytes == NULL) return NULL;
  json_error_t error;
  json_t *root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);
  if (root == NULL) {
    // jansson says -1 where it has no place to tell.
    const bool placed = error.line > 0 && error.column >= 0;
    const struct prd_place place = {path, placed ? (uint32_t)error.line : 0, placed ? (uint32_t)error.column : 0};
    prd_problem_add(problems, place, NULL, PRD_SOURCE_BAD_JSON, error.text, NULL);
    return NULL;
  }
  const struct prd_node *node = convert_root(path, bytes, root, problems);
  json_decref(root);
  return node;
}

const struct prd_node *prd_node_member(const struct prd_node *object, const char *key) {
  for (size_t i = 0; object != NULL && object->type == PRD_NODE_OBJECT && i < object->count; i++) {
    if (strcmp(object->children[i].key, key) == 0) return &object->children[i];
  }
  return NULL;
}
