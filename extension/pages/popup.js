// SPDX-License-Identifier: GPL-3.0-or-later
// The popup: whether texts are being verified on this page, and if not why, in words. It talks to the background
// script only; what it shows is computed in popup-view.js, without a DOM.
import { api } from "../background/browser.js";
import { viewOf } from "./popup-view.js";

/** @param {string} key @param {...string} values */
const translate = (key, ...values) => api.i18n.getMessage(key, values);

/** @param {string} id @returns {HTMLElement} */
function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`popup.html has no #${id}`);
  return found;
}

/** Writes a text, and hides the element that has none. @param {string} id @param {string|null} text */
function say(id, text) {
  const target = element(id);
  if (target.textContent !== (text ?? "")) target.textContent = text ?? "";
  target.hidden = text === null;
}

/** @param {string} id @param {[string, string][]} facts label and value */
function list(id, facts) {
  element(id).replaceChildren(
    ...facts.flatMap(([label, value]) => {
      const term = document.createElement("dt");
      const description = document.createElement("dd");
      term.textContent = label;
      description.textContent = value;
      return [term, description];
    }),
  );
}

/** The tab that the popup is about: the one in front, or the one that its address names. */
async function tabId() {
  const named = Number(new URLSearchParams(location.search).get("tab"));
  if (named > 0) return named;
  const [tab] = await api.tabs.query({ active: true, currentWindow: true });
  return tab?.id;
}

/** @param {boolean} retry the person asks to try again now */
async function show(retry) {
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  main.setAttribute("aria-busy", "true");
  const message = { type: "popup", tabId: await tabId(), retry };
  const answer = await api.runtime.sendMessage(message).catch(() => null);
  const view = viewOf(answer, translate, {
    today: new Date(),
    extension: { id: api.runtime.id, version: api.runtime.getManifest().version },
  });
  const mark = view.unverified ? "prudence-grey-32.png" : "prudence-32.png";
  /** @type {HTMLImageElement} */ (element("mark")).src = `../icons/${mark}`;
  say("institution", view.institution);
  say("host-state", view.hostState);
  say("host-cause", view.hostCause);
  element("host-open").hidden = !view.unverified;
  say("mend-text", view.mend);
  element("mend").hidden = view.mend === null;
  element("retry").hidden = !view.unverified;
  say("page-covered", view.pageCovered);
  say("page-verdict", view.pageVerdict);
  list("policy-facts", view.policy);
  element("policy").hidden = view.policy.length === 0;
  say("review", view.review);
  list("own-facts", view.own);
  element("own").hidden = view.own.length === 0;
  list("detail-facts", view.details);
  main.setAttribute("aria-busy", "false");
}

document.documentElement.lang = translate("language_code");
for (const labelled of document.querySelectorAll("[data-i18n]")) {
  labelled.textContent = translate(/** @type {string} */ (labelled.getAttribute("data-i18n")));
}
say("host-state", translate("state_connecting"));
element("retry").addEventListener("click", () => void show(true));
void show(false);
