// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes on the pipe: cut anywhere, too long, too short, larger than a pipe.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";

import {
  CHROMIUM_ORIGIN, frame, header, INPUT_LIMIT_BYTES, isSanitized, LONG_WORDS, longPack, REMEDY_LENGTH, residentKilobytes, sleep,
  stage, start, unframe,
} from "./host.mjs";

/** @param {number} id @param {string} text */
const check = (id, text) => ({ id, type: "check", text });
/** @param {number} id @param {number} length of the body, in bytes */
const padded = (id, length) => {
  const empty = Buffer.byteLength(JSON.stringify({ id, type: "status", pad: "" }));
  return { id, type: "status", pad: "p".repeat(length - empty) };
};

test("a frame that comes byte by byte is one frame", async (t) => {
  const host = await start(t, stage(t));
  for (const byte of frame(check(7, "Quel zigoto 😀"))) {
    host.write(Buffer.of(byte));
    await sleep(1);
  }
  const verdict = await host.receive();
  assert.equal(verdict.id, 7);
  assert.equal(verdict.severity, "warn");
});

test("the longest frame is answered, the next byte is refused, and the port goes on", async (t) => {
  const host = await start(t, stage(t));
  host.write(Buffer.concat([frame(padded(1, INPUT_LIMIT_BYTES)), frame(padded(2, INPUT_LIMIT_BYTES + 1)), frame(check(3, "a"))]));
  assert.equal((await host.receive()).id, 1);
  const refused = await host.receive();
  assert.equal(refused.code, "frame_too_large");
  assert.equal(refused.id, null);
  assert.equal((await host.receive()).id, 3);
});

test("a length of 4 GiB−1 is refused at once, before any body, and costs no memory", async (t) => {
  const host = await start(t, stage(t));
  await host.request(check(1, "zigoto"));
  const before = residentKilobytes(host.pid);
  host.write(header(0xffffffff));
  assert.equal((await host.receive(2000)).code, "frame_too_large");
  host.write(Buffer.alloc(8 * 1024 * 1024, "x"));
  await sleep(100);
  if (!isSanitized()) assert.ok(residentKilobytes(host.pid) - before < 512, `grew by ${residentKilobytes(host.pid) - before} kB`);
  assert.deepEqual(await host.end(2000), { code: 0, signal: null });
});

test("a refused body of 64 MiB is skipped without growing, and the port goes on", async (t) => {
  const host = await start(t, stage(t));
  await host.request(check(1, "zigoto"));
  const before = residentKilobytes(host.pid);
  host.write(header(64 * 1024 * 1024));
  assert.equal((await host.receive()).code, "frame_too_large");
  for (let i = 0; i < 64; i++) host.write(Buffer.alloc(1024 * 1024, '{"id":1,"type":"status"}'));
  assert.equal((await host.request(check(2, "zigoto"))).id, 2);
  if (!isSanitized()) assert.ok(residentKilobytes(host.pid) - before < 512, `grew by ${residentKilobytes(host.pid) - before} kB`);
});

test("an empty frame is an error, not a pause", async (t) => {
  const host = await start(t, stage(t));
  host.write(Buffer.concat([header(0), header(0), frame(check(1, "a"))]));
  assert.equal((await host.receive()).code, "bad_json");
  assert.equal((await host.receive()).code, "bad_json");
  assert.equal((await host.receive()).id, 1);
});

/** @type {[string, Buffer][]} */
const beginnings = [
  ["nothing", Buffer.alloc(0)],
  ["half a header", Buffer.from([1, 0])],
  ["a header without its body", header(10)],
  ["half a body", frame(check(1, "abc")).subarray(0, 12)],
];
for (const [what, bytes] of beginnings) {
  test(`the end of input after ${what} ends the host with status 0`, async (t) => {
    const host = await start(t, stage(t));
    host.write(bytes);
    assert.deepEqual(await host.end(2000), { code: 0, signal: null });
    assert.equal(await host.receive(), null);
    assert.equal(host.stray.length, 0);
  });
}

/**
 * Through true pipes of 64 KiB: node gives its children socket pairs.
 * @param {import("./host.mjs").Place} place
 * @param {Buffer} input
 */
async function throughPipes(place, input) {
  const child = spawn("/bin/sh", ["-c", 'cat | "$0" "$1" | cat', place.executable, CHROMIUM_ORIGIN], {
    env: { HOME: place.home, PATH: process.env.PATH },
    stdio: ["pipe", "pipe", "inherit"],
  });
  /** @type {Buffer[]} */
  const chunks = [];
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  child.stdin.end(input);
  await new Promise((done) => child.on("close", done));
  return unframe(Buffer.concat(chunks));
}

test("frames larger than a pipe pass in both directions", async (t) => {
  const place = stage(t, { pack: longPack() });
  const long = "é".repeat(90000) + ` ${LONG_WORDS[0]}`;
  const many = LONG_WORDS.slice(0, 10).join(" ");
  const { bodies, rest } = await throughPipes(place, Buffer.concat([frame(check(1, long)), frame(check(2, many)), frame(check(3, long))]));
  assert.equal(rest.length, 0);
  const replies = bodies.map((body) => JSON.parse(body.toString()));
  assert.deepEqual(replies.map((reply) => reply.id), [undefined, 1, 2, 3]);
  assert.deepEqual(replies[1].findings[0].spans, [[90001, 90005]]);
  assert.equal(replies[2].findings.length, 10);
  assert.ok(bodies[2].length > 10 * REMEDY_LENGTH);
  assert.equal(replies[3].text_utf16, long.length);
});

test("a verdict that the browsers would not accept is reply_too_large, and the port goes on", async (t) => {
  const host = await start(t, stage(t, { pack: longPack() }));
  const all = await host.request(check(1, LONG_WORDS.join(" ")));
  assert.equal(all.code, "reply_too_large");
  assert.equal(all.id, 1);
  assert.equal(all.number, 116);
  // The longest that passes: a finding less at a time.
  for (let count = LONG_WORDS.length - 1; ; count--) {
    host.send(check(2, LONG_WORDS.slice(0, count).join(" ")));
    const bytes = await host.receiveBytes();
    assert.ok(bytes !== null);
    const reply = JSON.parse(bytes.toString());
    if (reply.type === "error") continue;
    assert.equal(reply.findings.length, count);
    assert.ok(bytes.length <= 1048576 && bytes.length + REMEDY_LENGTH + 1000 > 1048576, `${bytes.length} bytes`);
    break;
  }
});

test("a browser that writes much before it reads gets every reply", async (t) => {
  const place = stage(t);
  const requests = Array.from({ length: 300 }, (_, id) => frame(check(id, "zz ".repeat(40))));
  const { bodies } = await throughPipes(place, Buffer.concat(requests));
  assert.equal(bodies.length, 301);
  assert.equal(JSON.parse(bodies[300].toString()).id, 299);
});
