// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, plain } from "./content-load.mjs";

const { remap } = load(["text-map", "remap"]);
const span = { begin: 4, end: 7, severity: "warn" }; // « mot » of « Mon mot là »
const after = (/** @type {string} */ text) => plain(remap.spans("Mon mot là", text, [span])).map((/** @type {any} */ one) => text.slice(one.begin, one.end));

test("an edit before a span moves it, an edit after it leaves it", () => {
  assert.deepEqual(after("Voici Mon mot là"), ["mot"]);
  assert.deepEqual(after("mot là"), ["mot"]);
  assert.deepEqual(after("Mon mot là-bas"), ["mot"]);
  assert.deepEqual(after("Mon mot"), ["mot"]);
  assert.deepEqual(after("Mon 😀 mot là"), ["mot"]);
});

test("an edit that touches a span drops it", () => {
  assert.deepEqual(after("Mon mut là"), []);
  assert.deepEqual(after("Mon m là"), []);
  assert.deepEqual(after(""), []);
});

test("a letter typed against a span makes another word; a space does not", () => {
  assert.deepEqual(after("Mon mots là"), []);
  assert.deepEqual(after("Mon xmot là"), []);
  assert.deepEqual(after("Mon mot, là"), ["mot"]);
  assert.deepEqual(after("Mon mot  là"), ["mot"]);
});

test("whatever the edit, what is kept has kept its words", () => {
  const words = ["a", "mot", " ", "é", "😀", "\n"];
  let seed = 7;
  const random = (/** @type {number} */ n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  for (let round = 0; round < 500; round++) {
    const before = Array.from({ length: random(12) }, () => words[random(6)]).join("");
    const from = random(before.length + 1);
    const text = before.slice(0, from) + words[random(6)] + before.slice(from + random(4));
    const spans = [...before.matchAll(/mot/g)].map((match) => ({ begin: match.index, end: match.index + 3 }));
    for (const { begin, end } of remap.spans(before, text, spans)) assert.equal(text.slice(begin, end), "mot");
  }
});
