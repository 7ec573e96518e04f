// SPDX-License-Identifier: GPL-3.0-or-later
// What the popup says, from what the background script knows. No DOM and no browser API, so that every state can be
// read in a test.

/** @typedef {(key: string, ...values: string[]) => string} Translate */
/**
 * @typedef {object} View every text ready to show; null hides its line
 * @property {string|null} institution
 * @property {string} hostState
 * @property {string|null} hostCause
 * @property {boolean} unverified texts are not being verified, nor would be
 * @property {string|null} mend what the IT desk can do
 * @property {string} pageCovered
 * @property {string|null} pageVerdict
 * @property {[string, string][]} policy label and value
 * @property {string|null} review
 * @property {[string, string][]} own
 * @property {[string, string][]} details
 */

/** @type {Readonly<Record<string, string>>} state of the host → key */
const STATES = Object.freeze({
  idle: "state_idle",
  connecting: "state_connecting",
  ready: "state_ready",
  absent: "state_absent",
  refused: "state_refused",
  incompatible: "state_incompatible",
  broken: "state_broken",
});

/** @type {Readonly<Record<string, string>>} site row → key */
const SITES = Object.freeze({ x: "site_x", facebook: "site_facebook", generic: "site_generic" });

/** @type {Readonly<Record<string, string>>} */
const SEVERITIES = Object.freeze({ info: "severity_info", warn: "severity_warn", serious: "severity_serious" });

/** @type {Readonly<Record<string, string>>} */
const WORK_TIMES = Object.freeze({
  shift: "work_shift",
  break: "work_break",
  off: "work_off",
  unknown: "work_unknown",
});

/**
 * A calendar day in words, or null when it is none.
 * @param {any} day `2020-10-08`
 * @param {string} language
 */
export function dayInWords(day, language) {
  const instant = typeof day === "string" && /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) : NaN;
  if (Number.isNaN(instant)) return null;
  const format = new Intl.DateTimeFormat(`${language}-CA`, { dateStyle: "long", timeZone: "UTC" });
  return format.format(instant);
}

/** The local calendar day, comparable with those of a policy. @param {Date} now */
export function localDay(now) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/**
 * @param {any} page
 * @param {boolean} unverified
 * @param {Translate} translate
 * @returns {[string, string|null]} covered, verdict
 */
function pageTexts(page, unverified, translate) {
  if (!page) return [translate("page_untouched"), null];
  const site = SITES[page.site];
  if (!site) return [translate("page_not_covered"), null];
  const covered = translate(unverified ? "page_covered_later" : "page_covered", translate(site));
  if (page.unchecked) return [covered, translate("page_unverified")];
  if (page.checked === 0) return [covered, translate("page_nothing_checked")];
  if (page.findings === 0) return [covered, translate("page_clean")];
  const severity = SEVERITIES[page.severity];
  const found =
    page.findings === 1 ? translate("page_findings_one") : translate("page_findings_many", String(page.findings));
  return [covered, severity ? `${found} ${translate(severity)}` : found];
}

/**
 * @param {any} answer the background script's `{page, host, status}`, or null when it did not answer
 * @param {Translate} translate
 * @param {{today: Date, extension: {id: string, version: string}}} context
 * @returns {View}
 */
export function viewOf(answer, translate, context) {
  const language = translate("language_code") === "en" ? "en" : "fr";
  const host = answer?.host ?? { state: "broken", cause: null, detail: null, hello: null };
  const { cause, hello } = host;
  const document = hello?.pack?.document;
  const unverified = cause !== null || !["idle", "connecting", "ready"].includes(host.state);

  /** @type {[string, string|null|undefined][]} */
  const policy = [
    [translate("label_institution"), hello?.institution?.name?.[language]],
    [translate("label_document"), document?.title?.[language]],
    [translate("label_number"), document?.number],
    [translate("label_date"), dayInWords(document?.date, language)],
    [translate("label_pack"), hello?.pack?.version],
  ];
  const overdue = document?.review_due && document.review_due < localDay(context.today);
  const due = dayInWords(document?.review_due, language);

  const status = answer?.status;
  const decisions = status?.acknowledgements;
  /** @type {[string, string|null|undefined][]} */
  const own = status
    ? [
        [translate("label_work_time"), translate(WORK_TIMES[status.work_time] ?? "work_unknown")],
        [
          translate("label_decisions"),
          typeof decisions === "number" ? String(decisions) : translate("decisions_unavailable"),
        ],
      ]
    : [];

  /** @type {[string, string|null|undefined][]} */
  const details = [
    [translate("label_state"), host.state],
    [translate("label_cause"), cause?.id],
    [translate("label_browser_words"), host.detail],
    [translate("label_extension"), `${context.extension.version} ${context.extension.id}`],
    [translate("label_host"), hello?.version],
    [translate("label_pack"), hello?.pack && `${hello.pack.id} ${hello.pack.version} ${hello.pack.hash}`],
  ];

  const [pageCovered, pageVerdict] = pageTexts(answer?.page, unverified, translate);
  const stateKey = cause !== null && host.state === "ready" ? "state_ready_without_rules" : STATES[host.state];
  return {
    institution: hello?.institution?.short?.[language] ?? null,
    hostState: translate(stateKey ?? "state_broken"),
    hostCause: cause ? translate(cause.text) : null,
    unverified,
    mend: cause ? translate(cause.mend) : null,
    pageCovered,
    pageVerdict,
    policy: told(policy),
    review: overdue && due ? translate("review_overdue", due) : null,
    own: told(own),
    details: told(details),
  };
}

/** Only the facts that are known. @param {[string, string|null|undefined][]} facts @returns {[string, string][]} */
function told(facts) {
  return /** @type {[string, string][]} */ (facts.filter(([, value]) => typeof value === "string" && value !== ""));
}
