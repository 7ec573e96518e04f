// SPDX-License-Identifier: GPL-3.0-or-later
// Which processes run, read from /proc; ending them is by id only, and only ids that these tests started.
import { readdirSync, readFileSync } from "node:fs";

/**
 * Ids of the processes whose program (or the interpreter's script) is this path. A stage is a directory of its own, so
 * the path names our hosts only.
 */
export function processesOf(program) {
  const found = [];
  for (const name of readdirSync("/proc")) {
    if (!/^[0-9]+$/.test(name)) continue;
    try {
      if (
        readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0").slice(0, 2).includes(program) &&
        alive(Number(name))
      ) {
        found.push(Number(name));
      }
    } catch {
      // It ended between the listing and the reading.
    }
  }
  return found;
}

/** A zombie is dead: it only waits for its parent to ask. */
export function alive(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !["Z", "X"].includes(stat.slice(stat.lastIndexOf(")") + 2)[0]);
  } catch {
    return false;
  }
}

export function end(pid, signal = "SIGKILL") {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
