// SPDX-License-Identifier: GPL-3.0-or-later
// The demonstration. On a screen: the installed browser with the extension and the host, handed to the person. Without
// one: both browsers without a window, real posts typed on the keyboard, the warnings in the terminal and pictures in
// build/demo/.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join, relative } from "node:path";
import { KINDS, missing } from "../e2e/lib/browsers.mjs";
import { boxNamed, typeInto } from "../e2e/lib/boxes.mjs";
import { cardShown, choose, highlights } from "../e2e/lib/prudence.mjs";
import { openSession } from "../e2e/lib/session.mjs";
import { BUILD, HOST, PACKS, TOOL } from "../e2e/lib/stage.mjs";
import { POSTS } from "./posts.mjs";
import { printPost, printSummary } from "./report.mjs";

const PICTURES = join(BUILD, "demo");
const X = boxNamed("X, click on Publier");
const FACEBOOK = boxNamed("Facebook, dialog");
const FORM = boxNamed("a blog’s form");

/** The same question as the browser's, asked by the command-line tool of the same installation: it says why. */
function explain(stage, text) {
  try {
    return JSON.parse(
      execFileSync(stage.tool, ["check", "--json", "-"], { input: text, encoding: "utf8", env: stage.environment }),
    );
  } catch (error) {
    // Exit status 1 says that there are findings.
    if (error.status === 1) return JSON.parse(error.stdout);
    throw error;
  }
}

const letters = (text) => text.toLowerCase().replace(/\s+/g, " ").trim();

/** What the browser has painted, and whether that is what the verdict says. */
function compare(kind, text, verdict, painted) {
  const words = painted.flatMap((one) => one.words);
  const expected = verdict.findings.flatMap((finding) =>
    finding.spans.map(([begin, end]) => letters(text.slice(begin, end))),
  );
  const agrees =
    expected.every((word) => words.some((seen) => letters(seen) === word)) &&
    (expected.length > 0 || words.length === 0);
  return { kind, words: [...new Set(words)], agrees };
}

async function clear(page) {
  await page.click(X.editor);
  await page.keyboard.down("Control");
  await page.keyboard.press("a");
  await page.keyboard.up("Control");
  await page.keyboard.press("Backspace");
}

async function picture(page, session, name, options = {}) {
  await page.screenshot({ path: join(PICTURES, `${session.kind}-${name}.png`), ...options });
}

/**
 * The composer with its highlights, the card, the answer, and the popup: on X, then the composer on Facebook and a
 * forum.
 */
async function takePictures(session, text) {
  const page = await session.page(X);
  await typeInto(page, X, text);
  await session.watch.verified(page);
  await picture(page, session, "x-composer");
  await X.publish(page);
  await cardShown(page);
  await picture(page, session, "x-card");
  await choose(page, "edit");
  const popup = await session.browser.newPage();
  await popup.setViewport({ width: 360, height: 600 });
  await popup.goto(
    `${session.origin}/pages/popup.html?tab=${session.watch.tabOf(page)}`,
    session.kind === "firefox" ? { waitUntil: [] } : { waitUntil: "load" },
  );
  await session.watch.settled(popup);
  await picture(popup, session, "popup", { fullPage: true });
  for (const [box, name] of [
    [FACEBOOK, "facebook"],
    [FORM, "forum"],
  ]) {
    const other = await session.page(box);
    await typeInto(other, box, text);
    await session.watch.verified(other);
    await picture(other, session, `${name}-composer`);
    await box.publish(other);
    await cardShown(other);
    await picture(other, session, `${name}-card`);
    await choose(other, "edit");
  }
}

async function withoutScreen(kinds) {
  mkdirSync(PICTURES, { recursive: true });
  const sessions = await Promise.all(kinds.map((kind) => openSession(kind)));
  const verdicts = [];
  let differences = 0;
  try {
    await Promise.all(sessions.map((session) => session.openWatch()));
    const pages = await Promise.all(sessions.map((session) => session.page(X)));
    console.log(`Prudence : ${POSTS.length} publications, tapées sur une page locale qui porte les crochets de x.com.`);
    for (const [index, text] of POSTS.entries()) {
      const verdict = explain(sessions[0].stage, text);
      const seen = await Promise.all(
        sessions.map(async (session, turn) => {
          const page = pages[turn];
          await typeInto(page, X, text);
          await session.watch.verified(page);
          const painted = await highlights(page);
          await clear(page);
          return compare(session.kind, text, verdict, painted);
        }),
      );
      printPost(index + 1, text, verdict, seen);
      verdicts.push(verdict);
      differences += seen.filter(({ agrees }) => !agrees).length;
    }
    const worth = POSTS[verdicts.findIndex(({ severity }) => severity === "serious")] ?? POSTS[0];
    for (const session of sessions) await takePictures(session, worth);
  } finally {
    await Promise.all(sessions.map((session) => session.end()));
  }
  printSummary(verdicts, kinds, relative(process.cwd(), PICTURES) || PICTURES, differences);
  return differences ? 1 : 0;
}

async function onScreen(kind) {
  const session = await openSession(kind, { headless: false, viewport: null });
  const closed = new Promise((resolve) => {
    session.browser.on("disconnected", resolve);
  });
  try {
    for (const box of [FORM, FACEBOOK, X]) await session.page(box);
    console.log(
      `Prudence est ouvert dans ${kind}, sur trois pages locales : rien n’est publié, rien ne sort de ce poste.\n` +
        "Écrivez par exemple, puis cliquez sur « Publier » :\n" +
        POSTS.slice(0, 6)
          .map((post) => `  ${post}`)
          .join("\n") +
        "\nFermez la fenêtre, ou Ctrl+C, pour terminer.",
    );
    await closed;
  } finally {
    await session.end();
  }
  return 0;
}

const kinds = KINDS.filter((kind) => {
  const why = missing(kind);
  if (why) console.log(`Sans ${kind} : ${why}.`);
  return !why;
});
const unbuilt = [HOST, TOOL, join(PACKS, "chu.pack")].filter((path) => !existsSync(path));
if (unbuilt.length || kinds.length === 0) {
  console.error(unbuilt.length ? `Pas encore construit : ${unbuilt.join(", ")} (make)` : "Aucun navigateur installé.");
  process.exit(1);
}
const screen = (process.env.DISPLAY || process.env.WAYLAND_DISPLAY) && !process.env.CI;
process.exitCode = screen ? await onScreen(kinds[0]) : await withoutScreen(kinds);
