// SPDX-License-Identifier: GPL-3.0-or-later
// One request at a time, timed in the page: what a person's compose box would wait for.
let answer = () => {};
let next = 0;
addEventListener("message", (event) => {
  if (event.source === window && event.data?.to === "page") answer(event.data.message);
});

function ask(text) {
  const id = next++;
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error("no answer in 10 s")), 10000);
    answer = (message) => {
      // The real host greets first; a greeting is not an answer.
      if (message.id !== id) return;
      clearTimeout(limit);
      resolve(message);
    };
    window.postMessage(
      { to: "host", request: { id, type: "check", text, venue: "personal", account: "personal", lang: "fr" } },
      "*",
    );
  });
}

/** @returns {Promise<{times: number[], last: object}>} milliseconds of each of `count` checks with a fresh host */
window.measure = async (text, warmUp, count) => {
  window.postMessage({ to: "host", open: true }, "*");
  let last;
  for (let index = 0; index < warmUp; index++) last = await ask(text);
  const times = [];
  for (let index = 0; index < count; index++) {
    const start = performance.now();
    last = await ask(text);
    times.push(performance.now() - start);
  }
  window.postMessage({ to: "host", close: true }, "*");
  return { times, last };
};
