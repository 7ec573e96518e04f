// SPDX-License-Identifier: GPL-3.0-or-later
// A small internet on the loopback: a CONNECT proxy that knows the names of the pages under test, sends those to a
// local HTTPS server, and refuses and records every other name. "Contacts nobody" is then a list that must be empty.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { connect } from "node:net";
import { join } from "node:path";

const LOOPBACK = "127.0.0.1";

/**
 * Chromium asks a server whether somebody is signed in, and no switch stops it: it may ask this name, which answers
 * nothing.
 */
export const QUIET_HOST = "accounts.example";

function openssl(directory, ...args) {
  execFileSync("openssl", args, { cwd: directory, stdio: ["ignore", "ignore", "pipe"] });
}

/** An authority and one leaf for all names, made at each run and never kept: no private key is in the repository. */
export function makeCertificates(directory, hosts) {
  const curve = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
  openssl(directory, "genpkey", ...curve, "-out", "ca.key");
  openssl(
    directory,
    "req",
    "-x509",
    "-new",
    "-key",
    "ca.key",
    "-days",
    "2",
    "-subj",
    "/CN=Prudence tests",
    "-out",
    "ca.pem",
  );
  openssl(directory, "genpkey", ...curve, "-out", "leaf.key");
  openssl(directory, "req", "-new", "-key", "leaf.key", "-subj", `/CN=${hosts[0]}`, "-out", "leaf.csr");
  writeFileSync(
    join(directory, "leaf.ext"),
    [
      `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(",")}`,
      "extendedKeyUsage=serverAuth",
      "basicConstraints=CA:FALSE",
      "",
    ].join("\n"),
  );
  openssl(
    directory,
    "x509",
    "-req",
    "-in",
    "leaf.csr",
    "-CA",
    "ca.pem",
    "-CAkey",
    "ca.key",
    "-CAcreateserial",
    "-days",
    "2",
    "-extfile",
    "leaf.ext",
    "-out",
    "leaf.pem",
  );
  return { key: readFileSync(join(directory, "leaf.key")), cert: readFileSync(join(directory, "leaf.pem")) };
}

function listen(server) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, LOOPBACK, () => resolve(server.address().port));
  });
}

/**
 * @param {string} directory where keys may be written
 * @param {Record<string, (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => void>} pages
 * @returns {Promise<{port: number, foreign: string[], close: () => Promise<void>}>} `foreign` fills with every refused name
 */
export async function startInternet(directory, pages) {
  const sites = { ...pages, [QUIET_HOST]: (_request, response) => response.writeHead(204).end() };
  const hosts = Object.keys(sites);
  const foreign = [];
  const sockets = new Set();
  const web = createHttpsServer(makeCertificates(directory, hosts), (request, response) => {
    const site = sites[(request.headers.host ?? "").split(":")[0]];
    if (site) site(request, response);
    else response.writeHead(421).end();
  });
  const webPort = await listen(web);

  const proxy = createHttpServer((request, response) => {
    foreign.push(request.url ?? "");
    response.writeHead(403).end();
  });
  proxy.on("connect", (request, client, head) => {
    const [host, port] = (request.url ?? "").split(":");
    client.on("error", () => client.destroy());
    if (!Object.hasOwn(sites, host) || port !== "443") {
      foreign.push(request.url);
      client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    const upstream = connect(webPort, LOOPBACK, () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on("error", () => client.destroy());
    client.on("close", () => upstream.destroy());
  });
  for (const server of [web, proxy]) {
    server.on("connection", (socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    });
  }
  const port = await listen(proxy);
  return {
    port,
    foreign,
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([web, proxy].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}
