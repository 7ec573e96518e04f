// SPDX-License-Identifier: GPL-3.0-or-later
// Remarks about the terms of lists: weak context, memorised examples, terms that others already find.
#include <stdlib.h>
#include <string.h>

#include "policy/source_lint.h"
#include "policy/source_terms.h"
#include "text/tokens.h"

enum { MEMORISED_WORDS = 5 };

/// One way to write a term of a list, as one text.
struct variant {
  const char *key;
  size_t term;
  size_t words; ///< 0 when it has a slot, a gap or a beginning of a word
  bool prefix;  ///< one beginning of a word, and nothing else
};

/// Every way to write the terms of one list.
struct expansion {
  const struct prd_node *terms;
  struct variant *items;
  size_t count, capacity;
};

/// Words that stand in almost every sentence, folded, in alphabetical order.
static const char *const common[] = {
    "a",    "about", "ai",   "all",  "alors", "an",   "and", "any",  "are",   "as",    "at",   "au",   "aussi", "aux",
    "avec", "avoir", "be",   "bien", "but",   "by",   "c'",  "ca",   "car",   "ce",    "ces",  "cet",  "cette", "comme",
    "d'",   "dans",  "de",   "des",  "do",    "donc", "du",  "elle", "elles", "en",    "es",   "est",  "et",    "etre",
    "eu",   "fait",  "for",  "from", "has",   "have", "he",  "her",  "his",   "i",     "il",   "ils",  "in",    "is",
    "it",   "its",   "j'",   "je",   "l'",    "la",   "le",  "les",  "leur",  "lui",   "ma",   "mais", "me",    "mes",
    "moi",  "mon",   "my",   "n'",   "ne",    "no",   "nos", "not",  "notre", "nous",  "of",   "on",   "ont",   "or",
    "ou",   "our",   "par",  "pas",  "plus",  "pour", "qu'", "que",  "qui",   "quoi",  "s'",   "sa",   "se",    "ses",
    "she",  "si",    "so",   "son",  "sont",  "sur",  "te",  "that", "the",   "their", "them", "they", "this",  "to",
    "toi",  "ton",   "tout", "tu",   "un",    "une",  "us",  "very", "vos",   "votre", "vous", "was",  "we",    "were",
    "what", "who",   "will", "with", "y",     "you",  "your"};

static int compare_words(const void *left, const void *right) {
  return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static bool is_common(const char *word) {
  return bsearch(&word, common, sizeof common / sizeof *common, sizeof *common, compare_words) != NULL;
}

static const char *piece_text(struct prd_arena *arena, const struct prd_piece *piece) {
  switch (piece->kind) {
  case PRD_PIECE_WORD:
    return piece->text;
  case PRD_PIECE_PREFIX:
    return prd_arena_format(arena, "%s*", piece->text);
  case PRD_PIECE_SLOT:
    return prd_arena_format(arena, "{%s}", piece->text);
  default:
    return prd_arena_format(arena, "<%u-%u>", piece->least, piece->most);
  }
}

/// One variant as one text; false when memory is exhausted.
static bool describe(struct prd_arena *arena, const struct prd_variant *from, size_t term, struct variant *out) {
  const char *key = "";
  size_t words = 0;
  for (size_t i = 0; i < from->count && key != NULL; i++) {
    const char *piece = piece_text(arena, &from->pieces[i]);
    if (piece == NULL) return false;
    words += from->pieces[i].kind == PRD_PIECE_WORD;
    key = prd_arena_format(arena, "%s%s%s", key, i == 0 ? "" : " ", piece);
  }
  *out = (struct variant){.key = key,
                          .term = term,
                          .words = words == from->count ? words : 0,
                          .prefix = from->count == 1 && from->pieces[0].kind == PRD_PIECE_PREFIX};
  return key != NULL;
}

/// Expands a list; the lexicon has accepted its terms, so there is nothing to complain of. False when memory is exhausted.
static bool expand(const struct prd_node *terms, struct prd_problems *problems, struct expansion *out) {
  *out = (struct expansion){.terms = terms};
  for (size_t t = 0; t < terms->count; t++) {
    struct prd_variants variants = {0};
    if (!prd_term_expand(&terms->children[t], NULL, problems, &variants)) continue;
    for (size_t v = 0; v < variants.count; v++) {
      struct variant *items = prd_arena_grow(problems->arena, out->items, out->count, &out->capacity, sizeof *items);
      if (items == NULL) return false;
      out->items = items;
      if (!describe(problems->arena, &variants.items[v], t, &items[out->count++])) return false;
    }
  }
  return true;
}

static int by_key(const void *left, const void *right) {
  const struct variant *a = left, *b = right;
  const int order = strcmp(a->key, b->key);
  if (order != 0) return order;
  return a->term < b->term ? -1 : a->term > b->term;
}

/// A beginning of a word, of another term, that finds this one word; NULL when there is none.
static const struct variant *prefix_of(const struct expansion *expansion, const struct variant *variant) {
  for (size_t i = 0; variant->words == 1 && i < expansion->count; i++) {
    const struct variant *other = &expansion->items[i];
    if (other->prefix && other->term != variant->term && strncmp(other->key, variant->key, strlen(other->key) - 1) == 0)
      return other;
  }
  return NULL;
}

/// Tells each term all of whose variants other terms find. Orders the variants.
static void lint_redundant(struct expansion *expansion, struct prd_problems *problems) {
  const struct prd_node *terms = expansion->terms;
  size_t *left = prd_arena_array(problems->arena, terms->count, sizeof *left);
  size_t *by = prd_arena_array(problems->arena, terms->count, sizeof *by);
  if (left == NULL || by == NULL) {
    problems->out_of_memory = true;
    return;
  }
  if (expansion->count != 0) qsort(expansion->items, expansion->count, sizeof *expansion->items, by_key);
  for (size_t i = 0, first = 0; i < expansion->count; i++) {
    const struct variant *variant = &expansion->items[i];
    if (strcmp(expansion->items[first].key, variant->key) != 0) first = i;
    const struct variant *other = &expansion->items[first];
    if (other->term == variant->term) other = prefix_of(expansion, variant);
    if (other == NULL)
      left[variant->term]++;
    else
      by[variant->term] = other->term + 1;
  }
  for (size_t t = 0; t < terms->count; t++) {
    if (left[t] == 0 && by[t] != 0)
      prd_problem_add(problems, terms->children[t].place, NULL, PRD_SOURCE_LINT_REDUNDANT_TERM, terms->children[t].text,
                      terms->children[by[t] - 1].text);
  }
}

/// The words of an example as the lexicon reads them, joined by spaces; NULL when memory is exhausted.
static const char *words_of(const char *text, struct prd_arena *arena) {
  struct prd_folded folded;
  struct prd_tokens tokens;
  if (prd_fold_text(arena, text, strlen(text), &folded) != PRD_OK || prd_tokenize(arena, &folded, &tokens) != PRD_OK)
    return NULL;
  const char *words = "";
  for (size_t i = 0; i < tokens.count && words != NULL; i++)
    words = prd_arena_format(arena, "%s%s%.*s", words, i == 0 ? "" : " ",
                             (int)(tokens.items[i].end_byte - tokens.items[i].begin_byte),
                             folded.bytes + tokens.items[i].begin_byte);
  return words;
}

static void lint_memorised_in(const struct prd_source_rule *rule, const struct expansion *expansion,
                              struct prd_problems *problems) {
  size_t longest = 0;
  for (size_t i = 0; i < expansion->count; i++) {
    if (expansion->items[i].words > longest) longest = expansion->items[i].words;
  }
  for (size_t e = 0; longest >= MEMORISED_WORDS && e < rule->example_count; e++) {
    const char *words = rule->examples[e].must_match ? words_of(rule->examples[e].text, problems->arena) : NULL;
    for (size_t i = 0; words != NULL && i < expansion->count; i++) {
      const struct variant *variant = &expansion->items[i];
      if (variant->words < MEMORISED_WORDS || strcmp(variant->key, words) != 0) continue;
      const struct prd_node *term = &expansion->terms->children[variant->term];
      prd_problem_add(problems, term->place, rule->id, PRD_SOURCE_LINT_MEMORISED, term->text, NULL);
      break;
    }
  }
}

/// Whether every word of every variant is common; a slot or a gap says something more.
static bool only_common(const struct expansion *expansion, struct prd_arena *arena) {
  for (size_t i = 0; i < expansion->count; i++) {
    char *rest = expansion->items[i].words == 0
                     ? NULL
                     : prd_arena_copy(arena, expansion->items[i].key, strlen(expansion->items[i].key));
    if (rest == NULL) return false;
    for (char *word; (word = strsep(&rest, " ")) != NULL;) {
      if (!is_common(word)) return false;
    }
  }
  return expansion->count != 0;
}

static void lint_items(const struct prd_source_pack *source, const struct prd_source_rule *rule,
                       const struct expansion *expansions, const bool *weak, struct prd_problems *problems) {
  for (size_t i = 0; i < rule->match_count + rule->near_count; i++) {
    const struct prd_image_item *item = &rule->items[i].image;
    const struct prd_source_feature *feature = &source->features[item->feature];
    if (feature->kind != PRD_FEATURE_WORDS) continue;
    if (i < rule->match_count)
      lint_memorised_in(rule, &expansions[feature->index], problems);
    else if (weak[feature->index] && (item->points > 0 || item->required != 0))
      prd_problem_add(problems, rule->items[i].place, rule->id, PRD_SOURCE_LINT_WEAK_CONTEXT, feature->name, NULL);
  }
}

void prd_source_lint_terms(const struct prd_source_pack *source, struct prd_problems *problems) {
  struct expansion *expansions = prd_arena_array(problems->arena, source->list_count, sizeof *expansions);
  bool *weak = prd_arena_array(problems->arena, source->list_count, sizeof *weak);
  if (expansions == NULL || weak == NULL) {
    problems->out_of_memory = true;
    return;
  }
  for (size_t l = 0; l < source->list_count; l++) {
    if (!source->lists[l].used) continue; // the lexicon never looked at it
    if (!expand(source->lists[l].terms, problems, &expansions[l])) {
      problems->out_of_memory = true;
      return;
    }
    weak[l] = only_common(&expansions[l], problems->arena);
    lint_redundant(&expansions[l], problems);
  }
  for (size_t r = 0; r < source->rule_count; r++) lint_items(source, &source->rules[r], expansions, weak, problems);
}
