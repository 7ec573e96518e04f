// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, plain } from "./content-load.mjs";

/** A fake runtime. Its ports record what is posted. */
function runtime() {
  /** @type {any} */
  const fake = {
    id: "prudence",
    ports: [],
    connect() {
      if (!fake.id) throw new Error("Extension context invalidated.");
      /** @type {any} */
      const port = { posted: [], onMessage: { addListener: (/** @type {any} */ f) => (port.say = f) }, onDisconnect: { addListener: (/** @type {any} */ f) => (port.end = f) },
        postMessage(/** @type {any} */ message) { if (port.dead) throw new Error("closed"); port.posted.push(message); }, disconnect() { port.dead = true; } };
      fake.ports.push(port);
      return port;
    },
  };
  return fake;
}

/** @param {any} fake */
function linked(fake) {
  /** @type {string[]} */
  const heard = [];
  const { link } = load(["text-map", "link"], { chrome: { runtime: fake } });
  return { heard, link: link.create({ config: () => heard.push("config"), lost: () => heard.push("lost"), gone: () => heard.push("gone") }) };
}

test("one port, opened when first needed; a reply goes to its own request, once", () => {
  const fake = runtime();
  const { link, heard } = linked(fake);
  assert.equal(fake.ports.length, 0);
  /** @type {any[]} */
  const replies = [];
  link.request({ type: "check", text: "a" }, (/** @type {any} */ reply) => replies.push(["a", reply.type]));
  link.request({ type: "check", text: "b" }, (/** @type {any} */ reply) => replies.push(["b", reply.type]));
  const [port] = fake.ports;
  assert.deepEqual(plain(port.posted.map((/** @type {any} */ one) => one.seq)), [1, 2]);
  port.say({ type: "config" });
  port.say({ type: "verdict", seq: 2, verdict: { clauses: [], findings: [] } });
  port.say({ type: "verdict", seq: 2, verdict: { clauses: [], findings: [] } });
  port.say({ type: "verdict", seq: 99, verdict: { clauses: [], findings: [] } });
  port.say({ type: "verdict", seq: 1, verdict: { clauses: [], findings: [] } });
  assert.deepEqual(replies, [["b", "verdict"], ["a", "verdict"]]);
  assert.deepEqual(heard, ["config"]);
  assert.equal(fake.ports.length, 1);
});

test("a verdict tells each clause once; each finding gets those that it cites", () => {
  const fake = runtime();
  const { link } = linked(fake);
  /** @type {any} */
  let verdict = null;
  link.request({ type: "check", text: "a" }, (/** @type {any} */ reply) => (verdict = reply.verdict));
  const clauses = [{ id: "7.1", title: "Un" }, { id: "9.1", title: "Deux" }];
  fake.ports[0].say({ type: "verdict", seq: 1, verdict: { clauses, findings: [{ clauses: ["9.1"] }, { clauses: ["7.1", "9.1"] }] } });
  assert.deepEqual(
    plain(verdict.findings.map((/** @type {any} */ finding) => finding.clauses.map((/** @type {Clause} */ { title }) => title))),
    [["Deux"], ["Un", "Deux"]],
  );
});

test("when the port closes, what waits has failed, and the next message opens another", () => {
  const fake = runtime();
  const { link, heard } = linked(fake);
  /** @type {string[]} */
  const replies = [];
  link.request({ type: "check", text: "a" }, (/** @type {any} */ reply) => replies.push(reply.type));
  fake.ports[0].end();
  assert.deepEqual([replies, heard], [["failed"], ["lost"]]);
  assert.equal(link.send({ type: "page" }), true);
  assert.equal(fake.ports.length, 2);
});

test("a port that died unnoticed is replaced once", () => {
  const fake = runtime();
  const { link } = linked(fake);
  link.open();
  fake.ports[0].dead = true;
  assert.equal(link.send({ type: "page" }), true);
  assert.equal(fake.ports[1].posted.length, 1);
});

test("when the extension has gone, it says so once and opens nothing any more", async () => {
  const fake = runtime();
  const { link, heard } = linked(fake);
  link.open();
  fake.id = undefined;
  fake.ports[0].end();
  assert.equal(link.open(), false);
  const reply = await new Promise((resolve) => link.request({ type: "check" }, resolve));
  assert.equal(reply.type, "failed");
  assert.deepEqual(heard, ["gone"]);
});
