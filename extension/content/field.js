// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// One compose box: when to check it, and what is known of the text that it holds now.
//
// While the field has the focus: one MutationObserver on it, one check in flight, one timer. Without the focus: nothing but the
// verdicts already heard, because the click on « Publier » comes after the field has lost the focus.
"use strict";

Prudence.field = (() => {
  const DEBOUNCE_MS = 350;
  // Where plain Enter publishes, the verdict must be there between the last letter and Enter; a check costs 1 to 3 ms.
  const DEBOUNCE_ENTER_POSTS_MS = 90;
  const DEBOUNCE_AT_MOST_MS = 2000; // a page whose editor never rests, or a person
  const UNANSWERED_MS = 3000;
  // A finished text is asked about again when the host may be back: its own back-off is 1, 2, 4 s. Then the next key asks.
  const RETRIES_MS = [1200, 2500, 5000];
  const VERDICTS_KEPT = 8; // enough for undo and redo
  const TEXT_LIMIT = 100_000; // docs/PROTOCOL.md

  /** @implements {ComposeField} */
  class Field {
    /** @param {HTMLElement} element @param {SiteRow} row @param {Element | null} scope @param {FieldHooks} hooks */
    constructor(element, row, scope, hooks) {
      this.element = element;
      this.row = row;
      this.scope = scope;
      this.hooks = hooks;
      this.composing = false;
      this.active = false;
      this.answered = 0;
      /** @type {Finding[]} of the last verdict heard */
      this.findings = [];
      this.collapse = false;
      /** @type {Map<string, Verdict>} */
      this.verdicts = new Map();
      /** @type {{key: string, cause: string} | null} */
      this.failure = null;
      /** @type {{key: string, at: number} | null} */
      this.inFlight = null;
      this.again = false;
      this.retries = 0;
      /** @type {ReturnType<typeof setTimeout> | null} */
      this.timer = null;
      /** @type {number | null} when the text first changed since the last check */
      this.changedAt = null;
      this.frame = 0;
      /** @type {PaintedSpan[]} */
      this.spans = [];
      this.spansText = "";
      /** @type {(() => void) | null} puts the caret back where it was */
      this.caret = null;
      /** @type {MutationObserver | null} */
      this.observer = null;
    }

    /** @returns {TextMap} */
    read() {
      return Prudence.textMap.read(this.element, this.collapse);
    }

    /** A verdict is one text's, said by someone somewhere: the same words may be free speech on another page. @param {string} text */
    key(text) {
      const { venue, account } = this.hooks.context();
      return `${venue} ${account}\n${text}`;
    }

    focus() {
      if (this.active) return;
      this.active = true;
      if (!Prudence.textMap.isValueField(this.element)) {
        const space = getComputedStyle(this.element).whiteSpace;
        this.collapse = space === "normal" || space === "nowrap";
        this.observer = new MutationObserver(() => this.touched());
        this.observer.observe(this.element, { childList: true, characterData: true, subtree: true });
      }
      this.check(); // a draft may stand there already
    }

    leave() {
      if (!this.active) return;
      this.keepCaret();
      if (this.element.isConnected) this.flush(); // the click on « Publier » follows within some tens of milliseconds
      this.active = false;
      this.composing = false;
      this.observer?.disconnect();
      this.observer = null;
      this.stopWaiting();
      if (this.frame) cancelAnimationFrame(this.frame);
      this.frame = 0;
      this.spans = [];
      this.hooks.unpaint(this);
    }

    /** Remembers the caret. Here and not when a card closes: Draft.js drops the selection when it loses the focus. */
    keepCaret() {
      const { element } = this;
      if (Prudence.textMap.isValueField(element)) {
        const { selectionStart, selectionEnd, selectionDirection } = element;
        this.caret = () => element.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? undefined);
        return;
      }
      const root = /** @type {any} */ (element.getRootNode());
      const selection = /** @type {Selection | null} */ (root.getSelection?.() ?? document.getSelection());
      const { anchorNode, anchorOffset, focusNode, focusOffset } = selection ?? {};
      if (!anchorNode || !focusNode || !element.contains(anchorNode)) return;
      this.caret = () => {
        if (!anchorNode.isConnected || !focusNode.isConnected || (selection?.focusNode === focusNode && selection.focusOffset === focusOffset)) return;
        selection?.setBaseAndExtent(anchorNode, anchorOffset ?? 0, focusNode, focusOffset ?? 0);
      };
    }

    giveBack() {
      this.element.focus();
      try {
        this.caret?.();
      } catch {
        // The text has changed meanwhile and is shorter: the caret stays where the browser put it.
      }
    }

    stopWaiting() {
      if (this.timer !== null) clearTimeout(this.timer);
      this.timer = null;
    }

    /** The text has, or may have, changed. */
    touched() {
      if (!this.active) return;
      if (this.spans.length > 0 && !this.frame) {
        this.frame = requestAnimationFrame(() => {
          this.frame = 0;
          this.follow(this.read());
        });
      }
      this.stopWaiting();
      this.retries = 0;
      const wait = Prudence.sites.enterPosts(this.element, this.row) ? DEBOUNCE_ENTER_POSTS_MS : DEBOUNCE_MS;
      const now = performance.now();
      this.changedAt ??= now;
      this.timer = setTimeout(() => this.check(), Math.min(wait, Math.max(0, this.changedAt + DEBOUNCE_AT_MOST_MS - now)));
    }

    /** Checks now what would otherwise be checked when typing pauses. */
    flush() {
      if (!this.active) return;
      this.stopWaiting();
      this.check();
    }

    check() {
      this.timer = null;
      this.changedAt = null;
      if (this.composing) return; // compositionend comes back here
      const map = this.read();
      if (map.text.trim() === "") return this.forget();
      const key = this.key(map.text);
      const known = this.verdicts.get(key);
      if (known) return this.show(map, known, map.text);
      if (map.text.length > TEXT_LIMIT) {
        this.failure = { key, cause: "too_long" };
        return;
      }
      const now = performance.now();
      if (this.inFlight && now - this.inFlight.at < UNANSWERED_MS) {
        this.again = this.inFlight.key !== key;
        return;
      }
      this.inFlight = { key, at: now };
      this.again = false;
      this.hooks.ask(map.text, this.hooks.context(), (reply) => this.answer(key, map.text, reply));
    }

    /** @param {string} key @param {string} text that was checked @param {Reply} reply */
    answer(key, text, reply) {
      if (this.inFlight?.key === key) this.inFlight = null;
      if ("verdict" in reply) {
        this.answered++;
        this.failure = null;
        this.verdicts.delete(key);
        this.verdicts.set(key, reply.verdict);
        if (this.verdicts.size > VERDICTS_KEPT) this.verdicts.delete(this.verdicts.keys().next().value ?? "");
        this.show(this.active ? this.read() : null, reply.verdict, text);
      } else {
        this.failure = { key, cause: reply.code === "text_too_long" || reply.code === "frame_too_large" ? "too_long" : reply.failed };
        if (!reply.code && this.active && this.timer === null && this.retries < RETRIES_MS.length)
          this.timer = setTimeout(() => this.check(), RETRIES_MS[this.retries++]);
      }
      if (this.again) {
        this.again = false;
        this.check();
      }
    }

    /** @param {TextMap | null} map of the field now; null when it has lost the focus @param {Verdict} verdict @param {string} text judged */
    show(map, verdict, text) {
      this.findings = verdict.findings;
      if (map) {
        this.spans = verdict.findings.flatMap((finding) =>
          finding.spans.map(([begin, end]) => ({ begin, end, severity: finding.severity })),
        );
        this.spansText = text;
        this.follow(map);
      }
      this.hooks.report();
    }

    /** Moves the spans to where their words stand now, and paints them. @param {TextMap} map */
    follow(map) {
      this.spans = Prudence.remap.spans(this.spansText, map.text, this.spans);
      this.spansText = map.text;
      if (this.spans.length > 0) this.hooks.paint(this, map, this.spans);
      else this.hooks.unpaint(this);
    }

    forget() {
      this.findings = [];
      this.spans = [];
      this.hooks.unpaint(this);
      this.hooks.report();
    }

    /** @param {string} text that the field holds now @returns {Outcome} */
    outcome(text) {
      if (text.trim() === "") return { kind: "clean" };
      const key = this.key(text);
      const verdict = this.verdicts.get(key);
      if (!verdict) return { kind: "unchecked", cause: this.failure?.key === key ? this.failure.cause : this.hooks.hostState() };
      const findings = verdict.findings.filter((finding) => finding.severity === "warn" || finding.severity === "serious");
      if (findings.length > 0) return { kind: "findings", findings };
      return verdict.complete ? { kind: "clean" } : { kind: "unchecked", cause: "incomplete" };
    }
  }

  return {
    /** @param {HTMLElement} element @param {SiteRow} row @param {Element | null} scope @param {FieldHooks} hooks */
    create: (element, row, scope, hooks) => new Field(element, row, scope, hooks),
  };
})();
