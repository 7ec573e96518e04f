// SPDX-License-Identifier: GPL-3.0-or-later
// Waiting with a bound and with words: a test that gives up says what it waited for and what it saw last.
import { setTimeout as sleep } from "node:timers/promises";
import { inspect } from "node:util";

/**
 * Asks again until the probe answers something true, and returns that. A probe that throws is asked again: a page that is
 * being rendered, or a ledger that is not there yet, is not a failure before the bound.
 * @template T
 * @param {string} what
 * @param {() => T | Promise<T>} probe
 * @param {{timeout?: number, every?: number}} [options] milliseconds
 * @returns {Promise<Exclude<T, false | null | undefined | 0 | ''>>}
 */
export async function until(what, probe, { timeout = 10000, every = 20 } = {}) {
  const deadline = performance.now() + timeout;
  let seen;
  for (;;) {
    try {
      seen = await probe();
      if (seen) return /** @type {any} */ (seen);
    } catch (error) {
      seen = error;
    }
    if (performance.now() > deadline) {
      throw new Error(`waited ${timeout} ms for ${what}; last seen: ${inspect(seen, { depth: 4, breakLength: 160 })}`);
    }
    await sleep(every);
  }
}

/** Ends a promise that a dead browser may never settle. */
export async function within(what, promise, timeout) {
  let timer;
  const bound = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${timeout} ms`)), timeout);
  });
  try {
    return await Promise.race([promise, bound]);
  } finally {
    clearTimeout(timer);
  }
}
