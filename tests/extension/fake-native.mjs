// SPDX-License-Identifier: GPL-3.0-or-later
// Doubles for the tests of the background script: a clock that is moved by hand, and a browser that hands out native
// ports whose other end the test plays.

/** Lets every promise that is due settle. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A clock whose timers run when `pass` moves it over them. */
export class FakeClock {
  now = 1_000_000;
  #next = 1;
  /** @type {Map<number, {at: number, act: () => void}>} */ timers = new Map();

  /** @param {() => void} act @param {number} ms */
  set(act, ms) {
    const id = this.#next;
    this.#next += 1;
    this.timers.set(id, { at: this.now + ms, act });
    return id;
  }

  /** @param {number} ms */
  async pass(ms) {
    const end = this.now + ms;
    for (;;) {
      const due = [...this.timers].filter(([, timer]) => timer.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
      if (!due) break;
      this.timers.delete(due[0]);
      this.now = due[1].at;
      due[1].act();
      await settle();
    }
    this.now = end;
    await settle();
  }
}

/** An event of the browser: `addListener`, and `fire` for the test. */
export class FakeEvent {
  /** @type {Function[]} */ listeners = [];
  /** @param {Function} listener */
  addListener(listener) {
    this.listeners.push(listener);
  }
  /** @param {...any} values */
  fire(...values) {
    return this.listeners.map((listener) => listener(...values));
  }
}

/** Either end of a port. What the extension posts is in `posted`; the test says things with `say` and `close`. */
export class FakePort {
  onMessage = new FakeEvent();
  onDisconnect = new FakeEvent();
  /** @type {any[]} */ posted = [];
  disconnected = false;
  dead = false;
  /** @type {string|null} */ words = null;
  /** @param {any} [sender] @param {string} [name] */
  constructor(sender, name) {
    this.sender = sender;
    this.name = name;
  }
  /** As Firefox tells why a port closed. */
  get error() {
    return this.words === null ? null : { message: this.words };
  }
  /** @param {any} message */
  postMessage(message) {
    if (this.dead) throw new Error("Attempting to use a disconnected port object");
    this.posted.push(message);
  }
  disconnect() {
    this.disconnected = true;
  }
  /** @param {any} message */
  say(message) {
    this.onMessage.fire(message, this);
  }
  /** @param {string|null} words */
  close(words) {
    this.words = words;
    this.dead = true;
    this.onDisconnect.fire(this);
  }
  /** The last message posted. @returns {any} */
  get last() {
    return this.posted.at(-1);
  }
}

/** @param {object} [changes] */
export function hello(changes) {
  return {
    type: "hello",
    protocol: 1,
    version: "0.1.0",
    pack: {
      id: "chu",
      version: "2026.11",
      serial: 1,
      hash: "00",
      document: { title: { fr: "Titre", en: "Title" }, number: "237-00", date: "2020-10-08", review_due: "2024-10-08" },
    },
    institution: { id: "chu", name: { fr: "Le CHU", en: "The CHU" }, short: { fr: "CHU", en: "CHU" } },
    parts: { profile: "ready", pack: "ready", ledger: "closed" },
    official_accounts: ["facebook.com/chu"],
    limits: { frame_bytes: 262_144, text_utf16: 100_000 },
    ...changes,
  };
}

/** A browser for HostPort: every port that it handed out is in `ports`. */
export function fakeBrowser() {
  const clock = new FakeClock();
  /** @type {FakePort[]} */
  const ports = [];
  const browser = {
    clock,
    ports,
    changes: 0,
    /** @type {Error|null} */ refuses: null,
    get port() {
      return /** @type {FakePort} */ (ports.at(-1));
    },
    /** @type {any} */
    dependencies: {
      connectNative: (/** @type {string} */ name) => {
        if (browser.refuses) throw browser.refuses;
        const port = new FakePort(undefined, name);
        ports.push(port);
        return port;
      },
      errorOf: (/** @type {FakePort} */ port) => port.words,
      now: () => clock.now,
      setTimer: (/** @type {() => void} */ act, /** @type {number} */ ms) => clock.set(act, ms),
      clearTimer: (/** @type {number} */ timer) => clock.timers.delete(timer),
      onChange: () => {
        browser.changes += 1;
      },
    },
  };
  return browser;
}
