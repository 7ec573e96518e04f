// SPDX-License-Identifier: GPL-3.0-or-later
// The small pack that the targets mutate, or judge with. Backticks stand for quotation marks.
#ifndef PRD_TESTS_FUZZ_MINI_PACK_H
#define PRD_TESTS_FUZZ_MINI_PACK_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "policy/build.h"
#include "policy/judge.h"

static const char mini_pack[] =
    "{`schema`:`prudence-pack/1`,`id`:`m`,`version`:`1`,`serial`:1,\n"
    "`institution`:{`name`:{`fr`:`B`,`en`:`B`},`short`:{`fr`:`B`,`en`:`B`},`names`:[`boréale`,`la boréale`],\n"
    "`own`:{`phones`:[`418 555-0100`],`emails`:[],`domains`:[`b.ca`],`postal_codes`:[`G1R 2J6`]}},\n"
    "`document`:{`title`:{`fr`:`P`,`en`:`P`},`number`:``,`date`:``,`review_due`:``},\n"
    "`clauses`:[{`id`:`1`,`title`:{`fr`:`T`,`en`:`T`},`summary`:{`fr`:`S`,`en`:`S`}}],\n"
    "`categories`:{`personal-info`:{`clauses`:[`1`]},`insult-defamation`:{`clauses`:[`1`]},"
    "`advertising-spam`:{`clauses`:[`1`],`when`:{`venue`:[`official-page`]}}},\n"
    "`lists`:{`q`:[`le chef`,`roy(s)`],`w`:[`navet(s)`,`gros <1-2> {number}`,`homophob*`,`{q} dit`,`{institution}'s`,"
    "`{de|du} {capitalized}`,`va <8> va <8> va`]},\n"
    "`patterns`:{`c`:`b-[0-9]{2,3}`,`p`:`[0-9]{1,2}([.,][0-9]{2})? ?\\\\$`},\n"
    "`rules`:[{`id`:`a`,`category`:`insult-defamation`,`severity`:`warn`,`match`:[{`list`:`w`},{`pattern`:`c`}],"
    "`near`:[{`identifier`:`phone`,`points`:5},{`metric`:`links`,`points`:-1},{`terms`:[`très`],`points`:9,`side`:`before`}],"
    "`unless`:[{`pattern`:`p`,`within`:`sentence`},{`terms`:[`soupe`],`within`:{`words`:3}}],`quoted`:`ignore`,"
    "`message`:{`fr`:`M`,`en`:`M`},`remedy`:{`fr`:`R`,`en`:`R`},"
    "`examples`:{`match`:[`navet`,`gros et 12`],`clean`:[`a`,`soupe navet`]}},\n"
    "{`id`:`b`,`category`:`personal-info`,`severity`:`serious`,`match`:[{`identifier`:`nam`,`confirmed`:false},"
    "{`identifier`:`email`},{`identifier`:`date`}],`message`:{`fr`:`M`,`en`:`M`},`remedy`:{`fr`:`R`,`en`:`R`},"
    "`examples`:{`match`:[`TEST 5412 2816`,`a@c.ca`],`clean`:[`a`,`x@b.ca`]}},\n"
    "{`id`:`c`,`category`:`advertising-spam`,`severity`:`info`,`match`:[{`metric`:`uppercase-percent`,`at_least`:80},"
    "{`pattern`:`p`},{`metric`:`repeated-sentences`,`at_least`:2}],`message`:{`fr`:`M`,`en`:`M`},"
    "`remedy`:{`fr`:`R`,`en`:`R`},`examples`:{`match`:[`5 $`,`5,50$`],`clean`:[`a`,`b`]}}]}\n";

// assert() would disappear with NDEBUG.
static inline void require(bool condition) {
  if (!condition) abort();
}

/// Puts quotation marks where the backticks are; `out` has room for sizeof mini_pack bytes.
static inline void mini_pack_json(char *out) {
  for (size_t i = 0; i < sizeof mini_pack; i++) out[i] = mini_pack[i] == '`' ? '"' : mini_pack[i];
}

static char private_folder[] = "/tmp/prudence-fuzz-XXXXXX";
static char private_path[sizeof private_folder + sizeof "/pack.json"];

static inline void remove_private_file(void) {
  (void)unlink(private_path);
  (void)rmdir(private_folder);
}

/// Writes the bytes to a private file, for readers that want a path; returns it. The file lives as long as the process.
static inline const char *private_file(const void *bytes, size_t size) {
  static FILE *file;
  if (file == NULL) {
    require(mkdtemp(private_folder) != NULL);
    (void)snprintf(private_path, sizeof private_path, "%s/pack.json", private_folder);
    file = fopen(private_path, "wb");
    require(file != NULL && atexit(remove_private_file) == 0);
  }
  require(fseek(file, 0, SEEK_SET) == 0 && ftruncate(fileno(file), 0) == 0);
  require(fwrite(bytes, 1, size, file) == size && fflush(file) == 0);
  return private_path;
}

/// The mini pack, built at the first call.
static inline const struct prd_built *mini_built(void) {
  static struct prd_built built;
  if (built.bytes != NULL) return &built;
  char json[sizeof mini_pack];
  mini_pack_json(json);
  struct prd_arena arena = {0};
  struct prd_problems problems = {.arena = &arena};
  (void)prd_pack_build(private_file(json, sizeof json - 1), true, &problems, &built);
  for (size_t i = 0; built.bytes == NULL && i < problems.count; i++)
    (void)fprintf(stderr, "%u:%u %s\n", problems.items[i].line, problems.items[i].column, problems.items[i].text.en);
  require(built.bytes != NULL);
  prd_arena_free(&arena);
  return &built;
}

#endif
