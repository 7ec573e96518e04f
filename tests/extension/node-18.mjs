// SPDX-License-Identifier: GPL-3.0-or-later
// What browsers and newer Nodes have and the Node 18 of Debian 12 lacks. Imported for its effect.
import { mock } from "node:test";

const strings = /** @type {any} */ (String.prototype);
strings.toWellFormed ??= function () {
  return this.replace(/\p{Surrogate}/gu, "\ufffd");
};

/** Timers played by hand; the form of the call changed in Node 20. @param {string[]} apis */
export function playTimers(apis) {
  mock.timers.reset();
  try {
    mock.timers.enable(/** @type {any} */ ({ apis }));
  } catch {
    mock.timers.enable(/** @type {any} */ (apis));
  }
}
