// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer target: any bytes as pack.json. Either there are problems, each with its place and both texts, or there is a pack that
// judges. A short input is replaced by the mini pack, so that mutations begin where they reach everything.
#include "mini_pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
  if (size < 64 && max_size >= sizeof mini_pack && seed % 8 != 0) {
    mini_pack_json((char *)data);
    size = sizeof mini_pack - 1;
  }
  return LLVMFuzzerMutate(data, size, max_size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct prd_arena arena = {0};
  struct prd_problems problems = {.arena = &arena};
  struct prd_built built;
  const enum prd_error error = prd_pack_build(private_file(data, size), true, &problems, &built);
  require(error == PRD_OK || error == PRD_ERROR_INVALID);
  require((error == PRD_OK) == (problems.error_count == 0) && (error == PRD_OK) == (built.pack != NULL));
  for (size_t i = 0; i < problems.count; i++)
    require(*problems.items[i].text.fr != '\0' && *problems.items[i].text.en != '\0' && problems.items[i].file != NULL);
  if (error == PRD_OK) {
    static const char text[] = "Le chef dit navet, très gros et 12, B-312 418-555-0142. 12,50 $ homophobie";
    struct prd_judge *judge;
    struct prd_verdict verdict;
    const struct prd_context context = {PRD_VENUE_OFFICIAL_PAGE, PRD_ACCOUNT_OFFICIAL};
    require(prd_judge_new(built.pack, &judge) == PRD_OK);
    require(prd_judge_text(judge, &arena, text, sizeof text - 1, &context, &verdict) == PRD_OK);
    prd_judge_free(judge);
  }
  prd_built_free(&built);
  prd_arena_free(&arena);
  return 0;
}
