// SPDX-License-Identifier: GPL-3.0-or-later
// The background script: a service worker in Chromium, an event page in Firefox. Both are stopped at any time and
// started again by an event, so every listener below is registered synchronously, and what must survive is kept in
// storage.session (memory of the browser, gone when it closes).
import { badgeOf, iconOf, titleOf } from "./badge.js";
import { api } from "./browser.js";
import { causeOfParts } from "./causes.js";
import { HostPort } from "./host-port.js";
import { PageStates } from "./page-states.js";
import { Router } from "./router.js";
import { SITES } from "../sites/table.js";

const SAVED = "background";

/** @param {string} key @param {...string} values */
const translate = (key, ...values) => api.i18n.getMessage(key, values);

const pages = new PageStates();

const host = new HostPort({
  connectNative: (name) => api.runtime.connectNative(name),
  errorOf: (port) => {
    const { error } = /** @type {{error?: {message: string}}} */ (/** @type {unknown} */ (port));
    return error?.message ?? api.runtime.lastError?.message ?? null;
  },
  now: () => Date.now(),
  setTimer: (act, ms) => setTimeout(act, ms),
  clearTimer: (timer) => clearTimeout(timer),
  onChange: () => {
    router.broadcast();
    void showHost();
    save();
  },
});

/** The host as people are told about it: also a host that answers may have nothing to check with. */
function health() {
  return { state: host.state, cause: host.cause ?? causeOfParts(host.hello?.parts) };
}

const restored = api.storage.session
  .get(SAVED)
  .then((stored) => {
    const saved = /** @type {any} */ (stored)[SAVED];
    host.restore(saved?.host);
    pages.restore(saved?.pages);
  })
  .catch(() => undefined);

const router = new Router({
  host,
  health,
  sites: SITES,
  language: translate("language_code") === "en" ? "en" : "fr",
  pages,
  restored,
  onPage: (tab) => {
    void showPage(tab);
    save();
  },
});

function save() {
  // Lost at worst together with the browser: an unreadable or full store changes only what the popup remembers.
  api.storage.session.set({ [SAVED]: { host: host.snapshot(), pages: pages.save() } }).catch(() => undefined);
}

async function showHost() {
  const { state, cause } = health();
  if (state === "connecting") return; // for some milliseconds: no flicker
  await Promise.allSettled([
    api.action.setIcon({ path: iconOf(state, host.hello, cause) }),
    api.action.setTitle({ title: titleOf(cause, translate) }),
    // Not those that only a former worker heard of: they may show another page by now.
    ...pages
      .tabs()
      .filter((tab) => !pages.isRestored(tab))
      .map(showPage),
  ]);
}

/** @param {number} tabId */
async function showPage(tabId) {
  const { text, colour, title } = badgeOf(pages.ofTab(tabId), translate);
  // Settled, not awaited one by one: the tab may close at any moment, and each call then fails.
  await Promise.allSettled([
    api.action.setBadgeText({ tabId, text }),
    api.action.setBadgeBackgroundColor({ tabId, color: colour }),
    api.action.setBadgeTextColor({ tabId, color: "#ffffff" }),
    api.action.setTitle({ tabId, title: title ?? titleOf(health().cause, translate) }),
  ]);
}

/**
 * The state of a tab for the popup. What a former worker had heard is believed only while the tab still shows the
 * tool tip that was set for it: the browsers take it away when the tab goes to another page.
 * @param {number} tabId
 */
async function pageOf(tabId) {
  const page = pages.ofTab(tabId);
  if (!page || !pages.isRestored(tabId)) return page;
  const shown = await api.action.getTitle({ tabId }).catch(() => "");
  if (shown === badgeOf(page, translate).title) return page;
  pages.removeTab(tabId);
  return null;
}

/** @param {{tabId?: number, retry?: boolean}} message */
async function popupState(message) {
  await restored;
  // The person looks: that is a use, and worth asking the host. Only the button of the popup ignores the back-off.
  await (message.retry ? host.retry() : host.warm());
  const status = host.state === "ready" ? await host.request("status").catch(() => null) : null;
  const { state, cause } = health();
  return {
    page: typeof message.tabId === "number" ? await pageOf(message.tabId) : null,
    host: { state, cause, detail: host.detail, hello: host.hello },
    status,
  };
}

/** The document, for the page « La politique en clair ». */
async function policyState() {
  await restored;
  await host.warm();
  const policy = host.state === "ready" ? await host.request("policy").catch(() => null) : null;
  const { state, cause } = health();
  return { host: { state, cause }, policy };
}

/** What our own pages may ask. @type {Map<string, (message: any) => Promise<object>>} */
const ANSWERS = new Map();
ANSWERS.set("popup", popupState).set("policy", policyState);

api.runtime.onConnect.addListener((port) => {
  if (port.name === "compose" && port.sender?.id === api.runtime.id) router.connect(port);
  else port.disconnect();
});

api.runtime.onMessage.addListener((message, sender, reply) => {
  // Pages of this extension only. A content script has our id too, but the address of the page it runs in.
  const ours = sender.id === api.runtime.id && sender.url?.startsWith(api.runtime.getURL("/"));
  const answer = ours ? ANSWERS.get(message?.type) : undefined;
  if (!answer) return false;
  answer(message).then(reply, () => reply(null));
  return true;
});

api.tabs.onRemoved.addListener(async (tab) => {
  await restored;
  pages.removeTab(tab);
  save();
});

// The worker is being stopped: the host must not outlive it.
api.runtime.onSuspend?.addListener(() => host.close());

void restored.then(showHost);
