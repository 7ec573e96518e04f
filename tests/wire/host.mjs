// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the real host as a browser would: over pipes, in a private installation, with a private home.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { endianness, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = resolve(fileURLToPath(import.meta.url), "../../..");
export const BUILD = resolve(ROOT, process.env.PRUDENCE_BUILD ?? "build");
const FIXTURE = join(ROOT, "tests/fixtures/packs/essai");

export const INPUT_LIMIT_BYTES = 262144;
export const PATIENCE_MS = 10000;

/** @param {string} name */
function definition(name) {
  const header = readFileSync(join(ROOT, "host/system/extension_identity.h"), "utf8");
  const match = new RegExp(`^#define ${name} "([^"]+)"`, "m").exec(header);
  if (match === null) throw new Error(`no ${name}`);
  return match[1];
}
export const CHROMIUM_ORIGIN = `chrome-extension://${definition("PRD_CHROMIUM_EXTENSION_ID")}/`;
export const FIREFOX_ID = definition("PRD_FIREFOX_ADDON_ID");
export const MANIFEST_PATH = "/usr/lib/mozilla/native-messaging-hosts/ca.prudence.host.json";

/** @param {string | object} source a folder, or the content of pack.json */
function build(source) {
  const directory = mkdtempSync(join(tmpdir(), "prudence-pack-"));
  try {
    if (typeof source !== "string") {
      writeFileSync(join(directory, "pack.json"), JSON.stringify(source));
      source = directory;
    }
    const path = join(directory, "essai.pack");
    execFileSync(join(BUILD, "prudence"), ["policy", "build", source, "-o", path], { stdio: ["ignore", "ignore", "inherit"] });
    return readFileSync(path);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** @type {Buffer | undefined} */
let builtFixture;
/** The pack of tests/fixtures/packs/essai, built with the program under test. */
export function fixturePack() {
  builtFixture ??= build(FIXTURE);
  return builtFixture;
}

/** Words of the pack below: each of them brings a finding of more than `REMEDY_LENGTH` bytes. */
export const LONG_WORDS = Array.from("abcdefghijklmnopqrst", (letter) => `mot${letter}`);
export const REMEDY_LENGTH = 60000;

/** A pack whose verdicts are as long as one wants: each word of LONG_WORDS has a rule with an endless remedy. */
export function longPack() {
  const source = JSON.parse(readFileSync(join(FIXTURE, "pack.json"), "utf8"));
  const endless = "Relisez. ".repeat(REMEDY_LENGTH).slice(0, REMEDY_LENGTH);
  source.rules = LONG_WORDS.map((word) => ({
    ...source.rules[0],
    id: `insult-defamation.${word}`,
    match: [{ terms: [word] }],
    remedy: { fr: endless, en: endless },
    examples: { match: [word, `Un ${word}`], clean: ["Rien", "Rien du tout"] },
  }));
  return build(source);
}

/**
 * A private installation and a private home, removed at the end of the test.
 * @typedef {ReturnType<typeof stage>} Place
 * @typedef {object} Installed
 * @property {object | string | null} [profile] null for none
 * @property {Buffer | null} [pack] bytes of essai.pack, null for none
 * @property {string | null} [callers] text of the file, null for none
 * @param {import("node:test").TestContext} t
 * @param {Installed} [installed]
 */
export function stage(t, { profile = { institution: "essai" }, pack = fixturePack(), callers = null } = {}) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "prudence-wire-")));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const prefix = join(root, "prefix");
  const libexec = join(prefix, "libexec/prudence");
  const packs = join(prefix, "share/prudence/packs");
  const config = join(prefix, "etc/prudence");
  for (const directory of [libexec, packs, config]) mkdirSync(directory, { recursive: true });
  const home = join(root, "home");
  mkdirSync(home);
  const executable = join(libexec, "prudence-host");
  copyFileSync(join(BUILD, "prudence-host"), executable);
  if (profile !== null)
    writeFileSync(join(config, "profile.json"), typeof profile === "string" ? profile : JSON.stringify(profile));
  if (pack !== null) writeFileSync(join(packs, "essai.pack"), pack);
  if (callers !== null) writeFileSync(join(config, "callers"), callers);
  const data = join(home, ".local/share/prudence");
  return { root, home, executable, data, ledger: join(data, "ledger.sqlite3"), libexec, packs, config };
}

/** A frame of an object, or of bytes as they are. @param {object | string | Buffer} body */
export function frame(body) {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  return Buffer.concat([header(bytes.length), bytes]);
}

/** @param {number} length */
export function header(length) {
  const bytes = Buffer.alloc(4);
  if (endianness() === "LE") bytes.writeUInt32LE(length);
  else bytes.writeUInt32BE(length);
  return bytes;
}

/** Cuts what came out into bodies; `rest` is what is no whole frame. @param {Buffer} bytes */
export function unframe(bytes) {
  const bodies = [];
  let at = 0;
  while (bytes.length - at >= 4) {
    const length = endianness() === "LE" ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
    if (bytes.length - at - 4 < length) break;
    bodies.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return { bodies, rest: bytes.subarray(at) };
}

export class Host {
  #chunks = Buffer.alloc(0);
  /** @type {Buffer[]} */
  #bodies = [];
  /** @type {(() => void) | null} */
  #waiting = null;
  #ended = false;
  stderr = "";
  /** @type {any} the first message, when `start` read it */
  hello = null;

  /**
   * @typedef {object} Launch
   * @property {string[]} [args]
   * @property {Record<string, string>} [env]
   * @property {import("node:child_process").StdioOptions} [stdio]
   * @property {string | null} [shell] a command that runs "$0" "$@"
   * @property {string} [cwd]
   * @param {Place} place
   * @param {Launch} options
   */
  constructor(place, { args = [CHROMIUM_ORIGIN], env = {}, stdio = ["pipe", "pipe", "pipe"], shell = null, cwd } = {}) {
    // The environment of the tests must not leak in: only what a host may need, and what the test adds.
    const environment = { HOME: place.home, PATH: process.env.PATH, ...sanitizerOptions(), ...env };
    const command = shell === null ? [place.executable, ...args] : ["/bin/sh", "-c", shell, place.executable, ...args];
    this.process = spawn(command[0], command.slice(1), { env: environment, stdio, cwd });
    // "close", not "exit": what it wrote last has then been read.
    this.exited = once(this.process, "close").then(([code, signal]) => ({ code, signal }));
    this.process.stdin?.on("error", () => {}); // a host that is gone: its exit is what the test looks at
    this.process.stderr?.setEncoding("utf8").on("data", (text) => (this.stderr += text));
    this.process.stdout?.on("data", (chunk) => this.#take(chunk));
    this.process.stdout?.on("end", () => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** @param {Buffer} chunk */
  #take(chunk) {
    const { bodies, rest } = unframe(Buffer.concat([this.#chunks, chunk]));
    this.#chunks = Buffer.from(rest);
    this.#bodies.push(...bodies.map((body) => Buffer.from(body)));
    this.#wake();
  }

  #wake() {
    this.#waiting?.();
    this.#waiting = null;
  }

  /** @returns {number} */
  get pid() {
    return this.process.pid ?? -1;
  }

  /** @param {Buffer} bytes */
  write(bytes) {
    this.process.stdin?.write(bytes);
  }

  /** @param {object | string | Buffer} body */
  send(body) {
    this.write(frame(body));
  }

  /** The next message as bytes; null at the end of the stream. */
  async receiveBytes(patience = PATIENCE_MS) {
    const deadline = Date.now() + patience;
    while (this.#bodies.length === 0) {
      if (this.#ended) return null;
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`no message within ${patience} ms; error output: ${this.stderr}`);
      await new Promise((/** @type {(value?: unknown) => void} */ wake) => {
        const timer = setTimeout(wake, left);
        this.#waiting = () => {
          clearTimeout(timer);
          wake();
        };
      });
    }
    return /** @type {Buffer} */ (this.#bodies.shift());
  }

  /** @param {number} [patience] @returns {Promise<any>} */
  async receive(patience) {
    const bytes = await this.receiveBytes(patience);
    return bytes === null ? null : JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  }

  /** @param {object | string | Buffer} body @returns {Promise<any>} */
  async request(body) {
    this.send(body);
    return this.receive();
  }

  /** Bytes after the last whole frame: must stay empty. */
  get stray() {
    return this.#chunks;
  }

  async end(patience = PATIENCE_MS) {
    this.process.stdin?.end();
    return this.exit(patience);
  }

  async exit(patience = PATIENCE_MS) {
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    /** @type {Promise<never>} */
    const late = new Promise((_, fail) => {
      timer = setTimeout(() => fail(new Error(`the host did not exit within ${patience} ms`)), patience);
    });
    return Promise.race([this.exited, late]).finally(() => clearTimeout(timer));
  }
}

/**
 * Starts a host and reads its first message into `hello`.
 * @param {import("node:test").TestContext} t
 * @param {Place} place
 * @param {Launch} [options]
 */
export async function start(t, place, options) {
  const host = new Host(place, options);
  t.after(() => host.process.kill("SIGKILL"));
  host.hello = await host.receive();
  return host;
}

/** @param {number} ms */
export function sleep(ms) {
  return new Promise((wake) => setTimeout(wake, ms));
}

/**
 * Calls `probe` until it answers something true.
 * @param {() => unknown} probe
 * @param {string} what
 */
export async function until(probe, what, patience = PATIENCE_MS) {
  for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(5)) {
    const result = await probe();
    if (result) return result;
  }
  throw new Error(`not within ${patience} ms: ${what}`);
}

function sanitizerOptions() {
  /** @type {Record<string, string>} */
  const options = {};
  for (const name of ["ASAN_OPTIONS", "UBSAN_OPTIONS"]) {
    const value = process.env[name];
    if (value !== undefined) options[name] = value;
  }
  return options;
}

/** True when the host under test was built with SANITIZE=1: memory figures then mean nothing. */
export function isSanitized() {
  return readFileSync(join(BUILD, "prudence-host")).includes("__asan_init");
}

/** @param {number} pid @param {string} field of /proc/<pid>/status, in kB */
export function kilobytes(pid, field) {
  const match = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(match?.[1]);
}

/** @param {number} pid */
export function residentKilobytes(pid) {
  return kilobytes(pid, "VmRSS");
}

/**
 * Rows of an SQL query, read by SQLite's own tool: not by the code under test.
 * @param {string} ledger
 * @param {string} sql
 * @returns {any[]}
 */
export function query(ledger, sql) {
  const text = execFileSync("sqlite3", ["-json", "-cmd", ".timeout 5000", ledger, sql], { encoding: "utf8" });
  return text === "" ? [] : JSON.parse(text);
}

/**
 * Every file below a directory, as bytes.
 * @param {string} directory
 * @returns {Generator<{path: string, bytes: Buffer}>}
 */
export function* filesBelow(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield { path, bytes: readFileSync(path) };
  }
}
