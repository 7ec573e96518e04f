// SPDX-License-Identifier: GPL-3.0-or-later
// Who may start the host, as the browsers name the caller in argv. Both names are derived from
// extension/manifest.json and must follow it:
//
// - Chromium's is the SHA-256 of the manifest member "key" (the DER of an RSA-2048 SubjectPublicKeyInfo, in
//   base64): its first 32 hexadecimal digits, each digit 0-f written as a letter a-p. The caller's argv[1] is
//   "chrome-extension://<id>/". The private half of that key was deleted when it was made: an unpacked or
//   policy-installed extension needs only the public one. An institution that packs its own CRX with its own key
//   has another id, and changes the manifest, this header and manifests/*.in together.
// - Firefox's is browser_specific_settings.gecko.id. The caller's argv[2] is this id.
//
// tests/extension/manifest.test.mjs fails when manifest, header and host manifests disagree.
#ifndef PRD_SYSTEM_EXTENSION_IDENTITY_H
#define PRD_SYSTEM_EXTENSION_IDENTITY_H

#define PRD_CHROMIUM_EXTENSION_ID "ipnolfagagcpdghdojmjkafecpnaonle"
#define PRD_FIREFOX_ADDON_ID "prudence@prudence.example"

#endif
