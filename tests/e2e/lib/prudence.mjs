// SPDX-License-Identifier: GPL-3.0-or-later
// What a person sees of Prudence, seen from outside: highlights in the registry and in pixels, the card in the top
// layer. The card's shadow root is closed, so it is driven with the keyboard, like everyone who does not use a mouse.
import { colouredPixels, decodePng } from "./png.mjs";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "./wait.mjs";

/**
 * @returns {Promise<{name: string, words: string[]}[]>} the registry of the page's CSS highlights, empty ones left out
 */
export function highlights(page) {
  return page.evaluate(() =>
    [...CSS.highlights]
      .map(([name, ranges]) => ({
        name,
        words: [...ranges].map((range) => {
          const live = document.createRange();
          live.setStart(range.startContainer, range.startOffset);
          live.setEnd(range.endContainer, range.endOffset);
          return live.toString();
        }),
      }))
      .filter(({ words }) => words.length > 0),
  );
}

export const highlightOf = (page, word) =>
  until(`« ${word} » to be highlighted`, async () => {
    const all = await highlights(page);
    return all.find(({ words }) => words.some((painted) => painted.toLowerCase().includes(word.toLowerCase())));
  });

/**
 * @returns {Promise<{word: string, x: number, y: number, width: number, height: number}[]>} where each highlighted
 * range begins, in CSS pixels
 */
export function highlightPlaces(page) {
  return page.evaluate(() =>
    [...CSS.highlights]
      .flatMap(([, ranges]) => [...ranges])
      .map((range) => {
        const live = document.createRange();
        live.setStart(range.startContainer, range.startOffset);
        live.setEnd(range.endContainer, range.endOffset);
        const { x, y, width, height } = live.getClientRects()[0];
        return { word: live.toString(), x, y, width, height };
      }),
  );
}

/** Coloured pixels of a screenshot at each of these places. @returns {Promise<{word: string, pixels: number}[]>} */
export async function paintedAt(page, places) {
  const png = decodePng(Buffer.from(await page.screenshot({ type: "png" })));
  const scale = png.width / (await page.evaluate(() => window.innerWidth));
  return places.map(({ word, ...box }) => ({
    word,
    pixels: colouredPixels(png, Object.fromEntries(Object.entries(box).map(([side, value]) => [side, value * scale]))),
  }));
}

/** Is a card (or the « non vérifié » notice) in the top layer? */
export const popovers = (page) => page.evaluate(() => document.querySelectorAll(":popover-open").length);

export const cardShown = (page) => until("the card to be shown", async () => (await popovers(page)) > 0);
export const cardGone = (page) => until("the card to be gone", async () => (await popovers(page)) === 0);

/** The card's buttons in the order of the Tab key; the first has the focus when the card appears. */
const BUTTONS = { edit: 0, publish: 1, "not-applicable": 2 };

/** A card that nobody can have read yet does not take an answer. */
export const READ_MS = 600;

export async function choose(page, choice) {
  await cardShown(page);
  await sleep(READ_MS);
  for (let step = 0; step < BUTTONS[choice]; step++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await cardGone(page);
}
