// SPDX-License-Identifier: GPL-3.0-or-later
// prudence policy explain, coverage, diff and lint, and the rules in state shadow: what policy authors look at packs with.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { MINI, ROOT, privateFolder, prudence } from "./prudence.mjs";

const ESSAI = join(ROOT, "tests/fixtures/packs/essai");
const ENGLISH = { env: { LANG: "en" } };

/** @typedef {import("node:test").TestContext} TestContext */

/** The trial pack with one change, in a private folder of folders. @param {TestContext} t @param {(pack: any) => void} [change] @param {string} [name] */
function essai(t, change = () => {}, name = "essai") {
  const root = privateFolder(t);
  const pack = JSON.parse(readFileSync(join(ESSAI, "pack.json"), "utf8"));
  change(pack);
  mkdirSync(join(root, name));
  writeFileSync(join(root, name, "pack.json"), JSON.stringify(pack, null, 1));
  return { root, folder: join(root, name) };
}

/** @param {string} id @param {any} [members] */
function rule(id, members = {}) {
  return {
    id,
    category: "insult-defamation",
    severity: "warn",
    match: [{ terms: ["patapouf"] }],
    message: { fr: "Ce mot peut blesser.", en: "This word may hurt." },
    remedy: { fr: "Choisissez un autre mot.", en: "Choose another word." },
    examples: { match: ["patapouf", "un patapouf", "ce patapouf"], clean: ["ah", "oh", "eh"] },
    ...members,
  };
}

/** @param {string} text @param {string[]} [args] @param {string} [pack] */
function explain(text, args = [], pack = ESSAI) {
  const { status, out, err } = prudence(["policy", "explain", "--pack", pack, "--json", ...args, "--", text]);
  assert.equal(status, 0, err);
  return JSON.parse(out);
}

/** @param {any} answer @param {string} id */
const ruleOf = (answer, id) => answer.rules.find((/** @type {any} */ row) => row.rule === id);

// --- explain

test("explain: what fires comes first, and what does not bind says where", () => {
  const answer = explain("Quel zigoto, quel bazar");
  assert.deepEqual(answer.rules.map((/** @type {any} */ row) => [row.rule, row.shown, row.silent]), [
    ["insult-defamation.zigoto", true, []],
    ["reputation-attack.page", false, ["venue"]],
  ]);
  assert.deepEqual(answer.rules[0].evidence, [{ name: "insult-defamation.zigoto#1", words: "zigoto", points: 60, span: [5, 11] }]);
  const there = explain("Quel zigoto, quel bazar", ["--venue", "official-page"]);
  assert.ok(there.rules.every((/** @type {any} */ row) => row.shown));
});

test("explain: each reason for silence, with its words", (t) => {
  const { folder } = essai(t, (pack) => {
    const examples = { match: ["gros navet", "gros navet ici"], clean: ["ah", "oh"] };
    const near = [{ terms: ["gros"], required: true }];
    pack.rules.push(rule("t.missing", { match: [{ terms: ["navet"] }], near, examples }));
    pack.rules.push(rule("t.points", { match: [{ terms: ["rave"], points: 30 }], near: [{ terms: ["gros"], points: 30 }], examples: { match: ["gros rave", "rave gros"], clean: ["ah", "oh"] } }));
    pack.rules.push(rule("t.excused", { match: [{ terms: ["chou"] }], unless: [{ terms: ["chou de Bruxelles", "soupe"] }], examples: { match: ["chou", "un chou"], clean: ["ah", "oh"] } }));
    pack.rules.push(rule("t.quoted", { match: [{ terms: ["panais"] }], quoted: "ignore", examples: { match: ["panais", "un panais"], clean: ["ah", "oh"] } }));
    pack.rules.push(rule("t.account", { match: [{ terms: ["radis"] }], when: { account: ["official"] }, examples: { match: ["radis", "un radis"], clean: ["ah", "oh"] } }));
    pack.rules.push(rule("t.shadow", { match: [{ terms: ["betterave"] }], state: "shadow", examples: { match: ["betterave", "une betterave"], clean: ["ah", "oh"] } }));
    pack.rules.push(rule("t.repeats", { match: [{ terms: ["zigoto"] }], severity: "info", examples: { match: ["zigoto", "un zigoto"], clean: ["ah", "oh"] } }));
  });
  const answer = explain("navet, rave, chou de Bruxelles, « panais », radis, betterave, zigoto", [], folder);
  const expected = { missing: 0, points: 0, excused: 0, quoted: 0, account: 0, shadow: 0, repeats: 0 };
  for (const reason of Object.keys(expected)) assert.deepEqual(ruleOf(answer, `t.${reason}`).silent, [reason], `expected: ${reason} is silent for its own reason`);
  assert.deepEqual(ruleOf(answer, "t.missing").missing.map((/** @type {any} */ item) => item.name), ["t.missing#2"]);
  assert.equal(ruleOf(answer, "t.points").points, 30);
  assert.equal(ruleOf(answer, "t.excused").excuses[0].words, "chou de Bruxelles");
  const near = explain("chou dans la soupe", [], folder);
  assert.equal(ruleOf(near, "t.excused").excuses[0].words, "soupe");
  const text = prudence(["policy", "explain", "--pack", folder, "navet, rave, chou de Bruxelles, « panais », radis, betterave, zigoto"]).out;
  for (const line of [/indice obligatoire absent : t\.missing#2/, /il manque 30 points/, /excusée par t\.excused#2 « chou de Bruxelles »/, /entre guillemets/, /ne vise pas ce compte : personal/, /observation/, /montre déjà ces mots/])
    assert.match(text, line);
});

test("explain never disagrees with check", () => {
  const texts = ["Quel zigoto", "zz", "zz zz bazar", "Un œuf pourri, un bazar", "", "rien du tout"];
  for (const text of texts) {
    for (const venue of ["personal", "official-page", "work-group"]) {
      const checked = JSON.parse(prudence(["check", "--pack", ESSAI, "--batch", "--venue", venue], { input: JSON.stringify({ text }) }).out);
      const shown = explain(text, ["--venue", venue]).rules.filter((/** @type {any} */ row) => row.shown);
      assert.deepEqual(shown.map((/** @type {any} */ row) => row.rule).sort(), checked.findings.map((/** @type {any} */ row) => row.rule).sort());
    }
  }
});

test("explain: the institution's own identifiers are named and skipped", () => {
  const answer = explain("Appelez au 418 555-0100 ou au 418 555-0142", [], MINI);
  assert.deepEqual(answer.identifiers.map((/** @type {any} */ row) => [row.kind, row.words, row.own]), [
    ["phone", "418 555-0100", true],
    ["phone", "418 555-0142", false],
  ]);
  const text = prudence(["policy", "explain", "--pack", MINI, "Appelez au 418 555-0100"]).out;
  assert.match(text, /Identifiant phone « 418 555-0100 » : laissé de côté, il est à l’établissement/);
});

test("explain: metrics that the pack asks for, and a shared rule that the policy leaves out", (t) => {
  const { root, folder } = essai(t, (pack) => {
    pack.include = ["../common/shared.json"];
    pack.rules.push(rule("t.metric", { match: [{ metric: "uppercase-percent", at_least: 70 }], examples: { match: ["JE CRIE TRÈS FORT ICI MÊME", "ENCORE UN TEXTE EN CAPITALES"], clean: ["ah", "oh"] } }));
  });
  mkdirSync(join(root, "common"));
  writeFileSync(join(root, "common/shared.json"), JSON.stringify({ rules: [rule("t.politics", { category: "political-union", match: [{ terms: ["votez"] }], examples: { match: ["votez", "votez ici"], clean: ["ah", "oh"] } })] }));
  const answer = explain("Votez pour la démocratie", [], folder);
  assert.deepEqual(ruleOf(answer, "t.politics").silent, ["category"]);
  assert.deepEqual(answer.metrics, { "uppercase-percent": 4 });
  assert.deepEqual(answer.model, []);
  assert.match(prudence(["policy", "explain", "--pack", folder, "Votez"], ENGLISH).out, /does not have the category political-union: shared rule left out/);
});

test("explain: reads standard input, and says what is wrong with its arguments", () => {
  assert.match(prudence(["policy", "explain", "--pack", ESSAI, "-"], { input: "Quel zigoto" }).out, /^1\. SIGNALE {2}insult-defamation\.zigoto/);
  assert.match(prudence(["policy", "explain", "--pack", ESSAI, "bonjour"], ENGLISH).out, /No rule came near this text/);
  /** @type {[string[], RegExp][]} */
  const wrong = [
    [["--pack", ESSAI], /il manque TEXTE/],
    [["--pack", ESSAI, "--venue", "ici", "x"], /--venue : « ici » n’est pas permis/],
    [["--pack", ESSAI, "--account", "x", "x"], /--account : « x » n’est pas permis/],
    [["--pack", "/absent", "x"], /\/absent/],
    [["--pack", ESSAI, "x", "y"], /argument en trop « y »/],
  ];
  for (const [args, expected] of wrong) {
    const { status, err } = prudence(["policy", "explain", ...args]);
    assert.equal(status, 2);
    assert.match(err, expected);
  }
});

// --- shadow

test("check --batch --shadow lists what the rules in state shadow would have said", (t) => {
  const { folder } = essai(t, (pack) => pack.rules.push(rule("t.shadow", { state: "shadow" }), rule("t.page", { state: "shadow", when: { venue: ["official-page"] } })));
  const input = [{ text: "un patapouf" }, { text: "un patapouf", venue: "official-page" }, { text: "un zigoto" }].map((row) => JSON.stringify(row)).join("\n");
  const rows = (/** @type {string[]} */ args) => prudence(["check", "--pack", folder, "--batch", ...args], { input }).out.trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(rows(["--shadow"]).map((row) => [row.shadow, row.findings.length]), [[["t.shadow"], 0], [["t.shadow", "t.page"], 0], [[], 1]]);
  assert.ok(rows([]).every((row) => !("shadow" in row)));
  const alone = prudence(["check", "--pack", folder, "--shadow", "un patapouf"]);
  assert.equal(alone.status, 2);
  assert.match(alone.err, /« --shadow » va avec « --batch »/);
});

// --- coverage

/** @param {string} statement @param {any} [members] */
function row(statement, members = {}) {
  return { statement, summary: { fr: "Rester courtois & <poli>.", en: "Stay courteous." }, carrier: "rule", by: ["category:insult-defamation"], state: "done", clause: "1.1", ...members };
}

const WHOLE = [
  row("essai-1-a"),
  row("essai-1-b", { by: ["reputation-attack.page", "obscene-porn.zut", "offtopic-link.zut"], clause: "" }),
  row("essai-1-c", { carrier: "reminder", by: ["work-hours", "link-hint"] }),
  row("essai-1-d", { carrier: "workflow", by: ["signer-engagement"], state: "planned" }),
  row("essai-1-e", { carrier: "none", by: [], reason: { fr: "Une personne en décide.", en: "A person decides." } }),
];
const STATEMENTS = WHOLE.map(({ statement }) => ({ id: statement, institution: "essai" }));

/** A folder of policies with these rows. @param {TestContext} t @param {any} rows @param {any} [statements] @param {any} [about] */
function policies(t, rows, statements, about) {
  const { root, folder } = essai(t);
  writeFileSync(join(folder, "coverage.json"), typeof rows === "string" ? rows : JSON.stringify(rows, null, 1));
  if (about !== undefined) writeFileSync(join(folder, "about.json"), JSON.stringify(about));
  const against = join(root, "statements.json");
  if (statements !== undefined) writeFileSync(against, JSON.stringify(statements, null, 1));
  return { root, folder, against };
}

test("coverage: a whole one, as a table, against the statements, and exits 0", (t) => {
  const { root, folder, against } = policies(t, WHOLE, STATEMENTS);
  for (const path of [root, folder]) {
    const { status, out, err } = prudence(["policy", "coverage", path, "--against", against]);
    assert.equal(status, 0, err);
    assert.equal(err, "");
    assert.match(out, /^essai +rule +2 +0$/m);
    assert.match(out, /^essai +workflow +0 +1$/m);
    assert.match(out, /^essai +none +1 +0$/m);
    assert.match(out, /^essai += +4 +1$/m);
    assert.match(out, /^5 \/ 5$/m);
  }
});

test("coverage --json holds each statement, the counts and the rules that nothing names", (t) => {
  const { root, against } = policies(t, WHOLE.slice(0, 1), STATEMENTS);
  const { status, out, err } = prudence(["policy", "coverage", root, "--json", "--against", against]);
  assert.equal(status, 1);
  const answer = JSON.parse(out);
  assert.deepEqual(answer.against, { found: 1, expected: 5 });
  assert.equal(answer.complete, false);
  assert.equal(answer.packs[0].statements[0].statement, "essai-1-a");
  assert.deepEqual(answer.packs[0].carriers.rule, { done: 1, planned: 0 });
  assert.deepEqual(answer.packs[0].unclaimed, ["reputation-attack.page", "obscene-porn.zut", "offtopic-link.zut"]);
  assert.match(err, /pack\.json:\d+:\d+ : conseil, règle obscene-porn\.zut : aucun énoncé de .*coverage\.json ne nomme cette règle/);
  assert.equal(err.match(/rien ne dit ce qui porte l’énoncé « essai-1-[b-e] »; attendu : une entrée dans .*coverage\.json/g)?.length, 4);
});

test("coverage --html writes one page that stands alone, in both languages", (t) => {
  const { root, against } = policies(t, WHOLE, STATEMENTS);
  const page = join(root, "page.html");
  const { status, err } = prudence(["policy", "coverage", root, "--html", page, "--against", against]);
  assert.equal(status, 0, err);
  const html = readFileSync(page, "utf8");
  assert.match(html, /^<!DOCTYPE html>\n<html lang="fr">/);
  assert.match(html, /<section id="en" lang="en">/);
  assert.match(html, /Rester courtois &amp; &lt;poli&gt;\./);
  assert.match(html, /Énoncés comptés : 5 \/ 5/);
  assert.match(html, /A person decides\./);
  assert.doesNotMatch(html, /<script|src=|https?:\/\//);
  const open = [...html.matchAll(/<(table|tr|td|th|section|div|main|caption|p|code)\b/g)].length;
  assert.equal([...html.matchAll(/<\/(table|tr|td|th|section|div|main|caption|p|code)>/g)].length, open);
  const nowhere = prudence(["policy", "coverage", root, "--html", join(root, "absent/page.html")]);
  assert.equal(nowhere.status, 2);
  assert.match(nowhere.err, /impossible d’écrire .*page\.html/);
});

/** Each way to get coverage.json wrong. @type {[string, any, RegExp][]} */
const WRONG_ROWS = [
  ["not JSON", "[", /ce n’est pas du JSON/],
  ["not an array", {}, /coverage\.json:1:1 : « coverage\.json » n’a pas le bon type; attendu : array/],
  ["not an object", ["a"], /« coverage\.json » n’a pas le bon type; attendu : object/],
  ["a member too many", [row("a", { extra: 1 })], /membre inconnu « extra »; attendu : l’un de statement, summary, carrier, by, state, reason, clause/],
  ["a member missing", [{ ...row("a"), state: undefined }], /il manque le membre « state »/],
  ["a bad identifier", [row("A b")], /« A b » n’est pas un identifiant/],
  ["an unknown carrier", [row("a", { carrier: "regle" })], /valeur inconnue « regle »; attendu : l’un de rule, reminder, workflow, information, none/],
  ["an unknown state", [row("a", { state: "fait" })], /valeur inconnue « fait »; attendu : l’un de done, planned/],
  ["one language", [row("a", { summary: { fr: "a" } })], /il manque le membre « en »/],
  ["an empty summary", [row("a", { summary: { fr: "", en: "a" } })], /« summary » est vide/],
  ["a statement twice", [row("a"), row("a")], /« a » est défini deux fois; déjà défini ici : .*coverage\.json:2:2/],
  ["nothing by", [row("a", { by: [] })], /« by » est vide/],
  ["an empty name", [row("a", { by: [""] })], /« by » est vide/],
  ["a rule that is not there", [row("a", { by: ["x.y"] })], /coverage\.json:\d+:\d+ : la règle « x\.y » n’est pas dans le corpus « essai » tel que construit; attendu : une de ses règles, ou « category:NOM »/],
  ["a category without a rule", [row("a", { by: ["category:copyright"] })], /le corpus « essai » n’a aucune règle de la catégorie « copyright »/],
  ["an unknown reminder", [row("a", { carrier: "reminder", by: ["coffee"] })], /valeur inconnue « coffee »; attendu : l’un de work-hours, work-device, .*link-hint/],
  ["a workflow that is no identifier", [row("a", { carrier: "workflow", by: ["Signer !"] })], /« Signer ! » n’est pas un identifiant/],
  ["information without about.json", [row("a", { carrier: "information", by: ["contacts"] })], /about\.json.* ne peut pas être lu/],
  ["nothing without a reason", [row("a", { carrier: "none", by: [] })], /il manque le membre « reason »/],
  ["nothing, by something", [row("a", { carrier: "none", by: ["x"], reason: { fr: "a", en: "b" } })], /rien ne porte « a »; attendu : « by » vide/],
  ["an unknown clause", [row("a", { clause: "9" })], /la clause « 9 » n’existe pas; attendu : l’une de 1\.1, 1\.2/],
];

for (const [name, rows, expected] of WRONG_ROWS) {
  test(`coverage.json: ${name} is an exact error`, (t) => {
    const { root } = policies(t, rows);
    const { status, err } = prudence(["policy", "coverage", root]);
    assert.equal(status, 1);
    assert.match(err, expected);
  });
}

test("coverage.schema.json knows the same reminders and carriers as the command", (t) => {
  const { properties, allOf } = JSON.parse(readFileSync(join(ROOT, "policies/coverage.schema.json"), "utf8")).items;
  const told = (/** @type {any} */ wrong) => prudence(["policy", "coverage", policies(t, [row("a", wrong)]).root]).err.match(/valeur inconnue « x »; attendu : l’un de (.*)/)?.[1].split(", ");
  assert.deepEqual(told({ carrier: "x" }), properties.carrier.enum);
  assert.deepEqual(told({ state: "x" }), properties.state.enum);
  assert.deepEqual(told({ carrier: "reminder", by: ["x"] }), allOf[1].then.properties.by.items.enum);
});

test("coverage: information names entries of about.json; what is planned need not exist", (t) => {
  const rows = [...WHOLE, row("essai-2-a", { carrier: "information", by: ["contacts"] }), row("essai-2-b", { by: ["t.soon"], state: "planned" })];
  const about = { information: [{ id: "contacts" }] };
  assert.equal(prudence(["policy", "coverage", policies(t, rows, undefined, about).root]).status, 0);
  const { status, err } = prudence(["policy", "coverage", policies(t, rows, undefined, { information: [{ id: "autre" }] }).root]);
  assert.equal(status, 1);
  assert.match(err, /« contacts » n’est pas dans « information » de .*about\.json/);
});

test("coverage: what cannot be looked at is an error of its own", (t) => {
  const { root, folder } = essai(t);
  const without = prudence(["policy", "coverage", root]);
  assert.equal(without.status, 1);
  assert.match(without.err, /coverage\.json.* ne peut pas être lu/);
  const empty = prudence(["policy", "coverage", privateFolder(t)]);
  assert.equal(empty.status, 2);
  assert.match(empty.err, /ne contient aucun corpus de règles/);
  writeFileSync(join(folder, "pack.json"), "{}");
  assert.equal(prudence(["policy", "coverage", root]).status, 1);
  assert.match(prudence(["policy", "coverage"]).err, /il manque DOSSIERS/);
  assert.match(prudence(["policy", "coverage", root, "--examples"]).err, /il manque --against/);
});

test("coverage --against: missing, invented, elsewhere, and files that are none", (t) => {
  const { root, against } = policies(t, WHOLE, [...STATEMENTS.slice(1), { id: "essai-9", institution: "essai" }, { id: "essai-1-a", institution: "autre" }]);
  const { status, out, err } = prudence(["policy", "coverage", root, "--against", against], ENGLISH);
  assert.equal(status, 1);
  assert.match(err, /nothing says what carries the statement "essai-9"/);
  assert.match(err, /the statement "essai-1-a" is of the institution "autre"/);
  assert.match(out, /^4 \/ 5$/m);
  writeFileSync(against, JSON.stringify(STATEMENTS.slice(1)));
  assert.match(prudence(["policy", "coverage", root, "--against", against]).err, /« essai-1-a » n’est pas un énoncé de .*statements\.json/);
  /** @type {[string, number, RegExp][]} */
  const wrong = [["{}", 2, /n’a pas le bon type; attendu : array/], ["[", 2, /ce n’est pas du JSON/], ['[{"id": "a"}]', 1, /il manque le membre « institution »/]];
  for (const [text, expected, message] of wrong) {
    writeFileSync(against, text);
    const run = prudence(["policy", "coverage", root, "--against", against]);
    assert.equal(run.status, expected);
    assert.match(run.err, message);
  }
  assert.equal(prudence(["policy", "coverage", root, "--against", "/absent.json"]).status, 2);
});

test("coverage --examples judges in the context that a bracket names, and names what it skips", (t) => {
  const examples = {
    ...STATEMENTS[1],
    implementation: "text-rule",
    examples_violating: ["[page officielle] Quel bazar", "Quel bazar", "[photo jointe] Quel bazar"],
    examples_ok: ["[page personnelle] Quel bazar", "[groupe privé d'équipe] zz"],
  };
  const { root, against } = policies(t, WHOLE, [STATEMENTS[0], examples, ...STATEMENTS.slice(2)]);
  const { status, out, err } = prudence(["policy", "coverage", root, "--against", against, "--examples"]);
  assert.equal(status, 0, err);
  assert.match(out, /essai-1-b : 1\/2 trouvés, 1\/2 silencieux\n {3}non essayé.*« \[photo jointe\] Quel bazar »|essai-1-b : 1\/2 trouvés, 1\/2 silencieux\n {3}non trouvé : « Quel bazar »/);
  assert.match(out, /signalé à tort : « \[groupe privé d'équipe\] zz » \(obscene-porn\.zut\)/);
  assert.match(out, /exemples contraires trouvés 1\/2, exemples permis silencieux 1\/2, non essayés 1\n$/);
  const answer = JSON.parse(prudence(["policy", "coverage", root, "--against", against, "--examples", "--json"]).out);
  assert.deepEqual(answer.examples_total, { violating_found: 1, violating: 2, clean_silent: 1, clean: 2, skipped: 1 });
  assert.deepEqual(answer.examples[0].problems.map((/** @type {any} */ problem) => problem.problem), ["silent", "skipped", "fires"]);
});

const REAL_STATEMENTS = join(resolve(ROOT, process.env.PRUDENCE_SHARED ?? "../shared"), "requirements/clauses.json");
const absent = existsSync(REAL_STATEMENTS) ? false : `no statements at ${REAL_STATEMENTS}`;

test("the statements of the five policies, where they are at hand, are read as they are", { skip: absent }, (t) => {
  const { root } = policies(t, WHOLE);
  const { status, err } = prudence(["policy", "coverage", root, "--against", REAL_STATEMENTS]);
  assert.equal(status, 1);
  assert.match(err, /« essai-1-a » n’est pas un énoncé de/);
});

// --- diff

/** Two versions of the trial pack and a corpus. @param {TestContext} t @param {(pack: any) => void} change @param {string | any[]} rows */
function versions(t, change, rows) {
  const before = essai(t).folder;
  const { root, folder } = essai(t, change);
  const corpus = join(root, "corpus.jsonl");
  writeFileSync(corpus, typeof rows === "string" ? rows : rows.map((line) => JSON.stringify(line)).join("\n"));
  return { before, after: folder, corpus };
}

const CORPUS = [
  { id: "p1", text: "Quel zigoto", institution: "essai", categories: ["insult-defamation"], severity: "warn" },
  { id: "p2", text: "Quel zigoto", institution: "autre" },
  { id: "p3", text: "Quel patapouf", categories: ["insult-defamation"] },
  { id: 4, text: "Ce patapouf", categories: [] },
  { id: "p5", text: "rien", categories: [] },
];

test("diff: which posts change, by which rules, for better or worse", (t) => {
  const change = (/** @type {any} */ pack) => {
    pack.rules[0].severity = "info";
    pack.rules[1].state = "shadow";
    pack.rules[3].threshold = 50;
    pack.rules.splice(4, 1);
    pack.rules.push(rule("t.patapouf"));
  };
  const { before, after, corpus } = versions(t, change, CORPUS);
  const { status, out, err } = prudence(["policy", "diff", before, after, "--corpus", corpus]);
  assert.equal(status, 1, err);
  for (const line of [
    /^Règle ajoutée : t\.patapouf$/m,
    /^Règle retirée : offtopic-link\.zut$/m,
    /^Règle modifiée : insult-defamation\.zigoto, severity : warn → info$/m,
    /^Règle modifiée : reputation-attack\.page, state : on → shadow$/m,
    /^Règle modifiée : insult-defamation\.zut, threshold : 60 → 50$/m,
    /corpus\.jsonl:1 p1 : insult-defamation \(warn\) → insult-defamation \(info\)\n {3}moins bien$/m,
    /corpus\.jsonl:3 p3 : none → insult-defamation \(warn\)\n {3}\+ t\.patapouf\n {3}mieux$/m,
    /corpus\.jsonl:4 4 : none → insult-defamation \(warn\)\n {3}\+ t\.patapouf\n {3}moins bien$/m,
    /^4 publications, 1 d’autres établissements; 3 changent : 2 signalées de plus, 0 de moins$/m,
    /3 ont des catégories de référence : 1 mieux, 2 moins bien, 0 ni l’un ni l’autre/,
  ])
    assert.match(out, line);
  const back = JSON.parse(prudence(["policy", "diff", after, before, "--corpus", corpus, "--json"]).out);
  assert.deepEqual(back.totals, { posts: 4, skipped: 1, changed: 3, more: 0, fewer: 2, gold: 3, better: 2, worse: 1, neither: 0 });
  assert.deepEqual(back.posts[1].disappeared, ["t.patapouf"]);
  assert.deepEqual(back.posts[1].before, { severity: "warn", categories: ["insult-defamation"] });
});

test("diff: the same pack changes nothing, built or not, over several files", (t) => {
  const { before, corpus } = versions(t, () => {}, CORPUS);
  const built = join(privateFolder(t), "essai.pack");
  assert.equal(prudence(["policy", "build", before, "-o", built]).status, 0);
  const { status, out, err } = prudence(["policy", "diff", before, built, "--corpus", corpus, corpus]);
  assert.equal(status, 0, err);
  assert.match(out, /^8 publications, 2 d’autres établissements; 0 changent/);
});

test("diff: each way to get it wrong is told with its place", (t) => {
  const { before, after, corpus } = versions(t, () => {}, '{"text": 1}\n[]\n{"text": "a", "venue": "ici"}\n{"text": "a", "account": 3}\n{"text": "a", "institution": 5}\n');
  const { status, err } = prudence(["policy", "diff", before, after, "--corpus", corpus]);
  assert.equal(status, 2);
  for (const [line, reason] of [[1, "« text »"], [2, "ce n’est pas un objet JSON"], [3, "« venue »"], [4, "« account »"], [5, "institution sans règles"]])
    assert.match(err, new RegExp(`corpus\\.jsonl:${line} : ${reason}`));
  /** @type {[string[], RegExp][]} */
  const wrong = [
    [[before, after], /il manque --corpus/],
    [[before, "--corpus", corpus], /il manque ANCIEN NOUVEAU/],
    [[before, MINI, "--corpus", corpus], /pas du même établissement : « essai » et « mini »/],
    [[before, after, "--corpus", "/absent"], /impossible de lire \/absent/],
    [[before, after, "--corpus", "/"], /impossible de lire \//],
    [["/absent", after, "--corpus", corpus], /\/absent/],
  ];
  for (const [args, expected] of wrong) {
    const run = prudence(["policy", "diff", ...args]);
    assert.equal(run.status, 2, args.join(" "));
    assert.match(run.err, expected);
  }
});

// --- lint

/** Each remark, and a rule that earns it. @type {[string, (pack: any) => void, RegExp][]} */
const REMARKS = [
  ["a measure that can never hold", (pack) => pack.rules.push(rule("t.x", { near: [{ metric: "uppercase-percent", at_least: 101, points: 5 }] })), /règle t\.x : « uppercase-percent » ne peut jamais être vrai : at_least 101, below 0/],
  ["limits that exclude each other", (pack) => pack.rules.push(rule("t.x", { near: [{ metric: "links", at_least: 5, below: 5, points: 5 }] })), /« links » ne peut jamais être vrai : at_least 5, below 5/],
  ["weak context", (pack) => pack.rules.push(rule("t.x", { near: [{ terms: ["le", "c'est", "the"], points: 5 }] })), /règle t\.x : contexte faible : « t\.x#2 » n’a que des mots très courants/],
  ["a pattern that finds most words", (pack) => {
    pack.patterns = { large: "[a-z]{1,9}(a|e|i|o|u)[a-z]{0,9}" };
    pack.rules.push(rule("t.x", { match: [{ pattern: "large", points: 20 }, { terms: ["patapouf"] }] }));
  }, /pack\.json:\d+:\d+ : conseil, le motif « large » trouve \d+\/50 mots ordinaires/],
  ["a pattern that decides alone", (pack) => {
    pack.patterns = { prix: "[0-9]{1,4} ?\\$" };
    pack.rules.push(rule("t.x", { match: [{ pattern: "prix" }], examples: { match: ["5 $", "6 $", "7 $"], clean: ["ah", "oh", "eh"] } }));
  }, /règle t\.x : le motif « prix » suffit à lui seul/],
  ["a memorised example", (pack) => pack.rules.push(rule("t.x", { match: [{ terms: ["ce grand patapouf de la cuisine"] }], examples: { match: ["Ce grand patapouf de la cuisine !", "Ah, ce grand patapouf de la cuisine", "ce grand patapouf de la cuisine"], clean: ["ah", "oh", "eh"] } })), /règle t\.x : le terme « ce grand patapouf de la cuisine » répète un exemple de la règle mot pour mot/],
  ["a term that another one finds", (pack) => pack.rules.push(rule("t.x", { match: [{ terms: ["patapouf*", "patapoufs", "éléphant", "elephant", "un {gros|petit} radis", "un gros radis"] }] })), /« patapoufs » est déjà trouvé par « patapouf\* »[\s\S]*« elephant » est déjà trouvé par « éléphant »|« elephant » est déjà trouvé par « éléphant »[\s\S]*« un gros radis » est déjà trouvé par « un \{gros\|petit\} radis »/],
  ["a text that is not translated", (pack) => pack.rules.push(rule("t.x", { message: { fr: "Attention.", en: "Attention." } })), /règle t\.x : « message » est le même en français et en anglais/],
  ["few examples", (pack) => pack.rules.push(rule("t.x", { examples: { match: ["patapouf", "un patapouf"], clean: ["ah", "oh", "eh"] } })), /règle t\.x : peu d’exemples « match »; conseillé : au moins 3/],
  ["free speech", (pack) => pack.rules.push(rule("t.x", { category: "offtopic-link" })), /règle t\.x : la catégorie « offtopic-link » vise aussi les profils personnels/],
];

for (const [name, change, expected] of REMARKS) {
  test(`lint: ${name}`, (t) => {
    const { status, err } = prudence(["policy", "lint", essai(t, change).folder]);
    assert.equal(status, 0, err);
    assert.match(err, expected);
    assert.doesNotMatch(prudence(["policy", "test", essai(t, change).folder]).err, /conseil/);
  });
}

test("lint: exceptions that see less than the required word are no obstacle", (t) => {
  const change = (/** @type {any} */ pack) => {
    pack.lists = { "t.gros": ["gros"] };
    const examples = { match: ["gros patapouf", "un gros patapouf", "ah gros patapouf"], clean: ["ah", "oh", "eh"] };
    pack.rules.push(rule("t.y", { near: [{ list: "t.gros", required: true, side: "before" }], unless: [{ list: "t.gros", side: "after" }], examples }));
  };
  const { status, err } = prudence(["policy", "lint", essai(t, change).folder]);
  assert.equal(status, 0, err);
  assert.doesNotMatch(err, /règle t\.y/);
});

test("lint: a rule that its own required word always excuses", (t) => {
  const change = (/** @type {any} */ pack) => {
    pack.lists = { "t.gros": ["gros"] };
    pack.rules.push(rule("t.x", { near: [{ list: "t.gros", required: true, within: "sentence" }], unless: [{ list: "t.gros", within: "text" }], examples: { match: ["a", "b", "c"], clean: ["ah", "oh", "eh"] } }));
  };
  const { status, err } = prudence(["policy", "lint", essai(t, change).folder]);
  assert.equal(status, 1);
  assert.match(err, /règle t\.x : « t\.gros » est obligatoire et excuse aussi le même endroit/);
});

test("the model is never enough alone for serious: an error in every build", (t) => {
  const model = { model: "insult-defamation", at_least: 80, points: 60 };
  const alone = (/** @type {any} */ near) => (/** @type {any} */ pack) =>
    pack.rules.push(rule("t.model", { severity: "serious", match: [model], near, examples: { match: ["a", "b", "c"], clean: ["ah", "oh", "eh"] } }));
  const expected = /règle t\.model : le modèle ne suffit jamais seul pour « serious » : « insult-defamation »; attendu : un indice obligatoire d’une autre sorte/;
  for (const near of [[], [{ terms: ["gros"], points: 20 }], [{ model: "threat-harassment", required: true }]]) {
    for (const action of ["test", "lint"]) {
      const { status, err } = prudence(["policy", action, essai(t, alone(near)).folder]);
      assert.equal(status, 1);
      assert.match(err, expected);
    }
  }
  assert.doesNotMatch(prudence(["policy", "test", essai(t, alone([{ terms: ["gros"], required: true }])).folder]).err, expected);
});
