// SPDX-License-Identifier: GPL-3.0-or-later
// A browser with Prudence on a private stage and its small internet: what every test starts from.
import { join } from "node:path";
import { launch } from "./browsers.mjs";
import { makeStage } from "./stage.mjs";
import { startInternet } from "./tls-proxy.mjs";
import { buildSites } from "../sites/server.mjs";
import { alive, end } from "./processes.mjs";
import { openWatch } from "./watch.mjs";

/** @type {ReturnType<typeof buildSites> | undefined} the promise, so that sessions opened together share one */
let sites;

/** @param {'chromium' | 'firefox'} kind @param {object} [options] of makeStage and launch */
export async function openSession(kind, options = {}) {
  sites ??= buildSites();
  const stage = makeStage(options);
  const internet = await startInternet(join(stage.root, "tls"), await sites);
  let browser;
  try {
    browser = await launch(kind, stage, internet, options);
  } catch (error) {
    await internet.close();
    stage.remove();
    throw error;
  }
  return {
    kind,
    stage,
    internet,
    ...browser,
    watch: null,
    /** A new tab on a page under test. */
    async page(box) {
      const before = await this.watch?.tabs();
      const page = await browser.browser.newPage();
      await page.goto(box.url, { waitUntil: "domcontentloaded", timeout: 30000 });
      await this.watch?.name(page, before);
      return page;
    },
    /**
     * From now on, the pages' state can be read as the popup reads it. It also wakes the host, as opening the popup
     * does.
     */
    async openWatch() {
      this.watch = await openWatch(browser);
    },
    async end() {
      try {
        await browser.close();
      } finally {
        if (alive(browser.pid)) browser.kill();
        for (const pid of stage.hostPids()) end(pid);
        await internet.close();
        stage.remove();
      }
    },
  };
}
