// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CAUSES } from "../../extension/background/causes.js";
import { viewOf } from "../../extension/pages/popup-view.js";
import { hello } from "./fake-native.mjs";

/** The browser's getMessage, on the real messages. @param {"fr"|"en"} language */
function translator(language) {
  const path = new URL(`../../extension/_locales/${language}/messages.json`, import.meta.url);
  const messages = JSON.parse(readFileSync(path, "utf8"));
  return (/** @type {string} */ key, /** @type {string[]} */ ...values) => {
    assert.ok(messages[key], `no message ${key}`);
    return messages[key].message.replace(/\$(\w+)\$/g, (/** @type {string} */ _, /** @type {string} */ name) => {
      const { content } = messages[key].placeholders[name.toLowerCase()];
      return values[Number(content.slice(1)) - 1];
    });
  };
}
const fr = translator("fr");
const CONTEXT = { today: new Date(2026, 10, 21), extension: { id: "abc", version: "0.1.0" } };
const READY = { state: "ready", cause: null, detail: null, hello: hello() };
const STATUS = { work_time: "shift", acknowledgements: 3 };
/** @param {object} changes */
const page = (changes) => ({ site: "x", composer: true, checked: 1, findings: 0, severity: "none", unchecked: false, ...changes });

test("all is well: institution, document, review, work time and decisions in words", () => {
  const view = viewOf({ page: page({ findings: 2, severity: "warn" }), host: READY, status: STATUS }, fr, CONTEXT);
  assert.equal(view.institution, "CHU");
  assert.equal(view.hostState, "La vérification fonctionne.");
  assert.equal(view.unverified, false);
  assert.equal(view.mend, null);
  assert.equal(view.pageCovered, "Les publications sont vérifiées sur cette page (X).");
  assert.equal(view.pageVerdict, `${fr("page_findings_many", "2")} ${fr("severity_warn")}`);
  assert.deepEqual(view.policy, [
    ["Établissement", "Le CHU"],
    ["Document", "Titre"],
    ["Numéro", "237-00"],
    ["Date", "8 octobre 2020"],
    ["Règles", "2026.11"],
  ]);
  assert.match(String(view.review), /prévue pour le 8 octobre 2024/);
  assert.deepEqual(view.own, [
    ["Temps de travail", "Pendant votre quart de travail"],
    ["Décisions notées", "3"],
  ]);
});

test("a review that is not due yet is not mentioned", () => {
  const { document } = hello().pack;
  for (const review_due of ["2026-11-21", "2030-01-01", null, "soon"]) {
    const host = { ...READY, hello: hello({ pack: { ...hello().pack, document: { ...document, review_due } } }) };
    assert.equal(viewOf({ page: null, host, status: null }, fr, CONTEXT).review, null, String(review_due));
  }
});

test("every cause is explained, tells the IT desk what to do, and says that nothing is blocked", () => {
  for (const language of /** @type {const} */ (["fr", "en"])) {
    for (const cause of Object.values(CAUSES)) {
      const host = { state: cause.state, cause, detail: "words", hello: null };
      const view = viewOf({ page: null, host, status: null }, translator(language), CONTEXT);
      assert.ok(view.unverified, cause.id);
      assert.ok(view.hostCause && view.mend, cause.id);
      assert.notEqual(view.hostState, fr("state_ready"), cause.id);
      assert.deepEqual(view.policy, []);
      assert.ok(view.details.some(([, value]) => value === cause.id));
      assert.ok(view.details.some(([, value]) => value === "words"));
    }
  }
});

test("an unverified text is never shown as a clean one", () => {
  const view = viewOf({ page: page({ unchecked: true }), host: READY, status: null }, fr, CONTEXT);
  assert.equal(view.pageVerdict, fr("page_unverified"));
});

test("untouched, uncovered, unchecked and clean pages are told apart", () => {
  const told = (/** @type {any} */ state) => viewOf({ page: state, host: READY, status: null }, fr, CONTEXT);
  assert.equal(told(null).pageCovered, fr("page_untouched"));
  assert.equal(told(page({ site: null })).pageCovered, fr("page_not_covered"));
  assert.equal(told(page({ checked: 0 })).pageVerdict, fr("page_nothing_checked"));
  assert.equal(told(page({})).pageVerdict, fr("page_clean"));
  const host = { state: "absent", cause: CAUSES.not_found, detail: null, hello: null };
  const absent = viewOf({ page: page({}), host, status: null }, fr, CONTEXT);
  assert.doesNotMatch(absent.pageCovered, /sont vérifiées/, "no promise while the host is absent");
});

test("an unreadable ledger and an unknown schedule are said, not hidden", () => {
  const view = viewOf({ page: null, host: READY, status: { work_time: "later", acknowledgements: null } }, fr, CONTEXT);
  assert.deepEqual(view.own, [
    ["Temps de travail", "Aucun horaire n’est configuré"],
    ["Décisions notées", "Registre inaccessible"],
  ]);
});

test("a background script that does not answer is no reason for an empty popup", () => {
  const view = viewOf(null, fr, CONTEXT);
  assert.ok(view.unverified);
  assert.equal(view.hostState, fr("state_broken"));
});

test("the popup works in English", () => {
  const view = viewOf({ page: null, host: READY, status: STATUS }, translator("en"), CONTEXT);
  assert.equal(view.hostState, "Checking works.");
  assert.ok(view.policy.some(([, value]) => value === "October 8, 2020"));
});
