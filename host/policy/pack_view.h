// SPDX-License-Identifier: GPL-3.0-or-later
// Typed access to the sections of a checked pack. Private to host/policy.
#ifndef PRD_POLICY_PACK_VIEW_H
#define PRD_POLICY_PACK_VIEW_H

#include "policy/image.h"
#include "policy/pack.h"

/// Every index and offset in these arrays has been checked against its section.
struct prd_pack {
  const void *bytes;
  size_t size_bytes;
  bool mapped;
  struct prd_pack_identity identity;
  char hash_text[2 * PRD_IMAGE_HASH_BYTES + 1];

  const char *strings;
  const uint32_t *meta;
  const struct prd_image_clause *clauses;
  const struct prd_image_word *words;
  const uint32_t *word_slots;
  const uint32_t *word_classes;
  const uint32_t *class_roots;
  const struct prd_image_node *nodes;
  const struct prd_image_edge *edges;
  const uint32_t *accepts;
  const struct prd_image_feature *features;
  const struct prd_image_rule *rules;
  const struct prd_image_item *items;
  const uint32_t *rule_clauses;
  const struct prd_image_state *states;
  const struct prd_image_byte_set *byte_sets;
  const uint8_t *byte_classes;
  const uint32_t *own;
  const struct prd_image_model_slot *model_slots;
  const prd_image_model_weight *model_weights;
  const struct prd_image_model_output *model_outputs;
  const char *about;

  uint32_t counts[PRD_SECTION_COUNT];
};

/// String at an offset that the check of the pack has accepted.
static inline const char *prd_pack_string(const struct prd_pack *pack, uint32_t offset) {
  return pack->strings + offset;
}

#endif
