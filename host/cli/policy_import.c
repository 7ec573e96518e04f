// SPDX-License-Identifier: GPL-3.0-or-later
// prudence policy import-document: the institution's own words for the clauses of a pack, bound to the file they come from.
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/read_file.h"
#include "base/utf8.h"
#include "cli/policy_tools.h"
#include "policy/source_document.h"
#include "policy/source_members.h"
#include "system/official.h"

enum { TEXT_MAX_BYTES = 4 * 1024 * 1024, SHOWN_BYTES = 40 };

/// The file, and a second form of it for comparing: any run of blanks is one space, ’ is '. `origin` leads back.
struct text {
  const char *path;
  const char *bytes;
  size_t length;
  size_t line_count;
  char *plain;
  size_t *origin; ///< offset in `bytes` of each byte of `plain`, and of its end
  size_t plain_length;
};

struct passage {
  const char *id;
  size_t begin, end; ///< bytes; empty when there is none
};

struct import {
  struct prd_cli *cli;
  const struct prd_pack *pack;
  struct prd_problems problems;
  struct text text;
  struct passage *passages; ///< one a clause of the pack, in its order
  size_t passage_count;
};

/// Bytes of the blank at `at`, or 0: space, control character, no-break space (U+00A0) or narrow no-break space (U+202F).
static size_t blank(const char *at) {
  const unsigned char byte = (unsigned char)*at;
  if (byte <= ' ' || byte == 0x7f) return 1;
  if (memcmp(at, "\xC2\xA0", 2) == 0) return 2;
  return byte == 0xE2 && strncmp(at, "\xE2\x80\xAF", 3) == 0 ? 3 : 0;
}

/// Writes the form for comparing into `plain`, which has room for `length` bytes and a NUL. `origin` may be NULL.
static size_t flatten(const char *bytes, size_t length, char *plain, size_t *origin) {
  size_t written = 0;
  for (size_t at = 0; at < length;) {
    size_t used = blank(bytes + at);
    char byte = ' ';
    if (used == 0 && strncmp(bytes + at, "\xE2\x80\x99", 3) == 0) {
      used = 3;
      byte = '\'';
    } else if (used == 0) {
      used = 1;
      byte = bytes[at];
    }
    if (byte != ' ' || (written != 0 && plain[written - 1] != ' ')) {
      if (origin != NULL) origin[written] = at;
      plain[written++] = byte;
    }
    at += used;
  }
  if (written != 0 && plain[written - 1] == ' ') written--;
  plain[written] = '\0';
  return written;
}

/// Adds a problem about the text itself at byte `at`.
static void refuse_text(struct import *import, size_t at, enum prd_source_message message) {
  struct prd_place place = {import->text.path, 1, 1};
  for (size_t i = 0; i < at; i++) {
    const unsigned char byte = (unsigned char)import->text.bytes[i];
    place.column += (byte & 0xC0) != 0x80;
    if (byte != '\n') continue;
    place.line++;
    place.column = 1;
  }
  prd_problem_add(&import->problems, place, NULL, message, import->text.path, NULL);
}

static void check_text(struct import *import) {
  struct text *text = &import->text;
  text->line_count = text->length != 0 && text->bytes[text->length - 1] != '\n';
  for (size_t at = 0; at < text->length;) {
    const size_t sequence = prd_utf8_sequence(text->bytes + at, text->length - at);
    if (sequence == 0 || text->bytes[at] == '\0') {
      refuse_text(import, at, sequence == 0 ? PRD_SOURCE_NOT_FOLDED : PRD_SOURCE_IMPORT_NUL);
      return;
    }
    text->line_count += text->bytes[at] == '\n';
    at += sequence;
  }
}

/// Reads the file. Problems of the file are added; the answer is another error.
static int read_text(struct import *import, const char *path) {
  struct prd_arena *arena = &import->cli->arena;
  struct text *text = &import->text;
  char *bytes = NULL;
  text->path = path;
  switch (prd_read_file(arena, path, TEXT_MAX_BYTES, &bytes, &text->length)) {
  case PRD_OK:
    break;
  case PRD_ERROR_MEMORY:
    return prd_cli_fail(import->cli, PRD_CLI_OUT_OF_MEMORY);
  case PRD_ERROR_TOO_LARGE:
    prd_problem_add(&import->problems, (struct prd_place){path, 0, 0}, NULL, PRD_SOURCE_TOO_LARGE, path, "4 Mio / MiB");
    return PRD_EXIT_CLEAN;
  default:
    return prd_cli_fail(import->cli, PRD_CLI_CANNOT_READ, path, strerror(errno));
  }
  text->bytes = bytes;
  check_text(import);
  text->plain = prd_arena_alloc(arena, text->length + 1);
  text->origin = prd_arena_array(arena, text->length + 1, sizeof *text->origin);
  if (text->plain == NULL || text->origin == NULL) return prd_cli_fail(import->cli, PRD_CLI_OUT_OF_MEMORY);
  text->plain_length = flatten(text->bytes, text->length, text->plain, text->origin);
  text->origin[text->plain_length] = text->length;
  return PRD_EXIT_CLEAN;
}

/// Finds words in the comparing form from `from` on; NULL after a problem.
static const char *find_words(struct import *import, const struct prd_node *words, const char *from, bool once,
                              size_t *length) {
  char *plain = prd_arena_alloc(&import->cli->arena, strlen(words->text) + 1);
  if (plain == NULL) {
    import->problems.out_of_memory = true;
    return NULL;
  }
  *length = flatten(words->text, strlen(words->text), plain, NULL);
  const char *found = *length == 0 ? NULL : strstr(from, plain);
  const bool twice = once && found != NULL && strstr(found + 1, plain) != NULL;
  if (found != NULL && !twice) return found;
  prd_problem_add(&import->problems, words->place, NULL,
                  twice ? PRD_SOURCE_IMPORT_FOUND_TWICE : PRD_SOURCE_IMPORT_NOT_FOUND, words->text, import->text.path);
  return NULL;
}

static void place_by_words(struct import *import, const struct prd_node *first, const struct prd_node *last,
                           struct passage *passage) {
  size_t length = 0;
  const char *begin = find_words(import, first, import->text.plain, true, &length);
  const char *end = begin == NULL ? NULL : find_words(import, last, begin, false, &length);
  if (end == NULL) return;
  passage->begin = import->text.origin[begin - import->text.plain];
  // Up to the byte behind the last one: the next byte of `plain` may be far away, behind blanks.
  const size_t last_byte = (size_t)(end - import->text.plain) + length - 1;
  size_t at = import->text.origin[last_byte];
  at += import->text.plain[last_byte] == '\'' && import->text.bytes[at] != '\'' ? 3 : 1;
  passage->end = at;
}

/// Byte where line `line` (from 1) begins, or the end of the text.
static size_t line_begin(const struct text *text, size_t line) {
  const char *at = text->bytes;
  for (size_t i = 1; i < line && at != NULL; i++) {
    at = memchr(at, '\n', text->length - (size_t)(at - text->bytes));
    if (at != NULL) at++;
  }
  return at == NULL ? text->length : (size_t)(at - text->bytes);
}

static void place_by_lines(struct import *import, const struct prd_node *lines, struct passage *passage) {
  struct prd_arena *arena = import->problems.arena;
  const size_t count = import->text.line_count;
  const bool numbers =
      lines->count == 2 && lines->children[0].type == PRD_NODE_INTEGER && lines->children[1].type == PRD_NODE_INTEGER;
  const long long first = numbers ? lines->children[0].number : 0, last = numbers ? lines->children[1].number : 0;
  if (first < 1 || last < first || (unsigned long long)last > count) {
    const char *found = numbers ? prd_arena_format(arena, "[%lld, %lld]", first, last) : "[…]";
    prd_problem_add(&import->problems, lines->place, NULL, PRD_SOURCE_IMPORT_LINES, found,
                    prd_arena_format(arena, "%zu", count));
    return;
  }
  passage->begin = line_begin(&import->text, (size_t)first);
  passage->end = line_begin(&import->text, (size_t)last + 1);
}

static void place_from_map(struct import *import, const struct prd_node *node) {
  static const struct prd_member members[] = {
      {"first", PRD_NODE_STRING, false}, {"last", PRD_NODE_STRING, false}, {"lines", PRD_NODE_ARRAY, false}};
  size_t i = 0;
  while (i < import->passage_count && strcmp(import->passages[i].id, node->key) != 0) i++;
  if (i == import->passage_count) {
    const char *known = "";
    for (size_t k = 0; k < import->passage_count && known != NULL; k++)
      known = prd_arena_format(&import->cli->arena, "%s%s%s", known, k == 0 ? "" : ", ", import->passages[k].id);
    prd_problem_add(&import->problems, node->place, NULL, PRD_SOURCE_UNKNOWN_CLAUSE, node->key, known);
    return;
  }
  if (!prd_members_check(node, node->key, members, 3, NULL, &import->problems)) return;
  const struct prd_node *first = prd_node_member(node, "first"), *last = prd_node_member(node, "last");
  const struct prd_node *lines = prd_node_member(node, "lines");
  if (first != NULL && last != NULL && lines == NULL)
    place_by_words(import, first, last, &import->passages[i]);
  else if (first == NULL && last == NULL && lines != NULL)
    place_by_lines(import, lines, &import->passages[i]);
  else
    prd_problem_add(&import->problems, node->place, NULL, PRD_SOURCE_IMPORT_ONE_WAY, node->key,
                    "{\"first\": \"…\", \"last\": \"…\"}, {\"lines\": [1, 9]}");
}

static void place_all_from_map(struct import *import, const char *path) {
  const struct prd_node *root = prd_document_read(path, &import->problems);
  if (root == NULL) return;
  if (root->type != PRD_NODE_OBJECT) {
    prd_problem_add(&import->problems, root->place, NULL, PRD_SOURCE_WRONG_TYPE, path, "object {…}");
    return;
  }
  for (size_t i = 0; i < root->count; i++) {
    const struct prd_node *node = &root->children[i];
    if (strcmp(node->key, "$schema") != 0 && strcmp(node->key, "comment") != 0) place_from_map(import, node);
  }
}

/// Length of the number that begins a heading line (« 7.1. Pour tous », « 6.4 Contenu »), or 0.
static size_t heading_number(const char *line) {
  size_t digits = strspn(line, "0123456789.");
  const char *after = line + digits;
  if (digits == 0 || line[0] == '.' || (*after != ' ' && *after != '\t' && blank(after) < 2)) return 0;
  while (blank(after) != 0 && *after != '\n' && *after != '\0') after += blank(after);
  // The title follows, with a capital or a letter with an accent: « 24 novembre » is no heading.
  if (!((*after >= 'A' && *after <= 'Z') || (unsigned char)*after >= 0x80)) return 0;
  while (digits > 0 && line[digits - 1] == '.') digits--;
  return digits;
}

/// Without a map: a clause goes from the line that begins with its number to the next line that begins with one.
static void place_by_numbers(struct import *import) {
  const struct text *text = &import->text;
  struct passage *open = NULL;
  uint32_t number = 1;
  for (const char *line = text->bytes; line < text->bytes + text->length; number++) {
    const char *begin = line + strspn(line, " \t");
    const char *end = memchr(line, '\n', text->length - (size_t)(line - text->bytes));
    const size_t digits = heading_number(begin);
    if (digits != 0 && open != NULL) {
      open->end = (size_t)(line - text->bytes);
      open = NULL;
    }
    for (size_t i = 0; digits != 0 && i < import->passage_count; i++) {
      struct passage *passage = &import->passages[i];
      if (strlen(passage->id) != digits || strncmp(passage->id, begin, digits) != 0) continue;
      if (passage->end != 0)
        prd_problem_add(&import->problems, (struct prd_place){text->path, number, (uint32_t)(begin - line) + 1}, NULL,
                        PRD_SOURCE_IMPORT_FOUND_TWICE, passage->id, text->path);
      *passage = (struct passage){passage->id, (size_t)(begin - text->bytes), text->length};
      open = passage;
    }
    line = end == NULL ? text->bytes + text->length : end + 1;
  }
  // Nothing says where the last one ends, and annexes may follow: only a map can quote it.
  if (open != NULL) open->begin = open->end = 0;
}

/// The passage as it is quoted: without the blanks around it, line ends and pages as line ends, other control characters as spaces.
static char *verbatim(struct import *import, const struct passage *passage) {
  const char *bytes = import->text.bytes;
  size_t begin = passage->begin, end = passage->end;
  while (begin < end && blank(bytes + begin) != 0) begin += blank(bytes + begin);
  while (end > begin && (unsigned char)bytes[end - 1] <= ' ') end--;
  char *copy = prd_arena_alloc(&import->cli->arena, end - begin + 1);
  size_t written = 0;
  for (size_t i = begin; copy != NULL && i < end; i++) {
    const unsigned char byte = (unsigned char)bytes[i];
    if (byte == '\r' && i + 1 < end && bytes[i + 1] == '\n') continue;
    const bool line_end = byte == '\r' || byte == '\f' || byte == '\n';
    copy[written++] = (char)(line_end ? '\n' : (byte < ' ' && byte != '\t') || byte == 0x7f ? ' ' : byte);
  }
  return copy;
}

static bool hash_file(const char *path, char *digits) {
  unsigned char buffer[65536], hash[crypto_hash_sha256_BYTES];
  FILE *stream = fopen(path, "rbe");
  if (stream == NULL) return false;
  crypto_hash_sha256_state state;
  (void)crypto_hash_sha256_init(&state);
  for (size_t got = fread(buffer, 1, sizeof buffer, stream); got != 0; got = fread(buffer, 1, sizeof buffer, stream))
    (void)crypto_hash_sha256_update(&state, buffer, got);
  const bool read = ferror(stream) == 0;
  (void)fclose(stream);
  (void)crypto_hash_sha256_final(&state, hash);
  (void)sodium_bin2hex(digits, PRD_OFFICIAL_HASH_CHARACTERS + 1, hash, sizeof hash);
  return read;
}

static void write_official(struct prd_json_writer *writer, const struct import *import, const char *sha256,
                           const struct prd_official_clause *clauses, size_t count) {
  char checksum[PRD_OFFICIAL_HASH_CHARACTERS + 1];
  prd_official_checksum(clauses, count, checksum);
  prd_json_begin_object(writer, NULL);
  prd_json_string(writer, "schema", PRD_OFFICIAL_SCHEMA);
  prd_json_string(writer, "pack", prd_pack_identity(import->pack)->id);
  prd_json_begin_object(writer, "document");
  prd_json_string(writer, "sha256", sha256);
  prd_json_end_object(writer);
  prd_json_string(writer, "passages_sha256", checksum);
  prd_json_begin_array(writer, "clauses");
  for (size_t i = 0; i < count; i++) {
    prd_json_begin_object(writer, NULL);
    prd_json_string(writer, "id", clauses[i].id);
    prd_json_string(writer, "text", clauses[i].text);
    prd_json_end_object(writer);
  }
  prd_json_end_array(writer);
  prd_json_end_object(writer);
}

/// A few bytes of one end of a passage, on one line and at whole characters.
static const char *glimpse(struct import *import, const char *text, bool last) {
  const size_t length = strlen(text);
  size_t begin = last && length > SHOWN_BYTES ? length - SHOWN_BYTES : 0;
  while (((unsigned char)text[begin] & 0xC0) == 0x80) begin++;
  size_t end = last || length < SHOWN_BYTES ? length : SHOWN_BYTES;
  while (end < length && ((unsigned char)text[end] & 0xC0) == 0x80) end--;
  char *copy = prd_arena_copy(&import->cli->arena, text + begin, end - begin);
  for (char *at = copy; at != NULL && *at != '\0'; at++)
    if (*at == '\n' || *at == '\t') *at = ' ';
  return copy == NULL ? "" : copy;
}

static size_t line_of(const struct text *text, size_t byte) {
  size_t line = 1;
  for (size_t i = 0; i < byte; i++) line += text->bytes[i] == '\n';
  return line;
}

/// Collects the passages and tells each, so that a person can read them again.
static int collect(struct import *import, struct prd_official_clause **clauses, size_t *count) {
  *clauses = prd_arena_array(&import->cli->arena, import->passage_count, sizeof **clauses);
  if (*clauses == NULL) return prd_cli_fail(import->cli, PRD_CLI_OUT_OF_MEMORY);
  size_t bytes = 0;
  const char *absent = "";
  for (size_t i = 0; i < import->passage_count; i++) {
    const struct passage *passage = &import->passages[i];
    char *text = verbatim(import, passage);
    if (text == NULL || absent == NULL) return prd_cli_fail(import->cli, PRD_CLI_OUT_OF_MEMORY);
    if (*text == '\0') {
      absent = prd_arena_format(&import->cli->arena, "%s%s%s", absent, *absent == '\0' ? "" : ", ", passage->id);
      continue;
    }
    bytes += strlen(text);
    (*clauses)[(*count)++] = (struct prd_official_clause){passage->id, text};
    prd_cli_print(import->cli, PRD_CLI_IMPORT_CLAUSE, passage->id, line_of(&import->text, passage->begin),
                  line_of(&import->text, passage->end - 1), glimpse(import, text, false), glimpse(import, text, true));
  }
  if (absent != NULL && *absent != '\0') prd_cli_print(import->cli, PRD_CLI_IMPORT_ABSENT, absent);
  if (bytes > PRD_OFFICIAL_TEXT_MAX_BYTES || *count > PRD_OFFICIAL_CLAUSE_MAX)
    prd_problem_add(&import->problems, (struct prd_place){import->text.path, 0, 0}, NULL, PRD_SOURCE_TOO_LARGE,
                    import->text.path, "192 Kio / KiB");
  return PRD_EXIT_CLEAN;
}

static int tell_problems(struct import *import, const char *path) {
  if (import->problems.out_of_memory) return prd_cli_fail(import->cli, PRD_CLI_OUT_OF_MEMORY);
  if (import->problems.error_count == 0) return PRD_EXIT_CLEAN;
  (void)fflush(stdout);
  prd_cli_print_problems(import->cli, &import->problems);
  (void)prd_cli_fail(import->cli, PRD_CLI_POLICY_FAILED, path, import->problems.error_count);
  return PRD_EXIT_FOUND;
}

static int save(struct import *import, const struct prd_official_clause *clauses, size_t count, const char *output) {
  char sha256[PRD_OFFICIAL_HASH_CHARACTERS + 1];
  if (!hash_file(import->text.path, sha256))
    return prd_cli_fail(import->cli, PRD_CLI_CANNOT_READ, import->text.path, strerror(errno));
  struct prd_json_writer writer;
  if (prd_json_writer_open(&writer, PRD_OFFICIAL_FILE_MAX_BYTES) != PRD_OK)
    return prd_cli_fail(import->cli, PRD_CLI_OUT_OF_MEMORY);
  write_official(&writer, import, sha256, clauses, count);
  int status = PRD_EXIT_CLEAN;
  const struct prd_built file = {.bytes = writer.bytes, .size_bytes = writer.length_bytes};
  if (writer.error != PRD_OK)
    status = prd_cli_fail(import->cli, PRD_CLI_OUT_OF_MEMORY);
  else if (prd_built_write(&file, output) != PRD_OK)
    status = prd_cli_fail(import->cli, PRD_CLI_CANNOT_WRITE, output, strerror(errno));
  else
    prd_cli_print(import->cli, PRD_CLI_IMPORT_DONE, output, count, import->passage_count, sha256,
                  prd_pack_identity(import->pack)->id);
  prd_json_writer_free(&writer);
  return status;
}

static int import_text(struct import *import, const char *text, const char *map, const char *output) {
  struct prd_arena *arena = &import->cli->arena;
  import->passage_count = prd_pack_clause_count(import->pack);
  import->passages = prd_arena_array(arena, import->passage_count, sizeof *import->passages);
  if (import->passages == NULL) return prd_cli_fail(import->cli, PRD_CLI_OUT_OF_MEMORY);
  for (size_t i = 0; i < import->passage_count; i++)
    import->passages[i].id = prd_pack_clause(import->pack, (uint32_t)i).id;
  int status = read_text(import, text);
  if (status == PRD_EXIT_CLEAN && import->problems.error_count == 0) {
    if (map == NULL)
      place_by_numbers(import);
    else
      place_all_from_map(import, map);
  }
  struct prd_official_clause *clauses = NULL;
  size_t count = 0;
  if (status == PRD_EXIT_CLEAN) status = tell_problems(import, map == NULL ? text : map);
  if (status == PRD_EXIT_CLEAN) status = collect(import, &clauses, &count);
  if (status == PRD_EXIT_CLEAN) status = tell_problems(import, text);
  if (status == PRD_EXIT_CLEAN && count == 0) {
    (void)prd_cli_fail(import->cli, PRD_CLI_IMPORT_NOTHING, text);
    status = PRD_EXIT_FOUND;
  }
  return status == PRD_EXIT_CLEAN ? save(import, clauses, count, output) : status;
}

/// The pack that the passages are bound to. A source is built without its examples: only its clauses matter here.
static int open_pack(struct prd_cli *cli, const char *path, struct prd_cli_pack *out) {
  struct stat status;
  const size_t length = strlen(path);
  const bool source =
      (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) || (length > 5 && strcmp(path + length - 5, ".json") == 0);
  if (!source) return prd_cli_open_pack(cli, path, NULL, out);
  *out = (struct prd_cli_pack){0};
  struct prd_problems problems = {.arena = &cli->arena};
  const struct prd_build_options options = {.no_examples = true};
  const enum prd_error error = prd_pack_build_with(path, &options, &problems, &out->built);
  out->pack = out->built.pack;
  if (error == PRD_OK) return PRD_EXIT_CLEAN;
  prd_cli_print_problems(cli, &problems);
  if (error == PRD_ERROR_MEMORY) return prd_cli_fail(cli, PRD_CLI_OUT_OF_MEMORY);
  return prd_cli_fail(cli, PRD_CLI_POLICY_FAILED, path, problems.error_count);
}

int prd_cli_policy_import(struct prd_cli *cli, int argc, char **argv) {
  const char *path = NULL, *text = NULL, *map = NULL, *output = NULL;
  const struct prd_cli_option options[] = {{"--text", true, &text}, {"--clauses", true, &map}, {"-o", true, &output}};
  static const char verb[] = "policy import-document";
  size_t count;
  int status = prd_cli_options(cli, verb, argc, argv, options, 3, &path, 1, &count);
  if (status != PRD_EXIT_CLEAN) return status;
  if (count == 0) return prd_cli_fail(cli, PRD_CLI_MISSING_ARGUMENT, verb, "DOSSIER|RÈGLES / FOLDER|PACK");
  if (text == NULL) return prd_cli_fail(cli, PRD_CLI_MISSING_ARGUMENT, verb, "--text FICHIER / FILE");
  if (output == NULL) return prd_cli_fail(cli, PRD_CLI_MISSING_ARGUMENT, verb, "-o SORTIE / OUT");
  struct prd_cli_pack opened;
  status = open_pack(cli, path, &opened);
  if (status != PRD_EXIT_CLEAN) return status;
  struct import import = {.cli = cli, .pack = opened.pack, .problems = {.arena = &cli->arena}};
  status = import_text(&import, text, map, output);
  prd_cli_close_pack(&opened);
  return status;
}
