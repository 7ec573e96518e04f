// SPDX-License-Identifier: GPL-3.0-or-later
// The one native port to prudence-host. A state machine without DOM and without globals: the browser, the clock and
// the timers are handed in, so that node can play every failure. See docs/PROTOCOL.md for the messages.
import { CAUSES, causeOfDisconnect } from "./causes.js";

/** @typedef {import("./causes.js").Cause} Cause */
/** @typedef {import("./causes.js").HostState} HostState */
/**
 * @typedef {object} Dependencies
 * @property {(name: string) => chrome.runtime.Port} connectNative
 * @property {(port: chrome.runtime.Port) => string|null} errorOf the browser's words in a disconnect handler
 * @property {() => number} now milliseconds since the epoch
 * @property {(act: () => void, ms: number) => any} setTimer
 * @property {(timer: any) => void} clearTimer
 * @property {() => void} [onChange] the state, the cause or the hello has changed
 * @property {Partial<typeof TIMES>} [times]
 *
 * @typedef {object} Request
 * @property {string} type
 * @property {object} members
 * @property {(reply: any) => void} resolve
 * @property {(failure: HostFailure) => void} reject
 * @property {any} timer
 * @property {boolean} settled
 * @property {boolean} retried
 *
 * @typedef {{state: HostState, cause: string|null, detail: string|null, hello: any, failures: number, retryAt: number}} Snapshot
 */

export const HOST_NAME = "ca.prudence.host";
export const PROTOCOL = 1;

/** All in milliseconds. */
export const TIMES = Object.freeze({
  hello: 3_000, // spawn to hello takes 3 to 60 ms; a workstation that is waking up may need a second
  check: 2_000, // nobody waits for it: a post is never held
  acknowledge: 5_000, // the host itself waits up to 5 s for a ledger that another process holds
  status: 2_000,
  policy: 3_000, // the longest reply: up to some hundred kilobytes
  rest: 60_000, // an open port keeps the worker and the host alive; a person who stops writing needs neither
  firstWait: 1_000,
  longestWait: 60_000,
});

/** Time-outs in a row after which the host is taken for stuck: one may be a busy machine, three are not. */
export const TIME_OUTS_ALLOWED = 3;

/** Where each event leads; what is not listed cannot happen and throws. */
export const TRANSITIONS = Object.freeze({
  idle: { open: "connecting" },
  connecting: {
    hello: "ready",
    rest: "idle",
    absent: "absent",
    refused: "refused",
    incompatible: "incompatible",
    broken: "broken",
  },
  ready: { rest: "idle", absent: "absent", refused: "refused", broken: "broken" },
  absent: { open: "connecting" },
  refused: { open: "connecting" },
  incompatible: { open: "connecting" },
  broken: { open: "connecting" },
});

/** Request → type of its reply. */
const REPLIES = Object.freeze({ check: "verdict", acknowledge: "acknowledged", status: "status", policy: "policy" });

/** A request that got no good answer. `code` is the protocol's error code, or null when the host did not answer. */
export class HostFailure extends Error {
  /** @param {HostState} state @param {string|null} code @param {boolean} sent false when it certainly never left */
  constructor(state, code, sent) {
    super(code ?? state);
    this.state = state;
    this.code = code;
    this.sent = sent;
  }
}

export class HostPort {
  /** @type {Dependencies} */ #browser;
  #times;
  /** @type {HostState} */ #state = "idle";
  /** @type {Cause|null} */ #cause = null;
  /** @type {string|null} */ #detail = null;
  /** @type {any} */ #hello = null;
  /** @type {chrome.runtime.Port|null} */ #port = null;
  /** @type {any} */ #helloTimer = null;
  /** @type {any} */ #restTimer = null;
  #failures = 0;
  #retryAt = 0;
  #nextId = 1;
  #timeOutsInARow = 0;
  /** Replies to nothing, or too late. */
  dropped = 0;
  /** @type {Request[]} waiting for the hello; certain not to have left */ #unsent = [];
  /** @type {Map<number, Request>} posted, in the order in which the host will answer */ #sent = new Map();
  /** @type {(() => void)[]} */ #waitingForSettled = [];

  /** @param {Dependencies} browser */
  constructor(browser) {
    this.#browser = browser;
    this.#times = { ...TIMES, ...browser.times };
  }

  get state() {
    return this.#state;
  }
  get cause() {
    return this.#cause;
  }
  /** Words for the IT desk: the browser's own text, or the two versions that do not fit. */
  get detail() {
    return this.#detail;
  }
  /** The last hello heard; kept while the port rests or is being mended. */
  get hello() {
    return this.#hello;
  }

  /**
   * Sends one request, opening the port if needed. Resolves with the reply; rejects with a HostFailure. A request that
   * certainly never left (the host was not there yet, or the port was dead when it was posted) is tried once more on a
   * fresh port. One that left and was not answered is never repeated: a decision must not be recorded twice.
   * @param {"check"|"acknowledge"|"status"|"policy"} type
   * @param {object} [members] the other members of the request
   * @returns {Promise<any>}
   */
  request(type, members = {}) {
    return new Promise((resolve, reject) => {
      /** @type {Request} */
      const request = { type, members, resolve, reject, timer: null, settled: false, retried: false };
      if (!this.#mayOpen() && !this.#isOpen()) {
        reject(new HostFailure(this.#state, null, false));
        return;
      }
      request.timer = this.#browser.setTimer(() => this.#timedOut(request), this.#times[type]);
      if (this.#state === "ready") {
        this.#post(request);
      } else {
        this.#unsent.push(request);
        if (!this.#isOpen()) this.#open();
      }
    });
  }

  /** Opens the port if that is due, and waits until the host has answered or failed. */
  async warm() {
    if (!this.#isOpen() && this.#mayOpen()) this.#open();
    while (this.#state === "connecting") {
      await new Promise((resolve) => this.#waitingForSettled.push(() => resolve(undefined)));
    }
  }

  /** A person asks to try again now: the back-off is forgotten. */
  async retry() {
    this.#retryAt = 0;
    await this.warm();
  }

  /** Closes the port at once, as when the worker is about to be stopped. */
  close() {
    if (!this.#isOpen()) return;
    this.#letGo();
    this.#move("rest");
    this.#rejectAll(this.#takeSent(), true);
    this.#rejectAll(this.#unsent.splice(0), false);
    this.#announce();
  }

  /** @returns {Snapshot} what a restarted worker must know to keep to the back-off */
  snapshot() {
    return {
      state: this.#state,
      cause: this.#cause?.id ?? null,
      detail: this.#detail,
      hello: this.#hello,
      failures: this.#failures,
      retryAt: this.#retryAt,
    };
  }

  /** @param {Snapshot|null|undefined} snapshot ignored once this port has been used */
  restore(snapshot) {
    if (!snapshot || this.#state !== "idle" || this.#failures > 0) return;
    this.#hello = snapshot.hello ?? null;
    this.#failures = snapshot.failures ?? 0;
    this.#retryAt = snapshot.retryAt ?? 0;
    // The port of the former worker is gone with it.
    if (snapshot.state === "connecting" || snapshot.state === "ready" || !(snapshot.state in TRANSITIONS)) return;
    this.#state = snapshot.state;
    this.#cause = (snapshot.cause && CAUSES[snapshot.cause]) || null;
    this.#detail = snapshot.detail ?? null;
  }

  #isOpen() {
    return this.#state === "connecting" || this.#state === "ready";
  }

  #mayOpen() {
    const wait = this.#retryAt - this.#browser.now();
    // A wait longer than any we set means that the clock was turned back.
    return wait <= 0 || wait > this.#times.longestWait;
  }

  /** @param {string} event */
  #move(event) {
    const next = /** @type {Record<string, HostState>} */ (TRANSITIONS[this.#state])[event];
    if (!next) throw new Error(`host port: no way from ${this.#state} by ${event}`);
    this.#state = next;
  }

  #announce() {
    if (this.#state !== "connecting") for (const wake of this.#waitingForSettled.splice(0)) wake();
    this.#browser.onChange?.();
  }

  #open() {
    this.#move("open");
    this.#cause = null;
    this.#detail = null;
    this.#timeOutsInARow = 0;
    /** @type {chrome.runtime.Port} */
    let port;
    try {
      port = this.#browser.connectNative(HOST_NAME);
    } catch (error) {
      this.#fail(CAUSES.start_failed, String(error));
      return;
    }
    this.#port = port;
    port.onMessage.addListener((message) => this.#receive(port, message));
    port.onDisconnect.addListener(() => {
      // Read even when the port is an old one: Chromium complains about errors that nobody looked at.
      const words = this.#browser.errorOf(port);
      if (port !== this.#port) return;
      this.#fail(causeOfDisconnect(words, this.#state === "connecting"), words);
    });
    this.#helloTimer = this.#browser.setTimer(() => this.#fail(CAUSES.hello_timeout, null), this.#times.hello);
    this.#announce();
  }

  /** Drops the port and its timers; what the old port still says is ignored. */
  #letGo() {
    const port = this.#port;
    this.#port = null;
    this.#browser.clearTimer(this.#helloTimer);
    this.#browser.clearTimer(this.#restTimer);
    this.#helloTimer = null;
    this.#restTimer = null;
    try {
      // Always, even after a disconnect: a port that is merely dropped leaves its host process behind.
      port?.disconnect();
    } catch {
      // Already gone.
    }
  }

  /** @param {Cause} cause @param {string|null} detail */
  #fail(cause, detail) {
    this.#letGo();
    this.#failures += 1;
    const wait = this.#times.firstWait * 2 ** (this.#failures - 1);
    this.#retryAt = this.#browser.now() + Math.min(wait, this.#times.longestWait);
    this.#move(cause.state);
    this.#cause = cause;
    this.#detail = detail;
    if (cause.state !== "broken") this.#hello = null;
    this.#rejectAll(this.#takeSent(), true);
    const unsent = this.#unsent.splice(0);
    // An absent or refusing host will not change its mind; a host that died may have been replaced by an upgrade.
    const again = cause.state === "broken" ? unsent.filter((request) => !request.retried) : [];
    this.#rejectAll(
      unsent.filter((request) => !again.includes(request)),
      false,
    );
    if (again.length === 0) {
      this.#announce();
      return;
    }
    for (const request of again) request.retried = true;
    this.#unsent.push(...again);
    this.#open();
  }

  #takeSent() {
    const requests = [...this.#sent.values()];
    this.#sent.clear();
    return requests;
  }

  /** @param {Request[]} requests @param {boolean} sent */
  #rejectAll(requests, sent) {
    for (const request of requests) this.#settle(request, new HostFailure(this.#state, null, sent));
  }

  /** @param {Request} request @param {HostFailure|null} failure @param {any} [reply] */
  #settle(request, failure, reply) {
    if (request.settled) return;
    request.settled = true;
    this.#browser.clearTimer(request.timer);
    if (failure) request.reject(failure);
    else request.resolve(reply);
  }

  /** @param {Request} request */
  #post(request) {
    const id = this.#nextId;
    this.#nextId += 1;
    // `id` first: the host can then name it even when it refuses the document as a whole.
    const message = { id, type: request.type, ...request.members };
    const limit = this.#hello?.limits?.frame_bytes;
    if (limit && new TextEncoder().encode(JSON.stringify(message)).length > limit) {
      this.#settle(request, new HostFailure(this.#state, "frame_too_large", false));
      this.#restWhenQuiet();
      return;
    }
    try {
      this.#port?.postMessage(message);
    } catch (error) {
      // The port was dead already: it certainly did not leave.
      this.#unsent.unshift(request);
      this.#fail(CAUSES.host_exited, String(error));
      return;
    }
    this.#sent.set(id, request);
    this.#browser.clearTimer(this.#restTimer);
    this.#restTimer = null;
  }

  /** @param {Request} request */
  #timedOut(request) {
    const at = this.#unsent.indexOf(request);
    if (at >= 0) this.#unsent.splice(at, 1); // its failure is about to be reported: it must not leave later
    this.#settle(request, new HostFailure(this.#state, null, at < 0));
    if (at >= 0) return;
    // It stays in #sent: the host answers in order, and its answer may still come.
    this.#timeOutsInARow += 1;
    if (this.#timeOutsInARow >= TIME_OUTS_ALLOWED) this.#fail(CAUSES.time_outs, null);
    else this.#restWhenQuiet();
  }

  /** @param {chrome.runtime.Port} port @param {any} message */
  #receive(port, message) {
    if (port !== this.#port) return;
    if (typeof message !== "object" || message === null) this.#fail(CAUSES.bad_frame, null);
    else if (message.type === "error" && message.code === "caller_refused") this.#fail(CAUSES.caller_refused, null);
    else if (this.#state === "connecting") this.#greeted(message);
    else this.#answered(message);
  }

  /** @param {any} message the first that the host says */
  #greeted(message) {
    if (message.type !== "hello") {
      this.#fail(CAUSES.bad_frame, null);
      return;
    }
    if (message.protocol !== PROTOCOL) {
      this.#fail(CAUSES.incompatible, `prudence-host ${message.version}: ${message.protocol} ≠ ${PROTOCOL}`);
      return;
    }
    this.#browser.clearTimer(this.#helloTimer);
    this.#helloTimer = null;
    this.#hello = message;
    this.#move("hello");
    while (this.#unsent.length > 0 && this.#state === "ready") {
      this.#post(/** @type {Request} */ (this.#unsent.shift()));
    }
    this.#restWhenQuiet();
    this.#announce();
  }

  /** @param {any} message */
  #answered(message) {
    // Without an id the host could not read the request; it answers in order, so it means the oldest one.
    const id = message.type === "error" && message.id === null ? this.#sent.keys().next().value : message.id;
    const request = id === undefined ? undefined : this.#sent.get(id);
    if (!request) {
      this.dropped += 1;
      return;
    }
    this.#sent.delete(id);
    if (request.settled) {
      this.dropped += 1;
    } else if (message.type === "error") {
      this.#lives();
      this.#settle(request, new HostFailure(this.#state, String(message.code), true));
    } else if (message.type === REPLIES[/** @type {keyof typeof REPLIES} */ (request.type)]) {
      this.#lives();
      this.#settle(request, null, message);
    } else {
      this.#sent.set(id, request);
      this.#fail(CAUSES.bad_frame, null);
      return;
    }
    this.#restWhenQuiet();
  }

  /** Only an answer in time proves health: a host that says hello and dies must not be restarted every second. */
  #lives() {
    this.#timeOutsInARow = 0;
    this.#failures = 0;
    this.#retryAt = 0;
  }

  #restWhenQuiet() {
    this.#browser.clearTimer(this.#restTimer);
    this.#restTimer = null;
    if (this.#state !== "ready" || [...this.#sent.values()].some((request) => !request.settled)) return;
    this.#restTimer = this.#browser.setTimer(() => this.close(), this.#times.rest);
  }
}
