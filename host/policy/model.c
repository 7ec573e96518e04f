// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/model.h"

#include <math.h>
#include <string.h>

#include "policy/model_grams.h"
#include "policy/reading.h"

enum { AHEAD = 12 };

/// Weights of one gram; `*end` is `*begin` when the model does not know it.
static void weights_of(const struct prd_pack *pack, uint32_t hash, uint32_t *begin, uint32_t *end) {
  const uint32_t mask = pack->counts[PRD_SECTION_MODEL_SLOTS] - 2; // one slot only ends the others
  *begin = *end = 0;
  for (uint32_t slot = hash & mask; pack->model_slots[slot].hash != 0; slot = (slot + 1) & mask) {
    if (pack->model_slots[slot].hash != hash) continue;
    *begin = pack->model_slots[slot].weights_begin;
    *end = pack->model_slots[slot + 1].weights_begin;
    return;
  }
}

static double odds_of(const struct prd_pack *pack, const double *sums, size_t number, enum prd_venue venue) {
  const struct prd_image_model_output *output = &pack->model_outputs[number];
  return (double)output->bias[venue] + (double)output->scale * sums[number];
}

enum prd_error prd_model_read(const struct prd_pack *pack, struct prd_arena *arena, enum prd_venue venue,
                              struct prd_reading *reading) {
  struct prd_model_reading *out = &reading->model;
  *out = (struct prd_model_reading){0};
  if (pack->counts[PRD_SECTION_MODEL_SLOTS] == 0) return PRD_OK;
  struct prd_model_grams *grams = prd_arena_alloc(arena, sizeof *grams);
  if (grams == NULL) return PRD_ERROR_MEMORY;
  enum prd_error error = prd_model_grams(arena, pack, reading, grams);
  if (error != PRD_OK) return error;
  const uint32_t mask = pack->counts[PRD_SECTION_MODEL_SLOTS] - 2;
  double sums[PRD_MODEL_OUTPUT_COUNT] = {0};
  for (size_t group = 0; group < PRD_GRAM_GROUP_COUNT; group++) {
    int32_t units[PRD_MODEL_OUTPUT_COUNT] = {0}; // 20,000 bytes hold no more than 300,000 grams of 1023 units
    for (size_t i = 0; i < grams->count[group]; i++) {
      uint32_t begin, end;
      // The table is larger than the nearest caches: slots are asked for before their turn comes.
      if (i + AHEAD < grams->count[group])
        __builtin_prefetch(&pack->model_slots[grams->items[group][i + AHEAD].hash & mask]);
      for (weights_of(pack, grams->items[group][i].hash, &begin, &end); begin < end; begin++)
        units[prd_model_weight_category(pack->model_weights[begin])] +=
            prd_model_weight_units(pack->model_weights[begin]);
    }
    const double norm = grams->count[group] == 0 ? 1 : sqrt((double)grams->count[group]);
    for (size_t c = 0; c < PRD_MODEL_OUTPUT_COUNT; c++) sums[c] += (double)units[c] / norm;
  }
  const double any = odds_of(pack, sums, PRD_CATEGORY_ANY, venue);
  double odds[PRD_CATEGORY_COUNT];
  size_t likeliest = PRD_CATEGORY_COUNT;
  for (size_t c = 0; c < PRD_CATEGORY_COUNT; c++) {
    if (pack->model_outputs[c].known == 0) continue;
    odds[c] = odds_of(pack, sums, c, venue);
    out->percent[c] = (int32_t)(100 / (1 + exp(-any - odds[c])));
    out->named[c] = odds[c] >= 0;
    if (likeliest == PRD_CATEGORY_COUNT || odds[c] > odds[likeliest]) likeliest = c;
  }
  if (likeliest != PRD_CATEGORY_COUNT) out->named[likeliest] = true;
  out->grams = grams;
  return PRD_OK;
}

/// What one gram adds for a category, in log-odds before the norm of its group.
static float odds_for(const struct prd_pack *pack, uint32_t hash, size_t category) {
  uint32_t begin, end;
  float odds = 0;
  for (weights_of(pack, hash, &begin, &end); begin < end; begin++) {
    const size_t number = prd_model_weight_category(pack->model_weights[begin]);
    if (number == category || number == PRD_CATEGORY_ANY)
      odds += (float)prd_model_weight_units(pack->model_weights[begin]) * pack->model_outputs[number].scale;
  }
  return odds;
}

size_t prd_model_strongest(const struct prd_pack *pack, const struct prd_reading *reading, size_t category,
                           struct prd_model_word words[PRD_MODEL_WORDS_SHOWN]) {
  const struct prd_model_grams *grams = reading->model.grams;
  if (grams == NULL) return 0;
  size_t count = 0;
  const float norm = sqrtf((float)(grams->count[PRD_GRAM_WORDS] + 1));
  // Each word is told with what its own grams add; the parts of a word are grouped by their token.
  for (size_t i = 0; i < grams->count[PRD_GRAM_WORDS];) {
    const uint32_t token = grams->items[PRD_GRAM_WORDS][i].begin_token;
    float odds = 0;
    for (; i < grams->count[PRD_GRAM_WORDS] && grams->items[PRD_GRAM_WORDS][i].begin_token == token; i++)
      odds += odds_for(pack, grams->items[PRD_GRAM_WORDS][i].hash, category);
    if (odds <= 0 ||
        reading->tokens.items[token].end_byte - reading->tokens.items[token].begin_byte < PRD_MODEL_WORD_BYTES)
      continue;
    const struct prd_model_word word = {token, token + 1, odds / norm};
    size_t place = count;
    while (place > 0 && words[place - 1].weight < word.weight) place--;
    if (place == PRD_MODEL_WORDS_SHOWN) continue;
    if (count < PRD_MODEL_WORDS_SHOWN) count++;
    memmove(&words[place + 1], &words[place], (count - place - 1) * sizeof *words);
    words[place] = word;
  }
  return count;
}
