// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing but the road: each content port gets a native port of its own, so that closing the one ends the host of the
// other.
chrome.runtime.onConnect.addListener((content) => {
  const host = chrome.runtime.connectNative("ca.prudence.host");
  host.onMessage.addListener((message) => content.postMessage(message));
  host.onDisconnect.addListener(() => content.disconnect());
  content.onMessage.addListener((message) => host.postMessage(message));
  content.onDisconnect.addListener(() => host.disconnect());
});
