// SPDX-License-Identifier: GPL-3.0-or-later
// prudence policy and prudence ledger: what authors and IT desks run.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { MINI, privateFolder, prudence } from "./prudence.mjs";

/** The mini pack with one change, in a private folder. @param {import("node:test").TestContext} t @param {(pack: any) => void} change */
function changed(t, change) {
  const folder = join(privateFolder(t), "mini");
  mkdirSync(folder);
  const pack = JSON.parse(readFileSync(join(MINI, "pack.json"), "utf8"));
  change(pack);
  writeFileSync(join(folder, "pack.json"), JSON.stringify(pack, null, 1));
  return folder;
}

test("policy test counts what passed", () => {
  const { status, out, err } = prudence(["policy", "test", MINI]);
  assert.equal(status, 0, err);
  assert.match(out, /3 règles, 2 clauses, \d+ mots, 9 exemples qui signalent, 9 qui restent silencieux : tout passe/);
  assert.match(prudence(["policy", "test", MINI], { env: { LANG: "en" } }).out, /9 examples that fire, 9 that stay silent: all pass/);
});

test("policy lint has no advice for a good pack and exits 0 with advice", (t) => {
  assert.equal(prudence(["policy", "lint", MINI]).err, "");
  const folder = changed(t, (pack) => pack.rules[1].examples.clean.pop());
  assert.equal(prudence(["policy", "test", folder]).err, "");
  const { status, err } = prudence(["policy", "lint", folder]);
  assert.equal(status, 0);
  assert.match(err, /pack\.json:\d+:\d+ : conseil, règle insult-defamation\.words : peu d’exemples « clean »; conseillé : au moins 3/);
});

test("a failing example exits 1, tells where, and nothing is written", (t) => {
  const folder = changed(t, (pack) => pack.rules[1].examples.clean.push("Quel cornichon"));
  const output = join(folder, "..", "mini.pack");
  for (const args of [["test", folder], ["lint", folder], ["build", folder, "-o", output]]) {
    const { status, out, err } = prudence(["policy", ...args]);
    assert.equal(status, 1);
    assert.equal(out, "");
    assert.match(err, /pack\.json:\d+:\d+ : règle insult-defamation\.words : exemple qui s’est déclenché : « Quel cornichon »; attendu : silence; trouvé : \[cornichon\]/);
    assert.match(err, /1 problèmes/);
  }
  assert.deepEqual(readdirSync(join(folder, "..")), ["mini"]);
});

test("several folders: the worst decides, and each is told", (t) => {
  const folder = changed(t, (pack) => (pack.rules[0].severity = "grave"));
  const { status, out, err } = prudence(["policy", "test", MINI, folder, MINI]);
  assert.equal(status, 1);
  assert.equal(out.match(/tout passe/g)?.length, 2);
  assert.match(err, /« grave »; attendu : l’un de info, warn, serious/);
  assert.equal(prudence(["policy", "test", "/absent"]).status, 1);
});

test("policy build writes a pack that check uses, the same bytes each time", (t) => {
  const folder = privateFolder(t);
  const [first, second] = [join(folder, "a.pack"), join(folder, "b.pack")];
  const { status, out } = prudence(["policy", "build", MINI, "-o", first]);
  assert.equal(status, 0);
  assert.match(out, new RegExp(`a\\.pack : ${statSync(first).size} octets`));
  assert.equal(prudence(["policy", "build", "-o", second, `${MINI}/pack.json`]).status, 0);
  assert.deepEqual(readFileSync(first), readFileSync(second));
  assert.equal(statSync(first).mode & 0o777, 0o644);
  assert.equal(prudence(["check", "--pack", first, "cornichon"]).status, 1);
  writeFileSync(first, readFileSync(first).subarray(0, 999));
  const damaged = prudence(["check", "--pack", first, "cornichon"]);
  assert.equal(damaged.status, 2);
  assert.match(damaged.err, /endommagé/);
});

test("policy build replaces the file as a whole or leaves it alone", (t) => {
  const folder = privateFolder(t);
  const output = join(folder, "mini.pack");
  writeFileSync(output, "ancien");
  const before = statSync(output).ino;
  const bad = changed(t, (pack) => (pack.rules = []));
  assert.equal(prudence(["policy", "build", bad, "-o", output]).status, 1);
  assert.equal(readFileSync(output, "utf8"), "ancien");
  assert.equal(prudence(["policy", "build", MINI, "-o", output]).status, 0);
  assert.notEqual(statSync(output).ino, before, "expected: another file under the name, so that a mapped one stays whole");
  assert.deepEqual(readdirSync(folder), ["mini.pack"]);
  const nowhere = prudence(["policy", "build", MINI, "-o", join(folder, "absent", "x.pack")]);
  assert.equal(nowhere.status, 2);
  assert.match(nowhere.err, /impossible d’écrire/);
  mkdirSync(join(folder, "dossier"));
  assert.equal(prudence(["policy", "build", MINI, "-o", join(folder, "dossier")]).status, 2);
  assert.deepEqual(readdirSync(folder).sort(), ["dossier", "mini.pack"]);
});

test("check with a source whose examples fail is an error, not a clean text", (t) => {
  const folder = changed(t, (pack) => pack.rules[1].examples.clean.push("Quel cornichon"));
  const { status, err } = prudence(["check", "--pack", folder, "bonjour"]);
  assert.equal(status, 2);
  assert.match(err, /Quel cornichon/);
});

test("ledger list without a ledger says so and creates nothing", (t) => {
  const home = privateFolder(t);
  /** @type {[Record<string, string>, RegExp][]} */
  const languages = [[{}, /^Aucune décision enregistrée \(.*ledger\.sqlite3\)\.\n$/], [{ LANG: "en" }, /^No decision recorded/]];
  for (const [env, expected] of languages) {
    const { status, out, err } = prudence(["ledger", "list"], { env: { HOME: home, ...env } });
    assert.equal(status, 0, err);
    assert.match(out, expected);
  }
  const json = prudence(["ledger", "list", "--json"], { env: { HOME: home } });
  assert.equal(json.status, 0);
  assert.equal(json.out, "");
  assert.deepEqual(readdirSync(home), []);
});

test("ledger list shows whole rows only, and a damaged file is an error", { skip: !existsSync("/usr/bin/python3") }, (t) => {
  const home = privateFolder(t);
  const folder = join(home, ".local/share/prudence");
  mkdirSync(folder, { recursive: true });
  const write = `
import sqlite3, sys
base = sqlite3.connect(sys.argv[1])
base.executescript("""CREATE TABLE decision (id, time_ms, institution, pack_id, pack_version, pack_hash, choice, site, venue);
CREATE TABLE finding (decision, rule, category, severity, clauses); PRAGMA user_version = 1;
INSERT INTO decision VALUES (1, 1793800000123, 'chu', 'chu', '1', '00', 'edit', 'x', 'personal');
INSERT INTO finding VALUES (1, 'insult.direct', 'insult-defamation', 'warn', '7.1')""")
base.execute("INSERT INTO finding VALUES (1, 'zz', 'insult-defamation', 'warn', ?)", ["x" * 70000])
base.commit()`;
  execFileSync("/usr/bin/python3", ["-c", write, join(folder, "ledger.sqlite3")]);
  const { status, out, err } = prudence(["ledger", "list", "--json"], { env: { HOME: home } });
  assert.equal(status, 2);
  assert.match(err, /ne peut pas être lu/);
  const rows = out.trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(rows.map((row) => row.rule), ["insult.direct"]);
});
