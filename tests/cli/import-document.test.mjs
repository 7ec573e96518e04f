// SPDX-License-Identifier: GPL-3.0-or-later
// `prudence policy import-document`: passages of the institution's own file, word for word, or an exact reason why not.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { privateFolder, prudence, ROOT } from "./prudence.mjs";

const ESSAI = join(ROOT, "tests/fixtures/packs/essai"); // clauses 1.1 and 1.2
const TEXT = [
  "POLITIQUE D’ESSAI",
  "",
  "1.1 Respect",
  "Chacun reste courtois.",
  "Toujours.",
  "",
  "1.2. Réputation",
  "Nul ne nuit à autrui,",
  "ni l'été ni l’hiver.",
  "",
  "2 Fin",
  "Voilà tout.",
  "",
].join("\n");

/** @param {string | Buffer} bytes */
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/**
 * @param {import("node:test").TestContext} t
 * @param {{text?: string | Buffer, map?: unknown, pack?: string, english?: boolean}} [given]
 */
function run(t, { text = TEXT, map, pack = ESSAI, english = false } = {}) {
  const folder = privateFolder(t);
  const file = join(folder, "politique.txt");
  const output = join(folder, "officiel.json");
  const places = join(folder, "lieux.json");
  writeFileSync(file, text);
  if (map !== undefined) writeFileSync(places, typeof map === "string" ? map : JSON.stringify(map, null, 1));
  const args = ["policy", "import-document", pack, "--text", file, ...(map === undefined ? [] : ["--clauses", places]), "-o", output];
  const result = prudence(args, { env: english ? { LANG: "en_CA.UTF-8" } : {} });
  const written = existsSync(output) ? JSON.parse(readFileSync(output, "utf8")) : null;
  return { ...result, written, file, places };
}

test("words first and last bind a passage, whatever the blanks and the apostrophes", (t) => {
  const map = { 1.2: { first: "Nul  ne nuit", last: "l'hiver." }, 1.1: { lines: [4, 5] } };
  const { status, out, err, written, file } = run(t, { map });
  assert.equal(err, "");
  assert.equal(status, 0);
  const clauses = [
    { id: "1.1", text: "Chacun reste courtois.\nToujours." },
    { id: "1.2", text: "Nul ne nuit à autrui,\nni l'été ni l’hiver." },
  ];
  assert.deepEqual(written, {
    schema: "prudence-official/1",
    pack: "essai",
    document: { sha256: sha256(readFileSync(file)) },
    passages_sha256: sha256(clauses.map(({ id, text }) => `${id}\0${text}\0`).join("")),
    clauses,
  });
  assert.match(out, /1\.1 +lignes 4 à 5 : « Chacun reste courtois\. Toujours\. … /);
  assert.match(out, /2 clauses sur 2/);
  assert.match(out, /etc\/prudence\/official\/essai\.json/);
});

test("without a map, a clause goes from the line that begins with its number to the next such line", (t) => {
  const { status, written } = run(t);
  assert.equal(status, 0);
  assert.deepEqual(
    written.clauses.map((/** @type {any} */ { id, text }) => [id, text.split("\n").at(-1)]),
    [["1.1", "Toujours."], ["1.2", "ni l'été ni l’hiver."]],
  );
  // Nothing says where the last one ends.
  const cut = run(t, { text: TEXT.slice(0, TEXT.indexOf("2 Fin")) });
  assert.deepEqual(cut.written.clauses.map((/** @type {any} */ { id }) => id), ["1.1"]);
  assert.match(cut.out, /sans passage, le résumé reste montré : 1\.2/);
});

test("the checksum is that of the file, byte order mark and line ends of Windows included; the passage has plain line ends", (t) => {
  const text = `\ufeff${TEXT.replaceAll("\n", "\r\n")}`;
  const { status, written } = run(t, { text, map: { 1.1: { lines: [3, 5] } } });
  assert.equal(status, 0);
  assert.equal(written.document.sha256, sha256(text));
  assert.equal(written.clauses[0].text, "1.1 Respect\nChacun reste courtois.\nToujours.");
});

test("a page break is a line end, other control characters are spaces", (t) => {
  const { written } = run(t, { text: "debut ici\fla\u0007 fin.\n", map: { 1.1: { first: "debut", last: "fin." } } });
  assert.equal(written.clauses[0].text, "debut ici\nla  fin.");
});

test("a built pack serves as well as a folder", (t) => {
  const pack = join(privateFolder(t), "essai.pack");
  assert.equal(prudence(["policy", "build", ESSAI, "-o", pack]).status, 0);
  assert.equal(run(t, { pack }).written.pack, "essai");
});

/** What is wrong, what is given, and the line on standard error in French and English. @type {[string, Parameters<typeof run>[1], RegExp, RegExp][]} */
const wrong = [
  ["words that are not there", { map: { 1.1: { first: "Personne", last: "Toujours." } } }, /lieux\.json:3:12 : .*« Personne » ne se trouve pas/, /"Personne" is not found/],
  ["last words before the first", { map: { 1.1: { first: "Toujours", last: "Chacun" } } }, /lieux\.json:4:11 : .*« Chacun »/, /"Chacun" is not found/],
  ["words that are there twice", { map: { 1.1: { first: "ni l", last: "hiver" } } }, /« ni l » se trouve deux fois/, /"ni l" is found twice/],
  ["empty words", { map: { 1.1: { first: " ", last: "hiver" } } }, /« {3}» ne se trouve pas/, /is not found/],
  ["a clause that the pack does not have", { map: { 9.9: { lines: [1, 1] } } }, /lieux\.json:2:9 : la clause « 9\.9 » n’existe pas; attendu : l’une de 1\.1, 1\.2/, /there is no clause "9\.9"/],
  ["lines that are not there", { map: { 1.1: { lines: [3, 99] } } }, /les lignes \[3, 99\] n’existent pas; attendu : .* de 1 à 12/, /the lines \[3, 99\] do not exist/],
  ["lines in the wrong order", { map: { 1.1: { lines: [5, 4] } } }, /\[5, 4\]/, /\[5, 4\]/],
  ["words and lines", { map: { 1.1: { first: "Chacun", last: "Toujours", lines: [1, 2] } } }, /n’est pas bien indiqué/, /is not well pointed at/],
  ["half of it", { map: { 1.1: { first: "Chacun" } } }, /n’est pas bien indiqué/, /is not well pointed at/],
  ["a misspelt member", { map: { 1.1: { debut: "Chacun" } } }, /membre inconnu « debut »/, /unknown member "debut"/],
  ["a map that is an array", { map: [] }, /attendu : object/, /expected: object/],
  ["a map that is no JSON", { map: "{" }, /pas du JSON/, /not JSON/],
  ["a number that begins two lines", { text: TEXT.replace("2 Fin", "1.1 Respect encore") }, /politique\.txt:11:1 : .*« 1\.1 » se trouve deux fois/, /"1\.1" is found twice/],
  ["bytes that are not UTF-8", { text: Buffer.from("1.1 R\n\xe9tat", "latin1") }, /politique\.txt:2:1 : .*UTF-8/, /not valid UTF-8/],
  ["a NUL", { text: "1.1 Respect\0" }, /politique\.txt:1:12 : .*caractère nul/, /NUL character/],
  ["a file above 4 MiB", { text: "a".repeat(4 * 1024 * 1024 + 1) }, /trop gros/, /too large/],
  ["passages above 192 KiB", { text: `1.1 A\n${"b".repeat(200 * 1024)}\n2 C\n` }, /trop gros; attendu : au plus 192/, /too large; expected: at most 192/],
  ["no passage at all", { text: "Rien.\n" }, /aucune clause n’est reconnue/, /no clause is recognised/],
];
for (const [what, given, french, english] of wrong) {
  test(`${what}: told exactly, in both languages, and nothing is written`, (t) => {
    const inFrench = run(t, given);
    assert.equal(inFrench.status, 1, inFrench.err);
    assert.match(inFrench.err, french);
    assert.equal(inFrench.written, null);
    assert.match(run(t, { ...given, english: true }).err, english);
  });
}

test("a missing option, pack or file is an error of use", (t) => {
  const folder = privateFolder(t);
  const file = join(folder, "t.txt");
  const output = join(folder, "o.json");
  writeFileSync(file, TEXT);
  /** @type {[string[], RegExp][]} */
  const cases = [
    [[], /DOSSIER/],
    [[ESSAI, "-o", output], /--text/],
    [[ESSAI, "--text", file], /-o/],
    [[join(folder, "absent.pack"), "--text", file, "-o", output], /absent\.pack/],
    [[ESSAI, "--text", join(folder, "absent.txt"), "-o", output], /absent\.txt/],
    [[ESSAI, "--text", file, "-o", join(folder, "absent/o.json")], /absent/],
  ];
  for (const [args, told] of cases) {
    const { status, err } = prudence(["policy", "import-document", ...args]);
    assert.equal(status, 2, String(args));
    assert.match(err, told);
  }
});
