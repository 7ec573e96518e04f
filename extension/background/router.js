// SPDX-License-Identifier: GPL-3.0-or-later
// Between the content scripts and the host: reads their messages, asks the host, answers. The contract is in
// extension/README.md. No browser API here: ports are handed in.
import { HostFailure } from "./host-port.js";
import { readPageState } from "./page-states.js";

/** @typedef {import("./host-port.js").HostPort} HostPort */
/**
 * @typedef {object} Dependencies
 * @property {HostPort} host
 * @property {() => {state: string, cause: import("./causes.js").Cause|null}} health as the person is told
 * @property {readonly any[]} sites the site rows
 * @property {string} language `fr` or `en`
 * @property {import("./page-states.js").PageStates} pages
 * @property {Promise<void>} restored resolved when the state of a former worker has been read
 * @property {(tab: number) => void} onPage the state of a tab has changed
 */

const VENUES = ["personal", "official-page", "work-group"];
const ACCOUNTS = ["personal", "official"];
const CHOICES = ["edit", "publish", "not-applicable"];
const SITES = ["x", "facebook", "generic"];
const RULES_AT_MOST = 64;

/** @param {readonly string[]} list @param {any} value @param {string} otherwise */
function oneOf(list, value, otherwise) {
  return list.includes(value) ? value : otherwise;
}

/**
 * A text as the host can read it, of the same length so that spans keep their place: lone surrogates and NUL, which
 * no JSON reader of the host accepts, become U+FFFD.
 * @param {string} text
 */
export function hostText(text) {
  const wellFormed = /** @type {{toWellFormed(): string}} */ (/** @type {unknown} */ (text)).toWellFormed();
  return wellFormed.replaceAll("\0", "\uFFFD");
}

export class Router {
  /** @type {Dependencies} */ #our;
  /** @type {Map<chrome.runtime.Port, string>} content port → the config it was last sent */ #ports = new Map();

  /** @param {Dependencies} dependencies */
  constructor(dependencies) {
    this.#our = dependencies;
  }

  /**
   * Takes a content script's port. Its listeners are registered before anything is awaited, or its first message
   * would be lost.
   * @param {chrome.runtime.Port} port
   */
  connect(port) {
    const tab = port.sender?.tab?.id;
    if (tab === undefined) {
      port.disconnect();
      return;
    }
    const frame = port.sender?.frameId ?? 0;
    this.#ports.set(port, "");
    port.onMessage.addListener(async (message) => {
      await this.#our.restored;
      await this.#handle(port, tab, frame, message);
    });
    port.onDisconnect.addListener(async () => {
      this.#ports.delete(port);
      await this.#our.restored;
      this.#our.pages.remove(tab, frame, port);
      this.#our.onPage(tab);
    });
    this.#our.restored.then(() => {
      this.#configure(port);
      // A compose box has the focus. Once the host has said hello, its answer is known, and the first check may start
      // it again: a port that a forgotten tab reopens must not keep a host alive.
      if (!this.#our.host.hello) void this.#our.host.warm();
    });
  }

  /** Sends the configuration to the content scripts whose configuration it changes. */
  broadcast() {
    for (const port of this.#ports.keys()) this.#configure(port);
  }

  /** @param {chrome.runtime.Port} port */
  #configure(port) {
    const { host, sites, language, health } = this.#our;
    const { state, cause } = health();
    const config = {
      type: "config",
      sites,
      official: host.hello?.official_accounts ?? [],
      lang: language,
      host: state,
      cause: cause?.id ?? null,
      document: host.hello?.pack?.document ?? null,
    };
    const printed = JSON.stringify(config);
    if (!this.#ports.has(port) || this.#ports.get(port) === printed) return;
    this.#ports.set(port, printed);
    this.#send(port, config);
  }

  /** @param {chrome.runtime.Port} port @param {object} message */
  #send(port, message) {
    if (!this.#ports.has(port)) return; // the page has gone meanwhile
    try {
      port.postMessage(message);
    } catch {
      this.#ports.delete(port);
    }
  }

  /** @param {chrome.runtime.Port} port @param {number} tab @param {number} frame @param {any} message */
  async #handle(port, tab, frame, message) {
    if (typeof message !== "object" || message === null) return;
    if (message.type === "page") {
      if (!this.#ports.has(port)) return;
      const known = this.#our.sites.map((row) => row.id);
      this.#our.pages.set(tab, frame, port, readPageState(message, known));
      this.#our.onPage(tab);
      return;
    }
    const { seq } = message;
    if (!Number.isSafeInteger(seq)) return;
    try {
      if (message.type === "check") {
        const verdict = await this.#our.host.request("check", this.#checkMembers(message));
        this.#send(port, { type: "verdict", seq, verdict });
      } else if (message.type === "acknowledge") {
        await this.#our.host.request("acknowledge", acknowledgeMembers(message));
        this.#send(port, { type: "acknowledged", seq });
      }
    } catch (error) {
      const failure = error instanceof HostFailure ? error : new HostFailure(this.#our.host.state, null, false);
      this.#send(port, { type: "failed", seq, state: failure.state, code: failure.code });
    }
  }

  /** @param {any} message */
  #checkMembers(message) {
    if (typeof message.text !== "string") throw new HostFailure(this.#our.host.state, "wrong_member_type", false);
    const limit = this.#our.host.hello?.limits?.text_utf16;
    if (limit && message.text.length > limit) throw new HostFailure(this.#our.host.state, "text_too_long", false);
    return {
      text: hostText(message.text),
      venue: oneOf(VENUES, message.venue, "personal"),
      account: oneOf(ACCOUNTS, message.account, "personal"),
      lang: this.#our.language,
    };
  }
}

/**
 * The members of an acknowledgement, each from a closed list: nothing that a page wrote can reach the ledger.
 * @param {any} message
 */
function acknowledgeMembers(message) {
  const rules = Array.isArray(message.rules) ? message.rules : [];
  const sound = rules.every((/** @type {unknown} */ rule) => typeof rule === "string" && rule.length <= 128);
  if (!CHOICES.includes(message.choice) || !sound || rules.length < 1 || rules.length > RULES_AT_MOST) {
    throw new HostFailure("ready", "bad_value", false);
  }
  return {
    choice: message.choice,
    rules: rules.map(hostText),
    site: oneOf(SITES, message.site, "generic"),
    venue: oneOf(VENUES, message.venue, "personal"),
  };
}
