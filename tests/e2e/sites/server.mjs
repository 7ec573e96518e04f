// SPDX-License-Identifier: GPL-3.0-or-later
// The pages under test: the hooks, editors and security headers of the real sites, on neutral pages of our own.
// Bundled at test time, in memory, so that no third party's code is committed.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));

const PAGES = [
  { hosts: ["x.com"], name: "x", source: "x.jsx", title: "Accueil" },
  { hosts: ["www.facebook.com"], name: "facebook", source: "facebook.mjs", title: "Fil d’actualité" },
  { hosts: ["blog.example"], name: "forum", source: "forum.mjs", title: "Le carnet du quartier" },
];

async function bundle({ source }) {
  const { outputFiles } = await build({
    entryPoints: [join(HERE, source)],
    write: false, // two test processes may bundle at the same time
    bundle: true,
    format: "iife",
    charset: "utf8",
    logLevel: "error",
    target: ["chrome123", "firefox140"],
    // Draft.js was written for Node's names.
    define: { "process.env.NODE_ENV": '"production"', global: "window" },
  });
  return outputFiles[0].text;
}

// As strict as the real sites and stricter: no inline code without the nonce, no network, no string that becomes a
// script.
function policy(nonce) {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

function respond(title, name, style, script, request, response) {
  if (request.url === "/favicon.ico") {
    response.writeHead(204).end();
    return;
  }
  const nonce = randomBytes(16).toString("base64");
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": policy(nonce),
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
  });
  response.end(`<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><link rel="icon" href="data:,"><style nonce="${nonce}">${style}</style></head>
<body class="${name}"><div id="root"></div><script nonce="${nonce}">${script.replaceAll("</script", "<\\/script")}</script></body></html>`);
}

/** @returns {Promise<Record<string, (request: object, response: object) => void>>} a handler for each host */
export async function buildSites() {
  const style = readFileSync(join(HERE, "style.css"), "utf8");
  const sites = {};
  for (const page of PAGES) {
    const script = await bundle(page);
    for (const host of page.hosts) sites[host] = respond.bind(null, page.title, page.name, style, script);
  }
  return sites;
}
