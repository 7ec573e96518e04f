// SPDX-License-Identifier: GPL-3.0-or-later
// One private installation of the host: its own prefix, home and ledger, gone after the test. The host finds its packs
// and its profile from its own path (<prefix>/libexec/prudence/prudence-host), so a copy is enough and nothing of the
// machine is touched.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { atExit } from "./cleanup.mjs";
import { processesOf } from "./processes.mjs";

export const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
export const BUILD = resolve(REPOSITORY, process.env.PRUDENCE_BUILD ?? "build");
export const EXTENSION = resolve(process.env.PRUDENCE_EXTENSION ?? join(REPOSITORY, "extension"));
export const HOST = resolve(process.env.PRUDENCE_HOST ?? join(BUILD, "prudence-host"));
/** Built rules, one file an institution, where the host of a build tree finds them too. */
export const PACKS = resolve(process.env.PRUDENCE_PACKS ?? join(BUILD, "share/prudence/packs"));
export const TOOL = join(BUILD, "prudence");
export const HOST_NAME = "ca.prudence.host";

/**
 * Chromium's name of an extension: the first 128 bits of the SHA-256 of its key, each hexadecimal digit as a letter
 * a-p.
 */
export function chromiumId(extension) {
  const { key } = JSON.parse(readFileSync(join(extension, "manifest.json"), "utf8"));
  const digest = createHash("sha256").update(Buffer.from(key, "base64")).digest("hex").slice(0, 32);
  return [...digest].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join("");
}

export function geckoId(extension) {
  return JSON.parse(readFileSync(join(extension, "manifest.json"), "utf8")).browser_specific_settings.gecko.id;
}

/**
 * @param {{host?: string | null, packs?: string | null, extension?: string, profile?: object}} [options] host: the program to
 *   install, or null for a machine where the extension arrived and the host did not; packs: likewise, a folder or null
 */
export function makeStage({
  host = HOST,
  packs = PACKS,
  extension: source = EXTENSION,
  profile = { institution: "chu" },
} = {}) {
  const root = mkdtempSync(join(tmpdir(), "prudence-e2e-"));
  const home = join(root, "home");
  const data = join(root, "data");
  const program = join(root, "libexec/prudence/prudence-host");
  // A copy: browsers read an unpacked extension again while they run, and it may be edited meanwhile.
  const extension = join(root, "extension");
  cpSync(source, extension, { recursive: true });
  for (const directory of [
    home,
    data,
    dirname(program),
    join(root, "share/prudence/packs"),
    join(root, "etc/prudence"),
    join(root, "run"),
    join(root, "tls"),
    join(home, ".mozilla/native-messaging-hosts"),
    join(root, "firefox"),
    join(root, "chromium/NativeMessagingHosts"),
  ]) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  }
  /** The browsers read their manifest at each connection, so the program can change while they run. */
  const pointHostTo = (path) => {
    const manifest = { name: HOST_NAME, description: "Prudence (tests)", path, type: "stdio" };
    writeFileSync(
      join(root, "chromium/NativeMessagingHosts", `${HOST_NAME}.json`),
      JSON.stringify({ ...manifest, allowed_origins: [`chrome-extension://${chromiumId(extension)}/`] }),
    );
    writeFileSync(
      join(home, ".mozilla/native-messaging-hosts", `${HOST_NAME}.json`),
      JSON.stringify({ ...manifest, allowed_extensions: [geckoId(extension)] }),
    );
  };
  if (host) {
    copyFileSync(host, program);
    chmodSync(program, 0o755);
    pointHostTo(program);
  }
  // The command-line tool of the same installation: it reads the same packs and the same profile.
  const tool = join(root, "bin/prudence");
  if (existsSync(TOOL)) {
    mkdirSync(dirname(tool));
    copyFileSync(TOOL, tool);
    chmodSync(tool, 0o755);
  }
  for (const name of packs && existsSync(packs) ? readdirSync(packs) : []) {
    if (name.endsWith(".pack")) copyFileSync(join(packs, name), join(root, "share/prudence/packs", name));
  }
  writeFileSync(join(root, "etc/prudence/profile.json"), JSON.stringify(profile));

  const remove = () => removeTree(root);
  const forget = atExit(remove);
  return {
    root,
    home,
    data,
    program,
    tool,
    extension,
    pointHostTo,
    ledger: join(data, "prudence/ledger.sqlite3"),
    // Nothing of the caller's session is passed on: no D-Bus (the key of the seals then falls back as on a machine
    // without a keyring), no proxy variables. French, where the machine has the browser's French (chromium-l10n,
    // firefox-esr-l10n-fr).
    environment: {
      PATH: process.env.PATH,
      HOME: home,
      LANG: "fr_CA.UTF-8",
      LANGUAGE: "fr",
      XDG_DATA_HOME: data,
      XDG_CONFIG_HOME: join(home, ".config"),
      XDG_CACHE_HOME: join(home, ".cache"),
      XDG_RUNTIME_DIR: join(root, "run"),
      DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(root, "run/no-bus")}`,
    },
    hostPids: () => processesOf(program),
    remove() {
      remove();
      forget();
    },
  };
}

/** The processes of a browser that was just ended may write for another moment; `exit` handlers cannot await it. */
function removeTree(path) {
  for (let tries = 50; ; tries--) {
    try {
      return rmSync(path, { recursive: true, force: true });
    } catch (error) {
      if (tries === 0) return console.error(`left behind: ${path} (${error.code})`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
}

/** What the private ledger holds, one row a finding, oldest decision first; no ledger yet, or no table in it yet, is no row. */
export function ledgerRows(stage) {
  if (!existsSync(stage.ledger)) return [];
  const query =
    "SELECT d.id AS decision, d.choice, d.site, d.venue, d.time_ms, f.rule, f.severity FROM decision AS d " +
    "JOIN finding AS f ON f.decision = d.id ORDER BY d.id, f.rule";
  const made = "SELECT count(*) FROM sqlite_master WHERE name = 'finding'";
  if (execFileSync("sqlite3", ["-cmd", ".timeout 2000", stage.ledger, made], { encoding: "utf8" }).trim() !== "1") return [];
  const out = execFileSync(
    "sqlite3",
    ["-json", "-cmd", ".timeout 2000", "-cmd", "PRAGMA query_only = 1", stage.ledger, query],
    { encoding: "utf8" },
  );
  return out.trim() ? JSON.parse(out) : [];
}

/** The same, one row a decision: `{choice, site, venue}`. */
export function decisions(stage) {
  const byNumber = new Map(
    ledgerRows(stage).map(({ decision, choice, site, venue }) => [decision, { choice, site, venue }]),
  );
  return [...byNumber.values()];
}

/** Files under the host's data directory that contain one of the words, as it is written or in UTF-16. */
export function filesWithWords(directory, words) {
  const found = [];
  const visit = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const name = join(path, entry.name);
      if (entry.isDirectory()) visit(name);
      else if (entry.isFile()) {
        const bytes = readFileSync(name);
        for (const word of words) {
          if (bytes.includes(word) || bytes.includes(Buffer.from(word, "utf16le"))) found.push(`${name}: ${word}`);
        }
      }
    }
  };
  visit(directory);
  return found;
}
