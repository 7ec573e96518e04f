// SPDX-License-Identifier: GPL-3.0-or-later
// The toolbar: what badge, icon and tool tip say. The tool tip repeats in words what the badge says in colour.

/** @typedef {import("./page-states.js").PageState} PageState */
/** @typedef {(key: string, ...values: string[]) => string} Translate */
/** @typedef {{text: string, colour: string, title: string|null}} Badge `title` null: the tool tip of every tab */

/** White on each of these is 4.5:1 or more (WCAG 1.4.3). */
export const COLOURS = Object.freeze({
  none: "#1d5c77",
  info: "#1d5c77",
  warn: "#8f5500",
  serious: "#a4262c",
  unverified: "#5a6169",
});

/**
 * An unverified text outranks every count: no verdict is never shown as a clean one.
 * @param {PageState|null} page
 * @param {Translate} translate
 * @returns {Badge}
 */
export function badgeOf(page, translate) {
  if (page?.unchecked) return { text: "?", colour: COLOURS.unverified, title: translate("title_unverified") };
  if (!page || page.checked === 0) return { text: "", colour: COLOURS.none, title: null };
  if (page.findings === 0) return { text: "", colour: COLOURS.none, title: translate("title_clean") };
  const text = page.findings > 99 ? "99+" : String(page.findings);
  const title =
    page.findings === 1 ? translate("title_findings_one") : translate("title_findings_many", String(page.findings));
  return { text, colour: COLOURS[page.severity], title };
}

/** Path of each icon size, absolute: Chromium's worker resolves a relative one against its own folder. */
const ICONS = Object.freeze({
  works: { 16: "/icons/prudence-16.png", 32: "/icons/prudence-32.png" },
  silent: { 16: "/icons/prudence-grey-16.png", 32: "/icons/prudence-grey-32.png" },
});

/**
 * The icon is in colour only once the host has answered and can check; a host at rest has.
 * @param {import("./host-port.js").HostState} state
 * @param {any} hello the last hello, or null
 * @param {import("./causes.js").Cause|null} cause
 */
export function iconOf(state, hello, cause) {
  const works = (state === "ready" || state === "idle") && hello !== null && cause === null;
  return works ? ICONS.works : ICONS.silent;
}

/**
 * The tool tip of tabs that say nothing of their own.
 * @param {import("./causes.js").Cause|null} cause
 * @param {Translate} translate
 * @returns {string}
 */
export function titleOf(cause, translate) {
  return cause ? translate("title_unavailable") : translate("action_title");
}
