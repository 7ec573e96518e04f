// SPDX-License-Identifier: GPL-3.0-or-later
// make eval: how good the judgement is, on the project's own corpus and, where they are present, on the shared development sets
// (none of which belongs to this repository). Prints figures, never a post. PRUDENCE_SHARED says where the sets are.
//   eval.mjs [--json FILE] [--check]     --check: exit 1 when a figure is below its floor in floors.json
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { anyViolation, byCategory, readPosts, recallOf, severityExact } from "./measure.mjs";

/** @typedef {import("./measure.mjs").Post} Post @typedef {import("./measure.mjs").Answer} Answer */

const ROOT = resolve(fileURLToPath(import.meta.url), "../../..");
const BUILD = resolve(ROOT, process.env.PRUDENCE_BUILD ?? "build");
const SHARED = resolve(ROOT, process.env.PRUDENCE_SHARED ?? "../shared");
const INSTITUTIONS = ["chu", "cisss", "poly", "csscv", "portage"];
const HATE = ["hate-discrimination", "insult-defamation", "threat-harassment", "obscene-porn"];

/** @param {Post[]} posts @returns {Answer[]} */
function judge(posts) {
  const input = posts.map(({ text, institution, venue }) => JSON.stringify({ text, institution, venue })).join("\n");
  const run = spawnSync(join(BUILD, "prudence"), ["check", "--batch"], { input, maxBuffer: 1 << 30, env: { HOME: "/nonexistent", LC_ALL: "C.UTF-8" } });
  if (run.error) throw run.error;
  if (run.status !== 0) throw new Error(run.stderr.toString("utf8"));
  return run.stdout.toString("utf8").trim().split("\n").map((line) => JSON.parse(line));
}

const percent = (/** @type {number} */ value) => `${(100 * value).toFixed(1)} %`;
const fixed = (/** @type {number} */ value) => value.toFixed(3);
/** @type {Record<string, number>} */
const figures = {};

/** @param {string} name @param {Post[]} posts @param {boolean} detailed */
function measurePosts(name, posts, detailed) {
  const answers = judge(posts);
  const any = anyViolation(posts, answers);
  const { table, macroF1 } = byCategory(posts, answers);
  const serious = recallOf(posts, answers, "serious");
  console.log(`\n${name}: ${posts.length} posts, ${any.tp + any.fn} break a policy`);
  console.log(`  any violation: precision ${fixed(any.precision)}, recall ${fixed(any.recall)}, F1 ${fixed(any.f1)}; false alarms ${percent(any.falseAlarms)} (${any.fp} of ${any.fp + any.tn})`);
  console.log(`  macro-F1 ${fixed(macroF1)}; severity exact ${fixed(severityExact(posts, answers))}; serious found ${serious.found} of ${serious.of} (${fixed(serious.found / Math.max(1, serious.of))})`);
  for (const language of ["fr", "en", "other"]) {
    const at = posts.map((_, index) => index).filter((index) => (["fr", "en"].includes(posts[index].lang ?? "") ? posts[index].lang : "other") === language);
    if (at.length === 0) continue;
    const part = anyViolation(at.map((index) => posts[index]), at.map((index) => answers[index]));
    console.log(`  ${language.padEnd(6)} ${String(at.length).padStart(5)} posts: F1 ${fixed(part.f1)}, false alarms ${percent(part.falseAlarms)}`);
  }
  if (detailed) {
    console.log(`  ${"category".padEnd(26)} ${"posts".padStart(5)} precision recall F1`);
    for (const row of table)
      if (row.support > 0) console.log(`  ${row.category.padEnd(26)} ${String(row.support).padStart(5)}   ${fixed(row.precision)}   ${fixed(row.recall)} ${fixed(row.f1)}`);
  }
  const key = name.replaceAll(/[^a-z]+/gi, "-");
  figures[`${key}.f1`] = any.f1;
  figures[`${key}.false-alarms`] = any.falseAlarms;
  figures[`${key}.macro-f1`] = macroF1;
  figures[`${key}.severity-exact`] = severityExact(posts, answers);
  figures[`${key}.serious-recall`] = serious.found / Math.max(1, serious.of);
}

/** Ordinary sentences on a personal profile: how many in a thousand are flagged at warn or above. @param {string} name @param {Post[]} posts */
function measureOrdinary(name, posts) {
  let flagged = 0;
  for (const institution of INSTITUTIONS) {
    const answers = judge(posts.map(({ text }) => ({ text, institution, venue: "personal" })));
    const alarms = answers.filter(({ severity }) => severity === "warn" || severity === "serious").length;
    console.log(`  ${name}, ${institution}: ${alarms} of ${posts.length} sentences at warn or above (${((1000 * alarms) / posts.length).toFixed(2)} in a thousand)`);
    flagged = Math.max(flagged, (1000 * alarms) / posts.length);
  }
  figures[`${name}.per-thousand`] = flagged;
}

/** @param {Post[]} posts */
function measureHate(posts) {
  const answers = judge(posts.map(({ text }) => ({ text, institution: "chu", venue: "official-page" })));
  const count = { hateful: { tp: 0, fp: 0, fn: 0 }, counter: { right: 0, of: 0 }, tn: 0 };
  posts.forEach((post, index) => {
    const gold = post.label === "hateful";
    const found = answers[index].categories.some((category) => HATE.includes(category));
    if (gold) count.hateful[found ? "tp" : "fn"]++;
    else if (found) count.hateful.fp++;
    else count.tn++;
    if (post.functionality?.startsWith("counter_")) {
      count.counter.of++;
      if (gold === found) count.counter.right++;
    }
  });
  const { tp, fp, fn } = count.hateful;
  const positive = (2 * tp) / Math.max(1, 2 * tp + fp + fn);
  const negative = (2 * count.tn) / Math.max(1, 2 * count.tn + fp + fn);
  const counter = count.counter.right / Math.max(1, count.counter.of);
  console.log(`  HateCheck English: macro-F1 ${fixed((positive + negative) / 2)} (hateful ${fixed(positive)}, not ${fixed(negative)}); counter-speech ${percent(counter)} right (${count.counter.right} of ${count.counter.of})`);
  figures["hatecheck.macro-f1"] = (positive + negative) / 2;
  figures["hatecheck.counter-speech"] = counter;
}

/** @param {Post[]} posts */
function measureLanguage(posts) {
  const answers = judge(posts.map(({ text }) => ({ text, institution: "poly", venue: "official-page" })));
  const count = { tp: 0, fp: 0, fn: 0 };
  posts.forEach((post, index) => {
    const gold = !["fr", "en"].includes(post.label ?? "");
    const found = answers[index].categories.includes("other-language");
    if (gold && found) count.tp++;
    else if (gold) count.fn++;
    else if (found) count.fp++;
  });
  const precision = count.tp / Math.max(1, count.tp + count.fp);
  const recall = count.tp / Math.max(1, count.tp + count.fn);
  console.log(`  other languages: precision ${fixed(precision)}, recall ${fixed(recall)}`);
  figures["language.precision"] = precision;
  figures["language.recall"] = recall;
}

const folder = join(ROOT, "tests/fixtures/corpus");
const corpus = readdirSync(folder).filter((name) => name.endsWith(".jsonl")).sort().flatMap((name) => readPosts(join(folder, name)));
measurePosts("corpus, tuned on", corpus.filter((post) => post.set !== "held"), false);
measurePosts("corpus, set aside", corpus.filter((post) => post.set === "held"), true);
const posts = join(SHARED, "eval/posts_dev.jsonl");
if (existsSync(posts)) measurePosts("development posts", readPosts(posts), true);
else console.log(`\nskipped: no development sets in ${SHARED}`);
const third = join(SHARED, "eval/third_party");
if (existsSync(third)) {
  console.log("\nthird-party sets");
  measureOrdinary("ud-gsd", readPosts(join(third, "ud_french_gsd.jsonl")));
  measureOrdinary("ud-parisstories", readPosts(join(third, "ud_french_parisstories.jsonl")));
  measureHate(readPosts(join(third, "hatecheck_en.jsonl")));
  measureLanguage(readPosts(join(third, "langid_short_social.jsonl")));
}

const output = process.argv.indexOf("--json");
if (output !== -1) writeFileSync(process.argv[output + 1], `${JSON.stringify(figures, null, 2)}\n`);
if (process.argv.includes("--check")) {
  /** @type {Record<string, {at_least?: number, at_most?: number}>} */
  const floors = JSON.parse(readFileSync(join(ROOT, "tests/eval/floors.json"), "utf8"));
  const broken = Object.entries(floors).filter(([name, { at_least = -Infinity, at_most = Infinity }]) =>
    figures[name] !== undefined && (figures[name] < at_least || figures[name] > at_most));
  for (const [name, floor] of broken) console.error(`${name}: ${figures[name].toFixed(4)}; expected ${JSON.stringify(floor)}`);
  if (broken.length > 0) process.exit(1);
}
