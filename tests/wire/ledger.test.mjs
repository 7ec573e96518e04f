// SPDX-License-Identifier: GPL-3.0-or-later
// What a person decided is on the disk before the extension hears of it, and no word of theirs ever is.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { filesBelow, query, stage, start } from "./host.mjs";

const RULE = "insult-defamation.zigoto";
const acknowledge = (/** @type {number} */ id, more = {}) => ({ id, type: "acknowledge", choice: "publish", rules: [RULE], ...more });

test("an acknowledgement is stored before its reply, and survives a kill", async (t) => {
  const place = stage(t);
  const host = await start(t, place);
  const before = Date.now();
  const reply = await host.request(
    acknowledge(5, { choice: "not-applicable", rules: [RULE, "obscene-porn.zut", RULE], site: "facebook", venue: "work-group" }),
  );
  host.process.kill("SIGKILL");
  assert.deepEqual(reply, { id: 5, type: "acknowledged", decision: 1, rows: 2 });
  const [decision] = query(place.ledger, "SELECT * FROM decision");
  assert.ok(decision.time_ms >= before && decision.time_ms <= Date.now());
  assert.deepEqual(
    { ...decision, time_ms: undefined },
    {
      id: 1,
      time_ms: undefined,
      institution: "essai",
      pack_id: "essai",
      pack_version: "2026.1",
      pack_hash: host.hello.pack.hash,
      choice: "not-applicable",
      site: "facebook",
      venue: "work-group",
    },
  );
  assert.deepEqual(query(place.ledger, "SELECT * FROM finding ORDER BY rule"), [
    { decision: 1, rule: RULE, category: "insult-defamation", severity: "warn", clauses: "1.1, 1.2" },
    { decision: 1, rule: "obscene-porn.zut", category: "obscene-porn", severity: "serious", clauses: "1.1" },
  ]);
});

test("the ledger and its directory are private, and appear only when needed", async (t) => {
  const place = stage(t);
  const host = await start(t, place);
  await host.request({ id: 1, type: "check", text: "zigoto" });
  assert.throws(() => statSync(place.data), { code: "ENOENT" });
  await host.request(acknowledge(2));
  assert.equal(statSync(place.data).mode & 0o777, 0o700);
  for (const { path } of filesBelow(place.data)) assert.equal(statSync(path).mode & 0o777, 0o600, path);
  assert.equal((await host.request({ id: 3, type: "status" })).acknowledgements, 1);
});

test("XDG_DATA_HOME is followed when it is absolute", async (t) => {
  const place = stage(t);
  const data = join(place.root, "data");
  const host = await start(t, place, { env: { XDG_DATA_HOME: data } });
  await host.request(acknowledge(1));
  assert.equal(query(join(data, "prudence/ledger.sqlite3"), "SELECT * FROM decision").length, 1);
  const other = await start(t, place, { env: { XDG_DATA_HOME: "data" } });
  await other.request(acknowledge(1));
  assert.equal(query(place.ledger, "SELECT * FROM decision").length, 1);
});

test("no word of a text is written anywhere", async (t) => {
  const place = stage(t);
  const host = await start(t, place);
  const texts = ["canariqzx zigoto", "Canariqzx ".repeat(3000), JSON.stringify("canariqzx")];
  for (const [id, text] of texts.entries()) {
    await host.request({ id, type: "check", text });
    await host.request(acknowledge(id, { note: "canariqzx", text: "canariqzx" }));
  }
  await host.request('{"id":9,"type":"check","text":"canariqzx"');
  await host.end();
  let files = 0;
  for (const { path, bytes } of filesBelow(place.home)) {
    files++;
    assert.ok(!bytes.toString("latin1").toLowerCase().includes("canariqzx"), path);
  }
  assert.ok(files >= 1);
  assert.doesNotMatch(host.stderr, /canariqzx/i);
});

test("two hosts at once lose nothing", async (t) => {
  const place = stage(t);
  const hosts = await Promise.all([start(t, place), start(t, place)]);
  const count = 200;
  const replies = await Promise.all(
    hosts.map(async (host) => {
      for (let id = 0; id < count; id++) host.send(acknowledge(id));
      const decisions = [];
      for (let id = 0; id < count; id++) decisions.push((await host.receive()).decision);
      return decisions;
    }),
  );
  const decisions = replies.flat();
  assert.equal(new Set(decisions).size, 2 * count, "each acknowledgement has its own number");
  assert.equal(query(place.ledger, "SELECT count(*) AS n FROM decision")[0].n, 2 * count);
  assert.equal((await hosts[0].request({ id: 1, type: "status" })).acknowledgements, 2 * count);
});

test("a directory that cannot be made: ledger_unavailable, checks go on, and later it works", async (t) => {
  const place = stage(t);
  const data = join(place.root, "data");
  writeFileSync(data, "a file in the way");
  const host = await start(t, place, { env: { XDG_DATA_HOME: data } });
  const refused = await host.request(acknowledge(1));
  assert.equal(refused.code, "ledger_unavailable");
  assert.equal(refused.id, 1);
  const status = await host.request({ id: 2, type: "status" });
  assert.equal(status.parts.ledger, "unavailable");
  assert.equal(status.acknowledgements, null);
  assert.equal((await host.request({ id: 3, type: "check", text: "zigoto" })).severity, "warn");
  rmSync(data);
  assert.equal((await host.request(acknowledge(4))).type, "acknowledged");
  assert.equal((await host.request({ id: 5, type: "status" })).parts.ledger, "ready");
});

test("a file that is no database: ledger_unavailable, checks go on, and later it works", async (t) => {
  const place = stage(t);
  mkdirSync(place.data, { recursive: true });
  writeFileSync(place.ledger, "ceci n'est pas une base\n".repeat(500));
  const host = await start(t, place);
  assert.equal((await host.request(acknowledge(1))).code, "ledger_unavailable");
  assert.equal((await host.request({ id: 2, type: "check", text: "zigoto" })).severity, "warn");
  rmSync(place.ledger);
  assert.equal((await host.request(acknowledge(3))).type, "acknowledged");
});

test("a ledger that another process holds too long: ledger_busy, and later it works", async (t) => {
  const place = stage(t);
  const host = await start(t, place);
  await host.request(acknowledge(1));
  const holder = spawn("sqlite3", [place.ledger], { stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => holder.kill("SIGKILL"));
  holder.stdin.write("BEGIN IMMEDIATE;\nSELECT 'held';\n");
  await new Promise((held) => holder.stdout.once("data", held));
  assert.equal((await host.request(acknowledge(2))).code, "ledger_busy");
  holder.kill("SIGKILL");
  await new Promise((gone) => holder.once("exit", gone));
  assert.equal((await host.request(acknowledge(3))).type, "acknowledged");
  assert.equal(query(place.ledger, "SELECT count(*) AS n FROM decision")[0].n, 2);
});

test("a ledger that is deleted while the host runs is made anew", async (t) => {
  const place = stage(t);
  const host = await start(t, place);
  await host.request(acknowledge(1));
  rmSync(place.data, { recursive: true });
  assert.equal((await host.request(acknowledge(2))).type, "acknowledged");
  assert.equal(query(place.ledger, "SELECT count(*) AS n FROM decision")[0].n, 1);
});
