// SPDX-License-Identifier: GPL-3.0-or-later
// What the extension relies on: the hello, one reply a request in order, spans that fit JavaScript's strings.
import assert from "node:assert/strict";
import { test } from "node:test";

import { frame, INPUT_LIMIT_BYTES, stage, start } from "./host.mjs";

/** @param {string} text @param {number[]} span */
const found = (text, [begin, end]) => text.slice(begin, end);

test("the host speaks first, and says who it is", async (t) => {
  const profile = { institution: "essai", official_accounts: ["facebook.com/essai", "x.com/essai"] };
  const host = await start(t, stage(t, { profile }));
  const { hello } = host;
  assert.match(hello.version, /^\d+\.\d+\.\d+$/);
  assert.match(hello.pack.hash, /^[0-9a-f]{64}$/);
  assert.deepEqual(hello, {
    type: "hello",
    protocol: 1,
    version: hello.version,
    pack: {
      id: "essai",
      version: "2026.1",
      serial: 3,
      hash: hello.pack.hash,
      document: { title: { fr: "Politique d’essai", en: "Trial policy" }, number: "E-1", date: "2026-01-02", review_due: "" },
    },
    institution: {
      id: "essai",
      name: { fr: "Institut d’essai", en: "Trial Institute" },
      short: { fr: "l’Institut", en: "the Institute" },
    },
    parts: { profile: "ready", pack: "ready", ledger: "closed" },
    official_accounts: ["facebook.com/essai", "x.com/essai"],
    limits: { frame_bytes: INPUT_LIMIT_BYTES, text_utf16: 100000 },
  });
  assert.deepEqual(await host.end(), { code: 0, signal: null });
  assert.equal(host.stray.length, 0);
});

test("a clean text has an empty verdict", async (t) => {
  const host = await start(t, stage(t));
  assert.deepEqual(await host.request({ id: 1, type: "check", text: "Belle journée à tous" }), {
    id: 1,
    type: "verdict",
    severity: "none",
    complete: true,
    text_utf16: 20,
    clauses: [],
    findings: [],
  });
  assert.equal((await host.request({ id: 2, type: "check", text: "" })).text_utf16, 0);
});

test("a finding carries rule, clauses, spans, message and remedy in the language asked for", async (t) => {
  const host = await start(t, stage(t));
  const text = "Quel zigoto, ce chef";
  const french = await host.request({ id: 1, type: "check", text });
  const [finding] = french.findings;
  assert.equal(french.severity, "warn");
  assert.equal(french.complete, true);
  assert.equal(finding.rule, "insult-defamation.zigoto");
  assert.equal(finding.category, "insult-defamation");
  assert.equal(finding.severity, "warn");
  assert.deepEqual(finding.clauses, ["1.1", "1.2"]);
  assert.deepEqual(french.clauses, [
    { id: "1.1", title: "Respect", summary: "Rester courtois." },
    { id: "1.2", title: "Réputation", summary: "Ne pas nuire." },
  ]);
  assert.deepEqual(finding.spans.map((/** @type {number[]} */ span) => found(text, span)), ["zigoto"]);
  assert.equal(finding.message, "Ce mot peut blesser.");
  assert.equal(finding.points, undefined, "only when asked");
  assert.equal(finding.evidence, undefined, "only when asked");
  const [explained] = (await host.request({ id: 3, type: "check", text, explain: true })).findings;
  assert.ok(explained.points >= explained.threshold);
  assert.deepEqual(explained.evidence.map((/** @type {any} */ { anchor, span }) => [anchor, found(text, span)]), [[true, "zigoto"]]);
  const english = await host.request({ id: 2, type: "check", text, lang: "en" });
  assert.equal(english.findings[0].message, "This word may hurt.");
  assert.equal(english.clauses[1].title, "Reputation");
});

test("a request that names no language is answered in that of the profile", async (t) => {
  const host = await start(t, stage(t, { profile: { institution: "essai", language: "en" } }));
  const check = { type: "check", text: "Quel zigoto, ce chef" };
  assert.equal((await host.request({ id: 1, ...check })).findings[0].message, "This word may hurt.");
  assert.equal((await host.request({ id: 2, ...check, lang: "fr" })).findings[0].message, "Ce mot peut blesser.");
});

test("spans count UTF-16 code units, whatever comes before", async (t) => {
  const host = await start(t, stage(t));
  const texts = [
    "é zigoto",
    "e\u0301te\u0301 zigoto",
    "œuvre, cœur 😀👩‍👩‍👧‍👦 zigoto 😀",
    "« zigoto » — ça… ﬁn",
    "𝔸𝔹 zigoto\r\nzigoto\tzigoto",
    "😀".repeat(5000) + " zigoto",
    "Un œuf pourri 🥚",
  ];
  for (const [id, text] of texts.entries()) {
    const verdict = await host.request({ id, type: "check", text });
    assert.equal(verdict.text_utf16, text.length, text.slice(0, 40));
    assert.equal(verdict.findings.length, 1, text.slice(0, 40));
    for (const span of verdict.findings[0].spans) assert.match(found(text, span), /^(zigoto|œuf pourri)$/);
  }
});

test("the venue decides which rules bind", async (t) => {
  const host = await start(t, stage(t));
  const text = "Quel bazar";
  assert.equal((await host.request({ id: 1, type: "check", text })).severity, "none");
  assert.equal((await host.request({ id: 2, type: "check", text, venue: "work-group" })).severity, "none");
  assert.equal((await host.request({ id: 3, type: "check", text, venue: "official-page", account: "official" })).severity, "info");
});

test("many requests in one write are answered one by one, in order", async (t) => {
  const host = await start(t, stage(t));
  const bodies = Array.from({ length: 500 }, (_, id) => frame({ id, type: "check", text: id % 3 === 0 ? "zigoto" : "bonjour" }));
  host.write(Buffer.concat(bodies));
  for (let id = 0; id < bodies.length; id++) {
    const verdict = await host.receive();
    assert.equal(verdict.id, id);
    assert.equal(verdict.severity, id % 3 === 0 ? "warn" : "none");
  }
});

test("status counts what was checked, and opens the ledger", async (t) => {
  const host = await start(t, stage(t));
  await host.request({ id: 1, type: "check", text: "a" });
  await host.request({ id: 2, type: "check", text: "zigoto" });
  await host.request({ id: 3, type: "check" });
  assert.deepEqual(await host.request({ id: 4, type: "status" }), {
    id: 4,
    type: "status",
    version: host.hello.version,
    protocol: 1,
    parts: { profile: "ready", pack: "ready", ledger: "ready" },
    work_time: "unknown",
    checks: 2,
    acknowledgements: 0,
  });
});

test("status tells working time from the schedule and the local clock", async (t) => {
  const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
  const always = days.map((day) => ({ day, begin: "00:00", end: "00:00" }));
  const cases = [
    [{ shifts: always }, "shift"],
    [{ shifts: always, breaks: always }, "break"],
    [{ shifts: [] }, "off"],
  ];
  for (const [schedule, expected] of cases) {
    const host = await start(t, stage(t, { profile: { institution: "essai", schedule } }));
    assert.equal((await host.request({ id: 1, type: "status" })).work_time, expected);
  }
  // One shift of an hour, around the present in Tokyo: only somebody who lives there is at work.
  const now = new Date(Date.now() + 9 * 3600e3);
  const clock = (/** @type {Date} */ date) => date.toISOString().slice(11, 19);
  const begin = new Date(now.getTime() - 1800e3);
  const shifts = [{ day: days[begin.getUTCDay()], begin: clock(begin), end: clock(new Date(now.getTime() + 1800e3)) }];
  const place = stage(t, { profile: { institution: "essai", schedule: { shifts } } });
  for (const [zone, expected] of [["JST-9", "shift"], ["EST5", "off"]]) {
    const host = await start(t, place, { env: { TZ: zone } });
    assert.equal((await host.request({ id: 1, type: "status" })).work_time, expected);
  }
});

test("members that this version does not know are ignored", async (t) => {
  const host = await start(t, stage(t));
  const verdict = await host.request({ id: 1, type: "check", text: "zigoto", later: { nested: [1, null, "x"] } });
  assert.equal(verdict.severity, "warn");
});
