// SPDX-License-Identifier: GPL-3.0-or-later
// The host as a process: it ends when it must, keeps its stream clean, and does not depend on where it was started.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { CHROMIUM_ORIGIN, Host, isSanitized, sleep, stage, start, until } from "./host.mjs";

const QUICK_MS = 1000; // Firefox waits 3 s before SIGTERM, Chromium 2 s before SIGKILL
const CLEAN_EXIT = { code: 0, signal: null };
/** @param {number} id @param {string} text */
const check = (id, text) => ({ id, type: "check", text });

test("the end of input ends the host", async (t) => {
  const host = await start(t, stage(t));
  await host.request(check(1, "zigoto"));
  assert.deepEqual(await host.end(QUICK_MS), CLEAN_EXIT);
});

test("SIGTERM ends the host with status 0, also while it waits for a slow reader", async (t) => {
  const idle = await start(t, stage(t));
  idle.process.kill("SIGTERM");
  assert.deepEqual(await idle.exit(QUICK_MS), CLEAN_EXIT);

  const blocked = await start(t, stage(t));
  blocked.process.stdout?.pause();
  for (let id = 0; id < 200; id++) blocked.send(check(id, "zz ".repeat(2000)));
  await sleep(200);
  blocked.process.kill("SIGTERM");
  assert.deepEqual(await blocked.exit(QUICK_MS), CLEAN_EXIT);
});

test("SIGTERM works when the launcher had blocked it", { skip: !existsSync("/usr/bin/python3") }, async (t) => {
  const shell = `exec python3 -c 'import os,signal,sys
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
os.execv(sys.argv[1], sys.argv[1:])' "$0" "$@"`;
  const host = await start(t, stage(t), { shell });
  host.process.kill("SIGTERM");
  assert.deepEqual(await host.exit(QUICK_MS), CLEAN_EXIT);
});

test("a closed output ends the host", async (t) => {
  const host = await start(t, stage(t));
  host.process.stdout?.destroy();
  host.send(check(1, "zigoto"));
  assert.deepEqual(await host.exit(QUICK_MS), CLEAN_EXIT);
});

test("no host outlives a browser that was killed", async (t) => {
  const place = stage(t);
  const browser = spawn(
    process.execPath,
    ["-e", `const c = require("child_process").spawn(process.argv[1], [process.argv[2]], {stdio: ["pipe", "pipe", "ignore"]});
            c.stdout.once("data", () => console.log(c.pid)); setInterval(() => {}, 1000)`, place.executable, CHROMIUM_ORIGIN],
    { env: { HOME: place.home }, stdio: ["ignore", "pipe", "inherit"] },
  );
  const pid = Number(await new Promise((read) => browser.stdout.once("data", read)));
  assert.ok(existsSync(`/proc/${pid}`));
  browser.kill("SIGKILL");
  const gone = () => !existsSync(`/proc/${pid}`) || /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  await until(gone, `host ${pid} is gone`, QUICK_MS);
});

test("only the frames' descriptor leads to the output, and nothing else stays open", async (t) => {
  const host = await start(t, stage(t), { stdio: ["pipe", "pipe", "pipe", "pipe", "pipe"] });
  const directory = `/proc/${host.pid}/fd`;
  const target = (/** @type {string} */ fd) => readlinkSync(join(directory, fd));
  assert.deepEqual(readdirSync(directory).sort(), ["0", "1", "2", "3"]);
  assert.equal(target("1"), target("2"), "a stray print must go to the error output");
  assert.notEqual(target("3"), target("2"));
  assert.match(readFileSync(`/proc/${host.pid}/fdinfo/3`, "utf8"), /^flags:\s+0?2\d{6}$/m, "a child would inherit the frames");
  assert.equal(readlinkSync(`/proc/${host.pid}/cwd`), "/");
});

// An invalid profile makes the host write to its error output, whatever that is.
const noisy = { profile: "{" };

for (const [what, shell] of [
  ["a closed error output", 'exec "$0" "$@" 2>&-'],
  ["an error output that is the output", 'exec "$0" "$@" 2>&1'],
  ["extra descriptors", 'exec 5</dev/null 9>/dev/null; exec "$0" "$@"'],
]) {
  test(`${what} puts nothing but frames on the output`, async (t) => {
    const host = await start(t, stage(t, noisy), { shell });
    assert.equal(host.hello.type, "hello");
    assert.deepEqual(readdirSync(`/proc/${host.pid}/fd`).sort(), ["0", "1", "2", "3"]);
    assert.equal((await host.request({ id: 1, type: "status" })).id, 1);
    assert.deepEqual(await host.end(), CLEAN_EXIT);
    assert.equal(await host.receive(), null);
    assert.equal(host.stray.length, 0);
  });
}

test("closed input and closed output are ends, not errors", async (t) => {
  const place = stage(t);
  const noInput = new Host(place, { shell: 'exec "$0" "$@" <&-' });
  assert.deepEqual(await noInput.exit(), CLEAN_EXIT);
  const noOutput = new Host(place, { shell: 'exec "$0" "$@" >&-' });
  noOutput.send({ id: 1, type: "acknowledge", choice: "edit", rules: ["insult-defamation.zigoto"] });
  assert.deepEqual(await noOutput.end(), CLEAN_EXIT);
});

test("a crash leaves no image of the memory behind", async (t) => {
  for (const limit of ["unlimited", "0"]) {
    const host = await start(t, stage(t), { shell: `ulimit -c ${limit} 2>/dev/null; exec "$0" "$@"` });
    const limits = readFileSync(`/proc/${host.pid}/limits`, "utf8");
    const seen = /^Max core file size +(\d+|unlimited) +(\d+|unlimited) /m.exec(limits);
    // 1 byte, which stops crash reporters too; 0 where the launcher allows no more.
    assert.ok(seen !== null && Number(seen[1]) <= 1 && Number(seen[2]) <= 1, `with a limit of ${limit}: ${seen?.[0]}`);
    if (limit === "unlimited") assert.equal(seen[1], "1");
  }
});

test("the locale changes nothing", async (t) => {
  const place = stage(t);
  const said = [];
  for (const locale of ["C", "POSIX", "tr_TR.UTF-8", "fr_CA.ISO-8859-1", "ar_EG.UTF-8", "nonsense"]) {
    const host = await start(t, place, { env: { LC_ALL: locale, LANG: locale, LC_NUMERIC: locale } });
    const verdict = await host.request(check(1, "ZIGOTO ŒUF POURRI zıgoto İ 1.5"));
    said.push(JSON.stringify([host.hello, verdict]));
  }
  assert.equal(new Set(said).size, 1);
});

test("no variable of the environment chooses another policy", async (t) => {
  const place = stage(t);
  const env = { PRUDENCE_HOME: "/tmp", PRUDENCE_CONFIG: "/tmp", XDG_CONFIG_HOME: "/tmp", XDG_DATA_DIRS: "/tmp", TMPDIR: "/nonexistent" };
  const host = await start(t, place, { env });
  assert.equal(host.hello.pack.id, "essai");
});

test("a removed working directory changes nothing", async (t) => {
  const place = stage(t);
  const cwd = join(place.root, "gone");
  mkdirSync(cwd);
  const host = await start(t, place, { cwd, shell: 'rmdir "$PWD"; exec "$0" "$@"' });
  assert.equal((await host.request(check(1, "zigoto"))).severity, "warn");
  assert.equal((await host.request({ id: 2, type: "acknowledge", choice: "edit", rules: ["insult-defamation.zigoto"] })).type, "acknowledged");
});

test("the host has one thread and does not load libsecret", { skip: isSanitized() }, async (t) => {
  const host = await start(t, stage(t));
  await host.request({ id: 1, type: "status" });
  assert.match(readFileSync(`/proc/${host.pid}/status`, "utf8"), /^Threads:\s+1$/m);
  assert.doesNotMatch(readFileSync(`/proc/${host.pid}/maps`, "utf8"), /libsecret|libglib|libdbus/);
});
