// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { CAUSES } from "../../extension/background/causes.js";
import { HOST_NAME, HostPort, TIMES, TIME_OUTS_ALLOWED, TRANSITIONS } from "../../extension/background/host-port.js";
import { fakeBrowser, hello, settle } from "./fake-native.mjs";

const NOT_FOUND = "Specified native messaging host not found.";
const CHECK = { text: "Bonjour" };

/** A port that has said hello. */
async function readyHost() {
  const browser = fakeBrowser();
  const host = new HostPort(browser.dependencies);
  void host.warm();
  browser.port.say(hello());
  await settle();
  return { browser, host };
}

/** The failure of a request that must fail. @param {Promise<any>} promise @returns {Promise<any>} */
function failureOf(promise) {
  return promise.then(
    (reply) => assert.fail(`expected a failure, got ${JSON.stringify(reply)}`),
    (failure) => failure,
  );
}

/** Fails if the promise is settled within this turn. @param {Promise<any>} promise */
async function assertWaiting(promise, message = "still waiting") {
  const waiting = Symbol("waiting");
  assert.equal(await Promise.race([promise, settle().then(() => waiting)]), waiting, message);
}

test("no port is opened before it is needed", () => {
  const browser = fakeBrowser();
  const host = new HostPort(browser.dependencies);
  assert.equal(host.state, "idle");
  assert.equal(browser.ports.length, 0);
});

test("the transition table names only known states, and every failure can be left by opening again", () => {
  const states = Object.keys(TRANSITIONS);
  for (const [from, events] of Object.entries(TRANSITIONS)) {
    for (const to of Object.values(events)) assert.ok(states.includes(to), `${from} → ${to}`);
  }
  for (const cause of Object.values(CAUSES)) assert.ok(states.includes(cause.state), cause.id);
  for (const state of ["absent", "refused", "incompatible", "broken"]) {
    assert.deepEqual(TRANSITIONS[/** @type {keyof typeof TRANSITIONS} */ (state)], { open: "connecting" }, state);
  }
});

test("the host speaks first: nothing is posted before its hello, then the request leaves", async () => {
  const browser = fakeBrowser();
  const host = new HostPort(browser.dependencies);
  const answer = host.request("check", CHECK);
  assert.equal(host.state, "connecting");
  assert.equal(browser.port.name, HOST_NAME);
  assert.deepEqual(browser.port.posted, []);
  browser.port.say(hello());
  assert.equal(host.state, "ready");
  assert.deepEqual(browser.port.posted, [{ id: 1, type: "check", text: "Bonjour" }]);
  assert.equal(Object.keys(browser.port.last)[0], "id", "id comes first in the document");
  browser.port.say({ id: 1, type: "verdict", severity: "none", complete: true, findings: [] });
  assert.equal((await answer).severity, "none");
});

test("replies find their request by id, not by order of arrival", async () => {
  const { browser, host } = await readyHost();
  const first = host.request("check", CHECK);
  const second = host.request("status");
  browser.port.say({ id: 2, type: "status", checks: 5 });
  browser.port.say({ id: 1, type: "verdict", severity: "warn" });
  assert.equal((await second).checks, 5);
  assert.equal((await first).severity, "warn");
});

test("a reply that nobody asked for is dropped and counted", async () => {
  const { browser, host } = await readyHost();
  browser.port.say({ id: 99, type: "verdict" });
  browser.port.say({ type: "verdict" });
  assert.equal(host.dropped, 2);
  assert.equal(host.state, "ready");
});

test("an error of the protocol rejects its request with its code, and the port stays", async () => {
  const { browser, host } = await readyHost();
  const failure = failureOf(host.request("check", CHECK));
  browser.port.say({ id: 1, type: "error", code: "no_pack", number: 200, message: {} });
  assert.deepEqual(
    (({ code, state, sent }) => ({ code, state, sent }))(await failure),
    { code: "no_pack", state: "ready", sent: true },
  );
  assert.equal(browser.ports.length, 1);
});

test("an error without an id belongs to the oldest request", async () => {
  const { browser, host } = await readyHost();
  const first = failureOf(host.request("check", CHECK));
  const second = host.request("check", CHECK);
  browser.port.say({ id: null, type: "error", code: "frame_too_large" });
  assert.equal((await first).code, "frame_too_large");
  await assertWaiting(second);
});

test("a reply of the wrong type breaks the port", async () => {
  const { browser, host } = await readyHost();
  const failure = failureOf(host.request("check", CHECK));
  browser.port.say({ id: 1, type: "acknowledged", decision: 1 });
  assert.equal((await failure).state, "broken");
  assert.equal(host.cause?.id, "bad_frame");
  assert.ok(browser.port.disconnected);
});

test("no hello within three seconds: broken", async () => {
  const browser = fakeBrowser();
  const host = new HostPort(browser.dependencies);
  void host.warm();
  await browser.clock.pass(TIMES.hello - 1);
  assert.equal(host.state, "connecting");
  await browser.clock.pass(1);
  assert.equal(host.state, "broken");
  assert.equal(host.cause?.id, "hello_timeout");
  assert.ok(browser.port.disconnected, "the mute host is let go");
});

for (const [what, first, state, cause] of /** @type {[string, any, string, string][]} */ ([
  ["another protocol", hello({ protocol: 2, version: "9.0" }), "incompatible", "incompatible"],
  ["a protocol that is a string", hello({ protocol: "1" }), "incompatible", "incompatible"],
  ["caller_refused", { id: null, type: "error", code: "caller_refused", number: 300 }, "refused", "caller_refused"],
  ["something else than hello", { type: "verdict" }, "broken", "bad_frame"],
  ["a string", "hello", "broken", "bad_frame"],
  ["null", null, "broken", "bad_frame"],
])) {
  test(`the host starts with ${what}: ${state}`, async () => {
    const browser = fakeBrowser();
    const host = new HostPort(browser.dependencies);
    void host.warm();
    browser.port.say(first);
    await settle();
    assert.equal(host.state, state);
    assert.equal(host.cause?.id, cause);
    assert.ok(browser.port.disconnected);
    assert.equal(browser.ports.length, 1);
    if (state === "incompatible") assert.match(String(host.detail), /≠ 1/);
  });
}

test("an absent host is asked again only by a person's next use, after 1, 2, 4 … 60 seconds", async () => {
  const browser = fakeBrowser();
  const host = new HostPort(browser.dependencies);
  const waits = [1, 2, 4, 8, 16, 32, 60, 60, 60];
  let starts = 0;
  for (const seconds of waits) {
    const failure = failureOf(host.request("check", CHECK));
    starts += 1;
    browser.port.close(NOT_FOUND);
    assert.equal((await failure).state, "absent");
    assert.equal(browser.ports.length, starts, "no start by itself");
    await browser.clock.pass(seconds * 1000 - 1);
    assert.equal((await failureOf(host.request("check", CHECK))).state, "absent");
    await host.warm();
    assert.equal(browser.ports.length, starts, `no start before ${seconds} s`);
    await browser.clock.pass(1);
  }
  await browser.clock.pass(3_600_000);
  assert.equal(browser.ports.length, starts, "an hour without use: no start");
});

test("an answer in time ends the back-off; a hello alone does not", async () => {
  const browser = fakeBrowser();
  const host = new HostPort(browser.dependencies);
  void host.warm();
  browser.port.close(NOT_FOUND);
  await browser.clock.pass(1000);
  void host.warm();
  browser.port.say(hello());
  browser.port.close(null);
  assert.equal(host.snapshot().failures, 2, "said hello, then died");
  await browser.clock.pass(2000);
  const answer = host.request("check", CHECK);
  browser.port.say(hello());
  browser.port.say({ id: 1, type: "verdict", severity: "none" });
  await answer;
  assert.equal(host.snapshot().failures, 0);
});

test("a clock that was turned back does not lock the host out", async () => {
  const browser = fakeBrowser();
  const host = new HostPort(browser.dependencies);
  void host.warm();
  browser.port.close(NOT_FOUND);
  browser.clock.now -= 86_400_000;
  void host.warm();
  assert.equal(browser.ports.length, 2);
});

test("the person's own retry does not wait for the back-off", async () => {
  const browser = fakeBrowser();
  const host = new HostPort(browser.dependencies);
  void host.warm();
  browser.port.close(NOT_FOUND);
  void host.retry();
  assert.equal(browser.ports.length, 2);
});

test("a request has its time-out, from when it is made", async () => {
  const { browser, host } = await readyHost();
  const check = failureOf(host.request("check", CHECK));
  const acknowledge = failureOf(host.request("acknowledge", {}));
  await browser.clock.pass(TIMES.check);
  assert.equal((await check).state, "ready");
  assert.equal((await check).code, null);
  await assertWaiting(acknowledge);
  await browser.clock.pass(TIMES.acknowledge - TIMES.check);
  assert.equal((await acknowledge).sent, true);
  browser.port.say({ id: 1, type: "verdict" });
  assert.equal(host.dropped, 1, "the late answer is dropped");
});

test("time-outs count: after three in a row the stuck host is let go", async () => {
  const { browser, host } = await readyHost();
  for (let i = 1; i <= TIME_OUTS_ALLOWED; i += 1) {
    const failure = failureOf(host.request("check", CHECK));
    await browser.clock.pass(TIMES.check);
    assert.equal((await failure).code, null);
    assert.equal(host.state, i < TIME_OUTS_ALLOWED ? "ready" : "broken", `after ${i}`);
  }
  assert.equal(host.cause?.id, "time_outs");
  assert.ok(browser.port.disconnected);
});

test("an answer in time forgets the time-outs before it; a late one does not", async () => {
  const { browser, host } = await readyHost();
  for (let round = 0; round < 3; round += 1) {
    const slow = failureOf(host.request("check", CHECK));
    await browser.clock.pass(TIMES.check);
    await slow;
    browser.port.say({ id: browser.port.last.id, type: "verdict" });
    if (round === 1) {
      const good = host.request("check", CHECK);
      browser.port.say({ id: browser.port.last.id, type: "verdict" });
      await good;
    }
  }
  assert.equal(host.state, "ready");
});

test("a disconnect rejects everything that waits", async () => {
  const { browser, host } = await readyHost();
  const waiting = [host.request("check", CHECK), host.request("acknowledge", {}), host.request("status")].map(failureOf);
  browser.port.close("Native host has exited.");
  for (const failure of await Promise.all(waiting)) assert.equal(failure.state, "broken");
  assert.equal(host.cause?.id, "host_exited");
  assert.ok(browser.port.disconnected, "disconnect is always called");
});

test("an acknowledgement that was posted and not answered is never repeated", async () => {
  const { browser, host } = await readyHost();
  const failure = failureOf(host.request("acknowledge", { choice: "publish" }));
  browser.port.close(null);
  assert.equal((await failure).sent, true);
  await browser.clock.pass(600_000);
  assert.equal(browser.ports.length, 1);
});

test("an acknowledgement that certainly never left is tried once on a fresh port", async () => {
  const { browser, host } = await readyHost();
  browser.port.dead = true; // the disconnect event has not come yet
  const answer = host.request("acknowledge", { choice: "publish" });
  assert.equal(browser.ports.length, 2);
  assert.ok(browser.ports[0].disconnected, "never two ports");
  browser.port.say(hello());
  assert.equal(browser.port.last.type, "acknowledge");
  browser.port.say({ id: browser.port.last.id, type: "acknowledged", decision: 7 });
  assert.equal((await answer).decision, 7);
});

test("tried once, not twice: a host that dies before its hello is started at most one more time", async () => {
  const browser = fakeBrowser();
  const host = new HostPort(browser.dependencies);
  const failure = failureOf(host.request("acknowledge", {}));
  browser.ports[0].close("Native host has exited.");
  assert.equal(browser.ports.length, 2);
  browser.ports[1].close("Native host has exited.");
  assert.equal((await failure).sent, false);
  assert.equal(browser.ports.length, 2);
  assert.equal(host.cause?.id, "exited_early");
});

test("a request that timed out while it waited for the hello does not leave afterwards", async () => {
  const browser = fakeBrowser();
  const host = new HostPort(browser.dependencies);
  const failure = failureOf(host.request("check", CHECK));
  await browser.clock.pass(TIMES.check);
  assert.equal((await failure).sent, false);
  browser.port.say(hello());
  assert.deepEqual(browser.port.posted, []);
});

test("the port rests after a minute without traffic, and keeps what the hello said", async () => {
  const { browser, host } = await readyHost();
  await browser.clock.pass(TIMES.rest - 1000);
  const answer = host.request("check", CHECK);
  browser.port.say({ id: 1, type: "verdict" });
  await answer;
  await browser.clock.pass(TIMES.rest - 1);
  assert.equal(host.state, "ready", "traffic puts it off");
  await browser.clock.pass(1);
  assert.equal(host.state, "idle");
  assert.ok(browser.port.disconnected);
  assert.equal(host.hello.institution.id, "chu");
  assert.equal(browser.clock.timers.size, 0, "no timer at rest");
});

test("a host that rests with an unanswered, timed-out request still rests", async () => {
  const { browser, host } = await readyHost();
  const failure = failureOf(host.request("check", CHECK));
  await browser.clock.pass(TIMES.check + TIMES.rest);
  await failure;
  assert.equal(host.state, "idle");
});

test("what an old port says or does is ignored", async () => {
  const { browser, host } = await readyHost();
  const old = browser.port;
  host.close();
  const answer = host.request("check", CHECK);
  old.close("Native host has exited.");
  old.say({ id: 1, type: "verdict", severity: "serious" });
  assert.equal(host.state, "connecting");
  browser.port.say(hello());
  browser.port.say({ id: browser.port.last.id, type: "verdict", severity: "none" });
  assert.equal((await answer).severity, "none");
});

test("many requests share one port", async () => {
  const browser = fakeBrowser();
  const host = new HostPort(browser.dependencies);
  const answers = Array.from({ length: 20 }, () => host.request("check", CHECK));
  await Promise.all([host.warm(), host.warm(), browser.port.say(hello())]);
  assert.equal(browser.ports.length, 1);
  for (const { id } of browser.port.posted) browser.port.say({ id, type: "verdict" });
  await Promise.all(answers);
});

test("a frame above the host's limit is refused here and not sent", async () => {
  const { browser, host } = await readyHost();
  const failure = await failureOf(host.request("check", { text: "é".repeat(131_072) }));
  assert.equal(failure.code, "frame_too_large");
  assert.deepEqual(browser.port.posted, []);
  assert.equal(host.state, "ready");
});

test("a browser that throws instead of opening a port is a failure to start", async () => {
  const browser = fakeBrowser();
  browser.refuses = new Error("no permission");
  const host = new HostPort(browser.dependencies);
  const failure = await failureOf(host.request("check", CHECK));
  assert.equal(failure.state, "broken");
  assert.equal(host.cause?.id, "start_failed");
});

test("a restarted worker keeps to the back-off, the cause and the hello of the former one", async () => {
  const browser = fakeBrowser();
  const former = new HostPort(browser.dependencies);
  void former.warm();
  browser.port.close(NOT_FOUND);
  const saved = JSON.parse(JSON.stringify(former.snapshot()));
  const host = new HostPort(browser.dependencies);
  host.restore(saved);
  assert.equal(host.state, "absent");
  assert.equal(host.cause?.id, "not_found");
  await host.warm();
  assert.equal(browser.ports.length, 1, "not before its time");
  await browser.clock.pass(1000);
  void host.warm();
  assert.equal(browser.ports.length, 2);
});

test("a restarted worker does not believe in a port that died with the former one", async () => {
  const { browser, host: former } = await readyHost();
  const host = new HostPort(browser.dependencies);
  host.restore(JSON.parse(JSON.stringify(former.snapshot())));
  assert.equal(host.state, "idle");
  assert.equal(host.hello.pack.id, "chu");
});

test("every change is announced", async () => {
  const browser = fakeBrowser();
  const host = new HostPort(browser.dependencies);
  void host.warm();
  assert.equal(browser.changes, 1, "connecting");
  browser.port.say(hello());
  assert.equal(browser.changes, 2, "ready");
  host.close();
  assert.equal(browser.changes, 3, "idle");
});
