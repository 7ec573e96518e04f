// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// Reads a field into text and a table from offsets (UTF-16 code units) to Text nodes. Reads only, never writes.
//
// Our own walk and not innerText: innerText counts paragraph margins as blank lines and disagreed with the editor's own model in
// each of the six frameworks that were measured.
"use strict";

// `var`, so that a second run in the same window (the initial about:blank that is replaced) is not a redeclaration error; and a
// declaration, so that an element with id="Prudence" in the page cannot stand in its place.
/** @type {PrudenceParts} */
// @ts-expect-error: in a second run it is assigned already
var Prudence = /** @type {any} */ ({ stop: Prudence?.stop });

Prudence.textMap = (() => {
  const ELEMENT = 1;
  const TEXT = 3;

  // Tags and not computed styles: asking for the style of each element is what makes extensions slow.
  const BLOCKS = new Set(
    ("ADDRESS ARTICLE ASIDE BLOCKQUOTE CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER " +
      "HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL").split(" "),
  );
  const SKIPPED = new Set(
    "AUDIO BUTTON CANVAS IFRAME INPUT METER NOSCRIPT OBJECT PROGRESS SCRIPT SELECT STYLE TEMPLATE TEXTAREA VIDEO svg math".split(" "),
  );
  // Slate and others put these in the text to hold the caret; nobody typed them.
  const CARET_HOLDERS = /[\uFEFF\u200B]/;
  const SOURCE_INDENTATION = /^[ \t\r\n]*\n[ \t\r\n]*$/;

  /** @param {Element | null} element @returns {element is HTMLTextAreaElement | HTMLInputElement} */
  function isValueField(element) {
    return element !== null && (element.localName === "textarea" || element.localName === "input");
  }

  /** @param {Element} element */
  function isSkipped(element) {
    if (SKIPPED.has(element.tagName)) return true;
    if (!element.hasAttributes()) return false;
    if (element.getAttribute("aria-hidden") === "true" || element.hasAttribute("hidden")) return true;
    if (element.hasAttribute("data-slate-placeholder") || element.hasAttribute("data-lexical-placeholder")) return true;
    // A paragraph can carry a class such as « has-placeholder » and real words; a placeholder itself cannot be edited.
    const name = element.getAttribute("class");
    return name !== null && /placeholder/i.test(name) && (element.getAttribute("contenteditable") === "false" || name.includes("DraftEditorPlaceholder"));
  }

  /** @param {Element} element */
  function isTrailingBreak(element) {
    const name = element.getAttribute("class");
    return name !== null && name.includes("trailingBreak");
  }

  class Walk {
    /** @param {boolean} collapse */
    constructor(collapse) {
      this.collapse = collapse;
      this.text = "";
      /** @type {Segment[]} */
      this.segments = [];
      this.lineOpen = false; // the current line has something on it, even if only the <br> of an empty paragraph
      this.breakOpen = false; // a <br> was seen: it ends a line only if something follows in the same block
      this.newlineDue = false; // a block ended: one line end, however many blocks end or begin here
    }

    boundary() {
      this.breakOpen = false;
      if (this.lineOpen) this.newlineDue = true;
      this.lineOpen = false;
    }

    content() {
      if (this.newlineDue || this.breakOpen) this.text += "\n";
      this.newlineDue = false;
      this.breakOpen = false;
      this.lineOpen = true;
    }

    lineBreak() {
      this.content();
      this.breakOpen = true;
    }

    /** @param {Text} node @param {boolean} atomic */
    textNode(node, atomic) {
      let data = node.data;
      if (this.collapse) {
        if (SOURCE_INDENTATION.test(data)) return;
        data = data.replace(/[\t\r\n]/g, " ");
      }
      if (!CARET_HOLDERS.test(data)) return this.run(node, data, 0, data.length, atomic);
      let begin = 0;
      for (let at = 0; at <= data.length; at++) {
        if (at < data.length && !CARET_HOLDERS.test(data[at])) continue;
        this.run(node, data, begin, at, atomic);
        begin = at + 1;
      }
    }

    /** @param {Text} node @param {string} data @param {number} from @param {number} to @param {boolean} atomic */
    run(node, data, from, to, atomic) {
      if (from === to) return;
      this.content();
      const begin = this.text.length;
      this.text += from === 0 && to === data.length ? data : data.slice(from, to);
      this.segments.push({ begin, end: this.text.length, node, offset: from, atomic });
    }

    /** @param {Element} element @param {boolean} atomic */
    element(element, atomic) {
      const tag = element.tagName;
      if (tag === "BR") {
        if (isTrailingBreak(element)) {
          if (!this.lineOpen) this.lineBreak(); // alone in its paragraph: a blank line
        } else this.lineBreak();
        return;
      }
      if (tag === "IMG") return this.image(element);
      if (isSkipped(element)) return;
      const block = BLOCKS.has(tag);
      if (block) this.boundary();
      this.children(element, atomic || element.getAttribute("contenteditable") === "false");
      if (block) this.boundary();
    }

    /** An emoji that the site draws as a picture. It has no Text node, so it can be read but not painted. @param {Element} element */
    image(element) {
      const alt = element.getAttribute("alt");
      if (!alt || alt.length > 16) return;
      this.content();
      this.text += alt;
    }

    /** @param {Node} parent @param {boolean} atomic */
    children(parent, atomic) {
      for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
        if (node.nodeType === TEXT) this.textNode(/** @type {Text} */ (node), atomic);
        else if (node.nodeType === ELEMENT) this.element(/** @type {Element} */ (node), atomic);
      }
    }
  }

  /**
   * The text of a field. For textarea and input it is the value, with exact offsets and no table.
   * @param {HTMLElement} field
   * @param {boolean} [collapse] white space collapses in this field (CSS `white-space: normal`): line ends of the source are spaces
   * @returns {TextMap}
   */
  function read(field, collapse = false) {
    if (isValueField(field)) return { text: field.value, segments: [] };
    const walk = new Walk(collapse);
    walk.children(field, false);
    return { text: walk.text, segments: walk.segments };
  }

  /**
   * Where `[begin, end)` stands in the document; null when none of it stands in a Text node.
   * @param {TextMap} map @param {number} begin @param {number} end
   * @returns {Position | null}
   */
  function locate(map, begin, end) {
    const { segments } = map;
    let low = 0;
    let high = segments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (segments[middle].end > begin) high = middle;
      else low = middle + 1;
    }
    const first = segments[low];
    if (!first || first.begin >= end) return null;
    let last = first;
    for (let next = low + 1; next < segments.length && segments[next].begin < end; next++) last = segments[next];
    return {
      startNode: first.node,
      startOffset: Math.max(begin, first.begin) - first.begin + first.offset,
      endNode: last.node,
      endOffset: Math.min(end, last.end) - last.begin + last.offset,
    };
  }

  return { read, locate, isValueField };
})();
