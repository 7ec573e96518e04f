// SPDX-License-Identifier: GPL-3.0-or-later
// Every error of docs/PROTOCOL.md that a request can cause: its code, its number, the id repeated, and a port that still answers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { stage, start } from "./host.mjs";

const protocol = readFileSync(new URL("../../docs/PROTOCOL.md", import.meta.url), "utf8");
const documented = new Map([...protocol.matchAll(/^\| (\d{3}) \| `(\w+)` \|/gm)].map(([, number, code]) => [code, Number(number)]));

const latin1 = (/** @type {string} */ text) => Buffer.from(text, "latin1");
const nested = (/** @type {number} */ depth) => "[".repeat(depth) + "]".repeat(depth);
const rules = (/** @type {number} */ count) => Array.from({ length: count }, () => "insult-defamation.zigoto");

/** What it is, the body of the frame, and the code, id and member of the error. @type {[string, string | Buffer, string, number | null, string?][]} */
const cases = [
  ["no JSON", "nope", "bad_json", null],
  ["an array", "[]", "bad_json", null],
  ["a string", '"x"', "bad_json", null],
  ["a cut object", '{"id":5,"type":"status"', "bad_json", 5],
  ["two objects", '{"id":5,"type":"status"}{"id":6}', "bad_json", 5],
  ["a comment", '{"id":5/*c*/,"type":"status"}', "bad_json", null],
  ["a raw line break in a string", '{"id":5,"type":"check","text":"a\nb"}', "bad_json", 5],
  ["a byte order mark", '\ufeff{"id":5,"type":"status"}', "bad_json", 5],
  ["no id", '{"type":"status"}', "bad_id", null],
  ["an id that is a string", '{"id":"5","type":"status"}', "bad_id", null],
  ["a negative id", '{"id":-5,"type":"status"}', "bad_id", null],
  ["an id with a fraction", '{"id":5.5,"type":"status"}', "bad_id", null],
  ["an id above 2^53−1", '{"id":9007199254740992,"type":"status"}', "bad_id", null],
  ["an id above 2^64", '{"id":99999999999999999999,"type":"status"}', "bad_id", null],
  ["no type", '{"id":5}', "bad_type", 5],
  ["a type that is a number", '{"id":5,"type":5}', "bad_type", 5],
  ["an unknown type", '{"id":5,"type":"hello"}', "unknown_type", 5],
  ["no text", '{"id":5,"type":"check"}', "missing_member", 5, "text"],
  ["no choice", '{"id":5,"type":"acknowledge","rules":["a"]}', "missing_member", 5, "choice"],
  ["no rules", '{"id":5,"type":"acknowledge","choice":"edit"}', "missing_member", 5, "rules"],
  ["a text that is null", '{"id":5,"type":"check","text":null}', "wrong_member_type", 5, "text"],
  ["a venue that is a list", '{"id":5,"type":"check","text":"","venue":[]}', "wrong_member_type", 5, "venue"],
  ["rules that are numbers", '{"id":5,"type":"acknowledge","choice":"edit","rules":[1]}', "wrong_member_type", 5, "rules"],
  ["an explain that is a string", '{"id":5,"type":"check","text":"","explain":"oui"}', "wrong_member_type", 5, "explain"],
  ["an unknown venue", '{"id":5,"type":"check","text":"","venue":"home"}', "bad_value", 5, "venue"],
  ["an unknown account", '{"id":5,"type":"check","text":"","account":"admin"}', "bad_value", 5, "account"],
  ["an unknown language", '{"id":5,"type":"check","text":"","lang":"es"}', "bad_value", 5, "lang"],
  ["an unknown choice", '{"id":5,"type":"acknowledge","choice":"no","rules":["a"]}', "bad_value", 5, "choice"],
  ["an unknown site", '{"id":5,"type":"acknowledge","choice":"edit","rules":["a"],"site":"tiktok"}', "bad_value", 5, "site"],
  ["no rule at all", '{"id":5,"type":"acknowledge","choice":"edit","rules":[]}', "bad_value", 5, "rules"],
  ["65 rules", JSON.stringify({ id: 5, type: "acknowledge", choice: "edit", rules: rules(65) }), "bad_value", 5, "rules"],
  ["Latin-1", latin1('{"id":5,"type":"check","text":"é"}'), "invalid_utf8", 5],
  ["an overlong slash", latin1('{"id":5,"type":"check","text":"\xc0\xaf"}'), "invalid_utf8", 5],
  ["a surrogate in UTF-8", latin1('{"type":"check","text":"\xed\xa0\x80","id":5}'), "invalid_utf8", 5],
  ["a lone surrogate", '{"id":5,"type":"check","text":"\\ud83d"}', "lone_surrogate", 5],
  ["a lone surrogate before the id", '{"type":"check","text":"\\ude00","id":5}', "lone_surrogate", 5],
  ["JSON.stringify of half an emoji", JSON.stringify({ id: 5, type: "check", text: "😀".slice(0, 1) }), "lone_surrogate", 5],
  ["an escaped NUL", '{"id":5,"type":"check","text":"a\\u0000b"}', "nul_character", 5],
  ["a NUL byte", '{"id":5,"type":"check","text":"a\0b"}', "nul_character", 5],
  ["two texts", '{"id":5,"type":"check","text":"a","text":"b"}', "duplicate_key", 5],
  ["two ids", '{"id":5,"type":"status","id":6}', "duplicate_key", 5],
  ["17 levels", `{"id":5,"type":"status","x":${nested(16)}}`, "too_deep", 5],
  ["100,000 levels", `{"id":5,"type":"status","x":${nested(100000)}}`, "too_deep", 5],
  ["a text of 100,001 characters", JSON.stringify({ id: 5, type: "check", text: "a".repeat(100001) }), "text_too_long", 5],
  ["a text of 50,001 emoji", JSON.stringify({ id: 5, type: "check", text: "😀".repeat(50001) }), "text_too_long", 5],
  ["a number that does not fit", '{"id":5,"type":"status","x":1e999}', "number_out_of_range", 5],
  ["an unknown rule", '{"id":5,"type":"acknowledge","choice":"edit","rules":["no.such"]}', "unknown_rule", 5],
  ["a known and an unknown rule", JSON.stringify({ id: 5, type: "acknowledge", choice: "edit", rules: [rules(1)[0], "x"] }), "unknown_rule", 5],
];

test("each malformed request has its error, and the port answers afterwards", async (t) => {
  const host = await start(t, stage(t));
  for (const [what, body, code, id, member] of cases) {
    await t.test(what, async () => {
      const error = await host.request(body);
      assert.equal(error.type, "error");
      assert.equal(error.code, code);
      assert.equal(error.number, documented.get(code));
      assert.equal(error.id, id);
      assert.equal(error.member, member);
      assert.ok(error.message.fr.length > 0 && error.message.en.length > 0);
      const after = await host.request({ id: 99, type: "check", text: "zigoto" });
      assert.equal(after.id, 99);
      assert.equal(after.severity, "warn");
    });
  }
  // A refused acknowledgement leaves no row.
  assert.equal((await host.request({ id: 100, type: "status" })).acknowledgements, 0);
});

test("limits are inclusive", async (t) => {
  const host = await start(t, stage(t));
  assert.equal((await host.request({ id: 1, type: "check", text: "a".repeat(100000) })).text_utf16, 100000);
  assert.equal((await host.request({ id: 2, type: "check", text: "é".repeat(100000) })).text_utf16, 100000);
  assert.equal((await host.request({ id: 3, type: "check", text: "😀".repeat(50000) })).text_utf16, 100000);
  assert.equal((await host.request(`{"id":4,"type":"status","x":${nested(15)}}`)).type, "status");
  assert.equal((await host.request({ id: Number.MAX_SAFE_INTEGER, type: "status" })).id, Number.MAX_SAFE_INTEGER);
  assert.equal((await host.request({ id: 0, type: "status" })).id, 0);
});

test("an error never repeats a word of the request", async (t) => {
  const place = stage(t, { pack: null });
  const host = await start(t, place);
  const bodies = [
    '{"id":1,"type":"canariqzx"}',
    '{"id":1,"type":"check","text":"canariqzx","venue":"canariqzx"}',
    '{"id":1,"canariqzx":1,"canariqzx":2}',
    '{"id":1,"type":"acknowledge","choice":"edit","rules":["canariqzx"]}',
    "canariqzx",
  ];
  for (const body of bodies) assert.doesNotMatch(JSON.stringify(await host.request(body)), /canariqzx/);
  await host.end();
  assert.doesNotMatch(host.stderr, /canariqzx/);
});

test("every documented error is tested somewhere", () => {
  const elsewhere = new Map([
    ["frame_too_large", "frames.test.mjs"],
    ["reply_too_large", "frames.test.mjs"],
    ["no_pack", "parts.test.mjs"],
    ["ledger_unavailable", "ledger.test.mjs"],
    ["ledger_busy", "ledger.test.mjs"],
    ["caller_refused", "callers.test.mjs"],
    ["out_of_memory", "memory.test.mjs"],
  ]);
  const here = new Set(cases.map(([, , code]) => code));
  for (const code of documented.keys()) {
    if (here.has(code)) continue;
    const file = elsewhere.get(code);
    assert.ok(file !== undefined, `${code} has no test`);
    const text = readFileSync(new URL(file, import.meta.url), "utf8");
    assert.ok(text.includes(code), `${file} does not mention ${code}`);
  }
});
