// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// The connection to the background script: one port, opened when a compose box first gets the focus, reopened once when it closes.
"use strict";

Prudence.link = (() => {
  const scope = /** @type {any} */ (globalThis);
  const api = scope.browser ?? scope.chrome;

  // Chromium still gives the identifier of a removed extension in the very event that says that the port has closed (measured in 156).
  const LATER_MS = 300;

  /** Whether the extension that injected this script is still there: an update or a removal leaves it orphaned in the page. */
  function extensionLives() {
    try {
      return Boolean(api?.runtime?.id);
    } catch {
      return false;
    }
  }

  /** @param {{config(config: Config): void, lost(): void, gone(): void}} hooks `gone`: the extension is no more, leave the page */
  function create(hooks) {
    /** @type {any} */
    let port = null;
    let seq = 0;
    let closed = false;
    /** @type {Map<number, (reply: any) => void>} */
    const waiting = new Map();

    /** A verdict tells each clause once; here each finding gets the clauses that it cites. @param {any} verdict of docs/PROTOCOL.md */
    function cite(verdict) {
      const clauses = new Map(verdict.clauses.map((/** @type {Clause} */ clause) => [clause.id, clause]));
      for (const finding of verdict.findings)
        finding.clauses = finding.clauses.map((/** @type {string} */ id) => clauses.get(id)).filter(Boolean);
    }

    /** @param {any} message */
    function hear(message) {
      if (message?.type === "config") return hooks.config(message);
      const done = waiting.get(message?.seq);
      if (!done) return; // a reply to nothing, or the second one
      waiting.delete(message.seq);
      if (message.type === "verdict") cite(message.verdict);
      done(message);
    }

    function lose() {
      port = null;
      if (!lives()) return;
      setTimeout(lives, LATER_MS);
      const unanswered = [...waiting.values()];
      waiting.clear();
      for (const done of unanswered) done({ type: "failed", state: "broken", code: null });
      hooks.lost();
    }

    /** @returns {boolean} false, once and for all, when the extension has gone */
    function lives() {
      if (closed || extensionLives()) return !closed;
      closed = true;
      waiting.clear();
      hooks.gone();
      return false;
    }

    /** @returns {boolean} */
    function open() {
      if (!lives()) return false;
      if (port) return true;
      try {
        const opened = api.runtime.connect({ name: "compose" });
        port = opened;
        opened.onMessage.addListener(hear);
        opened.onDisconnect.addListener(() => {
          if (port === opened) lose();
        });
        return true;
      } catch {
        // « Extension context invalidated » is thrown here too.
        port = null;
        lives();
        return false;
      }
    }

    /** @param {Record<string, unknown>} message */
    function send(message) {
      for (let attempt = 0; attempt < 2 && open(); attempt++) {
        try {
          port.postMessage(message);
          return true;
        } catch {
          port = null; // the worker stopped and its event has not come yet: once more, on a fresh port
        }
      }
      return false;
    }

    /** @param {Record<string, unknown>} message @param {(reply: any) => void} done called exactly once, never before this returns */
    function request(message, done) {
      const number = ++seq;
      waiting.set(number, done);
      if (send({ ...message, seq: number }) || !waiting.delete(number)) return;
      queueMicrotask(() => done({ type: "failed", state: "broken", code: null }));
    }

    function close() {
      closed = true;
      waiting.clear();
      port?.disconnect();
      port = null;
    }

    return { open, lives, send, request, close };
  }

  return { create };
})();
