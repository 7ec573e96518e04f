// SPDX-License-Identifier: GPL-3.0-or-later
// Who may ask, as each browser names the caller.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { CHROMIUM_ORIGIN, FIREFOX_ID, MANIFEST_PATH, stage, start } from "./host.mjs";

const STRANGER = "chrome-extension://abcdefghijklmnopabcdefghijklmnop/";
const OWN_ADDON = "prudence@hopital.example";
const callers = `# builds of the institution\n${STRANGER}\n  ${OWN_ADDON}\r\n`;

/** @type {[string, string[], string | null][]} */
const allowed = [
  ["Chromium", [CHROMIUM_ORIGIN], null],
  ["Chromium on Windows", [CHROMIUM_ORIGIN, "--parent-window=0"], null],
  ["Firefox", [MANIFEST_PATH, FIREFOX_ID], null],
  ["an origin of the file", [STRANGER], callers],
  ["an add-on of the file", [MANIFEST_PATH, OWN_ADDON], callers],
  ["our own origin beside a file", [CHROMIUM_ORIGIN], callers],
];
for (const [what, args, file] of allowed) {
  test(`${what} is answered`, async (t) => {
    const host = await start(t, stage(t, { callers: file }), { args });
    assert.equal(host.hello.type, "hello");
  });
}

/** @type {[string, string[]][]} */
const refused = [
  ["no argument", []],
  ["another extension", [STRANGER]],
  ["an origin without its slash", [CHROMIUM_ORIGIN.slice(0, -1)]],
  ["an origin with more behind", [CHROMIUM_ORIGIN + "page.html"]],
  ["another add-on", [MANIFEST_PATH, OWN_ADDON]],
  ["an add-on without a manifest", ["relative.json", FIREFOX_ID]],
  ["the origin as second argument", ["--parent-window=0", CHROMIUM_ORIGIN]],
  ["--version as second argument", [STRANGER, "--version"]],
  ["a web page", ["https://prudence.example/"]],
];
for (const [what, args] of refused) {
  test(`${what} is refused, with status 0 and nothing of the policy`, async (t) => {
    const host = await start(t, stage(t), { args });
    assert.equal(host.hello.type, "error");
    assert.equal(host.hello.code, "caller_refused");
    assert.equal(host.hello.number, 300);
    assert.equal(host.hello.id, null);
    assert.equal(await host.receive(), null);
    assert.deepEqual(await host.exit(), { code: 0, signal: null });
    assert.match(host.stderr, /^prudence-host: .+ \/ .+\n$/);
  });
}

test("a line of the file that is no caller is told with its number, and the others count", async (t) => {
  const place = stage(t, { callers: `*\n${STRANGER}\n` });
  const host = await start(t, place, { args: [STRANGER] });
  assert.equal(host.hello.type, "hello");
  await host.end();
  assert.match(host.stderr, /callers:1: /);
});

test("--version as the first word prints one line and is not host mode", (t) => {
  const place = stage(t);
  assert.match(execFileSync(place.executable, ["--version"], { encoding: "utf8" }), /^prudence-host \d+\.\d+\.\d+\n$/);
});

test("a file that cannot be read is told, not taken for an empty one", async (t) => {
  const place = stage(t);
  mkdirSync(join(place.config, "callers"));
  const host = await start(t, place, { args: [STRANGER] });
  assert.equal(host.hello.code, "caller_refused");
  await host.exit();
  assert.match(host.stderr, /callers: fichier illisible : .+ \/ the file cannot be read: /);
});
