// SPDX-License-Identifier: GPL-3.0-or-later
// The life of the host beside the browser's: gone with it, missed without harm, back after an accident.
import assert from "node:assert/strict";
import { eachBrowser } from "./lib/each-browser.mjs";
import { boxNamed, postsOf, typeInto } from "./lib/boxes.mjs";
import { cardShown, highlightOf, highlights, popovers } from "./lib/prudence.mjs";
import { alive, end } from "./lib/processes.mjs";
import { openSession } from "./lib/session.mjs";
import { decisions } from "./lib/stage.mjs";
import { PATIENT } from "./lib/texts.mjs";
import { until } from "./lib/wait.mjs";

const X = boxNamed("X, click on Publier");
const FORM = boxNamed("a blog’s form");

async function inSession(kind, options, act) {
  const session = await openSession(kind, options);
  try {
    await act(session);
  } finally {
    await session.end();
  }
}

/** Types until the host has answered, and returns the host's process. */
async function writing(session) {
  const page = await session.page(X);
  await typeInto(page, X, PATIENT);
  await highlightOf(page, "AVC");
  const pids = session.stage.hostPids();
  assert.equal(pids.length, 1, `one host for one browser, not ${pids.length}`);
  return { page, pid: pids[0] };
}

eachBrowser("the host beside", ({ kind, it }) => {
  it("is gone when the browser closes", () =>
    inSession(kind, {}, async (session) => {
      const { pid } = await writing(session);
      await session.close();
      await until("the host to be gone", () => !alive(pid), { timeout: 1000 });
    }));

  it("is gone within a second when the browser is killed", () =>
    inSession(kind, {}, async (session) => {
      const { pid } = await writing(session);
      session.kill();
      await until("the host to be gone", () => !alive(pid), { timeout: 1000 });
      assert.deepEqual(session.stage.hostPids(), []);
    }));

  it("starts again after it was killed while the person writes", () =>
    inSession(kind, {}, async (session) => {
      await session.openWatch();
      const { page, pid } = await writing(session);
      end(pid);
      await until("the host to be dead", () => !alive(pid));
      // The extension waits a second before it tries again, and tries only for a person who writes.
      await until(
        "another host",
        async () => {
          await page.keyboard.type("!");
          return session.stage.hostPids().some((other) => other !== pid);
        },
        { timeout: 15000, every: 500 },
      );
      await until("the words to be highlighted again", async () => (await highlights(page)).length > 0, {
        timeout: 15000,
      });
      assert.equal(session.stage.hostPids().length, 1);
      await session.watch.verified(page);
      await X.publish(page);
      await cardShown(page);
      assert.deepEqual(await postsOf(page), []);
    }));

  const withoutVerdict = async (session, ready) => {
    await session.openWatch();
    for (const box of [X, FORM]) {
      const page = await session.page(box);
      await typeInto(page, box, PATIENT);
      await until("the extension to know how the host is", async () => ready(await session.watch.answer(page)));
      await box.publish(page);
      await until("the post", async () => (await postsOf(page)).length > 0);
      assert.deepEqual(await postsOf(page), [{ text: PATIENT, where: box.where }]);
      await until(
        "the page to count as unverified",
        async () => (await session.watch.answer(page)).page?.unchecked === true,
      );
      await until("the notice « non vérifié »", async () => (await popovers(page)) > 0);
      assert.deepEqual(await highlights(page), []);
      await page.close();
    }
    assert.deepEqual(decisions(session.stage), []);
    assert.deepEqual(session.internet.foreign, []);
  };

  it("is not needed to publish: without it the text passes at once, marked « non vérifié »", () =>
    inSession(kind, { host: null }, (session) => withoutVerdict(session, ({ host }) => host.state === "absent")));

  it("never calls a text clean when it has no rules to judge by", () =>
    inSession(kind, { packs: null }, (session) =>
      withoutVerdict(session, ({ host }) => host.hello?.parts.pack === "missing"),
    ));
});
