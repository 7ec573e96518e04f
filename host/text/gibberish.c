// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/gibberish.h"

#include <stdbool.h>
#include <string.h>

#include "text/characters.h"
#include "text/language.h"

enum {
  LETTERS = 26,
  SHORT_WORD = 4,       ///< up to so many letters a word may be an abbreviation
  ACRONYM = 6,          ///< all capitals
  LONGEST_WEIGHED = 24, ///< letters that are looked at: more say nothing new
  ODD_PERCENT = 80,     ///< cost of a pair of letters, on average, from which a word is unreadable
  VERY_ODD_PERCENT = 130,
  ONE_LETTER_LEAST = 8,
  REPEATED_UNITS = 4,
  LONGEST_UNIT = 3,
  WEIGHT_NEEDED = 6, ///< letters of unreadable words below which nothing is said
  WEIGHT_OTHER = 3,  ///< of a number or a link
  WEIGHT_SYMBOL = 1,
  SIGNS_LEAST = 8,
  SIGN_KINDS_LEAST = 3,
  EMOJI_LEAST = 10,
  EMOJI_KINDS_LEAST = 5,
  SIGNS_PERCENT = 80,
  OTHER_LANGUAGE = 50
};

// Pairs of letters, counted over the 12,800 different words of the packs' sources, of the project's own posts
// (tests/fixtures/corpus) and of the French and English of language_words.h: the bit of the second letter is set, in the
// row of the first, when fewer than 8 words have the pair; or 8 to 59 words.
// clang-format off
static const uint32_t unheard_pairs[LETTERS] = {
    0x0000001, 0x2E1B6EC, 0x2E1B26A, 0x2E986A6, 0x0000000, 0x3E1B6CE, 0x2E9962E, 0x2E186EE, 0x1400180,
    0x3EFBFEE, 0x2E99E6E, 0x2C32280, 0x2E306EC, 0x2C09002, 0x2000200, 0x2E1366A, 0x3EFFFFF, 0x2C00200,
    0x2A20208, 0x2A18640, 0x0500080, 0x3EDBEEE, 0x3F99E6E, 0x3E73EEA, 0x3F106E0, 0x0FFBEEE,
};
static const uint32_t rare_pairs[LETTERS] = {
    0x2C142B0, 0x10C0002, 0x1040000, 0x1003848, 0x1414680, 0x00C0000, 0x1040840, 0x10E3800, 0x2900600,
    0x0100010, 0x1166081, 0x020946E, 0x10C2800, 0x1030E80, 0x0810491, 0x1000004, 0x0000000, 0x0018CA2,
    0x0413C62, 0x040382E, 0x3014620, 0x0120000, 0x0066080, 0x018C115, 0x00EF90F, 0x3004111,
};
// clang-format on

enum reading {
  READABLE,
  DOUBTFUL, ///< unreadable in a text that has no everyday word: an abbreviation elsewhere
  ODD,      ///< unreadable beside another such word: a name or a foreign word elsewhere
  UNREADABLE
};

static bool is_vowel(char c) {
  return strchr("aeiouy", c) != NULL;
}

/// Letters of a word, runs of one letter counted once.
struct letters {
  char bytes[LONGEST_WEIGHED];
  size_t count, longest_run, vowels;
};

/// False for a word that has anything but letters of the alphabet.
static bool take_letters(const char *word, size_t length, struct letters *out) {
  size_t run = 0;
  out->count = out->longest_run = out->vowels = 0;
  for (size_t i = 0; i < length; i++) {
    if (!prd_is_lower(word[i])) return false;
    run = i != 0 && word[i] == word[i - 1] ? run + 1 : 1;
    if (run > out->longest_run) out->longest_run = run;
    if (run > 1 || out->count == LONGEST_WEIGHED) continue;
    out->vowels += is_vowel(word[i]);
    out->bytes[out->count++] = word[i];
  }
  return true;
}

static uint32_t odd_percent(const struct letters *letters) {
  uint32_t cost = 0;
  for (size_t i = 1; i < letters->count; i++) {
    const size_t first = (size_t)(letters->bytes[i - 1] - 'a');
    const uint32_t second = UINT32_C(1) << (letters->bytes[i] - 'a');
    cost += (unheard_pairs[first] & second) != 0 ? 2 : (rare_pairs[first] & second) != 0 ? 1 : 0;
  }
  return letters->count < 2 ? 0 : cost * 100 / (uint32_t)(letters->count - 1);
}

static bool is_laughter(const char *unit, size_t length) {
  const bool vowel = is_vowel(unit[0]) || is_vowel(unit[1]);
  return (vowel && memchr(unit, 'h', length) != NULL) || memcmp(unit, "lo", 2) == 0 || memcmp(unit, "ol", 2) == 0 ||
         memcmp(unit, "na", 2) == 0 || memcmp(unit, "la", 2) == 0;
}

/// Letters of the unit that makes the whole word, over and over ("ghghghgh": 2); 0 for none of two or three.
static size_t repeated_unit(const char *word, size_t length) {
  for (size_t unit = 2; unit <= LONGEST_UNIT; unit++) {
    size_t i = unit;
    while (i < length && word[i] == word[i - unit]) i++;
    if (i == length && length >= 2 * unit) return unit;
  }
  return 0;
}

static enum reading read_letters(const char *word, size_t length, uint16_t flags) {
  struct letters letters;
  if (!take_letters(word, length, &letters)) return READABLE;
  if (letters.count == 1) return length >= ONE_LETTER_LEAST && strchr("zmk", *word) == NULL ? UNREADABLE : READABLE;
  if (prd_is_everyday_word(word, length)) return READABLE;
  const size_t unit = repeated_unit(word, length);
  if (unit != 0 && is_laughter(word, unit)) return READABLE;
  if (unit != 0 && length >= unit * REPEATED_UNITS) return UNREADABLE;
  const uint32_t odd = odd_percent(&letters);
  if (letters.count <= SHORT_WORD)
    return length == SHORT_WORD && letters.vowels == 0 && odd >= ODD_PERCENT ? DOUBTFUL : READABLE;
  const bool name =
      (flags & (PRD_TOKEN_CAPITALIZED | PRD_TOKEN_ALL_CAPITALS | PRD_TOKEN_SENTENCE_START)) == PRD_TOKEN_CAPITALIZED;
  if (odd >= VERY_ODD_PERCENT) return UNREADABLE;
  return (odd >= ODD_PERCENT || letters.vowels == 0) && !name ? ODD : READABLE;
}

static enum reading read_token(const struct prd_folded *folded, const struct prd_token *token) {
  const size_t length = token->end_byte - token->begin_byte;
  if (token->kind != PRD_TOKEN_WORD || (token->flags & (PRD_TOKEN_HASHTAG | PRD_TOKEN_MENTION)) != 0) return READABLE;
  if ((token->flags & PRD_TOKEN_ALL_CAPITALS) != 0 && length <= ACRONYM) return READABLE;
  return read_letters(folded->bytes + token->begin_byte, length, token->flags);
}

/// Signs of a text without words, and how many kinds of them there are (of the first 64).
static int32_t signs_percent(const struct prd_folded *folded) {
  uint32_t kinds[64];
  size_t kind_count = 0, count = 0, wide = 0;
  for (size_t i = 0, length; i < folded->length_bytes; i += length) {
    const enum prd_character_class class = prd_character_at(folded, i, &length);
    if (class == PRD_CHARACTER_SPACE || class == PRD_CHARACTER_LINE) continue;
    const uint32_t kind = prd_word_hash(folded->bytes + i, length);
    size_t k = 0;
    while (k < kind_count && kinds[k] != kind) k++;
    if (k == kind_count && kind_count < sizeof kinds / sizeof *kinds) kinds[kind_count++] = kind;
    count++;
    wide += length > 1;
  }
  const bool emoji = wide * 2 > count;
  const bool various = kind_count >= (emoji ? (size_t)EMOJI_KINDS_LEAST : (size_t)SIGN_KINDS_LEAST);
  return various && count >= (emoji ? (size_t)EMOJI_LEAST : (size_t)SIGNS_LEAST) ? SIGNS_PERCENT : 0;
}

/// Letters of a text by how they can be read.
struct weights {
  uint64_t sum[UNREADABLE + 1];
  uint64_t odd_words; ///< those that are odd or unreadable
  uint64_t other;     ///< what is no word
  bool everyday;      ///< some word is known
  bool word;
};

static void weigh_token(struct weights *weights, const struct prd_folded *folded, const struct prd_token *token) {
  const size_t length = token->end_byte - token->begin_byte;
  if (token->kind != PRD_TOKEN_WORD) {
    weights->other += token->kind == PRD_TOKEN_SYMBOL ? WEIGHT_SYMBOL : WEIGHT_OTHER;
    weights->word |= token->kind != PRD_TOKEN_SYMBOL;
    return;
  }
  weights->word = true;
  const enum reading reading = read_token(folded, token);
  weights->odd_words += reading >= ODD;
  weights->sum[reading] += length < LONGEST_WEIGHED ? length : LONGEST_WEIGHED;
  if (reading == READABLE && !weights->everyday && length > 1)
    weights->everyday = prd_is_everyday_word(folded->bytes + token->begin_byte, length);
}

int32_t prd_unintelligible_percent(const struct prd_folded *folded, const struct prd_tokens *tokens) {
  struct weights weights = {0};
  for (size_t i = 0; i < tokens->count; i++) weigh_token(&weights, folded, &tokens->items[i]);
  if (!weights.word) return signs_percent(folded);
  uint64_t all = weights.other;
  for (size_t i = 0; i <= UNREADABLE; i++) all += weights.sum[i];
  uint64_t unreadable = weights.sum[UNREADABLE];
  if (weights.odd_words > 1) unreadable += weights.sum[ODD];
  // "html", "tmtc": one such word is an abbreviation; a text of them alone, without any word, is not.
  if (!weights.everyday) unreadable += weights.sum[DOUBTFUL];
  if (unreadable < WEIGHT_NEEDED || prd_other_language_percent(folded, tokens) >= OTHER_LANGUAGE) return 0;
  return (int32_t)(unreadable * 100 / all);
}
