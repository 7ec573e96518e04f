// SPDX-License-Identifier: GPL-3.0-or-later
// installer/register.sh in a home of its own: what it writes, what it leaves alone, what it takes back.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("../../installer/register.sh", import.meta.url));
const FILE = "ca.prudence.host.json";
const CHROMIUM = `.config/chromium/NativeMessagingHosts/${FILE}`;
const FIREFOX = `.mozilla/native-messaging-hosts/${FILE}`;
/** @type {string[]} */
const homes = [];
after(() => homes.forEach((home) => rmSync(home, { recursive: true, force: true })));

/** A home with a host in it. The folder has a space and an ampersand, as folders do. */
function home() {
  const base = mkdtempSync(join(tmpdir(), "prudence-register-"));
  homes.push(base);
  const folder = join(base, "à & b");
  mkdirSync(folder);
  const host = join(folder, "prudence-host");
  writeFileSync(host, "#!/bin/sh\n");
  chmodSync(host, 0o755);
  return { folder, host };
}

/** @param {string} folder @param {string[]} options @param {string} [language] */
function run(folder, options, language = "fr_CA.UTF-8") {
  const env = { PATH: process.env.PATH, HOME: folder, LANG: language };
  return spawnSync("sh", [SCRIPT, ...options], { env, encoding: "utf8" });
}

/** Every file under a folder. @param {string} folder */
const files = (folder) =>
  readdirSync(folder, { recursive: true }).map(String).filter((path) => statSync(join(folder, path)).isFile()).sort();

test("registers with six browsers for the user, each with its own kind of manifest, and takes it all back", () => {
  const { folder, host } = home();
  const written = run(folder, ["--user", "--host", host]);
  assert.equal(written.status, 0, written.stderr);
  assert.equal(files(folder).filter((path) => path.endsWith(FILE)).length, 6);
  const chromium = JSON.parse(readFileSync(join(folder, CHROMIUM), "utf8"));
  const firefox = JSON.parse(readFileSync(join(folder, FIREFOX), "utf8"));
  assert.equal(chromium.path, host);
  assert.ok(chromium.allowed_origins && !chromium.allowed_extensions);
  assert.equal(firefox.path, host);
  assert.ok(firefox.allowed_extensions && !firefox.allowed_origins);
  assert.equal(statSync(join(folder, CHROMIUM)).mode & 0o777, 0o644);
  assert.equal(run(folder, ["--user", "--host", host]).status, 0, "twice is as good as once");
  assert.equal(run(folder, ["--user", "--unregister"]).status, 0);
  assert.deepEqual(files(folder), ["prudence-host"]);
  assert.ok(!existsSync(join(folder, ".mozilla")), "no empty folder is left");
  assert.equal(run(folder, ["--user", "--unregister"]).status, 0, "nothing to take back is no error");
});

test("never overwrites and never removes a file that is not ours, nor follows a link", () => {
  const { folder, host } = home();
  const other = '{"name":"org.other.host"}';
  mkdirSync(dirname(join(folder, CHROMIUM)), { recursive: true });
  writeFileSync(join(folder, CHROMIUM), other);
  mkdirSync(dirname(join(folder, FIREFOX)), { recursive: true });
  writeFileSync(join(folder, "target"), '{"name":"ca.prudence.host"}');
  symlinkSync(join(folder, "target"), join(folder, FIREFOX));
  for (const options of [["--user", "--host", host], ["--user", "--unregister"]]) {
    const result = run(folder, options);
    assert.equal(result.status, 1);
    assert.match(result.stderr, /Laissé tel quel/);
    assert.equal(readFileSync(join(folder, CHROMIUM), "utf8"), other);
    assert.equal(readFileSync(join(folder, "target"), "utf8"), '{"name":"ca.prudence.host"}');
  }
});

test("a dry run says everything and changes nothing", () => {
  const { folder, host } = home();
  const result = run(folder, ["--user", "--host", host, "--dry-run"]);
  assert.equal(result.status, 0);
  assert.equal(result.stdout.trim().split("\n").length, 6);
  assert.deepEqual(files(folder), ["prudence-host"]);
});

test("a package is prepared under a folder, for a host that is not there yet", () => {
  const { folder } = home();
  const root = join(folder, "root");
  const host = "/usr/libexec/prudence/prudence-host";
  assert.equal(run(folder, ["--dir", root, "--host", host]).status, 0);
  assert.deepEqual(files(root), [
    `etc/chromium/native-messaging-hosts/${FILE}`,
    `etc/opt/chrome/native-messaging-hosts/${FILE}`,
    `etc/opt/edge/native-messaging-hosts/${FILE}`,
    `usr/lib/mozilla/native-messaging-hosts/${FILE}`,
  ]);
  assert.equal(run(folder, ["--dir", root, "--unregister"]).status, 0);
  assert.deepEqual(files(root), []);
});

test("refuses what cannot work, in the language of the session", () => {
  const { folder, host } = home();
  for (const options of [[], ["--user"], ["--user", "--host", "prudence-host"], ["--user", "--host", `${host}-absent`], ["--user", "--host", '/a"b'], ["--frobnicate"], ["--dir"]]) {
    const result = run(folder, options);
    assert.equal(result.status, 2, options.join(" "));
    assert.notEqual(result.stderr, "");
  }
  assert.match(run(folder, ["--help"]).stdout, /^Usage : /);
  assert.match(run(folder, ["--help"], "en_CA.UTF-8").stdout, /^Usage: /);
  assert.match(run(folder, ["--user"], "en_CA.UTF-8").stderr, /is needed/);
});
