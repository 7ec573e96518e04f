// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load, row } from "./content-load.mjs";

const ROWS = ["x", "facebook", "generic"].map(row);
const at = (/** @type {string} */ address, /** @type {any} */ extra = {}) =>
  load(["text-map", "sites"], { location: new URL(address), document: { querySelector: () => null }, ...extra }).sites;

test("each row has what the schema asks for, and nothing else", () => {
  const schema = JSON.parse(readFileSync(new URL("../../extension/sites/schema.json", import.meta.url), "utf8"));
  for (const one of ROWS) {
    for (const name of schema.required) assert.ok(name in one, `${one.id} has ${name}`);
    for (const name of Object.keys(one)) assert.ok(name in schema.properties, `${one.id}: ${name} is known`);
    assert.match(one.verified.date, /^\d{4}-\d\d-\d\d$/);
    assert.ok(one.submitNames.fr.length > 0 && one.submitNames.en.length > 0);
    assert.equal(new Set(one.submitNames.fr).size, one.submitNames.fr.length, `${one.id}: no name twice`);
  }
});

test("a host belongs to the row of its domain, any other to the row of all sites", () => {
  const sites = at("https://x.com/");
  for (const [host, id] of [["x.com", "x"], ["mobile.twitter.com", "x"], ["www.facebook.com", "facebook"], ["notx.com", "generic"], ["x.com.evil.example", "generic"], ["", "generic"]])
    assert.equal(sites.rowFor(ROWS, host).id, id, host);
  assert.equal(sites.rowFor(ROWS.slice(0, 2), "forum.example"), null);
});

test("a frame without an address belongs to its creator", () => {
  assert.equal(at("about:srcdoc", { origin: "https://x.com" }).hostName(), "x.com");
  assert.equal(at("about:blank", { origin: "null" }).hostName(), "");
});

test("an official account is recognised whatever the writing of its address", () => {
  const official = ["https://www.facebook.com/CHUexemple/", "x.com/hopital"];
  assert.equal(at("https://m.facebook.com/chuexemple/posts/1").context(ROWS[1], official).venue, "official-page");
  assert.equal(at("https://www.facebook.com/chuexemple2").context(ROWS[1], official).venue, "personal");
  assert.equal(at("https://twitter.com/Hopital/status/1").context(ROWS[0], official).venue, "official-page");
  const signedIn = { document: { querySelector: () => ({ getAttribute: () => "/hopital" }) } };
  assert.deepEqual({ ...at("https://x.com/home", signedIn).context(ROWS[0], official) }, { venue: "official-page", account: "official" });
});

test("names of buttons compare without regard to case, apostrophe and spaces", () => {
  const { plainName } = at("https://x.com/");
  assert.equal(plainName(" Publier\u00a0! "), "publier !");
  assert.equal(plainName("Publier l’avis"), plainName("publier l'avis"));
});
