// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/directory.h"

#include <string.h>

#include "policy/directory_view.h"
#include "policy/directory_words.h"

enum { TAG_PARTS_MAX = 8 };

/// Tokens that are looked at: those of the text, or the parts of one tag.
struct scan {
  const struct prd_directory *directory;
  struct prd_arena *arena;
  const struct prd_folded *folded;
  struct prd_hits *hits;
  uint32_t feature;
  const struct prd_token *tokens;
  size_t count;
  const struct prd_token *tag; ///< whose parts these are, or NULL
  uint32_t tag_number;
  enum prd_error error;
};

/// A family name in the tokens.
struct family {
  size_t begin, end;
  uint64_t sum;
  bool common; ///< also an ordinary word
};

uint32_t prd_directory_word(uint32_t hash) {
  // prd_word_hash of the four words, in this order: saint, st, sainte, ste.
  if (hash == 0x65251deaU) return 0x4b522242U;
  return hash == 0xc86d881dU ? 0xb94bc365U : hash;
}

static const char *bytes_of(const struct scan *scan, size_t token, size_t *length) {
  *length = scan->tokens[token].end_byte - scan->tokens[token].begin_byte;
  return scan->folded->bytes + scan->tokens[token].begin_byte;
}

static bool is_capital(const struct scan *scan, size_t token) {
  return (scan->tokens[token].flags & (PRD_TOKEN_CAPITALIZED | PRD_TOKEN_MENTION | PRD_TOKEN_HASHTAG)) != 0;
}

static bool is_known(const struct scan *scan, enum prd_directory_way way, uint64_t left, uint64_t right) {
  return prd_key_find(&scan->directory->people, prd_directory_key(way, left, right)) != 0;
}

/// Tells of the person at tokens [begin, end); returns `end`.
static size_t tell(struct scan *scan, size_t begin, size_t end) {
  struct prd_hit hit = {scan->feature, (uint32_t)begin, (uint32_t)end, scan->tokens[begin].begin_byte,
                        scan->tokens[end - 1].end_byte};
  if (scan->tag != NULL)
    hit = (struct prd_hit){scan->feature, scan->tag_number, scan->tag_number + 1, scan->tag->begin_byte,
                           scan->tag->end_byte};
  scan->error = prd_hits_add(scan->hits, scan->arena, hit);
  return end;
}

/// Whether nothing but spaces, hyphens and the dots of initials stands between a token and the one before it.
static bool joined(const struct scan *scan, size_t token) {
  return token != 0 && token < scan->count && scan->tokens[token].sentence == scan->tokens[token - 1].sentence &&
         (scan->tokens[token].flags & PRD_TOKEN_AFTER_PAUSE) == 0;
}

/// The same, or with the dot of an abbreviation that the tokens do not know ("inf. Roy").
static bool joined_or_dot(const struct scan *scan, size_t token) {
  if (joined(scan, token)) return true;
  if (token == 0) return false;
  size_t at = scan->tokens[token - 1].end_byte;
  if (scan->folded->bytes[at] != '.') return false;
  do at++;
  while (scan->folded->bytes[at] == ' ');
  return at == scan->tokens[token].begin_byte;
}

/// The same, or with one comma ("Roy, Nathalie").
static bool joined_or_comma(const struct scan *scan, size_t token) {
  if (joined(scan, token)) return true;
  if (token == 0 || token >= scan->count) return false;
  size_t at = scan->tokens[token - 1].end_byte;
  if (scan->folded->bytes[at] != ',') return false;
  do at++;
  while (scan->folded->bytes[at] == ' ');
  return at == scan->tokens[token].begin_byte;
}

/// How many tokens before `end`, at most PRD_DIRECTORY_WORDS_MAX, hang together with it.
static size_t run_before(const struct scan *scan, size_t end) {
  size_t run = 0;
  while (run < PRD_DIRECTORY_WORDS_MAX && end - run != 0 && joined(scan, end - run)) run++;
  return run;
}

/// How many tokens from `begin` on hang together.
static size_t run_from(const struct scan *scan, size_t begin) {
  size_t run = begin < scan->count;
  while (run != 0 && run < PRD_DIRECTORY_WORDS_MAX && joined(scan, begin + run)) run++;
  return run;
}

/// Whether a single letter stands for a name: "J." or "J", but not the words "a", "y" and "I".
static bool is_initial(const struct scan *scan, size_t token) {
  size_t length;
  const char *letter = bytes_of(scan, token, &length);
  if (length != 1 || scan->tokens[token].kind != PRD_TOKEN_WORD) return false;
  if (letter[1] == '.') return true;
  return (scan->tokens[token].flags & PRD_TOKEN_CAPITALIZED) != 0 && strchr("aiouy", letter[0]) == NULL;
}

/// Whether what stands before a family name that is also a word makes it a name.
static bool is_surely_name(const struct scan *scan, const struct family *family, size_t first_begin, size_t first_end) {
  if (!family->common || is_capital(scan, family->begin)) return true;
  size_t length;
  const char *bytes = bytes_of(scan, first_begin, &length);
  return first_end - first_begin > 1 || !prd_directory_is_common(bytes, length);
}

/// Whether a hyphen joins a token to the one before it: "Jean-Christophe" is one name, of no Jean Christophe.
static bool is_hyphenated(const struct scan *scan, size_t token) {
  const uint32_t begin = token < scan->count ? scan->tokens[token].begin_byte : 0;
  return begin != 0 && scan->folded->bytes[begin - 1] == '-';
}

/// "Nathalie Roy", "Nathalie M. Roy".
static size_t by_first_name(struct scan *scan, const struct family *family) {
  if (is_hyphenated(scan, family->begin)) return 0;
  size_t end = family->begin;
  for (size_t pass = 0; pass < 2; pass++) {
    for (size_t run = run_before(scan, end); run != 0; run--) {
      const size_t begin = end - run;
      if (is_known(scan, PRD_WAY_NAME, prd_directory_words(scan->tokens, begin, end), family->sum) &&
          is_surely_name(scan, family, begin, end))
        return tell(scan, begin, family->end);
    }
    if (end == 0 || !joined(scan, end) || !is_initial(scan, end - 1)) return 0;
    end--;
  }
  return 0;
}

/// "Roy Nathalie", "Roy, Nathalie".
static size_t by_first_name_behind(struct scan *scan, const struct family *family) {
  if (!joined_or_comma(scan, family->end) || is_hyphenated(scan, family->end)) return 0;
  for (size_t run = run_from(scan, family->end); run != 0; run--) {
    const size_t end = family->end + run;
    if (is_known(scan, PRD_WAY_NAME, prd_directory_words(scan->tokens, family->end, end), family->sum) &&
        is_surely_name(scan, family, family->end, end))
      return tell(scan, family->begin, end);
  }
  return 0;
}

/// "Manu Tremblay", for an Emmanuel.
static size_t by_nickname(struct scan *scan, const struct family *family) {
  if (!joined(scan, family->begin) || (family->common && !is_capital(scan, family->begin))) return 0;
  size_t length;
  const char *bytes = bytes_of(scan, family->begin - 1, &length);
  const char *names = prd_directory_nickname(bytes, length);
  while (names != NULL && *names != '\0') {
    const size_t name_length = strcspn(names, " ");
    const uint64_t sum = prd_directory_step(0, prd_directory_word(prd_word_hash(names, name_length)));
    if (is_known(scan, PRD_WAY_NAME, sum, family->sum)) return tell(scan, family->begin - 1, family->end);
    names += name_length + (names[name_length] == ' ');
  }
  return 0;
}

/// "J. Tremblay", "J.-P. Roy", "JP Roy".
static size_t by_initials(struct scan *scan, const struct family *family) {
  if (family->common || !joined(scan, family->begin)) return 0;
  const size_t before = family->begin - 1;
  size_t length;
  const char *bytes = bytes_of(scan, before, &length);
  const uint64_t last = prd_directory_step(0, (uint8_t)bytes[0]);
  if (length == 2 && (scan->tokens[before].flags & PRD_TOKEN_ALL_CAPITALS) != 0 &&
      is_known(scan, PRD_WAY_INITIALS, prd_directory_step(last, (uint8_t)bytes[1]), family->sum))
    return tell(scan, before, family->end);
  if (!is_initial(scan, before)) return 0;
  if (joined(scan, before) && is_initial(scan, before - 1)) {
    const char *first = bytes_of(scan, before - 1, &length);
    const uint64_t sum = prd_directory_step(prd_directory_step(0, (uint8_t)first[0]), (uint8_t)bytes[0]);
    if (is_known(scan, PRD_WAY_INITIALS, sum, family->sum)) return tell(scan, before - 1, family->end);
  }
  return is_known(scan, PRD_WAY_INITIALS, last, family->sum) ? tell(scan, before, family->end) : 0;
}

/// "Dre Gagnon".
static size_t by_title(struct scan *scan, const struct family *family) {
  if (family->begin == 0 || !joined_or_dot(scan, family->begin)) return 0;
  size_t length;
  const char *bytes = bytes_of(scan, family->begin - 1, &length);
  const enum prd_title title = prd_directory_title(bytes, length);
  if (title == PRD_TITLE_NONE) return 0;
  if ((title == PRD_TITLE_CAPITAL || family->common) && !is_capital(scan, family->begin)) return 0;
  if (title == PRD_TITLE_CAPITAL && !is_capital(scan, family->begin - 1)) return 0;
  return tell(scan, family->begin - 1, family->end);
}

/// "l'agente de paie Gagnon", for a role of the file.
static size_t by_role(struct scan *scan, const struct family *family) {
  if (family->common && !is_capital(scan, family->begin)) return 0;
  for (size_t run = run_before(scan, family->begin); run != 0; run--) {
    const size_t begin = family->begin - run;
    if (is_known(scan, PRD_WAY_ROLE, prd_directory_words(scan->tokens, begin, family->begin), family->sum))
      return tell(scan, begin, family->end);
  }
  return 0;
}

/// What makes the family name at `begin` a person; the end of the person's name, or 0.
static size_t find_family(struct scan *scan, size_t begin) {
  static size_t (*const ways[])(struct scan *, const struct family *) = {
      by_first_name, by_first_name_behind, by_nickname, by_initials, by_title, by_role};
  const size_t bit = prd_directory_word(scan->tokens[begin].hash) % PRD_DIRECTORY_FIRST_WORDS_BITS;
  if (((scan->directory->first_words[bit / 8] >> (bit % 8)) & 1) == 0) return 0;
  for (size_t run = run_from(scan, begin); run != 0; run--) {
    struct family family = {begin, begin + run, prd_directory_words(scan->tokens, begin, begin + run), false};
    const uint64_t found = prd_key_find(&scan->directory->families, family.sum);
    if (found == 0) continue;
    family.common = (found & 1) != 0;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
      const size_t end = ways[i](scan, &family);
      if (end != 0) return end;
    }
  }
  return 0;
}

/// "Nathalie R.", where the letter is token `initial`.
static size_t find_first_and_initial(struct scan *scan, size_t initial) {
  if (!is_initial(scan, initial) || (scan->tokens[initial].flags & PRD_TOKEN_CAPITALIZED) == 0) return 0;
  size_t length;
  const char *letter = bytes_of(scan, initial, &length);
  const bool loud = initial != 0 && (scan->tokens[initial - 1].flags & PRD_TOKEN_ALL_CAPITALS) != 0;
  if (letter[1] != '.' && loud) return 0; // in capitals every letter looks like an initial
  const uint64_t sum = prd_directory_step(0, (uint8_t)letter[0]);
  for (size_t run = run_before(scan, initial); run != 0; run--) {
    if (is_known(scan, PRD_WAY_FIRST_AND_INITIAL, prd_directory_words(scan->tokens, initial - run, initial), sum))
      return tell(scan, initial - run, initial + 1);
  }
  return 0;
}

static void look(struct scan *scan) {
  for (size_t i = 0; i < scan->count && scan->error == PRD_OK;) {
    size_t end = find_family(scan, i);
    if (end == 0) end = find_first_and_initial(scan, i);
    i = end > i ? end : i + 1;
  }
}

static bool is_upper(const struct prd_folded *folded, size_t byte) {
  return (folded->traits[byte] & PRD_TRAIT_UPPER) != 0;
}

/// Cuts a tag before each capital that begins a word ("JPTremblay": "jp", "tremblay"); 0 when it has one part, or too many.
static size_t cut_tag(const struct prd_folded *folded, const struct prd_token *tag, struct prd_token *parts) {
  size_t count = 0, begin = tag->begin_byte;
  for (size_t i = begin + 1; i <= tag->end_byte; i++) {
    const bool inside = i < tag->end_byte;
    const bool behind_small = inside && is_upper(folded, i) && !is_upper(folded, i - 1);
    const bool before_small = inside && is_upper(folded, i) && i + 1 < tag->end_byte && !is_upper(folded, i + 1);
    if (inside && !behind_small && !before_small) continue;
    if (count == TAG_PARTS_MAX) return 0;
    const bool loud = i - begin == 2 && is_upper(folded, begin) && is_upper(folded, begin + 1);
    parts[count++] = (struct prd_token){
        .begin_byte = (uint32_t)begin,
        .end_byte = (uint32_t)i,
        .hash = prd_word_hash(folded->bytes + begin, i - begin),
        .flags =
            (uint16_t)((is_upper(folded, begin) ? PRD_TOKEN_CAPITALIZED : 0) | (loud ? PRD_TOKEN_ALL_CAPITALS : 0)),
        .kind = PRD_TOKEN_WORD,
    };
    begin = i;
  }
  return count < 2 ? 0 : count;
}

static enum prd_error look_at_tags(const struct scan *text) {
  struct prd_token parts[TAG_PARTS_MAX];
  struct scan scan = *text;
  scan.tokens = parts;
  for (size_t i = 0; i < text->count && scan.error == PRD_OK; i++) {
    if ((text->tokens[i].flags & (PRD_TOKEN_MENTION | PRD_TOKEN_HASHTAG)) == 0) continue;
    scan.tag = &text->tokens[i];
    scan.tag_number = (uint32_t)i;
    scan.count = cut_tag(scan.folded, scan.tag, parts);
    look(&scan);
  }
  return scan.error;
}

enum prd_error prd_directory_scan(const struct prd_directory *directory, uint32_t feature, struct prd_arena *arena,
                                  const struct prd_folded *folded, const struct prd_tokens *tokens,
                                  struct prd_hits *hits) {
  struct scan scan = {.directory = directory,
                      .arena = arena,
                      .folded = folded,
                      .hits = hits,
                      .feature = feature,
                      .tokens = tokens->items,
                      .count = tokens->count};
  look(&scan);
  return scan.error == PRD_OK ? look_at_tags(&scan) : scan.error;
}
