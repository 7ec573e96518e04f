// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// Which site row applies, which field is a compose box, which element publishes. Reads the page, keeps nothing.
//
// Sites are data (../sites/*.json). On a site without a row of its own, the row with `hosts: ["*"]` applies, and a field counts only
// when something near it publishes. In doubt the answer is no: then nothing of that field is ever read.
"use strict";

Prudence.sites = (() => {
  const BUTTONS = 'button, input[type="submit"], input[type="button"], [role="button"]';
  const REGION = 'form, dialog, [role="dialog"], [role="form"], article, main, body';
  const LEVELS_UP = 6; // from the field to what holds its button too, on the forums that were read
  const BUTTONS_READ = 80; // a region with more buttons than that is a whole page
  const LONGEST_NAME = 60;
  const NEVER = '[type="password"], [type="search"], [role="searchbox"], [readonly], [disabled], [aria-readonly="true"], [aria-disabled="true"]';
  const PRIVATE_AUTOCOMPLETE = /(^|\s)(cc-|one-time-code|current-password|new-password)/;

  /** The host that this frame belongs to; a frame without address (about:blank, srcdoc) belongs to its creator. */
  function hostName() {
    if (/^https?:$/.test(location.protocol)) return location.hostname;
    try {
      return new URL(globalThis.origin).hostname;
    } catch {
      return ""; // sandboxed: the origin is "null"
    }
  }

  /** @param {SiteRow[]} rows @param {string} host @returns {SiteRow | null} the first row that applies */
  function rowFor(rows, host) {
    return rows.find((row) => row.hosts.some((name) => name === "*" || host === name || host.endsWith("." + name))) ?? null;
  }

  /** The element around, across the borders of open shadow roots. @param {Node} node @returns {Element | null} */
  function parentOf(node) {
    if (node.parentElement) return node.parentElement;
    const root = node.getRootNode();
    return "host" in root ? /** @type {ShadowRoot} */ (root).host : null;
  }

  /** @param {Element} start @param {string[]} selectors @returns {Element | null} */
  function closest(start, selectors) {
    if (selectors.length === 0) return null;
    const selector = selectors.join(", ");
    for (let at = /** @type {Element | null} */ (start); at; ) {
      const found = at.closest(selector);
      if (found) return found;
      const root = at.getRootNode();
      at = "host" in root ? /** @type {ShadowRoot} */ (root).host : null;
    }
    return null;
  }

  /** @param {Element} container @param {Node} node */
  function holds(container, node) {
    for (let at = /** @type {Node | null} */ (node); at; at = parentOf(at)) if (container.contains(at)) return true;
    return false;
  }

  /**
   * The field that an event happened in: textarea, text input, or the outermost editable element around.
   * @param {EventTarget | undefined} start the first of `composedPath()`, which sees through open shadow roots
   * @returns {HTMLElement | null}
   */
  function editingHost(start) {
    if (!start || /** @type {Node} */ (start).nodeType !== 1) return null;
    const element = /** @type {HTMLElement} */ (start);
    if (element.localName === "textarea") return element;
    if (element.localName === "input") return /** @type {HTMLInputElement} */ (element).type === "text" ? element : null;
    if (element.ownerDocument.designMode === "on") return element.ownerDocument.body;
    if (!element.isContentEditable) return null;
    let host = element;
    while (host.parentElement?.isContentEditable) host = host.parentElement;
    return host;
  }

  /** @param {string} text */
  function plainName(text) {
    return text.normalize("NFC").replace(/[\u2018\u2019]/g, "'").replace(/[\s\u00a0\u202f]+/g, " ").trim().toLowerCase();
  }

  /** @param {Element} element @returns {string} what a button is called, "" when it is too long to be a button's name */
  function nameOf(element) {
    const label = element.getAttribute("aria-label");
    const name = label || (element.localName === "input" ? /** @type {HTMLInputElement} */ (element).value : element.textContent) || "";
    return name.length > LONGEST_NAME * 4 ? "" : plainName(name);
  }

  /** @type {WeakMap<SiteRow, Set<string>>} */
  const namesOfRow = new WeakMap();

  /** @param {SiteRow} row */
  function submitNames(row) {
    let names = namesOfRow.get(row);
    if (!names) {
      names = new Set([...(row.submitNames.fr ?? []), ...(row.submitNames.en ?? [])].map(plainName));
      namesOfRow.set(row, names);
    }
    return names;
  }

  /** @param {Element} element @param {string[]} selectors */
  function matches(element, selectors) {
    return selectors.length > 0 && element.matches(selectors.join(", "));
  }

  /** @param {Element} button @param {SiteRow} row */
  function isPublisher(button, row) {
    if (button.getAttribute("aria-disabled") === "true" || /** @type {any} */ (button).disabled === true) return false;
    if (matches(button, row.submit)) return true;
    return button.matches(BUTTONS) && submitNames(row).has(nameOf(button));
  }

  /** @param {Element} region @param {SiteRow} row */
  function hasPublisher(region, row) {
    const buttons = region.querySelectorAll(BUTTONS);
    if (buttons.length > BUTTONS_READ) return false;
    const names = submitNames(row);
    // A button that is still disabled, because nothing was typed yet, tells as much.
    for (const button of buttons) if (names.has(nameOf(button)) || matches(button, row.submit)) return true;
    return false;
  }

  /** @param {HTMLElement} element @param {SiteRow} row @returns {Element | null} the nearest region with a publishing element */
  function generalScope(element, row) {
    const form = element.closest('form, dialog, [role="dialog"]');
    if (form && hasPublisher(form, row)) return form;
    let at = parentOf(element);
    for (let level = 0; at && level < LEVELS_UP; level++) {
      if (at.localName === "body" || at.localName === "html") return null;
      if (hasPublisher(at, row)) return at;
      if (at.matches(REGION)) return null;
      at = parentOf(at);
    }
    return null;
  }

  /**
   * Whether a field is a compose box of this site, and what belongs to it.
   * @param {HTMLElement} element @param {SiteRow} row
   * @returns {{scope: Element | null} | null} null: not ours, do not read it
   */
  function adopt(element, row) {
    if (element.matches(NEVER) || PRIVATE_AUTOCOMPLETE.test(element.getAttribute("autocomplete") ?? "")) return null;
    if (closest(element, row.exclude)) return null;
    const general = row.hosts.includes("*");
    if (matches(element, row.composer)) return { scope: closest(element, row.container) ?? (general ? generalScope(element, row) : null) };
    if (!general || element.localName === "input" || element.getAttribute("role") === "combobox") return null;
    const scope = generalScope(element, row);
    return scope && { scope };
  }

  /**
   * The element on the path of an event that publishes on this site.
   * @param {EventTarget[]} path `composedPath()` @param {SiteRow} row
   * @returns {HTMLElement | null}
   */
  function publishes(path, row) {
    let innermostButton = true;
    for (const node of path) {
      if (/** @type {Node} */ (node).nodeType !== 1) continue;
      const element = /** @type {HTMLElement} */ (node);
      if (element.localName === "body") return null;
      if (matches(element, row.submit)) return isPublisher(element, row) ? element : null;
      // Only the innermost button is asked for its name: a bigger clickable area around « Supprimer » may be called anything.
      if (innermostButton && element.matches(BUTTONS)) {
        innermostButton = false;
        if (isPublisher(element, row)) return element;
      }
    }
    return null;
  }

  /** Whether `target` (a button, a form) publishes what stands in `field`. @param {Element} target @param {ComposeField} field */
  function related(target, field) {
    if (!field.element.isConnected) return false;
    if (field.scope?.isConnected) return holds(field.scope, target) || (target.localName === "form" && holds(target, field.element));
    if (target.localName === "form") return holds(target, field.element);
    return closest(target, field.row.container) === null;
  }

  /** Whether plain Enter publishes from this field. @param {HTMLElement} element @param {SiteRow} row */
  function enterPosts(element, row) {
    if (!matches(element, row.enterPosts)) return false;
    // With a list of suggestions open (mentions, hashtags), Enter takes a suggestion.
    return element.getAttribute("aria-expanded") !== "true" && !element.getAttribute("aria-activedescendant");
  }

  /** Whether Enter or Space on this element is heard as a keydown only: a native button makes a click of it. @param {Element} element */
  function pressedByKeydown(element) {
    return !element.matches("button, input, summary, a[href]");
  }

  /** @param {string} address */
  function plainAddress(address) {
    return address.toLowerCase().replace(/^[a-z]+:\/\//, "").replace(/^(www|m|mobile)\./, "").replace(/[?#].*$/, "").replace(/\/+$/, "");
  }

  /** @param {string} address @param {string[]} official */
  function isOfficial(address, official) {
    const here = plainAddress(address);
    return official.some((entry) => {
      const account = plainAddress(entry);
      return account !== "" && (here === account || here.startsWith(account + "/"));
    });
  }

  /**
   * Who speaks, and where, as far as the page tells.
   * @param {SiteRow | null} row @param {string[]} official addresses such as `facebook.com/name`
   * @returns {PageContext}
   */
  function context(row, official) {
    if (official.length === 0) return { venue: "personal", account: "personal" };
    const home = row && row.hosts[0] !== "*" ? row.hosts[0] : hostName();
    const account = row?.account?.length ? document.querySelector(row.account.join(", ")) : null;
    const own = account?.getAttribute("href")?.replace(/^https?:\/\/[^/]*/, "");
    if (own && isOfficial(home + own, official)) return { venue: "official-page", account: "official" };
    return { venue: isOfficial(home + location.pathname, official) ? "official-page" : "personal", account: "personal" };
  }

  return { rowFor, hostName, editingHost, adopt, publishes, related, enterPosts, pressedByKeydown, context, closest, plainName };
})();
