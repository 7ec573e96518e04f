// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/model_train.h"

#include <linear.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "policy/judge_rule.h"
#include "policy/model_grams.h"
#include "policy/pack_view.h"
#include "policy/reading.h"

enum {
  OCCURRENCES_NEEDED = 2, // posts that hold a gram before it is learnt
  POSITIVES_NEEDED = 8,   // posts that break a category before it is learnt
  CONTEXTS = 4,           // of a post: see contexts_of
  CONTEXTS_MAX = 1 + PRD_VENUE_COUNT + PRD_MODEL_INSTITUTIONS_MAX * (PRD_VENUE_COUNT + 1),
  WEIGHTS_MAX = 250000, // of a built model: with its slots about 1.5 MB
  SLOTS_FULL_PERCENT = 80,
  HISTOGRAM = PRD_MODEL_WEIGHT_MAX + 1
};

// Chosen on the project's own corpus by the set that training does not see (docs/BENCHMARKS.md).
static const double CONTEXT_VALUE = 0.3, TOLERANCE = 0.02;
static const struct {
  double regularisation, weight_of_positive;
} settings[] = {{30, 3}, {10, 1}}; // of a category, of "any"

/// One gram that some post holds.
struct entry {
  uint32_t hash;   // 0: empty place
  uint32_t posts;  // how many hold it
  uint32_t last;   // number + 1 of the last post that counted
  uint32_t number; // 1-based feature of liblinear; 0: too rare
};

struct vocabulary {
  struct entry *places; // a power of two, at most half full
  size_t place_count, used, numbered;
};

struct trainer {
  const struct prd_pack *const *packs;
  const struct prd_labelled_post *posts;
  size_t post_count, institution_count;
  struct vocabulary vocabulary;
  struct feature_node **rows; // one a post, ended by index -1
  bool failed;
};

static struct entry *place_of(const struct vocabulary *vocabulary, uint32_t hash) {
  size_t place = hash & (vocabulary->place_count - 1);
  while (vocabulary->places[place].hash != 0 && vocabulary->places[place].hash != hash)
    place = (place + 1) & (vocabulary->place_count - 1);
  return &vocabulary->places[place];
}

static bool grow(struct vocabulary *vocabulary) {
  struct vocabulary larger = {.place_count = vocabulary->place_count == 0 ? 1 << 16 : vocabulary->place_count * 2,
                              .used = vocabulary->used};
  larger.places = calloc(larger.place_count, sizeof *larger.places);
  if (larger.places == NULL) return false;
  for (size_t i = 0; i < vocabulary->place_count; i++) {
    if (vocabulary->places[i].hash != 0) *place_of(&larger, vocabulary->places[i].hash) = vocabulary->places[i];
  }
  free(vocabulary->places);
  *vocabulary = larger;
  return true;
}

static bool count_gram(struct vocabulary *vocabulary, uint32_t hash, uint32_t post) {
  if (vocabulary->used * 2 >= vocabulary->place_count && !grow(vocabulary)) return false;
  struct entry *entry = place_of(vocabulary, hash);
  if (entry->hash == 0) {
    entry->hash = hash;
    vocabulary->used++;
  }
  if (entry->last != post + 1) entry->posts++;
  entry->last = post + 1;
  return true;
}

/// Features of the context: the venue, the institution, both, and one that every post has. Numbers behind those of the grams.
static void contexts_of(const struct trainer *trainer, size_t institution, enum prd_venue venue,
                        int numbers[CONTEXTS]) {
  const int first = (int)trainer->vocabulary.numbered + 1;
  numbers[3] = first + CONTEXTS_MAX - 1;
  numbers[0] = first + (int)venue;
  numbers[1] = first + PRD_VENUE_COUNT + (int)institution;
  numbers[2] = first + PRD_VENUE_COUNT + PRD_MODEL_INSTITUTIONS_MAX + (int)institution * PRD_VENUE_COUNT + (int)venue;
}

static int by_index(const void *left, const void *right) {
  const struct feature_node *a = left, *b = right;
  return a->index < b->index ? -1 : a->index > b->index;
}

/// Orders nodes and adds up those of one index.
static size_t join_nodes(struct feature_node *nodes, size_t count) {
  qsort(nodes, count, sizeof *nodes, by_index);
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    if (kept != 0 && nodes[kept - 1].index == nodes[i].index)
      nodes[kept - 1].value += nodes[i].value;
    else
      nodes[kept++] = nodes[i];
  }
  return kept;
}

static struct feature_node *row_of(const struct trainer *trainer, const struct prd_labelled_post *post,
                                   const struct prd_model_grams *grams) {
  size_t room = CONTEXTS + 1;
  for (size_t group = 0; group < PRD_GRAM_GROUP_COUNT; group++) room += grams->count[group];
  struct feature_node *nodes = malloc(room * sizeof *nodes);
  if (nodes == NULL) return NULL;
  size_t count = 0;
  for (size_t group = 0; group < PRD_GRAM_GROUP_COUNT; group++) {
    const double value = grams->count[group] == 0 ? 0 : 1 / sqrt((double)grams->count[group]);
    for (size_t i = 0; i < grams->count[group]; i++) {
      const uint32_t number = place_of(&trainer->vocabulary, grams->items[group][i].hash)->number;
      if (number != 0) nodes[count++] = (struct feature_node){(int)number, value};
    }
  }
  int contexts[CONTEXTS];
  contexts_of(trainer, post->institution, post->venue, contexts);
  for (size_t i = 0; i < CONTEXTS; i++) nodes[count++] = (struct feature_node){contexts[i], CONTEXT_VALUE};
  count = join_nodes(nodes, count);
  nodes[count] = (struct feature_node){-1, 0};
  return nodes;
}

/// Calls `use` with the grams of each post, twice over the whole of training: counting, then making rows.
static bool each_post(struct trainer *trainer, struct prd_judge *const *judges,
                      bool (*use)(struct trainer *trainer, size_t post, const struct prd_model_grams *grams)) {
  for (size_t i = 0; i < trainer->post_count; i++) {
    const struct prd_labelled_post *post = &trainer->posts[i];
    struct prd_arena arena = {0};
    struct prd_reading *reading;
    struct prd_model_grams grams;
    bool complete = true;
    bool right = prd_judge_read(judges[post->institution], &arena, post->text, strlen(post->text), post->venue,
                                &reading, &complete) == PRD_OK &&
                 prd_model_grams(&arena, trainer->packs[post->institution], reading, &grams) == PRD_OK;
    right = right && use(trainer, i, &grams);
    prd_arena_free(&arena);
    if (!right) return false;
  }
  return true;
}

static bool count_post(struct trainer *trainer, size_t post, const struct prd_model_grams *grams) {
  for (size_t group = 0; group < PRD_GRAM_GROUP_COUNT; group++) {
    for (size_t i = 0; i < grams->count[group]; i++) {
      if (!count_gram(&trainer->vocabulary, grams->items[group][i].hash, (uint32_t)post)) return false;
    }
  }
  return true;
}

static bool make_row(struct trainer *trainer, size_t post, const struct prd_model_grams *grams) {
  trainer->rows[post] = row_of(trainer, &trainer->posts[post], grams);
  return trainer->rows[post] != NULL;
}

static void number_grams(struct vocabulary *vocabulary) {
  for (size_t i = 0; i < vocabulary->place_count; i++) {
    struct entry *entry = &vocabulary->places[i];
    if (entry->hash != 0 && entry->posts >= OCCURRENCES_NEEDED) entry->number = (uint32_t)++vocabulary->numbered;
  }
}

/// Categories that a pack knows in a venue, as a bit set.
static uint32_t known_in(const struct prd_pack *pack, size_t venue) {
  uint32_t known = 0;
  for (uint32_t r = 0; r < pack->counts[PRD_SECTION_RULES]; r++) {
    size_t category;
    if (((pack->rules[r].venues >> venue) & 1) != 0 &&
        prd_category_from_name(prd_pack_string(pack, pack->rules[r].category), &category))
      known |= 1U << category;
  }
  return known;
}

static void say_nothing(const char *text) {
  (void)text;
}

/// Weights of one category, indexed by feature number - 1, malloc'ed; NULL when it has too few posts (or memory ended: `failed`).
static double *train_category(struct trainer *trainer, const uint32_t *known, size_t category, size_t *positives) {
  const size_t features = trainer->vocabulary.numbered + CONTEXTS_MAX;
  const bool any = category == PRD_CATEGORY_ANY;
  struct problem problem = {.n = (int)features, .bias = -1}; // the contexts are the bias
  problem.y = calloc(trainer->post_count, sizeof *problem.y);
  problem.x = calloc(trainer->post_count, sizeof *problem.x);
  double *weights = NULL;
  *positives = 0;
  for (size_t i = 0; problem.y != NULL && problem.x != NULL && i < trainer->post_count; i++) {
    const struct prd_labelled_post *post = &trainer->posts[i];
    if (!any && ((known[post->institution * PRD_VENUE_COUNT + post->venue] >> category) & 1) == 0) continue;
    const bool positive = any ? post->categories != 0 : ((post->categories >> category) & 1) != 0;
    *positives += positive;
    problem.x[problem.l] = trainer->rows[i];
    problem.y[problem.l++] = positive ? 1 : -1;
  }
  trainer->failed |= problem.y == NULL || problem.x == NULL;
  if (!trainer->failed && *positives >= POSITIVES_NEEDED && *positives < (size_t)problem.l) {
    int label = 1;
    double weight = settings[any].weight_of_positive;
    const struct parameter parameter = {.solver_type = L2R_LR,
                                        .eps = TOLERANCE,
                                        .C = settings[any].regularisation,
                                        .nr_weight = 1,
                                        .weight_label = &label,
                                        .weight = &weight};
    struct model *model = train(&problem, &parameter);
    weights = calloc(features, sizeof *weights);
    const double sign = model->label[0] == 1 ? 1 : -1;
    for (size_t f = 0; weights != NULL && f < features; f++) weights[f] = sign * model->w[f];
    trainer->failed |= weights == NULL;
    free_and_destroy_model(&model);
  }
  free(problem.y);
  free(problem.x);
  return weights;
}

static void fill_outputs(const struct trainer *trainer, const uint32_t *known, size_t category, const double *weights,
                         double scale, struct prd_model_tables *out) {
  for (size_t i = 0; i < trainer->institution_count; i++) {
    struct prd_image_model_output *output = &out->outputs[i][category];
    output->scale = (float)scale;
    for (size_t v = 0; v < PRD_VENUE_COUNT; v++) {
      int contexts[CONTEXTS];
      contexts_of(trainer, i, (enum prd_venue)v, contexts);
      for (size_t k = 0; k < CONTEXTS; k++) output->bias[v] += (float)(CONTEXT_VALUE * weights[contexts[k] - 1]);
      if (category == PRD_CATEGORY_ANY || ((known[i * PRD_VENUE_COUNT + v] >> category) & 1) != 0) output->known = 1;
    }
  }
}

/// Smallest number of units that is kept, so that no more than WEIGHTS_MAX weights are.
static int32_t smallest_kept(const struct trainer *trainer, double *const *weights, const double *scales) {
  size_t histogram[HISTOGRAM] = {0}, total = 0;
  for (size_t c = 0; c < PRD_MODEL_OUTPUT_COUNT; c++) {
    for (size_t f = 0; weights[c] != NULL && f < trainer->vocabulary.numbered; f++)
      histogram[(size_t)fabs(round(weights[c][f] / scales[c]))]++;
  }
  int32_t units = PRD_MODEL_WEIGHT_MAX;
  while (units > 1 && total + histogram[units] <= WEIGHTS_MAX) total += histogram[units--];
  return units + 1;
}

static int by_hash_place(const void *left, const void *right) {
  const struct entry *const *a = left, *const *b = right;
  return (*a)->hash < (*b)->hash ? -1 : (*a)->hash > (*b)->hash;
}

/// Lays the weights out: slots by open addressing in order of hash, so that the file depends on nothing but the posts.
static enum prd_error lay_out(struct prd_arena *arena, struct trainer *trainer, double *const *weights,
                              const double *scales, struct prd_model_tables *out) {
  const struct vocabulary *vocabulary = &trainer->vocabulary;
  const int32_t least = smallest_kept(trainer, weights, scales);
  const struct entry **kept = prd_arena_array(arena, vocabulary->numbered + 1, sizeof *kept);
  if (kept == NULL) return PRD_ERROR_MEMORY;
  size_t kept_count = 0, weight_count = 0;
  for (size_t i = 0; i < vocabulary->place_count; i++) {
    const struct entry *entry = &vocabulary->places[i];
    if (entry->number == 0) continue;
    size_t strong = 0;
    for (size_t c = 0; c < PRD_MODEL_OUTPUT_COUNT; c++)
      strong += weights[c] != NULL && fabs(round(weights[c][entry->number - 1] / scales[c])) >= least;
    if (strong == 0) continue;
    kept[kept_count++] = entry;
    weight_count += strong;
  }
  qsort(kept, kept_count, sizeof *kept, by_hash_place);
  size_t places = 16;
  while (places * SLOTS_FULL_PERCENT / 100 < kept_count) places *= 2;
  struct prd_image_model_slot *slots = prd_arena_array(arena, places + 1, sizeof *slots);
  const struct entry **at = prd_arena_array(arena, places, sizeof *at);
  prd_image_model_weight *list = prd_arena_array(arena, weight_count + 1, sizeof *list);
  if (slots == NULL || at == NULL || list == NULL) return PRD_ERROR_MEMORY;
  for (size_t i = 0; i < kept_count; i++) {
    size_t place = kept[i]->hash & (places - 1);
    while (at[place] != NULL) place = (place + 1) & (places - 1);
    at[place] = kept[i];
  }
  uint32_t written = 0;
  for (size_t place = 0; place < places; place++) {
    slots[place] = (struct prd_image_model_slot){at[place] == NULL ? 0 : at[place]->hash, written};
    for (size_t c = 0; at[place] != NULL && c < PRD_MODEL_OUTPUT_COUNT; c++) {
      if (weights[c] == NULL) continue;
      const int32_t units = (int32_t)round(weights[c][at[place]->number - 1] / scales[c]);
      if (abs(units) >= least) list[written++] = prd_model_weight(c, units);
    }
  }
  slots[places].weights_begin = written;
  out->slots = slots;
  out->weights = list;
  out->slot_count = (uint32_t)places + 1;
  out->weight_count = written;
  return PRD_OK;
}

static enum prd_error train_all(struct prd_arena *arena, struct trainer *trainer, struct prd_model_tables *out,
                                struct prd_training *training) {
  uint32_t known[PRD_MODEL_INSTITUTIONS_MAX * PRD_VENUE_COUNT] = {0};
  for (size_t i = 0; i < trainer->institution_count; i++) {
    for (size_t v = 0; v < PRD_VENUE_COUNT; v++) known[i * PRD_VENUE_COUNT + v] = known_in(trainer->packs[i], v);
  }
  double *weights[PRD_MODEL_OUTPUT_COUNT] = {0}, scales[PRD_MODEL_OUTPUT_COUNT] = {0};
  set_print_string_function(say_nothing);
  for (size_t c = 0; c < PRD_MODEL_OUTPUT_COUNT && !trainer->failed; c++) {
    weights[c] = train_category(trainer, known, c, &training->positives[c]);
    if (weights[c] == NULL) continue;
    double largest = 0;
    for (size_t f = 0; f < trainer->vocabulary.numbered; f++) largest = fmax(largest, fabs(weights[c][f]));
    scales[c] = largest == 0 ? 1 : largest / PRD_MODEL_WEIGHT_MAX;
    fill_outputs(trainer, known, c, weights[c], scales[c], out);
  }
  const enum prd_error error = trainer->failed ? PRD_ERROR_MEMORY : lay_out(arena, trainer, weights, scales, out);
  for (size_t c = 0; c < PRD_MODEL_OUTPUT_COUNT; c++) free(weights[c]);
  return error;
}

enum prd_error prd_model_train(struct prd_arena *arena, struct prd_judge *const *judges,
                               const struct prd_pack *const *packs, size_t institution_count,
                               const struct prd_labelled_post *posts, size_t post_count, struct prd_model_tables *out,
                               struct prd_training *training) {
  *out = (struct prd_model_tables){.institution_count = (uint32_t)institution_count};
  *training = (struct prd_training){.posts = post_count};
  for (size_t i = 0; i < institution_count; i++) {
    const char *id = prd_pack_identity(packs[i])->id;
    memcpy(out->institutions[i], id, strlen(id) + 1);
  }
  struct trainer trainer = {
      .packs = packs, .posts = posts, .post_count = post_count, .institution_count = institution_count};
  trainer.rows = calloc(post_count + 1, sizeof *trainer.rows);
  enum prd_error error = trainer.rows != NULL && grow(&trainer.vocabulary) ? PRD_OK : PRD_ERROR_MEMORY;
  if (error == PRD_OK && !each_post(&trainer, judges, count_post)) error = PRD_ERROR_MEMORY;
  if (error == PRD_OK) number_grams(&trainer.vocabulary);
  training->grams = trainer.vocabulary.numbered;
  if (error == PRD_OK && !each_post(&trainer, judges, make_row)) error = PRD_ERROR_MEMORY;
  if (error == PRD_OK) error = train_all(arena, &trainer, out, training);
  for (size_t i = 0; trainer.rows != NULL && i < post_count; i++) free(trainer.rows[i]);
  free(trainer.rows);
  free(trainer.vocabulary.places);
  return error;
}
