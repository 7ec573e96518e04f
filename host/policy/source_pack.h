// SPDX-License-Identifier: GPL-3.0-or-later
// The source of a pack, read and resolved: what docs/PACKS.md describes, as structures. Author side only.
#ifndef PRD_POLICY_SOURCE_PACK_H
#define PRD_POLICY_SOURCE_PACK_H

#include "policy/image.h"
#include "policy/pack.h"
#include "policy/source_document.h"

struct prd_source_clause {
  const char *id;
  struct prd_bilingual title, summary;
};

/// A named list, or the terms that a rule gives in place (whose name is that of the rule and item).
struct prd_source_list {
  const char *name;
  const struct prd_node *terms; ///< array of strings
  const char *rule;             ///< rule that owns it, or NULL
  bool shared;                  ///< from a file that other packs read too
  bool used;                    ///< by a rule, or by another list
};

struct prd_source_pattern {
  const char *name;
  const struct prd_node *node; ///< string
};

/// Something that can be found in a text.
struct prd_source_feature {
  enum prd_image_feature_kind kind;
  const char *name;
  size_t index;     ///< list or pattern number
  uint8_t detail;   ///< identifier kind or metric
  bool unconfirmed; ///< identifiers
};

struct prd_source_item {
  struct prd_image_item image; ///< its feature number included
  struct prd_place place;
};

struct prd_source_example {
  const char *text; ///< {institution} already replaced
  const struct prd_node *words;
  enum prd_venue venue;
  enum prd_account account;
  const struct prd_node *directory; ///< lines of a small directory, or NULL: that of the pack
  int32_t published_before;
  bool must_match;
  struct prd_place place;
};

struct prd_source_rule {
  const char *id, *category;
  enum prd_severity severity;
  enum prd_image_rule_state state;
  bool ignore_quoted;
  uint16_t venues, accounts; ///< bit sets, narrowed by the category
  uint32_t *clauses;
  size_t clause_count;
  struct prd_source_item *items; ///< matches, near, unless
  size_t item_count, match_count, near_count, unless_count;
  int32_t threshold;
  uint16_t doubt; ///< see struct prd_image_rule
  struct prd_bilingual message, remedy;
  struct prd_source_example *examples;
  size_t example_count;
  struct prd_place place;
};

struct prd_source_category {
  const char *name;
  const struct prd_node *node;
};

/// All of it lives in the arena of the problems.
struct prd_source_pack {
  const char *id, *version;
  uint32_t serial;
  struct prd_bilingual name, short_name, document_title;
  const char *document_number, *document_date, *document_review_due;
  const struct prd_node *own; ///< object, or NULL
  bool wants_model;
  const char *about;                         ///< compact JSON of about.json, or NULL
  const struct prd_node *directory_examples; ///< lines of the directory that examples are run with, or NULL

  struct prd_source_clause *clauses;
  size_t clause_count, clause_capacity;
  struct prd_source_category *categories;
  size_t category_count, category_capacity;
  struct prd_source_list *lists;
  size_t list_count, list_capacity;
  struct prd_source_pattern *patterns;
  size_t pattern_count, pattern_capacity;
  struct prd_source_feature *features;
  size_t feature_count, feature_capacity;
  struct prd_source_rule *rules;
  size_t rule_count, rule_capacity;
};

/// Reads `path` (a pack.json, or the folder that holds one) and everything that it includes. Problems are added to
/// `problems`; the result is NULL when nothing sensible could be read. Callers look at `problems->error_count`.
struct prd_source_pack *prd_source_read(const char *path, struct prd_problems *problems);

/// Adds the rule of a JSON object; a rule of a category that the pack does not know is left out when it is shared.
void prd_source_read_rule(struct prd_source_pack *pack, const struct prd_node *node, bool shared,
                          struct prd_problems *problems);

/// Number of the feature, adding it when it is new; SIZE_MAX when memory is exhausted.
size_t prd_source_feature(struct prd_source_pack *pack, struct prd_source_feature feature,
                          struct prd_problems *problems);

/// Whether `text` can name a pack, list, pattern or rule: 1 to 64 lower-case letters, digits, dots and hyphens.
bool prd_source_is_identifier(const char *text);

/// Whether `text` is YYYY-MM-DD, or empty.
bool prd_source_is_date(const char *text);

/// Number of the list of that name, or SIZE_MAX.
size_t prd_source_find_list(const struct prd_source_pack *pack, const char *name);

#endif
