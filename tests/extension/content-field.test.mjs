// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { el, load, plain } from "./content-load.mjs";
import { playTimers } from "./node-18.mjs";

const FINDING = { rule: "r", severity: "serious", clauses: [], spans: [[0, 3]], message: "m", remedy: "r" };
const CLEAN = { severity: "none", complete: true, findings: [] };

/** A text area with the focus; time is played by hand. @param {string} value @param {string[]} [enterPosts] */
function focused(value, enterPosts = []) {
  playTimers(["setTimeout"]);
  /** @type {any[]} */
  const asked = [];
  /** @type {any[]} */
  const painted = [];
  const frames = [];
  const clock = { now: 0 };
  const { field } = load(["text-map", "remap", "sites", "field"], {
    setTimeout, clearTimeout, performance: { now: () => clock.now }, requestAnimationFrame: (/** @type {any} */ f) => frames.push(f), cancelAnimationFrame() {},
  });
  const element = el("textarea", { value });
  element.matches = (/** @type {string} */ selector) => selector === "here";
  const one = field.create(element, { enterPosts }, null, {
    ask: (/** @type {string} */ text, /** @type {any} */ _context, /** @type {any} */ done) => asked.push({ text, done }),
    context: () => ({ venue: "personal", account: "personal" }),
    hostState: () => "ready",
    paint: (/** @type {any} */ _field, /** @type {any} */ map, /** @type {any[]} */ spans) => painted.push(spans.map((span) => map.text.slice(span.begin, span.end))),
    unpaint: () => painted.push([]),
    report() {},
  });
  one.focus();
  return { one, element, asked, painted, clock, type: (/** @type {string} */ text) => { element.value = text; one.touched(); } };
}

test("a draft that stands there already is checked at once; typing waits for a pause", () => {
  const { asked, type } = focused("brouillon");
  assert.deepEqual(asked.map((one) => one.text), ["brouillon"]);
  asked[0].done({ verdict: CLEAN });
  type("brouillon a");
  mock.timers.tick(300);
  type("brouillon ab");
  mock.timers.tick(300);
  assert.equal(asked.length, 1, "not before 350 ms of silence");
  mock.timers.tick(50);
  assert.deepEqual(asked.map((one) => one.text), ["brouillon", "brouillon ab"]);
});

test("where plain Enter publishes, the pause is short", () => {
  const { asked, type } = focused("", ["here"]);
  type("a");
  mock.timers.tick(100);
  assert.equal(asked.length, 1);
});

test("an editor that never rests is checked all the same", () => {
  const { asked, type, clock } = focused("");
  for (clock.now = 0; clock.now < 2500; clock.now += 100) {
    type("a" + clock.now);
    mock.timers.tick(100);
  }
  assert.equal(asked.length, 1, "one check within 2 s, though no pause of 350 ms");
});

test("one check in flight: what was typed meanwhile is checked when the reply has come", () => {
  const { asked, type } = focused("a");
  type("ab");
  mock.timers.tick(350);
  assert.equal(asked.length, 1);
  asked[0].done({ verdict: CLEAN });
  assert.deepEqual(asked.map((one) => one.text), ["a", "ab"]);
});

test("a reply that never comes does not silence the field for ever", () => {
  const { asked, type, clock } = focused("a");
  clock.now = 4000;
  type("ab");
  mock.timers.tick(350);
  assert.equal(asked.length, 2);
});

test("a verdict is for the exact text only: another text is not verified, never clean", () => {
  const { one, asked } = focused("mot");
  assert.deepEqual(plain(one.outcome("mot")), { kind: "unchecked", cause: "ready" });
  asked[0].done({ verdict: CLEAN });
  assert.deepEqual(plain(one.outcome("mot")), { kind: "clean" });
  assert.equal(one.outcome("mot!").kind, "unchecked");
});

test("a failure, an incomplete verdict and a too long text are not verified, with their cause", () => {
  const { one, asked, type } = focused("mot");
  asked[0].done({ failed: "absent", code: null });
  assert.deepEqual(plain(one.outcome("mot")), { kind: "unchecked", cause: "absent" });
  type("mots");
  mock.timers.tick(350);
  asked[1].done({ verdict: { ...CLEAN, complete: false } });
  assert.deepEqual(plain(one.outcome("mots")), { kind: "unchecked", cause: "incomplete" });
  const long = "a".repeat(100_001);
  type(long);
  mock.timers.tick(350);
  assert.equal(asked.length, 2, "not even sent");
  assert.deepEqual(plain(one.outcome(long)), { kind: "unchecked", cause: "too_long" });
  type("€€€");
  mock.timers.tick(350);
  asked[2].done({ failed: "ready", code: "frame_too_large" });
  assert.deepEqual(plain(one.outcome("€€€")), { kind: "unchecked", cause: "too_long" });
});

test("when the host is away, a finished text is asked about again a few times, then rests until the next key", () => {
  const { asked, one, type } = focused("texte fini");
  for (const wait of [1200, 2500, 5000]) {
    asked.at(-1).done({ failed: "broken", code: null });
    const before = asked.length;
    mock.timers.tick(wait - 1);
    assert.equal(asked.length, before, "not before its time");
    mock.timers.tick(1);
    assert.equal(asked.length, before + 1);
  }
  asked.at(-1).done({ failed: "broken", code: null });
  mock.timers.tick(600_000);
  assert.equal(asked.length, 4, "no further attempt by itself");
  type("texte fini.");
  mock.timers.tick(350);
  asked.at(-1).done({ failed: "broken", code: null });
  one.leave(); // asks at once: « Publier » may follow
  asked.at(-1).done({ failed: "broken", code: null });
  const left = asked.length;
  mock.timers.tick(600_000);
  assert.equal(asked.length, left, "no timer without the focus");
});

test("info never interrupts; warn and serious do", () => {
  for (const [severity, kind] of [["info", "clean"], ["warn", "findings"], ["serious", "findings"]]) {
    const { one, asked } = focused("mot");
    asked[0].done({ verdict: { severity, complete: true, findings: [{ ...FINDING, severity }] } });
    assert.equal(one.outcome("mot").kind, kind, severity);
  }
});

test("a verdict that comes late is painted where its words stand now", () => {
  const { element, asked, painted } = focused("mot");
  element.value = "Un mot";
  asked[0].done({ verdict: { severity: "serious", complete: true, findings: [FINDING] } });
  assert.deepEqual(plain(painted.at(-1)), ["mot"]);
});

test("while composing with an input method, nothing is checked", () => {
  const { one, asked, type } = focused("");
  one.composing = true;
  type("に");
  mock.timers.tick(1000);
  assert.equal(asked.length, 0);
});

test("leaving checks at once, paints nothing any more and remembers the verdict", () => {
  const { one, asked, painted, type } = focused("");
  type("mot");
  one.leave();
  assert.equal(asked.length, 1, "the click on « Publier » comes next");
  asked[0].done({ verdict: { severity: "serious", complete: true, findings: [FINDING] } });
  assert.deepEqual(painted.at(-1), []);
  assert.equal(one.outcome("mot").kind, "findings");
  mock.timers.tick(10_000);
  assert.equal(asked.length, 1, "no timer without the focus");
});
