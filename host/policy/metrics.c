// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/metrics.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "policy/lexicon.h"
#include "text/gibberish.h"
#include "text/language.h"

enum {
  RUN_WORDS_MAX = 8,      ///< words of a run that is looked for
  RUNS_NEEDED = 3,        ///< times that a run of several words stands
  RUNS_OF_ONE_NEEDED = 6, ///< of one word
  RUN_LETTERS_NEEDED = 3, ///< of some word of the run
  KNOWABLE_NEEDED = 4,    ///< words that could be known
  OTHER_LANGUAGE_LEAST = 50
};

enum { LETTERS_NEEDED = 20, WORDS_OF_A_SENTENCE = 3, LETTERS_OF_A_SHORT_ONE = 4, SHORT_ONES_NEEDED = 3 };

static int32_t uppercase_percent(const struct prd_folded *folded) {
  size_t letters = 0, upper = 0;
  for (size_t i = 0; i < folded->length_bytes; i++) {
    if (folded->bytes[i] < 'a' || folded->bytes[i] > 'z') continue;
    letters++;
    if ((folded->traits[i] & PRD_TRAIT_UPPER) != 0) upper++;
  }
  return letters < LETTERS_NEEDED ? 0 : (int32_t)(upper * 100 / letters);
}

static int compare_hashes(const void *left, const void *right) {
  const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
  return a < b ? -1 : a > b;
}

/// Most frequent value of an array, counted; 0 when none occurs `least` times. Orders the array.
static int32_t most_repeated(uint64_t *values, size_t count, size_t least) {
  if (count < least) return 0;
  qsort(values, count, sizeof *values, compare_hashes);
  size_t best = 1, run = 1;
  for (size_t i = 1; i < count; i++) {
    run = values[i] == values[i - 1] ? run + 1 : 1;
    if (run > best) best = run;
  }
  return best >= least ? (int32_t)best : 0;
}

/// Words that people repeat for joy: they make no sentence of one or two words.
static const char *const exclamations[] = {"allez", "bravo",  "congrats", "encore", "hourra", "merci",
                                           "super", "thanks", "youpi",    "yeah",   "yess",   "wooo"};

static bool is_exclamation(const char *word, size_t length) {
  for (size_t i = 0; i < sizeof exclamations / sizeof *exclamations; i++)
    if (strlen(exclamations[i]) == length && memcmp(exclamations[i], word, length) == 0) return true;
  return false;
}

/// Whether a token alone makes its sentence one that says something.
static bool says_something(const struct prd_folded *folded, const struct prd_token *token) {
  const size_t length = token->end_byte - token->begin_byte;
  return token->kind == PRD_TOKEN_WORD && length >= LETTERS_OF_A_SHORT_ONE &&
         !is_exclamation(folded->bytes + token->begin_byte, length);
}

/// Hashes of the sentences: long ones from the beginning of the array on, short ones from its end back.
struct sentences {
  uint64_t *hashes;
  size_t capacity, long_count, short_count;
};

static void add_sentence(struct sentences *sentences, uint64_t hash, size_t words, bool says) {
  if (sentences->long_count + sentences->short_count == sentences->capacity) return;
  if (words >= WORDS_OF_A_SENTENCE)
    sentences->hashes[sentences->long_count++] = hash;
  else if (says)
    sentences->hashes[sentences->capacity - ++sentences->short_count] = hash;
}

static enum prd_error repeated_sentences(struct prd_arena *arena, const struct prd_folded *folded,
                                         const struct prd_tokens *tokens, int32_t *out) {
  struct sentences sentences = {.capacity = tokens->sentence_count};
  sentences.hashes = prd_arena_array(arena, sentences.capacity, sizeof *sentences.hashes);
  if (sentences.hashes == NULL) return PRD_ERROR_MEMORY;
  for (size_t i = 0; i < tokens->count;) {
    uint64_t hash = 14695981039346656037U; // FNV-1a, 64 bits, over the words' hashes
    size_t words = 0;
    bool says = false;
    const uint32_t sentence = tokens->items[i].sentence;
    for (; i < tokens->count && tokens->items[i].sentence == sentence; i++, words++) {
      hash = (hash ^ tokens->items[i].hash) * 1099511628211U;
      says = says || (words < WORDS_OF_A_SENTENCE && says_something(folded, &tokens->items[i]));
    }
    add_sentence(&sentences, hash, words, says);
  }
  uint64_t *shorts = sentences.hashes + (sentences.capacity - sentences.short_count);
  const int32_t of_long = most_repeated(sentences.hashes, sentences.long_count, 2);
  const int32_t of_short = most_repeated(shorts, sentences.short_count, SHORT_ONES_NEEDED);
  *out = of_long > of_short ? of_long : of_short;
  return PRD_OK;
}

/// How often words [begin, begin + period) stand one behind the other from there on; `*next` is where the last of them ends.
static int32_t runs_from(const struct prd_tokens *tokens, size_t begin, size_t period, size_t *next) {
  size_t i = begin + period;
  while (i < tokens->count && tokens->items[i].hash == tokens->items[i - period].hash) i++;
  *next = i;
  return (int32_t)((i - begin) / period);
}

static bool run_says_something(const struct prd_folded *folded, const struct prd_token *run, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const size_t length = run[i].end_byte - run[i].begin_byte;
    if (run[i].kind == PRD_TOKEN_WORD && length >= RUN_LETTERS_NEEDED &&
        !is_exclamation(folded->bytes + run[i].begin_byte, length))
      return true;
  }
  return false;
}

/// Most times that a run of words stands back to back ("rouvrez la clinique rouvrez la clinique rouvrez la clinique").
static int32_t repeated_runs(const struct prd_folded *folded, const struct prd_tokens *tokens) {
  int32_t most = 0;
  for (size_t period = 1; period <= RUN_WORDS_MAX; period++) {
    for (size_t begin = 0, next;
         begin + period<tokens->count; begin = next> begin + period ? next - period + 1 : begin + 1) {
      const int32_t runs = runs_from(tokens, begin, period, &next);
      if (runs >= (period == 1 ? RUNS_OF_ONE_NEEDED : RUNS_NEEDED) && runs > most &&
          run_says_something(folded, &tokens->items[begin], period))
        most = runs;
    }
  }
  return most;
}

/// Share of the plain words (no name, tag, mention or code) that are neither everyday words of some language nor in the pack.
static int32_t unknown_words_percent(const struct prd_pack *pack, const struct prd_folded *folded,
                                     const struct prd_tokens *tokens) {
  size_t words = 0, unknown = 0;
  for (size_t i = 0; i < tokens->count; i++) {
    const struct prd_token *token = &tokens->items[i];
    const char *bytes = folded->bytes + token->begin_byte;
    const size_t length = token->end_byte - token->begin_byte;
    const bool name = (token->flags & PRD_TOKEN_CAPITALIZED) != 0 && (token->flags & PRD_TOKEN_SENTENCE_START) == 0;
    const bool plain = token->kind == PRD_TOKEN_WORD && length > 1 && !name &&
                       (token->flags & (PRD_TOKEN_HASHTAG | PRD_TOKEN_MENTION)) == 0;
    bool code = false;
    for (size_t k = 0; plain && k < length; k++) code |= bytes[k] >= '0' && bytes[k] <= '9';
    if (!plain || code) continue;
    words++;
    unknown += !prd_is_everyday_word(bytes, length) && !prd_lexicon_knows(pack, bytes, length);
  }
  if (words < KNOWABLE_NEEDED || prd_other_language_percent(folded, tokens) >= OTHER_LANGUAGE_LEAST) return 0;
  return (int32_t)(unknown * 100 / words);
}

/// Bit set of the metrics that some feature of the pack asks for.
static uint32_t wanted_metrics(const struct prd_pack *pack) {
  uint32_t wanted = 0;
  for (uint32_t f = 0; f < pack->counts[PRD_SECTION_FEATURES]; f++) {
    const struct prd_image_feature *feature = &pack->features[f];
    if (feature->kind == PRD_FEATURE_METRIC) wanted |= UINT32_C(1) << feature->detail;
  }
  return wanted;
}

static bool is_wanted(uint32_t wanted, enum prd_image_metric metric) {
  return ((wanted >> metric) & 1) != 0;
}

static int32_t foreign_links(const struct prd_pack *pack, const struct prd_allowed_domains *allowed,
                             const struct prd_folded *folded, const struct prd_tokens *tokens) {
  int32_t count = 0;
  for (size_t i = 0; i < tokens->count; i++) {
    const struct prd_token *token = &tokens->items[i];
    if (token->kind == PRD_TOKEN_LINK &&
        prd_link_is_foreign(pack, allowed, folded->bytes + token->begin_byte, token->end_byte - token->begin_byte))
      count++;
  }
  return count;
}

enum prd_error prd_measure(const struct prd_pack *pack, const struct prd_allowed_domains *allowed,
                           struct prd_arena *arena, const struct prd_folded *folded, const struct prd_tokens *tokens,
                           struct prd_metrics *out) {
  *out = (struct prd_metrics){0};
  const uint32_t wanted = wanted_metrics(pack);
  if (is_wanted(wanted, PRD_METRIC_UPPERCASE_PERCENT))
    out->values[PRD_METRIC_UPPERCASE_PERCENT] = uppercase_percent(folded);
  for (size_t i = 0; i < tokens->count; i++) {
    if (tokens->items[i].kind == PRD_TOKEN_LINK) out->values[PRD_METRIC_LINKS]++;
    if ((tokens->items[i].flags & PRD_TOKEN_HASHTAG) != 0) out->values[PRD_METRIC_HASHTAGS]++;
  }
  if (is_wanted(wanted, PRD_METRIC_OTHER_LANGUAGE))
    out->values[PRD_METRIC_OTHER_LANGUAGE] = prd_other_language_percent(folded, tokens);
  if (is_wanted(wanted, PRD_METRIC_UNINTELLIGIBLE))
    out->values[PRD_METRIC_UNINTELLIGIBLE] = prd_unintelligible_percent(folded, tokens);
  if (is_wanted(wanted, PRD_METRIC_UNKNOWN_WORDS))
    out->values[PRD_METRIC_UNKNOWN_WORDS] = unknown_words_percent(pack, folded, tokens);
  if (is_wanted(wanted, PRD_METRIC_REPEATED_RUNS))
    out->values[PRD_METRIC_REPEATED_RUNS] = repeated_runs(folded, tokens);
  if (is_wanted(wanted, PRD_METRIC_FOREIGN_LINKS))
    out->values[PRD_METRIC_FOREIGN_LINKS] = foreign_links(pack, allowed, folded, tokens);
  if (!is_wanted(wanted, PRD_METRIC_REPEATED_SENTENCES)) return PRD_OK;
  return repeated_sentences(arena, folded, tokens, &out->values[PRD_METRIC_REPEATED_SENTENCES]);
}
