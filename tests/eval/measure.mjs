// SPDX-License-Identifier: GPL-3.0-or-later
// Measures of judgement: precision, recall and F1 by category, false alarms, severity. Same definitions as the scorers of the development
// sets, written here so that `make eval` needs nothing but the built command.
import { readFileSync } from "node:fs";

export const CATEGORIES = [
  "personal-info", "minor-youth-protection", "medical-info", "confidential-info", "speaking-for-institution", "insult-defamation",
  "hate-discrimination", "threat-harassment", "obscene-porn", "reputation-attack", "advertising-spam", "offtopic-link", "political-union",
  "other-language", "unintelligible", "repetitive-anonymous", "copyright", "group-page-creation", "client-contact", "image-without-consent",
  "illegal-content",
];

/**
 * @typedef {{id?: string, text: string, lang?: string, institution?: string, venue?: string, categories?: string[], severity?: string,
 *   also_ok?: string[], set?: string, label?: string, functionality?: string}} Post
 * @typedef {{categories: string[], severity: string}} Answer
 * @typedef {{tp: number, fp: number, fn: number}} Counts
 */

/** @param {string} path @returns {Post[]} */
export function readPosts(path) {
  return readFileSync(path, "utf8").split("\n").filter((line) => line.trim() !== "").map((line) => JSON.parse(line));
}

/** @param {Counts} counts */
export function scores({ tp, fp, fn }) {
  const precision = tp + fp === 0 ? 0 : tp / (tp + fp);
  const recall = tp + fn === 0 ? 0 : tp / (tp + fn);
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/** Found when any category is answered; a clean post is an alarm when one is answered that it does not allow. @param {Post[]} posts @param {Answer[]} answers */
export function anyViolation(posts, answers) {
  const count = { tp: 0, fp: 0, fn: 0, tn: 0 };
  posts.forEach((post, index) => {
    const answered = answers[index].categories;
    if ((post.categories ?? []).length > 0) count[answered.length > 0 ? "tp" : "fn"]++;
    else count[answered.some((category) => !(post.also_ok ?? []).includes(category)) ? "fp" : "tn"]++;
  });
  return { ...count, ...scores(count), falseAlarms: count.fp + count.tn === 0 ? 0 : count.fp / (count.fp + count.tn) };
}

/** @param {Post[]} posts @param {Answer[]} answers */
export function byCategory(posts, answers) {
  const table = CATEGORIES.map((category) => {
    const count = { tp: 0, fp: 0, fn: 0 };
    posts.forEach((post, index) => {
      const gold = (post.categories ?? []).includes(category);
      const answered = answers[index].categories.includes(category);
      if (gold && answered) count.tp++;
      else if (gold) count.fn++;
      else if (answered && !(post.also_ok ?? []).includes(category)) count.fp++;
    });
    return { category, support: count.tp + count.fn, ...count, ...scores(count) };
  });
  const met = table.filter((row) => row.support > 0);
  return { table, macroF1: met.reduce((sum, row) => sum + row.f1, 0) / Math.max(1, met.length) };
}

/** Share of the posts of a severity for which anything is answered. @param {Post[]} posts @param {Answer[]} answers @param {string} severity */
export function recallOf(posts, answers, severity) {
  const met = posts.map((post, index) => ({ post, answer: answers[index] })).filter(({ post }) => post.severity === severity);
  return { found: met.filter(({ answer }) => answer.categories.length > 0).length, of: met.length };
}

/** @param {Post[]} posts @param {Answer[]} answers */
export function severityExact(posts, answers) {
  return posts.filter((post, index) => post.severity === answers[index].severity).length / Math.max(1, posts.length);
}
