// SPDX-License-Identifier: GPL-3.0-or-later
// The three answers of the card, what each records, and what comes of the text.
import assert from "node:assert/strict";
import { eachBrowser } from "./lib/each-browser.mjs";
import { boxNamed, modelOf, postsOf, typeInto } from "./lib/boxes.mjs";
import { setTimeout as sleep } from "node:timers/promises";
import { cardGone, cardShown, choose, popovers, READ_MS } from "./lib/prudence.mjs";
import { openSession } from "./lib/session.mjs";
import { decisions, filesWithWords, ledgerRows } from "./lib/stage.mjs";
import { CANARIES, OTHER_PATIENT, PATIENT } from "./lib/texts.mjs";
import { until } from "./lib/wait.mjs";

const X = boxNamed("X, click on Publier");
const FACEBOOK = boxNamed("Facebook, dialog");
const COMMENT = boxNamed("Facebook, comment with Enter");

eachBrowser("the card’s answers in", ({ kind, it, before, after }) => {
  let session;
  before(async () => {
    session = await openSession(kind, {
      profile: { institution: "chu", official_accounts: ["facebook.com/page-officielle"] },
    });
    await session.openWatch();
  });
  after(() => session?.end());

  /** Types, tries to publish, and returns the page with the card open. */
  async function stopped(box, text) {
    const page = await session.page(box);
    await typeInto(page, box, text);
    await session.watch.verified(page);
    await box.publish(page);
    await cardShown(page);
    return page;
  }

  const lastDecision = async (count) => {
    await until("the decision to be recorded", () => decisions(session.stage).length === count);
    return decisions(session.stage).at(-1);
  };

  for (const choice of ["edit", "publish", "not-applicable"]) {
    it(`records « ${choice} » and gives the text back to the person`, async () => {
      const recorded = decisions(session.stage).length;
      const page = await stopped(X, PATIENT);
      await choose(page, choice);
      assert.deepEqual(await lastDecision(recorded + 1), { choice, site: "x", venue: "personal" });
      assert.ok(
        ledgerRows(session.stage).every(({ rule, severity }) => /^[a-z0-9.-]+$/.test(rule) && severity !== "none"),
      );
      assert.equal(await modelOf(page, X), PATIENT);
      assert.deepEqual(await postsOf(page), [], "an answer publishes nothing by itself");
      if (choice === "edit") {
        // The caret is back where the person was writing.
        await page.keyboard.press("End");
        await page.keyboard.type(".");
        await until("the letter in the editor", async () => (await modelOf(page, X)) === `${PATIENT}.`);
      } else {
        // The focus is back on « Publier », and this time Enter there publishes.
        await page.keyboard.press("Enter");
        await until("the post", async () => (await postsOf(page)).length === 1);
      }
      await page.close();
    });
  }

  it("takes Escape for « edit », and the site’s own dialog does not hear it", async () => {
    const recorded = decisions(session.stage).length;
    const page = await stopped(FACEBOOK, PATIENT);
    await page.keyboard.press("Escape");
    await cardGone(page);
    assert.deepEqual(await lastDecision(recorded + 1), { choice: "edit", site: "facebook", venue: "personal" });
    assert.equal(await modelOf(page, FACEBOOK), PATIENT, "the composer is still open, with its text");
    await page.close();
  });

  it("does not take the second of two quick Enters for an answer", async () => {
    const recorded = decisions(session.stage).length;
    const page = await stopped(COMMENT, PATIENT);
    await page.keyboard.press("Enter");
    assert.equal(await popovers(page), 1, "the card is still open");
    assert.deepEqual(await postsOf(page), []);
    await choose(page, "not-applicable");
    assert.equal((await lastDecision(recorded + 1)).choice, "not-applicable");
    await page.close();
  });

  it("publishes nothing when the key that answered « edit » is held down", async () => {
    const recorded = decisions(session.stage).length;
    const page = await stopped(COMMENT, PATIENT);
    await sleep(READ_MS);
    for (let time = 0; time < 4; time++) await page.keyboard.down("Enter");
    await cardGone(page);
    await page.keyboard.down("Enter");
    await page.keyboard.up("Enter");
    await sleep(100);
    assert.deepEqual(await postsOf(page), []);
    assert.equal(await modelOf(page, COMMENT), PATIENT);
    await page.keyboard.press("Enter");
    await until("the post, at the next deliberate Enter", async () => (await postsOf(page)).length === 1);
    // Before the next test counts the decisions.
    assert.equal((await lastDecision(recorded + 1)).choice, "edit");
    await page.close();
  });

  it("records that the page was an official one", async () => {
    const recorded = decisions(session.stage).length;
    const page = await stopped({ ...FACEBOOK, url: "https://www.facebook.com/page-officielle" }, PATIENT);
    await choose(page, "edit");
    assert.deepEqual(await lastDecision(recorded + 1), { choice: "edit", site: "facebook", venue: "official-page" });
    await page.close();
  });

  it("stops another text of the same box again", async () => {
    const page = await stopped(X, PATIENT);
    await choose(page, "publish");
    await X.publish(page);
    await until("the post", async () => (await postsOf(page)).length === 1);
    await typeInto(page, X, OTHER_PATIENT);
    await session.watch.verified(page);
    await X.publish(page);
    await cardShown(page);
    assert.equal((await postsOf(page)).length, 1);
    await choose(page, "edit");
    await page.close();
  });

  it("lets an edited text pass when nothing is left to say", async () => {
    const page = await stopped(X, PATIENT);
    await choose(page, "edit");
    await page.click(X.editor);
    await page.keyboard.down("Control");
    await page.keyboard.press("a");
    await page.keyboard.up("Control");
    await page.keyboard.press("Backspace");
    await typeInto(page, X, "Bonne journée à tous");
    await session.watch.verified(page);
    await X.publish(page);
    await until("the post", async () => (await postsOf(page)).length === 1);
    assert.deepEqual(await postsOf(page), [{ text: "Bonne journée à tous", where: "inline" }]);
    assert.equal(await popovers(page), 0);
    await page.close();
  });

  it("keeps no word of any text on the disk, and contacts nobody", () => {
    assert.deepEqual(filesWithWords(session.stage.data, CANARIES), []);
    assert.deepEqual(session.internet.foreign, []);
  });
});
