// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a directory: lines are folded and cut as texts are, so that what is written in both ways meets.
#include <string.h>

#include "base/read_file.h"
#include "base/utf8.h"
#include "policy/directory_view.h"
#include "policy/directory_words.h"
#include "text/fold.h"

enum {
  CHUNK_BYTES =
      32 * 1024, ///< folded at a time: what folding and cutting need stays small, and their cost for each line too
  LINE_BYTES = 1024,
  FIELDS_MAX = 4,
  NAME_BYTES = 64,
  PART_BYTES = 4, ///< of a compound family name that is also used alone
  INITIALS_MAX = 3,
  CAPACITY_FIRST = 1024
};

enum field { FIELD_FAMILY, FIELD_FIRST, FIELD_ROLE, FIELD_NICKNAME };

enum problem {
  PROBLEM_MISSING,
  PROBLEM_UNREADABLE,
  PROBLEM_TOO_LARGE,
  PROBLEM_TOO_MANY,
  PROBLEM_NOT_UTF8,
  PROBLEM_LONG_LINE,
  PROBLEM_KIND,
  PROBLEM_TWO_FIELDS,
  PROBLEM_COLUMNS,
  PROBLEM_DIGITS,
  PROBLEM_NAME,
  PROBLEM_NOBODY
};

static const struct prd_bilingual reasons[] = {
    [PROBLEM_MISSING] = {"l’annuaire n’existe pas", "there is no such directory file"},
    [PROBLEM_UNREADABLE] = {"l’annuaire ne peut pas être lu", "the directory file cannot be read"},
    [PROBLEM_TOO_LARGE] = {"l’annuaire est trop gros (au plus 16 Mio)",
                           "the directory file is too large (at most 16 MiB)"},
    [PROBLEM_TOO_MANY] = {"l’annuaire a trop de lignes (au plus 200 000)",
                          "the directory file has too many lines (at most 200,000)"},
    [PROBLEM_NOT_UTF8] = {"cette ligne n’est pas du texte UTF-8", "this line is not UTF-8 text"},
    [PROBLEM_LONG_LINE] = {"cette ligne est trop longue (au plus 1024 octets)",
                           "this line is too long (at most 1024 bytes)"},
    [PROBLEM_KIND] =
        {"un annuaire est une liste de personnel : « #kind: staff » ou « #kind: partners », jamais de patients, "
         "d’élèves ni de clients",
         "a directory is a list of staff: \"#kind: staff\" or \"#kind: partners\", never of patients, pupils or "
         "clients"},
    [PROBLEM_TWO_FIELDS] = {"il faut un nom de famille et un prénom, séparés par « ; »",
                            "a family name and a first name are needed, separated by \";\""},
    [PROBLEM_COLUMNS] = {"il y a plus de quatre colonnes; attendu : nom; prénom; titre; surnom",
                         "there are more than four columns; expected: family name; first name; title; nickname"},
    [PROBLEM_DIGITS] = {"un nom ne contient pas de chiffre : un annuaire n’a ni numéro, ni date",
                        "a name has no digit: a directory has neither numbers nor dates"},
    [PROBLEM_NAME] = {"ce nom est trop long (au plus 5 mots et 64 octets)",
                      "this name is too long (at most 5 words and 64 bytes)"},
    [PROBLEM_NOBODY] = {"l’annuaire ne nomme personne", "the directory names nobody"},
};

/// Bytes and tokens of one field, in the chunk.
struct part {
  size_t begin_byte, end_byte;
  size_t begin, end; // tokens
};

struct loader {
  struct prd_directory *directory;
  struct prd_directory_problem *problem;
  struct prd_arena arena; // of one chunk
  struct prd_folded folded;
  struct prd_tokens tokens;
  size_t line;       // from 1
  size_t next_token; // first token that no line has taken
};

static enum prd_error refuse(struct loader *loader, enum problem reason) {
  *loader->problem = (struct prd_directory_problem){loader->line, reasons[reason]};
  return PRD_ERROR_INVALID;
}

/// Moves every key to a table of `capacity` slots.
static enum prd_error resize(struct prd_key_set *set, size_t capacity) {
  // Not calloc: pages that are read before they are written are faulted in twice.
  uint64_t *slots = capacity > SIZE_MAX / sizeof *slots ? NULL : malloc(capacity * sizeof *slots);
  if (slots == NULL) return PRD_ERROR_MEMORY;
  memset(slots, 0, capacity * sizeof *slots);
  for (size_t i = 0; i < set->capacity; i++) {
    if (set->slots[i] == 0) continue;
    size_t at = prd_key_place(set->slots[i], capacity);
    while (slots[at] != 0) at = at + 1 == capacity ? 0 : at + 1;
    slots[at] = set->slots[i];
  }
  free(set->slots);
  set->slots = slots;
  set->capacity = capacity;
  return PRD_OK;
}

static enum prd_error put(struct prd_key_set *set, uint64_t key) {
  if ((key | 1) == 1) key ^= 2; // not an empty slot
  if (set->count * 4 >= set->capacity * 3) {
    enum prd_error error = resize(set, set->capacity == 0 ? CAPACITY_FIRST : set->capacity * 2);
    if (error != PRD_OK) return error;
  }
  size_t at = prd_key_place(key, set->capacity);
  for (; set->slots[at] != 0; at = at + 1 == set->capacity ? 0 : at + 1) {
    if (((set->slots[at] ^ key) | 1) == 1) return PRD_OK;
  }
  set->slots[at] = key;
  set->count++;
  return PRD_OK;
}

static uint64_t sum_of(const struct loader *loader, const struct part *part) {
  return prd_directory_words(loader->tokens.items, part->begin, part->end);
}

static uint64_t initials_of(const struct loader *loader, const struct part *part) {
  uint64_t sum = 0;
  for (size_t i = part->begin; i < part->end && i < part->begin + INITIALS_MAX; i++)
    sum = prd_directory_step(sum, (uint8_t)loader->folded.bytes[loader->tokens.items[i].begin_byte]);
  return sum;
}

/// Whether the letters of a name make an ordinary word.
static bool is_common(const struct loader *loader, const struct part *part) {
  char letters[NAME_BYTES];
  size_t length = 0;
  for (size_t i = part->begin_byte; i < part->end_byte && length < sizeof letters; i++) {
    if (loader->folded.bytes[i] >= 'a' && loader->folded.bytes[i] <= 'z') letters[length++] = loader->folded.bytes[i];
  }
  return prd_directory_is_common(letters, length);
}

static enum prd_error add_family(struct loader *loader, const struct part *family, uint64_t sum) {
  struct prd_directory *directory = loader->directory;
  if (prd_key_find(&directory->families, sum) != 0) return PRD_OK; // most people share theirs
  const uint32_t first = prd_directory_word(loader->tokens.items[family->begin].hash);
  const size_t bit = first % PRD_DIRECTORY_FIRST_WORDS_BITS;
  directory->first_words[bit / 8] |= (uint8_t)(1U << (bit % 8));
  return put(&directory->families, (sum & ~UINT64_C(1)) | is_common(loader, family));
}

/// A first name or nickname with a family name, or one part of it.
static enum prd_error add_name(struct loader *loader, const struct part *first, const struct part *family) {
  struct prd_key_set *people = &loader->directory->people;
  const uint64_t sum = sum_of(loader, family), first_sum = sum_of(loader, first);
  enum prd_error error = add_family(loader, family, sum);
  if (error == PRD_OK) error = put(people, prd_directory_key(PRD_WAY_NAME, first_sum, sum));
  if (error == PRD_OK) error = put(people, prd_directory_key(PRD_WAY_INITIALS, initials_of(loader, first), sum));
  return error;
}

/// People who have two family names often use one.
static enum prd_error add_halves(struct loader *loader, const struct part *first, const struct part *family) {
  const struct prd_token *tokens = &loader->tokens.items[family->begin];
  if (family->end - family->begin != 2 || loader->folded.bytes[tokens[0].end_byte] != '-') return PRD_OK;
  enum prd_error error = PRD_OK;
  for (size_t i = 0; i < 2 && error == PRD_OK; i++) {
    if (tokens[0].end_byte - tokens[0].begin_byte < PART_BYTES ||
        tokens[1].end_byte - tokens[1].begin_byte < PART_BYTES)
      return PRD_OK; // "Le-Roy", "St-Pierre"
    const struct part half = {tokens[i].begin_byte, tokens[i].end_byte, family->begin + i, family->begin + i + 1};
    error = add_name(loader, first, &half);
  }
  return error;
}

static enum prd_error add_person(struct loader *loader, const struct part *fields) {
  struct prd_key_set *people = &loader->directory->people;
  const struct part *family = &fields[FIELD_FAMILY], *first = &fields[FIELD_FIRST], *role = &fields[FIELD_ROLE],
                    *nickname = &fields[FIELD_NICKNAME];
  const uint64_t initial =
      prd_directory_step(0, (uint8_t)loader->folded.bytes[loader->tokens.items[family->begin].begin_byte]);
  enum prd_error error = add_name(loader, first, family);
  if (error == PRD_OK)
    error = put(people, prd_directory_key(PRD_WAY_FIRST_AND_INITIAL, sum_of(loader, first), initial));
  if (error == PRD_OK) error = add_halves(loader, first, family);
  const bool title =
      role->end - role->begin == 1 &&
      prd_directory_title(loader->folded.bytes + role->begin_byte, role->end_byte - role->begin_byte) != PRD_TITLE_NONE;
  if (error == PRD_OK && role->begin != role->end && role->end - role->begin <= PRD_DIRECTORY_WORDS_MAX && !title)
    error = put(people, prd_directory_key(PRD_WAY_ROLE, sum_of(loader, role), sum_of(loader, family)));
  if (error == PRD_OK && nickname->begin != nickname->end)
    error = put(people, prd_directory_key(PRD_WAY_NAME, sum_of(loader, nickname), sum_of(loader, family)));
  loader->directory->person_count++;
  return error;
}

static enum prd_error check_name(struct loader *loader, const struct part *name) {
  if (name->begin == name->end) return refuse(loader, PROBLEM_TWO_FIELDS);
  if (name->end - name->begin > PRD_DIRECTORY_WORDS_MAX || name->end_byte - name->begin_byte > NAME_BYTES)
    return refuse(loader, PROBLEM_NAME);
  for (size_t i = name->begin_byte; i < name->end_byte; i++) {
    if (loader->folded.bytes[i] >= '0' && loader->folded.bytes[i] <= '9') return refuse(loader, PROBLEM_DIGITS);
  }
  return PRD_OK;
}

static bool says(const char *bytes, size_t length, const char *const *words) {
  for (; *words != NULL; words++) {
    if (strlen(*words) == length && memcmp(*words, bytes, length) == 0) return true;
  }
  return false;
}

static bool is_blank(char c) {
  return c == ' ' || c == '"';
}

static void trim(const char *bytes, size_t *begin, size_t *end) {
  while (*begin < *end && is_blank(bytes[*begin])) (*begin)++;
  while (*begin < *end && is_blank(bytes[*end - 1])) (*end)--;
}

/// A line that begins with #: nothing, unless it tells the kind of the list.
static enum prd_error read_comment(struct loader *loader, size_t begin, size_t end) {
  static const char *const kinds[] = {"staff", "partners", "personnel", "partenaires", NULL};
  const char *bytes = loader->folded.bytes, *colon = memchr(bytes + begin, ':', end - begin);
  size_t name_begin = begin + 1, name_end = colon == NULL ? begin + 1 : (size_t)(colon - bytes);
  trim(bytes, &name_begin, &name_end);
  if (name_end - name_begin != 4 || memcmp(bytes + name_begin, "kind", 4) != 0) return PRD_OK;
  size_t value_begin = (size_t)(colon - bytes) + 1, value_end = end;
  trim(bytes, &value_begin, &value_end);
  return says(bytes + value_begin, value_end - value_begin, kinds) ? PRD_OK : refuse(loader, PROBLEM_KIND);
}

/// End of the field that begins at `from`: the next separator outside quotation marks, or the end of the line.
static size_t field_end(const char *bytes, size_t from, size_t end, char separator, bool has_quotes) {
  const char *next = from == end ? NULL : memchr(bytes + from, separator, end - from);
  if (next == NULL) return end;
  if (!has_quotes) return (size_t)(next - bytes);
  bool quoted = false;
  for (; from < end && (quoted || bytes[from] != separator); from++) quoted ^= bytes[from] == '"';
  return from;
}

/// Cuts a line at its separators; false when it has too many columns.
static bool split(const struct loader *loader, size_t begin, size_t end, struct part *fields) {
  const char *bytes = loader->folded.bytes;
  const char separator = memchr(bytes + begin, ';', end - begin) != NULL ? ';' : ',';
  const bool has_quotes = memchr(bytes + begin, '"', end - begin) != NULL;
  for (size_t count = 0, from = begin; from <= end; count++) {
    struct part part = {.begin_byte = from, .end_byte = field_end(bytes, from, end, separator, has_quotes)};
    from = part.end_byte + 1;
    trim(bytes, &part.begin_byte, &part.end_byte);
    if (count < FIELDS_MAX)
      fields[count] = part;
    else if (part.begin_byte != part.end_byte)
      return false; // empty columns at the end are what spreadsheets leave behind
  }
  return true;
}

/// Gives each field its tokens.
static void place(struct loader *loader, size_t end, struct part *fields) {
  const struct prd_token *tokens = loader->tokens.items;
  size_t at = loader->next_token;
  for (size_t f = 0; f < FIELDS_MAX; f++) {
    fields[f].begin = at;
    while (at < loader->tokens.count && fields[f].end_byte != 0 && tokens[at].begin_byte < fields[f].end_byte) at++;
    fields[f].end = at;
  }
  while (at < loader->tokens.count && tokens[at].begin_byte < end) at++;
  loader->next_token = at;
}

static enum prd_error read_line(struct loader *loader, size_t begin, size_t end) {
  static const char *const headers[] = {"nom",       "nom de famille", "noms",    "name", "family name",
                                        "last name", "lastname",       "surname", NULL};
  struct part fields[FIELDS_MAX] = {0};
  size_t text_begin = begin, text_end = end;
  trim(loader->folded.bytes, &text_begin, &text_end);
  const bool comment = text_begin < text_end && loader->folded.bytes[text_begin] == '#';
  const bool whole = comment || split(loader, begin, end, fields);
  place(loader, end, fields);
  if (text_begin == text_end) return PRD_OK;
  if (comment) return read_comment(loader, text_begin, text_end);
  if (!whole) return refuse(loader, PROBLEM_COLUMNS);
  const struct part *family = &fields[FIELD_FAMILY];
  if (loader->directory->person_count == 0 &&
      says(loader->folded.bytes + family->begin_byte, family->end_byte - family->begin_byte, headers))
    return PRD_OK;
  enum prd_error error = check_name(loader, family);
  if (error == PRD_OK) error = check_name(loader, &fields[FIELD_FIRST]);
  return error == PRD_OK ? add_person(loader, fields) : error;
}

/// Finds the line that is not UTF-8, for the message.
static enum prd_error refuse_encoding(struct loader *loader, const char *bytes, size_t length) {
  for (size_t i = 0, step; i < length; i += step) {
    step = prd_utf8_sequence(bytes + i, length - i);
    if (step == 0) break;
    if (bytes[i] == '\n') loader->line++;
  }
  return refuse(loader, PROBLEM_NOT_UTF8);
}

/// Whole lines, the last one perhaps without its end.
static enum prd_error read_chunk(struct loader *loader, const char *bytes, size_t length) {
  enum prd_error error = prd_fold_text(&loader->arena, bytes, length, &loader->folded);
  if (error == PRD_ERROR_ENCODING) return refuse_encoding(loader, bytes, length);
  if (error == PRD_OK) error = prd_tokenize(&loader->arena, &loader->folded, &loader->tokens);
  loader->next_token = 0;
  for (size_t begin = 0; error == PRD_OK && begin < loader->folded.length_bytes; loader->line++) {
    const char *end = memchr(loader->folded.bytes + begin, '\n', loader->folded.length_bytes - begin);
    const size_t stop = end == NULL ? loader->folded.length_bytes : (size_t)(end - loader->folded.bytes);
    if (loader->line > PRD_DIRECTORY_LINES_MAX) return refuse(loader, PROBLEM_TOO_MANY);
    error = read_line(loader, begin, stop);
    if (error != PRD_OK) break;
    begin = stop + 1;
  }
  prd_arena_reset(&loader->arena);
  return error;
}

/// Bytes of the next chunk; 0 when a line is too long.
static size_t chunk_length(const char *bytes, size_t length) {
  if (length <= CHUNK_BYTES) return length;
  const char *end = memrchr(bytes, '\n', CHUNK_BYTES);
  return end == NULL ? 0 : (size_t)(end - bytes) + 1;
}

static void replace(char *bytes, size_t length, char from, char to) {
  char *end = bytes + length;
  while (bytes != end && (bytes = memchr(bytes, from, (size_t)(end - bytes))) != NULL) *bytes++ = to;
}

/// A tab separates; what Windows puts before a line end does not count. A line that is too long is told before anything is read.
static enum prd_error prepare(struct loader *loader, char *bytes, size_t length) {
  replace(bytes, length, '\t', ';');
  replace(bytes, length, '\r', ' ');
  for (size_t begin = 0, line = 1; begin < length; line++) {
    const char *end = memchr(bytes + begin, '\n', length - begin);
    const size_t stop = end == NULL ? length : (size_t)(end - bytes);
    if (stop - begin > LINE_BYTES) {
      loader->line = line;
      return refuse(loader, PROBLEM_LONG_LINE);
    }
    begin = stop + 1;
  }
  return PRD_OK;
}

/// Gives back the room that growing left, when it is worth the time.
static enum prd_error settle(struct prd_key_set *set) {
  return set->capacity > set->count * 4 ? resize(set, set->count * 4 / 3 + 2) : PRD_OK;
}

static enum prd_error parse(struct loader *loader, char *bytes, size_t length_bytes) {
  // A person takes some forty bytes in the file and three or four keys: a table that grows once at most is filled faster.
  enum prd_error error = resize(&loader->directory->people, length_bytes / 8 + CAPACITY_FIRST);
  if (error == PRD_OK) error = prepare(loader, bytes, length_bytes);
  for (size_t at = 0; error == PRD_OK && at < length_bytes;) {
    const size_t length = chunk_length(bytes + at, length_bytes - at);
    error = read_chunk(loader, bytes + at, length);
    at += length;
  }
  if (error != PRD_OK) return error;
  loader->line = 0;
  if (loader->directory->person_count == 0) return refuse(loader, PROBLEM_NOBODY);
  error = settle(&loader->directory->families);
  return error == PRD_OK ? settle(&loader->directory->people) : error;
}

enum prd_error prd_directory_parse(char *bytes, size_t length_bytes, struct prd_directory_problem *problem,
                                   struct prd_directory **out) {
  *out = NULL;
  struct loader loader = {.directory = calloc(1, sizeof *loader.directory), .problem = problem, .line = 1};
  if (loader.directory == NULL) return PRD_ERROR_MEMORY;
  enum prd_error error = parse(&loader, bytes, length_bytes);
  prd_arena_free(&loader.arena);
  if (error == PRD_OK)
    *out = loader.directory;
  else
    prd_directory_free(loader.directory);
  return error;
}

enum prd_error prd_directory_load(const char *path, struct prd_directory_problem *problem, struct prd_directory **out) {
  struct prd_arena arena = {0}; // wiped with the names in it
  struct loader loader = {.problem = problem};
  char *bytes = NULL;
  size_t length = 0;
  *out = NULL;
  enum prd_error error = prd_read_file(&arena, path, PRD_DIRECTORY_BYTES_MAX, &bytes, &length);
  switch (error) {
  case PRD_OK:
    error = prd_directory_parse(bytes, length, problem, out);
    break;
  case PRD_ERROR_MEMORY:
    break;
  case PRD_ERROR_NOT_FOUND:
    error = refuse(&loader, PROBLEM_MISSING);
    break;
  case PRD_ERROR_TOO_LARGE:
    error = refuse(&loader, PROBLEM_TOO_LARGE);
    break;
  default:
    error = refuse(&loader, PROBLEM_UNREADABLE);
    break;
  }
  prd_arena_free(&arena);
  return error;
}

void prd_directory_free(struct prd_directory *directory) {
  if (directory == NULL) return;
  free(directory->families.slots);
  free(directory->people.slots);
  free(directory);
}

size_t prd_directory_people(const struct prd_directory *directory) {
  return directory->person_count;
}

size_t prd_directory_bytes(const struct prd_directory *directory) {
  return sizeof *directory +
         (directory->families.capacity + directory->people.capacity) * sizeof *directory->people.slots;
}
