// SPDX-License-Identifier: GPL-3.0-or-later
// A JSON file as a tree that remembers where each value stands. jansson decides what is JSON; the positions come from a
// second walk over the text it has accepted. Private to host/policy's author side: nothing here runs in the host.
#ifndef PRD_POLICY_SOURCE_DOCUMENT_H
#define PRD_POLICY_SOURCE_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "policy/source_problem.h"

enum prd_node_type {
  PRD_NODE_OBJECT = 1,
  PRD_NODE_ARRAY = 2,
  PRD_NODE_STRING = 4,
  PRD_NODE_INTEGER = 8,
  PRD_NODE_BOOLEAN = 16,
  PRD_NODE_OTHER = 32 ///< null or a number with a fraction: never wanted
};

struct prd_node {
  enum prd_node_type type;
  const char *key;  ///< member name inside an object, else NULL
  const char *text; ///< strings: NUL-terminated, no NUL inside
  long long number; ///< integers; 1 or 0 for booleans
  struct prd_node *children;
  size_t count;
  struct prd_place place;
};

/// Reads and parses a regular file of at most 4 MiB. NULL when there is a problem (which has been added). The tree lives in the
/// arena of `problems`.
const struct prd_node *prd_document_read(const char *path, struct prd_problems *problems);

/// Member of an object, or NULL.
const struct prd_node *prd_node_member(const struct prd_node *object, const char *key);

#endif
