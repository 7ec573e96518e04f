// SPDX-License-Identifier: GPL-3.0-or-later
// What the host adds to a round trip page → content script → background → host → back, in real browsers: the real host
// against a host that only parses and writes the same frames, on the same road, in turns, in one run of one browser.
// Figures of other runs on other machines do not compare; the ratio does.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { KINDS, launch, missing } from "../e2e/lib/browsers.mjs";
import { end } from "../e2e/lib/processes.mjs";
import { BUILD, EXTENSION, HOST, makeStage } from "../e2e/lib/stage.mjs";
import { startInternet } from "../e2e/lib/tls-proxy.mjs";
import { until } from "../e2e/lib/wait.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ECHO = process.env.PRUDENCE_ECHO_HOST ?? join(BUILD, "tests/bench/echo_host");
const ROUNDS = 8;
const WARM_UP = 30;
const COUNT = 100;
const GOAL = 1.2;

// 280 characters each, as X allows: one that the policy lets pass and one that it does not.
const TEXTS = {
  clean: fit(
    "La bibliothèque du quartier rouvre samedi après deux semaines de travaux. Le club de lecture reprend jeudi à 19 h, ",
  ),
  finding: fit("Mme Gervaise Bolduc de la chambre 312 a fait un AVC hier soir. "),
};

function fit(start) {
  const filler =
    "entrée libre pour toutes et tous, et merci aux bénévoles qui ont déneigé le belvédère avec le sourire. ";
  return (start + filler.repeat(4)).slice(0, 280);
}

function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

const rounded = (value) => Math.round(value * 1000) / 1000;

/** The real host answers only to the real extension's names, so the bench carries them. */
function stageExtension() {
  const directory = mkdtempSync(join(tmpdir(), "prudence-bench-"));
  cpSync(join(HERE, "extension"), directory, { recursive: true });
  const real = JSON.parse(readFileSync(join(EXTENSION, "manifest.json"), "utf8"));
  const manifest = JSON.parse(readFileSync(join(directory, "manifest.json"), "utf8"));
  writeFileSync(
    join(directory, "manifest.json"),
    JSON.stringify({ ...manifest, key: real.key, browser_specific_settings: real.browser_specific_settings }),
  );
  return directory;
}

function benchPage(request, response) {
  // Cross-origin isolation gives the page a clock of 5 microseconds instead of 100.
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
  });
  const script = readFileSync(join(HERE, "pages/bench.js"), "utf8");
  response.end(
    `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>bench</title><script>${script}</script>`,
  );
}

async function measure(kind) {
  const extension = stageExtension();
  const stage = makeStage({ extension });
  const internet = await startInternet(join(stage.root, "tls"), { "bench.example": benchPage });
  let browser;
  try {
    browser = await launch(kind, stage, internet);
    const page = await browser.browser.newPage();
    await page.goto("https://bench.example/");
    const times = {};
    for (let round = 0; round < ROUNDS; round++) {
      // Who goes first changes each round: what slowly warms up, or is disturbed, then disturbs both alike.
      const hosts = [
        ["host", stage.program],
        ["echo", ECHO],
      ];
      for (const [name, program] of round % 2 ? hosts.reverse() : hosts) {
        stage.pointHostTo(program);
        for (const [text, value] of Object.entries(TEXTS)) {
          const { times: measured, last } = await page.evaluate(
            (...args) => window.measure(...args),
            value,
            WARM_UP,
            COUNT,
          );
          if (name === "host" && last.type !== "verdict") throw new Error(`not a verdict: ${JSON.stringify(last)}`);
          ((times[text] ??= {})[name] ??= []).push(...measured);
        }
      }
    }
    return Object.fromEntries(Object.entries(times).map(([text, both]) => [text, summary(both)]));
  } finally {
    await browser?.close();
    await until("the hosts to be gone", () => stage.hostPids().length === 0).catch(() =>
      stage.hostPids().forEach((pid) => end(pid)),
    );
    await internet.close();
    stage.remove();
    rmSync(extension, { recursive: true, force: true });
  }
}

function summary({ host, echo }) {
  const [real, floor] = [host, echo].map((times) => times.sort((a, b) => a - b));
  const median = quantile(real, 0.5) / quantile(floor, 0.5);
  return {
    host_ms: rounded(quantile(real, 0.5)),
    echo_ms: rounded(quantile(floor, 0.5)),
    ratio: rounded(median),
    host_p95_ms: rounded(quantile(real, 0.95)),
    echo_p95_ms: rounded(quantile(floor, 0.95)),
    samples: real.length,
    goal: GOAL,
  };
}

const results = {};
for (const kind of KINDS) {
  const why =
    missing(kind) || [HOST, ECHO].filter((path) => !existsSync(path)).map((path) => `${path} is not built`)[0];
  if (why) {
    console.log(`${kind}: not measured, ${why}`);
    continue;
  }
  results[kind] = await measure(kind);
  for (const [text, figures] of Object.entries(results[kind])) {
    console.log(
      `${kind}, ${text}: host ${figures.host_ms} ms, echo ${figures.echo_ms} ms, ratio ${figures.ratio} ` +
        `(goal ${GOAL}); p95 ${figures.host_p95_ms} / ${figures.echo_p95_ms} ms; ${figures.samples} samples each`,
    );
  }
}
if (Object.keys(results).length > 0) {
  mkdirSync(BUILD, { recursive: true });
  const file = join(BUILD, "bench.json");
  const before = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  writeFileSync(file, `${JSON.stringify({ ...before, browser: { ...before.browser, ...results } }, null, 2)}\n`);
}
