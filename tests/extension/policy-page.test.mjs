// SPDX-License-Identifier: GPL-3.0-or-later
// « La politique en clair »: what the page says of each institution's document, and what it keeps silent about.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { CAUSES } from "../../extension/background/causes.js";
import { policyView } from "../../extension/pages/policy/policy-view.js";
import { FakeEvent, FakePort, hello, settle } from "./fake-native.mjs";

const ROOT = new URL("../../", import.meta.url);
const PAGE = new URL("extension/pages/policy/", ROOT);
const INSTITUTIONS = ["chu", "cisss", "poly", "csscv", "portage"];
const TODAY = new Date(2026, 10, 21);

// The idle timer of the port that a test leaves open must not keep the runner waiting for its minute.
const setTimer = globalThis.setTimeout;
/** @type {any} */ (globalThis).setTimeout = (/** @type {Parameters<typeof setTimer>} */ ...args) => setTimer(...args).unref();

/** The browser's getMessage, on the real messages. @param {"fr"|"en"} language */
function translator(language) {
  const messages = JSON.parse(readFileSync(new URL(`extension/_locales/${language}/messages.json`, ROOT), "utf8"));
  return (/** @type {string} */ key, /** @type {string[]} */ ...values) => {
    assert.ok(messages[key], `no message ${key}`);
    return messages[key].message.replace(/\$(\w+)\$/g, (/** @type {string} */ _, /** @type {string} */ name) => {
      const { content } = messages[key].placeholders[name.toLowerCase()];
      return values[Number(content.slice(1)) - 1];
    });
  };
}
const fr = translator("fr");
const en = translator("en");

/** @param {string} path */
const json = (path) => JSON.parse(readFileSync(new URL(path, ROOT), "utf8"));

/** The host's reply for a pack of the repository. @param {string} id @param {object} [changes] */
function answer(id, changes = {}) {
  const { institution, document, version, clauses } = json(`policies/${id}/pack.json`);
  const { $schema: _, ...about } = json(`policies/${id}/about.json`);
  return { host: { state: "ready", cause: null }, policy: { type: "policy", pack: { id, version, document }, institution, clauses, about, ...changes } };
}

test("the CHU's review is overdue, and the page says so by today's date", () => {
  assert.match(String(policyView(answer("chu"), fr, { today: TODAY }).overdue), /prévue pour le 8 octobre 2024/);
  assert.equal(policyView(answer("chu"), fr, { today: new Date(2024, 9, 8) }).overdue, null, "not yet on the day itself");
  assert.notEqual(policyView(answer("chu"), fr, { today: new Date(2024, 9, 9) }).overdue, null);
  for (const id of INSTITUTIONS.slice(1)) assert.equal(policyView(answer(id), fr, { today: TODAY }).overdue, null, `${id} prints no date`);
});

test("each document is shown whole, in both languages", () => {
  for (const id of INSTITUTIONS) {
    for (const translate of [fr, en]) {
      const view = policyView(answer(id), translate, { today: TODAY });
      assert.equal(view.problem, null);
      assert.ok(view.information.length >= 8 && view.information.length <= 25, id);
      assert.ok(view.clauses.length >= 8 && view.audience.length > 0 && view.references.length > 0, id);
      const known = new Set(view.clauses.map((clause) => clause.id));
      for (const { id: entry, title, text, clauses } of view.information) {
        assert.ok(title && text, entry);
        assert.ok(clauses.length > 0 && clauses.every((clause) => known.has(clause)), entry);
      }
      for (const clause of view.clauses) assert.ok(clause.title && clause.summary && clause.official === null, clause.id);
    }
  }
});

test("Portage prints contacts and no consequence; the page adds nothing", () => {
  const view = policyView(answer("portage"), fr, { today: TODAY });
  assert.deepEqual(view.sanctions, []);
  assert.deepEqual(
    view.contacts[0].lines.map(({ line }) => [line.text, line.href]),
    [["514 939-0202 #4", null], ["web@portage.ca", "mailto:web@portage.ca"], ["865, square Richmond, Montréal (Québec), H3J 1V8", null]],
  );
  for (const id of ["chu", "cisss", "poly", "csscv"]) assert.ok(policyView(answer(id), fr, { today: TODAY }).sanctions.length > 0, id);
});

test("official accounts are those that are printed, and only Web addresses become links", () => {
  assert.deepEqual(policyView(answer("poly"), fr, { today: TODAY }).accounts, [
    { text: "www.facebook.com/polymtl", href: "https://www.facebook.com/polymtl" },
    { text: "www.twitter.com/polymtl", href: "https://www.twitter.com/polymtl" },
    { text: "www.youtube.com/user/polymtlvideos/", href: "https://www.youtube.com/user/polymtlvideos/" },
  ]);
  const policy = answer("poly").policy;
  const about = { ...policy.about, official_accounts: ["javascript:alert(1)", "data:text/html,x", "http://x.ca", "x.ca/<b>"] };
  assert.deepEqual(
    policyView(answer("poly", { about }), fr, { today: TODAY }).accounts.map(({ href }) => href),
    [null, null, "http://x.ca", null],
  );
  for (const id of ["chu", "cisss", "csscv", "portage"]) assert.deepEqual(policyView(answer(id), fr, { today: TODAY }).accounts, [], id);
});

test("the official wording is quoted word for word, and said to be so; one that was refused is said with its reason", () => {
  const { clauses } = answer("chu").policy;
  const official = clauses.map((/** @type {any} */ clause) => (clause.id === "7.1" ? { ...clause, official: { text: "Les mots\nmêmes." } } : clause));
  const view = policyView(answer("chu", { clauses: official, official: { state: "ready" } }), fr, { today: TODAY });
  assert.equal(view.clauses.find(({ id }) => id === "7.1")?.official, "Les mots\nmêmes.");
  assert.equal(view.clauses.filter((clause) => clause.official !== null).length, 1);
  assert.equal(view.official, fr("policy_official_intro"));
  const refused = policyView(answer("chu", { official: { state: "refused", reason: { fr: "la raison", en: "the reason" } } }), en, { today: TODAY });
  assert.match(String(refused.official), /the reason/);
  assert.equal(policyView(answer("chu"), fr, { today: TODAY }).official, null);
});

test("a pack without about still shows its document and its clauses", () => {
  const view = policyView(answer("chu", { about: null }), fr, { today: TODAY });
  assert.ok(view.clauses.length > 30);
  assert.ok(view.facts.some(([label]) => label === fr("label_document")));
  assert.equal(view.saysContacts, false);
  assert.deepEqual([view.information, view.sanctions, view.contacts, view.accounts, view.audience, view.references], [[], [], [], [], [], []]);
});

test("a host that cannot answer is explained, never shown as an empty policy", () => {
  for (const cause of Object.values(CAUSES)) {
    const view = policyView({ host: { state: cause.state, cause }, policy: null }, fr, { today: TODAY });
    assert.ok(view.problem?.includes(fr(cause.text)), cause.id);
    assert.equal(view.mend, fr(cause.mend));
    assert.deepEqual(view.facts, []);
  }
  assert.equal(policyView(null, en, { today: TODAY }).problem, en("policy_unavailable"));
});

test("the page is accessible markup: language, one h1, labelled sections, no script or style inside, every id that the script uses", () => {
  const html = readFileSync(new URL("policy.html", PAGE), "utf8");
  const script = readFileSync(new URL("policy.js", PAGE), "utf8");
  assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/);
  assert.equal(html.match(/<h1/g)?.length, 1);
  assert.match(html, /<html lang="fr">/);
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, ids.length, "an id twice");
  for (const [, label] of html.matchAll(/aria-labelledby="([^"]+)"/g)) assert.ok(ids.includes(label), label);
  for (const [, id] of script.matchAll(/\b(?:say|element)\("([^"]+)"/g)) assert.ok(ids.includes(id), id);
  for (const [, one, two] of script.matchAll(/\bfill\("([^"]+)", "([^"]+)"/g)) assert.ok(ids.includes(one) && ids.includes(two), `${one} ${two}`);
  for (const [, path] of html.matchAll(/(?:href|src)="([^"]+)"/g)) assert.ok(existsSync(new URL(path, PAGE)), path);
  const popup = readFileSync(new URL("../popup.html", PAGE), "utf8");
  assert.match(popup, /<a href="policy\/policy\.html" target="_blank" data-i18n="popup_policy_link">/);
});

test("our own pages may ask for the policy, and nobody else", async () => {
  /** @type {FakePort[]} */
  const natives = [];
  const message = new FakeEvent();
  /** @type {any} */ (globalThis).browser = {
    runtime: {
      id: "us",
      lastError: undefined,
      getURL: () => "chrome-extension://us/",
      connectNative: () => natives[natives.push(new FakePort()) - 1],
      onConnect: new FakeEvent(),
      onMessage: message,
    },
    tabs: { onRemoved: new FakeEvent() },
    i18n: { getMessage: (/** @type {string} */ key) => key },
    storage: { session: { get: async () => ({}), set: async () => undefined } },
    action: { setIcon: async () => undefined, setTitle: async () => undefined },
  };
  await import("../../extension/background/main.js");
  await settle();
  const page = { id: "us", url: "chrome-extension://us/pages/policy/policy.html" };
  assert.deepEqual(message.fire({ type: "policy" }, { id: "us", url: "https://x.com/", tab: { id: 7 } }, () => assert.fail()), [false]);
  assert.deepEqual(message.fire({ type: "__proto__" }, page, () => assert.fail()), [false]);
  const reply = new Promise((resolve) => assert.deepEqual(message.fire({ type: "policy" }, page, resolve), [true]));
  await settle();
  natives[0].say(hello());
  await settle();
  const { id, type } = natives[0].last;
  assert.equal(type, "policy");
  natives[0].say({ id, type: "policy", clauses: [] });
  assert.deepEqual(await reply, { host: { state: "ready", cause: null }, policy: { id, type: "policy", clauses: [] } });
});
