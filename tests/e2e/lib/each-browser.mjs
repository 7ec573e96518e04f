// SPDX-License-Identifier: GPL-3.0-or-later
// One group of tests for each browser. Where a browser is not installed, each of its tests says so and counts as
// skipped; a skipped group would count as nothing.
import * as test from "node:test";
import { KINDS, missing } from "./browsers.mjs";

/**
 * @param {string} title
 * @param {(tools: {kind: 'chromium' | 'firefox', it: typeof test.it, before: typeof test.before, after: typeof test.after}) => void} define
 */
export function eachBrowser(title, define) {
  for (const kind of /** @type {const} */ (KINDS)) {
    const skip = missing(kind);
    const tools = skip
      ? { it: (name) => test.it(name, { skip }), before: () => {}, after: () => {} }
      : { it: test.it, before: test.before, after: test.after };
    test.describe(`${title} ${kind}`, () => define({ kind, ...tools }));
  }
}
