// SPDX-License-Identifier: GPL-3.0-or-later
// Why nothing can be verified, as rows: what the person reads (`text`) and what an IT desk can do about it (`mend`),
// both keys of _locales. The browsers say what went wrong only as English prose that differs between them; the
// prose is mapped here and nowhere else.

/**
 * @typedef {"idle"|"connecting"|"ready"|"absent"|"refused"|"incompatible"|"broken"} HostState
 * @typedef {object} Cause
 * @property {string} id stable name, shown to the IT desk
 * @property {HostState} state the state of the host that this cause leads to
 * @property {string} text key of _locales: what happened, for everyone; `cause_` and the id, as content scripts count on
 * @property {string} mend key of _locales: what the IT desk can do
 */

/** @type {Readonly<Record<string, Cause>>} */
export const CAUSES = Object.freeze({
  not_found: { id: "not_found", state: "absent", text: "cause_not_found", mend: "mend_not_found" },
  // Firefox answers the same words when the host is absent and when its manifest does not list this add-on.
  not_found_or_not_listed: {
    id: "not_found_or_not_listed",
    state: "absent",
    text: "cause_not_found_or_not_listed",
    mend: "mend_not_found_or_not_listed",
  },
  forbidden_origin: {
    id: "forbidden_origin",
    state: "refused",
    text: "cause_forbidden_origin",
    mend: "mend_forbidden_origin",
  },
  policy_block: { id: "policy_block", state: "refused", text: "cause_policy_block", mend: "mend_policy_block" },
  caller_refused: { id: "caller_refused", state: "refused", text: "cause_caller_refused", mend: "mend_caller_refused" },
  incompatible: { id: "incompatible", state: "incompatible", text: "cause_incompatible", mend: "mend_incompatible" },
  start_failed: { id: "start_failed", state: "broken", text: "cause_start_failed", mend: "mend_start_failed" },
  exited_early: { id: "exited_early", state: "broken", text: "cause_exited_early", mend: "mend_exited_early" },
  host_exited: { id: "host_exited", state: "broken", text: "cause_host_exited", mend: "mend_host_exited" },
  bad_frame: { id: "bad_frame", state: "broken", text: "cause_bad_frame", mend: "mend_bad_frame" },
  hello_timeout: { id: "hello_timeout", state: "broken", text: "cause_hello_timeout", mend: "mend_hello_timeout" },
  time_outs: { id: "time_outs", state: "broken", text: "cause_time_outs", mend: "mend_time_outs" },
  unknown: { id: "unknown", state: "broken", text: "cause_unknown", mend: "mend_unknown" },
  // The host answers, but has nothing to check with: the port is ready, the verification is not.
  profile_missing: {
    id: "profile_missing",
    state: "ready",
    text: "cause_profile_missing",
    mend: "mend_profile_missing",
  },
  profile_invalid: {
    id: "profile_invalid",
    state: "ready",
    text: "cause_profile_invalid",
    mend: "mend_profile_invalid",
  },
  pack_missing: { id: "pack_missing", state: "ready", text: "cause_pack_missing", mend: "mend_pack_missing" },
  pack_invalid: { id: "pack_invalid", state: "ready", text: "cause_pack_invalid", mend: "mend_pack_invalid" },
});

/**
 * The browsers' words, first match wins. Observed in Chromium 156 and Firefox ESR 153; "Failed to start" was read in
 * Chromium's source. `early` applies before the host has said hello.
 * @type {readonly {words: string, cause: Cause, early?: Cause}[]}
 */
const BROWSER_WORDS = Object.freeze([
  { words: "native messaging host not found", cause: CAUSES.not_found },
  { words: "native messaging host is forbidden", cause: CAUSES.forbidden_origin },
  { words: "disabled by the system administrator", cause: CAUSES.policy_block },
  { words: "Failed to start native messaging host", cause: CAUSES.start_failed },
  { words: "Native host has exited", cause: CAUSES.host_exited, early: CAUSES.exited_early },
  { words: "Error when communicating with the native messaging host", cause: CAUSES.bad_frame },
  { words: "No such native application", cause: CAUSES.not_found_or_not_listed },
  { words: "exceeds the limit", cause: CAUSES.bad_frame },
  // Firefox: the program named by the manifest cannot be started, or it wrote something that is not JSON.
  { words: "An unexpected error occurred", cause: CAUSES.bad_frame, early: CAUSES.start_failed },
]);

/**
 * Why the browser closed the port.
 * @param {string|null} words the browser's own error text; Firefox gives none when the host simply exits
 * @param {boolean} early true before the host has said hello
 * @returns {Cause}
 */
export function causeOfDisconnect(words, early) {
  if (!words) return early ? CAUSES.exited_early : CAUSES.host_exited;
  const row = BROWSER_WORDS.find((candidate) => words.includes(candidate.words));
  if (!row) return CAUSES.unknown;
  return (early && row.early) || row.cause;
}

/**
 * What a host that answers lacks, or null when it can check texts. The profile comes first: without one there is no
 * institution, hence no pack either.
 * @param {{profile?: string, pack?: string}|null|undefined} parts the hello's or the status' member `parts`
 * @returns {Cause|null}
 */
export function causeOfParts(parts) {
  if (!parts) return null;
  if (parts.profile === "missing") return CAUSES.profile_missing;
  if (parts.profile === "invalid") return CAUSES.profile_invalid;
  if (parts.pack === "missing") return CAUSES.pack_missing;
  if (parts.pack === "invalid") return CAUSES.pack_invalid;
  return null;
}
