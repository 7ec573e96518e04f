// SPDX-License-Identifier: GPL-3.0-or-later
// Runs every check and test of `make test`, shows what each prints, and closes with one count. A step that fails does not
// hide the others; the exit status is 0 only when nothing failed.
import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";

const build = process.env.PRUDENCE_BUILD ?? "build";
const sanitized = `${build}/sanitized`;
const logs = `${build}/test-logs`;

/** Each step is a make target; `count` tells how its output is counted. */
const steps = [
  { name: "build", make: ["-j2", "tests-built"], count: "none" },
  { name: "format, analysis, types", make: ["-k", "lint"], count: "none" },
  { name: "policy packs", make: ["lint-policy"], count: "none" },
  { name: "unit", make: ["unit"], count: "check" },
  { name: "unit, address and undefined-behaviour sanitizers", make: ["-j2", "SANITIZE=1", `BUILD=${sanitized}`, "unit"], count: "check" },
  { name: "wire", make: ["wire"], count: "node" },
  { name: "wire, sanitizers", make: ["-j2", "SANITIZE=1", `BUILD=${sanitized}`, `MODEL=${build}/share/prudence/model.bin`, "wire"], count: "node" },
  { name: "command", make: ["cli"], count: "node" },
  { name: "extension", make: ["extension"], count: "node" },
  { name: "browsers", make: ["e2e"], count: "node" },
];

/** @param {string} output @param {string} kind */
function counted(output, kind) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  if (kind === "check") {
    // Check's own summary: "100%: Checks: 12, Failures: 0, Errors: 0"
    for (const [, checks, failures, errors] of output.matchAll(/Checks: (\d+), Failures: (\d+), Errors: (\d+)/g)) {
      const failed = Number(failures) + Number(errors);
      total.failed += failed;
      total.passed += Number(checks) - failed;
    }
  } else if (kind === "node") {
    const number = (/** @type {string} */ word) =>
      [...output.matchAll(new RegExp(`^(?:#|ℹ) ${word} (\\d+)`, "gm"))].reduce((sum, match) => sum + Number(match[1]), 0);
    total.passed = number("pass");
    total.failed = number("fail") + number("cancelled");
    total.skipped = number("skipped") + number("todo");
  }
  return total;
}

/** @param {typeof steps[number]} step @returns {Promise<{status: number, output: string, seconds: number}>} */
function run(step) {
  const started = Date.now();
  const log = createWriteStream(`${logs}/${step.name.replaceAll(/[^a-z]+/g, "-")}.log`);
  return new Promise((resolve) => {
    const child = spawn("make", ["--no-print-directory", `BUILD=${build}`, ...step.make], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, FORCE_COLOR: "0", NO_COLOR: "1" },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        log.write(text);
        process.stdout.write(text);
      });
    }
    child.on("close", (status) => {
      log.end();
      resolve({ status: status ?? 1, output, seconds: Math.round((Date.now() - started) / 1000) });
    });
  });
}

mkdirSync(logs, { recursive: true });
const rows = [];
for (const step of steps) {
  console.log(`\n=== ${step.name}`);
  const { status, output, seconds } = await run(step);
  const count = counted(output, step.count);
  // A runner that counted nothing, or stopped before its summary, must not look like success.
  const silent = step.count !== "none" && count.passed + count.failed + count.skipped === 0;
  if ((status !== 0 || silent) && count.failed === 0) count.failed = 1;
  if (step.count === "none" && status === 0) count.passed = 1;
  rows.push({ name: step.name, seconds, ...count });
}

console.log("\n=== result");
const sum = { passed: 0, failed: 0, skipped: 0 };
for (const row of rows) {
  for (const key of /** @type {const} */ (["passed", "failed", "skipped"])) sum[key] += row[key];
  const state = row.failed === 0 ? "ok    " : "FAILED";
  console.log(`${state} ${row.name}: ${row.passed} passed, ${row.failed} failed, ${row.skipped} skipped (${row.seconds} s)`);
}
console.log(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed === 0 ? 0 : 1;
