// SPDX-License-Identifier: GPL-3.0-or-later
// The promise itself, in each compose box of each browser: a text that the policy concerns is shown, stopped once and
// then the person's; a text that it does not concern is never touched.
import assert from "node:assert/strict";
import { eachBrowser } from "./lib/each-browser.mjs";
import { BOXES, modelOf, postsOf, typeInto } from "./lib/boxes.mjs";
import { cardShown, choose, highlightOf, highlightPlaces, highlights, paintedAt, popovers } from "./lib/prudence.mjs";
import { openSession } from "./lib/session.mjs";
import { decisions, filesWithWords, ledgerRows } from "./lib/stage.mjs";
import { CANARIES, CLEAN, PATIENT } from "./lib/texts.mjs";
import { until } from "./lib/wait.mjs";

eachBrowser("publishing in", ({ kind, it, before, after }) => {
  let session;
  before(async () => {
    session = await openSession(kind);
    await session.openWatch();
  });
  after(() => session?.end());

  for (const box of BOXES) {
    it(`${box.name}: stops the first attempt, lets the second pass once, and leaves the text alone`, async () => {
      const page = await session.page(box);
      await typeInto(page, box, PATIENT);
      const state = await session.watch.verified(page);
      assert.equal(state.site, box.site);
      assert.ok(state.findings > 0, "the host found something in the text");
      const recorded = decisions(session.stage).length;

      await box.publish(page);
      await cardShown(page);
      assert.deepEqual(await postsOf(page), [], "nothing is published at the first attempt");
      await choose(page, "publish");
      assert.equal(await modelOf(page, box), PATIENT, "the editor’s own text");
      await until("the decision to be recorded", () => decisions(session.stage).length === recorded + 1);
      assert.deepEqual(decisions(session.stage).at(-1), { choice: "publish", site: box.site, venue: "personal" });

      await box.publish(page);
      await until("the post", async () => (await postsOf(page)).length > 0);
      assert.deepEqual(await postsOf(page), [{ text: PATIENT, where: box.where }]);
      assert.equal(await popovers(page), 0, "no second card");
      assert.equal(decisions(session.stage).length, recorded + 1, "the second attempt records nothing");
      await page.close();
    });

    it(`${box.name}: lets a clean text pass at the first attempt`, async () => {
      const page = await session.page(box);
      await typeInto(page, box, CLEAN);
      const state = await session.watch.verified(page);
      assert.equal(state.findings, 0, "the host found nothing in the text");
      const recorded = decisions(session.stage).length;

      await box.publish(page);
      await until("the post", async () => (await postsOf(page)).length > 0);
      assert.deepEqual(await postsOf(page), [{ text: CLEAN, where: box.where }]);
      assert.equal(await popovers(page), 0, "neither card nor notice");
      assert.deepEqual(await highlights(page), []);
      assert.equal(decisions(session.stage).length, recorded);
      await page.close();
    });
  }

  // Once for each editor: Ctrl+Enter is another gesture, not another editor.
  for (const box of BOXES.filter(({ rich, name }) => rich && name !== "X, Ctrl+Enter")) {
    it(`${box.name}: paints the words concerned while the person writes`, async () => {
      const page = await session.page(box);
      await typeInto(page, box, PATIENT);
      await highlightOf(page, "AVC");
      await session.watch.verified(page);
      const places = await highlightPlaces(page);
      assert.ok(places.length > 0);
      for (const { word, pixels } of await paintedAt(page, places)) {
        assert.ok(pixels > 20, `« ${word} » is registered, and ${pixels} coloured pixels are painted`);
      }
      await page.keyboard.type(", et elle va mieux");
      await session.watch.verified(page);
      await highlightOf(page, "AVC");
      assert.equal(await modelOf(page, box), `${PATIENT}, et elle va mieux`);

      // The page could read the registry: nothing stays in it when the person leaves the box. And so the colours were
      // ours.
      await page.evaluate(() => document.activeElement.blur());
      await until("the highlights to be gone", async () => (await highlights(page)).length === 0);
      for (const { word, pixels } of await paintedAt(page, places))
        assert.equal(pixels, 0, `coloured pixels left on « ${word} »`);
      await page.close();
    });
  }

  it("keeps no word of any text on the disk", () => {
    assert.ok(ledgerRows(session.stage).length > 0, "there is a ledger to look at");
    assert.deepEqual(filesWithWords(session.stage.data, CANARIES), []);
  });

  it("contacts nobody", () => {
    assert.deepEqual(session.internet.foreign, []);
  });
});
