// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/pack_check.h"

#include <math.h>

#include "policy/category.h"
#include "policy/pack_view.h"
#include "text/identifiers.h"

static bool in_section(const struct prd_pack *pack, enum prd_image_section section, uint32_t index) {
  return index < pack->counts[section];
}

static bool run_in_section(const struct prd_pack *pack, enum prd_image_section section, uint32_t begin,
                           uint32_t count) {
  return begin <= pack->counts[section] && count <= pack->counts[section] - begin;
}

static bool string(const struct prd_pack *pack, uint32_t offset) {
  return in_section(pack, PRD_SECTION_STRINGS, offset);
}

static bool check_meta(const struct prd_pack *pack) {
  if (pack->counts[PRD_SECTION_META] != PRD_META_COUNT) return false;
  const uint32_t length = pack->counts[PRD_SECTION_STRINGS];
  // The last byte is NUL, so every offset inside the section is a terminated string.
  if (length == 0 || pack->strings[length - 1] != '\0') return false;
  for (uint32_t i = 0; i < PRD_META_SERIAL; i++) {
    if (!string(pack, pack->meta[i])) return false;
  }
  for (uint32_t i = 0; i < pack->counts[PRD_SECTION_OWN]; i++) {
    if (!string(pack, pack->own[i])) return false;
  }
  for (uint32_t i = 0; i < pack->counts[PRD_SECTION_CLAUSES]; i++) {
    const struct prd_image_clause *clause = &pack->clauses[i];
    if (!string(pack, clause->id) || !string(pack, clause->title_fr) || !string(pack, clause->title_en) ||
        !string(pack, clause->summary_fr) || !string(pack, clause->summary_en))
      return false;
  }
  return true;
}

static bool check_words(const struct prd_pack *pack) {
  const uint32_t word_count = pack->counts[PRD_SECTION_WORDS], slots = pack->counts[PRD_SECTION_WORD_SLOTS];
  // At least one empty slot, or a search for an absent word would not end.
  if (slots == 0 || (slots & (slots - 1)) != 0 || word_count >= slots) return false;
  uint32_t used = 0;
  for (uint32_t i = 0; i < slots; i++) {
    if (pack->word_slots[i] == 0) continue;
    if (pack->word_slots[i] > word_count) return false;
    used++;
  }
  if (used > word_count) return false;
  for (uint32_t i = 0; i < word_count; i++) {
    const struct prd_image_word *word = &pack->words[i];
    if (!string(pack, word->text) || pack->counts[PRD_SECTION_STRINGS] - word->text <= word->length_bytes) return false;
    if (word->kind > PRD_WORD_PREFIX) return false;
    if (!run_in_section(pack, PRD_SECTION_WORD_CLASSES, word->classes_begin, word->classes_count)) return false;
    for (uint32_t c = 1; c < word->classes_count; c++) {
      if (pack->word_classes[word->classes_begin + c - 1] >= pack->word_classes[word->classes_begin + c]) return false;
    }
  }
  for (uint32_t i = 0; i < pack->counts[PRD_SECTION_WORD_CLASSES]; i++) {
    if (!in_section(pack, PRD_SECTION_CLASS_ROOTS, pack->word_classes[i])) return false;
  }
  return pack->counts[PRD_SECTION_CLASS_ROOTS] >= PRD_CLASS_FIRST_OF_PACK;
}

static bool check_edge(const struct prd_pack *pack, const struct prd_image_edge *edge) {
  if (edge->node == 0 || edge->node + 1 >= pack->counts[PRD_SECTION_NODES] || edge->node == UINT32_MAX) return false;
  if ((edge->class_number & PRD_CLASS_GAP) == 0) return in_section(pack, PRD_SECTION_CLASS_ROOTS, edge->class_number);
  const uint32_t least = (edge->class_number >> 8) & 0xFF, most = edge->class_number & 0xFF;
  return least <= most && most <= PRD_GAP_MAX;
}

static bool check_node(const struct prd_pack *pack, uint32_t number) {
  const struct prd_image_node *node = &pack->nodes[number];
  uint64_t classes = 0;
  for (uint32_t e = node[0].edges_begin; e < node[1].edges_begin; e++) {
    if ((pack->edges[e].class_number & PRD_CLASS_GAP) == 0) classes |= prd_class_bit(pack->edges[e].class_number);
    // Targets are always later nodes: a phrase cannot loop.
    if (!check_edge(pack, &pack->edges[e]) || pack->edges[e].node <= number) return false;
    if (e > node[0].edges_begin && pack->edges[e - 1].class_number >= pack->edges[e].class_number) return false;
  }
  return classes == node->classes;
}

static bool check_lexicon(const struct prd_pack *pack) {
  const uint32_t count = pack->counts[PRD_SECTION_NODES];
  if (count < 2 || pack->nodes[count - 1].edges_begin != pack->counts[PRD_SECTION_EDGES] ||
      pack->nodes[count - 1].accepts_begin != pack->counts[PRD_SECTION_ACCEPTS])
    return false;
  for (uint32_t i = 0; i < pack->counts[PRD_SECTION_CLASS_ROOTS]; i++) {
    if (pack->class_roots[i] >= count - 1) return false;
  }
  // Runs first, as a whole: once they never decrease, each lies inside its section.
  for (uint32_t i = 0; i + 1 < count; i++) {
    if (pack->nodes[i].edges_begin > pack->nodes[i + 1].edges_begin ||
        pack->nodes[i].accepts_begin > pack->nodes[i + 1].accepts_begin)
      return false;
  }
  for (uint32_t i = 0; i + 1 < count; i++) {
    if (!check_node(pack, i)) return false;
  }
  for (uint32_t i = 0; i < pack->counts[PRD_SECTION_ACCEPTS]; i++) {
    if (!in_section(pack, PRD_SECTION_FEATURES, pack->accepts[i])) return false;
  }
  return true;
}

static bool check_features(const struct prd_pack *pack) {
  for (uint32_t i = 0; i < pack->counts[PRD_SECTION_FEATURES]; i++) {
    const struct prd_image_feature *feature = &pack->features[i];
    if (!string(pack, feature->name) || feature->kind > PRD_FEATURE_DIRECTORY) return false;
    if (feature->kind == PRD_FEATURE_IDENTIFIER && feature->detail >= PRD_IDENTIFIER_KIND_COUNT) return false;
    if (feature->kind == PRD_FEATURE_METRIC && feature->detail >= PRD_METRIC_COUNT) return false;
    if (feature->kind == PRD_FEATURE_MODEL && feature->detail >= PRD_CATEGORY_COUNT) return false;
    if (feature->kind == PRD_FEATURE_PATTERN && !in_section(pack, PRD_SECTION_STATES, feature->reverse_state))
      return false;
  }
  return true;
}

static bool check_automaton(const struct prd_pack *pack) {
  const uint32_t states = pack->counts[PRD_SECTION_STATES], classes = pack->counts[PRD_SECTION_BYTE_CLASSES];
  if (states == 0) return classes == 0;
  if (classes != 256 || pack->meta[PRD_META_SCAN_ROOT] >= states) return false;
  for (uint32_t i = 0; i < states; i++) {
    const struct prd_image_state *state = &pack->states[i];
    switch (state->op) {
    case PRD_OP_BYTES:
      if (state->next >= states || !in_section(pack, PRD_SECTION_BYTE_SETS, state->argument)) return false;
      break;
    case PRD_OP_SPLIT:
      if (state->next >= states || state->argument >= states) return false;
      break;
    case PRD_OP_ACCEPT:
      if (!in_section(pack, PRD_SECTION_FEATURES, state->argument) ||
          pack->features[state->argument].kind != PRD_FEATURE_PATTERN)
        return false;
      break;
    default:
      return false;
    }
  }
  return true;
}

static bool check_rule(const struct prd_pack *pack, const struct prd_image_rule *rule) {
  const uint32_t items = (uint32_t)rule->match_count + rule->near_count + rule->unless_count;
  return string(pack, rule->id) && string(pack, rule->category) && string(pack, rule->message_fr) &&
         string(pack, rule->message_en) && string(pack, rule->remedy_fr) && string(pack, rule->remedy_en) &&
         rule->severity < PRD_SEVERITY_COUNT && rule->severity != PRD_SEVERITY_NONE && rule->state <= PRD_RULE_SHADOW &&
         rule->match_count != 0 && rule->clauses_count != 0 &&
         run_in_section(pack, PRD_SECTION_RULE_CLAUSES, rule->clauses_begin, rule->clauses_count) &&
         run_in_section(pack, PRD_SECTION_ITEMS, rule->items_begin, items);
}

static bool check_rules(const struct prd_pack *pack) {
  for (uint32_t i = 0; i < pack->counts[PRD_SECTION_RULES]; i++) {
    if (!check_rule(pack, &pack->rules[i])) return false;
  }
  for (uint32_t i = 0; i < pack->counts[PRD_SECTION_ITEMS]; i++) {
    const struct prd_image_item *item = &pack->items[i];
    if (!in_section(pack, PRD_SECTION_FEATURES, item->feature) || item->window > PRD_WINDOW_TEXT ||
        item->side > PRD_SIDE_AFTER)
      return false;
  }
  for (uint32_t i = 0; i < pack->counts[PRD_SECTION_RULE_CLAUSES]; i++) {
    if (!in_section(pack, PRD_SECTION_CLAUSES, pack->rule_clauses[i])) return false;
  }
  return true;
}

static bool check_model(const struct prd_pack *pack) {
  const uint32_t slots = pack->counts[PRD_SECTION_MODEL_SLOTS], weights = pack->counts[PRD_SECTION_MODEL_WEIGHTS];
  if (slots == 0) return weights == 0 && pack->counts[PRD_SECTION_MODEL_OUTPUTS] == 0;
  const uint32_t places = slots - 1; // the last slot only ends the others
  if (places == 0 || (places & (places - 1)) != 0 || pack->counts[PRD_SECTION_MODEL_OUTPUTS] != PRD_MODEL_OUTPUT_COUNT)
    return false;
  uint32_t used = 0;
  for (uint32_t i = 0; i < places; i++) {
    if (pack->model_slots[i].weights_begin > pack->model_slots[i + 1].weights_begin) return false;
    if (pack->model_slots[i].hash != 0) used++;
  }
  // At least one empty place, or a search for an absent gram would not end.
  if (used == places || pack->model_slots[places].weights_begin != weights) return false;
  for (uint32_t i = 0; i < weights; i++) {
    if (prd_model_weight_category(pack->model_weights[i]) >= PRD_MODEL_OUTPUT_COUNT) return false;
  }
  for (uint32_t c = 0; c < PRD_MODEL_OUTPUT_COUNT; c++) {
    const struct prd_image_model_output *output = &pack->model_outputs[c];
    if (!(fabsf(output->scale) <= 1e6F)) return false; // neither a number nor NaN beyond reason
    for (size_t v = 0; v < sizeof output->bias / sizeof *output->bias; v++) {
      if (!(fabsf(output->bias[v]) <= 1e6F)) return false;
    }
  }
  return true;
}

bool prd_pack_check(const struct prd_pack *pack) {
  return check_meta(pack) && check_words(pack) && check_features(pack) && check_lexicon(pack) &&
         check_automaton(pack) && check_rules(pack) && check_model(pack);
}
