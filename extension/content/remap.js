// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// Shifts spans across one edit, and drops those that the edit touched. Pure: no DOM.
//
// Between two verdicts the person goes on typing. An edit is what is left between the common beginning and the common end of
// the two texts; a span before it stays, a span after it moves, a span that it touches is forgotten until the next verdict.
"use strict";

Prudence.remap = (() => {
  const WORD = /[\p{L}\p{N}\p{M}_]/u;

  /** @param {string} text @param {number} at */
  function isWord(text, at) {
    return at >= 0 && at < text.length && WORD.test(String.fromCodePoint(text.codePointAt(at) ?? 32));
  }

  /** @param {string} before @param {string} after @returns {{begin: number, endBefore: number, endAfter: number}} */
  function edit(before, after) {
    const shortest = Math.min(before.length, after.length);
    let begin = 0;
    while (begin < shortest && before.charCodeAt(begin) === after.charCodeAt(begin)) begin++;
    let tail = 0;
    while (tail < shortest - begin && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
    return { begin, endBefore: before.length - tail, endAfter: after.length - tail };
  }

  /**
   * @template {{begin: number, end: number}} T
   * @param {string} before text that the spans belong to @param {string} after text as it is now @param {T[]} spans
   * @returns {T[]} new spans; an untouched one keeps its identity
   */
  function spans(before, after, spans) {
    if (before === after || spans.length === 0) return spans;
    const { begin, endBefore, endAfter } = edit(before, after);
    const shift = after.length - before.length;
    /** @type {T[]} */
    const kept = [];
    for (const span of spans) {
      if (span.end <= begin) {
        // A letter typed right after a word makes another word of it.
        if (span.end < begin || !isWord(after, begin) || !isWord(after, span.end - 1)) kept.push(span);
      } else if (span.begin >= endBefore) {
        if (span.begin > endBefore || !isWord(after, endAfter - 1) || !isWord(after, endAfter))
          kept.push({ ...span, begin: span.begin + shift, end: span.end + shift });
      }
    }
    return kept;
  }

  return { spans };
})();
