// SPDX-License-Identifier: GPL-3.0-or-later
// What the page « La politique en clair » says, from the host's reply to `policy`. No DOM and no browser API, so that every case
// can be read in a test. A pack without about.json still has its document and its clauses.
import { dayInWords, localDay } from "../popup-view.js";

/** @typedef {import("../popup-view.js").Translate} Translate */
/**
 * @typedef {{text: string, href: string|null}} Line
 * @typedef {object} PolicyView every text ready to show; null hides its line, an empty list its section
 * @property {string|null} institution
 * @property {string|null} problem instead of everything else
 * @property {string|null} mend
 * @property {string|null} overdue
 * @property {string|null} intro
 * @property {string|null} official
 * @property {[string, string][]} facts label and value
 * @property {string[]} audience
 * @property {{id: string, title: string, text: string, clauses: string[]}[]} information
 * @property {{id: string, title: string, summary: string, official: string|null}[]} clauses
 * @property {string[]} sanctions
 * @property {boolean} saysContacts the pack tells about contacts, be it that there is none
 * @property {{name: string, note: string|null, lines: {label: string, line: Line}[]}[]} contacts
 * @property {Line[]} accounts
 * @property {string[]} references
 */

/** @param {any} value */
const listOf = (value) => (Array.isArray(value) ? value : []);

/** An address as it is printed, and where it leads; nothing but a plain Web address becomes a link. @param {string} printed @returns {Line} */
function webLine(printed) {
  const plain = /^(?:https?:\/\/)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[^\s"<>\\]*)?$/i.test(printed);
  const href = plain ? (/^https?:/i.test(printed) ? printed : `https://${printed}`) : null;
  return { text: printed, href };
}

/** @param {string} printed @returns {Line} */
function emailLine(printed) {
  return { text: printed, href: /^[^\s@?&<>"]+@[^\s@?&<>"]+\.[^\s@?&<>"]+$/.test(printed) ? `mailto:${printed}` : null };
}

/** @param {any} contact @param {Translate} translate @param {(both: any) => string} inOurs */
function contactView(contact, translate, inOurs) {
  /** @type {[string, Line|null][]} */
  const lines = [
    [translate("label_phone"), contact.phone ? { text: contact.phone, href: null } : null],
    [translate("label_email"), contact.email ? emailLine(contact.email) : null],
    [translate("label_address"), contact.address ? { text: contact.address, href: null } : null],
  ];
  return {
    name: inOurs(contact.name),
    note: contact.note ? inOurs(contact.note) : null,
    lines: lines.flatMap(([label, line]) => (line ? [{ label, line }] : [])),
  };
}

/** What can be said about the wording of the institution. @param {any} official @param {Translate} translate @param {(both: any) => string} inOurs */
function officialText(official, translate, inOurs) {
  if (official?.state === "ready") return translate("policy_official_intro");
  if (official?.state === "refused") return translate("policy_official_refused", inOurs(official.reason));
  return null;
}

/**
 * @param {any} answer the background script's `{host, policy}`, or null when it did not answer
 * @param {Translate} translate
 * @param {{today: Date}} context
 * @returns {PolicyView}
 */
export function policyView(answer, translate, { today }) {
  const language = translate("language_code") === "en" ? "en" : "fr";
  /** @param {any} both `{fr, en}` */
  const inOurs = (both) => String(both?.[language] ?? both?.fr ?? "");
  const policy = answer?.policy ?? null;
  const about = policy?.about ?? null;
  const document = policy?.pack?.document ?? {};
  const cause = answer?.host?.cause ?? null;
  const due = dayInWords(document.review_due, language);

  /** @type {[string, string|null|undefined][]} */
  const facts = policy
    ? [
        [translate("label_institution"), inOurs(policy.institution?.name)],
        [translate("label_document"), inOurs(document.title)],
        [translate("label_number"), document.number],
        [translate("label_date"), dayInWords(document.date, language)],
        [translate("label_adopted"), dayInWords(about?.validity?.adopted, language)],
        [translate("label_in_force"), dayInWords(about?.validity?.in_force, language)],
        [translate("label_review"), inOurs(about?.validity?.review)],
        [translate("label_pack"), policy.pack?.version],
      ]
    : [];
  return {
    institution: policy ? inOurs(policy.institution?.short) : null,
    problem: policy ? null : cause ? `${translate("policy_unavailable")} ${translate(cause.text)}` : translate("policy_unavailable"),
    mend: !policy && cause ? translate(cause.mend) : null,
    // The pack says when the review is due; whether that day has passed is known here only.
    overdue: due && document.review_due < localDay(today) ? translate("review_overdue", due) : null,
    intro: policy ? translate("policy_intro") : null,
    official: officialText(policy?.official, translate, inOurs),
    facts: /** @type {[string, string][]} */ (facts.filter(([, value]) => typeof value === "string" && value !== "")),
    audience: listOf(about?.audience).map(inOurs),
    information: listOf(about?.information).map((entry) => ({
      id: String(entry.id),
      title: inOurs(entry.title),
      text: inOurs(entry.text),
      clauses: listOf(entry.clauses).map(String),
    })),
    clauses: listOf(policy?.clauses).map((clause) => ({
      id: String(clause.id),
      title: inOurs(clause.title),
      summary: inOurs(clause.summary),
      official: clause.official?.text ?? null,
    })),
    sanctions: listOf(about?.sanctions).map(inOurs),
    saysContacts: about !== null,
    contacts: listOf(about?.contacts).map((contact) => contactView(contact, translate, inOurs)),
    accounts: listOf(about?.official_accounts).map((account) => webLine(String(account))),
    references: listOf(about?.references).map(inOurs),
  };
}
