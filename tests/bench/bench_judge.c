// SPDX-License-Identifier: GPL-3.0-or-later
// What judging costs with a built pack: microseconds for each size of text, growth, the worst text that we could construct, loading.
//
//   bench_judge PACK [JSON]
//
// PACK is a built pack. The results also go to the file JSON, under "judge", beside what other programs wrote there. Cases are
// interleaved and medians compared, with folding alone and a copy of the bytes as floors; compare ratios, not microseconds.
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "policy/judge.h"
#include "policy/pack_view.h"

enum { SIZE_COUNT = 6, ROUNDS = 41, LARGEST = 100000, ROUND_US = 2000 };
static const size_t sizes[SIZE_COUNT] = {50, 280, 3000, 25000, 50000, 100000}; // the last three tell the growth

// What people write: accents, figures, a link, a mention, emoji.
static const char sample[] =
    "Quelle belle journée au parc avec les enfants ! On a mangé des crêpes à l’érable, puis on s’est promenés le long du "
    "fleuve jusqu’à 17 h 30. Merci à toute l’équipe des bénévoles pour l’accueil, c’était chaleureux et bien organisé 😊. "
    "Demain, si la météo le permet, on retourne voir l’exposition sur les phares du Saint-Laurent (détails ici : "
    "https://musee.example/phares). Œuvre préférée de ma nièce : « La vague », évidemment. À bientôt, @marie_eve ! ";

enum text_kind { ORDINARY, WORDS_OF_PACK, ONE_BUSY_WORD, PHRASES_OF_PACK, NUMBERS, DOTS, TEXT_COUNT };
static const char *const text_names[TEXT_COUNT] = {"ordinary",        "words-of-pack", "one-busy-word",
                                                   "phrases-of-pack", "numbers",       "dots"};

struct bench {
  const char *path;
  struct prd_pack *pack;
  struct prd_judge *judge;
  struct prd_arena arena;
  char *texts[TEXT_COUNT];
  double samples[TEXT_COUNT][SIZE_COUNT][ROUNDS];
  double fold[SIZE_COUNT][ROUNDS], copy[SIZE_COUNT][ROUNDS], load[ROUNDS];
  bool complete[TEXT_COUNT][SIZE_COUNT];
  size_t memory[TEXT_COUNT][SIZE_COUNT];
};

static _Noreturn void fail(const char *what) {
  (void)fprintf(stderr, "bench_judge: %s\n", what);
  exit(2);
}

static double now_us(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int by_value(const void *a, const void *b) {
  const double left = *(const double *)a, right = *(const double *)b;
  return left < right ? -1 : left > right;
}

static double median(double *values) {
  qsort(values, ROUNDS, sizeof *values, by_value);
  return values[ROUNDS / 2];
}

/// LARGEST bytes of words, each given by `word_at` for a number that runs through the table.
static char *fill(struct bench *bench, const char *(*word_at)(const struct bench *, size_t)) {
  char *text = prd_arena_alloc(&bench->arena, LARGEST + 1);
  if (text == NULL) fail("memory");
  size_t used = 0;
  for (size_t i = 0; used < LARGEST; i++) {
    const char *word = word_at(bench, i);
    for (; *word != '\0' && used < LARGEST; word++) text[used++] = *word;
    if (used < LARGEST) text[used++] = ' ';
  }
  return text;
}

static const char *any_word(const struct bench *bench, size_t number) {
  const uint32_t count = bench->pack->counts[PRD_SECTION_WORDS];
  return count == 0 ? "a" : prd_pack_string(bench->pack, bench->pack->words[number * 7919 % count].text);
}

static const char *busiest_word(const struct bench *bench, size_t number) {
  (void)number;
  const struct prd_image_word *best = NULL;
  for (uint32_t i = 0; i < bench->pack->counts[PRD_SECTION_WORDS]; i++) {
    const struct prd_image_word *word = &bench->pack->words[i];
    if (best == NULL || word->classes_count > best->classes_count) best = word;
  }
  return best == NULL ? "a" : prd_pack_string(bench->pack, best->text);
}

/// A word of a class; the properties of tokens have one as well.
static const char *word_of_class(const struct prd_pack *pack, uint32_t class_number) {
  static const char *const properties[PRD_CLASS_FIRST_OF_PACK] = {"12", "Roy", "@roy", "#roy", "www.roy.ca"};
  if (class_number < PRD_CLASS_FIRST_OF_PACK) return properties[class_number];
  for (uint32_t i = 0; i < pack->counts[PRD_SECTION_WORDS]; i++) {
    const struct prd_image_word *word = &pack->words[i];
    for (uint32_t c = 0; c < word->classes_count; c++) {
      if (pack->word_classes[word->classes_begin + c] == class_number) return prd_pack_string(pack, word->text);
    }
  }
  return "a";
}

/// Whole phrases of the pack, each gap as wide as it may be and filled with beginnings of other phrases.
static const char *a_phrase(const struct bench *bench, size_t number) {
  static char phrase[1024];
  const struct prd_pack *pack = bench->pack;
  const uint32_t classes = pack->counts[PRD_SECTION_CLASS_ROOTS];
  size_t used = 0;
  uint32_t class_number = (uint32_t)(number * 31 % classes), node = pack->class_roots[class_number];
  for (uint32_t i = 0; node == 0 && i < classes; i++) {
    class_number = (class_number + 1) % classes;
    node = pack->class_roots[class_number];
  }
  for (size_t step = number; node != 0 && used < sizeof phrase - 400; step = step * 7 + 3) {
    const bool gap = (class_number & PRD_CLASS_GAP) != 0;
    for (uint32_t i = 0, count = gap ? class_number & 0xFF : 1; i < count; i++)
      used += (size_t)snprintf(phrase + used, sizeof phrase - used, "%.40s ",
                               gap ? any_word(bench, step + i) : word_of_class(pack, class_number));
    const uint32_t begin = pack->nodes[node].edges_begin, edges = pack->nodes[node + 1].edges_begin - begin;
    if (edges == 0) break;
    const struct prd_image_edge *edge = &pack->edges[begin + step % edges];
    class_number = edge->class_number;
    node = edge->node;
  }
  return phrase;
}

static const char *a_number(const struct bench *bench, size_t number) {
  static const char *const numbers[] = {"12", "45,50$", "418-555-0142", "A1B2", "2020-05-12", "TEST54122816"};
  (void)bench;
  return numbers[number % 6];
}

static const char *a_dot(const struct bench *bench, size_t number) {
  (void)bench;
  return number % 2 == 0 ? "a.b.c.d.e" : ".";
}

static const char *the_sample(const struct bench *bench, size_t number) {
  (void)bench;
  (void)number;
  return sample;
}

static void make_texts(struct bench *bench) {
  static const char *(*const makers[TEXT_COUNT])(const struct bench *, size_t) = {the_sample, any_word, busiest_word,
                                                                                  a_phrase,   a_number, a_dot};
  for (size_t kind = 0; kind < TEXT_COUNT; kind++) bench->texts[kind] = fill(bench, makers[kind]);
}

/// Bytes of the first whole characters of a text, at most `size`.
static size_t cut(const char *text, size_t size) {
  while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80) size--;
  return size;
}

static void judge_once(struct bench *bench, size_t kind, size_t size, struct prd_arena *arena) {
  const struct prd_context context = {.venue = PRD_VENUE_OFFICIAL_PAGE, .account = PRD_ACCOUNT_PERSONAL};
  struct prd_verdict verdict;
  const size_t length = cut(bench->texts[kind], sizes[size]);
  if (prd_judge_text(bench->judge, arena, bench->texts[kind], length, &context, &verdict) != PRD_OK) fail("judge");
  bench->complete[kind][size] = verdict.complete;
  bench->memory[kind][size] = arena->total_bytes;
  prd_arena_reset(arena);
}

static void run_judge(struct bench *bench, size_t kind, size_t size, size_t round, struct prd_arena *arena) {
  size_t times = 0;
  const double begin = now_us();
  double end;
  do {
    judge_once(bench, kind, size, arena);
    times++;
    end = now_us();
  } while (end - begin < ROUND_US);
  bench->samples[kind][size][round] = (end - begin) / (double)times;
}

static void run_floors(struct bench *bench, size_t size, size_t round, struct prd_arena *arena) {
  static char copy[LARGEST];
  const size_t length = cut(bench->texts[ORDINARY], sizes[size]);
  size_t times = 0;
  double begin = now_us(), end;
  do {
    struct prd_folded folded;
    if (prd_fold_text(arena, bench->texts[ORDINARY], length, &folded) != PRD_OK) fail("fold");
    prd_arena_reset(arena);
    times++;
    end = now_us();
  } while (end - begin < ROUND_US);
  bench->fold[size][round] = (end - begin) / (double)times;
  begin = now_us();
  for (times = 0; times < 100; times++) {
    memcpy(copy, bench->texts[ORDINARY], length);
    __asm__ volatile("" : : "r"(copy) : "memory"); // the copy is wanted
  }
  bench->copy[size][round] = (now_us() - begin) / 100;
}

static void run_load(struct bench *bench, size_t round) {
  struct prd_pack *pack;
  struct prd_judge *judge;
  const double begin = now_us();
  if (prd_pack_map(bench->path, &pack) != PRD_OK || prd_judge_new(pack, &judge) != PRD_OK) fail("load");
  bench->load[round] = now_us() - begin;
  prd_judge_free(judge);
  prd_pack_free(pack);
}

static json_t *report(struct bench *bench) {
  json_t *result = json_object(), *rows = json_array();
  const double load = median(bench->load);
  (void)printf("load and check of a pack of %zu bytes (in the page cache): %.0f us\n", bench->pack->size_bytes, load);
  (void)json_object_set_new(result, "load_us", json_real(load));
  double medians[TEXT_COUNT][SIZE_COUNT];
  for (size_t kind = 0; kind < TEXT_COUNT; kind++) {
    for (size_t size = 0; size < SIZE_COUNT; size++) medians[kind][size] = median(bench->samples[kind][size]);
  }
  (void)printf("%-16s %9s %12s %12s %10s %10s %9s\n", "text", "bytes", "us", "x ordinary", "fold us", "copy us", "KiB");
  for (size_t kind = 0; kind < TEXT_COUNT; kind++) {
    for (size_t size = 0; size < SIZE_COUNT; size++) {
      const double fold = kind == 0 ? median(bench->fold[size]) : 0, copy = kind == 0 ? median(bench->copy[size]) : 0;
      (void)printf("%-16s %9zu %12.1f %12.2f %10.2f %10.3f %9zu%s\n", text_names[kind], sizes[size],
                   medians[kind][size], medians[kind][size] / medians[ORDINARY][size], fold, copy,
                   bench->memory[kind][size] / 1024, bench->complete[kind][size] ? "" : "  not verified");
      (void)json_array_append_new(rows,
                                  json_pack("{s:s,s:i,s:f,s:b}", "text", text_names[kind], "bytes", (int)sizes[size],
                                            "us", medians[kind][size], "complete", (int)bench->complete[kind][size]));
    }
  }
  (void)json_object_set_new(result, "checks", rows);
  json_t *growth = json_object();
  for (size_t kind = 0; kind < TEXT_COUNT; kind++) {
    const double ratio = medians[kind][SIZE_COUNT - 1] / medians[kind][SIZE_COUNT - 2];
    (void)printf("growth %-16s t(4n)/t(2n) = %.2f\n", text_names[kind], ratio);
    (void)json_object_set_new(growth, text_names[kind], json_real(ratio));
  }
  (void)json_object_set_new(result, "t4n_over_t2n", growth);
  return result;
}

static void run(struct bench *bench) {
  struct prd_arena arena = {0};
  for (size_t round = 0; round < ROUNDS; round++) {
    run_load(bench, round);
    for (size_t size = 0; size < SIZE_COUNT; size++) {
      run_floors(bench, size, round, &arena);
      for (size_t kind = 0; kind < TEXT_COUNT; kind++) run_judge(bench, kind, size, round, &arena);
    }
  }
  prd_arena_free(&arena);
}

int main(int argc, char **argv) {
  static struct bench bench;
  if (argc < 2) fail("usage: bench_judge PACK [JSON]");
  bench.path = argv[1];
  if (prd_pack_map(bench.path, &bench.pack) != PRD_OK || prd_judge_new(bench.pack, &bench.judge) != PRD_OK)
    fail("this is not a built pack");
  make_texts(&bench);
  run(&bench);
  json_t *result = report(&bench);
  if (argc > 2) {
    json_t *all = json_load_file(argv[2], 0, NULL);
    if (!json_is_object(all)) all = json_object();
    (void)json_object_set(all, "judge", result);
    if (json_dump_file(all, argv[2], JSON_INDENT(1) | JSON_REAL_PRECISION(6)) != 0) fail("cannot write the results");
    json_decref(all);
  }
  json_decref(result);
  prd_judge_free(bench.judge);
  prd_pack_free(bench.pack);
  prd_arena_free(&bench.arena);
  return 0;
}
