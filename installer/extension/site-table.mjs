// SPDX-License-Identifier: GPL-3.0-or-later
// Writes extension/sites/table.js from the site rows: `node installer/extension/site-table.mjs`. The rows are kept as JSON for those
// who edit and check them, and as a module for the background script, which can neither fetch them (no connect-src in
// its CSP) nor import them as JSON (see table.js).
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = new URL("../../extension/sites/", import.meta.url);

/** The rows as they are sent to content scripts: in the order of their files, the general row last. */
export function siteRows() {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json") && name !== "schema.json")
    .sort((a, b) => Number(a === "generic.json") - Number(b === "generic.json") || (a < b ? -1 : 1))
    .map((name) => {
      const row = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
      delete row.$schema;
      delete row.$comment;
      return row;
    });
}

/** The text of table.js. */
export function siteTable() {
  return `// SPDX-License-Identifier: GPL-3.0-or-later
// Generated from the JSON files beside it by \`node installer/extension/site-table.mjs\`: do not edit. A module of JavaScript, because
// JSON modules do not survive in Chromium: measured in 156, a service worker that imports one starts once, and cannot
// be started again after it has been stopped.

/** @type {readonly {id: string}[]} */
export const SITES = Object.freeze(${JSON.stringify(siteRows(), null, 2)});
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(new URL("table.js", FOLDER), siteTable());
