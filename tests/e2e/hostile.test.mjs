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

  it("cannot keep the card out of the top layer, nor hide it", async () => {
    const before = decisions(session.stage);
    const page = await session.page(X);
    await page.evaluate(() => addEventListener("beforetoggle", (event) => event.preventDefault(), true));
    await typeInto(page, X, PATIENT);
    await session.watch.verified(page);
    await X.publish(page);
    await cardShown(page);
    await page.evaluate(() => document.querySelector(":popover-open").hidePopover());
    await cardShown(page);
    await page.evaluate(() => document.querySelector(":popover-open").removeAttribute("popover"));
    await choose(page, "publish");
    await until("the decision", () => decisions(session.stage).length === before.length + 1);
    await page.close();
  });

  /** @type {Record<string, () => void>} what runs in the page once the card is open; `window.tryAgain` gets the focus */
  const TRAPS = {
    "opens a modal dialog": () => {
      const dialog = document.createElement("dialog");
      dialog.append(Object.assign(document.createElement("button"), { textContent: "Publier" }));
      document.querySelector('main [data-testid="tweetTextarea_0"]').closest("main").append(dialog);
      dialog.showModal();
    },
    "closes the dialog that the card stands in": () => {
      const dialog = document.createElement("dialog");
      document.body.append(dialog);
      dialog.append(document.querySelector(":popover-open"));
    },
  };
  for (const [trap, spring] of Object.entries(TRAPS)) {
    it(`does not put the card out of reach when it ${trap}`, async () => {
      const before = decisions(session.stage);
      const page = await session.page(X);
      await typeInto(page, X, PATIENT);
      await session.watch.verified(page);
      await X.publish(page);
      await cardShown(page);
      await page.evaluate(spring);
      await page.keyboard.press("Enter"); // on the dialog's « Publier », or on the card
      await choose(page, "publish");
      await until("the decision", () => decisions(session.stage).length === before.length + 1);
      await page.close();
    });
  }

  it("cannot hold a post for ever with a card that nobody can reach; it leaves as unverified", async () => {
    const before = decisions(session.stage);
    const page = await session.page(X);
    await typeInto(page, X, PATIENT);
    await session.watch.verified(page);
    await X.publish(page);
    await cardShown(page);
    await page.evaluate(() => {
      // A sheet of the page over everything, and a card that is inert under it.
      document.querySelector(":popover-open").inert = true;
      const sheet = Object.assign(document.createElement("div"), { popover: "manual" });
      sheet.style.cssText = "position:fixed;inset:0;width:100%;height:100%";
      const button = document.querySelector('[data-testid="tweetButtonInline"]');
      button.parentElement.append(sheet);
      sheet.append(button);
      sheet.showPopover();
    });
    await X.publish(page);
    await X.publish(page);
    await until("the post", async () => (await postsOf(page)).length === 1);
    const { page: state } = await session.watch.answer(page);
    assert.equal(state.unchecked, true);
    assert.deepEqual(decisions(session.stage), before);
    await page.close();
  });
});
