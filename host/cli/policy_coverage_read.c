// SPDX-License-Identifier: GPL-3.0-or-later
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/policy_coverage.h"
#include "policy/category.h"
#include "policy/source_members.h"

/// One pack being read.
struct reader {
  struct prd_problems *problems;
  struct prd_coverage *coverage;
  struct prd_coverage_pack *pack;
  const struct prd_node *about; ///< about.json, read when a row first needs it
  bool about_asked;
};

const char *prd_carrier_name(size_t index) {
  static const char *const names[PRD_CARRIER_COUNT] = {"rule", "reminder", "workflow", "information", "none"};
  return index < PRD_CARRIER_COUNT ? names[index] : NULL;
}

/// What the host and the extension remind of by themselves, without a rule.
static const char *reminder_name(size_t index) {
  static const char *const names[] = {"work-hours", "work-device",        "authorization",     "engagement-unsigned",
                                      "moderation", "client-prudence",    "client-contact-2y", "resident-no-access",
                                      "reaction",   "attachment-consent", "link-hint"};
  return index < sizeof names / sizeof *names ? names[index] : NULL;
}

static const char *state_name(size_t index) {
  static const char *const names[] = {"done", "planned"};
  return index < 2 ? names[index] : NULL;
}

/// Number of the member's text in a closed list; adds a problem and gives SIZE_MAX when it is not in it.
static size_t choose(struct reader *reader, const struct prd_node *node, const char *(*name_at)(size_t)) {
  for (size_t i = 0; name_at(i) != NULL; i++) {
    if (strcmp(name_at(i), node->text) == 0) return i;
  }
  prd_problem_add(reader->problems, node->place, NULL, PRD_SOURCE_NOT_IN_LIST, node->text,
                  prd_members_join(reader->problems->arena, name_at));
  return SIZE_MAX;
}

static void check_rule(struct reader *reader, const struct prd_node *name) {
  static const char category[] = "category:";
  const struct prd_source_pack *source = reader->pack->source;
  const bool is_category = strncmp(name->text, category, sizeof category - 1) == 0;
  const char *wanted = is_category ? name->text + sizeof category - 1 : name->text;
  for (size_t r = 0; r < source->rule_count; r++) {
    if (strcmp(is_category ? source->rules[r].category : source->rules[r].id, wanted) == 0) return;
  }
  prd_problem_add(reader->problems, name->place, NULL,
                  is_category ? PRD_SOURCE_COVERAGE_CATEGORY : PRD_SOURCE_COVERAGE_RULE, wanted, source->id);
}

static void check_information(struct reader *reader, const struct prd_node *name) {
  const char *path = prd_arena_format(reader->problems->arena, "%s/about.json", reader->pack->folder);
  if (path == NULL) {
    reader->problems->out_of_memory = true;
    return;
  }
  if (!reader->about_asked) reader->about = prd_document_read(path, reader->problems);
  reader->about_asked = true;
  if (reader->about == NULL) return; // told once
  const struct prd_node *entries = prd_node_member(reader->about, "information");
  for (size_t i = 0; entries != NULL && i < entries->count; i++) {
    if (strcmp(prd_members_text(&entries->children[i], "id", ""), name->text) == 0) return;
  }
  prd_problem_add(reader->problems, name->place, NULL, PRD_SOURCE_COVERAGE_INFORMATION, name->text, path);
}

/// Checks one name of "by". What is planned need not exist yet.
static void check_name(struct reader *reader, const struct prd_coverage_row *row, const struct prd_node *name) {
  if (row->carrier == PRD_CARRIER_REMINDER) {
    (void)choose(reader, name, reminder_name);
  } else if (row->carrier == PRD_CARRIER_WORKFLOW) {
    if (!prd_source_is_identifier(name->text))
      prd_problem_add(reader->problems, name->place, NULL, PRD_SOURCE_BAD_IDENTIFIER, name->text, NULL);
  } else if (!row->planned) {
    if (row->carrier == PRD_CARRIER_RULE) check_rule(reader, name);
    if (row->carrier == PRD_CARRIER_INFORMATION) check_information(reader, name);
  }
}

static void read_by(struct reader *reader, const struct prd_node *node, struct prd_coverage_row *row) {
  const struct prd_node *by = prd_node_member(node, "by");
  if (!prd_members_strings(by, "by", NULL, reader->problems)) return;
  if (row->carrier == PRD_CARRIER_NONE && by->count != 0)
    prd_problem_add(reader->problems, by->place, NULL, PRD_SOURCE_COVERAGE_NOTHING_BY, row->statement, NULL);
  if (row->carrier != PRD_CARRIER_NONE && by->count == 0)
    prd_problem_add(reader->problems, by->place, NULL, PRD_SOURCE_EMPTY, "by", NULL);
  row->by = prd_arena_array(reader->problems->arena, by->count, sizeof *row->by);
  if (row->by == NULL) {
    reader->problems->out_of_memory = true;
    return;
  }
  for (size_t i = 0; i < by->count; i++) {
    row->by[row->by_count++] = by->children[i].text;
    check_name(reader, row, &by->children[i]);
  }
}

static void check_clause(struct reader *reader, const struct prd_node *node, const char *clause) {
  const struct prd_source_pack *source = reader->pack->source;
  const char *known = "";
  if (*clause == '\0') return;
  for (size_t i = 0; i < source->clause_count; i++) {
    if (strcmp(source->clauses[i].id, clause) == 0) return;
    known = prd_arena_format(reader->problems->arena, "%s%s%s", known == NULL ? "" : known, i == 0 ? "" : ", ",
                             source->clauses[i].id);
  }
  prd_problem_add(reader->problems, prd_node_member(node, "clause")->place, NULL, PRD_SOURCE_UNKNOWN_CLAUSE, clause,
                  known);
}

/// Refuses a second row of the same statement, in this pack or in another.
static bool is_new(struct reader *reader, const struct prd_node *node, const char *statement) {
  for (size_t p = 0; p < reader->coverage->pack_count; p++) {
    const struct prd_coverage_row *known = prd_coverage_find(&reader->coverage->packs[p], statement);
    if (known == NULL) continue;
    prd_problem_add(reader->problems, node->place, NULL, PRD_SOURCE_DEFINED_TWICE, statement,
                    prd_arena_format(reader->problems->arena, "%s:%u:%u", known->place.file, known->place.line,
                                     known->place.column));
    return false;
  }
  return true;
}

static bool check_row(struct reader *reader, const struct prd_node *node) {
  static const struct prd_member members[] = {
      {"statement", PRD_NODE_STRING, true}, {"summary", PRD_NODE_OBJECT, true}, {"carrier", PRD_NODE_STRING, true},
      {"by", PRD_NODE_ARRAY, true},         {"state", PRD_NODE_STRING, true},   {"reason", PRD_NODE_OBJECT, false},
      {"clause", PRD_NODE_STRING, true},
  };
  if (!prd_members_check(node, "coverage.json", members, sizeof members / sizeof *members, NULL, reader->problems))
    return false;
  const char *statement = prd_members_text(node, "statement", "");
  if (!prd_source_is_identifier(statement)) {
    prd_problem_add(reader->problems, prd_node_member(node, "statement")->place, NULL, PRD_SOURCE_BAD_IDENTIFIER,
                    statement, NULL);
    return false;
  }
  return is_new(reader, node, statement);
}

static void read_row(struct reader *reader, const struct prd_node *node) {
  if (!check_row(reader, node)) return;
  const size_t carrier = choose(reader, prd_node_member(node, "carrier"), prd_carrier_name);
  const size_t state = choose(reader, prd_node_member(node, "state"), state_name);
  struct prd_coverage_row row = {.statement = prd_members_text(node, "statement", ""),
                                 .summary = prd_members_bilingual(node, "summary", NULL, reader->problems),
                                 .carrier = carrier == SIZE_MAX ? PRD_CARRIER_NONE : (enum prd_carrier)carrier,
                                 .planned = state == 1,
                                 .reason = prd_members_bilingual(node, "reason", NULL, reader->problems),
                                 .clause = prd_members_text(node, "clause", ""),
                                 .place = node->place};
  if (carrier != SIZE_MAX) read_by(reader, node, &row);
  check_clause(reader, node, row.clause);
  if (carrier == PRD_CARRIER_NONE && prd_node_member(node, "reason") == NULL)
    prd_problem_add(reader->problems, node->place, NULL, PRD_SOURCE_MISSING_MEMBER, "reason", "object {fr, en}");
  reader->pack->rows[reader->pack->row_count++] = row;
}

const struct prd_coverage_row *prd_coverage_find(const struct prd_coverage_pack *pack, const char *statement) {
  for (size_t i = 0; i < pack->row_count; i++) {
    if (strcmp(pack->rows[i].statement, statement) == 0) return &pack->rows[i];
  }
  return NULL;
}

size_t prd_coverage_count(const struct prd_coverage_pack *pack, enum prd_carrier carrier, bool planned) {
  size_t count = 0;
  for (size_t i = 0; i < pack->row_count; i++)
    count += pack->rows[i].carrier == carrier && pack->rows[i].planned == planned;
  return count;
}

static bool claims(const struct prd_coverage_row *row, const struct prd_source_rule *rule) {
  for (size_t i = 0; row->carrier == PRD_CARRIER_RULE && i < row->by_count; i++) {
    const char *name = row->by[i];
    if (strcmp(name, rule->id) == 0) return true;
    if (strncmp(name, "category:", 9) == 0 && strcmp(name + 9, rule->category) == 0) return true;
  }
  return false;
}

static void find_unclaimed(struct reader *reader) {
  struct prd_coverage_pack *pack = reader->pack;
  const struct prd_source_pack *source = pack->source;
  pack->unclaimed = prd_arena_array(reader->problems->arena, source->rule_count, sizeof *pack->unclaimed);
  if (pack->unclaimed == NULL) {
    reader->problems->out_of_memory = true;
    return;
  }
  for (size_t r = 0; r < source->rule_count; r++) {
    bool claimed = false;
    for (size_t i = 0; i < pack->row_count && !claimed; i++) claimed = claims(&pack->rows[i], &source->rules[r]);
    if (claimed) continue;
    pack->unclaimed[pack->unclaimed_count++] = source->rules[r].id;
    prd_problem_add(reader->problems, source->rules[r].place, source->rules[r].id, PRD_SOURCE_LINT_UNCLAIMED,
                    pack->path, NULL);
  }
}

static void read_rows(struct reader *reader) {
  struct prd_coverage_pack *pack = reader->pack;
  const struct prd_node *root = prd_document_read(pack->path, reader->problems);
  if (root == NULL) return;
  if (root->type != PRD_NODE_ARRAY) {
    prd_problem_add(reader->problems, root->place, NULL, PRD_SOURCE_WRONG_TYPE, "coverage.json", "array […]");
    return;
  }
  pack->rows = prd_arena_array(reader->problems->arena, root->count, sizeof *pack->rows);
  if (pack->rows == NULL) {
    reader->problems->out_of_memory = true;
    return;
  }
  for (size_t i = 0; i < root->count; i++) read_row(reader, &root->children[i]);
  find_unclaimed(reader);
}

/// Adds the pack in `folder`.
static void read_pack(struct prd_coverage *coverage, const char *folder, struct prd_problems *problems) {
  struct prd_coverage_pack *packs =
      prd_arena_grow(problems->arena, coverage->packs, coverage->pack_count, &coverage->pack_capacity, sizeof *packs);
  const char *path = prd_arena_format(problems->arena, "%s/coverage.json", folder);
  const size_t errors = problems->error_count;
  const struct prd_source_pack *source = prd_source_read(folder, problems);
  if (packs == NULL || path == NULL || problems->out_of_memory) {
    problems->out_of_memory = true;
    return;
  }
  coverage->packs = packs;
  if (source == NULL || problems->error_count != errors) return; // a pack that cannot be built covers nothing
  packs[coverage->pack_count] = (struct prd_coverage_pack){.folder = folder, .path = path, .source = source};
  struct reader reader = {.problems = problems, .coverage = coverage, .pack = &packs[coverage->pack_count++]};
  read_rows(&reader);
}

static bool is_pack(struct prd_arena *arena, const char *folder) {
  const char *path = prd_arena_format(arena, "%s/pack.json", folder);
  return path != NULL && access(path, F_OK) == 0;
}

static int visible(const struct dirent *entry) {
  return entry->d_name[0] != '.';
}

bool prd_coverage_read(const char *path, struct prd_problems *problems, struct prd_coverage *out) {
  *out = (struct prd_coverage){0};
  if (is_pack(problems->arena, path)) {
    read_pack(out, path, problems);
    return true;
  }
  struct dirent **entries = NULL;
  bool some = false;
  const int count = scandir(path, &entries, visible, alphasort);
  for (int i = 0; i < count; i++) {
    const char *folder = prd_arena_format(problems->arena, "%s/%s", path, entries[i]->d_name);
    free(entries[i]);
    if (folder == NULL || !is_pack(problems->arena, folder)) continue;
    some = true;
    read_pack(out, folder, problems);
  }
  free(entries);
  if (!some) prd_problem_add(problems, (struct prd_place){path, 0, 0}, NULL, PRD_SOURCE_COVERAGE_NO_PACK, path, NULL);
  return some;
}

static const struct prd_coverage_pack *pack_of(const struct prd_coverage *coverage, const char *institution) {
  for (size_t p = 0; p < coverage->pack_count; p++) {
    if (strcmp(coverage->packs[p].source->id, institution) == 0) return &coverage->packs[p];
  }
  return NULL;
}

/// Finds what an object of the array says about a statement; NULL when it is not well written, which is told once.
static const char *statement_of(const struct prd_node *node, struct prd_problems *problems) {
  const char *names[] = {"id", "institution"};
  for (size_t i = 0; i < 2; i++) {
    if (prd_members_text(node, names[i], NULL) != NULL) continue;
    prd_problem_add(problems, node->place, NULL, PRD_SOURCE_MISSING_MEMBER, names[i], "string \"…\"");
    return NULL;
  }
  return prd_members_text(node, "id", "");
}

static void find_missing(struct prd_coverage *coverage, struct prd_problems *problems) {
  for (size_t i = 0; i < coverage->statements->count; i++) {
    const struct prd_node *node = &coverage->statements->children[i];
    const char *statement = statement_of(node, problems);
    if (statement == NULL) continue;
    const char *institution = prd_members_text(node, "institution", "");
    const struct prd_coverage_pack *pack = pack_of(coverage, institution);
    if (pack == NULL && coverage->pack_count == 1) continue; // one pack was asked for: only its statements count
    coverage->expected++;
    if (pack != NULL && prd_coverage_find(pack, statement) != NULL)
      coverage->found++;
    else
      prd_problem_add(problems, node->place, NULL, PRD_SOURCE_COVERAGE_MISSING, statement,
                      pack == NULL ? institution : pack->path);
  }
}

static const struct prd_node *find_statement(const struct prd_node *statements, const char *id) {
  for (size_t i = 0; i < statements->count; i++) {
    if (strcmp(prd_members_text(&statements->children[i], "id", ""), id) == 0) return &statements->children[i];
  }
  return NULL;
}

static void find_invented(const struct prd_coverage *coverage, const char *path, struct prd_problems *problems) {
  for (size_t p = 0; p < coverage->pack_count; p++) {
    const struct prd_coverage_pack *pack = &coverage->packs[p];
    for (size_t i = 0; i < pack->row_count; i++) {
      const struct prd_node *known = find_statement(coverage->statements, pack->rows[i].statement);
      const char *institution = known == NULL ? "" : prd_members_text(known, "institution", "");
      if (known == NULL)
        prd_problem_add(problems, pack->rows[i].place, NULL, PRD_SOURCE_COVERAGE_INVENTED, pack->rows[i].statement,
                        path);
      else if (strcmp(institution, pack->source->id) != 0)
        prd_problem_add(problems, pack->rows[i].place, NULL, PRD_SOURCE_COVERAGE_ELSEWHERE, pack->rows[i].statement,
                        institution);
    }
  }
}

void prd_coverage_against(struct prd_coverage *coverage, const char *path, struct prd_problems *problems) {
  const struct prd_node *root = prd_document_read(path, problems);
  if (root == NULL) return;
  if (root->type != PRD_NODE_ARRAY) {
    prd_problem_add(problems, root->place, NULL, PRD_SOURCE_WRONG_TYPE, path, "array […]");
    return;
  }
  coverage->statements = root;
  find_missing(coverage, problems);
  find_invented(coverage, path, problems);
}
