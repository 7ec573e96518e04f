// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/language.h"

#include <string.h>

#include "text/characters.h"
#include "text/language_words.h"

enum {
  WORDS_NEEDED = 4,
  POINTS_OF_WORD = 2, ///< a word of one side only
  POINTS_NEEDED = 4,
  POINTS_OF_CERTAINTY = 8,
  CONFIDENCE_LEAST = 62,
  CONFIDENCE_ENOUGH = 70,
  CONFIDENCE_MOST = 96,
  COVER_PERCENT = 34, ///< share of a sentence's words that its language must know
  LETTERS_OF_HANGUL_WORD = 8,
  FIRST_STRANGE = 0x370,
  FIRST_WITHOUT_SPACES = 0x0E00 ///< Thai, Lao, …; with the next, scripts that do not put spaces between words
};

#define ROWS(table) (sizeof(table) / sizeof(table)[0])
#define OURS ((uint32_t)FR | (uint32_t)EN)

/// What an unknown word's end says. Folded.
struct ending {
  char last; ///< of `end`, to look at first
  char end[7];
  uint32_t languages;
};

// The longest first.
// clang-format off
static const struct ending endings[] = {
   {'n', "lichen", DE}, {'n', "ischen", DE}, {'t', "schaft", DE}, {'s', "ciones", ES}, {'m', "iyorum", TR},
   {'s', "tions", OURS}, {'s', "ments", OURS}, {'s', "iques", FR}, {'t', "aient", FR}, {'s', "ettes", FR},
   {'s', "elles", FR}, {'e', "ienne", FR}, {'n', "ungen", DE}, {'e', "liche", DE}, {'e', "ische", DE},
   {'n', "ieren", DE}, {'e', "lijke", NL}, {'n', "heden", NL}, {'e', "zione", IT}, {'i', "zioni", IT},
   {'e', "idade", PT}, {'o', "iendo", ES}, {'n', "ieron", ES}, {'e', "mente", ES | PT | IT}, {'m', "aniem", PL},
   {'m', "eniem", PL}, {'n', "larin", TR}, {'n', "tion", OURS}, {'t', "ment", OURS}, {'s', "ages", OURS},
   {'e', "able", OURS}, {'e', "euse", FR}, {'x', "eaux", FR}, {'e', "ique", FR}, {'e', "ette", FR}, {'s', "eurs", FR},
   {'e', "elle", FR}, {'e', "iere", FR}, {'s', "iens", FR}, {'e', "aire", FR}, {'s', "ites", FR}, {'e', "ance", FR},
   {'e', "ence", FR}, {'e', "esse", FR}, {'e', "isme", FR}, {'e', "iste", FR}, {'e', "oire", FR}, {'e', "eure", FR},
   {'e', "arde", FR}, {'e', "aise", FR}, {'s', "ness", EN}, {'s', "less", EN}, {'h', "ough", EN}, {'t', "keit", DE},
   {'t', "heit", DE}, {'h', "lich", DE}, {'h', "isch", DE}, {'t', "iert", DE}, {'n', "chen", DE}, {'k', "lijk", NL},
   {'d', "heid", NL}, {'n', "aten", NL}, {'r', "baar", NL}, {'n', "igen", DE | NL}, {'n', "sten", DE | NL},
   {'o', "ggio", IT}, {'i', "cchi", IT}, {'o', "glio", IT}, {'o', "etto", IT}, {'i', "etti", IT}, {'o', "cono", IT},
   {'o', "iamo", IT}, {'s', "coes", PT}, {'e', "dade", PT}, {'o', "inho", PT}, {'a', "inha", PT}, {'o', "eiro", PT},
   {'a', "eira", PT}, {'m', "agem", PT}, {'n', "cion", ES}, {'d', "idad", ES}, {'a', "uela", ES}, {'o', "illo", ES},
   {'a', "illa", ES}, {'n', "aron", ES}, {'s', "amos", ES | PT}, {'s', "emos", ES | PT}, {'s', "ados", ES | PT},
   {'s', "adas", ES | PT}, {'s', "idos", ES | PT}, {'o', "ando", ES | PT | IT}, {'e', "owie", PL}, {'m', "alem", PL},
   {'m', "ilem", PL}, {'c', "owac", PL}, {'e', "anie", PL}, {'e', "enie", PL}, {'i', "osci", PL | CS},
   {'r', "iyor", TR}, {'i', "lari", TR}, {'i', "leri", TR}, {'a', "arna", SV}, {'a', "erna", SV}, {'i', "ului", RO},
   {'r', "ilor", RO}, {'i', "atii", RO}, {'i', "esti", RO}, {'e', "enge", HI}, {'a', "unga", HI}, {'e', "aane", HI},
   {'n', "iyon", HI}, {'g', "ing", OURS}, {'s', "ous", OURS}, {'s', "ies", OURS}, {'e', "age", OURS},
   {'e', "ble", OURS}, {'x', "eux", FR}, {'u', "eau", FR}, {'r', "oir", FR}, {'x', "aux", FR}, {'t', "ait", FR},
   {'r', "eur", FR}, {'r', "ier", FR}, {'n', "ien", FR}, {'e', "ite", FR}, {'d', "ard", FR}, {'s', "ais", FR},
   {'l', "ful", EN}, {'t', "ght", EN}, {'s', "ers", EN}, {'y', "ity", EN}, {'g', "ung", DE}, {'h', "sch", DE},
   {'e', "tze", DE}, {'n', "ijn", NL}, {'k', "ijk", NL}, {'r', "aar", NL}, {'n', "ern", DE | NL}, {'i', "ggi", IT},
   {'e', "are", IT}, {'o', "ato", IT}, {'i', "ati", IT}, {'o', "uto", IT}, {'i', "uti", IT}, {'o', "ono", IT},
   {'o', "cao", PT}, {'o', "ndo", PT}, {'a', "osa", ES | PT | IT}, {'a', "ada", ES | PT | IT},
   {'o', "ado", ES | PT | IT}, {'o', "ido", ES | PT | IT}, {'o', "ito", ES | PT | IT}, {'o', "ico", ES | PT | IT},
   {'o', "rio", ES | PT | IT}, {'o', "nto", ES | PT | IT}, {'o', "cho", ES | PT | IT}, {'o', "sto", ES | PT | IT},
   {'c', "osc", PL}, {'j', "iej", PL}, {'h', "ach", PL}, {'e', "rze", PL}, {'i', "dzi", PL}, {'e', "sze", PL},
   {'e', "wie", PL}, {'o', "ego", PL | CS}, {'h', "ych", PL | CS}, {'i', "ami", PL | CS}, {'u', "emu", PL | CS},
   {'m', "iem", PL | CS}, {'e', "uje", PL | CS | HR}, {'k', "mek", TR}, {'k', "mak", TR}, {'a', "nya", ID},
   {'n', "kan", ID}, {'t', "igt", SV}, {'a', "ssa", FI}, {'a', "lla", FI}, {'a', "sta", FI}, {'n', "een", FI},
   {'k', "nek", HU}, {'n', "ban", HU}, {'n', "ben", HU}, {'g', "sag", HU}, {'c', "esc", RO}, {'a', "aya", HI},
   {'a', "iya", HI}, {'i', "ogi", HI}, {'e', "oge", HI}, {'n', "ein", HI}, {'r', "kar", HI}, {'z', "ez", FR},
   {'k', "ck", EN}, {'d', "ed", EN}, {'y', "ly", EN}, {'z', "cz", PL},
};
// clang-format on

/// What was counted in a sentence, or in a text.
struct evidence {
  uint32_t heard;                  ///< words, names too
  uint32_t words;                  ///< those that can say something
  uint32_t strange;                ///< words of scripts other than Latin
  uint32_t domestic;               ///< points for French and English
  uint32_t points[LANGUAGE_COUNT]; ///< for words of that language that are neither French nor English
  uint32_t last;                  ///< hash of the last word that spoke for another language: a repeated one speaks once
  uint32_t known[LANGUAGE_COUNT]; ///< words that the language has, whoever else has them
};

static uint32_t languages_of(const char *word, size_t length) {
  if (length > LONGEST_LANGUAGE_WORD) return 0;
  size_t low = 0, high = ROWS(prd_language_words);
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const struct prd_language_word *row = &prd_language_words[middle];
    int order = memcmp(word, row->word, length);
    if (order == 0 && row->word[length] == '\0') return row->languages;
    if (order == 0) order = -1; // the row is longer
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return 0;
}

bool prd_is_everyday_word(const char *word, size_t length_bytes) {
  return languages_of(word, length_bytes) != 0;
}

static bool ends_with(const char *word, size_t length, const char *end) {
  const size_t end_length = strlen(end);
  return length > end_length && memcmp(word + length - end_length, end, end_length) == 0;
}

static uint32_t languages_of_ending(const char *word, size_t length) {
  for (size_t i = 0; length >= 5 && i < ROWS(endings); i++)
    if (word[length - 1] == endings[i].last && ends_with(word, length, endings[i].end)) return endings[i].languages;
  return 0;
}

static void count_languages(struct evidence *evidence, uint32_t languages, uint32_t points) {
  if ((languages & OURS) != 0 && (languages & ~OURS) == 0) evidence->domestic += points;
  for (uint32_t left = languages & ~OURS; left != 0; left &= left - 1) {
    const uint32_t language = (uint32_t)__builtin_ctz(left);
    evidence->known[language]++;
    if ((languages & OURS) == 0) evidence->points[language] += points;
  }
}

/// Whether a word's first letter is of a script other than Latin; `words` says for how many words it counts.
static bool is_strange(const char *text, const struct prd_token *token, uint32_t *words) {
  const uint8_t *at = (const uint8_t *)text + token->begin_byte;
  if (at[0] < 0x80) return false;
  const size_t length = at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
  uint32_t code_point = at[0] & (0xFFU >> (length + 1));
  for (size_t i = 1; i < length; i++) code_point = code_point << 6 | (at[i] & 0x3F);
  const size_t letters = (token->end_byte - token->begin_byte) / length;
  const bool greek = code_point < 0x400;                         // one letter is a symbol in a formula
  const bool jamo = code_point >= 0x1100 && code_point < 0x1200; // spaces, but long words of small letters
  const size_t letters_of_word = jamo ? LETTERS_OF_HANGUL_WORD : 2;
  *words = code_point >= FIRST_WITHOUT_SPACES ? (uint32_t)((letters + letters_of_word - 1) / letters_of_word) : 1;
  return code_point >= FIRST_STRANGE && !(greek && letters < 2) && !(code_point >= 0x1E00 && code_point < 0x2000);
}

static void count_apostrophe(struct evidence *evidence, const char *word, size_t length, size_t apostrophe) {
  const char *after = word + apostrophe + 1;
  const size_t left = length - apostrophe - 1;
  static const char english[][3] = {"t", "m", "re", "ll", "ve", "d"};
  for (size_t i = 0; i < ROWS(english); i++) {
    if (strlen(english[i]) == left && memcmp(english[i], after, left) == 0) {
      evidence->domestic += POINTS_OF_WORD;
      return;
    }
  }
  count_languages(evidence, languages_of(word, apostrophe), POINTS_OF_WORD); // dell'uomo
}

/// l' d' c' m' t' are Italian and Catalan too.
static bool only_french_elides(const char *word, size_t length) {
  return length > 2 || word[0] == 'j' || word[0] == 'n' || word[0] == 's';
}

static void count_word(struct evidence *evidence, const char *text, const struct prd_token *token) {
  const char *word = text + token->begin_byte;
  const size_t length = token->end_byte - token->begin_byte;
  uint32_t words;
  if (is_strange(text, token, &words)) {
    evidence->heard += words - 1;
    evidence->words += words;
    evidence->strange += words;
    return;
  }
  if ((token->flags & PRD_TOKEN_ELIDED) != 0) {
    if (only_french_elides(word, length)) evidence->domestic += POINTS_OF_WORD;
    return;
  }
  const char *apostrophe = memchr(word, '\'', length);
  if (apostrophe == word) return; // 's
  evidence->words++;
  if (apostrophe != NULL) {
    count_apostrophe(evidence, word, length, (size_t)(apostrophe - word));
    return;
  }
  const uint32_t languages = languages_of(word, length);
  if (languages != 0 && (languages & OURS) == 0) {
    if (evidence->last == token->hash) return;
    evidence->last = token->hash;
  }
  if (languages != 0)
    count_languages(evidence, languages, POINTS_OF_WORD);
  else
    count_languages(evidence, languages_of_ending(word, length), 1);
}

static bool is_name(const struct prd_token *token) {
  return (token->flags & (PRD_TOKEN_CAPITALIZED | PRD_TOKEN_ALL_CAPITALS | PRD_TOKEN_SENTENCE_START)) ==
         PRD_TOKEN_CAPITALIZED;
}

static bool can_speak(const struct prd_token *token) {
  return token->kind == PRD_TOKEN_WORD && (token->flags & (PRD_TOKEN_HASHTAG | PRD_TOKEN_MENTION)) == 0;
}

/// Counts tokens [begin, end), one sentence. A quotation counts only where it is the whole sentence.
static void count_sentence(const char *text, const struct prd_token *tokens, size_t begin, size_t end,
                           struct evidence *evidence) {
  bool all_quoted = true;
  for (size_t i = begin; i < end && all_quoted; i++) all_quoted = (tokens[i].flags & PRD_TOKEN_QUOTED) != 0;
  for (size_t i = begin; i < end; i++) {
    if (!can_speak(&tokens[i])) continue;
    evidence->heard++;
    if (is_name(&tokens[i])) continue;
    if ((tokens[i].flags & PRD_TOKEN_QUOTED) != 0 && !all_quoted) continue;
    count_word(evidence, text, &tokens[i]);
  }
}

/// How sure it is that what was counted is in one other language; 0 when it is not.
static int32_t confidence(const struct evidence *evidence) {
  if (evidence->strange >= 2 && evidence->strange * 2 > evidence->words) return CONFIDENCE_MOST;
  uint32_t best = 0;
  for (uint32_t i = 1; i < LANGUAGE_COUNT; i++)
    if (evidence->points[i] > evidence->points[best] ||
        (evidence->points[i] == evidence->points[best] && evidence->known[i] > evidence->known[best]))
      best = i;
  const uint32_t points = evidence->points[best];
  if (points < POINTS_OF_WORD || points < 2 * evidence->domestic) return 0;
  // One word of a language alone is enough where the rest could be in it and nothing speaks against it.
  if (points < POINTS_NEEDED && (evidence->domestic != 0 || evidence->last == 0 || evidence->known[best] < 3)) return 0;
  if (evidence->known[best] * 100 < evidence->words * COVER_PERCENT) return 0;
  if (points >= POINTS_OF_CERTAINTY) return CONFIDENCE_MOST;
  if (points < POINTS_NEEDED) return CONFIDENCE_LEAST;
  return CONFIDENCE_ENOUGH + (int32_t)(points - POINTS_NEEDED) * 6;
}

static void add_evidence(struct evidence *sum, const struct evidence *one) {
  sum->heard += one->heard;
  sum->words += one->words;
  sum->strange += one->strange;
  if (one->last != 0) sum->last = one->last;
  sum->domestic += one->domestic;
  for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
    sum->points[i] += one->points[i];
    sum->known[i] += one->known[i];
  }
}

/// Words of sentences in another language, in French or English, and of those that do not say.
struct shares {
  uint64_t foreign, domestic, unsure;
  int32_t confidence; ///< the highest of a sentence
};

static void share_out(struct shares *shares, const struct evidence *sentence) {
  const int32_t sure = confidence(sentence);
  if (sure > shares->confidence) shares->confidence = sure;
  if (sure != 0)
    shares->foreign += sentence->words;
  else if (sentence->domestic != 0)
    shares->domestic += sentence->words;
  else
    shares->unsure += sentence->words;
}

int32_t prd_other_language_percent(const struct prd_folded *folded, const struct prd_tokens *tokens) {
  struct evidence all = {0};
  struct shares shares = {0};
  for (size_t begin = 0, end; begin < tokens->count; begin = end) {
    end = begin + 1;
    while (end < tokens->count && tokens->items[end].sentence == tokens->items[begin].sentence) end++;
    struct evidence sentence = {0};
    count_sentence(folded->bytes, tokens->items, begin, end, &sentence);
    share_out(&shares, &sentence);
    add_evidence(&all, &sentence);
  }
  if (all.heard < WORDS_NEEDED) return 0;
  const int32_t whole = confidence(&all);
  if (whole != 0 && shares.domestic == 0) return whole;
  if (shares.foreign == 0) return whole;
  // What does not say speaks as its neighbours do, and French when some of them do.
  if (shares.domestic == 0) return shares.confidence;
  return (int32_t)(shares.foreign * (uint64_t)shares.confidence / all.words);
}
