// SPDX-License-Identifier: GPL-3.0-or-later
// Repetition without a text, and the directory of the workstation: what the session knows beside the pack.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { BUILD, filesBelow, stage, start } from "./host.mjs";

const TEXT = "Quel zigoto! À quand la réouverture de la clinique?";

/** @param {string} id @param {object} members */
function rule(id, members) {
  return {
    id,
    severity: "info",
    message: { fr: "M", en: "M" },
    remedy: { fr: "R", en: "R" },
    ...members,
  };
}

/** @type {Buffer | undefined} */
let built;
/** The trial pack with rules that ask the session. */
function pack() {
  if (built !== undefined) return built;
  const folder = mkdtempSync(join(tmpdir(), "prudence-repeat-"));
  try {
    const source = JSON.parse(readFileSync(new URL("../fixtures/packs/essai/pack.json", import.meta.url), "utf8"));
    source.institution.own.domains = ["essai.example"];
    source.categories["repetitive-anonymous"] = { clauses: ["1.1"] };
    source.categories["personal-info"] = { clauses: ["1.1"] };
    source.rules = [
      ...source.rules.filter((/** @type {{id: string}} */ { id }) => id === "insult-defamation.zigoto"),
      rule("repeat.published", {
        category: "repetitive-anonymous",
        match: [{ metric: "published-before", at_least: 2 }],
        examples: { match: [{ text: "a", published_before: 2 }, { text: "b", published_before: 3 }], clean: ["a", { text: "b", published_before: 1 }] },
      }),
      rule("personal-info.staff", {
        category: "personal-info",
        match: [{ directory: "person" }],
        examples: { match: [{ text: "Luc Roy", directory: ["Roy;Luc"] }, { text: "Roy Luc", directory: ["Roy;Luc"] }], clean: ["Luc Roy", "Luc"] },
      }),
      rule("offtopic-link.foreign", {
        category: "offtopic-link",
        match: [{ metric: "foreign-links", at_least: 1 }],
        examples: { match: ["https://a.com", "b.com/c"], clean: ["https://essai.example", "luc@a.com"] },
      }),
    ];
    delete source.include;
    writeFileSync(join(folder, "pack.json"), JSON.stringify(source));
    execFileSync(join(BUILD, "prudence"), ["policy", "build", folder, "-o", join(folder, "essai.pack")], { stdio: ["ignore", "ignore", "inherit"] });
    built = readFileSync(join(folder, "essai.pack"));
    return built;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {import("./host.mjs").Host} host @param {number} id @param {string} text @param {string} [venue] */
async function rules(host, id, text, venue = "official-page") {
  const verdict = await host.request({ id, type: "check", text, venue });
  assert.equal(verdict.type, "verdict", JSON.stringify(verdict));
  return verdict.findings.map((/** @type {{rule: string}} */ finding) => finding.rule).sort();
}

/** @param {import("./host.mjs").Host} host @param {number} id @param {object} [members] */
async function publish(host, id, members = {}) {
  const reply = await host.request({ id, type: "acknowledge", choice: "publish", rules: ["insult-defamation.zigoto"], venue: "official-page", ...members });
  assert.equal(reply.type, "acknowledged", JSON.stringify(reply));
}

test("the third publication of one text is told", async (t) => {
  const place = stage(t, { pack: pack() });
  const host = await start(t, place);
  const variants = [TEXT, "QUEL ZIGOTO... a quand la reouverture de la clinique 😡", "quel zigoto, à quand la réouverture, de la clinique ?"];
  assert.deepEqual(await rules(host, 1, variants[0]), ["insult-defamation.zigoto"]);
  await publish(host, 2);
  assert.deepEqual(await rules(host, 3, variants[1]), ["insult-defamation.zigoto"]);
  await publish(host, 4, { choice: "not-applicable" });
  assert.deepEqual(await rules(host, 5, variants[2]), ["insult-defamation.zigoto", "repeat.published"]);
  assert.deepEqual(await rules(host, 6, `${TEXT} Bis.`), ["insult-defamation.zigoto"]);
  assert.deepEqual(await rules(host, 7, TEXT, "personal"), ["insult-defamation.zigoto"]);
  await host.end();
});

test("a draft that is edited was not published, and looking at it is not publishing", async (t) => {
  const host = await start(t, stage(t, { pack: pack() }));
  for (let id = 1; id < 12; id += 2) {
    assert.deepEqual(await rules(host, id, TEXT), ["insult-defamation.zigoto"]);
    await publish(host, id + 1, { choice: "edit" });
  }
  await host.end();
});

test("a decision names the check that it is about", async (t) => {
  const host = await start(t, stage(t, { pack: pack() }));
  const other = "Quel zigoto, mais un tout autre texte que le premier";
  for (const id of [10, 20]) {
    await rules(host, id, TEXT);
    await rules(host, id + 1, other);
    await publish(host, id + 2, { check: id });
  }
  assert.deepEqual(await rules(host, 30, TEXT), ["insult-defamation.zigoto", "repeat.published"]);
  assert.deepEqual(await rules(host, 31, other), ["insult-defamation.zigoto"]);
  await publish(host, 32, { check: 999 }); // not a check: stored, and nothing else
  const wrong = await host.request({ id: 33, type: "acknowledge", choice: "publish", rules: ["insult-defamation.zigoto"], check: "10" });
  assert.deepEqual([wrong.code, wrong.member], ["wrong_member_type", "check"]);
  const negative = await host.request({ id: 34, type: "acknowledge", choice: "publish", rules: ["insult-defamation.zigoto"], check: -1 });
  assert.deepEqual([negative.code, negative.member], ["bad_value", "check"]);
  await host.end();
});

test("another host knows nothing, and nothing is written", async (t) => {
  const place = stage(t, { pack: pack() });
  for (let turn = 0; turn < 3; turn++) {
    const host = await start(t, place);
    assert.deepEqual(await rules(host, 1, TEXT), ["insult-defamation.zigoto"]);
    await publish(host, 2);
    await host.end();
  }
  for (const { path, bytes } of filesBelow(place.root)) {
    if (path.endsWith("essai.pack") || path.endsWith("prudence-host")) continue;
    assert.ok(!bytes.toString("latin1").toLowerCase().includes("clinique"), path);
  }
});

test("short greetings are nobody's repetition", async (t) => {
  const host = await start(t, stage(t, { pack: pack() }));
  for (let id = 1; id < 9; id += 2) {
    assert.deepEqual(await rules(host, id, "Salut zigoto!"), ["insult-defamation.zigoto"]);
    await publish(host, id + 1);
  }
  await host.end();
});

/** A stage whose profile names a directory. @param {import("node:test").TestContext} t @param {string} text */
function withDirectory(t, text) {
  const folder = mkdtempSync(join(tmpdir(), "prudence-directory-"));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(folder, { recursive: true });
  const directory = join(folder, "annuaire.csv");
  writeFileSync(directory, text);
  return stage(t, { pack: pack(), profile: { institution: "essai", directory, allowed_link_domains: ["quebec.ca"] } });
}

test("the profile's directory and domains are used, and no reply repeats the file", async (t) => {
  const host = await start(t, withDirectory(t, "#kind: staff\nRoy;Nathalie;infirmière;Nat\nCôté-Zorn;Aristide\n"));
  assert.equal(host.hello.parts.directory, "ready");
  assert.deepEqual(await rules(host, 1, "Nathalie Roy", "personal"), ["personal-info.staff"]);
  assert.deepEqual(await rules(host, 2, "Nathalie", "personal"), []);
  assert.deepEqual(await rules(host, 3, "voir https://sante.quebec.ca/a et www.essai.example"), []);
  assert.deepEqual(await rules(host, 4, "voir https://quebec.ca.evil.com"), ["offtopic-link.foreign"]);
  const explained = await host.request({ id: 5, type: "check", text: "Nat Roy", explain: true });
  assert.equal(explained.findings[0].evidence[0].name, "annuaire");
  const status = await host.request({ id: 6, type: "status" });
  assert.equal(status.parts.directory, "ready");
  assert.doesNotMatch(JSON.stringify([host.hello, explained, status]), /zorn|aristide|infirmi/i);
  await host.end();
  assert.equal(host.stderr, "");
});

test("a directory that is refused is told, and the host goes on", async (t) => {
  const host = await start(t, withDirectory(t, "#kind: staff\nRoy;Nathalie\nBouchard\n"));
  assert.deepEqual([host.hello.parts.directory, host.hello.parts.pack], ["invalid", "ready"]);
  assert.deepEqual(await rules(host, 1, "Nathalie Roy et un zigoto"), ["insult-defamation.zigoto"]);
  const status = await host.request({ id: 2, type: "status" });
  assert.equal(status.parts.directory, "invalid");
  await host.end();
  assert.match(host.stderr, /annuaire\.csv:3: il faut un nom de famille et un prénom.* \/ a family name/);
  assert.doesNotMatch(host.stderr, /Bouchard/);
});
