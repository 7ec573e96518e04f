// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const EXTENSION = new URL("../../extension/", import.meta.url);
/** @typedef {{message: string, description?: string, placeholders?: Record<string, {content: string}>}} Entry */

/** @param {string} language @returns {Record<string, Entry>} */
const read = (language) => JSON.parse(readFileSync(new URL(`_locales/${language}/messages.json`, EXTENSION), "utf8"));
const manifest = JSON.parse(readFileSync(new URL("manifest.json", EXTENSION), "utf8"));
const [fr, en] = [read("fr"), read("en")];

/** Every file of the extension that can name a key, as one text. */
const code = readdirSync(EXTENSION, { recursive: true })
  .map(String)
  .filter((path) => (/\.(js|html)$/.test(path) || path === "manifest.json") && !path.startsWith("_locales"))
  .map((path) => readFileSync(new URL(path, EXTENSION), "utf8"))
  .join("\n");

/** @param {RegExp} pattern one group: the key */
const namesIn = (pattern) => [...code.matchAll(pattern)].map((match) => match[1]);

test("the fragments of the content scripts have been merged", () => {
  assert.deepEqual(readdirSync(new URL("_locales/", EXTENSION)).sort(), ["en", "fr"]);
});

test("French and English have the same keys, in the same order", () => {
  assert.deepEqual(Object.keys(en), Object.keys(fr));
});

test("each message has the same placeholders in both languages, defined where they are used", () => {
  for (const key of Object.keys(fr)) {
    assert.deepEqual(en[key].placeholders, fr[key].placeholders, key);
    const defined = Object.keys(fr[key].placeholders ?? {}).sort();
    for (const { message } of [fr[key], en[key]]) {
      const used = [...message.matchAll(/\$([A-Za-z0-9_@]+)\$/g)].map((match) => match[1].toLowerCase());
      assert.deepEqual([...new Set(used)].sort(), defined, `${key}: ${message}`);
      assert.doesNotMatch(message.replace(/\$[A-Za-z0-9_@]+\$/g, ""), /\$/, `${key}: a stray $`);
    }
  }
});

test("no message is empty, and the browsers' limits are kept", () => {
  for (const [key, { message }] of [...Object.entries(fr), ...Object.entries(en)]) assert.notEqual(message.trim(), "", key);
  for (const language of [fr, en]) {
    assert.ok(language.extension_name.message.length <= 45, "name: 45 characters");
    assert.ok(language.extension_description.message.length <= 132, "description: 132 characters in Chromium");
  }
  assert.equal(fr.language_code.message, "fr");
  assert.equal(en.language_code.message, "en");
});

test("no key is unused: each stands in the code, whole or as a prefix that the code completes", () => {
  const prefixes = namesIn(/["'`]([a-z]+(?:_[a-z]+)*_)["'`$]/g);
  const unused = Object.keys(fr).filter((key) => {
    const quoted = code.includes(`"${key}"`) || code.includes(`'${key}'`) || code.includes(`__MSG_${key}__`);
    return !quoted && !prefixes.some((prefix) => key.startsWith(prefix));
  });
  assert.deepEqual(unused, []);
});

test("no key that the code uses is absent", () => {
  const used = [
    ...namesIn(/\b(?:getMessage|translate|text)\(\s*["']([a-z][a-z0-9_]*)["']/g),
    ...namesIn(/__MSG_([A-Za-z0-9_]+)__/g),
    ...namesIn(/data-i18n="([^"]+)"/g),
    ...namesIn(/["']((?:content|cause|mend|state|title|popup|page|severity|site|label|work)_[a-z_]*[a-z])["']/g),
  ];
  assert.ok(used.length > 60, `only ${used.length} uses found: has the code changed its way of naming keys?`);
  assert.deepEqual(
    [...new Set(used)].filter((key) => !(key in fr) && !key.endsWith("_") && !(key in manifest)),
    [],
  );
});

test("French typography of Québec: no-break space before a colon and inside « », none before ; ! ?", () => {
  for (const [key, { message }] of Object.entries(fr)) {
    assert.doesNotMatch(message, /(?<!\u00a0):(?=\s|$)/, `${key}: a colon wants U+00A0 before it: ${message}`);
    assert.doesNotMatch(message, /«(?!\u00a0)|(?<!\u00a0)»/, `${key}: « » want U+00A0 inside: ${message}`);
    assert.doesNotMatch(message, /\s[;!?]/, `${key}: no space before ; ! ? ${message}`);
    assert.doesNotMatch(message, /'/, `${key}: the apostrophe is ’: ${message}`);
    assert.doesNotMatch(message, /\.\.\./, `${key}: the ellipsis is …: ${message}`);
  }
});

test("the messages never accuse", () => {
  const accusing = /\b(vous avez (violé|enfreint|commis)|infraction|coupable|faute|interdit|you (violated|broke)|violation|forbidden|guilty)\b/i;
  for (const [key, { message }] of [...Object.entries(fr), ...Object.entries(en)]) assert.doesNotMatch(message, accusing, key);
});
