// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./content-load.mjs";

const FINDINGS = { kind: "findings", findings: [{ rule: "r", severity: "serious", spans: [[0, 3]] }] };

/** A site with one field and one button, and a guard before it. @param {any} outcome */
function site(outcome) {
  /** @type {any} */
  const world = { text: "mot secret", outcome, card: { isOpen: false, held: 0, hold: () => void world.card.held++ }, flushed: 0, shown: [], passed: [], enterPosts: false };
  const element = { name: "field", nodeType: 1 };
  const button = { name: "button", nodeType: 1, native: true };
  const field = { element, read: () => ({ text: world.text }), outcome: () => world.outcome };
  const Prudence = load(["text-map", "guard"]);
  Prudence.sites = {
    publishes: (/** @type {any[]} */ path) => path.find((one) => one === button) ?? null,
    related: () => true,
    enterPosts: () => world.enterPosts,
    pressedByKeydown: (/** @type {any} */ one) => !one.native,
  };
  world.fields = [field];
  const guard = Prudence.guard.create({
    row: () => ({}), fields: () => world.fields, flush: () => void world.flushed++, card: world.card,
    present: (/** @type {any} */ draft, /** @type {any} */ _key, /** @type {any} */ lost) => world.shown.push({ ...draft, lost }), passed: (/** @type {any} */ cause) => world.passed.push(cause),
  });
  let now = 0;
  /** @param {string} type @param {any} [target] @param {any} [members] @returns {boolean} true when the page hears of it */
  const fire = (type, target = button, members = {}) => {
    let heard = true;
    guard.handle({ type, isTrusted: true, timeStamp: (now += 2000), composedPath: () => [target], preventDefault() {}, stopImmediatePropagation: () => (heard = false), ...members });
    return heard;
  };
  const key = (/** @type {any} */ members, target = element) => fire("keydown", target, { key: "Enter", code: "Enter", ...members });
  return { world, fire, key, button, element };
}

test("the first attempt is stopped and explained, the second goes through, and the same text never interrupts again", () => {
  const { world, fire } = site(FINDINGS);
  assert.equal(fire("click"), false);
  assert.equal(world.shown.length, 1);
  assert.deepEqual([...world.shown[0].points[0].quotes], ["mot"]);
  for (let time = 0; time < 3; time++) assert.equal(fire("click"), true);
  world.text = "mot  secret\n";
  assert.equal(fire("click"), true, "white space does not make another text");
  world.text = "mot autre";
  assert.equal(fire("click"), false, "another text does");
  assert.equal(world.shown.length, 2);
});

test("a clean text passes untouched, an unverified one passes visibly, an empty one silently", () => {
  const { world, fire } = site({ kind: "clean" });
  assert.equal(fire("click"), true);
  world.outcome = { kind: "unchecked", cause: "absent" };
  world.text = "autre";
  assert.equal(fire("click"), true);
  world.text = "  ";
  assert.equal(fire("click"), true);
  assert.deepEqual(world.passed, [null, "absent"]);
  assert.equal(world.shown.length, 0);
});

test("a rule that speaks only at the second attempt is explained too; what was said once is not said again", () => {
  const { world, fire } = site(FINDINGS);
  assert.equal(fire("click"), false);
  world.outcome = { kind: "findings", findings: [...FINDINGS.findings, { rule: "other", severity: "warn", spans: [] }] };
  assert.equal(fire("mousedown"), false, "the press is kept from the page as well");
  assert.equal(fire("click"), false);
  assert.equal(fire("click"), true);
  assert.equal(world.shown.length, 2);
});

test("a thread whose one part was explained and whose other part is not verified passes visibly", () => {
  const { world, fire } = site(FINDINGS);
  world.fields.push({ element: { nodeType: 1 }, read: () => ({ text: "suite" }), outcome: () => ({ kind: "unchecked", cause: "broken" }) });
  assert.equal(fire("click"), false);
  assert.equal(fire("click"), true);
  assert.deepEqual(world.passed, ["broken"]);
});

test("a text whose card the page took away passes visibly, and is not held again", () => {
  const { world, fire } = site(FINDINGS);
  fire("click");
  world.shown[0].lost();
  assert.equal(fire("click"), true);
  assert.deepEqual(world.passed, ["unseen"]);
});

test("a scripted event is never stopped and never counted", () => {
  const { world, fire } = site(FINDINGS);
  assert.equal(fire("click", undefined, { isTrusted: false }), true);
  assert.equal(world.shown.length, 0);
  assert.equal(fire("click"), false, "the person's own attempt is still the first");
});

test("one gesture that arrives as several events counts once", () => {
  const { world, key, fire, element } = site({ kind: "unchecked", cause: "ready" });
  key({ ctrlKey: true, timeStamp: 10_000 });
  fire("submit", element, { timeStamp: 10_400, submitter: null });
  assert.deepEqual(world.passed, ["ready"]);
});

test("a form that submits by itself is nobody's attempt; « Aperçu » is not publishing", () => {
  const { world, fire, button, element } = site(FINDINGS);
  assert.equal(fire("submit", element, { submitter: null }), true);
  fire("keydown", element, { key: "a", code: "KeyA", timeStamp: 40_000 });
  assert.equal(fire("submit", element, { submitter: null, timeStamp: 40_500 }), true, "a draft saved while typing");
  fire("keydown", element, { key: "Enter", code: "Enter", timeStamp: 50_000 });
  assert.equal(fire("submit", element, { submitter: { nodeType: 1 }, timeStamp: 50_100 }), true);
  assert.equal(fire("submit", element, { submitter: button, timeStamp: 50_200 }), false);
  assert.equal(world.shown.length, 1);
});

test("Ctrl+Enter is stopped with its repetitions, keypress and keyup; the next one passes", () => {
  const { key, fire, element, world } = site(FINDINGS);
  const enter = { key: "Enter", code: "Enter" };
  fire("keydown", element, { key: "Control", code: "ControlLeft" });
  assert.equal(world.flushed, 1, "the verdict is fetched before Enter comes");
  assert.equal(key({ ctrlKey: true }), false);
  assert.equal(key({ ctrlKey: true, repeat: true }), false);
  assert.equal(fire("keypress", element, enter), false);
  assert.equal(fire("keyup", element, enter), false);
  assert.equal(key({ ctrlKey: true }), true);
  assert.equal(fire("keyup", element, enter), true);
});

test("plain Enter only where it publishes, never with Shift or while composing", () => {
  const { key, world } = site(FINDINGS);
  assert.equal(key({}), true);
  world.enterPosts = true;
  assert.equal(key({ shiftKey: true }), true);
  assert.equal(key({ isComposing: true }), true);
  assert.equal(key({ keyCode: 229 }), true);
  assert.equal(key({}), false);
});

test("Enter and Space on a button that is no <button> are heard as keys; on a native one the click follows", () => {
  for (const [name, code] of [["Enter", "Enter"], [" ", "Space"]]) {
    const { key, button } = site(FINDINGS);
    assert.equal(key({ key: name, code }, button), true);
    button.native = false;
    assert.equal(key({ key: name, code }, button), false);
  }
});

test("a press on the button is kept from a page that would publish on mousedown, but only when it will be explained", () => {
  const { fire, world } = site(FINDINGS);
  for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup"]) assert.equal(fire(type), false, type);
  assert.equal(fire("click"), false);
  for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) assert.equal(fire(type), true, type + ", second time");
  world.outcome = { kind: "clean" };
  world.text = "autre";
  assert.equal(fire("mousedown"), true);
});

test("while the card is open, a second half of a double click publishes nothing and asks nothing again", () => {
  const { fire, world } = site(FINDINGS);
  fire("click");
  world.card.isOpen = true;
  assert.equal(fire("click"), false);
  assert.equal(world.shown.length, 1);
  assert.equal(world.card.held, 1);
});
