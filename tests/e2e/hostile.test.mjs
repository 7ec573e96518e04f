// SPDX-License-Identifier: GPL-3.0-or-later
// What a page could do to speak for the person: nothing that a script makes up may be recorded as a choice.
import assert from "node:assert/strict";
import { eachBrowser } from "./lib/each-browser.mjs";
import { boxNamed, postsOf, typeInto } from "./lib/boxes.mjs";
import { cardShown, choose, popovers } from "./lib/prudence.mjs";
import { openSession } from "./lib/session.mjs";
import { decisions } from "./lib/stage.mjs";
import { PATIENT } from "./lib/texts.mjs";
import { until } from "./lib/wait.mjs";

const X = boxNamed("X, click on Publier");

/** Runs in the page: every event that a script could aim at the card, at its middle and at each of its corners. */
function forge() {
  const card = document.querySelector(":popover-open");
  const { left, top, width, height } = card.getBoundingClientRect();
  const targets = [card, document.activeElement, document.documentElement, window];
  for (let across = 0.05; across < 1; across += 0.1) {
    for (let down = 0.05; down < 1; down += 0.1) {
      const at = { clientX: left + width * across, clientY: top + height * down };
      targets.push(document.elementFromPoint(at.clientX, at.clientY) ?? card);
      for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
        card.dispatchEvent(
          new PointerEvent(type, { bubbles: true, composed: true, cancelable: true, button: 0, ...at }),
        );
      }
    }
  }
  for (const target of new Set(targets)) {
    for (const key of ["Enter", " ", "Escape", "Tab"]) {
      for (const type of ["keydown", "keypress", "keyup"]) {
        target.dispatchEvent(
          new KeyboardEvent(type, {
            key,
            code: key === " " ? "Space" : key,
            bubbles: true,
            composed: true,
            cancelable: true,
          }),
        );
      }
    }
    target.click?.();
  }
  window.postMessage({ type: "acknowledge", seq: 1, choice: "publish", rules: ["personal-info.nam"], site: "x" }, "*");
  return { closed: card.shadowRoot === null };
}

eachBrowser("a hostile page in", ({ kind, it, before, after }) => {
  let session;
  before(async () => {
    session = await openSession(kind);
    await session.openWatch();
  });
  after(() => session?.end());

  it("cannot answer the card for the person", async () => {
    const page = await session.page(X);
    await typeInto(page, X, PATIENT);
    await session.watch.verified(page);
    await X.publish(page);
    await cardShown(page);
    assert.deepEqual(await page.evaluate(forge), { closed: true });
    assert.equal(await popovers(page), 1, "the card is still open");
    // The next real choice is the first that the ledger hears of: anything forged would have come before it.
    await choose(page, "not-applicable");
    await until("the decision", () => decisions(session.stage).length > 0);
    assert.deepEqual(decisions(session.stage), [{ choice: "not-applicable", site: "x", venue: "personal" }]);
    await page.close();
  });

  it("records nothing when it publishes by script", async () => {
    const before = decisions(session.stage);
    const page = await session.page(X);
    await typeInto(page, X, PATIENT);
    await session.watch.verified(page);
    await page.evaluate(() => document.querySelector('[data-testid="tweetButtonInline"]').click());
    await until("the site’s own scripted post", async () => (await postsOf(page)).length === 1);
    assert.equal(await popovers(page), 0, "no card for what no person did");
    assert.deepEqual(decisions(session.stage), before);
    await page.close();
  });

  it("cannot record a choice by taking the card away", async () => {
    const before = decisions(session.stage);
    const page = await session.page(X);
    await typeInto(page, X, PATIENT);
    await session.watch.verified(page);
    await X.publish(page);
    await cardShown(page);
    await page.evaluate(() => {
      for (let time = 0; time < 5; time++) document.querySelector(":popover-open")?.remove();
    });
    await X.publish(page);
    assert.deepEqual(decisions(session.stage), before);
    await page.close();
  });
});
