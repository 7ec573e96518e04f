// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/model_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/read_file.h"
#include "policy/build.h"

#define MODEL_MAGIC "PRUDMODL"
enum { MODEL_FORMAT = 1, MODEL_MAX_BYTES = 16 * 1024 * 1024, VENUES_OF_OUTPUT = 8 };

struct header {
  char magic[8];
  uint32_t format, byte_order;
  uint64_t checksum; ///< prd_image_checksum of everything after this member
  uint32_t slot_count, weight_count, institution_count, unused;
  char institutions[PRD_MODEL_INSTITUTIONS_MAX][PRD_MODEL_NAME_BYTES];
  struct prd_image_model_output outputs[PRD_MODEL_INSTITUTIONS_MAX][PRD_MODEL_OUTPUT_COUNT];
};

static size_t aligned(size_t size) {
  return (size + 7) / 8 * 8;
}

static size_t file_size(uint32_t slots, uint32_t weights) {
  return aligned(sizeof(struct header)) + aligned(slots * sizeof(struct prd_image_model_slot)) +
         aligned(weights * sizeof(prd_image_model_weight));
}

static uint64_t checksum(const struct header *header, size_t size) {
  const size_t covered = offsetof(struct header, slot_count);
  return prd_image_checksum((const char *)header + covered, size - covered);
}

enum prd_error prd_model_file_write(struct prd_arena *arena, const char *path, const struct prd_model_tables *tables) {
  const size_t size = file_size(tables->slot_count, tables->weight_count);
  struct header *header = prd_arena_alloc(arena, size);
  if (header == NULL) return PRD_ERROR_MEMORY;
  memcpy(header->magic, MODEL_MAGIC, sizeof header->magic);
  header->format = MODEL_FORMAT;
  header->byte_order = PRD_IMAGE_BYTE_ORDER;
  header->slot_count = tables->slot_count;
  header->weight_count = tables->weight_count;
  header->institution_count = tables->institution_count;
  memcpy(header->institutions, tables->institutions, sizeof header->institutions);
  memcpy(header->outputs, tables->outputs, sizeof header->outputs);
  char *at = (char *)header + aligned(sizeof *header);
  memcpy(at, tables->slots, tables->slot_count * sizeof *tables->slots);
  at += aligned(tables->slot_count * sizeof *tables->slots);
  memcpy(at, tables->weights, tables->weight_count * sizeof *tables->weights);
  header->checksum = checksum(header, size);
  const struct prd_built file = {.bytes = header, .size_bytes = size};
  return prd_built_write(&file, path);
}

enum prd_error prd_model_file_read(struct prd_arena *arena, const char *path, struct prd_model_tables *out) {
  char *bytes;
  size_t size;
  enum prd_error error = prd_read_file(arena, path, MODEL_MAX_BYTES, &bytes, &size);
  if (error != PRD_OK) return error == PRD_ERROR_TOO_LARGE ? PRD_ERROR_CORRUPT : error;
  const struct header *header = (const struct header *)bytes;
  if (size < sizeof *header || memcmp(header->magic, MODEL_MAGIC, sizeof header->magic) != 0 ||
      header->format != MODEL_FORMAT || header->byte_order != PRD_IMAGE_BYTE_ORDER ||
      header->slot_count > MODEL_MAX_BYTES || header->weight_count > MODEL_MAX_BYTES ||
      size != file_size(header->slot_count, header->weight_count) || checksum(header, size) != header->checksum ||
      header->institution_count == 0 || header->institution_count > PRD_MODEL_INSTITUTIONS_MAX)
    return PRD_ERROR_CORRUPT;
  const char *at = bytes + aligned(sizeof *header);
  out->slots = (const struct prd_image_model_slot *)at;
  out->weights =
      (const prd_image_model_weight *)(at + aligned(header->slot_count * sizeof(struct prd_image_model_slot)));
  out->slot_count = header->slot_count;
  out->weight_count = header->weight_count;
  out->institution_count = header->institution_count;
  memcpy(out->institutions, header->institutions, sizeof out->institutions);
  memcpy(out->outputs, header->outputs, sizeof out->outputs);
  return PRD_OK;
}

const struct prd_image_model_output *prd_model_outputs_for(const struct prd_model_tables *tables,
                                                           const char *institution,
                                                           struct prd_image_model_output room[PRD_MODEL_OUTPUT_COUNT]) {
  for (uint32_t i = 0; i < tables->institution_count; i++) {
    if (strcmp(tables->institutions[i], institution) == 0) return tables->outputs[i];
  }
  for (size_t c = 0; c < PRD_MODEL_OUTPUT_COUNT; c++) {
    room[c] = (struct prd_image_model_output){.scale = tables->outputs[0][c].scale};
    float known = 0;
    for (uint32_t i = 0; i < tables->institution_count; i++) {
      if (tables->outputs[i][c].known == 0) continue;
      known++;
      for (size_t v = 0; v < VENUES_OF_OUTPUT; v++) room[c].bias[v] += tables->outputs[i][c].bias[v];
    }
    room[c].known = known != 0;
    for (size_t v = 0; v < VENUES_OF_OUTPUT && known != 0; v++) room[c].bias[v] /= known;
  }
  return room;
}
