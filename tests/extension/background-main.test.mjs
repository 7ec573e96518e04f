// SPDX-License-Identifier: GPL-3.0-or-later
// The whole background script on a fake browser: what it registers, whom it listens to, what it remembers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeEvent, FakePort, hello, settle } from "./fake-native.mjs";

// The idle timer of a port that a test leaves open must not keep the runner waiting for its minute.
const setTimer = globalThis.setTimeout;
/** @type {any} */ (globalThis).setTimeout = (/** @type {Parameters<typeof setTimer>} */ ...args) => setTimer(...args).unref();

const OURS = "chrome-extension://us/";
let started = 0;

/** Starts main.js on a fresh browser. @param {Record<string, any>} [session] what storage.session holds */
async function start(session = {}) {
  const events = { connect: new FakeEvent(), message: new FakeEvent(), removed: new FakeEvent(), suspend: new FakeEvent() };
  /** @type {FakePort[]} */
  const natives = [];
  /** @type {Record<string, any>} */
  const shown = { badge: {}, title: {}, icon: null };
  const fake = {
    runtime: {
      id: "us",
      lastError: undefined,
      getURL: (/** @type {string} */ path) => OURS + path.replace(/^\//, ""),
      connectNative: () => natives[natives.push(new FakePort()) - 1],
      onConnect: events.connect,
      onMessage: events.message,
      onSuspend: events.suspend,
    },
    tabs: { onRemoved: events.removed },
    i18n: { getMessage: (/** @type {string} */ key, /** @type {string[]} */ values) => [key, ...(values ?? [])].join(" ") },
    storage: {
      session: {
        get: async (/** @type {string} */ key) => ({ [key]: structuredClone(session[key]) }),
        set: async (/** @type {object} */ values) => void Object.assign(session, structuredClone(values)),
      },
    },
    action: {
      setIcon: async (/** @type {any} */ { path }) => void (shown.icon = path[16]),
      setTitle: async (/** @type {any} */ { tabId, title }) => void (shown.title[tabId ?? "all"] = title),
      getTitle: async (/** @type {any} */ { tabId }) => shown.title[tabId] ?? shown.title.all,
      setBadgeText: async (/** @type {any} */ { tabId, text }) => void (shown.badge[tabId] = text),
      setBadgeBackgroundColor: async () => undefined,
      setBadgeTextColor: async () => undefined,
    },
  };
  /** @type {any} */ (globalThis).browser = fake;
  // The browser's API is taken when main.js is loaded: a fresh copy of each file for each test.
  started += 1;
  await loadFresh(started);
  const registered = Object.values(events).every((event) => event.listeners.length === 1);
  await settle();
  const content = (/** @type {any} */ sender = {}) => {
    const port = /** @type {any} */ (new FakePort({ id: "us", tab: { id: 7 }, frameId: 0, ...sender }, "compose"));
    events.connect.fire(port);
    return port;
  };
  /** @param {any} message @param {any} [sender] @returns {Promise<any>} the reply, or "ignored" */
  const ask = (message, sender = { id: "us", url: `${OURS}pages/popup.html` }) =>
    new Promise((resolve) => {
      const [async] = events.message.fire(message, sender, resolve);
      if (async !== true) resolve("ignored");
    });
  return { events, natives, shown, session, registered, content, ask };
}

/** Loads main.js and what it imports anew. @param {number} number */
async function loadFresh(number) {
  const { register } = await import("node:module");
  if (number === 1) {
    register(
      `data:text/javascript,${encodeURIComponent(`
        export async function resolve(specifier, context, next) {
          const found = await next(specifier, context);
          const run = new URL(context.parentURL ?? "file:///").searchParams.get("run") ?? new URL(found.url).searchParams.get("run");
          if (!run || !found.url.startsWith("file:") || !found.url.includes("/extension/background/")) return found;
          const url = new URL(found.url);
          url.searchParams.set("run", run);
          return { ...found, url: url.href };
        }`)}`,
    );
  }
  await import(`../../extension/background/main.js?run=${number}`);
}

test("every listener is registered before anything is awaited", async () => {
  const { registered, natives } = await start();
  assert.ok(registered);
  assert.equal(natives.length, 0, "starting the worker does not start the host");
});

test("only our own content scripts may open a port", async () => {
  const { content, natives, events } = await start();
  const stranger = content({ id: "them" });
  assert.ok(stranger.disconnected);
  const other = /** @type {any} */ (new FakePort({ id: "us", tab: { id: 7 } }, "other"));
  events.connect.fire(other);
  assert.ok(other.disconnected);
  await settle();
  assert.equal(natives.length, 0);
});

test("only our own pages may ask what the popup asks", async () => {
  const { ask } = await start();
  assert.equal(await ask({ type: "popup", tabId: 7 }, { id: "us", url: "https://x.com/", tab: { id: 7 } }), "ignored");
  assert.equal(await ask({ type: "popup", tabId: 7 }, { id: "them", url: `${OURS}pages/popup.html` }), "ignored");
  assert.equal(await ask({ type: "other" }), "ignored");
});

test("findings reach badge and tool tip; a closed tab is forgotten", async () => {
  const { content, shown, events, session } = await start();
  const port = content();
  port.say({ type: "page", site: "x", composer: true, checked: 1, findings: 2, severity: "warn", unchecked: false });
  await settle();
  assert.equal(shown.badge[7], "2");
  assert.equal(shown.title[7], "title_findings_many 2");
  assert.equal(session.background.pages.length, 1);
  events.removed.fire(7);
  await settle();
  assert.deepEqual(session.background.pages, []);
});

test("the icon turns to colour with the hello, and grey when the host dies", async () => {
  const { content, natives, shown } = await start();
  assert.match(shown.icon, /grey/);
  content();
  await settle();
  natives[0].say(hello());
  await settle();
  assert.doesNotMatch(shown.icon, /grey/);
  assert.equal(shown.title.all, "action_title");
  natives[0].close(null);
  await settle();
  assert.match(shown.icon, /grey/);
  assert.equal(shown.title.all, "title_unavailable");
});

test("the popup is told page, host and status; looking is a use, and asks the host", async () => {
  const { content, natives, ask } = await start();
  content().say({ type: "page", site: "facebook", composer: true, checked: 1, findings: 0, severity: "none", unchecked: false });
  await settle();
  natives[0].say(hello());
  const answer = ask({ type: "popup", tabId: 7 });
  await settle();
  const { id, type } = natives[0].last;
  assert.equal(type, "status");
  natives[0].say({ id, type: "status", work_time: "off", acknowledgements: 0 });
  const { page, host, status } = await answer;
  assert.equal(page.site, "facebook");
  assert.equal(host.state, "ready");
  assert.equal(host.hello.institution.id, "chu");
  assert.equal(status.work_time, "off");
});

test("the popup of a host that is absent says so, and does not start it again before its time", async () => {
  const { natives, ask } = await start();
  const answer = ask({ type: "popup", tabId: 7 });
  await settle();
  natives[0].close("No such native application ca.prudence.host");
  const { page, host, status } = await answer;
  assert.equal(page, null);
  assert.equal(host.state, "absent");
  assert.equal(host.cause.id, "not_found_or_not_listed");
  assert.equal(status, null);
  await ask({ type: "popup", tabId: 7 });
  assert.equal(natives.length, 1);
  void ask({ type: "popup", tabId: 7, retry: true });
  await settle();
  assert.equal(natives.length, 2, "the person's button does");
});

test("a restarted worker remembers a page as long as the tab shows the tool tip it was given", async () => {
  const first = await start();
  const port = first.content();
  await settle();
  first.natives[0].say(hello());
  port.say({ type: "page", site: "x", composer: true, checked: 1, findings: 2, severity: "warn", unchecked: false });
  await settle();

  const second = await start(structuredClone(first.session));
  second.shown.title[7] = first.shown.title[7];
  const same = second.ask({ type: "popup", tabId: 7 });
  await settle();
  second.natives[0].close(null);
  assert.equal((await same).page.findings, 2);

  const third = await start(structuredClone(first.session));
  third.shown.title[7] = "action_title"; // another page has been loaded meanwhile
  const other = third.ask({ type: "popup", tabId: 7 });
  await settle();
  third.natives[0].close(null);
  assert.equal((await other).page, null);
});

test("a worker that is stopped takes the host with it", async () => {
  const { content, natives, events } = await start();
  content();
  await settle();
  natives[0].say(hello());
  events.suspend.fire();
  assert.ok(natives[0].disconnected);
});
