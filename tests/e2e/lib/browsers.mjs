// SPDX-License-Identifier: GPL-3.0-or-later
// One launcher for the two browsers, over their own protocols (CDP by pipe, WebDriver BiDi): installed browsers,
// nothing downloaded.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { chromiumId, geckoId } from "./stage.mjs";
import { atExit } from "./cleanup.mjs";
import { alive, end } from "./processes.mjs";
import { QUIET_HOST } from "./tls-proxy.mjs";
import { until, within } from "./wait.mjs";

const PROGRAMS = {
  chromium: [process.env.PRUDENCE_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"],
  firefox: [process.env.PRUDENCE_FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"],
};

export const KINDS = ["chromium", "firefox"];

/** The installed program, or undefined: the tests of that browser are then skipped, and say so. */
export function programOf(kind) {
  return PROGRAMS[kind].find((path) => path && existsSync(path));
}

/** What node:test wants in `skip`: false, or the reason. */
export function missing(kind) {
  return programOf(kind) ? false : `${kind} is not installed on this machine`;
}

// A fixed UUID gives the add-on's own pages a known address.
const FIREFOX_UUID = "6f1b5f5e-0000-4000-8000-7072756465ce";

function chromiumOptions(stage, proxyPort, { headless }) {
  // No download of dictionaries: the only switch for it is in the profile.
  mkdirSync(join(stage.root, "chromium/Default"), { recursive: true });
  writeFileSync(
    join(stage.root, "chromium/Default/Preferences"),
    JSON.stringify({
      browser: { enable_spellchecking: false },
      spellcheck: { dictionaries: [], dictionary: "", blocked_dictionaries: ["en", "en-US", "fr", "fr-FR"] },
    }),
  );
  return {
    pipe: true,
    enableExtensions: true,
    // A person who looks at the demonstration needs no bar about automation.
    ...(headless ? {} : { ignoreDefaultArgs: ["--enable-automation"] }),
    userDataDir: join(stage.root, "chromium"),
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ...(headless ? ["--disable-gpu", "--hide-scrollbars"] : []),
      "--disable-quic",
      "--no-first-run",
      "--no-default-browser-check",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-domain-reliability",
      "--disable-client-side-phishing-detection",
      "--disable-dev-shm-usage",
      "--lang=fr",
      "--force-color-profile=srgb",
      "--force-prefers-reduced-motion",
      "--password-store=basic",
      // What Chromium asks its maker's servers by itself, measured one by one: the list of refused names must be empty.
      "--disable-features=NetworkTimeServiceQuerying,AutofillServerCommunication,OptimizationHints,Translate,MediaRouter",
      "--component-updater=url-source=data:,",
      `--gaia-url=https://${QUIET_HOST}/`,
      // Without this, Chromium never asks a proxy for a name that it takes for the machine's own.
      `--proxy-server=http://127.0.0.1:${proxyPort}`,
      "--proxy-bypass-list=<-loopback>",
    ],
  };
}

function firefoxOptions(stage, proxyPort) {
  return {
    browser: "firefox",
    userDataDir: join(stage.root, "firefox"),
    // The add-on's own pages (popup) are privileged for BiDi.
    args: ["--remote-allow-system-access"],
    extraPrefsFirefox: {
      "network.proxy.type": 1,
      "network.proxy.no_proxies_on": "",
      "network.proxy.allow_hijacking_localhost": true,
      "network.proxy.http": "127.0.0.1",
      "network.proxy.http_port": proxyPort,
      "network.proxy.ssl": "127.0.0.1",
      "network.proxy.ssl_port": proxyPort,
      // Firefox rounds clocks to whole milliseconds otherwise, and paints its own underline on unknown words.
      "privacy.reduceTimerPrecision": false,
      "layout.spellcheckDefault": 0,
      "ui.prefersReducedMotion": 1,
      "extensions.webextensions.uuids": JSON.stringify({ [geckoId(stage.extension)]: FIREFOX_UUID }),
      "intl.locale.requested": "fr",
      "intl.accept_languages": "fr-CA,fr,en",
      ...QUIET_FIREFOX,
    },
  };
}

// What Firefox would ask of its maker's servers by itself. The proxy's list is asserted empty, so each of these must
// be off.
const QUIET_FIREFOX = {
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "network.prefetch-next": false,
  "network.dns.disablePrefetch": true,
  "network.trr.mode": 5,
  "services.settings.server": "data:,#remote-settings-dummy/v1",
  "services.settings.poll_interval": 2147483647,
  "app.normandy.enabled": false,
  "app.update.disabledForTesting": true,
  "app.shield.optoutstudies.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.safebrowsing.downloads.enabled": false,
  "browser.newtabpage.enabled": false,
  "browser.region.update.enabled": false,
  "browser.region.network.url": "",
  "browser.search.update": false,
  "browser.discovery.enabled": false,
  "datareporting.healthreport.uploadEnabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "toolkit.telemetry.enabled": false,
  "toolkit.telemetry.server": "data:,",
  "toolkit.telemetry.unified": false,
  "extensions.getAddons.cache.enabled": false,
  "extensions.update.enabled": false,
  "extensions.systemAddon.update.enabled": false,
  "extensions.blocklist.enabled": false,
  "media.gmp-manager.updateEnabled": false,
  "dom.push.connection.enabled": false,
  "security.OCSP.enabled": 0,
  "geo.enabled": false,
  "identity.fxaccounts.enabled": false,
  "signon.rememberSignons": false,
};

/**
 * Starts a browser on a stage and installs the extension.
 * @param {'chromium' | 'firefox'} kind
 * @param {ReturnType<import('./stage.mjs').makeStage>} stage
 * @param {{port: number}} internet
 * @param {{headless?: boolean, viewport?: {width: number, height: number} | null}} [options]
 */
export async function launch(kind, stage, internet, { headless = true, viewport = { width: 1180, height: 820 } } = {}) {
  const environment = { ...stage.environment };
  if (!headless) {
    for (const name of ["DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"])
      if (process.env[name]) environment[name] = process.env[name];
    if (process.env.XDG_RUNTIME_DIR) environment.XDG_RUNTIME_DIR = process.env.XDG_RUNTIME_DIR;
  }
  const browser = await puppeteer.launch({
    executablePath: programOf(kind),
    headless,
    acceptInsecureCerts: true,
    defaultViewport: viewport,
    // Firefox takes another settings server (ours is nobody) only from a developer.
    env: { ...environment, MOZ_REMOTE_SETTINGS_DEVTOOLS: "1" },
    // A test under `node --test` ends its own browsers; puppeteer's handlers would race with that.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    protocolTimeout: 60000,
    ...(kind === "chromium"
      ? chromiumOptions(stage, internet.port, { headless })
      : firefoxOptions(stage, internet.port)),
  });
  const pid = browser.process().pid;
  const forget = atExit(() => end(pid));
  try {
    await browser.installExtension(stage.extension);
  } catch (error) {
    end(pid);
    throw new Error(`${kind} refused the extension in ${stage.extension}: ${error.message}`);
  }
  const origin =
    kind === "chromium" ? `chrome-extension://${chromiumId(stage.extension)}` : `moz-extension://${FIREFOX_UUID}`;
  return {
    kind,
    browser,
    pid,
    origin,
    /** Asks the browser to close; ends it by its id if it does not within 10 seconds. */
    async close() {
      if (!alive(pid)) return;
      await within("closing the browser", browser.close(), 10000).catch(() => end(pid));
      await until(`${kind} to be gone`, () => !alive(pid));
      forget();
    },
    kill() {
      end(pid, "SIGKILL");
      forget();
    },
  };
}
