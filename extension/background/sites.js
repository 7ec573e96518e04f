// SPDX-License-Identifier: GPL-3.0-or-later
// The site rows, most particular first; content/sites.js takes the first row that applies. JSON modules, because the
// extension's CSP has no connect-src and so refuses fetch. Measured 2026-11: Chromium 156 and Firefox ESR 153 both
// load JSON modules under `default-src 'none'; script-src 'self'`. The HTML standard moves them from script-src to
// connect-src; a browser that follows it needs these rows as a module of our own instead.
import x from "../sites/x.json" with { type: "json" };
import facebook from "../sites/facebook.json" with { type: "json" };
import generic from "../sites/generic.json" with { type: "json" };

/** @type {readonly object[]} */
export const SITES = Object.freeze([x, facebook, generic]);
