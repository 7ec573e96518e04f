// SPDX-License-Identifier: GPL-3.0-or-later
// Page to background and back. "open" gives the page a fresh host, "close" ends it.
let port = null;

addEventListener("message", (event) => {
  if (event.source !== window || event.data?.to !== "host") return;
  const { open, close, request } = event.data;
  if (open) {
    port = chrome.runtime.connect({ name: "bench" });
    port.onMessage.addListener((message) => window.postMessage({ to: "page", message }, "*"));
  }
  if (close) port?.disconnect();
  if (request) port.postMessage(request);
});
