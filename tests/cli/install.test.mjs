// SPDX-License-Identifier: GPL-3.0-or-later
// `make install` into a private folder: what is installed works from there, and the registration points to it.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BUILD = process.env.PRUDENCE_BUILD ?? "build";

test("an installed Prudence checks a text, and its registration names the installed host", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "prudence-install-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync("make", ["-C", ROOT, `BUILD=${BUILD}`, "install", `DESTDIR=${folder}`], { stdio: "pipe" });
  const prefix = join(folder, "usr");

  const checked = spawnSync(join(prefix, "bin/prudence"), ["check", "--institution", "chu", "Le NAM de ma patiente est TEST 5412 2816"], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: folder },
  });
  assert.equal(checked.status, 1, checked.stderr);
  assert.match(checked.stdout, /7\.1/);

  const host = join(prefix, "libexec/prudence/prudence-host");
  const system = join(folder, "system");
  const registered = spawnSync("sh", [join(prefix, "share/prudence/installer/register.sh"), "--dir", system, "--host", host], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: folder },
  });
  assert.equal(registered.status, 0, registered.stderr);
  for (const manifest of ["etc/chromium/native-messaging-hosts", "usr/lib/mozilla/native-messaging-hosts"].map((path) => join(system, path, "ca.prudence.host.json")))
    assert.equal(JSON.parse(readFileSync(manifest, "utf8")).path, host, manifest);

  const extension = join(prefix, "share/prudence/extension");
  assert.ok(existsSync(join(extension, "manifest.json")));
  assert.deepEqual(readdirSync(extension, { recursive: true }).filter((name) => /README|\.d\.ts$/.test(String(name))), []);
});
