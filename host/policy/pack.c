// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "policy/pack_check.h"
#include "policy/pack_view.h"

static const size_t element_bytes[PRD_SECTION_COUNT] = {
    [PRD_SECTION_STRINGS] = 1,
    [PRD_SECTION_META] = sizeof(uint32_t),
    [PRD_SECTION_CLAUSES] = sizeof(struct prd_image_clause),
    [PRD_SECTION_WORDS] = sizeof(struct prd_image_word),
    [PRD_SECTION_WORD_SLOTS] = sizeof(uint32_t),
    [PRD_SECTION_WORD_CLASSES] = sizeof(uint32_t),
    [PRD_SECTION_CLASS_ROOTS] = sizeof(uint32_t),
    [PRD_SECTION_NODES] = sizeof(struct prd_image_node),
    [PRD_SECTION_EDGES] = sizeof(struct prd_image_edge),
    [PRD_SECTION_ACCEPTS] = sizeof(uint32_t),
    [PRD_SECTION_FEATURES] = sizeof(struct prd_image_feature),
    [PRD_SECTION_RULES] = sizeof(struct prd_image_rule),
    [PRD_SECTION_ITEMS] = sizeof(struct prd_image_item),
    [PRD_SECTION_RULE_CLAUSES] = sizeof(uint32_t),
    [PRD_SECTION_STATES] = sizeof(struct prd_image_state),
    [PRD_SECTION_BYTE_SETS] = sizeof(struct prd_image_byte_set),
    [PRD_SECTION_BYTE_CLASSES] = 1,
    [PRD_SECTION_OWN] = sizeof(uint32_t),
    [PRD_SECTION_MODEL_SLOTS] = sizeof(struct prd_image_model_slot),
    [PRD_SECTION_MODEL_WEIGHTS] = sizeof(prd_image_model_weight),
    [PRD_SECTION_MODEL_OUTPUTS] = sizeof(struct prd_image_model_output),
    [PRD_SECTION_ABOUT] = 1,
};

static enum prd_error check_header(const struct prd_image_header *header, size_t size_bytes) {
  if (size_bytes < sizeof *header) return PRD_ERROR_CORRUPT;
  if (memcmp(header->magic, PRD_IMAGE_MAGIC, sizeof header->magic) != 0) return PRD_ERROR_CORRUPT;
  if (header->format != PRD_IMAGE_FORMAT || header->byte_order != PRD_IMAGE_BYTE_ORDER) return PRD_ERROR_CORRUPT;
  if (header->size_bytes != size_bytes) return PRD_ERROR_CORRUPT;
  for (size_t i = 0; i < PRD_SECTION_COUNT; i++) {
    const struct prd_image_section_entry *entry = &header->sections[i];
    if (entry->offset_bytes % 8 != 0 || entry->offset_bytes < sizeof *header || entry->offset_bytes > size_bytes)
      return PRD_ERROR_CORRUPT;
    if (entry->count > (size_bytes - entry->offset_bytes) / element_bytes[i]) return PRD_ERROR_CORRUPT;
  }
  // A pack whose bytes are not those that were built is refused as a whole: a flipped bit must not change a rule.
  const size_t covered = offsetof(struct prd_image_header, sha256);
  if (size_bytes % 8 != 0 ||
      prd_image_checksum((const char *)header + covered, size_bytes - covered) != header->checksum)
    return PRD_ERROR_CORRUPT;
  return PRD_OK;
}

static void attach_sections(struct prd_pack *pack, const struct prd_image_header *header) {
  const void *at[PRD_SECTION_COUNT];
  for (size_t i = 0; i < PRD_SECTION_COUNT; i++) {
    at[i] = (const char *)pack->bytes + header->sections[i].offset_bytes;
    pack->counts[i] = header->sections[i].count;
  }
  pack->strings = at[PRD_SECTION_STRINGS];
  pack->meta = at[PRD_SECTION_META];
  pack->clauses = at[PRD_SECTION_CLAUSES];
  pack->words = at[PRD_SECTION_WORDS];
  pack->word_slots = at[PRD_SECTION_WORD_SLOTS];
  pack->word_classes = at[PRD_SECTION_WORD_CLASSES];
  pack->class_roots = at[PRD_SECTION_CLASS_ROOTS];
  pack->nodes = at[PRD_SECTION_NODES];
  pack->edges = at[PRD_SECTION_EDGES];
  pack->accepts = at[PRD_SECTION_ACCEPTS];
  pack->features = at[PRD_SECTION_FEATURES];
  pack->rules = at[PRD_SECTION_RULES];
  pack->items = at[PRD_SECTION_ITEMS];
  pack->rule_clauses = at[PRD_SECTION_RULE_CLAUSES];
  pack->states = at[PRD_SECTION_STATES];
  pack->byte_sets = at[PRD_SECTION_BYTE_SETS];
  pack->byte_classes = at[PRD_SECTION_BYTE_CLASSES];
  pack->own = at[PRD_SECTION_OWN];
  pack->model_slots = at[PRD_SECTION_MODEL_SLOTS];
  pack->model_weights = at[PRD_SECTION_MODEL_WEIGHTS];
  pack->model_outputs = at[PRD_SECTION_MODEL_OUTPUTS];
  pack->about = at[PRD_SECTION_ABOUT];
}

static struct prd_bilingual meta_pair(const struct prd_pack *pack, enum prd_image_meta fr, enum prd_image_meta en) {
  return (struct prd_bilingual){prd_pack_string(pack, pack->meta[fr]), prd_pack_string(pack, pack->meta[en])};
}

static void fill_identity(struct prd_pack *pack, const struct prd_image_header *header) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < PRD_IMAGE_HASH_BYTES; i++) {
    pack->hash_text[2 * i] = digits[header->sha256[i] >> 4];
    pack->hash_text[2 * i + 1] = digits[header->sha256[i] & 15];
  }
  struct prd_pack_identity *identity = &pack->identity;
  identity->id = prd_pack_string(pack, pack->meta[PRD_META_ID]);
  identity->version = prd_pack_string(pack, pack->meta[PRD_META_VERSION]);
  identity->serial = pack->meta[PRD_META_SERIAL];
  identity->hash = pack->hash_text;
  identity->institution = meta_pair(pack, PRD_META_NAME_FR, PRD_META_NAME_EN);
  identity->institution_short = meta_pair(pack, PRD_META_SHORT_FR, PRD_META_SHORT_EN);
  identity->document = meta_pair(pack, PRD_META_DOCUMENT_FR, PRD_META_DOCUMENT_EN);
  identity->document_number = prd_pack_string(pack, pack->meta[PRD_META_DOCUMENT_NUMBER]);
  identity->document_date = prd_pack_string(pack, pack->meta[PRD_META_DOCUMENT_DATE]);
  identity->document_review_due = prd_pack_string(pack, pack->meta[PRD_META_DOCUMENT_REVIEW_DUE]);
}

enum prd_error prd_pack_from_memory(const void *bytes, size_t size_bytes, struct prd_pack **out) {
  *out = NULL;
  const struct prd_image_header *header = bytes;
  enum prd_error error = check_header(header, size_bytes);
  if (error != PRD_OK) return error;
  struct prd_pack *pack = calloc(1, sizeof *pack);
  if (pack == NULL) return PRD_ERROR_MEMORY;
  pack->bytes = bytes;
  pack->size_bytes = size_bytes;
  attach_sections(pack, header);
  if (!prd_pack_check(pack)) {
    free(pack);
    return PRD_ERROR_CORRUPT;
  }
  fill_identity(pack, header);
  *out = pack;
  return PRD_OK;
}

enum prd_error prd_pack_map(const char *path, struct prd_pack **out) {
  *out = NULL;
  int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return errno == ENOENT || errno == ENOTDIR ? PRD_ERROR_NOT_FOUND : PRD_ERROR_IO;
  struct stat status;
  void *bytes = MAP_FAILED;
  enum prd_error error = PRD_OK;
  if (fstat(descriptor, &status) != 0) {
    error = PRD_ERROR_IO;
  } else if (!S_ISREG(status.st_mode) || status.st_size < (off_t)sizeof(struct prd_image_header) ||
             status.st_size > PRD_IMAGE_MAX_BYTES) {
    error = PRD_ERROR_CORRUPT;
  } else {
    bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (bytes == MAP_FAILED) error = PRD_ERROR_IO;
  }
  close(descriptor);
  if (error != PRD_OK) return error;
  error = prd_pack_from_memory(bytes, (size_t)status.st_size, out);
  if (error != PRD_OK) {
    munmap(bytes, (size_t)status.st_size);
    return error;
  }
  (*out)->mapped = true;
  return PRD_OK;
}

void prd_pack_free(struct prd_pack *pack) {
  if (pack == NULL) return;
  if (pack->mapped) munmap((void *)(uintptr_t)pack->bytes, pack->size_bytes);
  free(pack);
}

const struct prd_pack_identity *prd_pack_identity(const struct prd_pack *pack) {
  return &pack->identity;
}

struct prd_clause prd_pack_clause(const struct prd_pack *pack, uint32_t index) {
  const struct prd_image_clause *clause = &pack->clauses[index];
  return (struct prd_clause){
      .id = prd_pack_string(pack, clause->id),
      .title = {prd_pack_string(pack, clause->title_fr), prd_pack_string(pack, clause->title_en)},
      .summary = {prd_pack_string(pack, clause->summary_fr), prd_pack_string(pack, clause->summary_en)},
  };
}

size_t prd_pack_clause_count(const struct prd_pack *pack) {
  return pack->counts[PRD_SECTION_CLAUSES];
}

const char *prd_pack_about(const struct prd_pack *pack, size_t *length_bytes) {
  *length_bytes = pack->counts[PRD_SECTION_ABOUT];
  return pack->about;
}

static const struct prd_image_rule *find_rule(const struct prd_pack *pack, const char *rule_id) {
  for (uint32_t i = 0; i < pack->counts[PRD_SECTION_RULES]; i++) {
    if (strcmp(prd_pack_string(pack, pack->rules[i].id), rule_id) == 0) return &pack->rules[i];
  }
  return NULL;
}

enum prd_error prd_pack_find_rule(const struct prd_pack *pack, const char *rule_id, struct prd_rule_facts *out) {
  const struct prd_image_rule *rule = find_rule(pack, rule_id);
  if (rule == NULL) return PRD_ERROR_NOT_FOUND;
  *out = (struct prd_rule_facts){prd_pack_string(pack, rule->id), prd_pack_string(pack, rule->category),
                                 (enum prd_severity)rule->severity, rule->clauses_count};
  return PRD_OK;
}

bool prd_pack_rule_clause(const struct prd_pack *pack, const char *rule_id, size_t index, struct prd_clause *out) {
  const struct prd_image_rule *rule = find_rule(pack, rule_id);
  if (rule == NULL || index >= rule->clauses_count) return false;
  *out = prd_pack_clause(pack, pack->rule_clauses[rule->clauses_begin + index]);
  return true;
}
