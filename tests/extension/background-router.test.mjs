// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { causeOfParts } from "../../extension/background/causes.js";
import { HostPort } from "../../extension/background/host-port.js";
import { PageStates } from "../../extension/background/page-states.js";
import "./node-18.mjs";
import { hostText, Router } from "../../extension/background/router.js";
import { fakeBrowser, FakePort, hello, settle } from "./fake-native.mjs";

const SENDER = { id: "us", tab: { id: 7 }, frameId: 2 };
const ROWS = [{ id: "x" }, { id: "generic" }];

function stage() {
  const browser = fakeBrowser();
  const pages = new PageStates();
  /** @type {number[]} */
  const shown = [];
  /** @type {() => void} */
  let restore = () => undefined;
  const host = new HostPort({ ...browser.dependencies, onChange: () => router.broadcast() });
  const router = new Router({
    host,
    health: () => ({ state: host.state, cause: host.cause ?? causeOfParts(host.hello?.parts) }),
    sites: ROWS,
    language: "fr",
    pages,
    restored: new Promise((resolve) => (restore = () => resolve(undefined))),
    onPage: (tab) => shown.push(tab),
  });
  return { browser, pages, shown, host, router, restore };
}

/** A content script that is connected to a host that is ready. */
async function connected() {
  const our = stage();
  our.restore();
  const content = /** @type {any} */ (new FakePort(SENDER, "compose"));
  our.router.connect(content);
  await settle();
  our.browser.port.say(hello());
  await settle();
  content.posted.length = 0;
  return { ...our, content };
}

test("a content script is told the configuration at once, and again when the host has said hello", async () => {
  const { browser, router, restore } = stage();
  restore();
  const content = /** @type {any} */ (new FakePort(SENDER));
  router.connect(content);
  await settle();
  assert.equal(browser.ports.length, 1, "the first compose box opens the port");
  assert.equal(content.posted[0].type, "config");
  assert.deepEqual(content.posted[0].sites, ROWS);
  assert.deepEqual(content.posted[0].official, []);
  browser.port.say(hello());
  assert.deepEqual(content.last.official, ["facebook.com/chu"]);
  assert.equal(content.last.host, "ready");
  assert.equal(content.last.cause, null);
  assert.equal(content.last.lang, "fr");
  assert.equal(content.last.document.number, "237-00");
  const count = content.posted.length;
  router.broadcast();
  assert.equal(content.posted.length, count, "an unchanged configuration is not repeated");
});

test("a page that reopens its port does not wake a host at rest", async () => {
  const { browser, host, router } = await connected();
  host.close();
  router.connect(/** @type {any} */ (new FakePort(SENDER)));
  await settle();
  assert.equal(browser.ports.length, 1);
});

test("the configuration says that a host without a pack cannot check", async () => {
  const { browser, router, restore } = stage();
  restore();
  const content = /** @type {any} */ (new FakePort(SENDER));
  router.connect(content);
  await settle();
  browser.port.say(hello({ pack: null, parts: { profile: "ready", pack: "missing", ledger: "closed" } }));
  assert.equal(content.last.host, "ready");
  assert.equal(content.last.cause, "pack_missing");
  assert.equal(content.last.document, null);
});

test("a check goes to the host with the language, and the verdict comes back unchanged", async () => {
  const { browser, content } = await connected();
  content.say({ type: "check", seq: 5, text: "Bonjour", venue: "official-page", account: "official", extra: 1 });
  await settle();
  const { id, ...request } = browser.port.last;
  assert.deepEqual(request, { type: "check", text: "Bonjour", venue: "official-page", account: "official", lang: "fr" });
  const verdict = { id, type: "verdict", severity: "warn", complete: true, findings: [{ rule: "a" }] };
  browser.port.say(verdict);
  await settle();
  assert.deepEqual(content.last, { type: "verdict", seq: 5, verdict });
});

test("a message that arrives before the former state is known waits for it", async () => {
  const { browser, router, restore } = stage();
  const content = /** @type {any} */ (new FakePort(SENDER));
  router.connect(content);
  content.say({ type: "check", seq: 1, text: "a" });
  await settle();
  assert.equal(browser.ports.length, 0);
  restore();
  await settle();
  browser.port.say(hello());
  assert.equal(browser.port.last.text, "a");
});

test("what is not in a closed list becomes the default, and never reaches the host", async () => {
  const { browser, content } = await connected();
  content.say({ type: "check", seq: 1, text: "a", venue: "moon", account: 3 });
  await settle();
  assert.equal(browser.port.last.venue, "personal");
  assert.equal(browser.port.last.account, "personal");
  content.say({ type: "acknowledge", seq: 2, choice: "publish", rules: ["r"], site: "evil.example", text: "secret" });
  await settle();
  const { id, ...request } = browser.port.last;
  assert.deepEqual(request, { type: "acknowledge", choice: "publish", rules: ["r"], site: "generic", venue: "personal" });
});

test("NUL and lone surrogates are replaced, one code unit by one: spans keep their place", () => {
  assert.equal(hostText("é\0😀\uD800x\uDC00"), "é\uFFFD😀\uFFFDx\uFFFD");
});

test("an acknowledgement is confirmed only when the host has stored it", async () => {
  const { browser, content } = await connected();
  content.say({ type: "acknowledge", seq: 9, choice: "publish", rules: ["r"], site: "x", venue: "personal" });
  await settle();
  assert.deepEqual(content.posted, []);
  browser.port.say({ id: browser.port.last.id, type: "acknowledged", decision: 1, rows: 1 });
  await settle();
  assert.deepEqual(content.last, { type: "acknowledged", seq: 9 });
});

for (const [what, message] of /** @type {[string, any][]} */ ([
  ["an unknown choice", { choice: "maybe", rules: ["r"] }],
  ["no rule", { choice: "edit", rules: [] }],
  ["too many rules", { choice: "edit", rules: Array(65).fill("r") }],
  ["rules that are no strings", { choice: "edit", rules: [{}] }],
  ["no rules at all", { choice: "edit" }],
])) {
  test(`an acknowledgement with ${what} is refused here`, async () => {
    const { browser, content } = await connected();
    const before = browser.port.posted.length;
    content.say({ type: "acknowledge", seq: 1, ...message });
    await settle();
    assert.equal(content.last.code, "bad_value");
    assert.equal(browser.port.posted.length, before);
  });
}

test("failures carry the host's state and the protocol's code", async () => {
  const { browser, content } = await connected();
  content.say({ type: "check", seq: 1, text: "a" });
  await settle();
  browser.port.say({ id: browser.port.last.id, type: "error", code: "no_pack" });
  await settle();
  assert.deepEqual(content.last, { type: "failed", seq: 1, state: "ready", code: "no_pack" });
  content.say({ type: "check", seq: 2, text: 5 });
  content.say({ type: "check", seq: 3, text: "é".repeat(100_001) });
  await settle();
  assert.deepEqual(
    content.posted.slice(-2).map((/** @type {any} */ m) => m.code),
    ["wrong_member_type", "text_too_long"],
  );
  content.say({ type: "check", seq: 4, text: "a" });
  await settle();
  browser.port.close("Native host has exited.");
  await settle();
  const failed = content.posted.find((/** @type {any} */ m) => m.seq === 4);
  assert.deepEqual(failed, { type: "failed", seq: 4, state: "broken", code: null });
});

test("messages without sense are ignored", async () => {
  const { browser, content } = await connected();
  const before = browser.port.posted.length;
  for (const message of [null, 1, "check", {}, { type: "check", text: "a" }, { type: "check", seq: 1.5, text: "a" }, { type: "status", seq: 1 }]) {
    content.say(message);
  }
  await settle();
  assert.deepEqual(content.posted, []);
  assert.equal(browser.port.posted.length, before);
});

test("the state of a frame is known while its port lives", async () => {
  const { pages, shown, content } = await connected();
  content.say({ type: "page", site: "x", composer: true, checked: 1, findings: 2, severity: "warn", unchecked: false });
  await settle();
  assert.equal(pages.ofTab(7)?.findings, 2);
  assert.deepEqual(shown, [7]);
  content.close(null);
  await settle();
  assert.equal(pages.ofTab(7), null);
  assert.deepEqual(shown, [7, 7]);
});

test("a verdict for a page that has gone is dropped quietly", async () => {
  const { browser, content, router } = await connected();
  content.say({ type: "check", seq: 1, text: "a" });
  await settle();
  content.close(null);
  browser.port.say({ id: browser.port.last.id, type: "verdict" });
  await settle();
  assert.deepEqual(content.posted, []);
  router.broadcast();
});

test("a port that comes from no tab is turned away", () => {
  const { router } = stage();
  const port = /** @type {any} */ (new FakePort({ id: "us" }));
  router.connect(port);
  assert.ok(port.disconnected);
});
