// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/source_image.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "policy/own.h"
#include "text/tokens.h"

/// Growing bytes of one section.
struct section {
  unsigned char *bytes;
  size_t size, capacity;
  uint32_t count;
};

struct writer {
  struct prd_arena *arena;
  struct section sections[PRD_SECTION_COUNT];
  bool out_of_memory;
};

static uint32_t append(struct writer *writer, enum prd_image_section which, const void *element, size_t size) {
  struct section *section = &writer->sections[which];
  while (section->capacity - section->size < size && !writer->out_of_memory) {
    const size_t capacity = section->capacity == 0 ? 4096 + size : section->capacity * 2;
    unsigned char *bytes = prd_arena_alloc(writer->arena, capacity);
    if (bytes == NULL) {
      writer->out_of_memory = true;
      return 0;
    }
    if (section->size != 0) memcpy(bytes, section->bytes, section->size);
    section->bytes = bytes;
    section->capacity = capacity;
  }
  if (writer->out_of_memory) return 0;
  memcpy(section->bytes + section->size, element, size);
  section->size += size;
  return section->count++;
}

static uint32_t append_number(struct writer *writer, enum prd_image_section which, uint32_t number) {
  return append(writer, which, &number, sizeof number);
}

/// Offset of a string, which is stored once for each time it is asked for: packs are small.
static uint32_t string(struct writer *writer, const char *text) {
  const uint32_t offset = (uint32_t)writer->sections[PRD_SECTION_STRINGS].size;
  (void)append(writer, PRD_SECTION_STRINGS, text, strlen(text) + 1);
  return offset;
}

static void write_meta(struct writer *writer, const struct prd_source_pack *pack, const struct prd_lexicon *lexicon,
                       const struct prd_pattern_tables *patterns) {
  const char *const strings[] = {
      [PRD_META_ID] = pack->id,
      [PRD_META_VERSION] = pack->version,
      [PRD_META_NAME_FR] = pack->name.fr,
      [PRD_META_NAME_EN] = pack->name.en,
      [PRD_META_SHORT_FR] = pack->short_name.fr,
      [PRD_META_SHORT_EN] = pack->short_name.en,
      [PRD_META_DOCUMENT_FR] = pack->document_title.fr,
      [PRD_META_DOCUMENT_EN] = pack->document_title.en,
      [PRD_META_DOCUMENT_NUMBER] = pack->document_number,
      [PRD_META_DOCUMENT_DATE] = pack->document_date,
      [PRD_META_DOCUMENT_REVIEW_DUE] = pack->document_review_due,
  };
  for (size_t i = 0; i < PRD_META_SERIAL; i++) append_number(writer, PRD_SECTION_META, string(writer, strings[i]));
  append_number(writer, PRD_SECTION_META, pack->serial);
  uint32_t prefix_lengths = 0;
  for (size_t i = 0; i < lexicon->word_count; i++) {
    if (lexicon->words[i].kind == PRD_WORD_PREFIX) prefix_lengths |= 1U << strlen(lexicon->words[i].text);
  }
  append_number(writer, PRD_SECTION_META, prefix_lengths);
  append_number(writer, PRD_SECTION_META, patterns->scan_root);
  append_number(writer, PRD_SECTION_META, lexicon->single_classes_begin);
}

static void write_clauses(struct writer *writer, const struct prd_source_pack *pack) {
  for (size_t i = 0; i < pack->clause_count; i++) {
    const struct prd_source_clause *clause = &pack->clauses[i];
    const struct prd_image_clause image = {string(writer, clause->id), string(writer, clause->title.fr),
                                           string(writer, clause->title.en), string(writer, clause->summary.fr),
                                           string(writer, clause->summary.en)};
    append(writer, PRD_SECTION_CLAUSES, &image, sizeof image);
  }
}

static int by_number(const void *left, const void *right) {
  const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
  return a < b ? -1 : a > b;
}

static void write_words(struct writer *writer, const struct prd_lexicon *lexicon) {
  size_t slot_count = 16;
  while (slot_count < lexicon->word_count * 2) slot_count *= 2;
  uint32_t *slots = prd_arena_array(writer->arena, slot_count, sizeof *slots);
  if (slots == NULL) {
    writer->out_of_memory = true;
    return;
  }
  uint32_t classes = 0;
  for (size_t i = 0; i < lexicon->word_count; i++) {
    const struct prd_lexicon_word *word = &lexicon->words[i];
    const size_t length = strlen(word->text);
    const struct prd_image_word image = {.hash = prd_word_hash(word->text, length),
                                         .text = string(writer, word->text),
                                         .length_bytes = (uint16_t)length,
                                         .kind = word->kind,
                                         .classes_begin = classes,
                                         .classes_count = (uint32_t)word->class_count};
    append(writer, PRD_SECTION_WORDS, &image, sizeof image);
    qsort(word->classes, word->class_count, sizeof *word->classes, by_number); // lexicon.c searches them
    for (size_t c = 0; c < word->class_count; c++) append_number(writer, PRD_SECTION_WORD_CLASSES, word->classes[c]);
    classes += (uint32_t)word->class_count;
    size_t slot = image.hash & (slot_count - 1);
    while (slots[slot] != 0) slot = (slot + 1) & (slot_count - 1);
    slots[slot] = (uint32_t)i + 1;
  }
  for (size_t i = 0; i < slot_count; i++) append_number(writer, PRD_SECTION_WORD_SLOTS, slots[i]);
}

static void write_trie(struct writer *writer, const struct prd_lexicon *lexicon) {
  uint32_t *roots = prd_arena_array(writer->arena, lexicon->class_count, sizeof *roots);
  if (roots == NULL) {
    writer->out_of_memory = true;
    return;
  }
  size_t edge = 0, accept = 0;
  for (; edge < lexicon->edge_count && lexicon->edges[edge].parent == 0; edge++)
    roots[lexicon->edges[edge].class_number] = lexicon->edges[edge].child;
  for (uint32_t i = 0; i < lexicon->class_count; i++) append_number(writer, PRD_SECTION_CLASS_ROOTS, roots[i]);
  for (uint32_t node = 0; node <= lexicon->node_count; node++) { // one more: it ends the runs of the last
    struct prd_image_node image = {.edges_begin = writer->sections[PRD_SECTION_EDGES].count,
                                   .accepts_begin = writer->sections[PRD_SECTION_ACCEPTS].count};
    for (; edge < lexicon->edge_count && lexicon->edges[edge].parent == node; edge++) {
      const struct prd_image_edge written = {lexicon->edges[edge].class_number, lexicon->edges[edge].child};
      append(writer, PRD_SECTION_EDGES, &written, sizeof written);
      if ((written.class_number & PRD_CLASS_GAP) == 0) image.classes |= prd_class_bit(written.class_number);
    }
    append(writer, PRD_SECTION_NODES, &image, sizeof image);
    for (; accept < lexicon->accept_count && lexicon->accepts[accept].node == node; accept++)
      append_number(writer, PRD_SECTION_ACCEPTS, lexicon->accepts[accept].feature);
  }
}

static void write_features(struct writer *writer, const struct prd_source_pack *pack,
                           const struct prd_pattern_tables *patterns) {
  for (size_t i = 0; i < pack->feature_count; i++) {
    const struct prd_source_feature *feature = &pack->features[i];
    const struct prd_image_feature image = {.name = string(writer, feature->name),
                                            .kind = (uint8_t)feature->kind,
                                            .detail = feature->detail,
                                            .unconfirmed = feature->unconfirmed,
                                            .reverse_state = patterns->reverse[i]};
    append(writer, PRD_SECTION_FEATURES, &image, sizeof image);
  }
  for (size_t i = 0; i < patterns->state_count; i++)
    append(writer, PRD_SECTION_STATES, &patterns->states[i], sizeof patterns->states[i]);
  for (size_t i = 0; i < patterns->set_count; i++)
    append(writer, PRD_SECTION_BYTE_SETS, &patterns->sets[i], sizeof patterns->sets[i]);
  for (size_t i = 0; patterns->state_count != 0 && i < 256; i++)
    append(writer, PRD_SECTION_BYTE_CLASSES, &patterns->byte_classes[i], 1);
}

static void write_rules(struct writer *writer, const struct prd_source_pack *pack) {
  for (size_t i = 0; i < pack->rule_count; i++) {
    const struct prd_source_rule *rule = &pack->rules[i];
    const struct prd_image_rule image = {.id = string(writer, rule->id),
                                         .category = string(writer, rule->category),
                                         .severity = (uint8_t)rule->severity,
                                         .state = (uint8_t)rule->state,
                                         .ignore_quoted = rule->ignore_quoted,
                                         .venues = rule->venues,
                                         .accounts = rule->accounts,
                                         .clauses_begin = writer->sections[PRD_SECTION_RULE_CLAUSES].count,
                                         .clauses_count = (uint32_t)rule->clause_count,
                                         .items_begin = writer->sections[PRD_SECTION_ITEMS].count,
                                         .match_count = (uint16_t)rule->match_count,
                                         .near_count = (uint16_t)rule->near_count,
                                         .unless_count = (uint16_t)rule->unless_count,
                                         .doubt = rule->doubt,
                                         .threshold = rule->threshold,
                                         .message_fr = string(writer, rule->message.fr),
                                         .message_en = string(writer, rule->message.en),
                                         .remedy_fr = string(writer, rule->remedy.fr),
                                         .remedy_en = string(writer, rule->remedy.en)};
    append(writer, PRD_SECTION_RULES, &image, sizeof image);
    for (size_t k = 0; k < rule->item_count; k++)
      append(writer, PRD_SECTION_ITEMS, &rule->items[k].image, sizeof rule->items[k].image);
    for (size_t k = 0; k < rule->clause_count; k++) append_number(writer, PRD_SECTION_RULE_CLAUSES, rule->clauses[k]);
  }
}

static void write_own_value(struct writer *writer, const char *kind, const char *value) {
  enum { VALUE_MAX = 320 };
  char normal[VALUE_MAX + 1];
  struct prd_folded folded;
  if (prd_fold_text(writer->arena, value, strlen(value), &folded) != PRD_OK) return;
  const enum prd_identifier_kind compared_as = strcmp(kind, "phones") == 0         ? PRD_IDENTIFIER_PHONE
                                               : strcmp(kind, "postal_codes") == 0 ? PRD_IDENTIFIER_POSTAL_CODE
                                                                                   : PRD_IDENTIFIER_EMAIL;
  if (!prd_own_normalise(compared_as, folded.bytes, folded.length_bytes, normal + 1, sizeof normal - 1)) return;
  const char *stored = normal + 1;
  if (strcmp(kind, "domains") == 0) {
    normal[0] = '@'; // see own.c
    stored = normal;
  }
  append_number(writer, PRD_SECTION_OWN, string(writer, stored));
}

static void write_own(struct writer *writer, const struct prd_source_pack *pack) {
  for (size_t i = 0; pack->own != NULL && i < pack->own->count; i++) {
    const struct prd_node *list = &pack->own->children[i];
    for (size_t k = 0; k < list->count; k++) write_own_value(writer, list->key, list->children[k].text);
  }
}

static void write_model(struct writer *writer, const struct prd_source_pack *pack,
                        const struct prd_model_tables *model) {
  struct prd_image_model_output room[PRD_MODEL_OUTPUT_COUNT];
  const struct prd_image_model_output *outputs = prd_model_outputs_for(model, pack->id, room);
  for (size_t c = 0; c < PRD_MODEL_OUTPUT_COUNT; c++)
    append(writer, PRD_SECTION_MODEL_OUTPUTS, &outputs[c], sizeof outputs[c]);
  for (uint32_t i = 0; i < model->slot_count; i++)
    append(writer, PRD_SECTION_MODEL_SLOTS, &model->slots[i], sizeof model->slots[i]);
  for (uint32_t i = 0; i < model->weight_count; i++)
    append(writer, PRD_SECTION_MODEL_WEIGHTS, &model->weights[i], sizeof model->weights[i]);
}

/// Characters without a NUL at the end: what is shown is sent on as it is.
static void write_about(struct writer *writer, const struct prd_source_pack *pack) {
  for (const char *at = pack->about; at != NULL && *at != '\0'; at++) append(writer, PRD_SECTION_ABOUT, at, 1);
}

static size_t aligned(size_t size) {
  return (size + 7) / 8 * 8;
}

static enum prd_error lay_out(const struct writer *writer, void **bytes, size_t *size_bytes) {
  static_assert(offsetof(struct prd_image_header, sha256) % 8 == 0, "the checksum reads whole words");
  size_t size = aligned(sizeof(struct prd_image_header));
  for (size_t i = 0; i < PRD_SECTION_COUNT; i++) size += aligned(writer->sections[i].size);
  if (size > PRD_IMAGE_MAX_BYTES) return PRD_ERROR_TOO_LARGE;
  unsigned char *image = calloc(1, size);
  if (image == NULL) return PRD_ERROR_MEMORY;
  struct prd_image_header *header = (struct prd_image_header *)image;
  memcpy(header->magic, PRD_IMAGE_MAGIC, sizeof header->magic);
  header->format = PRD_IMAGE_FORMAT;
  header->byte_order = PRD_IMAGE_BYTE_ORDER;
  header->size_bytes = size;
  size_t offset = aligned(sizeof *header);
  for (size_t i = 0; i < PRD_SECTION_COUNT; i++) {
    const struct section *section = &writer->sections[i];
    header->sections[i] = (struct prd_image_section_entry){
        (uint32_t)offset, i == PRD_SECTION_STRINGS ? (uint32_t)section->size : section->count};
    if (section->size != 0) memcpy(image + offset, section->bytes, section->size);
    offset += aligned(section->size);
  }
  const size_t covered = offsetof(struct prd_image_header, sections);
  crypto_hash_sha256(header->sha256, image + covered, size - covered);
  const size_t checked = offsetof(struct prd_image_header, sha256);
  header->checksum = prd_image_checksum(image + checked, size - checked);
  *bytes = image;
  *size_bytes = size;
  return PRD_OK;
}

enum prd_error prd_image_write(const struct prd_source_pack *pack, const struct prd_lexicon *lexicon,
                               const struct prd_pattern_tables *patterns, const struct prd_model_tables *model,
                               struct prd_arena *arena, void **bytes, size_t *size_bytes) {
  struct writer writer = {.arena = arena};
  write_meta(&writer, pack, lexicon, patterns);
  write_clauses(&writer, pack);
  write_words(&writer, lexicon);
  write_trie(&writer, lexicon);
  write_features(&writer, pack, patterns);
  write_rules(&writer, pack);
  write_own(&writer, pack);
  write_about(&writer, pack);
  if (model != NULL) write_model(&writer, pack, model);
  return writer.out_of_memory ? PRD_ERROR_MEMORY : lay_out(&writer, bytes, size_bytes);
}
