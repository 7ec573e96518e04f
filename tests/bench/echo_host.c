// SPDX-License-Identifier: GPL-3.0-or-later
// The yardstick of bench_host: a native-messaging host that does nothing. It says a short hello, and parses and dumps
// each message with jansson, as a simple host would.
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wire/frame.h"

int main(void) {
  static const char hello[] = "{\"type\":\"hello\",\"protocol\":1}";
  (void)signal(SIGPIPE, SIG_IGN);
  struct prd_frame_reader input = {.descriptor = STDIN_FILENO};
  struct prd_frame frame;
  enum prd_error error = prd_frame_write(STDOUT_FILENO, hello, sizeof hello - 1);
  while (error == PRD_OK && (error = prd_frame_read(&input, &frame)) == PRD_OK) {
    json_t *message = json_loadb(frame.bytes, frame.length_bytes, 0, NULL);
    char *reply = message == NULL ? NULL : json_dumps(message, JSON_COMPACT);
    error = reply == NULL ? PRD_ERROR_SYNTAX : prd_frame_write(STDOUT_FILENO, reply, strlen(reply));
    free(reply);
    json_decref(message);
  }
  prd_frame_reader_free(&input);
  return 0;
}
