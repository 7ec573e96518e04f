// SPDX-License-Identifier: GPL-3.0-or-later
// The demonstration's report in the terminal. Colours only for a person's terminal (https://no-color.org).
const COLOUR = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (COLOUR ? `\u001b[${code}m${text}\u001b[0m` : text);
const bold = paint("1");
const faint = paint("2");
const underline = paint("4");
const LEVELS = {
  serious: { name: "SÉRIEUX", colour: paint("31;1") },
  warn: { name: "À REVOIR", colour: paint("33;1") },
  info: { name: "POUR INFORMATION", colour: paint("36;1") },
  none: { name: "RIEN À RELIRE", colour: paint("32") },
};
const WIDTH = 108;

/** Breaks at spaces, so that no line is longer than the terminal of a colleague. */
function wrap(text, indent) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1).length + word.length + indent.length > WIDTH) lines.push("");
    lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
  }
  return lines.map((line) => indent + line).join("\n");
}

/** The post with the words concerned underlined, or between brackets where there is no colour. */
function marked(text, spans) {
  let out = "";
  let at = 0;
  for (const [begin, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (begin < at) continue;
    const words = text.slice(begin, end);
    out += text.slice(at, begin) + (COLOUR ? underline(words) : `[${words}]`);
    at = end;
  }
  return out + text.slice(at);
}

/**
 * @param {number} number
 * @param {string} text
 * @param {{severity: string, clauses: any[], findings: any[]}} verdict what `prudence check --json` says of the text
 * @param {{kind: string, words: string[], agrees: boolean}[]} seen what each browser has painted
 */
export function printPost(number, text, verdict, seen) {
  const level = LEVELS[verdict.severity];
  console.log(
    `\n${bold(String(number).padStart(2))}  ${level.colour(level.name)}  ${marked(
      text,
      verdict.findings.flatMap((one) => one.spans),
    )}`,
  );
  for (const finding of verdict.findings) {
    const words = finding.spans.map(([begin, end]) => `« ${text.slice(begin, end)} »`).join(", ");
    console.log(`    ${LEVELS[finding.severity].colour("●")} ${words}  ${faint(finding.rule)}`);
    for (const clause of verdict.clauses.filter(({ id }) => finding.clauses.includes(id)))
      console.log(wrap(`Clause ${clause.id} : ${clause.title}`, "      "));
    console.log(wrap(finding.message, "      "));
    if (finding.remedy) console.log(wrap(`→ ${finding.remedy}`, "      "));
  }
  for (const { kind, words, agrees } of seen) {
    const shown = words.length ? words.map((word) => `« ${word} »`).join(", ") : "rien";
    console.log(
      faint(`    ${kind.padEnd(8)} a surligné : ${shown}`) + (agrees ? "" : LEVELS.serious.colour("  ≠ le verdict")),
    );
  }
}

export function printSummary(verdicts, kinds, directory, differences) {
  const concerned = verdicts.filter(({ findings }) => findings.length > 0).length;
  console.log(
    `\n${bold(`${verdicts.length} publications`)} tapées dans ${kinds.join(" et ")} : ${concerned} à relire, ` +
      `${verdicts.length - concerned} sans rien à relire.`,
  );
  if (differences)
    console.log(LEVELS.serious.colour(`${differences} fois, un navigateur n’a pas montré ce que dit le verdict.`));
  console.log(`Images : ${directory}`);
}
