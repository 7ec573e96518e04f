// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// The publishing gesture. The first attempt to publish a text with a finding (warn or serious) is stopped and explained; the person's
// next attempt goes through. No click is ever synthesised: sites reject untrusted events, and a person decides, not we.
//
// What this file never does: wait for the host (an unverified text passes, visibly), stop a scripted event, say the same thing of the same
// text twice.
"use strict";

Prudence.guard = (() => {
  // A site may answer one gesture with several events: Ctrl+Enter, then requestSubmit() after some awaits.
  const SAME_GESTURE_MS = 1500;
  const TEXTS_KEPT = 32;
  const POINTER = new Set(["pointerdown", "pointerup", "mousedown", "mouseup", "touchstart", "touchend"]);

  /** @param {Event} event */
  function stop(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** Two texts that differ in white space only are the same text to the person. @param {string[]} parts */
  function keyOf(parts) {
    return parts.map((part) => part.replace(/\s+/g, " ").trim()).join("\n");
  }

  class Guard {
    /** @param {GuardHooks} hooks */
    constructor(hooks) {
      this.hooks = hooks;
      /** @type {Map<string, {rules: Set<string>, lost: boolean}>} what each text was told; in memory only, gone with the page */
      this.explained = new Map();
      /** @type {{key: string, at: number} | null} the last attempt that passed */
      this.passed = null;
      /** @type {string | null} `code` of a stopped key, until it is released: its keypress and keyup must not post either */
      this.stoppedKey = null;
      /** A press on a publishing element is being withheld from the page: some sites publish on mousedown. */
      this.withholding = false;
      /** When the person last clicked or pressed Enter; a form that submits by itself, to save a draft while one types, is not their attempt. */
      this.lastGesture = -Infinity;
    }

    /** Every event of the window, in its capture phase, before the page's own listeners. @param {Event} event */
    handle(event) {
      if (!event.isTrusted) return;
      const { type } = event;
      if (type === "keydown") this.keydown(/** @type {KeyboardEvent} */ (event));
      else if (type === "keypress" || type === "keyup") this.restOfKey(/** @type {KeyboardEvent} */ (event));
      else if (type === "click") this.click(event);
      else if (type === "submit") this.submit(/** @type {SubmitEvent} */ (event));
      else if (POINTER.has(type)) this.pointer(event);
    }

    /** @param {KeyboardEvent} event */
    keydown(event) {
      if (event.key === "Enter") this.lastGesture = event.timeStamp;
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "Control" || event.key === "Meta") return this.hooks.flush(); // Enter may follow: have the verdict ready
      if (this.stoppedKey === event.code) {
        if (event.repeat) return stop(event);
        this.stoppedKey = null; // its keyup went to another window
      }
      if (event.key !== "Enter" && event.key !== " ") return;
      const row = this.hooks.row();
      if (!row || this.hooks.fields().length === 0) return;
      const target = this.target(event, row);
      if (target) this.attempt(event, target, event.code);
    }

    /** @param {KeyboardEvent} event @param {SiteRow} row @returns {Element | null} what this key would publish from */
    target(event, row) {
      if (event.altKey || event.shiftKey) return null;
      const path = event.composedPath();
      const command = event.ctrlKey || event.metaKey;
      const field = this.hooks.fields().find((one) => path.includes(one.element));
      if (field) {
        if (event.key !== "Enter") return null;
        return command || Prudence.sites.enterPosts(field.element, row) ? field.element : null;
      }
      if (command) return null;
      const button = Prudence.sites.publishes(path, row);
      return button && Prudence.sites.pressedByKeydown(button) ? button : null;
    }

    /** @param {KeyboardEvent} event */
    restOfKey(event) {
      if (this.stoppedKey === null || event.code !== this.stoppedKey) return;
      stop(event);
      if (event.type === "keyup") this.stoppedKey = null;
    }

    /** @param {Event} event */
    pointer(event) {
      const row = this.hooks.row();
      if (!row || this.hooks.fields().length === 0) return;
      const down = event.type === "pointerdown" || event.type === "mousedown" || event.type === "touchstart";
      if (event.type === "pointerdown") {
        this.hooks.flush(); // the verdict is there before the click is
        this.withholding = false;
      }
      if (down && !this.withholding) {
        const button = Prudence.sites.publishes(event.composedPath(), row);
        const draft = button && this.draft(button);
        this.withholding = Boolean(draft && this.hasNews(draft));
      }
      // Not prevented, so that the click comes and explains; the page just does not hear of the press.
      if (this.withholding) event.stopImmediatePropagation();
    }

    /** @param {Event} event */
    click(event) {
      this.lastGesture = event.timeStamp;
      this.withholding = false;
      const row = this.hooks.row();
      if (!row || this.hooks.fields().length === 0) return;
      const button = Prudence.sites.publishes(event.composedPath(), row);
      if (button) this.attempt(event, button, null);
    }

    /** @param {SubmitEvent} event */
    submit(event) {
      if (event.timeStamp - this.lastGesture > SAME_GESTURE_MS) return;
      const row = this.hooks.row();
      const form = event.composedPath()[0];
      if (!row || this.hooks.fields().length === 0 || !(/** @type {Node} */ (form).nodeType === 1)) return;
      // « Aperçu » and « Enregistrer le brouillon » submit forms too.
      const { submitter } = event;
      const unnamed = submitter === null || submitter === undefined;
      if (unnamed || Prudence.sites.publishes([submitter], row)) this.attempt(event, /** @type {Element} */ (form), null);
    }

    /** @param {Element} target @returns {Draft | null} what would be published through this element */
    draft(target) {
      const fields = this.hooks.fields().filter((field) => field.element === target || Prudence.sites.related(target, field));
      const parts = fields.map((field) => ({ field, text: field.read().text })).filter(({ text }) => text.trim() !== "");
      if (parts.length === 0) return null;
      /** @type {CardPoint[]} */
      const points = [];
      let cause = null;
      for (const { field, text } of parts) {
        const result = field.outcome(text);
        if (result.kind === "findings")
          points.push(...result.findings.map((finding) => ({ finding, quotes: finding.spans.map(([begin, end]) => text.slice(begin, end)) })));
        if (result.kind === "unchecked") cause = result.cause;
      }
      return { key: keyOf(parts.map((part) => part.text)), fields: parts.map((part) => part.field), points, cause };
    }

    /** Whether a rule speaks that has not yet spoken of this text: a part of it may have been verified since. @param {Draft} draft */
    hasNews(draft) {
      const told = this.explained.get(draft.key);
      return draft.points.some(({ finding }) => !told?.rules.has(finding.rule));
    }

    /** @param {Event} event @param {Element} target @param {string | null} heldKey */
    attempt(event, target, heldKey) {
      if (this.hooks.card.isOpen) {
        // A double click, or a page that took the focus back: the question is still open.
        this.stoppedKey = heldKey;
        stop(event);
        return this.hooks.card.hold(true);
      }
      // The fields of a thread are read when the button is pressed; from a field's own key, its whole composer too.
      const draft = this.draft(target);
      if (!draft) return;
      const repeated = this.passed?.key === draft.key && event.timeStamp - this.passed.at < SAME_GESTURE_MS;
      if (repeated || !this.hasNews(draft)) {
        this.passed = { key: draft.key, at: event.timeStamp };
        const told = this.explained.get(draft.key);
        const known = told && draft.points.length === 0;
        if (!repeated) this.hooks.passed(told?.lost ? "unseen" : known ? null : draft.cause, draft.fields[0]);
        return;
      }
      stop(event);
      this.stoppedKey = heldKey;
      const told = this.remember(draft);
      this.hooks.present(draft, heldKey, () => (told.lost = true));
    }

    /** @param {Draft} draft */
    remember({ key, points }) {
      const told = this.explained.get(key) ?? { rules: new Set(), lost: false };
      for (const { finding } of points) told.rules.add(finding.rule);
      told.lost = false;
      this.explained.set(key, told);
      if (this.explained.size > TEXTS_KEPT) this.explained.delete(this.explained.keys().next().value ?? "");
      return told;
    }
  }

  return {
    /** @param {GuardHooks} hooks */
    create: (hooks) => new Guard(hooks),
  };
})();
