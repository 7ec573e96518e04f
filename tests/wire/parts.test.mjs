// SPDX-License-Identifier: GPL-3.0-or-later
// A workstation whose configuration is missing or wrong: the host says so, and goes on.
import assert from "node:assert/strict";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { fixturePack, stage, start } from "./host.mjs";

/** @param {import("./host.mjs").Host} host */
async function expectNothingToCheck(host) {
  assert.equal(host.hello.pack, null);
  assert.equal(host.hello.institution, null);
  const check = await host.request({ id: 1, type: "check", text: "zigoto" });
  assert.equal(check.code, "no_pack");
  assert.equal(check.id, 1);
  const acknowledge = await host.request({ id: 2, type: "acknowledge", choice: "edit", rules: ["insult-defamation.zigoto"] });
  assert.equal(acknowledge.code, "no_pack");
  const status = await host.request({ id: 3, type: "status" });
  assert.deepEqual({ ...status.parts, ledger: undefined }, { ...host.hello.parts, ledger: undefined });
}

/** What is wrong, `parts` of the hello, and what the error output says. @type {[string, import("./host.mjs").Installed, object, RegExp | null][]} */
const cases = [
  ["no profile", { profile: null }, { profile: "missing", pack: "missing" }, null],
  ["a profile that is no JSON", { profile: "{\n  institution" }, { profile: "invalid", pack: "missing" }, /profile\.json:2:\d+: JSON invalide/],
  ["a misspelt key", { profile: '{"institution":"essai",\n "langage":"fr"}' }, { profile: "invalid", pack: "missing" }, /profile\.json:2:2: clé inconnue « langage » \/ unknown key "langage"/],
  ["a profile that climbs out", { profile: { institution: "../../etc/passwd" } }, { profile: "invalid", pack: "missing" }, /profile\.json:1:16: /],
  ["no pack", { pack: null }, { profile: "ready", pack: "missing" }, /essai\.pack: /],
  ["another institution", { profile: { institution: "autre" } }, { profile: "ready", pack: "missing" }, /autre\.pack: /],
  ["an empty pack", { pack: Buffer.alloc(0) }, { profile: "ready", pack: "invalid" }, /essai\.pack: /],
  ["a pack that is text", { pack: Buffer.from("{}".repeat(5000)) }, { profile: "ready", pack: "invalid" }, /essai\.pack: /],
];
for (const [what, installed, parts, told] of cases) {
  test(`${what}: hello, no_pack, and a reason on the error output`, async (t) => {
    const host = await start(t, stage(t, installed));
    assert.deepEqual(host.hello.parts, { ...parts, ledger: "closed" });
    await expectNothingToCheck(host);
    assert.deepEqual(await host.end(), { code: 0, signal: null });
    if (told === null) assert.equal(host.stderr, "");
    else assert.match(host.stderr, told);
  });
}

test("a pack cut anywhere is invalid, never a crash", async (t) => {
  const whole = fixturePack();
  const place = stage(t);
  for (const length of [1, 8, 63, 64, 65, 200, Math.floor(whole.length / 2), whole.length - 8, whole.length - 1]) {
    writeFileSync(join(place.packs, "essai.pack"), whole.subarray(0, length));
    const host = await start(t, place);
    assert.equal(host.hello.parts.pack, "invalid", `${length} of ${whole.length} bytes`);
    assert.deepEqual(await host.end(), { code: 0, signal: null });
  }
});

test("a pack with one changed byte is invalid", async (t) => {
  const whole = fixturePack();
  const place = stage(t);
  for (let step = 0; step < 40; step++) {
    const changed = Buffer.from(whole);
    changed[Math.floor((step * whole.length) / 40)] ^= 0x40;
    writeFileSync(join(place.packs, "essai.pack"), changed);
    const host = await start(t, place);
    assert.equal(host.hello.parts.pack, "invalid", `step ${step}`);
    await host.end();
  }
});

test("a pack under another institution's name is invalid", async (t) => {
  const place = stage(t, { profile: { institution: "autre" } });
  renameSync(join(place.packs, "essai.pack"), join(place.packs, "autre.pack"));
  const host = await start(t, place);
  assert.equal(host.hello.parts.pack, "invalid");
  await expectNothingToCheck(host);
  assert.match(host.stderr, /« essai »/);
});

test("a pack replaced while the host runs does not disturb it", async (t) => {
  const place = stage(t);
  const host = await start(t, place);
  writeFileSync(join(place.packs, "new"), "x");
  renameSync(join(place.packs, "new"), join(place.packs, "essai.pack"));
  assert.equal((await host.request({ id: 1, type: "check", text: "zigoto" })).severity, "warn");
});
