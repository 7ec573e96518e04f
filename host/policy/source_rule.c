// SPDX-License-Identifier: GPL-3.0-or-later
// One rule of a pack's source.
#include <stdio.h>
#include <string.h>

#include "policy/category.h"
#include "policy/source_members.h"
#include "policy/source_pack.h"
#include "text/identifiers.h"

enum {
  DEFAULT_THRESHOLD = 60,
  DEFAULT_MATCH_POINTS = 60,
  DEFAULT_WORDS = 8,
  WORDS_MAX = 64,
  POINTS_MAX = 1000,
  ITEMS_MAX = 32,
  EXAMPLES_NEEDED = 2
};

enum item_role { ROLE_MATCH, ROLE_NEAR, ROLE_UNLESS };

struct rule_reader {
  struct prd_source_pack *pack;
  struct prd_problems *problems;
  struct prd_source_rule *rule;
};

static const char *const metric_names[PRD_METRIC_COUNT] = {
    "uppercase-percent",      "repeated-sentences",    "links",         "hashtags",      "other-language-percent",
    "unintelligible-percent", "unknown-words-percent", "repeated-runs", "foreign-links", "published-before"};

static const char *metric_name(size_t index) {
  return index < PRD_METRIC_COUNT ? metric_names[index] : NULL;
}

static const char *directory_name(size_t index) {
  static const char *const names[] = {"person"};
  return index < 1 ? names[index] : NULL;
}

static const char *identifier_name(size_t index) {
  return index < PRD_IDENTIFIER_KIND_COUNT ? prd_identifier_name((enum prd_identifier_kind)index) : NULL;
}

static const char *severity_name(size_t index) {
  return prd_severity_name((enum prd_severity)(index + 1));
}

static const char *venue_name(size_t index) {
  return prd_venue_name((enum prd_venue)index);
}

static const char *account_name(size_t index) {
  return prd_account_name((enum prd_account)index);
}

static const char *state_name(size_t index) {
  static const char *const names[] = {"on", "shadow", "off"};
  return index < 3 ? names[index] : NULL;
}

static const char *window_name(size_t index) {
  static const char *const names[] = {"words", "sentence", "text"};
  return index < 3 ? names[index] : NULL;
}

static const char *side_name(size_t index) {
  static const char *const names[] = {"either", "before", "after"};
  return index < 3 ? names[index] : NULL;
}

static const char *quoted_name(size_t index) {
  static const char *const names[] = {"count", "ignore"};
  return index < 2 ? names[index] : NULL;
}

/// Number of `text` in a closed list; adds a problem and gives 0 when it is not in it.
static size_t choose(struct rule_reader *reader, const struct prd_node *node, const char *(*name_at)(size_t)) {
  for (size_t i = 0; name_at(i) != NULL; i++) {
    if (node->type == PRD_NODE_STRING && strcmp(name_at(i), node->text) == 0) return i;
  }
  prd_problem_add(reader->problems, node->place, reader->rule->id, PRD_SOURCE_NOT_IN_LIST,
                  node->type == PRD_NODE_STRING ? node->text : "…", prd_members_join(reader->problems->arena, name_at));
  return 0;
}

static size_t choose_member(struct rule_reader *reader, const struct prd_node *object, const char *key,
                            const char *(*name_at)(size_t)) {
  const struct prd_node *node = prd_node_member(object, key);
  return node == NULL ? 0 : choose(reader, node, name_at);
}

static int32_t integer_member(struct rule_reader *reader, const struct prd_node *object, const char *key,
                              int32_t fallback, int32_t least, int32_t most) {
  const struct prd_node *node = prd_node_member(object, key);
  if (node == NULL) return fallback;
  if (node->number >= least && node->number <= most) return (int32_t)node->number;
  char range[48];
  (void)snprintf(range, sizeof range, "%d … %d", least, most);
  prd_problem_add(reader->problems, node->place, reader->rule->id, PRD_SOURCE_OUT_OF_RANGE, key, range);
  return fallback;
}

static uint16_t choices(struct rule_reader *reader, const struct prd_node *when, const char *key,
                        const char *(*name_at)(size_t), uint16_t all) {
  const struct prd_node *array = prd_node_member(when, key);
  if (array == NULL) return all;
  uint16_t bits = 0;
  if (array->count == 0) prd_problem_add(reader->problems, array->place, reader->rule->id, PRD_SOURCE_EMPTY, key, NULL);
  for (size_t i = 0; i < array->count; i++) bits |= (uint16_t)(1U << choose(reader, &array->children[i], name_at));
  return bits;
}

/// Narrows the rule to what `when` allows.
static void read_when(struct rule_reader *reader, const struct prd_node *when) {
  static const struct prd_member members[] = {{"venue", PRD_NODE_ARRAY, false}, {"account", PRD_NODE_ARRAY, false}};
  if (when == NULL || !prd_members_check(when, "when", members, 2, reader->rule->id, reader->problems)) return;
  reader->rule->venues &= choices(reader, when, "venue", venue_name, (1U << PRD_VENUE_COUNT) - 1);
  reader->rule->accounts &= choices(reader, when, "account", account_name, (1U << PRD_ACCOUNT_COUNT) - 1);
}

static void read_clauses(struct rule_reader *reader, const struct prd_node *array) {
  struct prd_source_pack *pack = reader->pack;
  struct prd_source_rule *rule = reader->rule;
  if (!prd_members_strings(array, "clauses", rule->id, reader->problems)) return;
  rule->clauses = prd_arena_array(reader->problems->arena, array->count, sizeof *rule->clauses);
  if (rule->clauses == NULL) {
    reader->problems->out_of_memory = true;
    return;
  }
  for (size_t i = 0; i < array->count; i++) {
    size_t k = 0;
    while (k < pack->clause_count && strcmp(pack->clauses[k].id, array->children[i].text) != 0) k++;
    if (k < pack->clause_count) {
      rule->clauses[rule->clause_count++] = (uint32_t)k;
      continue;
    }
    const char *known = "";
    for (size_t c = 0; c < pack->clause_count && known != NULL; c++)
      known = prd_arena_format(reader->problems->arena, "%s%s%s", known, c == 0 ? "" : ", ", pack->clauses[c].id);
    prd_problem_add(reader->problems, array->children[i].place, rule->id, PRD_SOURCE_UNKNOWN_CLAUSE,
                    array->children[i].text, known);
  }
  if (array->count == 0) prd_problem_add(reader->problems, array->place, rule->id, PRD_SOURCE_EMPTY, "clauses", NULL);
}

size_t prd_source_find_list(const struct prd_source_pack *pack, const char *name) {
  for (size_t i = 0; i < pack->list_count; i++) {
    if (strcmp(pack->lists[i].name, name) == 0) return i;
  }
  return SIZE_MAX;
}

size_t prd_source_feature(struct prd_source_pack *pack, struct prd_source_feature feature,
                          struct prd_problems *problems) {
  for (size_t i = 0; i < pack->feature_count; i++) {
    const struct prd_source_feature *known = &pack->features[i];
    if (known->kind == feature.kind && known->index == feature.index && known->detail == feature.detail &&
        known->unconfirmed == feature.unconfirmed)
      return i;
  }
  struct prd_source_feature *features =
      prd_arena_grow(problems->arena, pack->features, pack->feature_count, &pack->feature_capacity, sizeof *features);
  if (features == NULL) {
    problems->out_of_memory = true;
    return SIZE_MAX;
  }
  pack->features = features;
  features[pack->feature_count] = feature;
  return pack->feature_count++;
}

/// The list that holds the terms a rule gives in place.
static bool add_inline_list(struct rule_reader *reader, const struct prd_node *terms, size_t *index) {
  struct prd_source_pack *pack = reader->pack;
  if (terms->count == 0)
    prd_problem_add(reader->problems, terms->place, reader->rule->id, PRD_SOURCE_EMPTY, "terms", NULL);
  if (!prd_members_strings(terms, "terms", reader->rule->id, reader->problems)) return false;
  struct prd_source_list *lists =
      prd_arena_grow(reader->problems->arena, pack->lists, pack->list_count, &pack->list_capacity, sizeof *lists);
  const char *name =
      prd_arena_format(reader->problems->arena, "%s#%zu", reader->rule->id, reader->rule->item_count + 1);
  if (lists == NULL || name == NULL) {
    reader->problems->out_of_memory = true;
    return false;
  }
  pack->lists = lists;
  lists[pack->list_count] =
      (struct prd_source_list){.name = name, .terms = terms, .rule = reader->rule->id, .used = true};
  *index = pack->list_count++;
  return true;
}

static bool find_words(struct rule_reader *reader, const struct prd_node *item, struct prd_source_feature *feature) {
  const struct prd_node *list = prd_node_member(item, "list"), *terms = prd_node_member(item, "terms");
  feature->kind = PRD_FEATURE_WORDS;
  if (terms != NULL) {
    if (!add_inline_list(reader, terms, &feature->index)) return false;
  } else {
    feature->index = prd_source_find_list(reader->pack, list->text);
    if (feature->index == SIZE_MAX) {
      prd_problem_add(reader->problems, list->place, reader->rule->id, PRD_SOURCE_UNKNOWN_LIST, list->text,
                      "institution");
      return false;
    }
    reader->pack->lists[feature->index].used = true;
  }
  feature->name = reader->pack->lists[feature->index].name;
  return true;
}

static bool find_pattern(struct rule_reader *reader, const struct prd_node *item, struct prd_source_feature *feature) {
  const struct prd_node *pattern = prd_node_member(item, "pattern");
  feature->kind = PRD_FEATURE_PATTERN;
  feature->name = pattern->text;
  for (size_t i = 0; i < reader->pack->pattern_count; i++) {
    feature->index = i;
    if (strcmp(reader->pack->patterns[i].name, pattern->text) == 0) return true;
  }
  prd_problem_add(reader->problems, pattern->place, reader->rule->id, PRD_SOURCE_UNKNOWN_PATTERN, pattern->text, NULL);
  return false;
}

static bool find_feature(struct rule_reader *reader, const struct prd_node *item, struct prd_source_feature *feature) {
  const struct prd_node *identifier = prd_node_member(item, "identifier"), *metric = prd_node_member(item, "metric"),
                        *model = prd_node_member(item, "model"), *directory = prd_node_member(item, "directory");
  *feature = (struct prd_source_feature){.kind = PRD_FEATURE_WORDS};
  if (identifier != NULL) {
    const struct prd_node *confirmed = prd_node_member(item, "confirmed");
    feature->kind = PRD_FEATURE_IDENTIFIER;
    feature->name = identifier->text;
    feature->detail = (uint8_t)choose(reader, identifier, identifier_name);
    feature->unconfirmed = confirmed != NULL && confirmed->number == 0;
    return true;
  }
  if (metric != NULL) {
    feature->kind = PRD_FEATURE_METRIC;
    feature->name = metric->text;
    feature->detail = (uint8_t)choose(reader, metric, metric_name);
    return true;
  }
  if (model != NULL) {
    feature->kind = PRD_FEATURE_MODEL;
    feature->name = model->text;
    feature->detail = (uint8_t)choose(reader, model, prd_category_name);
    if (!reader->pack->wants_model)
      prd_problem_add(reader->problems, model->place, reader->rule->id, PRD_SOURCE_MODEL_NOT_ASKED, model->text, NULL);
    return true;
  }
  if (directory != NULL) {
    feature->kind = PRD_FEATURE_DIRECTORY;
    feature->name = "annuaire"; // what evidence shows: never a name
    feature->detail = (uint8_t)choose(reader, directory, directory_name);
    return true;
  }
  if (prd_node_member(item, "pattern") != NULL) return find_pattern(reader, item, feature);
  return find_words(reader, item, feature);
}

static void read_window(struct rule_reader *reader, const struct prd_node *within, struct prd_image_item *image) {
  static const struct prd_member members[] = {{"words", PRD_NODE_INTEGER, true}};
  image->window = PRD_WINDOW_WORDS;
  image->words = DEFAULT_WORDS;
  if (within == NULL) return;
  if (within->type == PRD_NODE_STRING) {
    image->window = (uint8_t)choose(reader, within, window_name);
  } else if (prd_members_check(within, "within", members, 1, reader->rule->id, reader->problems)) {
    image->words = (uint16_t)integer_member(reader, within, "words", DEFAULT_WORDS, 1, WORDS_MAX);
  }
}

static bool check_item(struct rule_reader *reader, const struct prd_node *item, enum item_role role) {
  // Ordered so that each role has one run: a match has no surroundings of its own, an exception no points.
  static const struct prd_member members[] = {
      {"points", PRD_NODE_INTEGER, false},
      {"list", PRD_NODE_STRING, false},
      {"terms", PRD_NODE_ARRAY, false},
      {"pattern", PRD_NODE_STRING, false},
      {"identifier", PRD_NODE_STRING, false},
      {"metric", PRD_NODE_STRING, false},
      {"model", PRD_NODE_STRING, false},
      {"directory", PRD_NODE_STRING, false},
      {"at_least", PRD_NODE_INTEGER, false},
      {"below", PRD_NODE_INTEGER, false},
      {"confirmed", PRD_NODE_BOOLEAN, false},
      {"side", PRD_NODE_STRING, false},
      {"within", PRD_NODE_STRING | PRD_NODE_OBJECT, false},
      {"required", PRD_NODE_BOOLEAN, false},
  };
  static const struct {
    const char *name;
    size_t first, count;
  } roles[] = {[ROLE_MATCH] = {"match", 0, 11}, [ROLE_NEAR] = {"near", 0, 14}, [ROLE_UNLESS] = {"unless", 1, 12}};
  const bool known = prd_members_check(item, roles[role].name, members + roles[role].first, roles[role].count,
                                       reader->rule->id, reader->problems);
  if (!known) return false;
  size_t ways = 0;
  for (size_t i = 1; i <= 7; i++) ways += prd_node_member(item, members[i].name) != NULL; // list to directory
  if (ways == 1) return true;
  char number[24];
  (void)snprintf(number, sizeof number, "%zu", ways);
  prd_problem_add(reader->problems, item->place, reader->rule->id, PRD_SOURCE_ONE_OF_ITEM, number,
                  "list, terms, pattern, identifier, metric, model, directory");
  return false;
}

static void read_item(struct rule_reader *reader, const struct prd_node *item, enum item_role role) {
  struct prd_source_rule *rule = reader->rule;
  struct prd_source_feature feature;
  if (!check_item(reader, item, role) || !find_feature(reader, item, &feature)) return;
  const size_t number = prd_source_feature(reader->pack, feature, reader->problems);
  if (number == SIZE_MAX) return;
  struct prd_source_item *read = &rule->items[rule->item_count++];
  read->place = item->place;
  read->image.feature = (uint32_t)number;
  read->image.points = integer_member(reader, item, "points", role == ROLE_MATCH ? DEFAULT_MATCH_POINTS : 0,
                                      role == ROLE_NEAR ? -POINTS_MAX : 1, POINTS_MAX);
  read->image.at_least =
      integer_member(reader, item, "at_least", prd_node_member(item, "below") != NULL ? 0 : 1, 1, INT32_MAX);
  read->image.below = integer_member(reader, item, "below", 0, 1, INT32_MAX);
  read->image.side = (uint8_t)choose_member(reader, item, "side", side_name);
  const struct prd_node *required = prd_node_member(item, "required");
  read->image.required = required != NULL && required->number != 0;
  read_window(reader, prd_node_member(item, "within"), &read->image);
}

static size_t read_items(struct rule_reader *reader, const struct prd_node *array, enum item_role role) {
  const size_t before = reader->rule->item_count;
  for (size_t i = 0; array != NULL && i < array->count; i++) read_item(reader, &array->children[i], role);
  return reader->rule->item_count - before;
}

static size_t count_of(const struct prd_node *array) {
  return array == NULL ? 0 : array->count;
}

static void read_all_items(struct rule_reader *reader, const struct prd_node *node) {
  const struct prd_node *match = prd_node_member(node, "match"), *near = prd_node_member(node, "near"),
                        *unless = prd_node_member(node, "unless");
  const size_t total = count_of(match) + count_of(near) + count_of(unless);
  const struct prd_node *arrays[] = {match, near, unless};
  for (size_t i = 0; i < 3; i++) {
    if (count_of(arrays[i]) > ITEMS_MAX)
      prd_problem_add(reader->problems, arrays[i]->place, reader->rule->id, PRD_SOURCE_OUT_OF_RANGE, arrays[i]->key,
                      "1 … 32");
  }
  if (count_of(match) == 0)
    prd_problem_add(reader->problems, match->place, reader->rule->id, PRD_SOURCE_EMPTY, "match", NULL);
  reader->rule->items = prd_arena_array(reader->problems->arena, total, sizeof *reader->rule->items);
  if (reader->rule->items == NULL) {
    reader->problems->out_of_memory = true;
    return;
  }
  reader->rule->match_count = read_items(reader, match, ROLE_MATCH);
  reader->rule->near_count = read_items(reader, near, ROLE_NEAR);
  reader->rule->unless_count = read_items(reader, unless, ROLE_UNLESS);
}

/// Refuses a rule whose points can never reach its threshold.
static void check_reachable(struct rule_reader *reader) {
  const struct prd_source_rule *rule = reader->rule;
  int32_t best = 0, near = 0;
  for (size_t i = 0; i < rule->match_count; i++) {
    if (rule->items[i].image.points > best) best = rule->items[i].image.points;
  }
  for (size_t i = 0; i < rule->near_count; i++) {
    const struct prd_image_item *item = &rule->items[rule->match_count + i].image;
    if (item->points > 0 || item->required != 0) near += item->points;
  }
  if (rule->match_count == 0 || best + near >= rule->threshold) return;
  char reached[24], threshold[24];
  (void)snprintf(reached, sizeof reached, "%d", best + near);
  (void)snprintf(threshold, sizeof threshold, "%d", rule->threshold);
  prd_problem_add(reader->problems, rule->place, rule->id, PRD_SOURCE_UNREACHABLE, reached, threshold);
}

static const char *with_institution(struct rule_reader *reader, const char *text) {
  static const char slot[] = "{institution}";
  const char *found;
  // From behind each name that was put in: one that holds the slot itself would never end.
  for (size_t from = 0; text != NULL && (found = strstr(text + from, slot)) != NULL;) {
    from = (size_t)(found - text) + strlen(reader->pack->short_name.fr);
    text = prd_arena_format(reader->problems->arena, "%.*s%s%s", (int)(found - text), text, reader->pack->short_name.fr,
                            found + sizeof slot - 1);
  }
  if (text == NULL) reader->problems->out_of_memory = true;
  return text == NULL ? "" : text;
}

static unsigned first_bit(uint16_t bits) {
  unsigned bit = 0;
  while (bit < 15 && ((bits >> bit) & 1) == 0) bit++;
  return bits == 0 ? 0 : bit;
}

static void read_example(struct rule_reader *reader, const struct prd_node *node, bool must_match) {
  static const struct prd_member members[] = {
      {"text", PRD_NODE_STRING, true},      {"words", PRD_NODE_ARRAY, false},
      {"venue", PRD_NODE_STRING, false},    {"account", PRD_NODE_STRING, false},
      {"directory", PRD_NODE_ARRAY, false}, {"published_before", PRD_NODE_INTEGER, false}};
  struct prd_source_rule *rule = reader->rule;
  struct prd_source_example *example = &rule->examples[rule->example_count];
  *example = (struct prd_source_example){.place = node->place,
                                         .must_match = must_match,
                                         .venue = (enum prd_venue)first_bit(rule->venues),
                                         .account = (enum prd_account)first_bit(rule->accounts)};
  if (node->type == PRD_NODE_STRING) {
    example->text = with_institution(reader, node->text);
  } else {
    if (!prd_members_check(node, "examples", members, 6, rule->id, reader->problems)) return;
    example->text = with_institution(reader, prd_members_text(node, "text", ""));
    const struct prd_node *venue = prd_node_member(node, "venue"), *account = prd_node_member(node, "account");
    if (venue != NULL) example->venue = (enum prd_venue)choose(reader, venue, venue_name);
    if (account != NULL) example->account = (enum prd_account)choose(reader, account, account_name);
    example->published_before = integer_member(reader, node, "published_before", 0, 0, 256);
    const struct prd_node *directory = prd_node_member(node, "directory");
    if (directory != NULL && prd_members_strings(directory, "directory", rule->id, reader->problems))
      example->directory = directory;
    example->words = prd_node_member(node, "words");
    if (example->words != NULL && !prd_members_strings(example->words, "words", rule->id, reader->problems)) return;
  }
  rule->example_count++;
}

static void read_examples(struct rule_reader *reader, const struct prd_node *node) {
  static const struct prd_member members[] = {{"match", PRD_NODE_ARRAY, true}, {"clean", PRD_NODE_ARRAY, true}};
  struct prd_source_rule *rule = reader->rule;
  if (!prd_members_check(node, "examples", members, 2, rule->id, reader->problems)) return;
  const struct prd_node *arrays[] = {prd_node_member(node, "match"), prd_node_member(node, "clean")};
  rule->examples =
      prd_arena_array(reader->problems->arena, arrays[0]->count + arrays[1]->count, sizeof *rule->examples);
  if (rule->examples == NULL) {
    reader->problems->out_of_memory = true;
    return;
  }
  for (size_t a = 0; a < 2; a++) {
    if (arrays[a]->count < EXAMPLES_NEEDED)
      prd_problem_add(reader->problems, arrays[a]->place, rule->id, PRD_SOURCE_NEEDS_EXAMPLES, arrays[a]->key, "2");
    for (size_t i = 0; i < arrays[a]->count; i++) read_example(reader, &arrays[a]->children[i], a == 0);
  }
}

static const struct prd_node *find_category(const struct prd_source_pack *pack, const char *name) {
  for (size_t i = 0; i < pack->category_count; i++) {
    if (strcmp(pack->categories[i].name, name) == 0) return pack->categories[i].node;
  }
  return NULL;
}

static bool check_rule(struct rule_reader *reader, const struct prd_node *node) {
  static const struct prd_member members[] = {
      {"id", PRD_NODE_STRING, true},       {"category", PRD_NODE_STRING, true},    {"severity", PRD_NODE_STRING, true},
      {"match", PRD_NODE_ARRAY, true},     {"message", PRD_NODE_OBJECT, true},     {"remedy", PRD_NODE_OBJECT, true},
      {"examples", PRD_NODE_OBJECT, true}, {"clauses", PRD_NODE_ARRAY, false},     {"state", PRD_NODE_STRING, false},
      {"when", PRD_NODE_OBJECT, false},    {"near", PRD_NODE_ARRAY, false},        {"unless", PRD_NODE_ARRAY, false},
      {"quoted", PRD_NODE_STRING, false},  {"threshold", PRD_NODE_INTEGER, false}, {"certain", PRD_NODE_BOOLEAN, false},
  };
  const char *id = prd_members_text(node, "id", NULL);
  reader->rule->id = id;
  if (!prd_members_check(node, "rules", members, sizeof members / sizeof *members, id, reader->problems)) return false;
  if (!prd_source_is_identifier(id)) {
    prd_problem_add(reader->problems, node->place, id, PRD_SOURCE_BAD_IDENTIFIER, id, NULL);
    return false;
  }
  for (size_t i = 0; i < reader->pack->rule_count; i++) {
    if (strcmp(reader->pack->rules[i].id, id) != 0) continue;
    const struct prd_place place = reader->pack->rules[i].place;
    prd_problem_add(reader->problems, node->place, id, PRD_SOURCE_DEFINED_TWICE, id,
                    prd_arena_format(reader->problems->arena, "%s:%u:%u", place.file, place.line, place.column));
    return false;
  }
  return true;
}

void prd_source_read_rule(struct prd_source_pack *pack, const struct prd_node *node, bool shared,
                          struct prd_problems *problems) {
  struct prd_source_rule rule = {
      .place = node->place, .venues = (1U << PRD_VENUE_COUNT) - 1, .accounts = (1U << PRD_ACCOUNT_COUNT) - 1};
  struct rule_reader reader = {pack, problems, &rule};
  if (!check_rule(&reader, node)) return;
  rule.category = prd_members_text(node, "category", "");
  if (!prd_category_exists(rule.category)) { // a shared rule that is misspelt must not be left out in silence
    prd_problem_add(problems, prd_node_member(node, "category")->place, rule.id, PRD_SOURCE_NOT_IN_LIST, rule.category,
                    prd_members_join(problems->arena, prd_category_name));
    return;
  }
  const struct prd_node *category = find_category(pack, rule.category);
  if (category == NULL) {
    if (!shared)
      prd_problem_add(problems, node->place, rule.id, PRD_SOURCE_CATEGORY_WITHOUT_CLAUSE, rule.category, NULL);
    return;
  }
  const size_t state = choose_member(&reader, node, "state", state_name);
  if (state == 2) return;
  rule.state = state == 1 ? PRD_RULE_SHADOW : PRD_RULE_ON;
  rule.severity = (enum prd_severity)(choose_member(&reader, node, "severity", severity_name) + 1);
  rule.ignore_quoted = choose_member(&reader, node, "quoted", quoted_name) == 1;
  rule.threshold = integer_member(&reader, node, "threshold", DEFAULT_THRESHOLD, 1, POINTS_MAX);
  const struct prd_node *certain = prd_node_member(node, "certain");
  if (pack->wants_model && (certain == NULL || certain->number == 0))
    rule.doubt = (uint16_t)integer_member(&reader, category, "doubt_below", 0, 1, 100);
  read_when(&reader, prd_node_member(category, "when"));
  read_when(&reader, prd_node_member(node, "when"));
  const struct prd_node *clauses = prd_node_member(node, "clauses");
  read_clauses(&reader, clauses != NULL ? clauses : prd_node_member(category, "clauses"));
  rule.message = prd_members_bilingual(node, "message", rule.id, problems);
  rule.remedy = prd_members_bilingual(node, "remedy", rule.id, problems);
  read_all_items(&reader, node);
  check_reachable(&reader);
  read_examples(&reader, prd_node_member(node, "examples"));
  if (rule.venues == 0 || rule.accounts == 0) { // the category leaves this rule no place where it could fire
    if (!shared) prd_problem_add(problems, node->place, rule.id, PRD_SOURCE_EMPTY, "when", NULL);
    return;
  }
  struct prd_source_rule *rules =
      prd_arena_grow(problems->arena, pack->rules, pack->rule_count, &pack->rule_capacity, sizeof *rules);
  if (rules == NULL) {
    problems->out_of_memory = true;
    return;
  }
  pack->rules = rules;
  rules[pack->rule_count++] = rule;
}
