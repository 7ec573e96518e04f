// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer target: a changed mini pack, or any bytes, as pack.json. Either there are problems, each with both texts, or there is a
// pack that judges. The input is a list of edits (where, 2 bytes; bytes deleted; bytes inserted; those bytes); when it begins with an
// opening brace it is the file itself.
#include "mini_pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SOURCE_MAX = 16 * 1024 };

/// Applies the edits to the mini pack; returns its new size.
static size_t edit(char *json, const uint8_t *data, size_t size) {
  mini_pack_json(json);
  size_t length = sizeof mini_pack - 1;
  while (size >= 4) {
    const size_t place = ((size_t)data[0] | (size_t)data[1] << 8) % (length + 1);
    const size_t deleted = data[2] % 64 < length - place ? data[2] % 64 : length - place;
    size_t inserted = data[3] % 64;
    data += 4;
    size -= 4;
    if (inserted > size) inserted = size;
    if (length + inserted > SOURCE_MAX) break;
    memmove(json + place + inserted, json + place + deleted, length - place - deleted);
    memcpy(json + place, data, inserted);
    length += inserted - deleted;
    data += inserted;
    size -= inserted;
  }
  return length;
}

static enum prd_error build(const uint8_t *data, size_t size, struct prd_problems *problems, struct prd_built *out) {
  static char json[SOURCE_MAX];
  if (size != 0 && data[0] == '{') return prd_pack_build(private_file(data, size), true, problems, out);
  return prd_pack_build(private_file(json, edit(json, data, size)), true, problems, out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct prd_arena arena = {0};
  struct prd_problems problems = {.arena = &arena};
  struct prd_built built;
  const enum prd_error error = build(data, size, &problems, &built);
  require(error == PRD_OK || error == PRD_ERROR_INVALID);
  require((error == PRD_OK) == (problems.error_count == 0) && (error == PRD_OK) == (built.pack != NULL));
  for (size_t i = 0; i < problems.count; i++)
    require(*problems.items[i].text.fr != '\0' && *problems.items[i].text.en != '\0' && problems.items[i].file != NULL);
  if (error == PRD_OK) {
    static const char text[] = "Le chef dit navet, très gros et 12, B-312 418-555-0142. 12,50 $ homophobie";
    struct prd_judge *judge;
    struct prd_verdict verdict;
    const struct prd_context context = {.venue = PRD_VENUE_OFFICIAL_PAGE, .account = PRD_ACCOUNT_OFFICIAL};
    require(prd_judge_new(built.pack, &judge) == PRD_OK);
    require(prd_judge_text(judge, &arena, text, sizeof text - 1, &context, &verdict) == PRD_OK);
    prd_judge_free(judge);
  }
  prd_built_free(&built);
  prd_arena_free(&arena);
  return 0;
}
