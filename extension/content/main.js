// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// Wires the other files, synchronously at document_start: our listeners must stand before the page's own, and before the site rows
// have arrived from the background script. Until they have, and on fields that are not a compose box, nothing is read.
"use strict";

(() => {
  const EVENTS =
    "focusin focusout focus blur input compositionstart compositionend keydown keypress keyup click dblclick auxclick contextmenu " +
    "pointerdown pointerup mousedown mouseup touchstart touchend submit beforeinput copy cut paste beforetoggle toggle";
  const FIELDS_KEPT = 12; // the parts of a thread, and then some
  const RETRY_MS = 400;
  const SITES = ["x", "facebook", "generic"]; // closed list of docs/PROTOCOL.md
  const RULES_AT_MOST = 64;

  const { sites, surface, card, highlight } = Prudence;
  const listeners = new AbortController();

  /** @type {Config | null} */
  let config = null;
  /** @type {SiteRow | null} */
  let row = null;
  /** The editable element that has the focus, compose box or not. @type {HTMLElement | null} */
  let candidate = null;
  let lastTry = 0;
  /** The compose box that has the focus. @type {ComposeField | null} */
  let active = null;
  /** Compose boxes used lately, the last one first. @type {ComposeField[]} */
  let fields = [];
  let unchecked = false;
  let reported = "";
  let reconnected = false;
  /** Who had the focus when a surface of ours took it. @type {EventTarget | null} */
  let focusLender = null;
  /** `code` of the last key that went down in a surface of ours. */
  let ownKey = "";

  const resizes = new ResizeObserver(() => {
    // An element that leaves the document gets no blur, but it does get a size of zero.
    if (active && !active.element.isConnected) leave();
    else card.place();
  });

  const link = Prudence.link.create({
    config(next) {
      config = next;
      row = sites.rowFor(next.sites, sites.hostName());
      if (!active) consider();
    },
    lost() {
      if (active && !reconnected) active.touched(); // its next check opens another port
      reconnected = true;
    },
    gone: stop,
  });

  /** @type {FieldHooks} */
  const hooks = {
    ask(text, context, done) {
      link.request({ type: "check", text, ...context }, (reply) => {
        if (reply.type === "verdict") reconnected = false;
        done(reply.type === "verdict" ? { verdict: reply.verdict } : { failed: reply.state ?? "broken", code: reply.code });
      });
    },
    context: () => sites.context(row, config?.official ?? []),
    hostState: () => String(config?.host ?? "connecting"),
    paint(field, map, spans) {
      const visible = Prudence.textMap.isValueField(field.element);
      if (!visible) highlight.paint(field.element, map, spans);
      const gravest = ["serious", "warn", "info"].find((severity) => spans.some((span) => span.severity === severity)) ?? "info";
      const words = spans.filter((span) => span.severity === gravest).map(({ begin, end }) => map.text.slice(begin, end));
      card.strip(field.element, words, /** @type {Severity} */ (gravest), visible);
    },
    unpaint() {
      highlight.clear();
      card.clearStrip();
    },
    report,
  };

  const guard = Prudence.guard.create({
    row: () => row,
    fields: () => (link.lives() ? fields : []), // an orphan of an update stops nothing
    flush: () => active?.flush(),
    card,
    present,
    passed(cause, field) {
      unchecked = cause !== null;
      const words = cause === "unseen" ? surface.text("content_unseen") : surface.text("content_unchecked", causeText(cause ?? ""));
      if (unchecked) card.notice(words, field.element);
      report();
    },
  });

  /** @param {string} cause a state of the host, or what was wrong with this text */
  function causeText(cause) {
    if (cause === "too_long" || cause === "incomplete") return surface.text("content_cause_" + cause);
    const known = config?.cause ? surface.text("cause_" + config.cause) : "";
    if (known) return known;
    return surface.text(/^(idle|connecting|ready)$/.test(cause) ? "content_cause_pending" : "content_cause_unavailable");
  }

  /** @param {Draft} draft @param {string | null} heldKey @param {() => void} lost */
  function present(draft, heldKey, lost) {
    const field = draft.fields.includes(/** @type {any} */ (active)) ? /** @type {ComposeField} */ (active) : draft.fields[0];
    const rules = [...new Set(draft.points.map((point) => point.finding.rule))].slice(0, RULES_AT_MOST);
    const site = SITES.includes(field.row.id) ? field.row.id : "generic";
    const { venue } = hooks.context();
    unchecked = false;
    report();
    if (field === active) field.keepCaret();
    card.show({
      points: draft.points,
      anchor: field.element,
      lang: config?.lang ?? "fr",
      documentName: documentName(),
      heldKey,
      giveBack: () => field.giveBack(),
      decided(choice) {
        link.request({ type: "acknowledge", choice, rules, site, venue }, (reply) => {
          if (reply.type !== "acknowledged") card.notice(surface.text("content_not_recorded"), field.element);
        });
        if (choice !== "edit") card.cue(surface.text("content_press_again"), field.element);
      },
      lost,
    });
  }

  function documentName() {
    const { title, number } = config?.document ?? {};
    const name = title?.[config?.lang ?? "fr"] ?? title?.fr ?? "";
    return name && number ? surface.text("content_document", name, number) : name || number || "";
  }

  /** What badge and popup show of this frame. */
  function report() {
    const field = active ?? fields[0];
    const findings = field?.findings ?? [];
    const severity = ["serious", "warn", "info"].find((one) => findings.some((finding) => finding.severity === one)) ?? "none";
    const checked = fields.reduce((sum, one) => sum + one.answered, 0);
    const page = { type: "page", site: row?.id ?? null, composer: active !== null, checked, findings: findings.length, severity, unchecked };
    const printed = JSON.stringify(page);
    if (printed !== reported && link.send(page)) reported = printed;
  }

  function leave() {
    const left = active;
    active = null;
    resizes.disconnect();
    left?.leave();
    if (left) report();
  }

  /** Takes the focused element for a compose box, if it is one. */
  function consider() {
    if (!candidate || !row) return;
    lastTry = performance.now();
    const element = candidate;
    const adopted = sites.adopt(element, row);
    if (!adopted) return;
    let field = fields.find((one) => one.element === element && one.row === row);
    if (field) field.scope = adopted.scope;
    else field = Prudence.field.create(element, row, adopted.scope, hooks);
    fields = [field, ...fields.filter((one) => one !== field && one.element !== element && one.element.isConnected)].slice(0, FIELDS_KEPT);
    active = field;
    resizes.observe(element);
    field.focus();
    report();
  }

  /** @param {Event} event */
  function focusIn(event) {
    if (card.isOpen) return card.hold();
    const host = sites.editingHost(event.composedPath()[0]);
    if (host && host === active?.element) return;
    leave();
    candidate = host;
    // Text inputs alone do not open the port: every log-in form has them.
    if (host && (config || host.localName !== "input") && link.open()) consider();
  }

  /** @param {Event} event */
  function follow(event) {
    const { type } = event;
    if (!event.isTrusted && type !== "input") return; // editors make up input events; nothing else is taken from a script
    if (type === "focusin") return focusIn(event);
    if (type === "focusout") {
      if (active && event.composedPath().includes(active.element)) leave();
      return;
    }
    if (!active) {
      // The button of a forum may come only with the first words.
      if (type === "input" && candidate && performance.now() - lastTry > RETRY_MS) consider();
      return;
    }
    if (!event.composedPath().includes(active.element)) return;
    if (type === "compositionstart") active.composing = true;
    if (type === "compositionend") active.composing = false;
    if (type === "input" || type === "compositionend") active.touched();
  }

  /** An event of ours, which the page must not see. @param {Event} event */
  function keepFromPage(event) {
    const ofHost = surface.isHost(event.target);
    if (!ofHost && (event.type === "focusin" || event.type === "focus")) {
      // The page is told of the focus only where it comes back to another element than the one that it last saw focused.
      const returned = event.target === focusLender;
      if (event.type === "focusin" && event.isTrusted) focusIn(event);
      if (!returned) return;
    }
    if (!ofHost && event.type === "focusout") focusLender = event.target;
    event.stopImmediatePropagation();
    if (event.type === "keydown" && event.isTrusted) ownKey = /** @type {KeyboardEvent} */ (event).code;
    if (event.type === "keyup") guard.handle(event); // of the key that was stopped and had opened the card
    if (ofHost) surface.handle(event);
  }

  /** The rest of a key that went down in a surface of ours, which closed since: held down, it must not publish. @param {Event} event */
  function isOwnKey(event) {
    if (!/^key/.test(event.type)) return false;
    const { code, repeat } = /** @type {KeyboardEvent} */ (event);
    if (event.type === "keydown" && !(repeat && code === ownKey)) ownKey = "";
    return ownKey !== "" && code === ownKey;
  }

  /** @param {Event} event */
  function onEvent(event) {
    if (surface.owns(event)) return keepFromPage(event);
    if (isOwnKey(event)) {
      event.preventDefault();
      return event.stopImmediatePropagation();
    }
    if (/^(focus|input|composition)/.test(event.type)) return follow(event);
    guard.handle(event);
  }

  function stop() {
    listeners.abort();
    leave();
    fields = [];
    candidate = null;
    link.close();
    surface.closeAll();
    card.clearStrip();
    highlight.stop();
  }

  Prudence.stop?.();
  Prudence.stop = stop;
  for (const type of EVENTS.split(" "))
    addEventListener(type, onEvent, { capture: true, signal: listeners.signal, ...(type.startsWith("touch") ? { passive: true } : {}) });
})();
