// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer target: a built pack with any changes, its checksum put right, is refused or judges safely. The input is a list of
// edits of 7 bytes: how, where (2), what (4); the first byte 0xFF means that the rest is a whole image instead.
#include <stddef.h>

#include "mini_pack.h"
#include "policy/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char text[] =
    "Le chef dit navet, très gros et gras 12, B-312 « navet » www.a.ca 418-555-0142. 12,50 $ homophobie 🎉 "
    "TEST 5412 2816 jean@c.ca va va va va de Roy la boréale's 12 mai 2020";

static void edit(unsigned char *image, size_t image_size, const uint8_t *data, size_t size) {
  for (; size >= 7; data += 7, size -= 7) {
    const size_t place = (size_t)data[1] | (size_t)data[2] << 8;
    if ((data[0] & 1) != 0)
      memcpy(image + place * 4 % (image_size - 3), data + 3, 4);
    else
      image[place % image_size] = data[3];
  }
}

static void judge(const struct prd_pack *pack) {
  struct prd_judge *judge;
  struct prd_arena arena = {0};
  require(prd_judge_new(pack, &judge) == PRD_OK);
  for (size_t venue = 0; venue < PRD_VENUE_COUNT; venue++) {
    const struct prd_context context = {.venue = (enum prd_venue)venue, .account = PRD_ACCOUNT_PERSONAL};
    struct prd_verdict verdict;
    require(prd_judge_text(judge, &arena, text, sizeof text - 1, &context, &verdict) == PRD_OK);
    size_t bytes = 0;
    for (size_t i = 0; i < verdict.count; i++) {
      const struct prd_finding *finding = &verdict.findings[i];
      bytes += strlen(finding->rule_id) + strlen(finding->category) + strlen(finding->message.fr);
      for (size_t c = 0; c < finding->clause_count; c++) bytes += strlen(finding->clauses[c].summary.en);
      for (size_t e = 0; e < finding->evidence_count; e++) bytes += strlen(finding->evidence[e].name);
      require(finding->span_count != 0);
    }
    require(bytes < SIZE_MAX);
    prd_arena_reset(&arena);
  }
  prd_arena_free(&arena);
  prd_judge_free(judge);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const struct prd_built *mini = mini_built();
  const bool whole = size > sizeof(struct prd_image_header) && data[0] == 0xFF;
  const size_t image_size = whole ? (size - 1) / 8 * 8 : mini->size_bytes;
  if (image_size < sizeof(struct prd_image_header)) return 0;
  unsigned char *image = malloc(image_size); // its own block, aligned, its end watched
  require(image != NULL);
  memcpy(image, whole ? data + 1 : mini->bytes, image_size);
  if (!whole) edit(image, image_size, data, size);
  struct prd_image_header *header = (struct prd_image_header *)(void *)image;
  memcpy(header, mini->bytes, offsetof(struct prd_image_header, size_bytes));
  header->size_bytes = image_size;
  const size_t covered = offsetof(struct prd_image_header, sha256);
  header->checksum = prd_image_checksum(image + covered, image_size - covered);
  struct prd_pack *pack;
  if (prd_pack_from_memory(image, image_size, &pack) == PRD_OK) {
    judge(pack);
    prd_pack_free(pack);
  }
  free(image);
  return 0;
}
