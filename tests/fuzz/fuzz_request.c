// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: any bytes as the body of a frame, through the prescan, the decoder and the error reply.
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "wire/json_writer.h"
#include "wire/prescan.h"
#include "wire/reply.h"
#include "wire/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool true_always) {
  if (!true_always) abort();
}

static void check_accepted(const struct prd_request *request, const struct prd_prescan *seen) {
  require(request->has_id && request->id >= 0 && request->id <= PRD_REQUEST_ID_LIMIT);
  require(!seen->id_readable || seen->id == request->id);
  if (request->type == PRD_REQUEST_CHECK) {
    require(strlen(request->text) == request->text_bytes);
    require(request->text_utf16 <= PRD_REQUEST_TEXT_LIMIT_UTF16);
    for (size_t at = 0; at < request->text_bytes;) {
      size_t length = prd_utf8_sequence(request->text + at, request->text_bytes - at);
      require(length > 0);
      at += length;
    }
  }
  if (request->type == PRD_REQUEST_ACKNOWLEDGE)
    require(request->rule_count >= 1 && request->rule_count <= PRD_REQUEST_RULE_LIMIT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct prd_arena arena = {0};
  struct prd_prescan seen;
  struct prd_request request;
  const char *member = NULL;
  prd_prescan((const char *)data, size, &seen);
  enum prd_wire_code code = prd_request_decode(&arena, (const char *)data, size, &request, &member);
  if (code == PRD_WIRE_OK) {
    require(seen.problem == PRD_WIRE_OK);
    check_accepted(&request, &seen);
  } else {
    // Every refusal can be told.
    struct prd_json_writer writer;
    if (prd_json_writer_open(&writer, 4096) == PRD_OK) {
      prd_reply_error(&writer, request.has_id ? &request.id : NULL, code, member);
      require(writer.error == PRD_OK);
      prd_json_writer_free(&writer);
    }
  }
  prd_arena_free(&arena);
  return 0;
}
