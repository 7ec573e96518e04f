// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/lexicon.h"

#include <string.h>

enum {
  // Steps allowed for each token, and a floor for short texts: ordinary texts need about 3, texts made only of words of the
  // pack about 60 (tests/unit/test_judge.c holds the worst that we could construct).
  STEPS_PER_TOKEN = 2000,
  STEPS_FLOOR = 200000,
  STACK_DEPTH = 256,
  CLASSES_OF_TOKEN = 64
};

struct scan {
  const struct prd_pack *pack;
  const struct prd_token *tokens;
  size_t token_count;
  const uint32_t *classes;       // of all tokens, one run each
  const uint32_t *classes_begin; // token_count + 1
  const uint64_t *class_bits;    // prd_class_bit of all classes of a token
  struct prd_arena *arena;
  struct prd_hits *hits;
  uint64_t steps_left;
};

/// Finds a word of the pack; NULL when it has no such word.
static const struct prd_image_word *find_word(const struct prd_pack *pack, const char *bytes, size_t length,
                                              uint32_t hash, enum prd_image_word_kind kind) {
  const uint32_t mask = pack->counts[PRD_SECTION_WORD_SLOTS] - 1;
  for (uint32_t slot = hash & mask; pack->word_slots[slot] != 0; slot = (slot + 1) & mask) {
    const struct prd_image_word *word = &pack->words[pack->word_slots[slot] - 1];
    if (word->hash == hash && word->kind == kind && word->length_bytes == length &&
        memcmp(pack->strings + word->text, bytes, length) == 0)
      return word;
  }
  return NULL;
}

struct class_set {
  uint32_t items[CLASSES_OF_TOKEN];
  size_t count;
  bool overflowed; ///< a class was left out: what is found with it would be missed
};

static void add_class(struct class_set *set, uint32_t class_number) {
  for (size_t i = 0; i < set->count; i++) {
    if (set->items[i] == class_number) return;
  }
  if (set->count < CLASSES_OF_TOKEN)
    set->items[set->count++] = class_number;
  else
    set->overflowed = true;
}

static void add_word(const struct prd_pack *pack, struct class_set *set, const struct prd_image_word *word) {
  if (word == NULL) return;
  for (uint32_t i = 0; i < word->classes_count && !set->overflowed; i++)
    add_class(set, pack->word_classes[word->classes_begin + i]);
}

static void add_prefixes(const struct prd_pack *pack, struct class_set *set, const char *bytes, size_t length) {
  const uint32_t lengths = pack->meta[PRD_META_PREFIX_LENGTHS];
  if (lengths == 0) return;
  uint32_t hash = prd_word_hash(NULL, 0);
  for (size_t i = 0; i < length && i < PRD_PREFIX_MAX_BYTES; i++) {
    hash = (hash ^ (uint8_t)bytes[i]) * 16777619U; // the running value of prd_word_hash
    if ((lengths >> (i + 1)) & 1) add_word(pack, set, find_word(pack, bytes, i + 1, hash, PRD_WORD_PREFIX));
  }
}

static void classify(const struct prd_pack *pack, const char *text, const struct prd_token *token,
                     struct class_set *set) {
  set->count = 0;
  set->overflowed = false;
  const char *bytes = text + token->begin_byte;
  const size_t length = token->end_byte - token->begin_byte;
  if (token->kind != PRD_TOKEN_LINK) {
    add_word(pack, set, find_word(pack, bytes, length, token->hash, PRD_WORD_EXACT));
    if (token->kind == PRD_TOKEN_WORD) add_prefixes(pack, set, bytes, length);
  }
  if (token->kind == PRD_TOKEN_NUMBER) add_class(set, PRD_CLASS_NUMBER);
  if (token->kind == PRD_TOKEN_LINK) add_class(set, PRD_CLASS_LINK);
  if ((token->flags & PRD_TOKEN_CAPITALIZED) != 0 && (token->flags & PRD_TOKEN_SENTENCE_START) == 0 &&
      (token->flags & PRD_TOKEN_ELIDED) == 0 && token->kind != PRD_TOKEN_LINK)
    add_class(set, PRD_CLASS_CAPITALIZED);
  if ((token->flags & PRD_TOKEN_MENTION) != 0) add_class(set, PRD_CLASS_MENTION);
  if ((token->flags & PRD_TOKEN_HASHTAG) != 0) add_class(set, PRD_CLASS_HASHTAG);
}

static enum prd_error classify_all(struct scan *scan, const char *text, bool *finished) {
  uint32_t *begin = prd_arena_array(scan->arena, scan->token_count + 1, sizeof *begin);
  uint64_t *bits = prd_arena_array(scan->arena, scan->token_count, sizeof *bits);
  if (begin == NULL || bits == NULL) return PRD_ERROR_MEMORY;
  // Two passes would look every word up twice; growing by doubling costs less.
  size_t capacity = scan->token_count * 2 + CLASSES_OF_TOKEN, count = 0;
  uint32_t *classes = prd_arena_array(scan->arena, capacity, sizeof *classes);
  if (classes == NULL) return PRD_ERROR_MEMORY;
  struct class_set set; // not initialised: each token begins its own
  for (size_t i = 0; i < scan->token_count; i++) {
    classify(scan->pack, text, &scan->tokens[i], &set);
    if (set.overflowed) *finished = false;
    if (capacity - count < set.count) {
      capacity = capacity * 2 + set.count;
      uint32_t *larger = prd_arena_array(scan->arena, capacity, sizeof *larger);
      if (larger == NULL) return PRD_ERROR_MEMORY;
      memcpy(larger, classes, count * sizeof *larger);
      classes = larger;
    }
    begin[i] = (uint32_t)count;
    for (size_t c = 0; c < set.count; c++) bits[i] |= prd_class_bit(set.items[c]);
    memcpy(classes + count, set.items, set.count * sizeof *classes);
    count += set.count;
  }
  begin[scan->token_count] = (uint32_t)count;
  scan->classes = classes;
  scan->classes_begin = begin;
  scan->class_bits = bits;
  return PRD_OK;
}

static uint32_t child_of(const struct prd_pack *pack, const struct prd_image_node *node, uint32_t class_number) {
  uint32_t low = node[0].edges_begin, high = node[1].edges_begin;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    const struct prd_image_edge *edge = &pack->edges[middle];
    if (edge->class_number == class_number) return edge->node;
    if (edge->class_number < class_number)
      low = middle + 1;
    else
      high = middle;
  }
  return 0;
}

struct place {
  uint32_t node;
  uint32_t token; // next token to read
};

struct stack {
  struct place items[STACK_DEPTH];
  size_t count;
};

static bool push(struct stack *stack, uint32_t node, size_t token) {
  if (stack->count == STACK_DEPTH) return false;
  stack->items[stack->count++] = (struct place){node, (uint32_t)token};
  return true;
}

static enum prd_error accept(struct scan *scan, const struct prd_image_node *node, size_t begin, size_t end) {
  for (uint32_t i = node[0].accepts_begin; i < node[1].accepts_begin; i++) {
    const struct prd_hit hit = {scan->pack->accepts[i], (uint32_t)begin, (uint32_t)end, scan->tokens[begin].begin_byte,
                                scan->tokens[end - 1].end_byte};
    enum prd_error error = prd_hits_add(scan->hits, scan->arena, hit);
    if (error != PRD_OK) return error;
  }
  return PRD_OK;
}

static bool same_sentence(const struct scan *scan, size_t begin, size_t token) {
  return token < scan->token_count && scan->tokens[token].sentence == scan->tokens[begin].sentence;
}

static bool push_gaps(struct scan *scan, struct stack *stack, const struct prd_image_node *node, size_t begin,
                      size_t token) {
  // Gap classes have the highest numbers: they are the last edges of a node.
  for (uint32_t e = node[1].edges_begin; e > node[0].edges_begin; e--) {
    const struct prd_image_edge *edge = &scan->pack->edges[e - 1];
    if ((edge->class_number & PRD_CLASS_GAP) == 0) break;
    const uint32_t least = (edge->class_number >> 8) & 0xFF, most = edge->class_number & 0xFF;
    for (uint32_t skip = least; skip <= most && same_sentence(scan, begin, token + skip); skip++) {
      // What follows a gap is a class, never another gap or the end.
      if ((scan->pack->nodes[edge->node].classes & scan->class_bits[token + skip]) == 0) continue;
      if (!push(stack, edge->node, token + skip)) return false;
    }
  }
  return true;
}

/// Follows every phrase that begins with token number `begin`. `*finished` is false when the budget or stack ran out.
static enum prd_error follow(struct scan *scan, size_t begin, bool *finished) {
  struct stack stack; // not initialised as a whole: that would cost more than most tokens do
  stack.count = 0;
  for (uint32_t c = scan->classes_begin[begin]; c < scan->classes_begin[begin + 1]; c++) {
    const uint32_t node = scan->pack->class_roots[scan->classes[c]];
    if (node != 0) (void)push(&stack, node, begin + 1);
  }
  while (stack.count != 0) {
    if (scan->steps_left == 0) {
      *finished = false;
      return PRD_OK;
    }
    const struct place place = stack.items[--stack.count];
    const struct prd_image_node *node = &scan->pack->nodes[place.node];
    const uint64_t cost = 1 + (uint64_t)(node[1].accepts_begin - node[0].accepts_begin);
    scan->steps_left -= cost < scan->steps_left ? cost : scan->steps_left;
    enum prd_error error = accept(scan, node, begin, place.token);
    if (error != PRD_OK) return error;
    if (node[0].edges_begin == node[1].edges_begin || !same_sentence(scan, begin, place.token)) continue;
    bool room = push_gaps(scan, &stack, node, begin, place.token);
    if ((node->classes & scan->class_bits[place.token]) == 0) {
      if (!room) *finished = false;
      continue;
    }
    for (uint32_t c = scan->classes_begin[place.token]; c < scan->classes_begin[place.token + 1]; c++) {
      if ((node->classes & prd_class_bit(scan->classes[c])) == 0) continue;
      const uint32_t child = child_of(scan->pack, node, scan->classes[c]);
      if (child != 0 && !push(&stack, child, place.token + 1)) room = false;
    }
    if (!room) *finished = false;
  }
  return PRD_OK;
}

enum prd_error prd_lexicon_scan(const struct prd_pack *pack, struct prd_arena *arena, const struct prd_folded *folded,
                                const struct prd_tokens *tokens, struct prd_hits *hits, bool *complete) {
  struct scan scan = {.pack = pack,
                      .tokens = tokens->items,
                      .token_count = tokens->count,
                      .arena = arena,
                      .hits = hits,
                      .steps_left = STEPS_FLOOR + (uint64_t)STEPS_PER_TOKEN * tokens->count};
  bool finished = true;
  enum prd_error error = classify_all(&scan, folded->bytes, &finished);
  for (size_t i = 0; error == PRD_OK && i < tokens->count && scan.steps_left != 0; i++)
    error = follow(&scan, i, &finished);
  if (!finished || (scan.steps_left == 0 && tokens->count != 0)) *complete = false;
  return error;
}
