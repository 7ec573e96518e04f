// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/lexicon.h"

#include <string.h>

#include "text/views.h"

enum {
  // Steps allowed for each token, and a floor for short texts: ordinary texts need about 3, texts made only of words of the
  // pack about 60 (tests/unit/test_judge.c holds the worst that we could construct).
  STEPS_PER_TOKEN = 2000,
  STEPS_FLOOR = 200000,
  STACK_DEPTH = 2048,
  CLASSES_OF_TOKEN = 1024,
  SEEN_PLACES = 512 // a power of two
};

/// Which classes a token has, roughly: bit class % 256. Most edges are refused by it.
struct class_filter {
  uint64_t bits[4];
};

struct scan {
  const struct prd_pack *pack;
  const struct prd_token *tokens;
  size_t token_count;
  const uint32_t *classes;            // of all tokens, one ascending run each
  const uint32_t *classes_begin;      // token_count + 1
  const uint32_t *singles_begin;      // of each token: its first class that holds a single word
  const uint64_t *class_bits;         // prd_class_bit of all classes of a token
  const struct class_filter *filters; // of each token
  struct prd_arena *arena;
  struct prd_hits *hits;
  uint64_t steps_left;
  const struct prd_views *views; // whose tokens these are; NULL for the tokens of the text
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

/// Adds in ascending order. The classes of one word come in that order, so that most are added at the end.
static void add_class(struct class_set *set, uint32_t class_number) {
  size_t place = set->count;
  while (place > 0 && set->items[place - 1] > class_number) place--;
  if (place > 0 && set->items[place - 1] == class_number) return;
  if (set->count == CLASSES_OF_TOKEN) {
    set->overflowed = true;
    return;
  }
  memmove(&set->items[place + 1], &set->items[place], (set->count - place) * sizeof *set->items);
  set->items[place] = class_number;
  set->count++;
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

bool prd_lexicon_knows(const struct prd_pack *pack, const char *bytes, size_t length_bytes) {
  if (find_word(pack, bytes, length_bytes, prd_word_hash(bytes, length_bytes), PRD_WORD_EXACT) != NULL) return true;
  uint32_t hash = prd_word_hash(NULL, 0);
  for (size_t i = 0; i < length_bytes && i < PRD_PREFIX_MAX_BYTES; i++) {
    hash = (hash ^ (uint8_t)bytes[i]) * 16777619U;
    if (((pack->meta[PRD_META_PREFIX_LENGTHS] >> (i + 1)) & 1) != 0 &&
        find_word(pack, bytes, i + 1, hash, PRD_WORD_PREFIX) != NULL)
      return true;
  }
  return false;
}

static void add_spelled(const struct prd_pack *pack, struct class_set *set, enum prd_token_kind kind,
                        const struct prd_spelling *spelling) {
  const char *bytes = spelling->bytes;
  const size_t length = spelling->length_bytes;
  if (kind == PRD_TOKEN_LINK) return;
  add_word(pack, set, find_word(pack, bytes, length, spelling->hash, PRD_WORD_EXACT));
  if (kind == PRD_TOKEN_WORD) add_prefixes(pack, set, bytes, length);
}

static void add_properties(struct class_set *set, const struct prd_token *token) {
  if (token->kind == PRD_TOKEN_NUMBER) add_class(set, PRD_CLASS_NUMBER);
  if (token->kind == PRD_TOKEN_LINK) add_class(set, PRD_CLASS_LINK);
  if ((token->flags & PRD_TOKEN_CAPITALIZED) != 0 && (token->flags & PRD_TOKEN_SENTENCE_START) == 0 &&
      (token->flags & PRD_TOKEN_ELIDED) == 0 && token->kind != PRD_TOKEN_LINK)
    add_class(set, PRD_CLASS_CAPITALIZED);
  if ((token->flags & PRD_TOKEN_MENTION) != 0) add_class(set, PRD_CLASS_MENTION);
  if ((token->flags & PRD_TOKEN_HASHTAG) != 0) add_class(set, PRD_CLASS_HASHTAG);
}

/// Every class that token `number` belongs to, in any of its spellings.
static void classify(const struct scan *scan, const char *text, size_t number, struct class_set *set) {
  const struct prd_token *token = &scan->tokens[number];
  set->count = 0;
  set->overflowed = false;
  const struct prd_view_place *place = scan->views != NULL ? &scan->views->places[number] : NULL;
  if (place != NULL && place[0].spellings_begin != place[1].spellings_begin) {
    for (uint32_t i = place[0].spellings_begin; i < place[1].spellings_begin; i++)
      add_spelled(scan->pack, set, (enum prd_token_kind)token->kind, &scan->views->spellings[i]);
  } else {
    const struct prd_spelling written = {text + token->begin_byte, token->end_byte - token->begin_byte, token->hash};
    add_spelled(scan->pack, set, (enum prd_token_kind)token->kind, &written);
  }
  add_properties(set, token);
}

static enum prd_error classify_all(struct scan *scan, const char *text, bool *finished) {
  uint32_t *begin = prd_arena_array(scan->arena, scan->token_count + 1, sizeof *begin);
  uint64_t *bits = prd_arena_array(scan->arena, scan->token_count, sizeof *bits);
  struct class_filter *filters = prd_arena_array(scan->arena, scan->token_count, sizeof *filters);
  uint32_t *singles = prd_arena_array(scan->arena, scan->token_count, sizeof *singles);
  const uint32_t first_single = scan->pack->meta[PRD_META_SINGLE_CLASSES];
  if (begin == NULL || bits == NULL || filters == NULL || singles == NULL) return PRD_ERROR_MEMORY;
  // Two passes would look every word up twice; growing by doubling costs less.
  size_t capacity = scan->token_count * 2 + CLASSES_OF_TOKEN, count = 0;
  uint32_t *classes = prd_arena_array(scan->arena, capacity, sizeof *classes);
  if (classes == NULL) return PRD_ERROR_MEMORY;
  struct class_set set; // not initialised: each token begins its own
  for (size_t i = 0; i < scan->token_count; i++) {
    classify(scan, text, i, &set);
    if (set.overflowed) *finished = false;
    if (capacity - count < set.count) {
      capacity = capacity * 2 + set.count;
      uint32_t *larger = prd_arena_array(scan->arena, capacity, sizeof *larger);
      if (larger == NULL) return PRD_ERROR_MEMORY;
      memcpy(larger, classes, count * sizeof *larger);
      classes = larger;
    }
    begin[i] = (uint32_t)count;
    for (size_t c = 0; c < set.count; c++) {
      bits[i] |= prd_class_bit(set.items[c]);
      filters[i].bits[set.items[c] / 64 % 4] |= 1ULL << (set.items[c] % 64);
    }
    memcpy(classes + count, set.items, set.count * sizeof *classes);
    count += set.count;
    singles[i] = (uint32_t)count;
    while (singles[i] > begin[i] && classes[singles[i] - 1] >= first_single) singles[i]--;
  }
  begin[scan->token_count] = (uint32_t)count;
  scan->classes = classes;
  scan->classes_begin = begin;
  scan->class_bits = bits;
  scan->filters = filters;
  scan->singles_begin = singles;
  return PRD_OK;
}

/// Target of the edge of a class among edges [low, high), or 0.
static uint32_t child_of(const struct prd_pack *pack, uint32_t low, uint32_t high, uint32_t class_number) {
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
  struct seen {
    uint32_t node, token, begin; // begin is one more than the token number, so that 0 is none
  } seen[SEEN_PLACES];           // places that were followed already; one may be forgotten for another
};

static bool push(struct stack *stack, uint32_t node, size_t token) {
  if (stack->count == STACK_DEPTH) return false;
  stack->items[stack->count++] = (struct place){node, (uint32_t)token};
  return true;
}

/// Whether this place was followed since the scan of `begin` began: many phrases end alike, and share their nodes.
static bool seen_before(struct stack *stack, size_t begin, struct place place) {
  const uint32_t mixed = (place.node * 0x9e3779b9U) ^ (place.token * 0x85ebca6bU);
  struct seen *slot = &stack->seen[mixed >> 16 & (SEEN_PLACES - 1)];
  if (slot->node == place.node && slot->token == place.token && slot->begin == begin + 1) return true;
  *slot = (struct seen){place.node, place.token, (uint32_t)begin + 1};
  return false;
}

/// Whether a token has a class of several words.
static bool token_has(const struct scan *scan, size_t token, uint32_t class_number) {
  if (((scan->filters[token].bits[class_number / 64 % 4] >> (class_number % 64)) & 1) == 0) return false;
  uint32_t low = scan->classes_begin[token], high = scan->singles_begin[token];
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (scan->classes[middle] == class_number) return true;
    if (scan->classes[middle] < class_number)
      low = middle + 1;
    else
      high = middle;
  }
  return false;
}

/// Pushes where edges [first, last), none of them a gap, lead when token number `token` is read. Most edges of a node with many are
/// of single words, of which the token has one or two: these are looked for among the edges. The others are looked for among the
/// classes of the token. False when the stack is full.
static bool read_token(const struct scan *scan, struct stack *stack, uint32_t first, uint32_t last, size_t token) {
  const struct prd_image_edge *edges = scan->pack->edges;
  const uint32_t first_single = scan->pack->meta[PRD_META_SINGLE_CLASSES];
  bool room = true;
  uint32_t e = first;
  for (; e < last && edges[e].class_number < first_single; e++) {
    if (token_has(scan, token, edges[e].class_number)) room &= push(stack, edges[e].node, token + 1);
  }
  for (uint32_t c = scan->singles_begin[token]; e < last && c < scan->classes_begin[token + 1]; c++) {
    const uint32_t child = child_of(scan->pack, e, last, scan->classes[c]);
    if (child != 0) room &= push(stack, child, token + 1);
  }
  return room;
}

/// First of the gap edges of a node, which are its last ones: their classes have the highest numbers.
static uint32_t gaps_begin(const struct prd_pack *pack, const struct prd_image_node *node) {
  uint32_t first = node[1].edges_begin;
  while (first > node[0].edges_begin && (pack->edges[first - 1].class_number & PRD_CLASS_GAP) != 0) first--;
  return first;
}

static enum prd_error accept(struct scan *scan, const struct prd_image_node *node, size_t begin, size_t end) {
  const struct prd_view_place *places = scan->views != NULL ? scan->views->places : NULL;
  // What has no other reading was found in the text itself.
  if (places != NULL && places[begin].readings_before == places[end].readings_before) return PRD_OK;
  const uint32_t first = places != NULL ? places[begin].begin_token : (uint32_t)begin;
  const uint32_t last = places != NULL ? places[end - 1].end_token : (uint32_t)end;
  for (uint32_t i = node[0].accepts_begin; i < node[1].accepts_begin; i++) {
    const struct prd_hit hit = {scan->pack->accepts[i], first, last, scan->tokens[begin].begin_byte,
                                scan->tokens[end - 1].end_byte};
    enum prd_error error = prd_hits_add(scan->hits, scan->arena, hit);
    if (error != PRD_OK) return error;
  }
  return PRD_OK;
}

static bool same_sentence(const struct scan *scan, size_t begin, size_t token) {
  return token < scan->token_count && scan->tokens[token].sentence == scan->tokens[begin].sentence;
}

static bool read_gaps(const struct scan *scan, struct stack *stack, uint32_t first, uint32_t last, size_t begin,
                      size_t token) {
  bool room = true;
  for (uint32_t e = first; e < last; e++) {
    const struct prd_image_edge *edge = &scan->pack->edges[e];
    const struct prd_image_node *behind = &scan->pack->nodes[edge->node];
    const uint32_t least = (edge->class_number >> 8) & 0xFF, most = edge->class_number & 0xFF;
    const uint32_t plain_end = gaps_begin(scan->pack, behind);
    for (uint32_t skip = least; skip <= most && same_sentence(scan, begin, token + skip); skip++) {
      // What follows a gap is a class, never another gap or the end.
      if ((behind->classes & scan->class_bits[token + skip]) == 0) continue;
      room &= read_token(scan, stack, behind->edges_begin, plain_end, token + skip);
    }
  }
  return room;
}

/// Follows every phrase that begins with token number `begin`. `*finished` is false when the budget or stack ran out.
static enum prd_error follow(struct scan *scan, struct stack *stack, size_t begin, bool *finished) {
  stack->count = 0;
  for (uint32_t c = scan->classes_begin[begin]; c < scan->classes_begin[begin + 1]; c++) {
    const uint32_t node = scan->pack->class_roots[scan->classes[c]];
    if (node != 0) (void)push(stack, node, begin + 1);
  }
  while (stack->count != 0) {
    if (scan->steps_left == 0) {
      *finished = false;
      return PRD_OK;
    }
    const struct place place = stack->items[--stack->count];
    if (seen_before(stack, begin, place)) continue;
    const struct prd_image_node *node = &scan->pack->nodes[place.node];
    const uint64_t cost = 1 + (uint64_t)(node[1].accepts_begin - node[0].accepts_begin);
    scan->steps_left -= cost < scan->steps_left ? cost : scan->steps_left;
    enum prd_error error = accept(scan, node, begin, place.token);
    if (error != PRD_OK) return error;
    if (node[0].edges_begin == node[1].edges_begin || !same_sentence(scan, begin, place.token)) continue;
    const uint32_t gaps = gaps_begin(scan->pack, node);
    bool room = read_gaps(scan, stack, gaps, node[1].edges_begin, begin, place.token);
    if ((node->classes & scan->class_bits[place.token]) != 0)
      room &= read_token(scan, stack, node[0].edges_begin, gaps, place.token);
    if (!room) *finished = false;
  }
  return PRD_OK;
}

/// Looks at one sequence of tokens: those of the text, or those of its views.
static enum prd_error scan_tokens(struct scan *scan, const char *text, bool *complete) {
  scan->steps_left = STEPS_FLOOR + (uint64_t)STEPS_PER_TOKEN * scan->token_count;
  bool finished = true;
  enum prd_error error = classify_all(scan, text, &finished);
  struct stack stack; // its items are not initialised: that would cost more than most tokens do
  memset(stack.seen, 0, sizeof stack.seen);
  for (size_t i = 0; error == PRD_OK && i < scan->token_count && scan->steps_left != 0; i++)
    error = follow(scan, &stack, i, &finished);
  if (!finished || (scan->steps_left == 0 && scan->token_count != 0)) *complete = false;
  return error;
}

enum prd_error prd_lexicon_scan(const struct prd_pack *pack, struct prd_arena *arena, const struct prd_folded *folded,
                                const struct prd_tokens *tokens, struct prd_hits *hits, bool *complete) {
  struct scan scan = {
      .pack = pack, .tokens = tokens->items, .token_count = tokens->count, .arena = arena, .hits = hits};
  enum prd_error error = scan_tokens(&scan, folded->bytes, complete);
  struct prd_views views = {0};
  if (error == PRD_OK) error = prd_views_build(arena, folded, tokens, &views);
  if (error != PRD_OK || views.tokens.count == 0) return error;
  scan.tokens = views.tokens.items;
  scan.token_count = views.tokens.count;
  scan.views = &views;
  return scan_tokens(&scan, folded->bytes, complete);
}
