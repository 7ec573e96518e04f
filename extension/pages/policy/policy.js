// SPDX-License-Identifier: GPL-3.0-or-later
// « La politique en clair »: the institution's document as a page. It talks to the background script only; what it shows is computed
// in policy-view.js, without a DOM.
import { api } from "../../background/browser.js";
import { policyView } from "./policy-view.js";

/** @typedef {import("./policy-view.js").Line} Line */

/** @param {string} key @param {...string} values */
const translate = (key, ...values) => api.i18n.getMessage(key, values);

/** @param {string} id @returns {HTMLElement} */
function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`policy.html has no #${id}`);
  return found;
}

/** @param {string} tag @param {(string|Node)[]} content */
function made(tag, ...content) {
  const node = document.createElement(tag);
  node.append(...content);
  return node;
}

/** Writes a text, and hides the element that has none. @param {string} id @param {string|null} text */
function say(id, text) {
  element(id).textContent = text ?? "";
  element(id).hidden = text === null;
}

/** Fills a section, and hides it when it is empty. @param {string} section @param {string} list @param {Node[]} nodes */
function fill(section, list, nodes) {
  element(list).replaceChildren(...nodes);
  element(section).hidden = nodes.length === 0;
}

/** @param {Line} line @param {boolean} away in a tab of its own */
function lineNode(line, away) {
  if (!line.href) return document.createTextNode(line.text);
  const link = /** @type {HTMLAnchorElement} */ (made("a", line.text));
  link.href = line.href;
  if (away) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  return link;
}

/** @param {string} id */
const clauseAnchor = (id) => `clause-${id}`;

/** @param {string[]} ids */
function clauseLinks(ids) {
  const paragraph = made("p", `${translate("policy_clauses_concerned")} `);
  paragraph.className = "quiet";
  for (const id of ids) {
    const link = /** @type {HTMLAnchorElement} */ (made("a", id));
    link.href = `#${encodeURIComponent(clauseAnchor(id))}`;
    paragraph.append(link, " ");
  }
  return paragraph;
}

/** @param {import("./policy-view.js").PolicyView["information"][number]} entry */
function informationNode(entry) {
  const block = made("div", made("h3", entry.title), made("p", entry.text));
  block.id = `information-${entry.id}`;
  if (entry.clauses.length > 0) block.append(clauseLinks(entry.clauses));
  return block;
}

/** @param {import("./policy-view.js").PolicyView["clauses"][number]} clause */
function clauseNode(clause) {
  const block = made("div", made("h3", `${clause.id} · ${clause.title}`), made("p", clause.summary));
  block.id = clauseAnchor(clause.id);
  if (clause.official === null) return block;
  const label = made("p", translate("policy_official_label"));
  label.className = "quiet";
  const quote = made("blockquote", clause.official);
  quote.lang = "fr"; // the five documents are French
  block.append(label, quote);
  return block;
}

/** @param {import("./policy-view.js").PolicyView["contacts"][number]} contact */
function contactNode(contact) {
  const item = made("li", made("strong", contact.name));
  if (contact.note) item.append(made("p", contact.note));
  for (const { label, line } of contact.lines) {
    const separator = translate("language_code") === "en" ? ": " : "\u00a0: ";
    item.append(made("p", `${label}${separator}`, lineNode(line, false)));
  }
  return item;
}

/** The sections that are shown, by their headings. */
function listContents() {
  const items = [...document.querySelectorAll("main section")].flatMap((section) => {
    if (/** @type {HTMLElement} */ (section).hidden) return [];
    const link = /** @type {HTMLAnchorElement} */ (made("a", section.querySelector("h2")?.textContent ?? ""));
    link.href = `#${section.id}`;
    return [made("li", link)];
  });
  fill("contents", "contents-list", items);
}

async function show() {
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  const answer = await api.runtime.sendMessage({ type: "policy" }).catch(() => null);
  const view = policyView(answer, translate, { today: new Date() });
  const items = (/** @type {string[]} */ texts) => texts.map((text) => made("li", text));
  say("institution", view.institution);
  say("state", view.problem);
  say("mend", view.mend);
  say("review", view.overdue);
  say("intro", view.intro);
  say("official", view.official);
  fill("document", "facts", view.facts.flatMap(([label, value]) => [made("dt", label), made("dd", value)]));
  fill("audience", "audience-list", items(view.audience));
  fill("information", "information-list", view.information.map(informationNode));
  fill("clauses", "clauses-list", view.clauses.map(clauseNode));
  fill("sanctions", "sanctions-list", items(view.sanctions));
  fill("contacts", "contacts-list", view.contacts.map(contactNode));
  element("contacts").hidden = !view.saysContacts;
  element("contacts-none").hidden = view.contacts.length > 0;
  fill("accounts", "accounts-list", view.accounts.map((line) => made("li", lineNode(line, true))));
  fill("references", "references-list", items(view.references));
  listContents();
  main.setAttribute("aria-busy", "false");
  // The address may name a clause, which was not there when the browser looked for it.
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

document.documentElement.lang = translate("language_code");
document.title = `${translate("policy_title")} – Prudence`;
for (const labelled of document.querySelectorAll("[data-i18n]")) {
  labelled.textContent = translate(/** @type {string} */ (labelled.getAttribute("data-i18n")));
}
say("state", translate("state_connecting"));
void show();
