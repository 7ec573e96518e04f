// SPDX-License-Identifier: GPL-3.0-or-later
// The document in one reply, and the institution's own wording: quoted when it is whole and ours, refused with a reason otherwise.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { BUILD, stage, start } from "./host.mjs";

/** @param {string} path */
const json = (path) => JSON.parse(readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8"));
const ESSAI = json("tests/fixtures/packs/essai/pack.json");
const REPLY_LIMIT_BYTES = 1048576;

/** @param {string | Buffer} bytes */
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** What `prudence policy import-document` writes. @param {{id: string, text: string}[]} clauses @param {object} [changes] */
function official(clauses, changes = {}) {
  const passages_sha256 = sha256(clauses.map(({ id, text }) => `${id}\0${text}\0`).join(""));
  return { schema: "prudence-official/1", pack: "essai", document: { sha256: sha256("x") }, passages_sha256, clauses, ...changes };
}

const PASSAGE = { id: "1.2", text: "« Nul ne nuit »\nà autrui." };

/** @param {import("./host.mjs").Place} place @param {unknown} content */
function putBesidePack(place, content) {
  writeFileSync(join(place.packs, "essai.official.json"), typeof content === "string" ? content : JSON.stringify(content));
}

test("policy tells the identity, every clause in both languages, and no about when the pack has none", async (t) => {
  const host = await start(t, stage(t));
  const reply = await host.request({ id: 7, type: "policy" });
  assert.deepEqual(reply, {
    id: 7,
    type: "policy",
    pack: host.hello.pack,
    institution: host.hello.institution,
    clauses: ESSAI.clauses,
    about: null,
  });
});

/** The trial pack with the clauses and the about.json of an institution. @param {import("node:test").TestContext} t @param {string} id */
function packWithAbout(t, id) {
  const folder = mkdtempSync(join(tmpdir(), "prudence-about-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const clauses = [...ESSAI.clauses, ...json(`policies/${id}/pack.json`).clauses];
  writeFileSync(join(folder, "pack.json"), JSON.stringify({ ...ESSAI, clauses, about: "about.json" }));
  writeFileSync(join(folder, "about.json"), JSON.stringify(json(`policies/${id}/about.json`), null, 2));
  const path = join(folder, "essai.pack");
  execFileSync(join(BUILD, "prudence"), ["policy", "build", folder, "-o", path], { stdio: ["ignore", "ignore", "inherit"] });
  return readFileSync(path);
}

for (const id of ["chu", "portage"]) {
  test(`about.json of ${id} comes as it was written, in one reply`, async (t) => {
    const host = await start(t, stage(t, { pack: packWithAbout(t, id) }));
    host.send({ id: 1, type: "policy" });
    const bytes = await host.receiveBytes();
    assert.ok(bytes !== null && bytes.length < REPLY_LIMIT_BYTES);
    const { about } = JSON.parse(bytes.toString("utf8"));
    const { $schema: _, ...written } = json(`policies/${id}/about.json`);
    assert.deepEqual(about, written);
  });
}

test("without a pack there is no policy", async (t) => {
  const host = await start(t, stage(t, { pack: null }));
  assert.equal((await host.request({ id: 1, type: "policy" })).code, "no_pack");
});

test("the wording beside the pack is quoted in verdicts and in policy, word for word", async (t) => {
  const place = stage(t);
  putBesidePack(place, official([PASSAGE]));
  const host = await start(t, place);
  const verdict = await host.request({ id: 1, type: "check", text: "Quel zigoto, ce chef" });
  assert.deepEqual(verdict.clauses, [
    { id: "1.1", title: "Respect", summary: "Rester courtois." },
    { id: "1.2", title: "Réputation", summary: "Ne pas nuire.", official: { text: PASSAGE.text } },
  ]);
  const policy = await host.request({ id: 2, type: "policy" });
  assert.deepEqual(policy.clauses[1].official, { text: PASSAGE.text });
  assert.equal(policy.clauses[0].official, undefined);
  assert.deepEqual(policy.official, { state: "ready", document: sha256("x"), clauses: 1 });
  assert.deepEqual((await host.request({ id: 3, type: "status" })).official, policy.official);
  assert.deepEqual(await host.end(), { code: 0, signal: null });
  assert.equal(host.stderr, "");
});

test("the one that IT put into the configuration goes first", async (t) => {
  const place = stage(t);
  putBesidePack(place, official([{ id: "1.1", text: "ancien" }]));
  mkdirSync(join(place.config, "official"));
  writeFileSync(join(place.config, "official/essai.json"), JSON.stringify(official([{ id: "1.1", text: "nouveau" }])));
  const host = await start(t, place);
  assert.deepEqual((await host.request({ id: 1, type: "policy" })).clauses[0].official, { text: "nouveau" });
});

/** What is wrong, the file, and the reason in French and English. @type {[string, unknown, RegExp, RegExp][]} */
const refused = [
  ["no JSON", "{", /JSON invalide/, /invalid JSON/],
  ["an array", "[]", /import-document/, /import-document/],
  ["another schema", official([PASSAGE], { schema: "prudence-official/2" }), /import-document/, /import-document/],
  ["another pack", official([PASSAGE], { pack: "chu" }), /« chu »/, /"chu"/],
  ["no checksum", official([PASSAGE], { passages_sha256: "0" }), /import-document/, /import-document/],
  ["a passage that was changed", { ...official([PASSAGE]), clauses: [{ id: "1.2", text: "Autre chose." }] }, /changés/, /changed/],
  ["a passage under another clause", { ...official([PASSAGE]), clauses: [{ ...PASSAGE, id: "1.1" }] }, /changés/, /changed/],
  ["a clause twice", official([PASSAGE, PASSAGE]), /import-document/, /import-document/],
  ["no passage", official([]), /import-document/, /import-document/],
  ["a text that is no string", { ...official([PASSAGE]), clauses: [{ id: "1.2", text: 7 }] }, /import-document/, /import-document/],
  ["a control character", official([{ id: "1.2", text: "a\u001bb" }]), /import-document/, /import-document/],
  ["passages beyond 192 KiB", official([{ id: "1.2", text: "é".repeat(100 * 1024) }]), /import-document/, /import-document/],
  ["a file beyond 512 KiB", " ".repeat(512 * 1024 + 1), /512/, /512/],
];
for (const [what, content, french, english] of refused) {
  test(`${what}: the summaries are shown, and the status says why`, async (t) => {
    const place = stage(t);
    putBesidePack(place, content);
    const host = await start(t, place);
    assert.equal(host.hello.parts.pack, "ready");
    const { official: told } = await host.request({ id: 1, type: "status" });
    assert.equal(told.state, "refused");
    assert.match(told.reason.fr, french);
    assert.match(told.reason.en, english);
    const verdict = await host.request({ id: 2, type: "check", text: "Quel zigoto, ce chef" });
    assert.ok(verdict.clauses.every((/** @type {object} */ clause) => !("official" in clause)));
    await host.end();
    assert.match(host.stderr, /essai\.official\.json: /);
  });
}

test("the longest wording still fits one reply, in check and in policy", async (t) => {
  const place = stage(t);
  const text = '"'.repeat(96 * 1024 - 8);
  putBesidePack(place, official([{ id: "1.1", text }, { id: "1.2", text }]));
  const host = await start(t, place);
  assert.equal((await host.request({ id: 1, type: "check", text: "zigoto" })).clauses[1].official.text, text);
  assert.equal((await host.request({ id: 2, type: "policy" })).clauses[1].official.text, text);
});

test("a wording that is taken away is missed at the next start only", async (t) => {
  const place = stage(t);
  putBesidePack(place, official([PASSAGE]));
  const host = await start(t, place);
  rmSync(join(place.packs, "essai.official.json"));
  assert.equal((await host.request({ id: 1, type: "policy" })).official.state, "ready");
  const next = await start(t, place);
  assert.equal((await next.request({ id: 1, type: "policy" })).official, undefined);
});
