// SPDX-License-Identifier: GPL-3.0-or-later
// prudence-host: started by a browser for one extension, answers its requests until the browser closes the pipe.
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "system/callers.h"
#include "system/paths.h"
#include "system/process.h"
#include "system/system_messages.h"
#include "wire/dispatch.h"
#include "wire/frame.h"
#include "wire/json_writer.h"
#include "wire/reply.h"
#include "wire/session.h"

struct host {
  int frames_out;
  struct prd_frame_reader input;
  struct prd_json_writer reply;
  struct prd_arena request_arena;
  struct prd_session session;
};

// Sends what is in the writer and forgets it.
static enum prd_error send_reply(struct host *host) {
  enum prd_error error = prd_frame_write(host->frames_out, host->reply.bytes, host->reply.length_bytes);
  prd_json_writer_reset(&host->reply);
  return error;
}

static enum prd_error send_error(struct host *host, enum prd_wire_code code) {
  prd_reply_error(&host->reply, NULL, code, NULL);
  return send_reply(host);
}

// Words of a text also stay where functions that have returned kept their registers: the loader's lazy binding saves
// whole vector registers, with 64 bytes of the last copy. Deeper than any request goes (tests/wire/memory.test.mjs
// looks).
static void __attribute__((noinline)) wipe_stack_below(void) {
  char unused[16384];
  explicit_bzero(unused, sizeof unused);
}

static enum prd_error answer_one(struct host *host) {
  struct prd_frame frame;
  enum prd_error error = prd_frame_read(&host->input, &frame);
  if (error == PRD_ERROR_TOO_LARGE) return send_error(host, PRD_WIRE_FRAME_TOO_LARGE);
  if (error == PRD_ERROR_MEMORY) return send_error(host, PRD_WIRE_OUT_OF_MEMORY);
  if (error != PRD_OK) return error;
  prd_dispatch(&host->session, &host->request_arena, frame.bytes, frame.length_bytes, &host->reply);
  error = send_reply(host);
  // The person's text: the frame, and every copy that was made of it.
  prd_frame_release(&host->input);
  prd_arena_reset(&host->request_arena);
  wipe_stack_below();
  return error;
}

static void serve(struct host *host, const struct prd_paths *paths) {
  if (prd_session_open(paths, &host->session) != PRD_OK) {
    (void)send_error(host, PRD_WIRE_OUT_OF_MEMORY);
    return;
  }
  prd_reply_hello(&host->reply, &host->session);
  enum prd_error error = host->reply.error == PRD_OK ? send_reply(host) : host->reply.error;
  while (error == PRD_OK) error = answer_one(host);
}

static void refuse(struct host *host, const char *caller) {
  prd_system_warn(NULL, 0, 0, prd_system_message(caller == NULL ? PRD_SYSTEM_NO_CALLER : PRD_SYSTEM_CALLER_REFUSED),
                  caller);
  (void)send_error(host, PRD_WIRE_CALLER_REFUSED);
}

static void free_host(struct host *host) {
  prd_session_free(&host->session);
  prd_frame_reader_free(&host->input);
  prd_arena_free(&host->request_arena);
  prd_json_writer_free(&host->reply);
}

int main(int argc, char **argv) {
  // Only as the exact first word, and before anything else: a browser never passes it, and whatever else it may pass
  // one day must not turn into an option.
  if (argc >= 2 && strcmp(argv[1], "--version") == 0) return puts("prudence-host " PRD_VERSION) < 0 ? 1 : 0;

  struct host host = {.input = {.descriptor = STDIN_FILENO}};
  if (prd_process_guard_descriptors(&host.frames_out) != PRD_OK) return 0;
  prd_process_set_signals();
  prd_process_forbid_core_dumps();
  prd_process_leave_directory();
  // The locale stays "C" on purpose: numbers and letters of the protocol do not depend on who is logged in.
  //
  // No PR_SET_PDEATHSIG: it fires when the *thread* that forked us ends, and browsers start hosts from pool threads
  // that end at any moment. The end of the input is what tells that the browser is gone, also when it was killed.
  struct prd_arena arena = {0};
  struct prd_paths paths;
  if (prd_json_writer_open(&host.reply, PRD_FRAME_OUTPUT_LIMIT_BYTES) == PRD_OK &&
      prd_paths_find(&arena, &paths) == PRD_OK) {
    const char *caller = prd_caller_of(argc, argv);
    if (caller != NULL && prd_caller_allowed(caller, paths.config))
      serve(&host, &paths);
    else
      refuse(&host, caller);
  }
  free_host(&host);
  prd_arena_free(&arena);
  return 0;
}
