// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { badgeOf, COLOURS, iconOf, titleOf } from "../../extension/background/badge.js";
import { CAUSES } from "../../extension/background/causes.js";
import { PageStates, readPageState } from "../../extension/background/page-states.js";

const SITES = ["x", "facebook", "generic"];
/** @param {object} [changes] @returns {any} */
const page = (changes) => ({
  site: "x",
  composer: false,
  checked: 1,
  findings: 0,
  severity: "none",
  unchecked: false,
  ...changes,
});
/** @param {string} key @param {...string} values */
const translate = (key, ...values) => [key, ...values].join(" ");

test("of a page message only the closed lists and counts are kept", () => {
  const message = { type: "page", site: "evil.example", composer: 1, checked: -3, findings: 2.7, severity: "fatal", text: "secret" };
  assert.deepEqual(readPageState(message, SITES), {
    site: null,
    composer: false,
    checked: 0,
    findings: 2,
    severity: "none",
    unchecked: false,
  });
  assert.equal(readPageState({ findings: Infinity, checked: "7" }, SITES).findings, 0);
  assert.equal(readPageState({ checked: true }, SITES).checked, 1);
});

test("a tab is the sum of its frames; the frame with the compose box tells the site", () => {
  const pages = new PageStates();
  pages.set(7, 0, {}, page({ site: "generic", findings: 1, severity: "info" }));
  pages.set(7, 3, {}, page({ site: "facebook", composer: true, findings: 2, severity: "serious" }));
  pages.set(8, 0, {}, page({ unchecked: true }));
  assert.deepEqual(pages.ofTab(7), page({ site: "facebook", composer: true, checked: 2, findings: 3, severity: "serious" }));
  assert.equal(pages.ofTab(8)?.unchecked, true);
  assert.equal(pages.ofTab(9), null);
});

test("a frame's former document cannot take away what its next one said", () => {
  const pages = new PageStates();
  const [before, after] = [{}, {}];
  pages.set(7, 0, before, page({ findings: 1 }));
  pages.set(7, 0, after, page({ findings: 2 }));
  pages.remove(7, 0, before);
  assert.equal(pages.ofTab(7)?.findings, 2);
  pages.remove(7, 0, after);
  assert.equal(pages.ofTab(7), null);
});

test("what was saved comes back, marked as restored, and never over something fresher", () => {
  const former = new PageStates();
  former.set(7, 0, {}, page({ findings: 1 }));
  former.set(8, 0, {}, page({ findings: 5 }));
  const pages = new PageStates();
  pages.set(8, 0, {}, page({ findings: 6 }));
  pages.restore(JSON.parse(JSON.stringify(former.save())));
  assert.equal(pages.ofTab(7)?.findings, 1);
  assert.ok(pages.isRestored(7));
  assert.equal(pages.ofTab(8)?.findings, 6);
  assert.ok(!pages.isRestored(8));
  pages.removeTab(7);
  assert.deepEqual(pages.tabs(), [8]);
  assert.ok(!pages.isRestored(7));
});

test("the badge counts, in the colour of the gravest finding", () => {
  assert.deepEqual(badgeOf(page({ findings: 1, severity: "warn" }), translate), {
    text: "1",
    colour: COLOURS.warn,
    title: "title_findings_one",
  });
  assert.deepEqual(badgeOf(page({ findings: 3, severity: "serious" }), translate), {
    text: "3",
    colour: COLOURS.serious,
    title: "title_findings_many 3",
  });
  assert.equal(badgeOf(page({ findings: 250, severity: "info" }), translate).text, "99+");
});

test("an unverified text shows « ? », whatever was counted", () => {
  for (const findings of [0, 4]) {
    const badge = badgeOf(page({ unchecked: true, findings, severity: "serious" }), translate);
    assert.deepEqual(badge, { text: "?", colour: COLOURS.unverified, title: "title_unverified" });
  }
});

test("nothing found and nothing checked are told apart in words", () => {
  assert.equal(badgeOf(page(), translate).title, "title_clean");
  assert.equal(badgeOf(page({ checked: 0 }), translate).title, null);
  assert.equal(badgeOf(null, translate).title, null);
});

test("white on every badge colour is 4.5:1 or more", () => {
  const channel = (/** @type {number} */ value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  for (const [name, colour] of Object.entries(COLOURS)) {
    const [r, g, b] = [1, 3, 5].map((at) => channel(parseInt(colour.slice(at, at + 2), 16) / 255));
    const ratio = 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
    assert.ok(ratio >= 4.5, `${name}: ${ratio.toFixed(2)}`);
  }
});

test("the icon is in colour only once the host has answered and can check", () => {
  const grey = (/** @type {any} */ icon) => icon[16].includes("grey");
  assert.ok(grey(iconOf("idle", null, null)), "never asked");
  assert.ok(!grey(iconOf("ready", {}, null)));
  assert.ok(!grey(iconOf("idle", {}, null)), "at rest after a hello");
  assert.ok(grey(iconOf("ready", {}, CAUSES.pack_missing)));
  for (const state of /** @type {const} */ (["absent", "refused", "incompatible", "broken"])) {
    assert.ok(grey(iconOf(state, {}, CAUSES.unknown)), state);
  }
  assert.equal(titleOf(CAUSES.unknown, translate), "title_unavailable");
  assert.equal(titleOf(null, translate), "action_title");
});
