// SPDX-License-Identifier: GPL-3.0-or-later
// The local directory of `prudence check`: who is recognised, what is refused and where.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { BUILD, MINI, privateFolder, prudence } from "./prudence.mjs";

const RULE = {
  id: "personal-info.staff",
  category: "personal-info",
  severity: "warn",
  match: [{ directory: "person", points: 40 }],
  near: [{ terms: ["malade"], points: 30, within: "sentence" }],
  message: { fr: "Une personne est nommée.", en: "A person is named." },
  remedy: { fr: "Retirez le nom.", en: "Remove the name." },
  examples: {
    match: [{ text: "Nathalie Roy est malade", words: ["Nathalie Roy"] }, { text: "Luc Côté est malade", directory: ["Côté;Luc"] }],
    clean: ["Nathalie est malade", { text: "Nathalie Roy est malade", directory: ["Côté;Luc"] }],
  },
};

/**
 * A folder with a pack that asks for people, and a directory.
 * @param {import("node:test").TestContext} t
 * @param {string | Buffer} text
 * @param {object} [members] of pack.json
 */
function place(t, text, members = {}) {
  const folder = privateFolder(t);
  const source = JSON.parse(readFileSync(join(MINI, "pack.json"), "utf8"));
  const pack = { ...source, include: [], without: [], lists: {}, patterns: {}, rules: [RULE], directory_examples: ["Roy;Nathalie"], ...members };
  delete pack.$schema;
  pack.categories = { "personal-info": source.categories["personal-info"] };
  writeFileSync(join(folder, "pack.json"), JSON.stringify(pack));
  writeFileSync(join(folder, "annuaire.csv"), text);
  return { pack: folder, directory: join(folder, "annuaire.csv") };
}

const STAFF = "#kind: staff\nNom;Prénom;Titre\nGagnon;Émilie;médecin\nTremblay;Emmanuel\n";

test("a person of the directory is recognised, and only there", (t) => {
  const { pack, directory } = place(t, STAFF);
  const args = ["check", "--pack", pack, "--directory", directory, "--json"];
  const run = prudence([...args, "La Dre Gagnon est malade"]);
  assert.equal(run.status, 1, run.err);
  const verdict = JSON.parse(run.out);
  assert.equal(verdict.findings[0].rule, "personal-info.staff");
  assert.deepEqual(verdict.findings[0].spans[0], [3, 13]);
  assert.equal(verdict.findings[0].evidence[0].name, "annuaire");
  assert.equal(prudence([...args, "Manu Tremblay est malade"]).status, 1);
  assert.equal(prudence([...args, "Gagnon est malade"]).status, 0);
  // That of the examples is not that of the workstation.
  assert.equal(prudence([...args, "Nathalie Roy est malade"]).status, 0);
  assert.equal(prudence(["check", "--pack", pack, "La Dre Gagnon est malade"]).status, 0);
});

test("--batch uses it for every line", (t) => {
  const { pack, directory } = place(t, STAFF);
  const input = ["Émilie Gagnon est malade", "Émilie est malade", "@EmmanuelTremblay est malade"].map((text) => JSON.stringify({ text })).join("\n");
  const run = prudence(["check", "--batch", "--pack", pack, "--directory", directory], { input });
  assert.equal(run.status, 0, run.err);
  assert.deepEqual(run.out.trim().split("\n").map((line) => JSON.parse(line).findings.length), [1, 0, 1]);
});

/** What is wrong, and what is told in French and in English. @type {[string, string | Buffer, RegExp, RegExp][]} */
const refused = [
  ["a list of patients", "#kind: patients\nRoy;Nathalie\n", /annuaire\.csv:1 : un annuaire est une liste de personnel/, /annuaire\.csv:1: a directory is a list of staff/],
  ["a file number", "Roy;Nathalie\nROYN54122816;Luc\n", /:2 : un nom ne contient pas de chiffre/, /:2: a name has no digit/],
  ["one column", "Roy\n", /:1 : il faut un nom de famille et un prénom/, /:1: a family name and a first name/],
  ["other bytes than UTF-8", Buffer.from([82, 59, 76, 10, 0xe9, 59, 76, 10]), /:2 : cette ligne n’est pas du texte UTF-8/, /:2: this line is not UTF-8/],
  ["nothing", "", /annuaire\.csv : l’annuaire ne nomme personne/, /annuaire\.csv: the directory names nobody/],
];
for (const [what, text, french, english] of refused) {
  test(`${what} is refused with its place, in both languages`, (t) => {
    const { pack, directory } = place(t, text);
    const args = ["check", "--pack", pack, "--directory", directory, "Bonjour"];
    const run = prudence(args);
    assert.equal(run.status, 2);
    assert.match(run.err, french);
    assert.equal(run.out, "");
    assert.match(prudence(args, { env: { LC_ALL: "en_CA.UTF-8" } }).err, english);
  });
}

test("a missing file is told", (t) => {
  const { pack } = place(t, STAFF);
  const run = prudence(["check", "--pack", pack, "--directory", join(pack, "absent.csv"), "Bonjour"]);
  assert.equal(run.status, 2);
  assert.match(run.err, /absent\.csv : l’annuaire n’existe pas/);
});

test("a directory of examples that would be refused is an error with its line", (t) => {
  const { pack } = place(t, STAFF, { directory_examples: ["Roy;Nathalie", "Roy"] });
  const run = prudence(["policy", "test", pack]);
  assert.equal(run.status, 1);
  assert.match(run.err + run.out, /pack\.json:1:\d+.*annuaire d’exemple refusé : il faut un nom de famille et un prénom/);
});

test("20,000 people are read", (t) => {
  const names = Array.from({ length: 20000 }, (_, i) => `N${letters(i % 8000)};P${letters(i % 700)};technologue`);
  const { pack, directory } = place(t, names.join("\n"));
  const input = Array.from({ length: 50 }, (_, i) => JSON.stringify({ text: `P${letters((i * 397) % 700)} N${letters((i * 397) % 8000)} est malade` })).join("\n");
  const run = prudence(["check", "--batch", "--pack", pack, "--directory", directory], { input });
  assert.equal(run.status, 0, run.err);
  const counts = run.out.trim().split("\n").map((line) => JSON.parse(line).findings.length);
  assert.equal(counts.length, 50);
  // Pairs that are not in the file (their numbers differ by the two periods) stay silent; those that are, are found.
  const known = new Set(names.map((name) => name.split(";").slice(0, 2).join(";")));
  assert.deepEqual(counts, Array.from({ length: 50 }, (_, i) => Number(known.has(`N${letters((i * 397) % 8000)};P${letters((i * 397) % 700)}`))));
});

/** @param {number} number */
function letters(number) {
  let text = "";
  for (let rest = number + 26; rest > 0; rest = Math.floor(rest / 26)) text += String.fromCharCode(97 + (rest % 26));
  return text;
}

test("the five packs have rules that use a directory", () => {
  const bytes = readFileSync(join(BUILD, "share/prudence/packs/chu.pack"));
  assert.ok(bytes.includes("directory.private-fact") && bytes.includes("directory.insult") && bytes.includes("repeat.published"));
});
