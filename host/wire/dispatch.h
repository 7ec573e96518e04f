// SPDX-License-Identifier: GPL-3.0-or-later
// One request in, one reply out: the table of requests and what each of them does.
#ifndef PRD_WIRE_DISPATCH_H
#define PRD_WIRE_DISPATCH_H

#include <stddef.h>

#include "base/arena.h"
#include "wire/json_writer.h"
#include "wire/session.h"

/// Answers the body of one frame. `reply` is empty, and afterwards holds exactly one document without error: a reply or
/// an error message. The arena holds what the request needed; the caller resets it when the reply has left.
void prd_dispatch(struct prd_session *session, struct prd_arena *arena, const char *bytes, size_t length_bytes,
                  struct prd_json_writer *reply);

#endif
