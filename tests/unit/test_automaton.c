// SPDX-License-Identifier: GPL-3.0-or-later
// The automaton finds what a naive matcher finds, keeps its cache and its budget, and never calls clean what it did not read.
#include "policy/automaton.h"
#include "support.h"

enum { PATTERNS = 3, PLACES = 64 };

static struct prd_arena arena;

static void set_up(void) {
  arena = (struct prd_arena){0};
}
static void tear_down(void) {
  prd_arena_free(&arena);
}

enum kind { SET, JOIN, EITHER, REPEAT };

/// A pattern as a tree, with the set of a SET as its characters.
struct tree {
  enum kind kind;
  const char *written;
  const char *bytes;
  bool negated;
  const struct tree *left, *right;
  unsigned least, most;
};

static const struct tree *set_of(const char *written, const char *bytes, bool negated) {
  struct tree *tree = prd_arena_alloc(&arena, sizeof *tree);
  *tree = (struct tree){.kind = SET, .written = written, .bytes = bytes, .negated = negated};
  return tree;
}

static const struct tree *node(enum kind kind, const struct tree *left, const struct tree *right, unsigned least,
                               unsigned most) {
  struct tree *tree = prd_arena_alloc(&arena, sizeof *tree);
  *tree = (struct tree){.kind = kind, .left = left, .right = right, .least = least, .most = most};
  return tree;
}

static const struct tree *random_set(uint32_t *state) {
  switch (draw(state, 8)) {
  case 0:
    return set_of("[ab]", "ab", false);
  case 1:
    return set_of("\\d", "0123456789", false);
  case 2:
    return set_of(".", "\n", true);
  case 3:
    return set_of("[^a-b]", "ab\n", true);
  case 4:
    return set_of(" ", " ", false);
  case 5:
    return set_of("\\$", "$", false);
  case 6:
    return set_of("A", "a", false); // patterns are folded
  default:
    return set_of("1", "1", false);
  }
}

static const struct tree *random_tree(uint32_t *state, unsigned depth) {
  const struct tree *left;
  unsigned least;
  switch (depth == 0 ? 0 : draw(state, 5)) {
  case 1:
  case 2:
    left = random_tree(state, depth - 1);
    return node(JOIN, left, random_tree(state, depth - 1), 0, 0);
  case 3:
    left = random_tree(state, depth - 1);
    return node(EITHER, left, random_tree(state, depth - 1), 0, 0);
  case 4:
    left = random_tree(state, depth - 1);
    least = draw(state, 3);
    return node(REPEAT, left, NULL, least, least + draw(state, 3) + (least == 0));
  default:
    return random_set(state);
  }
}

static const char *tree_text(const struct tree *tree) {
  switch (tree->kind) {
  case JOIN:
    return prd_arena_format(&arena, "%s%s", tree_text(tree->left), tree_text(tree->right));
  case EITHER:
    return prd_arena_format(&arena, "(%s|%s)", tree_text(tree->left), tree_text(tree->right));
  case REPEAT:
    if (tree->least == 0 && tree->most == 1) return prd_arena_format(&arena, "(%s)?", tree_text(tree->left));
    if (tree->least == tree->most) return prd_arena_format(&arena, "(%s){%u}", tree_text(tree->left), tree->least);
    return prd_arena_format(&arena, "(%s){%u,%u}", tree_text(tree->left), tree->least, tree->most);
  default:
    return tree->written;
  }
}

struct places {
  bool at[PLACES + 1];
};

static struct places ends(const struct tree *tree, const char *text, const struct places *from) {
  const size_t length = strlen(text);
  struct places out = {0}, now;
  switch (tree->kind) {
  case JOIN:
    now = ends(tree->left, text, from);
    return ends(tree->right, text, &now);
  case EITHER:
    out = ends(tree->left, text, from);
    now = ends(tree->right, text, from);
    for (size_t i = 0; i <= PLACES; i++) out.at[i] |= now.at[i];
    return out;
  case REPEAT:
    now = *from;
    for (unsigned times = 0; times <= tree->most; times++) {
      for (size_t i = 0; times >= tree->least && i <= PLACES; i++) out.at[i] |= now.at[i];
      now = ends(tree->left, text, &now);
    }
    return out;
  default:
    for (size_t i = 0; i < length; i++) {
      if (from->at[i] && (strchr(tree->bytes, text[i]) != NULL) != tree->negated) out.at[i + 1] = true;
    }
    return out;
  }
}

static bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

static bool boundary(const char *text, size_t at) {
  return at == 0 || text[at] == '\0' || !is_alnum(text[at - 1]) || !is_alnum(text[at]);
}

/// Leftmost beginning of a match of `tree` that ends at `end`, or SIZE_MAX.
static size_t naive_begin(const struct tree *tree, const char *text, size_t end) {
  for (size_t begin = 0; boundary(text, end) && begin < end; begin++) {
    struct places from = {0};
    from.at[begin] = true;
    if (boundary(text, begin) && ends(tree, text, &from).at[end]) return begin;
  }
  return SIZE_MAX;
}

static void build(struct mini *mini, const char *const *patterns, size_t count) {
  const char *list = "", *rules = "";
  for (size_t i = 0; i < count; i++) {
    const char *escaped = "";
    for (const char *at = patterns[i]; *at != '\0'; at++)
      escaped = prd_arena_format(&arena, *at == '\\' ? "%s\\%c" : "%s%c", escaped, *at);
    list = prd_arena_format(&arena, "%s%s`p%zu`: `%s`", list, i == 0 ? "" : ", ", i, escaped);
    rules = prd_arena_format(&arena, "%s%s%s", rules, i == 0 ? "" : ", ",
                             rule_text(&arena, prd_arena_format(&arena, "r%zu", i), "personal-info", "info",
                                       prd_arena_format(&arena, ", `match`: [{`pattern`: `p%zu`}]", i)));
  }
  mini_build(mini, "", list, rules);
}

static struct prd_hits scan(struct prd_automaton *automaton, const char *text, size_t length, bool *complete) {
  struct prd_hits hits = {0};
  *complete = true;
  ck_assert_int_eq(prd_automaton_scan(automaton, &arena, text, length, &hits, complete), PRD_OK);
  return hits;
}

START_TEST(random_patterns_find_what_a_naive_matcher_finds) {
  static const char alphabet[] = "aabb112 - $\n\xC3\xA9z";
  uint32_t state = 7;
  size_t matches = 0;
  for (int round = 0; round < 300; round++) {
    const struct tree *trees[PATTERNS];
    const char *written[PATTERNS];
    for (size_t i = 0; i < PATTERNS; i++) {
      // A digit and one more byte keep every pattern inside the limits.
      const struct tree *inner = node(JOIN, random_set(&state), random_tree(&state, 3), 0, 0);
      trees[i] = draw(&state, 2) == 0 ? node(JOIN, set_of("\\d", "0123456789", false), inner, 0, 0)
                                      : node(JOIN, inner, set_of("a", "a", false), 0, 0);
      written[i] = tree_text(trees[i]);
    }
    struct mini mini;
    struct prd_automaton *automaton;
    build(&mini, written, PATTERNS);
    ck_assert_int_eq(prd_automaton_new(mini.built.pack, &automaton), PRD_OK);
    for (int texts = 0; texts < 10; texts++) {
      char text[41];
      const size_t length = draw(&state, sizeof text);
      for (size_t i = 0; i < length; i++) text[i] = alphabet[draw(&state, sizeof alphabet - 1)];
      text[length] = '\0';
      bool complete;
      const struct prd_hits hits = scan(automaton, text, length, &complete);
      ck_assert(complete);
      for (size_t p = 0; p < PATTERNS; p++) {
        for (size_t end = 0; end <= length; end++) {
          const size_t expected = naive_begin(trees[p], text, end);
          size_t seen = SIZE_MAX, times = 0;
          for (size_t h = 0; h < hits.count; h++) {
            if (hits.items[h].feature != p || hits.items[h].end_byte != end) continue;
            seen = hits.items[h].begin_byte;
            times++;
          }
          matches += times;
          if (seen != expected || times > 1)
            ck_abort_msg("pattern %s, end %zu of \"%s\"\nexpected: one from %zd; seen: %zu, from %zd", written[p], end,
                         text, (ssize_t)expected, times, (ssize_t)seen);
        }
      }
    }
    prd_automaton_free(automaton);
    mini_free(&mini);
    prd_arena_reset(&arena);
  }
  ck_assert_uint_gt(matches, 500);
}
END_TEST

static const struct {
  const char *pattern, *text, *expected; ///< underlined, joined by bars
} found[] = {
    {"[0-9]{2}", "12 123 a12 12a é12 12", "12|12"}, // an accent is folded: e12
    {"[0-9]{1,4} ?\\$", "Ça coûte 45 $ ou 45$, pas 12345 $ ni 45", "45 $|45$"},
    {"b-[0-9]{3}", "Local B-312, b-3120, ab-312", "B-312"},
    {"(ab|abc)(d|cd)?", "abcd abd ab abc", "abcd|abd|ab|abc"},
    {"[0-9]{2}-[0-9]{2}", "12-34-56", "12-34-56"}, // two matches that share bytes are shown as one stretch
    {"a.{2}b", "a\nab a..b", "a..b"},
    {"\\([0-9]{3}\\)", "x(123)y (456)", "(123)|(456)"},
    {"[0-9]{2}", "１２ et 34", "１２|34"},
};

START_TEST(a_match_begins_and_ends_between_a_letter_or_digit_and_something_else) {
  struct mini mini;
  build(&mini, &found[_i].pattern, 1);
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

START_TEST(the_longest_match_is_at_most_128_bytes) {
  struct mini mini;
  struct prd_automaton *automaton;
  const char *const pattern = "[0-9][a-z ]{126}[0-9]";
  build(&mini, &pattern, 1);
  ck_assert_int_eq(prd_automaton_new(mini.built.pack, &automaton), PRD_OK);
  char text[131] = " ";
  memset(text + 1, ' ', sizeof text - 2);
  text[1] = text[128] = '7';
  bool complete;
  const struct prd_hits hits = scan(automaton, text, sizeof text - 1, &complete);
  ck_assert_uint_eq(hits.count, 1);
  ck_assert_uint_eq(hits.items[0].begin_byte, 1);
  ck_assert_uint_eq(hits.items[0].end_byte, 129);
  prd_automaton_free(automaton);
  mini_free(&mini);
}
END_TEST

// 2^11 deterministic states: the cache of 256 is rebuilt again and again.
static const char blow_up[] = "a[a ]{10}b";

static bool naive_blow_up(const char *text, size_t end, size_t *begin) {
  if (end < 12 || text[end - 1] != 'b' || text[end - 12] != 'a' || !boundary(text, end)) return false;
  *begin = end - 12;
  for (size_t i = end - 11; i < end - 1; i++) {
    if (text[i] == 'b') return false;
  }
  return boundary(text, *begin);
}

START_TEST(a_cache_that_overflows_changes_no_answer) {
  struct mini mini;
  struct prd_automaton *automaton;
  const char *const pattern = blow_up;
  build(&mini, &pattern, 1);
  ck_assert_int_eq(prd_automaton_new(mini.built.pack, &automaton), PRD_OK);
  uint32_t state = 3;
  size_t finished = 0, matches = 0;
  char *text = prd_arena_alloc(&arena, 6001);
  for (int round = 0; round < 30; round++) {
    const size_t length = 200 + 180 * (size_t)round;
    for (size_t i = 0; i < length; i++) text[i] = draw(&state, 24) == 0 ? 'b' : draw(&state, 2) == 0 ? 'a' : ' ';
    text[length] = '\0';
    bool complete;
    const struct prd_hits hits = scan(automaton, text, length, &complete);
    size_t expected = 0, hit = 0;
    for (size_t end = 1; end <= length && (complete || hit < hits.count); end++) {
      size_t begin;
      if (!naive_blow_up(text, end, &begin)) continue;
      expected++;
      ck_assert_uint_lt(hit, hits.count);
      ck_assert_uint_eq(hits.items[hit].begin_byte, begin);
      ck_assert_uint_eq(hits.items[hit++].end_byte, end);
    }
    ck_assert_uint_eq(hits.count, expected);
    finished += complete;
    matches += hits.count;
  }
  ck_assert_uint_gt(finished, 0);
  ck_assert_uint_gt(matches, 10);
  prd_automaton_free(automaton);
  mini_free(&mini);
}
END_TEST

START_TEST(a_budget_that_ends_is_told_and_never_clean) {
  struct mini mini;
  // Each text byte makes at most one state; states of hundreds of members fill the cache sooner than the budget allows.
  const char *patterns[12] = {"[0-9]{2}"};
  for (size_t i = 1; i < 12; i++) patterns[i] = prd_arena_format(&arena, "[a-c ][a-c ]{%zu}b7", 100 + i);
  build(&mini, patterns, 12);
  const struct prd_context context = {.venue = PRD_VENUE_PERSONAL, .account = PRD_ACCOUNT_PERSONAL};
  struct prd_verdict verdict;
  uint32_t state = 5;
  char *text = prd_arena_alloc(&arena, 50001);
  for (size_t i = 0; i < 50000; i++) text[i] = draw(&state, 2) == 0 ? (char)('a' + draw(&state, 3)) : ' ';
  ck_assert_int_eq(prd_judge_text(mini.judge, &arena, text, 50000, &context, &verdict), PRD_OK);
  ck_assert_msg(!verdict.complete, "expected: not verified; seen: complete with %zu findings", verdict.count);
  for (size_t i = 0; i < 50000; i++) text[i] = "12 "[i % 3];
  ck_assert_int_eq(prd_judge_text(mini.judge, &arena, text, 50000, &context, &verdict), PRD_OK);
  ck_assert_uint_eq(verdict.count, 1);
  ck_assert(!verdict.complete);
  ck_assert_int_eq(prd_judge_text(mini.judge, &arena, "12", 2, &context, &verdict), PRD_OK);
  ck_assert_uint_eq(verdict.count, 1);
  ck_assert_msg(verdict.complete, "expected: an exhausted budget is not remembered");
  mini_free(&mini);
}
END_TEST

START_TEST(a_pack_without_patterns_needs_no_automaton) {
  struct mini mini;
  struct prd_automaton *automaton = (void *)&mini;
  mini_build(&mini, "", "", rule_text(&arena, "r", "personal-info", "info", ", `match`: [{`terms`: [`a`]}]"));
  ck_assert_int_eq(prd_automaton_new(mini.built.pack, &automaton), PRD_OK);
  ck_assert_ptr_null(automaton);
  bool complete;
  ck_assert_uint_eq(scan(NULL, "12", 2, &complete).count, 0);
  ck_assert(complete);
  mini_free(&mini);
}
END_TEST

int main(void) {
  TCase *cases = tcase_create("automaton");
  tcase_add_checked_fixture(cases, set_up, tear_down);
  tcase_set_timeout(cases, 120);
  tcase_add_test(cases, random_patterns_find_what_a_naive_matcher_finds);
  tcase_add_loop_test(cases, a_match_begins_and_ends_between_a_letter_or_digit_and_something_else, 0, ROWS(found));
  tcase_add_test(cases, the_longest_match_is_at_most_128_bytes);
  tcase_add_test(cases, a_cache_that_overflows_changes_no_answer);
  tcase_add_test(cases, a_budget_that_ends_is_told_and_never_clean);
  tcase_add_test(cases, a_pack_without_patterns_needs_no_automaton);
  return run_cases("automaton", cases);
}
