// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the state of a page where a person would: in the popup, opened as a tab. It tells what nothing on the page
// tells, that a text was verified and found clean.
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "./wait.mjs";

// Longer than the extension's pause before a check (350 ms), so that "no new verdict" means "no verdict to come".
const QUIET_MS = 600;

/** @param {{kind: string, browser: import('puppeteer-core').Browser, origin: string}} launched */
export async function openWatch({ kind, browser, origin }) {
  const popup = await browser.newPage();
  // Firefox never reports the load of a page of an add-on.
  await popup.goto(`${origin}/pages/popup.html`, kind === "firefox" ? { waitUntil: [] } : { waitUntil: "load" });
  await until("the popup page", () => popup.evaluate(() => typeof chrome?.runtime?.sendMessage === "function"));
  const ids = new WeakMap();
  const tabs = () => popup.evaluate(async () => (await chrome.tabs.query({})).map((tab) => tab.id));
  const answer = (page) =>
    popup.evaluate((tabId) => chrome.runtime.sendMessage({ type: "popup", tabId }), ids.get(page));

  return {
    popup,
    tabs,
    /** Remembers which tab a page is: the one that was not there before. */
    async name(page, before) {
      const known = new Set(before);
      ids.set(
        page,
        (await tabs()).find((id) => !known.has(id)),
      );
    },
    tabOf: (page) => ids.get(page),
    answer,
    /** Waits until a popup has said what it has to say. */
    settled: (opened) =>
      until("the popup to be filled", () =>
        opened.evaluate(() => document.querySelector("main")?.getAttribute("aria-busy") === "false"),
      ),
    /** Waits until the host has answered for the text as it stands, and returns the page's state. */
    verified: (page) =>
      until(
        "the text to be verified",
        async () => {
          const before = (await answer(page))?.page;
          if (!before || before.checked === 0) return false;
          await sleep(QUIET_MS);
          const { page: after } = await answer(page);
          return after.checked === before.checked && after;
        },
        { timeout: 20000 },
      ),
  };
}
