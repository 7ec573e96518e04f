// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer target: any text against the mini pack, with what judge.h promises as assertions. The first byte chooses the context.
#include "base/utf8.h"
#include "mini_pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_spans(const struct prd_finding *finding, size_t length_utf16) {
  uint32_t end = 0;
  require(finding->span_count != 0);
  for (size_t i = 0; i < finding->span_count; i++) {
    const struct prd_span span = finding->spans[i];
    require(span.begin_utf16 >= end && span.begin_utf16 <= span.end_utf16 && span.end_utf16 <= length_utf16);
    end = span.end_utf16;
  }
}

static void check_evidence(const struct prd_finding *finding, size_t length_utf16) {
  int64_t points = 0;
  require(finding->evidence_count != 0 && finding->evidence[0].anchor);
  for (size_t i = 0; i < finding->evidence_count; i++) {
    const struct prd_evidence *evidence = &finding->evidence[i];
    require(evidence->anchor == (i == 0) && *evidence->name != '\0');
    require(evidence->span.begin_utf16 <= evidence->span.end_utf16 && evidence->span.end_utf16 <= length_utf16);
    points += evidence->points;
  }
  // The points explain themselves.
  require(points == finding->points && finding->points >= finding->threshold);
}

static void check(const struct prd_verdict *verdict, size_t length_utf16) {
  require(verdict->length_utf16 == length_utf16 && verdict->count <= 64);
  require(verdict->severity == (verdict->count == 0 ? PRD_SEVERITY_NONE : verdict->findings[0].severity));
  for (size_t i = 0; i < verdict->count; i++) {
    const struct prd_finding *finding = &verdict->findings[i];
    require(i == 0 || finding->severity <= finding[-1].severity);
    require(finding->clause_count != 0 && finding->severity != PRD_SEVERITY_NONE);
    check_spans(finding, length_utf16);
    check_evidence(finding, length_utf16);
  }
}

static void same(const struct prd_verdict *a, const struct prd_verdict *b) {
  require(a->count == b->count && a->severity == b->severity && a->complete == b->complete);
  for (size_t i = 0; i < a->count; i++)
    require(a->findings[i].rule_id == b->findings[i].rule_id && a->findings[i].points == b->findings[i].points &&
            a->findings[i].span_count == b->findings[i].span_count);
}

static bool is_utf8(const char *bytes, size_t length) {
  for (size_t i = 0; i < length;) {
    const size_t sequence = prd_utf8_sequence(bytes + i, length - i);
    if (sequence == 0) return false;
    i += sequence;
  }
  return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static struct prd_judge *judge;
  if (judge == NULL) require(prd_judge_new(mini_built()->pack, &judge) == PRD_OK);
  if (size == 0) return 0;
  const struct prd_context context = {.venue = (enum prd_venue)(data[0] % PRD_VENUE_COUNT),
                                      .account = (enum prd_account)(data[0] / 16 % PRD_ACCOUNT_COUNT)};
  const size_t length = size - 1;
  char *text = malloc(length == 0 ? 1 : length); // no NUL behind it: the length must be believed
  require(text != NULL);
  memcpy(text, data + 1, length);
  struct prd_arena arena = {0};
  struct prd_verdict verdict, again;
  const enum prd_error error = prd_judge_text(judge, &arena, text, length, &context, &verdict);
  require(error == (is_utf8(text, length) ? PRD_OK : PRD_ERROR_ENCODING));
  if (error == PRD_OK) {
    check(&verdict, prd_utf8_length_utf16(text, length));
    require(prd_judge_text(judge, &arena, text, length, &context, &again) == PRD_OK);
    same(&verdict, &again);
  }
  prd_arena_free(&arena);
  free(text);
  return 0;
}
