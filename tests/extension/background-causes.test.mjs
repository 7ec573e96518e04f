// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { CAUSES, causeOfDisconnect, causeOfParts } from "../../extension/background/causes.js";

// What Chromium 156 and Firefox ESR 153 said when this was observed; `early` is before the hello.
const OBSERVED = /** @type {[string|null, boolean, string][]} */ ([
  ["Specified native messaging host not found.", true, "not_found"],
  ["Access to the specified native messaging host is forbidden.", true, "forbidden_origin"],
  ["Access to the native messaging host was disabled by the system administrator.", true, "policy_block"],
  ["Failed to start native messaging host.", true, "start_failed"],
  ["Native host has exited.", true, "exited_early"],
  ["Native host has exited.", false, "host_exited"],
  ["Error when communicating with the native messaging host.", false, "bad_frame"],
  ["No such native application ca.prudence.host", true, "not_found_or_not_listed"],
  ["An unexpected error occurred", true, "start_failed"],
  ["An unexpected error occurred", false, "bad_frame"],
  [
    "Native application tried to send a message of 1634038339 bytes, which exceeds the limit of 1048576 bytes.",
    false,
    "bad_frame",
  ],
  [null, true, "exited_early"],
  [null, false, "host_exited"],
  ["Something that no browser says yet", false, "unknown"],
]);

for (const [words, early, id] of OBSERVED) {
  test(`${words ?? "no words"} (${early ? "before" : "after"} the hello): ${id}`, () => {
    assert.equal(causeOfDisconnect(words, early).id, id);
  });
}

test("each cause stands under its own identifier, and its words are the key that content scripts derive from it", () => {
  for (const [id, cause] of Object.entries(CAUSES)) {
    assert.equal(cause.id, id);
    assert.equal(cause.text, `cause_${id}`);
    assert.equal(cause.mend, `mend_${id}`);
  }
});

test("a host without profile or pack cannot check, and says which is lacking; the profile comes first", () => {
  assert.equal(causeOfParts(null), null);
  assert.equal(causeOfParts({ profile: "ready", pack: "ready" }), null);
  assert.equal(causeOfParts({ profile: "missing", pack: "missing" })?.id, "profile_missing");
  assert.equal(causeOfParts({ profile: "invalid", pack: "missing" })?.id, "profile_invalid");
  assert.equal(causeOfParts({ profile: "ready", pack: "missing" })?.id, "pack_missing");
  assert.equal(causeOfParts({ profile: "ready", pack: "invalid" })?.id, "pack_invalid");
});
