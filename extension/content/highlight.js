// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// Paints spans of an editor with the CSS Custom Highlight API: no node, no attribute, no style in the editor.
//
// The registry is shared with the page, which can therefore learn that words are flagged, and which. So the names are generic, one per
// severity, and everything is taken away as soon as the field loses the focus.
"use strict";

Prudence.highlight = (() => {
  const SEVERITIES = /** @type {const} */ (["info", "warn", "serious"]);
  // The same as highlight.css. Firefox does not paint the document's rule inside a shadow root (measured in ESR 153).
  const RULES = `::highlight(prudence-info) { background-color: rgb(46 110 180 / 14%); text-decoration: underline dotted 2px #2a63b0; }
    ::highlight(prudence-warn) { background-color: rgb(214 138 0 / 20%); text-decoration: underline dashed 2px #a85f00; }
    ::highlight(prudence-serious) { background-color: rgb(200 30 40 / 18%); text-decoration: underline wavy 2px #c2182b; }`;

  /** @type {WeakSet<ShadowRoot>} */
  let styled = new WeakSet();
  /** @type {WeakRef<ShadowRoot>[]} */
  let styledRoots = [];
  /** @type {CSSStyleSheet | null} */
  let sheet = null;
  let painted = false;

  /** @param {HTMLElement} element */
  function styleRootOf(element) {
    const root = element.getRootNode();
    if (!("host" in root) || styled.has(/** @type {ShadowRoot} */ (root))) return;
    const shadow = /** @type {ShadowRoot} */ (root);
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(RULES);
    }
    shadow.adoptedStyleSheets.push(sheet);
    styled.add(shadow);
    styledRoots.push(new WeakRef(shadow));
  }

  /**
   * Replaces what is painted in this frame; only one field has the focus.
   * @param {HTMLElement} element @param {TextMap} map of that field, as it is now @param {PaintedSpan[]} spans
   */
  function paint(element, map, spans) {
    if (typeof Highlight !== "function") return; // before Firefox 140; the card says everything that is painted here
    styleRootOf(element);
    for (const [priority, severity] of SEVERITIES.entries()) {
      const ranges = spans.filter((span) => span.severity === severity).flatMap((span) => rangeOf(map, span) ?? []);
      const name = "prudence-" + severity;
      if (ranges.length === 0) {
        CSS.highlights.delete(name);
        continue;
      }
      const highlight = new Highlight(...ranges);
      highlight.priority = priority;
      CSS.highlights.set(name, highlight);
      painted = true;
    }
  }

  /** @param {TextMap} map @param {PaintedSpan} span @returns {Range | null} */
  function rangeOf(map, span) {
    const position = Prudence.textMap.locate(map, span.begin, span.end);
    if (!position) return null;
    try {
      const range = document.createRange();
      range.setStart(position.startNode, position.startOffset);
      range.setEnd(position.endNode, position.endOffset);
      return range;
    } catch {
      return null; // the editor replaced the node since the walk; the next mutation brings a fresh one
    }
  }

  function clear() {
    if (!painted) return;
    for (const severity of SEVERITIES) CSS.highlights.delete("prudence-" + severity);
    painted = false;
  }

  function stop() {
    clear();
    for (const reference of styledRoots) {
      const root = reference.deref();
      if (root) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet);
    }
    styled = new WeakSet();
    styledRoots = [];
  }

  return { paint, clear, stop };
})();
