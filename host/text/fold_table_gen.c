// SPDX-License-Identifier: GPL-3.0-or-later
// Prints host/text's folding table: a directory of blocks of 64 code points, and for each code point the bytes that it
// folds to. Alike blocks are printed once, so scripts and emoji that stay as they are cost one block together.
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "text/fold_one.h"

enum {
  BLOCK_CODE_POINTS = 64,
  LIMIT = 0x20000,
  BLOCKS = LIMIT / BLOCK_CODE_POINTS,
  ENTRY_BYTES = 6,
  SELF = 254, ///< the code point stays as it was typed
  SLOW = 255  ///< ask prd_fold_one
};

struct range {
  uint32_t first;
  uint32_t last;
};

struct entry {
  uint8_t length;
  uint8_t traits;
  uint8_t bytes[ENTRY_BYTES];
};

// What people in Québec type: Latin with every accent, the other scripts of two bytes, punctuation, symbols, letters in
// disguise (full-width, mathematical), emoji. CJK is here because it folds to itself and so costs nothing.
static const struct range covered[] = {
    {0x0000, 0x07FF}, {0x1E00, 0x1EFF}, {0x2000, 0x23FF}, {0x2460, 0x27BF},   {0x3000, 0x30FF},
    {0x4E00, 0x9FBF}, {0xFB00, 0xFB3F}, {0xFE00, 0xFFFF}, {0x1D400, 0x1D7FF}, {0x1F000, 0x1FAFF},
};

static struct entry printed[256][BLOCK_CODE_POINTS];
static size_t printed_count;

static bool is_covered(uint32_t code_point) {
  for (size_t i = 0; i < sizeof covered / sizeof covered[0]; i++)
    if (code_point >= covered[i].first && code_point <= covered[i].last) return true;
  return false;
}

static struct entry entry_of(uint32_t code_point) {
  struct entry entry = {.length = SLOW};
  if (!is_covered(code_point)) return entry;
  uint8_t bytes[PRD_FOLD_ONE_BYTES];
  uint8_t self[4];
  uint8_t traits = 0;
  size_t length = prd_fold_one(code_point, bytes, &traits);
  size_t self_length = (size_t)utf8proc_encode_char((utf8proc_int32_t)code_point, self);
  if (traits == 0 && code_point >= 0x80 && length == self_length && memcmp(bytes, self, length) == 0) {
    entry.length = SELF;
  } else if (length <= ENTRY_BYTES) {
    entry.length = (uint8_t)length;
    entry.traits = traits;
    memcpy(entry.bytes, bytes, length);
  }
  return entry;
}

static size_t block_number(const struct entry block[BLOCK_CODE_POINTS]) {
  for (size_t i = 0; i < printed_count; i++)
    if (memcmp(printed[i], block, sizeof printed[i]) == 0) return i;
  if (printed_count == sizeof printed / sizeof printed[0]) return printed_count;
  memcpy(printed[printed_count], block, sizeof printed[0]);
  return printed_count++;
}

static void print_entries(void) {
  printf("static const struct prd_fold_entry prd_fold_entries[][%d] = {\n", BLOCK_CODE_POINTS);
  for (size_t i = 0; i < printed_count; i++) {
    printf("  {");
    for (size_t j = 0; j < BLOCK_CODE_POINTS; j++) {
      const struct entry *entry = &printed[i][j];
      printf("{%d,%d,{", entry->length, entry->traits);
      for (size_t k = 0; k < ENTRY_BYTES; k++) printf("%s%d", k == 0 ? "" : ",", entry->bytes[k]);
      printf("}},%s", j % 8 == 7 && j + 1 != BLOCK_CODE_POINTS ? "\n   " : "");
    }
    printf("},\n");
  }
  printf("};\n");
}

int main(void) {
  static uint8_t directory[BLOCKS];
  for (uint32_t i = 0; i < BLOCKS; i++) {
    struct entry block[BLOCK_CODE_POINTS];
    for (uint32_t j = 0; j < BLOCK_CODE_POINTS; j++) block[j] = entry_of(i * BLOCK_CODE_POINTS + j);
    size_t number = block_number(block);
    if (number > UINT8_MAX) {
      fprintf(stderr, "fold_table_gen: more than 256 different blocks; cover fewer ranges\n");
      return 1;
    }
    directory[i] = (uint8_t)number;
  }
  printf("// Drawn from utf8proc %s (Unicode %s) by host/text/fold_table_gen.c; not edited by hand.\n",
         utf8proc_version(), utf8proc_unicode_version());
  printf("#ifndef PRD_FOLD_TABLE_H\n#define PRD_FOLD_TABLE_H\n\n#include <stdint.h>\n\n");
  printf("enum { PRD_FOLD_TABLE_LIMIT = 0x%X, PRD_FOLD_BLOCK = %d, PRD_FOLD_ENTRY_BYTES = %d, PRD_FOLD_SELF = %d, "
         "PRD_FOLD_SLOW = %d };\n\n",
         LIMIT, BLOCK_CODE_POINTS, ENTRY_BYTES, SELF, SLOW);
  printf("struct prd_fold_entry {\n  uint8_t length;\n  uint8_t traits;\n  uint8_t bytes[%d];\n};\n\n", ENTRY_BYTES);
  printf("static const uint8_t prd_fold_directory[%d] = {", BLOCKS);
  for (size_t i = 0; i < BLOCKS; i++) printf("%s%d,", i % 32 == 0 ? "\n  " : "", directory[i]);
  printf("\n};\n\n");
  print_entries();
  printf("\n#endif\n");
  return 0;
}
