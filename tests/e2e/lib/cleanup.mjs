// SPDX-License-Identifier: GPL-3.0-or-later
// What must not outlive this process, however it ends: browsers (Firefox would go on for ever) and private stages.
const undo = new Set();

process.on("exit", () => {
  for (const act of [...undo].reverse()) act();
});
// A process that a signal ends runs no `exit` handler by itself.
for (const [signal, number] of [
  ["SIGINT", 2],
  ["SIGTERM", 15],
  ["SIGHUP", 1],
])
  process.on(signal, () => process.exit(128 + number));

/** @param {() => void} act synchronous @returns {() => void} says that it is no longer needed */
export function atExit(act) {
  undo.add(act);
  return () => undo.delete(act);
}
