// SPDX-License-Identifier: GPL-3.0-or-later
// What the frames of each tab say about themselves, for the badge and the popup. Counts and closed lists only: no
// text, no address.

/** @typedef {"none"|"info"|"warn"|"serious"} Severity */
/**
 * @typedef {object} PageState
 * @property {string|null} site identifier of the site row, null when no row applies
 * @property {boolean} composer a compose box has the focus
 * @property {number} checked texts checked
 * @property {number} findings in the last verdict
 * @property {Severity} severity the gravest
 * @property {boolean} unchecked the last attempt passed unverified
 */

/** @type {readonly Severity[]} from the mildest */
const SEVERITIES = Object.freeze(["none", "info", "warn", "serious"]);

/** @param {unknown} value @returns {number} */
function count(value) {
  const number = Number(value);
  return Number.isFinite(number) && number > 0 ? Math.min(Math.floor(number), 1_000_000) : 0;
}

/**
 * A content script's `page` message, with nothing in it but what the type says.
 * @param {any} message
 * @param {readonly string[]} sites known identifiers
 * @returns {PageState}
 */
export function readPageState(message, sites) {
  return {
    site: sites.includes(message.site) ? message.site : null,
    composer: message.composer === true,
    checked: count(message.checked),
    findings: count(message.findings),
    severity: SEVERITIES.includes(message.severity) ? message.severity : "none",
    unchecked: message.unchecked === true,
  };
}

export class PageStates {
  /** @type {Map<number, Map<number, {owner: object|null, state: PageState}>>} tab → frame → state */
  #tabs = new Map();

  /**
   * @param {number} tab @param {number} frame
   * @param {object} owner the content port that says so: a frame's next document is another owner
   * @param {PageState} state
   */
  set(tab, frame, owner, state) {
    const frames = this.#tabs.get(tab) ?? new Map();
    frames.set(frame, { owner, state });
    this.#tabs.set(tab, frames);
  }

  /** Forgets what one content port said. @param {number} tab @param {number} frame @param {object} owner */
  remove(tab, frame, owner) {
    const frames = this.#tabs.get(tab);
    if (frames?.get(frame)?.owner !== owner) return;
    frames.delete(frame);
    if (frames.size === 0) this.#tabs.delete(tab);
  }

  /** @param {number} tab */
  removeTab(tab) {
    this.#tabs.delete(tab);
  }

  /** True when all that is known of the tab was said to a former worker. @param {number} tab */
  isRestored(tab) {
    const frames = [...(this.#tabs.get(tab)?.values() ?? [])];
    return frames.length > 0 && frames.every((frame) => frame.owner === null);
  }

  /** The tab as a whole, or null when no frame of it has spoken. @param {number} tab @returns {PageState|null} */
  ofTab(tab) {
    const states = [...(this.#tabs.get(tab)?.values() ?? [])].map((frame) => frame.state);
    if (states.length === 0) return null;
    // The frame with the compose box tells the site; an embedded advertisement must not.
    const speaker = states.find((state) => state.composer) ?? states.find((state) => state.site !== null) ?? states[0];
    const gravest = Math.max(...states.map((state) => SEVERITIES.indexOf(state.severity)));
    return {
      site: speaker.site,
      composer: states.some((state) => state.composer),
      checked: states.reduce((sum, state) => sum + state.checked, 0),
      findings: states.reduce((sum, state) => sum + state.findings, 0),
      severity: SEVERITIES[gravest],
      unchecked: states.some((state) => state.unchecked),
    };
  }

  /** @returns {number[]} every tab of which something is known */
  tabs() {
    return [...this.#tabs.keys()];
  }

  /** @returns {[number, number, PageState][]} tab, frame, state; for storage.session */
  save() {
    return [...this.#tabs].flatMap(([tab, frames]) =>
      [...frames].map(([frame, { state }]) => /** @type {[number, number, PageState]} */ ([tab, frame, state])),
    );
  }

  /** @param {[number, number, PageState][]|undefined} saved what a content port says meanwhile is fresher, and stays */
  restore(saved) {
    for (const [tab, frame, state] of saved ?? []) {
      const frames = this.#tabs.get(tab) ?? new Map();
      if (!frames.has(frame)) frames.set(frame, { owner: null, state });
      this.#tabs.set(tab, frames);
    }
  }
}
