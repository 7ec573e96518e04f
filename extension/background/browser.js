// SPDX-License-Identifier: GPL-3.0-or-later
// The extension API under one name. Firefox calls it `browser`, older Chromium only `chrome`.

const scope = /** @type {{browser?: typeof chrome, chrome?: typeof chrome}} */ (globalThis);

/** @type {typeof chrome} */
export const api = /** @type {typeof chrome} */ (scope.browser ?? scope.chrome);
