// SPDX-License-Identifier: GPL-3.0-or-later
// What stays in the host's memory when a reply has left, and what happens when there is no memory.
import assert from "node:assert/strict";
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { test } from "node:test";

import { isSanitized, kilobytes, residentKilobytes, stage, start } from "./host.mjs";

/**
 * Addresses at which the writable memory of a process holds `needle`; null when we may not look.
 * @param {number} pid
 * @param {string} needle
 */
function findInMemory(pid, needle) {
  const bytes = Buffer.from(needle);
  let memory;
  try {
    memory = openSync(`/proc/${pid}/mem`, "r");
  } catch (error) {
    if (["EACCES", "EPERM"].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? "")) return null;
    throw error;
  }
  const places = [];
  for (const line of readFileSync(`/proc/${pid}/maps`, "utf8").split("\n")) {
    const match = /^([0-9a-f]+)-([0-9a-f]+) rw.. \S+ \S+ \S+\s*(.*)$/.exec(line);
    if (match === null) continue;
    const [begin, end] = [BigInt("0x" + match[1]), BigInt("0x" + match[2])];
    const region = Buffer.alloc(Number(end - begin));
    try {
      readSync(memory, region, 0, region.length, begin);
    } catch {
      continue; // a region without pages
    }
    for (let at = region.indexOf(bytes); at >= 0; at = region.indexOf(bytes, at + 1)) places.push(`${match[3]} +${at}`);
  }
  closeSync(memory);
  return places;
}

test("no copy of a text outlives its reply", { skip: isSanitized() }, async (t) => {
  const host = await start(t, stage(t));
  const canary = "canariqzx";
  const texts = [
    `${canary} zigoto`,
    `${canary.toUpperCase()} Zigoto « ${canary} »`,
    `${canary} zigoto `.repeat(5000), // larger than any first buffer
    `${canary} @${canary} #${canary} https://${canary}.example/${canary} ${canary}@${canary}.example 418 555-0123`,
    `\\u00e9 ${canary}`,
  ];
  let id = 0;
  for (const text of texts) await host.request({ id: id++, type: "check", text });
  await host.request(`{"id":1,"type":"check","text":"${canary}",`);
  await host.request({ id: 2, type: "acknowledge", choice: "edit", rules: [canary] });
  await host.request({ id: 3, type: "check", text: "bonjour" }); // the release of the last frame is behind us
  const places = findInMemory(host.pid, canary);
  if (places === null) return t.skip("this machine does not let us look into a child's memory");
  assert.deepEqual(places, []);
});

test("thousands of checks do not grow the host", { skip: isSanitized() }, async (t) => {
  const host = await start(t, stage(t));
  const round = async () => {
    for (let i = 0; i < 1000; i++) host.send({ id: i, type: "check", text: `zigoto ${"é".repeat(i)} bazar` });
    for (let i = 0; i < 1000; i++) await host.receive();
  };
  await round();
  const before = residentKilobytes(host.pid);
  for (let i = 0; i < 4; i++) await round();
  const after = residentKilobytes(host.pid);
  assert.ok(after - before <= 256, `${before} kB, then ${after} kB`);
});

test("with too little memory a request answers out_of_memory, and the port goes on", { skip: isSanitized() }, async (t) => {
  const place = stage(t);
  const used = await start(t, place);
  const virtual = kilobytes(used.pid, "VmSize");
  await used.end();
  const seen = new Set();
  // From barely enough to start, to enough for everything: whichever allocation fails, nothing but this request is lost.
  for (let more = 100; more <= 3000; more += 100) {
    const host = await start(t, place, { shell: `ulimit -v ${virtual + more}; exec "$0" "$@"` });
    const replies = [];
    for (const length of [49000, 20000, 5000]) replies.push(await host.request({ id: length, type: "check", text: "é ".repeat(length) }));
    replies.push(await host.request({ id: 1, type: "check", text: "zigoto" }));
    for (const reply of replies) {
      // Without room for its first buffer it ends, and says nothing.
      if (reply === null && replies.every((other) => other === null)) break;
      assert.ok(reply !== null, `the host ended with ${more} kB more than at rest: ${host.stderr}`);
      assert.ok(reply.type === "verdict" || reply.code === "out_of_memory", JSON.stringify(reply));
      seen.add(reply.code);
    }
    assert.deepEqual(await host.end(), { code: 0, signal: null });
  }
  assert.ok(seen.has("out_of_memory") && seen.has(undefined));
});
