// SPDX-License-Identifier: GPL-3.0-or-later
// The lexicon finds what a naive search finds, whatever the lists: the same packs, the same texts, two ways to look.
#include "policy/lexicon.h"
#include "policy/pack_view.h"
#include "support.h"

// Sizes keep every phrase within the 32 steps that the builder allows.
enum { LISTS = 3, TERMS = 4, PARTS = 4, PLACES = 64 };

// A part of a term: exactly one of the things that the notation knows.
enum part_kind { PART_WORD, PART_PREFIX, PART_OPTIONAL, PART_EITHER, PART_SLOT, PART_PROPERTY, PART_GAP };

struct part {
  enum part_kind kind;
  size_t word, other; ///< into `words`; OPTIONAL: one word; EITHER: `word`, or `other` and `word` in a row
  size_t list;        ///< SLOT: an earlier list
  enum prd_image_class property;
  size_t least, most; ///< GAP
};

struct term {
  struct part parts[PARTS];
  size_t count;
};

struct trial {
  struct term lists[LISTS][TERMS];
  size_t counts[LISTS];
};

static const char *const words[] = {"ab", "abcde", "abcdef", "cd", "été", "gros"};
static const char *const folded_words[] = {"ab", "abcde", "abcdef", "cd", "ete", "gros"};
static const char *const properties[] = {"number", "capitalized", "mention", "hashtag", "link"};

static struct prd_arena arena;
static struct prd_folded folded;
static struct prd_tokens tokens;

static struct part random_part(uint32_t *state, size_t list, bool gap_allowed) {
  struct part part = {.word = draw(state, ROWS(words)), .other = draw(state, ROWS(words))};
  switch (draw(state, gap_allowed ? 11 : 9)) {
  case 0:
    part.kind = PART_PREFIX;
    part.word = 1; // long enough for a star
    break;
  case 1:
    part.kind = PART_OPTIONAL;
    break;
  case 2:
    part.kind = PART_EITHER;
    break;
  case 3:
  case 4:
    part.kind = list == 0 ? PART_WORD : PART_SLOT;
    part.list = list == 0 ? 0 : draw(state, (uint32_t)list);
    break;
  case 5:
    part.kind = PART_PROPERTY;
    part.property = (enum prd_image_class)draw(state, ROWS(properties));
    break;
  case 9:
  case 10:
    part.kind = PART_GAP;
    part.least = draw(state, 3);
    part.most = part.least + 1 + draw(state, 3);
    break;
  default:
    part.kind = PART_WORD;
  }
  return part;
}

static void random_trial(struct trial *trial, uint32_t *state) {
  for (size_t l = 0; l < LISTS; l++) {
    trial->counts[l] = 1 + draw(state, TERMS);
    for (size_t t = 0; t < trial->counts[l]; t++) {
      struct term *term = &trial->lists[l][t];
      term->count = 0;
      const size_t wanted = 1 + draw(state, PARTS);
      size_t slots = 0;
      // A gap stands between two parts that are always there; the first part of every term is.
      while (term->count < wanted) {
        struct part *part = &term->parts[term->count];
        const enum part_kind before = term->count == 0 ? PART_GAP : part[-1].kind;
        *part = random_part(state, l, before != PART_GAP && before != PART_OPTIONAL && term->count + 1 < wanted);
        if ((before == PART_GAP || term->count == 0) && part->kind == PART_OPTIONAL) part->kind = PART_WORD;
        if (part->kind == PART_SLOT && slots++ != 0) part->list = 0;
        if (slots > 2) part->kind = PART_WORD;
        term->count++;
      }
    }
  }
}

static const char *part_text(const struct part *part) {
  switch (part->kind) {
  case PART_PREFIX:
    return prd_arena_format(&arena, "%s*", words[part->word]);
  case PART_OPTIONAL:
    return prd_arena_format(&arena, "(%s)", words[part->word]);
  case PART_EITHER:
    return prd_arena_format(&arena, "{%s|%s %s}", words[part->word], words[part->other], words[part->word]);
  case PART_SLOT:
    return prd_arena_format(&arena, "{list%zu}", part->list);
  case PART_PROPERTY:
    return prd_arena_format(&arena, "{%s}", properties[part->property]);
  case PART_GAP:
    return prd_arena_format(&arena, "<%zu-%zu>", part->least, part->most);
  default:
    return words[part->word];
  }
}

static const char *term_text(const struct term *term) {
  const char *text = "";
  for (size_t p = 0; p < term->count; p++)
    text = prd_arena_format(&arena, "%s%s%s", text, p == 0 ? "" : " ", part_text(&term->parts[p]));
  return text;
}

static void build(struct mini *mini, const struct trial *trial) {
  const char *lists = "", *rules = "";
  for (size_t l = 0; l < LISTS; l++) {
    const char *terms = "";
    for (size_t t = 0; t < trial->counts[l]; t++)
      terms = prd_arena_format(&arena, "%s%s`%s`", terms, t == 0 ? "" : ", ", term_text(&trial->lists[l][t]));
    lists = prd_arena_format(&arena, "%s%s`list%zu`: [%s]", lists, l == 0 ? "" : ", ", l, terms);
    const char *members = prd_arena_format(&arena, ", `match`: [{`list`: `list%zu`}]", l);
    rules = prd_arena_format(&arena, "%s%s%s", rules, l == 0 ? "" : ", ",
                             rule_text(&arena, prd_arena_format(&arena, "r%zu", l), "personal-info", "info", members));
  }
  mini_build(mini, lists, "", rules);
}

/// Places (token numbers) behind each way to read something; a set.
struct places {
  bool at[PLACES + 1];
};

static bool is_word(size_t token, const char *word, bool prefix) {
  const struct prd_token *t = &tokens.items[token];
  const size_t length = t->end_byte - t->begin_byte, wanted = strlen(word);
  if (t->kind == PRD_TOKEN_LINK || (prefix && t->kind != PRD_TOKEN_WORD)) return false;
  return (prefix ? length >= wanted : length == wanted) && memcmp(folded.bytes + t->begin_byte, word, wanted) == 0;
}

static bool has_property(size_t token, enum prd_image_class property) {
  const struct prd_token *t = &tokens.items[token];
  switch (property) {
  case PRD_CLASS_NUMBER:
    return t->kind == PRD_TOKEN_NUMBER;
  case PRD_CLASS_CAPITALIZED:
    return (t->flags & PRD_TOKEN_CAPITALIZED) != 0 && (t->flags & PRD_TOKEN_SENTENCE_START) == 0 &&
           (t->flags & PRD_TOKEN_ELIDED) == 0 && t->kind != PRD_TOKEN_LINK;
  case PRD_CLASS_MENTION:
    return (t->flags & PRD_TOKEN_MENTION) != 0;
  case PRD_CLASS_HASHTAG:
    return (t->flags & PRD_TOKEN_HASHTAG) != 0;
  default:
    return t->kind == PRD_TOKEN_LINK;
  }
}

static bool inside(size_t begin, size_t token) {
  return token < tokens.count && tokens.items[token].sentence == tokens.items[begin].sentence;
}

static struct places read_term(const struct trial *trial, const struct term *term, size_t begin);

static void read_part(const struct trial *trial, const struct part *part, size_t begin, size_t at, struct places *out) {
  const char *word = folded_words[part->word];
  const bool one = inside(begin, at), two = inside(begin, at + 1);
  switch (part->kind) {
  case PART_OPTIONAL:
    out->at[at] = true;
    if (one && is_word(at, word, false)) out->at[at + 1] = true;
    return;
  case PART_EITHER:
    if (one && is_word(at, word, false)) out->at[at + 1] = true;
    if (two && is_word(at, folded_words[part->other], false) && is_word(at + 1, word, false)) out->at[at + 2] = true;
    return;
  case PART_SLOT:
    for (size_t t = 0; one && t < trial->counts[part->list]; t++) {
      const struct places inner = read_term(trial, &trial->lists[part->list][t], at);
      for (size_t i = 0; i <= PLACES; i++) out->at[i] |= inner.at[i];
    }
    return;
  case PART_PROPERTY:
    if (one && has_property(at, part->property)) out->at[at + 1] = true;
    return;
  case PART_GAP:
    for (size_t skip = part->least; skip <= part->most; skip++) {
      if (inside(begin, at + skip)) out->at[at + skip] = true;
    }
    return;
  default:
    if (one && is_word(at, word, part->kind == PART_PREFIX)) out->at[at + 1] = true;
  }
}

/// Ends of every way to read `term` from token `begin`.
static struct places read_term(const struct trial *trial, const struct term *term, size_t begin) {
  struct places now = {0};
  now.at[begin] = true;
  for (size_t p = 0; p < term->count; p++) {
    struct places next = {0};
    for (size_t i = 0; i <= PLACES; i++) {
      if (now.at[i]) read_part(trial, &term->parts[p], begin, i, &next);
    }
    now = next;
  }
  return now;
}

static void random_text(char *text, uint32_t *state) {
  static const char *const pieces[] = {"ab",   "abcde", "abcdef", "abcdefgh", "cd",  "Été", "L'",
                                       "gros", "zz",    "12",     "Nom",      "@ab", "#cd", "www.ab.ca",
                                       "ab.",  "cd!\n", "🎉",      "-",        ",",   "ＡＢ"};
  *text = '\0';
  for (size_t i = 0, count = draw(state, 24); i < count; i++) {
    strcat(text, pieces[draw(state, ROWS(pieces))]);
    strcat(text, " ");
  }
}

static void compare(const struct mini *mini, const struct trial *trial, const char *text) {
  ck_assert_int_eq(prd_fold_text(&arena, text, strlen(text), &folded), PRD_OK);
  ck_assert_int_eq(prd_tokenize(&arena, &folded, &tokens), PRD_OK);
  ck_assert_uint_lt(tokens.count, PLACES);
  struct prd_hits hits = {0};
  bool complete = true;
  ck_assert_int_eq(prd_lexicon_scan(mini->built.pack, &arena, &folded, &tokens, &hits, &complete), PRD_OK);
  ck_assert(complete);
  bool(*found)[PLACES][PLACES + 1] = prd_arena_array(&arena, LISTS, sizeof *found);
  for (size_t i = 0; i < hits.count; i++) {
    const struct prd_hit *hit = &hits.items[i];
    const char *name = prd_pack_string(mini->built.pack, mini->built.pack->features[hit->feature].name);
    found[name[4] - '0'][hit->begin_token][hit->end_token] = true;
    ck_assert_uint_eq(hit->begin_byte, tokens.items[hit->begin_token].begin_byte);
    ck_assert_uint_eq(hit->end_byte, tokens.items[hit->end_token - 1].end_byte);
  }
  for (size_t l = 0; l < LISTS; l++) {
    for (size_t b = 0; b < tokens.count; b++) {
      struct places expected = {0};
      for (size_t t = 0; t < trial->counts[l]; t++) {
        const struct places ends = read_term(trial, &trial->lists[l][t], b);
        for (size_t i = 0; i <= PLACES; i++) expected.at[i] |= ends.at[i];
      }
      for (size_t e = 0; e <= PLACES; e++) {
        if (expected.at[e] == found[l][b][e]) continue;
        for (size_t t = 0; t < trial->counts[l]; t++) (void)fprintf(stderr, "  %s\n", term_text(&trial->lists[l][t]));
        ck_abort_msg("list %zu, tokens %zu to %zu of: %s\nexpected: %d; seen: %d", l, b, e, text, expected.at[e],
                     found[l][b][e]);
      }
    }
  }
}

START_TEST(random_lists_find_what_a_naive_search_finds) {
  uint32_t state = 2024;
  size_t found_something = 0;
  for (int round = 0; round < 400; round++) {
    struct trial trial;
    struct mini mini;
    random_trial(&trial, &state);
    build(&mini, &trial);
    for (int texts = 0; texts < 20; texts++) {
      char text[24 * 16] = "";
      random_text(text, &state);
      compare(&mini, &trial, text);
      found_something += tokens.count != 0;
    }
    mini_free(&mini);
    prd_arena_reset(&arena);
  }
  ck_assert_uint_gt(found_something, 1000);
}
END_TEST

static const struct {
  const char *lists, *text, *expected; ///< underlined words of list "a", joined by bars
} found[] = {
    {"`a`: [`{b} est`], `b`: [`le gros client`, `client`]", "Le gros client est ici", "Le gros client est"},
    {"`a`: [`{b} est`], `b`: [`{c} malade(s)`], `c`: [`le client`, `Roy`]", "Roy malade est; le client malade est",
     "Roy malade est|le client malade est"},
    {"`a`: [`{institution} dit`]", "La clinique Boréale dit", "clinique Boréale dit"},
    {"`a`: [`menace {de}`], `de`: [`de`, `d'`]", "menace d'agression, menace de mort", "menace d'|menace de"},
    {"`a`: [`l'{institution}`]", "L’Boréale!", "L’Boréale"},
    {"`a`: [`{institution}'s`]", "Boreale's", "Boreale's"},
    {"`a`: [`va <2> payer`]", "va payer, va te faire payer, va te le faire payer", "va payer|va te faire payer"},
    {"`a`: [`va <1-2> payer`]", "va payer; va tout payer", "va tout payer"},
    {"`a`: [`va <2> payer`]", "Il va. Payer ici", ""},
    {"`a`: [`va payer`]", "va\npayer, va payer", "va payer"},
    {"`a`: [`homophob*`]", "Homophobie, homophobe, homophob, phobie, anti-homophobie",
     "Homophobie|homophobe|homophob|homophobie"},
    {"`a`: [`chambre {number}`]", "chambre 312, chambre B, chambre 3e", "chambre 312"},
    {"`a`: [`mme {capitalized}`]", "Mme Roy, mme roy, MME ROY", "Mme Roy|MME ROY"},
    {"`a`: [`{capitalized}`]", "Roy. Oui L'Est www.Exemple.CA", "Est"},
    {"`a`: [`merci {mention}`]", "merci @jean; merci jean", "merci @jean"},
    {"`a`: [`{hashtag}`]", "le #chu du chu", "chu"},
    {"`a`: [`voir {link}`]", "voir www.exemple.ca ou voir ici", "voir www.exemple.ca"},
    {"`a`: [`hôpital`]", "l'hopital, HÔPITAL, hôpitaux", "hopital|HÔPITAL"},
    {"`a`: [`cœur`]", "Cœur, coeur, CŒUR", "Cœur|coeur|CŒUR"},
};

START_TEST(terms_find_whole_words_inside_one_sentence) {
  struct mini mini;
  mini_build(&mini, found[_i].lists, "", rule_text(&arena, "r", "personal-info", "info", ", `match`: [{`list`: `a`}]"));
  struct prd_verdict verdict;
  const struct prd_context context = {.venue = PRD_VENUE_PERSONAL, .account = PRD_ACCOUNT_PERSONAL};
  ck_assert_int_eq(prd_judge_text(mini.judge, &arena, found[_i].text, strlen(found[_i].text), &context, &verdict),
                   PRD_OK);
  const char *seen = "";
  for (size_t s = 0; verdict.count != 0 && s < verdict.findings[0].span_count; s++)
    seen = prd_arena_format(&arena, "%s%s%s", seen, s == 0 ? "" : "|",
                            slice_utf16(&arena, found[_i].text, verdict.findings[0].spans[s]));
  ck_assert_str_eq(seen, found[_i].expected);
  mini_free(&mini);
}
END_TEST

START_TEST(a_word_of_very_many_lists_is_never_called_clean) {
  const char *rules = "";
  for (size_t i = 0; i < 1100; i++) { // more than CLASSES_OF_TOKEN in lexicon.c
    const char *members = prd_arena_format(&arena,
                                           ", `match`: [{`terms`: [`navet`, `mot%zu`]}], `near`: [{`terms`: ["
                                           "`absent`], `required`: true}]",
                                           i);
    rules = prd_arena_format(&arena, "%s%s%s", rules, i == 0 ? "" : ", ",
                             rule_text(&arena, prd_arena_format(&arena, "r%zu", i), "personal-info", "info", members));
  }
  rules = prd_arena_format(&arena, "%s, %s", rules,
                           rule_text(&arena, "after", "personal-info", "info", ", `match`: [{`terms`: [`rave`]}]"));
  struct mini mini;
  mini_build(&mini, "", "", rules);
  struct prd_verdict verdict;
  const struct prd_context context = {.venue = PRD_VENUE_PERSONAL, .account = PRD_ACCOUNT_PERSONAL};
  ck_assert_int_eq(prd_judge_text(mini.judge, &arena, "un navet", 8, &context, &verdict), PRD_OK);
  ck_assert_msg(!verdict.complete, "expected: not verified, as not every list could be looked at; seen: complete");
  ck_assert_int_eq(prd_judge_text(mini.judge, &arena, "un navet, une rave", 18, &context, &verdict), PRD_OK);
  ck_assert(!verdict.complete);
  ck_assert_msg(verdict.count == 1, "expected: the words behind it still count; seen: %zu findings", verdict.count);
  ck_assert_int_eq(prd_judge_text(mini.judge, &arena, "un mot", 6, &context, &verdict), PRD_OK);
  ck_assert(verdict.complete);
  mini_free(&mini);
}
END_TEST

static void set_up(void) {
  arena = (struct prd_arena){0};
}
static void tear_down(void) {
  prd_arena_free(&arena);
}

int main(void) {
  TCase *cases = tcase_create("lexicon");
  tcase_add_checked_fixture(cases, set_up, tear_down);
  tcase_set_timeout(cases, 120);
  tcase_add_test(cases, random_lists_find_what_a_naive_search_finds);
  tcase_add_loop_test(cases, terms_find_whole_words_inside_one_sentence, 0, ROWS(found));
  tcase_add_test(cases, a_word_of_very_many_lists_is_never_called_clean);
  return run_cases("lexicon", cases);
}
