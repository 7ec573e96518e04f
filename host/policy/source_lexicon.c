// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/source_lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "policy/source_terms.h"
#include "text/tokens.h"

enum { SEQUENCES_MAX = 60000, NODES_MAX = 2000000, HASH_FIRST = 1024 };

/// A phrase as classes and gaps.
struct sequence {
  const uint32_t *steps;
  size_t count;
};

struct sequences {
  struct sequence *items;
  size_t count, capacity;
};

/// A list, compiled: the class of its single words, and its phrases.
struct compiled {
  enum { NOT_YET, NOW, DONE } state;
  uint32_t word_class; ///< 0 when it has no single word
  struct sequences phrases;
};

/// Open addressing from a 64-bit key to a number; keys are never 0.
struct number_map {
  uint64_t *keys;
  uint32_t *values;
  size_t capacity, count;
};

struct builder {
  struct prd_source_pack *pack;
  struct prd_problems *problems;
  struct prd_lexicon *lexicon;
  struct compiled *lists;
  struct number_map words; ///< by hash, kind and turn: see word_of
  struct number_map edges;
  const char *rule;
};

static const struct {
  const char *name;
  uint32_t class_number;
} properties[] = {{"number", PRD_CLASS_NUMBER},
                  {"capitalized", PRD_CLASS_CAPITALIZED},
                  {"mention", PRD_CLASS_MENTION},
                  {"hashtag", PRD_CLASS_HASHTAG},
                  {"link", PRD_CLASS_LINK}};
static const char property_names[] = "{number}, {capitalized}, {mention}, {hashtag}, {link}, {institution}";

static uint64_t mix(uint64_t key) {
  key ^= key >> 33; // the finaliser of MurmurHash3 (A. Appleby, public domain)
  key *= 0xff51afd7ed558ccdU;
  key ^= key >> 33;
  return key;
}

static size_t map_slot(const struct number_map *map, uint64_t key) {
  size_t slot = (size_t)mix(key) & (map->capacity - 1);
  while (map->keys[slot] != 0 && map->keys[slot] != key) slot = (slot + 1) & (map->capacity - 1);
  return slot;
}

/// Value of `key`, or NULL; the pointer lasts until the next map_put.
static uint32_t *map_get(const struct number_map *map, uint64_t key) {
  if (map->capacity == 0) return NULL;
  const size_t slot = map_slot(map, key);
  return map->keys[slot] == 0 ? NULL : &map->values[slot];
}

static bool map_put(struct number_map *map, struct prd_arena *arena, uint64_t key, uint32_t value) {
  if (map->capacity != 0 && (map->keys == NULL || map->values == NULL)) return false;
  if (map->count * 2 >= map->capacity) {
    struct number_map larger = {.capacity = map->capacity == 0 ? HASH_FIRST : map->capacity * 2, .count = map->count};
    larger.keys = prd_arena_array(arena, larger.capacity, sizeof *larger.keys);
    larger.values = prd_arena_array(arena, larger.capacity, sizeof *larger.values);
    if (larger.keys == NULL || larger.values == NULL) return false;
    for (size_t i = 0; i < map->capacity; i++) {
      if (map->keys[i] == 0) continue;
      const size_t slot = map_slot(&larger, map->keys[i]);
      larger.keys[slot] = map->keys[i];
      larger.values[slot] = map->values[i];
    }
    *map = larger;
  }
  const size_t slot = map_slot(map, key);
  map->count += map->keys[slot] == 0;
  map->keys[slot] = key;
  map->values[slot] = value;
  return true;
}

static struct prd_lexicon_word *word_of(struct builder *builder, const char *text, uint16_t kind) {
  struct prd_lexicon *lexicon = builder->lexicon;
  const uint32_t hash = prd_word_hash(text, strlen(text));
  // Different words with one hash take the next keys.
  for (uint64_t turn = 1;; turn++) {
    const uint64_t key = ((uint64_t)hash << 24 | turn << 1 | kind) + (1ULL << 60);
    const uint32_t *known = map_get(&builder->words, key);
    if (known != NULL && strcmp(lexicon->words[*known].text, text) == 0) return &lexicon->words[*known];
    if (known != NULL) continue;
    struct prd_lexicon_word *words = prd_arena_grow(builder->problems->arena, lexicon->words, lexicon->word_count,
                                                    &lexicon->word_capacity, sizeof *words);
    if (words == NULL || !map_put(&builder->words, builder->problems->arena, key, (uint32_t)lexicon->word_count)) {
      builder->problems->out_of_memory = true;
      return NULL;
    }
    lexicon->words = words;
    words[lexicon->word_count] = (struct prd_lexicon_word){.text = text, .kind = kind};
    return &words[lexicon->word_count++];
  }
}

static void join_class(struct builder *builder, struct prd_lexicon_word *word, uint32_t class_number) {
  if (word == NULL) return;
  for (size_t i = 0; i < word->class_count; i++) {
    if (word->classes[i] == class_number) return;
  }
  uint32_t *classes = prd_arena_grow(builder->problems->arena, word->classes, word->class_count, &word->class_capacity,
                                     sizeof *classes);
  if (classes == NULL) {
    builder->problems->out_of_memory = true;
    return;
  }
  word->classes = classes;
  classes[word->class_count++] = class_number;
}

/// The class that holds only this word.
static uint32_t own_class(struct builder *builder, struct prd_lexicon_word *word) {
  if (word == NULL) return PRD_CLASS_NUMBER;
  if (word->own_class == 0) {
    word->own_class = builder->lexicon->class_count++;
    join_class(builder, word, word->own_class);
  }
  return word->own_class;
}

static void compile_list(struct builder *builder, size_t list);

static bool add_sequence(struct builder *builder, struct sequences *sequences, const uint32_t *steps, size_t count,
                         const struct prd_node *term) {
  if (sequences->count >= SEQUENCES_MAX) {
    prd_problem_add(builder->problems, term->place, builder->rule, PRD_SOURCE_TERM_TOO_MANY, term->text, "60000");
    return false;
  }
  struct sequence *items =
      prd_arena_grow(builder->problems->arena, sequences->items, sequences->count, &sequences->capacity, sizeof *items);
  uint32_t *copy = prd_arena_array(builder->problems->arena, count, sizeof *copy);
  if (items == NULL || copy == NULL) {
    builder->problems->out_of_memory = true;
    return false;
  }
  memcpy(copy, steps, count * sizeof *copy);
  sequences->items = items;
  items[sequences->count++] = (struct sequence){copy, count};
  return true;
}

enum { STEPS_MAX = 32 };

/// Follows the pieces of a variant from number `piece` on, once for each way through its slots.
static bool expand(struct builder *builder, const struct prd_variant *variant, size_t piece, uint32_t *steps,
                   size_t count, struct sequences *out, const struct prd_node *term) {
  if (piece == variant->count) return add_sequence(builder, out, steps, count, term);
  if (count == STEPS_MAX) {
    prd_problem_add(builder->problems, term->place, builder->rule, PRD_SOURCE_TERM_TOO_MANY, term->text, "32");
    return false;
  }
  const struct prd_piece *at = &variant->pieces[piece];
  if (at->kind == PRD_PIECE_GAP) {
    steps[count] = PRD_CLASS_GAP | (uint32_t)at->least << 8 | at->most;
    return expand(builder, variant, piece + 1, steps, count + 1, out, term);
  }
  if (at->kind != PRD_PIECE_SLOT) {
    const uint16_t kind = at->kind == PRD_PIECE_PREFIX ? PRD_WORD_PREFIX : PRD_WORD_EXACT;
    steps[count] = own_class(builder, word_of(builder, at->text, kind));
    return expand(builder, variant, piece + 1, steps, count + 1, out, term);
  }
  for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
    if (strcmp(properties[i].name, at->text) != 0) continue;
    steps[count] = properties[i].class_number;
    return expand(builder, variant, piece + 1, steps, count + 1, out, term);
  }
  const size_t list = prd_source_find_list(builder->pack, at->text);
  if (list == SIZE_MAX) {
    prd_problem_add(builder->problems, term->place, builder->rule, PRD_SOURCE_UNKNOWN_LIST, at->text, property_names);
    return false;
  }
  if (builder->lists[list].state == NOW) {
    prd_problem_add(builder->problems, term->place, builder->rule, PRD_SOURCE_LIST_CYCLE, at->text, NULL);
    return false;
  }
  compile_list(builder, list);
  builder->pack->lists[list].used = true;
  const struct compiled *inner = &builder->lists[list];
  if (inner->word_class != 0) {
    steps[count] = inner->word_class;
    if (!expand(builder, variant, piece + 1, steps, count + 1, out, term)) return false;
  }
  for (size_t i = 0; i < inner->phrases.count; i++) {
    const struct sequence *phrase = &inner->phrases.items[i];
    if (count + phrase->count > STEPS_MAX) {
      prd_problem_add(builder->problems, term->place, builder->rule, PRD_SOURCE_TERM_TOO_MANY, term->text, "32");
      return false;
    }
    memcpy(steps + count, phrase->steps, phrase->count * sizeof *steps);
    if (!expand(builder, variant, piece + 1, steps, count + phrase->count, out, term)) return false;
  }
  return true;
}

static void compile_term(struct builder *builder, const struct prd_node *term, struct compiled *list) {
  struct prd_variants variants;
  if (!prd_term_expand(term, builder->rule, builder->problems, &variants)) return;
  for (size_t i = 0; i < variants.count && !builder->problems->out_of_memory; i++) {
    const struct prd_variant *variant = &variants.items[i];
    const struct prd_piece *first = &variant->pieces[0];
    if (variant->count == 1 && (first->kind == PRD_PIECE_WORD || first->kind == PRD_PIECE_PREFIX)) {
      if (list->word_class == 0) list->word_class = builder->lexicon->class_count++;
      join_class(builder,
                 word_of(builder, first->text, first->kind == PRD_PIECE_PREFIX ? PRD_WORD_PREFIX : PRD_WORD_EXACT),
                 list->word_class);
      continue;
    }
    uint32_t steps[STEPS_MAX];
    if (!expand(builder, variant, 0, steps, 0, &list->phrases, term)) return;
  }
}

static void compile_list(struct builder *builder, size_t list) {
  if (builder->lists[list].state != NOT_YET) return;
  builder->lists[list].state = NOW;
  const char *outer = builder->rule;
  builder->rule = builder->pack->lists[list].rule;
  struct compiled compiled = {.state = NOW};
  const struct prd_node *terms = builder->pack->lists[list].terms;
  for (size_t i = 0; i < terms->count && !builder->problems->out_of_memory; i++)
    compile_term(builder, &terms->children[i], &compiled);
  compiled.state = DONE;
  builder->lists[list] = compiled;
  builder->rule = outer;
}

/// New numbers: properties, then the classes of lists, then those of single words, of which a token has one or two only: the host
/// looks for them apart. NULL when memory is exhausted.
static uint32_t *renumber_classes(struct builder *builder) {
  struct prd_lexicon *lexicon = builder->lexicon;
  uint32_t *number = prd_arena_array(builder->problems->arena, lexicon->class_count, sizeof *number);
  bool *single = prd_arena_array(builder->problems->arena, lexicon->class_count, sizeof *single);
  if (number == NULL || single == NULL) return NULL;
  for (size_t i = 0; i < lexicon->word_count; i++) single[lexicon->words[i].own_class] = true;
  uint32_t kept = PRD_CLASS_FIRST_OF_PACK;
  for (uint32_t c = 0; c < PRD_CLASS_FIRST_OF_PACK; c++) number[c] = c;
  for (uint32_t c = PRD_CLASS_FIRST_OF_PACK; c < lexicon->class_count; c++) {
    if (!single[c]) number[c] = kept++;
  }
  lexicon->single_classes_begin = kept;
  for (uint32_t c = PRD_CLASS_FIRST_OF_PACK; c < lexicon->class_count; c++) {
    if (single[c]) number[c] = kept++;
  }
  return number;
}

static bool order_classes(struct builder *builder) {
  struct prd_lexicon *lexicon = builder->lexicon;
  const uint32_t *number = renumber_classes(builder);
  if (number == NULL) return false;
  for (size_t i = 0; i < lexicon->word_count; i++) {
    struct prd_lexicon_word *word = &lexicon->words[i];
    for (size_t c = 0; c < word->class_count; c++) word->classes[c] = number[word->classes[c]];
  }
  for (size_t l = 0; l < builder->pack->list_count; l++) {
    struct compiled *list = &builder->lists[l];
    if (list->word_class != 0) list->word_class = number[list->word_class];
    for (size_t p = 0; p < list->phrases.count; p++) {
      struct sequence *phrase = &list->phrases.items[p];
      uint32_t *steps = prd_arena_array(builder->problems->arena, phrase->count, sizeof *steps);
      if (steps == NULL) return false;
      for (size_t s = 0; s < phrase->count; s++)
        steps[s] = (phrase->steps[s] & PRD_CLASS_GAP) != 0 ? phrase->steps[s] : number[phrase->steps[s]];
      phrase->steps = steps;
    }
  }
  return true;
}

static uint32_t child(struct builder *builder, uint32_t parent, uint32_t class_number) {
  struct prd_lexicon *lexicon = builder->lexicon;
  const uint64_t key = ((uint64_t)parent << 32 | class_number) + 1;
  const uint32_t *known = map_get(&builder->edges, key);
  if (known != NULL) return *known;
  struct prd_lexicon_edge *edges = prd_arena_grow(builder->problems->arena, lexicon->edges, lexicon->edge_count,
                                                  &lexicon->edge_capacity, sizeof *edges);
  if (edges == NULL || lexicon->node_count >= NODES_MAX ||
      !map_put(&builder->edges, builder->problems->arena, key, lexicon->node_count)) {
    builder->problems->out_of_memory = true;
    return 0;
  }
  lexicon->edges = edges;
  edges[lexicon->edge_count++] = (struct prd_lexicon_edge){parent, class_number, lexicon->node_count};
  return lexicon->node_count++;
}

static void accept_at(struct builder *builder, uint32_t node, uint32_t feature) {
  struct prd_lexicon *lexicon = builder->lexicon;
  struct prd_lexicon_accept *accepts = prd_arena_grow(builder->problems->arena, lexicon->accepts, lexicon->accept_count,
                                                      &lexicon->accept_capacity, sizeof *accepts);
  if (accepts == NULL) {
    builder->problems->out_of_memory = true;
    return;
  }
  lexicon->accepts = accepts;
  accepts[lexicon->accept_count++] = (struct prd_lexicon_accept){node, feature};
}

static void insert_list(struct builder *builder, const struct compiled *list, uint32_t feature) {
  if (list->word_class != 0) accept_at(builder, child(builder, 0, list->word_class), feature);
  for (size_t i = 0; i < list->phrases.count && !builder->problems->out_of_memory; i++) {
    uint32_t node = 0;
    for (size_t s = 0; s < list->phrases.items[i].count; s++)
      node = child(builder, node, list->phrases.items[i].steps[s]);
    accept_at(builder, node, feature);
  }
}

static int by_parent_and_class(const void *left, const void *right) {
  const struct prd_lexicon_edge *a = left, *b = right;
  if (a->parent != b->parent) return a->parent < b->parent ? -1 : 1;
  return a->class_number < b->class_number ? -1 : a->class_number > b->class_number;
}

static int by_node_and_feature(const void *left, const void *right) {
  const struct prd_lexicon_accept *a = left, *b = right;
  if (a->node != b->node) return a->node < b->node ? -1 : 1;
  return a->feature < b->feature ? -1 : a->feature > b->feature;
}

static void put_in_order(struct prd_lexicon *lexicon) {
  if (lexicon->edge_count != 0) qsort(lexicon->edges, lexicon->edge_count, sizeof *lexicon->edges, by_parent_and_class);
  if (lexicon->accept_count != 0)
    qsort(lexicon->accepts, lexicon->accept_count, sizeof *lexicon->accepts, by_node_and_feature);
  size_t kept = 0;
  for (size_t i = 0; i < lexicon->accept_count; i++) {
    if (kept == 0 || by_node_and_feature(&lexicon->accepts[kept - 1], &lexicon->accepts[i]) != 0)
      lexicon->accepts[kept++] = lexicon->accepts[i];
  }
  lexicon->accept_count = kept;
}

/// Where the edges and accepts of each node begin; one more entry ends the last.
struct runs {
  size_t *edges, *accepts;
};

static bool find_runs(const struct prd_lexicon *lexicon, struct prd_arena *arena, struct runs *out) {
  out->edges = prd_arena_array(arena, (size_t)lexicon->node_count + 1, sizeof *out->edges);
  out->accepts = prd_arena_array(arena, (size_t)lexicon->node_count + 1, sizeof *out->accepts);
  if (out->edges == NULL || out->accepts == NULL) return false;
  size_t edge = 0, accept = 0;
  for (uint32_t node = 0; node <= lexicon->node_count; node++) {
    while (edge < lexicon->edge_count && lexicon->edges[edge].parent < node) edge++;
    while (accept < lexicon->accept_count && lexicon->accepts[accept].node < node) accept++;
    out->edges[node] = edge;
    out->accepts[node] = accept;
  }
  return true;
}

static bool same_tail(const struct prd_lexicon *lexicon, const struct runs *runs, uint32_t a, uint32_t b) {
  const size_t edges = runs->edges[a + 1] - runs->edges[a], accepts = runs->accepts[a + 1] - runs->accepts[a];
  if (runs->edges[b + 1] - runs->edges[b] != edges || runs->accepts[b + 1] - runs->accepts[b] != accepts) return false;
  for (size_t i = 0; i < edges; i++) {
    const struct prd_lexicon_edge *left = &lexicon->edges[runs->edges[a] + i],
                                  *right = &lexicon->edges[runs->edges[b] + i];
    if (left->class_number != right->class_number || left->child != right->child) return false;
  }
  for (size_t i = 0; i < accepts; i++) {
    if (lexicon->accepts[runs->accepts[a] + i].feature != lexicon->accepts[runs->accepts[b] + i].feature) return false;
  }
  return true;
}

static uint64_t tail_hash(const struct prd_lexicon *lexicon, const struct runs *runs, uint32_t node) {
  uint64_t hash = 1;
  for (size_t i = runs->edges[node]; i < runs->edges[node + 1]; i++)
    hash = mix(hash ^ ((uint64_t)lexicon->edges[i].class_number << 32 | lexicon->edges[i].child));
  for (size_t i = runs->accepts[node]; i < runs->accepts[node + 1]; i++)
    hash = mix(hash + 0x9e3779b97f4a7c15U + lexicon->accepts[i].feature);
  return hash;
}

/// Finds, from the last node to the first, the node that stands for each: the highest of those with the same continuation. A
/// child's stand-in is never below the child, so children keep higher numbers than their parents. Edges are redirected.
static bool find_stand_ins(struct prd_lexicon *lexicon, const struct runs *runs, struct prd_arena *arena,
                           uint32_t *stand_in) {
  struct number_map tails = {0};
  for (uint32_t node = lexicon->node_count; node-- > 0;) {
    for (size_t i = runs->edges[node]; i < runs->edges[node + 1]; i++)
      lexicon->edges[i].child = stand_in[lexicon->edges[i].child];
    stand_in[node] = node;
    for (uint64_t key = tail_hash(lexicon, runs, node) | 1;; key += 2) {
      const uint32_t *known = map_get(&tails, key);
      if (known == NULL) {
        if (!map_put(&tails, arena, key, node)) return false;
        break;
      }
      if (node != 0 && same_tail(lexicon, runs, *known, node)) {
        stand_in[node] = *known;
        break;
      }
    }
  }
  return true;
}

/// Phrases that continue alike share their nodes: the trie becomes a minimal acyclic automaton (Daciuk and others,
/// "Incremental Construction of Minimal Acyclic Finite-State Automata", 2000), a fraction of its size.
static bool share_tails(struct prd_lexicon *lexicon, struct prd_arena *arena) {
  struct runs runs;
  uint32_t *stand_in = prd_arena_array(arena, lexicon->node_count, sizeof *stand_in);
  uint32_t *number = prd_arena_array(arena, lexicon->node_count, sizeof *number);
  if (stand_in == NULL || number == NULL || !find_runs(lexicon, arena, &runs) ||
      !find_stand_ins(lexicon, &runs, arena, stand_in))
    return false;
  uint32_t kept = 0;
  for (uint32_t node = 0; node < lexicon->node_count; node++) {
    if (stand_in[node] == node) number[node] = kept++;
  }
  size_t edges = 0, accepts = 0;
  for (size_t i = 0; i < lexicon->edge_count; i++) {
    const struct prd_lexicon_edge edge = lexicon->edges[i];
    if (stand_in[edge.parent] == edge.parent)
      lexicon->edges[edges++] = (struct prd_lexicon_edge){number[edge.parent], edge.class_number, number[edge.child]};
  }
  for (size_t i = 0; i < lexicon->accept_count; i++) {
    const struct prd_lexicon_accept accept = lexicon->accepts[i];
    if (stand_in[accept.node] == accept.node)
      lexicon->accepts[accepts++] = (struct prd_lexicon_accept){number[accept.node], accept.feature};
  }
  lexicon->edge_count = edges;
  lexicon->accept_count = accepts;
  lexicon->node_count = kept;
  return true;
}

void prd_lexicon_build(struct prd_source_pack *pack, struct prd_problems *problems, struct prd_lexicon *out) {
  *out = (struct prd_lexicon){.class_count = PRD_CLASS_FIRST_OF_PACK, .node_count = 1};
  struct builder builder = {.pack = pack, .problems = problems, .lexicon = out};
  builder.lists = prd_arena_array(problems->arena, pack->list_count, sizeof *builder.lists);
  if (builder.lists == NULL) {
    problems->out_of_memory = true;
    return;
  }
  // Every list is compiled, used or not: a badly written term is told wherever it stands.
  for (size_t i = 0; i < pack->list_count && !problems->out_of_memory; i++) compile_list(&builder, i);
  if (!problems->out_of_memory && !order_classes(&builder)) problems->out_of_memory = true;
  for (size_t f = 0; f < pack->feature_count && !problems->out_of_memory; f++) {
    if (pack->features[f].kind == PRD_FEATURE_WORDS)
      insert_list(&builder, &builder.lists[pack->features[f].index], (uint32_t)f);
  }
  if (problems->out_of_memory) return;
  put_in_order(out);
  if (!share_tails(out, problems->arena)) problems->out_of_memory = true;
}
