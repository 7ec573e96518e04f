// SPDX-License-Identifier: GPL-3.0-or-later
// prudence check: what a person reads, and what a script gets.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { BUILD, CHU, MINI, check, privateFolder, prudence, underlined } from "./prudence.mjs";

test("a clean text exits 0 and says so", () => {
  const { status, out, err } = check("Bonjour à tous");
  assert.equal(status, 0);
  assert.match(out, /Bonjour à tous/);
  assert.match(out, /Rien à signaler\./);
  assert.equal(err, "");
});

test("a finding exits 1 with the words, the clause, the summary and the remedy", () => {
  const { status, out } = check("Quel cornichon! 418-555-0142");
  assert.equal(status, 1);
  assert.deepEqual(underlined(out), ["cornichon", "418-555-0142"]);
  for (const part of ["1. SÉRIEUX  Ceci est un numéro de téléphone.", "Clause 3.1, Discrétion", "Taire ce qui concerne autrui.",
    "À faire : Retirez le numéro.", "personal-info.phone [personal-info], 60 points sur 60 nécessaires",
    "2. À REVOIR  Ce mot peut blesser.", "Clause 3.2, Courtoisie"])
    assert.ok(out.includes(part), `expected: ${part}\nseen: ${out}`);
  assert.ok(!out.includes("Rien à signaler"));
});

/** @type {[string, string, string[]][]} */
const texts = [
  ["accents", "Été à l’hôpital : cornichon", ["cornichon"]],
  ["combining accents", "E\u0301te\u0301, cornichon ici", ["cornichon"]],
  ["emoji", "🎉🎉 cornichon 🎉 gros navet", ["cornichon", "gros navet"]],
  ["wide characters", "日本 漢字 cornichon", ["漢字", "cornichon"]],
  ["full-width letters", "ＡＢ ｃｏｒｎｉｃｈｏｎ ok", ["ｃｏｒｎｉｃｈｏｎ"]],
  ["ligatures", "cœur œuvre cornichon", ["cornichon"]],
  ["a tab", "\tun\tcornichon ici", ["cornichon"]],
  ["several lines", "ligne une\r\ncornichon\n\nun gros navet", ["cornichon", "gros navet"]],
  ["the beginning and the end", "cornichon", ["cornichon"]],
];
for (const [title, text, words] of texts) {
  test(`carets stand under the right words with ${title}`, () => {
    assert.deepEqual(underlined(check(text).out), words);
  });
}

test("what a terminal would obey never reaches it", () => {
  const nasty = "a\u001b[2Jb\u0007c\rd\u007fe\u009b31mf\u0085g\u202Eh\u2066i cornichon\u001b]0;titre\u0007";
  const { status, out } = check(nasty);
  assert.equal(status, 1);
  assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
  // A control character belongs to the word before it, as a combining mark does.
  assert.deepEqual(underlined(out).map((word) => word.trim()), ["cornichon"]);
  const errors = [
    prudence(["check", "--pack", "/x\u001b[31m", "a"]),
    prudence(["\u001b[31m"]),
    prudence(["check", "--institution", "\u001b[31m", "a"]),
    prudence(["check", "--pack", MINI, "--batch"], { input: '\u001b[31m\n{"text":"a","institution":"\\u001b[31m"}\n' }),
  ];
  for (const { status: failed, err } of errors) {
    assert.equal(failed, 2);
    assert.doesNotMatch(err, /\u001b/);
  }
});

test("no colours without a terminal, colours and no carets with one", () => {
  assert.doesNotMatch(check("cornichon").out, /\u001b/);
  const program = [join(BUILD, "prudence"), "check", "--pack", MINI, "cornichon"].map((part) => `'${part}'`).join(" ");
  const run = spawnSync("script", ["-qec", program, "/dev/null"], { encoding: "utf8" });
  if (run.error) return; // util-linux is not everywhere
  assert.match(run.stdout, /\u001b\[4;33mcornichon\u001b\[0m/);
  assert.doesNotMatch(run.stdout, /\^/);
});

test("French is the default; LC_ALL, LC_MESSAGES and LANG choose English in that order", () => {
  const says = (/** @type {Record<string, string>} */ env) => (/Nothing to report/.test(check("ok", { env }).out) ? "en" : "fr");
  assert.equal(says({}), "fr");
  assert.equal(says({ LANG: "en_CA.UTF-8" }), "en");
  assert.equal(says({ LANG: "en" }), "en");
  assert.equal(says({ LANG: "fr_CA.UTF-8" }), "fr");
  assert.equal(says({ LANG: "C" }), "fr");
  assert.equal(says({ LANG: "english" }), "fr");
  assert.equal(says({ LANG: "fr_CA", LC_MESSAGES: "en_US" }), "en");
  assert.equal(says({ LANG: "en_US", LC_MESSAGES: "fr_CA" }), "fr");
  assert.equal(says({ LANG: "en_US", LC_MESSAGES: "en_US", LC_ALL: "fr_CA" }), "fr");
  assert.equal(says({ LANG: "en_US", LC_MESSAGES: "", LC_ALL: "" }), "en");
  const { out } = check("cornichon", { env: { LANG: "en_CA" } });
  for (const part of ["TO REVIEW  This word may hurt.", "Clause 3.2, Courtesy", "Stay courteous.", "What to do: Choose another word."])
    assert.ok(out.includes(part), `expected: ${part}\nseen: ${out}`);
});

test("the text comes from the argument, from standard input, or from -", () => {
  assert.equal(prudence(["check", "--pack", MINI], { input: "un cornichon" }).status, 1);
  assert.equal(prudence(["check", "--pack", MINI, "-"], { input: "un cornichon" }).status, 1);
  assert.equal(prudence(["check", "--pack", MINI, "-"], { input: "" }).status, 0);
  assert.equal(prudence(["check", "cornichon", "--pack", MINI]).status, 1);
});

test("what is not a text is an error, never a clean text", () => {
  const badBytes = prudence(["check", "--pack", MINI], { input: Buffer.from([0x63, 0xff, 0x64]) });
  assert.equal(badBytes.status, 2);
  assert.match(badBytes.err, /UTF-8/);
  const hidden = prudence(["check", "--pack", MINI], { input: "ok\0 un cornichon" });
  assert.equal(hidden.status, 2);
  assert.match(hidden.err, /U\+0000/);
  const large = prudence(["check", "--pack", MINI], { input: "a".repeat(4 * 1024 * 1024 + 1) });
  assert.equal(large.status, 2);
  assert.match(large.err, /4 Mio/);
});

test("venue and account choose what binds", () => {
  assert.equal(check("45 $").status, 0);
  assert.equal(check("45 $", { args: ["--venue", "official-page"] }).status, 1);
  assert.equal(check("45 $", { args: ["--venue", "work-group"] }).status, 0);
  assert.equal(check("45 $", { args: ["--venue", "official-page", "--account", "official"] }).status, 1);
  for (const args of [["--venue", "mur"], ["--account", "autre"]]) {
    const { status, err } = check("a", { args });
    assert.equal(status, 2);
    assert.match(err, /personal, official/);
  }
});

test("usage errors exit 2 and say what was wrong", () => {
  /** @type {[string[], RegExp][]} */
  const cases = [
    [["check", "--couleur", "a"], /option inconnue « --couleur »/],
    [["check", "--pack"], /« --pack » demande une valeur/],
    [["check", "--pack", MINI, "deux", "mots"], /argument en trop « mots »/],
    [["check", "--pack", MINI, "--batch", "texte"], /argument en trop « texte »/],
    [["check", "--pack", "/absent.pack", "a"], /\/absent\.pack/],
    [["check", "--pack", join(MINI, "..", "..", "..", "..", "Makefile"), "a"], /endommagé/],
    [["check", "--institution", "../chu", "a"], /« \.\.\/chu » n’est pas permis/],
    [["check", "--institution", "absente", "a"], /absente\.pack/],
    [["verifier"], /« verifier » n’est pas un verbe/],
    [["policy"], /ACTION/],
    [["policy", "detruire"], /test, lint, build/],
    [["policy", "test"], /DOSSIER/],
    [["policy", "build", MINI], /-o FICHIER/],
    [["policy", "build", MINI, "deux", "-o", "x"], /argument en trop « deux »; mettez entre guillemets ce qui contient des espaces/],
    [["ledger"], /ACTION/],
    [["ledger", "burn"], /list/],
  ];
  for (const [args, expected] of cases) {
    const { status, out, err } = prudence(args);
    assert.equal(status, 2, args.join(" "));
    assert.match(err, expected);
    assert.match(err, /^prudence : /m);
    assert.equal(out, "");
  }
});

test("a profile or pack that cannot be used is told with its reason and place", (t) => {
  const folder = privateFolder(t);
  copyFileSync(join(BUILD, "prudence"), join(folder, "prudence"));
  mkdirSync(join(folder, "etc/prudence"), { recursive: true });
  const profile = join(folder, "etc/prudence/profile.json");
  const says = (/** @type {string} */ language) => spawnSync(join(folder, "prudence"), ["check", "a"], { env: { LANG: language }, encoding: "utf8" });
  assert.match(says("fr").stderr, /aucun établissement : .*profile\.json/);
  writeFileSync(profile, '{"institution": "chu",\n "langage": "fr"}');
  assert.match(says("fr").stderr, /profile\.json:2:2 : clé inconnue « langage »/);
  assert.match(says("en").stderr, /profile\.json:2:2: unknown key "langage"/);
  rmSync(profile);
  mkdirSync(profile);
  const { status, stderr } = says("fr");
  assert.equal(status, 2);
  assert.match(stderr, /profile\.json : fichier illisible/);
  // A loop of links: there, but not to be read.
  symlinkSync("boucle.pack", join(folder, "boucle.pack"));
  assert.match(prudence(["check", "--pack", join(folder, "boucle.pack"), "a"]).err, /impossible de lire .*boucle\.pack : /);
});

test("each verb has its help in both languages", () => {
  for (const args of [["--help"], ["-h"], ["help"], ["check", "--help"], ["policy", "--help"], ["policy", "test", "-h"], ["ledger", "--help"]]) {
    const french = prudence(args);
    const english = prudence(args, { env: { LANG: "en_CA" } });
    assert.equal(french.status, 0);
    assert.equal(english.status, 0);
    assert.match(french.out, /^(Prudence .*\n\n)?Usage : prudence/);
    assert.match(english.out, /^(Prudence .*\n\n)?Usage: prudence/);
  }
  assert.equal(prudence([]).status, 2);
  assert.match(prudence(["--version"]).out, /^prudence \d+\.\d+\.\d+\n$/);
});

test("a full disk is an error", () => {
  const run = spawnSync("/bin/sh", ["-c", `'${join(BUILD, "prudence")}' check --pack '${MINI}' ok > /dev/full`]);
  assert.equal(run.status, 2);
});

test("the pack of the CHU: a health insurance number is underlined and cites 7.1", () => {
  const { status, out } = prudence(["check", "--pack", CHU, "Le NAM de ma patiente est TEST 5412 2816"]);
  assert.equal(status, 1);
  assert.ok(underlined(out).includes("TEST 5412 2816"), out);
  assert.match(out, /Clause 7\.1/);
});

test("the pack of the CHU: thanks stay silent", () => {
  const { status, out } = prudence(["check", "--pack", CHU, "Merci à toute l’équipe de l’urgence !"]);
  assert.equal(status, 0, out);
});

test("the pack of the CHU: a patient's name, room and illness are serious", () => {
  const { status, out } = prudence(["check", "--pack", CHU, "--json", "Mme Gervaise Bolduc de la chambre 312 a fait un AVC"]);
  assert.equal(status, 1, out);
  assert.equal(JSON.parse(out).severity, "serious");
});
