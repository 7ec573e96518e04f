// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { inflateSync } from "node:zlib";
import { HOST_NAME } from "../../extension/background/host-port.js";
import { SITES } from "../../extension/sites/table.js";
import { siteRows, siteTable } from "../../installer/extension/site-table.mjs";
import { rows, SIZES, VARIANTS } from "../../installer/extension/draw-icons.mjs";

const ROOT = new URL("../../", import.meta.url);
const EXTENSION = new URL("extension/", ROOT);
/** @param {string} path */
const text = (path) => readFileSync(new URL(path, ROOT), "utf8");
const manifest = JSON.parse(text("extension/manifest.json"));

/** Chromium's identifier of an extension: SHA-256 of the public key, its first 16 bytes in the letters a to p. */
function chromiumId() {
  const digits = createHash("sha256").update(Buffer.from(manifest.key, "base64")).digest("hex").slice(0, 32);
  return [...digits].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join("");
}

test("manifest, header and host manifests name the same two callers", () => {
  const header = text("host/system/extension_identity.h");
  const defined = (/** @type {string} */ name) => header.match(new RegExp(`#define ${name} "([^"]+)"`))?.[1];
  const addon = manifest.browser_specific_settings.gecko.id;
  assert.equal(defined("PRD_CHROMIUM_EXTENSION_ID"), chromiumId());
  assert.equal(defined("PRD_FIREFOX_ADDON_ID"), addon);
  const chromium = JSON.parse(text("manifests/ca.prudence.host.chromium.json.in"));
  const firefox = JSON.parse(text("manifests/ca.prudence.host.firefox.json.in"));
  assert.deepEqual(chromium.allowed_origins, [`chrome-extension://${chromiumId()}/`]);
  assert.deepEqual(firefox.allowed_extensions, [addon]);
  for (const host of [chromium, firefox]) {
    assert.equal(host.name, HOST_NAME);
    assert.equal(host.path, "@PATH@");
    assert.equal(host.type, "stdio");
  }
});

test("the key is a public key and nothing more", () => {
  assert.match(manifest.key, /^MII[A-Za-z0-9+/=]+$/);
  assert.ok(Buffer.from(manifest.key, "base64").length < 320, "an RSA-2048 SubjectPublicKeyInfo has 294 bytes");
});

test("the extension asks for nothing that it does not need", () => {
  assert.deepEqual(manifest.permissions, ["nativeMessaging", "storage"]);
  for (const key of ["host_permissions", "optional_host_permissions", "web_accessible_resources", "externally_connectable"]) {
    assert.equal(manifest[key], undefined, key);
  }
});

test("its pages can load only what is in the package, and cannot connect anywhere", () => {
  const policy = manifest.content_security_policy.extension_pages;
  assert.equal(policy, "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'");
});

test("Firefox users are told what leaves the browser for the host", () => {
  const { data_collection_permissions, strict_min_version } = manifest.browser_specific_settings.gecko;
  assert.deepEqual(data_collection_permissions.required, ["personalCommunications", "websiteContent", "websiteActivity"]);
  assert.ok(parseInt(strict_min_version, 10) >= 142, "older ones do not know data_collection_permissions everywhere");
});

test("every file that the manifest names exists", () => {
  const named = JSON.stringify(manifest).match(/"[a-z-]+\/[A-Za-z0-9./-]+\.(js|css|html|png)"/g) ?? [];
  assert.ok(named.length > 15, `only ${named.length} files found`);
  for (const path of named) assert.ok(existsSync(new URL(JSON.parse(path), EXTENSION)), path);
});

test("the content scripts are all there, in the order of the contract", () => {
  const [script] = manifest.content_scripts;
  const order = ["text-map", "remap", "sites", "highlight", "field", "card", "link", "guard", "main"];
  assert.deepEqual(script.js, order.map((name) => `content/${name}.js`));
  const files = readdirSync(new URL("content/", EXTENSION)).filter((name) => name.endsWith(".js"));
  assert.deepEqual(files.map((name) => `content/${name}`).sort(), [...script.js].sort(), "a content file that is not loaded");
  assert.equal(script.run_at, "document_start");
  assert.ok(script.all_frames && script.match_about_blank && script.match_origin_as_fallback);
});

test("the table of sites says what the site rows say, the general one last", () => {
  assert.deepEqual(SITES, siteRows(), "run installer/extension/site-table.mjs");
  assert.equal(text("extension/sites/table.js"), siteTable(), "run installer/extension/site-table.mjs");
  assert.equal(SITES.at(-1)?.id, "generic");
});

test("the background script imports JavaScript only: with a JSON module Chromium cannot start its worker twice", () => {
  const imports = (/** @type {string} */ path) =>
    [...text(`extension/${path}`).matchAll(/^import .* from "(.+)".*$/gm)].map(([line, target]) => ({ line, target }));
  for (const name of readdirSync(new URL("background/", EXTENSION))) {
    for (const { line, target } of imports(`background/${name}`)) {
      assert.match(target, /^\.\.?\/.*\.js$/, line);
      assert.doesNotMatch(line, /\bwith\b/, line);
    }
  }
});

test("no page has script or style of its own, and no code writes HTML", () => {
  const html = text("extension/pages/popup.html");
  assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/);
  for (const name of readdirSync(EXTENSION, { recursive: true }).map(String).filter((path) => path.endsWith(".js"))) {
    assert.doesNotMatch(text(`extension/${name}`), /\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write\(|\beval\(|\bfetch\(|XMLHttpRequest|WebSocket\(/, name);
  }
});

test("the committed icons are what the generator draws", () => {
  for (const [prefix, look] of Object.entries(VARIANTS)) {
    for (const size of SIZES) {
      const png = readFileSync(new URL(`icons/${prefix}-${size}.png`, EXTENSION));
      assert.equal(png.readUInt32BE(16), size);
      // The pixels, not the file: another zlib may compress them in another way.
      const at = png.indexOf("IDAT");
      const pixels = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
      assert.ok(pixels.equals(rows(size, look)), `${prefix}-${size}.png: run installer/extension/draw-icons.mjs`);
    }
  }
});
