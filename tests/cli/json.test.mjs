// SPDX-License-Identifier: GPL-3.0-or-later
// prudence check --json and --batch: the shapes that scripts rely on.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { MINI, ROOT, check, prudence } from "./prudence.mjs";

/** The members of a value, recursively, without their values: numbers, strings and booleans become their types.
 * @param {any} value @returns {any} */
function shape(value) {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shape(member)]));
  return typeof value;
}

test("--json answers as docs/PROTOCOL.md shows a verdict", () => {
  const document = readFileSync(join(ROOT, "docs/PROTOCOL.md"), "utf8");
  const example = JSON.parse(/```json\n(\{"id":1,"type":"verdict"[^]*?)```/.exec(document)?.[1] ?? "null");
  delete example.clauses[0].official; // only where an institution imported its own wording (tests/wire/policy.test.mjs)
  const { status, out } = check("🎉 œ cornichon", { args: ["--json"] });
  assert.equal(status, 1);
  assert.equal(out.split("\n").length, 2);
  const verdict = JSON.parse(out);
  assert.deepEqual(shape(verdict), shape(example));
  assert.deepEqual(Object.keys(verdict), Object.keys(example));
  assert.equal(verdict.text_utf16, 14);
  const [finding] = verdict.findings;
  assert.deepEqual(finding.spans, [[5, 14]]);
  assert.deepEqual(finding.clauses, ["3.2", "3.1"]);
  assert.deepEqual(verdict.clauses, [
    { id: "3.2", title: "Courtoisie", summary: "Rester courtois." },
    { id: "3.1", title: "Discrétion", summary: "Taire ce qui concerne autrui." },
  ]);
  assert.deepEqual(finding.evidence, [{ anchor: true, name: "insult.words", points: 60, span: [5, 14] }]);
});

test("--json of a clean text exits 0 with an empty verdict, in the language of the environment otherwise", () => {
  const { status, out } = check("ok", { args: ["--json"] });
  assert.equal(status, 0);
  assert.deepEqual(JSON.parse(out), { id: 0, type: "verdict", severity: "none", complete: true, text_utf16: 2, clauses: [], findings: [] });
  assert.equal(JSON.parse(check("cornichon", { args: ["--json"], env: { LANG: "en" } }).out).findings[0].message, "This word may hurt.");
});

/** @param {(string | object)[]} lines @param {string[]} [args] */
function batch(lines, args = []) {
  const input = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  const run = prudence(["check", "--pack", MINI, "--batch", ...args], { input });
  return { ...run, answers: run.out.split("\n").filter(Boolean).map((line) => JSON.parse(line)) };
}

test("--batch answers each line in order, with its own id", () => {
  const { status, answers, err } = batch([
    { id: 7, text: "ok" },
    "",
    { id: "p-é", text: "un cornichon au 418-555-0142" },
    { id: 9007199254740991, text: "45 $", venue: "official-page" },
    { text: "45 $", venue: null },
  ]);
  assert.equal(status, 0);
  assert.equal(err, "");
  assert.deepEqual(answers.map((answer) => answer.id), [7, "p-é", 9007199254740991, null]);
  assert.deepEqual(answers[0], { id: 7, categories: [], severity: "none", complete: true, findings: [] });
  assert.deepEqual(answers[1].categories, ["personal-info", "insult-defamation"]);
  assert.equal(answers[1].severity, "serious");
  assert.deepEqual(answers[1].findings[1], {
    rule: "insult-defamation.words", category: "insult-defamation", severity: "warn", clauses: ["3.2", "3.1"], spans: [[3, 12]], points: 60,
  });
  assert.deepEqual(answers[2].categories, ["advertising-spam"]);
  assert.deepEqual(answers[3].categories, []);
});

test("--batch takes venue and account of the command line where a line has none", () => {
  const { answers } = batch([{ text: "45 $" }, { text: "45 $", venue: "personal" }], ["--venue", "official-page"]);
  assert.deepEqual(answers.map((answer) => answer.severity), ["info", "none"]);
});

test("--batch names each bad line, answers the others, and exits 2", () => {
  const bad = [
    "pas du JSON", "[1]", '{"text": 5}', "{}", '{"text":"a","text":"b"}', '{"text":"a","venue":"mur"}', '{"text":"a","venue":5}',
    '{"text":"a","venue":"personal\\u0000x"}', '{"text":"a","account":"autre"}', '{"text":"a","account":["official"]}',
    '{"text":"a","institution":7}', '{"text":"\\ud800"}', '{"text":"a"} {"text":"b"}',
  ];
  const { status, answers, err } = batch([{ id: 1, text: "cornichon" }, ...bad, { id: 2, text: "cornichon" }]);
  assert.equal(status, 2);
  assert.deepEqual(answers.map((answer) => answer.id), [1, 2]);
  bad.forEach((line, index) => assert.match(err, new RegExp(`ligne ${index + 2} : `), line));
});

test("--batch tells what is wrong with a line in the language of the person, without a word of the line", () => {
  const input = ['{"text":"Mme Gervaise", zigoto', '{"text":["zigoto"]}', '{"text":"zigoto","venue":"zigoto"}', '{"text":"a","account":"zigoto"}'].join("\n");
  const french = prudence(["check", "--pack", MINI, "--batch"], { input }).err;
  const english = prudence(["check", "--pack", MINI, "--batch"], { input, env: { LANG: "en" } }).err;
  assert.doesNotMatch(french + english, /zigoto|Gervaise|token/);
  for (const part of ["ligne 1 : ce n’est pas un objet JSON", "ligne 2 : « text » manque", "ligne 3 : « venue » n’est pas permis; choisissez parmi personal,", "ligne 4 : « account »"])
    assert.ok(french.includes(part), `expected: ${part}\nseen: ${french}`);
  for (const part of ["line 1: this is not one JSON object", 'line 2: "text" is missing', 'line 3: "venue" is not allowed; choose among personal,', 'line 4: "account"'])
    assert.ok(english.includes(part), `expected: ${part}\nseen: ${english}`);
});

test("--batch without --pack takes the institution of each line, and no path in its place", () => {
  const input = ['{"text":"a","institution":"../x"}', '{"text":"a","institution":"absente"}'].join("\n");
  const { status, out, err } = prudence(["check", "--batch"], { input });
  assert.equal(status, 2);
  assert.equal(out, "");
  assert.match(err, /« \.\.\/x » n’est pas permis/);
  assert.match(err, /absente\.pack/);
  for (const line of [1, 2]) assert.match(err, new RegExp(`ligne ${line} : institution`));
});

test("--batch judges what stands behind a NUL", () => {
  const { answers } = batch(['{"id":1,"text":"ok\\u0000 cornichon"}']);
  assert.deepEqual(answers[0].categories, ["insult-defamation"]);
});

test("--batch tells a text that was not verified", () => {
  const { answers } = batch([{ id: 1, text: "12 $ ".repeat(5000) }]);
  assert.equal(answers[0].complete, false);
});
