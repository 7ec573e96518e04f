// SPDX-License-Identifier: GPL-3.0-or-later
// The measures of judgement against their floors (tests/eval/floors.json), and what carries each statement of the policies. Where the
// shared development sets and statements are absent, what needs them is skipped, and says so.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { BUILD, ROOT, prudence } from "./prudence.mjs";

const SHARED = resolve(ROOT, process.env.PRUDENCE_SHARED ?? "../shared");
const STATEMENTS = join(SHARED, "requirements/clauses.json");
const INSTITUTIONS = ["chu", "cisss", "poly", "csscv", "portage"];

/** @param {string} shared */
function evaluate(shared) {
  return spawnSync(process.execPath, [join(ROOT, "tests/eval/eval.mjs"), "--check"], {
    env: { PATH: process.env.PATH, PRUDENCE_BUILD: BUILD, PRUDENCE_SHARED: shared },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
}

test("the project's own corpus is judged no worse than its floors", (t) => {
  const { status, stdout, stderr } = evaluate("/nonexistent");
  for (const line of stdout.split("\n").filter((line) => /any violation|macro-F1|^corpus/.test(line))) t.diagnostic(line.trim());
  assert.equal(status, 0, stderr);
});

test(
  "the shared development sets are judged no worse than their floors",
  { skip: existsSync(join(SHARED, "eval/posts_dev.jsonl")) ? false : `no development sets in ${SHARED}` },
  (t) => {
    const { status, stdout, stderr } = evaluate(SHARED);
    for (const line of stdout.split("\n").filter((line) => /any violation|macro-F1|in a thousand|languages|posts,/.test(line))) t.diagnostic(line.trim());
    assert.equal(status, 0, stderr);
  },
);

test("every statement of the five policies is carried, once", () => {
  const { status, out, err } = prudence(["policy", "coverage", join(ROOT, "policies"), "--json"]);
  assert.equal(status, 0, err);
  assert.ok(JSON.parse(out));
  const statements = INSTITUTIONS.flatMap((id) => JSON.parse(readFileSync(join(ROOT, `policies/${id}/coverage.json`), "utf8")));
  assert.equal(new Set(statements.map(({ statement }) => statement)).size, 413);
  assert.equal(statements.length, 413);
});

test(
  "no statement is missing nor invented",
  { skip: existsSync(STATEMENTS) ? false : `no statements in ${SHARED}` },
  (t) => {
    const { status, out, err } = prudence(["policy", "coverage", join(ROOT, "policies"), "--against", STATEMENTS, "--examples"], { env: { LANG: "en" } });
    assert.equal(status, 0, err);
    assert.match(out, /413 \/ 413/);
    const total = /** @type {RegExpMatchArray} */ (out.match(/violating\D*(\d+)\s*\/\s*(\d+)\D+(\d+)\s*\/\s*(\d+)/));
    assert.ok(total, out.slice(-600));
    t.diagnostic(total[0].replaceAll("\n", " "));
    assert.ok(Number(total[1]) / Number(total[2]) >= 0.78, `violating examples found: ${total[1]} of ${total[2]}`);
    assert.ok(Number(total[3]) / Number(total[4]) >= 0.94, `clean examples silent: ${total[3]} of ${total[4]}`);
  },
);
