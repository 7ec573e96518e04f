// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/source_pattern.h"

#include <stdio.h>
#include <string.h>

#include "policy/automaton.h"

enum expression_kind { EXPRESSION_SET, EXPRESSION_JOIN, EXPRESSION_EITHER, EXPRESSION_REPEAT, EXPRESSION_EMPTY };
// No pattern within the limits of states and bytes is written with so many parts; the bound keeps recursion shallow.
enum { NESTING_MAX = 16, REPEAT_MAX = 128, PARTS_MAX = 4096 };

/// Parsed pattern.
struct expression {
  enum expression_kind kind;
  struct prd_image_byte_set set;
  struct expression *left, *right; ///< JOIN, EITHER; REPEAT has only left
  unsigned least, most;            ///< REPEAT
};

struct parser {
  const struct prd_node *node;
  struct prd_problems *problems;
  const char *text, *at;
  unsigned depth;
  size_t part_count;
  bool failed;
};

static void fail(struct parser *parser, enum prd_source_message message) {
  char number[24];
  (void)snprintf(number, sizeof number, "%zu", (size_t)(parser->at - parser->text) + 1);
  if (!parser->failed) prd_problem_add(parser->problems, parser->node->place, NULL, message, parser->text, number);
  parser->failed = true;
}

static struct expression *new_expression(struct parser *parser, struct expression value) {
  if (parser->part_count++ == PARTS_MAX) {
    if (!parser->failed)
      prd_problem_add(parser->problems, parser->node->place, NULL, PRD_SOURCE_PATTERN_STATES, parser->text, "512");
    parser->failed = true;
    return NULL;
  }
  struct expression *expression = prd_arena_alloc(parser->problems->arena, sizeof *expression);
  if (expression == NULL) {
    parser->problems->out_of_memory = true;
    parser->failed = true;
    return NULL;
  }
  *expression = value;
  return expression;
}

static void set_add(struct prd_image_byte_set *set, uint8_t byte) {
  set->bits[byte / 64] |= 1ULL << (byte % 64);
}

static void set_add_range(struct prd_image_byte_set *set, uint8_t first, uint8_t last) {
  for (unsigned byte = first; byte <= last; byte++) set_add(set, (uint8_t)byte);
}

static size_t set_size(const struct prd_image_byte_set *set) {
  size_t size = 0;
  for (size_t i = 0; i < 4; i++) size += (size_t)__builtin_popcountll(set->bits[i]);
  return size;
}

/// One character of a pattern, folded: patterns read folded text, which is ASCII wherever a pattern can name it.
static bool read_character(struct parser *parser, uint8_t *out) {
  uint8_t byte = (uint8_t)*parser->at;
  if (byte >= 'A' && byte <= 'Z') byte = (uint8_t)(byte - 'A' + 'a');
  if (byte < ' ' || byte > '~') {
    fail(parser, PRD_SOURCE_PATTERN_SYNTAX);
    return false;
  }
  parser->at++;
  *out = byte;
  return true;
}

static bool read_escape(struct parser *parser, struct prd_image_byte_set *set) {
  parser->at++;
  uint8_t byte;
  if (*parser->at == 'd') {
    parser->at++;
    set_add_range(set, '0', '9');
    return true;
  }
  if (!read_character(parser, &byte)) return false;
  if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) { // no other letter means anything
    parser->at--;
    fail(parser, PRD_SOURCE_PATTERN_SYNTAX);
    return false;
  }
  set_add(set, byte);
  return true;
}

static struct expression *parse_class(struct parser *parser) {
  struct expression value = {.kind = EXPRESSION_SET};
  parser->at++;
  const bool negated = *parser->at == '^';
  if (negated) parser->at++;
  while (*parser->at != ']' && !parser->failed) {
    uint8_t first, last;
    if (*parser->at == '\\') {
      (void)read_escape(parser, &value.set);
      continue;
    }
    if (!read_character(parser, &first)) break;
    last = first;
    if (parser->at[0] == '-' && parser->at[1] != ']') {
      parser->at++;
      if (!read_character(parser, &last)) break;
    }
    if (last < first) fail(parser, PRD_SOURCE_PATTERN_SYNTAX);
    set_add_range(&value.set, first, last);
  }
  if (!parser->failed) parser->at++;
  if (set_size(&value.set) == 0) fail(parser, PRD_SOURCE_PATTERN_SYNTAX);
  if (negated) {
    for (size_t i = 0; i < 4; i++) value.set.bits[i] = ~value.set.bits[i];
    value.set.bits[0] &= ~((1ULL << '\n') | 1ULL);
  }
  return new_expression(parser, value);
}

static struct expression *parse_either(struct parser *parser);

static struct expression *parse_atom(struct parser *parser) {
  struct expression value = {.kind = EXPRESSION_SET};
  uint8_t byte;
  switch (*parser->at) {
  case '(':
    if (++parser->depth > NESTING_MAX) fail(parser, PRD_SOURCE_PATTERN_SYNTAX);
    parser->at++;
    struct expression *inner = parser->failed ? NULL : parse_either(parser);
    if (*parser->at != ')') fail(parser, PRD_SOURCE_PATTERN_SYNTAX);
    if (!parser->failed) parser->at++;
    parser->depth--;
    return inner;
  case '[':
    return parse_class(parser);
  case '.':
    parser->at++;
    for (size_t i = 0; i < 4; i++) value.set.bits[i] = ~0ULL;
    value.set.bits[0] &= ~((1ULL << '\n') | 1ULL);
    return new_expression(parser, value);
  case '\\':
    if (!read_escape(parser, &value.set)) return NULL;
    return new_expression(parser, value);
  case '*':
  case '+':
    fail(parser, PRD_SOURCE_PATTERN_UNBOUNDED);
    return NULL;
  case '?':
  case '{':
  case ']':
  case '}':
    fail(parser, PRD_SOURCE_PATTERN_SYNTAX);
    return NULL;
  default:
    if (!read_character(parser, &byte)) return NULL;
    set_add(&value.set, byte);
    return new_expression(parser, value);
  }
}

static unsigned read_number(struct parser *parser) {
  unsigned number = 0;
  const char *begin = parser->at;
  while (*parser->at >= '0' && *parser->at <= '9' && number <= REPEAT_MAX)
    number = number * 10 + (unsigned)(*parser->at++ - '0');
  if (parser->at == begin) fail(parser, PRD_SOURCE_PATTERN_SYNTAX);
  return number;
}

static struct expression *parse_repeat(struct parser *parser) {
  struct expression *expression = parse_atom(parser);
  while (!parser->failed && *parser->at != '\0' && strchr("?{*+", *parser->at) != NULL) {
    unsigned least = 0, most = 1;
    if (*parser->at == '*' || *parser->at == '+') {
      fail(parser, PRD_SOURCE_PATTERN_UNBOUNDED);
      return NULL;
    }
    if (*parser->at++ == '{') {
      least = most = read_number(parser);
      if (!parser->failed && *parser->at == ',') {
        parser->at++;
        if (*parser->at == '}') fail(parser, PRD_SOURCE_PATTERN_UNBOUNDED);
        most = parser->failed ? least : read_number(parser);
      }
      if (!parser->failed && (*parser->at != '}' || most < least || most == 0 || most > REPEAT_MAX))
        fail(parser, PRD_SOURCE_PATTERN_SYNTAX);
      if (parser->failed) return NULL;
      parser->at++;
    }
    expression = new_expression(
        parser, (struct expression){.kind = EXPRESSION_REPEAT, .left = expression, .least = least, .most = most});
  }
  return expression;
}

static struct expression *parse_join(struct parser *parser) {
  struct expression *joined = NULL;
  while (!parser->failed && *parser->at != '\0' && *parser->at != '|' && *parser->at != ')') {
    struct expression *next = parse_repeat(parser);
    if (parser->failed) return NULL;
    joined = joined == NULL
                 ? next
                 : new_expression(parser, (struct expression){.kind = EXPRESSION_JOIN, .left = joined, .right = next});
  }
  return joined != NULL ? joined : new_expression(parser, (struct expression){.kind = EXPRESSION_EMPTY});
}

static struct expression *parse_either(struct parser *parser) {
  struct expression *either = parse_join(parser);
  while (!parser->failed && *parser->at == '|') {
    parser->at++;
    struct expression *next = parse_join(parser);
    either = new_expression(parser, (struct expression){.kind = EXPRESSION_EITHER, .left = either, .right = next});
  }
  return either;
}

/// What the checks need to know about an expression.
struct measure {
  uint64_t shortest, longest, states;
  bool precise; ///< every way through it meets a set of at most ten bytes
};

static uint64_t least_of(uint64_t a, uint64_t b) {
  return a < b ? a : b;
}

static uint64_t most_of(uint64_t a, uint64_t b) {
  return a > b ? a : b;
}

static struct measure measure(const struct expression *expression) {
  struct measure left = {0}, right = {0};
  switch (expression->kind) {
  case EXPRESSION_SET:
    return (struct measure){1, 1, 1, set_size(&expression->set) <= 10};
  case EXPRESSION_JOIN:
    left = measure(expression->left);
    right = measure(expression->right);
    return (struct measure){left.shortest + right.shortest, left.longest + right.longest, left.states + right.states,
                            left.precise || right.precise};
  case EXPRESSION_EITHER:
    left = measure(expression->left);
    right = measure(expression->right);
    return (struct measure){least_of(left.shortest, right.shortest), most_of(left.longest, right.longest),
                            left.states + right.states + 1, left.precise && right.precise};
  case EXPRESSION_REPEAT:
    left = measure(expression->left);
    // Bounded before multiplying: nested repeats must not overflow.
    left.states = least_of((left.states + 1) * expression->most, 1000000);
    return (struct measure){least_of(left.shortest * expression->least, 1000000),
                            least_of(left.longest * expression->most, 1000000), left.states,
                            left.precise && expression->least > 0};
  default:
    return (struct measure){0, 0, 0, false};
  }
}

/// Emitting states. Every emission is given the state that follows, and returns the state that begins.
struct emitter {
  struct prd_pattern_tables *tables;
  struct prd_problems *problems;
  bool backwards;
};

static uint32_t add_state(struct emitter *emitter, struct prd_image_state state) {
  struct prd_pattern_tables *tables = emitter->tables;
  struct prd_image_state *states = prd_arena_grow(emitter->problems->arena, tables->states, tables->state_count,
                                                  &tables->state_capacity, sizeof *states);
  if (states == NULL) {
    emitter->problems->out_of_memory = true;
    return 0;
  }
  tables->states = states;
  states[tables->state_count] = state;
  return (uint32_t)tables->state_count++;
}

static uint32_t set_number(struct emitter *emitter, const struct prd_image_byte_set *set) {
  struct prd_pattern_tables *tables = emitter->tables;
  for (size_t i = 0; i < tables->set_count; i++) {
    if (memcmp(&tables->sets[i], set, sizeof *set) == 0) return (uint32_t)i;
  }
  struct prd_image_byte_set *sets =
      prd_arena_grow(emitter->problems->arena, tables->sets, tables->set_count, &tables->set_capacity, sizeof *sets);
  if (sets == NULL) {
    emitter->problems->out_of_memory = true;
    return 0;
  }
  tables->sets = sets;
  sets[tables->set_count] = *set;
  return (uint32_t)tables->set_count++;
}

static uint32_t emit(struct emitter *emitter, const struct expression *expression, uint32_t next) {
  if (emitter->problems->out_of_memory) return 0;
  switch (expression->kind) {
  case EXPRESSION_SET:
    return add_state(emitter, (struct prd_image_state){PRD_OP_BYTES, set_number(emitter, &expression->set), next});
  case EXPRESSION_JOIN: {
    const struct expression *first = emitter->backwards ? expression->right : expression->left;
    const struct expression *second = emitter->backwards ? expression->left : expression->right;
    return emit(emitter, first, emit(emitter, second, next));
  }
  case EXPRESSION_EITHER: {
    const uint32_t left = emit(emitter, expression->left, next);
    return add_state(emitter, (struct prd_image_state){PRD_OP_SPLIT, emit(emitter, expression->right, next), left});
  }
  case EXPRESSION_REPEAT: {
    uint32_t begin = next;
    for (unsigned i = expression->most; i > expression->least; i--)
      begin = add_state(emitter, (struct prd_image_state){PRD_OP_SPLIT, next, emit(emitter, expression->left, begin)});
    for (unsigned i = 0; i < expression->least; i++) begin = emit(emitter, expression->left, begin);
    return begin;
  }
  default:
    return next;
  }
}

static struct expression *parse_pattern(const struct prd_source_pattern *pattern, struct prd_problems *problems) {
  struct parser parser = {.node = pattern->node, .problems = problems, .text = pattern->node->text};
  parser.at = parser.text;
  struct expression *expression = parse_either(&parser);
  if (!parser.failed && *parser.at != '\0') fail(&parser, PRD_SOURCE_PATTERN_SYNTAX);
  if (parser.failed) return NULL;
  const struct measure measured = measure(expression);
  const struct {
    bool wrong;
    enum prd_source_message message;
    const char *bound;
  } checks[] = {{measured.shortest < PRD_PATTERN_MIN_BYTES, PRD_SOURCE_PATTERN_TOO_SHORT, "2"},
                {measured.longest > PRD_PATTERN_MAX_BYTES, PRD_SOURCE_PATTERN_TOO_LONG, "128"},
                {measured.states > PRD_PATTERN_STATES_MAX, PRD_SOURCE_PATTERN_STATES, "512"},
                {!measured.precise, PRD_SOURCE_PATTERN_TOO_BROAD, NULL}};
  for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
    if (!checks[i].wrong) continue;
    prd_problem_add(problems, pattern->node->place, NULL, checks[i].message, parser.text, checks[i].bound);
    return NULL;
  }
  return expression;
}

static bool is_alnum(unsigned byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
}

/// Gives one symbol to bytes that no set, and not the boundary rule either, tells apart.
static void classify_bytes(struct prd_pattern_tables *tables) {
  unsigned count = 0;
  uint8_t first_of[256] = {0};
  for (unsigned byte = 0; byte < 256; byte++) {
    unsigned symbol = 0;
    for (; symbol < count; symbol++) {
      const unsigned other = first_of[symbol];
      bool same = is_alnum(byte) == is_alnum(other);
      for (size_t s = 0; same && s < tables->set_count; s++)
        same = ((tables->sets[s].bits[byte / 64] >> (byte % 64)) & 1) ==
               ((tables->sets[s].bits[other / 64] >> (other % 64)) & 1);
      if (same) break;
    }
    if (symbol == count) first_of[count++] = (uint8_t)byte;
    tables->byte_classes[byte] = (uint8_t)symbol;
  }
}

void prd_pattern_build(const struct prd_source_pack *pack, struct prd_problems *problems,
                       struct prd_pattern_tables *out) {
  *out = (struct prd_pattern_tables){0};
  struct expression **parsed = prd_arena_array(problems->arena, pack->pattern_count, sizeof *parsed);
  out->reverse = prd_arena_array(problems->arena, pack->feature_count, sizeof *out->reverse);
  if (parsed == NULL || out->reverse == NULL) {
    problems->out_of_memory = true;
    return;
  }
  for (size_t i = 0; i < pack->pattern_count; i++) parsed[i] = parse_pattern(&pack->patterns[i], problems);
  bool any = false;
  for (size_t f = 0; f < pack->feature_count && !problems->out_of_memory; f++) {
    const struct prd_source_feature *feature = &pack->features[f];
    if (feature->kind != PRD_FEATURE_PATTERN || parsed[feature->index] == NULL) continue;
    struct emitter forwards = {out, problems, false}, backwards = {out, problems, true};
    const struct prd_image_state accept = {PRD_OP_ACCEPT, (uint32_t)f, 0};
    const uint32_t end = add_state(&forwards, accept);
    const uint32_t begin = emit(&forwards, parsed[feature->index], end);
    out->scan_root = any ? add_state(&forwards, (struct prd_image_state){PRD_OP_SPLIT, begin, out->scan_root}) : begin;
    out->reverse[f] = emit(&backwards, parsed[feature->index], add_state(&backwards, accept));
    any = true;
  }
  if (any) classify_bytes(out);
}
