// SPDX-License-Identifier: GPL-3.0-or-later
// The compose boxes under test as data: where each is, how it is opened and what publishes there.
import { until } from "./wait.mjs";

const click = (selector) => (page) => page.click(selector);
const press =
  (...keys) =>
  async (page) => {
    for (const key of keys.slice(0, -1)) await page.keyboard.down(key);
    await page.keyboard.press(keys.at(-1));
    for (const key of keys.slice(0, -1).reverse()) await page.keyboard.up(key);
  };

/** `where` is what the page's own record calls the box; `rich` boxes can be highlighted, a textarea cannot. */
export const BOXES = [
  {
    name: "X, click on Publier",
    url: "https://x.com/home",
    site: "x",
    where: "inline",
    rich: true,
    editor: 'main [data-testid="tweetTextarea_0"]',
    publish: click('[data-testid="tweetButtonInline"]'),
  },
  {
    name: "X, Ctrl+Enter",
    url: "https://x.com/home",
    site: "x",
    where: "inline",
    rich: true,
    editor: 'main [data-testid="tweetTextarea_0"]',
    publish: press("Control", "Enter"),
  },
  {
    name: "X, dialog",
    url: "https://x.com/home",
    site: "x",
    where: "dialog",
    rich: true,
    open: click('[data-testid="SideNav_NewTweet_Button"]'),
    editor: '[role=dialog] [data-testid="tweetTextarea_0"]',
    publish: click('[data-testid="tweetButton"]'),
  },
  {
    name: "Facebook, dialog",
    url: "https://www.facebook.com/",
    site: "facebook",
    where: "dialog",
    rich: true,
    open: click(".opener [role=button]"),
    editor: "[role=dialog] [role=textbox]",
    publish: click('[role=dialog] [aria-label="Publier"]'),
  },
  {
    name: "Facebook, comment with Enter",
    url: "https://www.facebook.com/",
    site: "facebook",
    where: "comment",
    rich: true,
    editor: "form[role=presentation] [role=textbox]",
    publish: press("Enter"),
  },
  {
    name: "a blog’s form",
    url: "https://blog.example/billet",
    site: "generic",
    where: "form",
    rich: false,
    editor: "#comment",
    publish: click("#submit"),
  },
];

export const boxNamed = (name) => BOXES.find((box) => box.name === name);

/** Opens the box, puts the caret into it and types with the keyboard, as a person does. */
export async function typeInto(page, box, text) {
  await until(`${box.name}: the page`, () => page.$(box.open ? "body #root > *" : box.editor));
  if (box.open && !(await page.$(box.editor))) await box.open(page);
  await until(`${box.name}: the editor`, () => page.$(box.editor));
  await page.click(box.editor);
  await page.keyboard.type(text);
  await until(`${box.name}: the editor to hold the text`, async () => (await modelOf(page, box)) === text);
}

/** The text as the site's own editor knows it. */
export const modelOf = (page, box) => page.evaluate((where) => window.__models[where]?.(), box.where);

/** What the site has published so far. */
export const postsOf = (page) => page.evaluate(() => window.__posts);
