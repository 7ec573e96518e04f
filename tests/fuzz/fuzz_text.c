// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer target: any bytes through folding, cutting and scanning, with what their headers promise as assertions.
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/identifiers.h"
#include "text/tokens.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// assert() would disappear with NDEBUG.
static void require(bool condition) {
  if (!condition) abort();
}

static bool is_utf8(const char *bytes, size_t length) {
  for (size_t i = 0; i < length;) {
    size_t sequence = prd_utf8_sequence(bytes + i, length - i);
    if (sequence == 0) return false;
    i += sequence;
  }
  return true;
}

static void check_fold(const struct prd_folded *folded, const char *utf8, size_t length) {
  require(folded->length_utf16 == prd_utf8_length_utf16(utf8, length));
  require(strlen(folded->bytes) == folded->length_bytes);
  require(is_utf8(folded->bytes, folded->length_bytes));
  require(folded->origin_utf16[folded->length_bytes] == folded->length_utf16);
  for (size_t i = 0; i < folded->length_bytes; i++) {
    require(folded->origin_utf16[i] <= folded->origin_utf16[i + 1]);
    require(folded->bytes[i] < 'A' || folded->bytes[i] > 'Z');
  }
}

static void check_range(const struct prd_folded *folded, uint32_t previous_end, uint32_t begin, uint32_t end) {
  require(begin >= previous_end && end > begin && end <= folded->length_bytes);
  require(((uint8_t)folded->bytes[begin] & 0xC0) != 0x80 && ((uint8_t)folded->bytes[end] & 0xC0) != 0x80);
  struct prd_span span = prd_folded_span(folded, begin, end);
  require(span.begin_utf16 < span.end_utf16 && span.end_utf16 <= folded->length_utf16);
}

static void check_tokens(const struct prd_folded *folded, const struct prd_tokens *tokens) {
  uint32_t end = 0;
  for (size_t i = 0; i < tokens->count; i++) {
    const struct prd_token *token = &tokens->items[i];
    check_range(folded, end, token->begin_byte, token->end_byte);
    require(token->kind <= PRD_TOKEN_SYMBOL);
    require(token->hash == prd_word_hash(folded->bytes + token->begin_byte, token->end_byte - token->begin_byte));
    bool starts = i == 0 || token->sentence != token[-1].sentence;
    require(starts == ((token->flags & PRD_TOKEN_SENTENCE_START) != 0));
    require(token->sentence == (i == 0 ? 0 : token[-1].sentence + (starts ? 1U : 0U)));
    end = token->end_byte;
  }
  require(tokens->sentence_count == (tokens->count == 0 ? 0 : tokens->items[tokens->count - 1].sentence + 1));
}

static void check_identifiers(const struct prd_folded *folded, const struct prd_identifiers *identifiers) {
  uint32_t end = 0;
  for (size_t i = 0; i < identifiers->count; i++) {
    const struct prd_identifier *item = &identifiers->items[i];
    check_range(folded, end, item->begin_byte, item->end_byte);
    require(prd_identifier_name((enum prd_identifier_kind)item->kind) != NULL);
    end = item->end_byte;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct prd_arena arena = {0};
  struct prd_folded folded, again;
  struct prd_tokens tokens;
  struct prd_identifiers identifiers;
  // An exact copy on the heap: reading one byte too many is seen.
  char *text = malloc(size == 0 ? 1 : size);
  require(text != NULL);
  if (size != 0) memcpy(text, data, size);
  enum prd_error error = prd_fold_text(&arena, text, size, &folded);
  require(error == (is_utf8(text, size) ? PRD_OK : PRD_ERROR_ENCODING));
  if (error == PRD_OK) {
    check_fold(&folded, text, size);
    require(prd_tokenize(&arena, &folded, &tokens) == PRD_OK);
    check_tokens(&folded, &tokens);
    require(prd_scan_identifiers(&arena, &folded, &identifiers) == PRD_OK);
    check_identifiers(&folded, &identifiers);
    require(prd_fold_text(&arena, folded.bytes, folded.length_bytes, &again) == PRD_OK);
    require(again.length_bytes == folded.length_bytes && memcmp(again.bytes, folded.bytes, folded.length_bytes) == 0);
  }
  free(text);
  prd_arena_free(&arena);
  return 0;
}
