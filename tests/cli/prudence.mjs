// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the real `prudence` with a bare environment and a private home.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = resolve(fileURLToPath(import.meta.url), "../../..");
export const BUILD = resolve(ROOT, process.env.PRUDENCE_BUILD ?? "build");
export const MINI = join(ROOT, "tests/fixtures/packs/mini");
export const CHU = join(ROOT, "policies/chu");

/** @typedef {{input?: string | Buffer, env?: Record<string, string>}} Options */

/** A folder that is removed at the end of the test. @param {import("node:test").TestContext} t */
export function privateFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), "prudence-cli-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** @param {string[]} args @param {Options} [options] */
export function prudence(args, { input = "", env = {} } = {}) {
  const run = spawnSync(join(BUILD, "prudence"), args, {
    input,
    env: { HOME: "/nonexistent", PATH: "/usr/bin:/bin", ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.error) throw run.error;
  return { status: run.status, out: run.stdout.toString("utf8"), err: run.stderr.toString("utf8"), signal: run.signal };
}

/** `prudence check` with the mini pack. @param {string} text @param {Options & {args?: string[]}} [options] */
export function check(text, { args = [], ...options } = {}) {
  return prudence(["check", "--pack", MINI, ...args, "--", text], options);
}

/** Columns that a terminal gives to a text: two for wide East Asian characters and emoji, none for combining marks. @param {string} text */
export function columns(text) {
  let width = 0;
  for (const character of text) {
    if (/[\p{Mn}\p{Me}\u200B-\u200F\uFE0F]/u.test(character)) continue;
    width += /[\p{Script=Han}\p{Script=Hangul}\uFF01-\uFF60]|\p{Emoji_Presentation}/u.test(character) ? 2 : 1;
  }
  return width;
}

/** The words above the carets of each pair of lines, by columns. @param {string} out */
export function underlined(out) {
  const lines = out.split("\n");
  /** @type {string[]} */
  const words = [];
  lines.forEach((marks, index) => {
    if (!/^ *\^[ ^]*$/.test(marks)) return;
    for (const run of marks.matchAll(/\^+/g)) {
      let word = "";
      let at = 0;
      for (const character of lines[index - 1]) {
        if (at >= run.index && at < run.index + run[0].length) word += character;
        at += columns(character);
      }
      words.push(word);
    }
  });
  return words;
}
