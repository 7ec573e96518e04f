// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// What Prudence shows in the page: the card, the « non vérifié » notice, the cue after a choice, the strip beside a text area. Each is
// a <div> of ours with a closed shadow root, beside the page's own nodes and never inside an editor.
//
// Events inside our surfaces are stopped at the window's capture phase, so the page neither sees them nor fights for the focus. Our own
// buttons work all the same: pressing one submits a <form> in the shadow root, by the default action, which stopping does not touch;
// and `submit` never leaves a shadow root.
"use strict";

Prudence.surface = (() => {
  const scope = /** @type {any} */ (globalThis);
  const api = scope.browser ?? scope.chrome;
  const RETURNS = 3; // times that a surface which the page took away is put back

  /** @type {Map<EventTarget, {options: SurfaceOptions, surface: Surface, trusted: Event | null}>} */
  const open = new Map();

  /** @param {string} key of _locales @param {string[]} values */
  function text(key, ...values) {
    try {
      return api.i18n.getMessage(key, values) || "";
    } catch {
      return ""; // the extension has gone
    }
  }

  /** @param {string} tag @param {string} className @param {string} [content] */
  function element(tag, className, content) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (content !== undefined) node.textContent = content;
    return node;
  }

  /** A modal <dialog> makes everything outside it inert, our surfaces too. @param {HTMLElement | null} anchor */
  function home(anchor) {
    const around = anchor?.isConnected ? Prudence.sites.closest(anchor, ["dialog:modal"]) : null;
    return around ?? [...document.querySelectorAll("dialog:modal")].pop() ?? document.documentElement;
  }

  /** @param {(root: ShadowRoot) => void} content @param {SurfaceOptions} options @returns {Surface} */
  function openSurface(content, options) {
    const host = document.createElement("div");
    const root = host.attachShadow({ mode: "closed" });
    content(root);
    let returns = 0;
    /** @type {Element | null} */
    let place = null;
    const attach = () => {
      place = home(options.anchor);
      if (options.top) host.setAttribute("popover", "manual");
      place.append(host);
      if (options.top) host.showPopover();
      observer.disconnect();
      observer.observe(place, { childList: true });
      observer.observe(host, { attributeFilter: ["popover"] }); // Firefox says nothing else of it
    };
    const observer = new MutationObserver(() => surface.stands() || surface.putBack());
    const surface = {
      host,
      root,
      stands: () => host.parentNode === place && (!options.top || (host.matches(":popover-open") && host.checkVisibility())),
      putBack() {
        if (++returns <= RETURNS) {
          attach();
          return options.back?.();
        }
        surface.close();
        options.lost?.();
      },
      close() {
        observer.disconnect();
        host.remove(); // still ours while it goes: the page does not hear it lose the focus
        open.delete(host);
      },
    };
    const entry = { options, surface, trusted: /** @type {Event | null} */ (null) };
    open.set(host, entry);
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      const submitter = /** @type {SubmitEvent} */ (event).submitter;
      if (entry.trusted) press(entry, submitter);
    });
    attach();
    return surface;
  }

  /** @param {{options: SurfaceOptions, surface: Surface, trusted: Event | null}} entry @param {Element | null} button */
  function press(entry, button) {
    const event = entry.trusted;
    entry.trusted = null;
    if (!entry.surface.stands()) return entry.surface.putBack(); // hidden by the page: nobody has read what is being answered
    const value = button?.closest("button")?.value;
    if (event && value) entry.options.pressed(value);
  }

  /** Whether an event happens in a surface of ours, or is the page's focus moving to or from one. @param {Event} event */
  function owns(event) {
    if (open.size === 0) return false;
    const related = "relatedTarget" in event ? /** @type {EventTarget | null} */ (event.relatedTarget) : null;
    return (event.target !== null && open.has(event.target)) || (related !== null && open.has(related) && /^(focus|blur)/.test(event.type));
  }

  /** An event that `owns` has claimed, already stopped. @param {Event} event */
  function handle(event) {
    const entry = event.target && open.get(event.target);
    if (!entry || !event.isTrusted) return;
    const { root } = entry.surface;
    if (event.type === "toggle" && !entry.surface.stands()) entry.surface.putBack();
    if (event.type === "keydown") entry.options.key?.(/** @type {KeyboardEvent} */ (event));
    if (event.type !== "click" && event.type !== "mousedown") return;
    const { clientX, clientY, detail } = /** @type {MouseEvent} */ (event);
    const pointed = root.elementFromPoint(clientX, clientY);
    // A press beside the card leaves the focus where it is.
    if (event.type === "mousedown") return pointed?.closest(".paper") ? undefined : event.preventDefault();
    entry.trusted = event;
    // In a sandboxed frame without allow-forms no form submits: then the button is the one under the pointer, or the focused one.
    setTimeout(() => entry.trusted === event && press(entry, detail > 0 ? pointed : root.activeElement));
  }

  /** @param {EventTarget | null} target */
  const isHost = (target) => target !== null && open.has(target);

  function closeAll() {
    for (const { surface } of [...open.values()]) surface.close();
  }

  return { text, owns, isHost, handle, closeAll, open: openSurface, element };
})();

Prudence.card = (() => {
  const { surface } = Prudence;
  const { text, element } = surface;
  const POINTS_SHOWN = 5;
  const QUOTES_SHOWN = 3;
  const QUOTE_LENGTH = 90;
  // The second half of a double click on « Publier », or of a double Enter, must not answer a card that nobody has read.
  const ARMED_MS = 500;
  const REFOCUS_AT_MOST = 5;
  const NOTICE_MS = 10_000;
  const CUE_MS = 7_000;
  const CHOICES = /** @type {Choice[]} */ (["edit", "publish", "not-applicable"]);
  const LABELS = { edit: "content_edit", publish: "content_publish", "not-applicable": "content_not_applicable" };

  const COLOURS = `
    :host { --paper: #fff; --ink: #1b1f24; --soft: #4c5560; --line: #c9ced6; --main: #1d5c77; --on-main: #fff;
      --info: #1d5c77; --warn: #8f5500; --serious: #a4262c; --quote: #f2f4f6; }
    @media (prefers-color-scheme: dark) {
      :host { --paper: #1f2329; --ink: #f1f3f5; --soft: #b8c0c9; --line: #59626d; --main: #8fcbe4; --on-main: #0c222c;
        --info: #8fcbe4; --warn: #f2b45c; --serious: #ff9c9c; --quote: #2b3038; }
    }
    .paper { background: var(--paper); color: var(--ink); border: 1px solid var(--line); border-radius: 10px; box-sizing: border-box;
      font: 16px/1.45 system-ui, sans-serif; text-align: start; box-shadow: 0 8px 30px rgb(0 0 0 / 30%); overflow-wrap: anywhere; }
    button { font: inherit; font-weight: 600; min-height: 44px; padding: 8px 16px; border-radius: 6px; cursor: pointer;
      border: 1px solid var(--soft); background: transparent; color: var(--ink); }
    button:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    @media (forced-colors: active) { .paper, button { border: 1px solid CanvasText; } button:focus-visible { outline-color: Highlight; } }`;
  // Important inside a shadow root wins over everything that the page can say about the host.
  const TOP = `:host { all: initial !important; display: flex !important; position: fixed !important; border: 0 !important; z-index: 2147483647 !important;`;
  const CARD = `${TOP} inset: 0 !important; width: auto !important; height: auto !important; background: transparent !important; }
    ${COLOURS}
    .veil { flex: 1; display: flex; align-items: center; justify-content: center; padding: 8px; background: rgb(0 0 0 / 38%); outline: none; min-width: 0; }
    .card { width: min(560px, 100%); max-height: 100%; overflow: auto; border-top: 6px solid var(--level); padding: 16px 20px 0; outline: none; }
    .serious { --level: var(--serious); } .warn { --level: var(--warn); } .info { --level: var(--info); }
    header { display: flex; gap: 12px; align-items: center; margin-bottom: 8px; }
    .sign { flex: none; width: 34px; height: 34px; display: grid; place-items: center; background: var(--level); color: var(--paper); font-weight: 800; }
    .serious .sign { clip-path: polygon(30% 0, 70% 0, 100% 30%, 100% 70%, 70% 100%, 30% 100%, 0 70%, 0 30%); }
    .warn .sign { clip-path: polygon(50% 0, 100% 100%, 0 100%); padding-top: 8px; box-sizing: border-box; }
    .info .sign { border-radius: 50%; }
    .level { color: var(--level); font-weight: 700; margin: 0; }
    h2 { font-size: 20px; line-height: 1.25; margin: 0; }
    .point { border-top: 1px solid var(--line); padding: 10px 0; }
    .point p { margin: 0 0 6px; }
    .words { background: var(--quote); border-inline-start: 4px solid var(--level); padding: 6px 10px; font-weight: 600; }
    .clause { color: var(--soft); font-size: 15px; white-space: pre-line; }
    .clause strong { color: var(--ink); }
    form { position: sticky; bottom: 0; display: flex; flex-wrap: wrap; gap: 8px; background: var(--paper); border-top: 1px solid var(--line); padding: 12px 0; }
    form button { flex: 1 1 auto; }
    button.main { background: var(--main); color: var(--on-main); border-color: var(--main); }
    .small { color: var(--soft); font-size: 14px; margin: 0 0 8px; }
    @media (max-height: 420px), (max-width: 420px) { form button { min-height: 32px; padding: 2px 10px; font-size: 15px; } form { padding: 6px 0; gap: 6px; } }
    @media (forced-colors: active) { .sign { forced-color-adjust: none; background: CanvasText; color: Canvas; } .words { border-color: CanvasText; } button.main { border-width: 3px; } }
    @media (prefers-reduced-motion: no-preference) { .card { animation: come 120ms ease-out; } @keyframes come { from { opacity: 0; transform: translateY(6px); } } }`;
  const NOTICE = `${TOP} inset: auto 12px 12px auto !important; width: min(400px, calc(100vw - 24px)) !important; height: auto !important; background: transparent !important; }
    ${COLOURS}
    .paper { flex: 1; padding: 12px 14px; border-inline-start: 6px solid var(--soft); min-width: 0; }
    p { margin: 0 0 8px; } p:last-child { margin: 0; } form { margin: 0; }`;
  const STRIP = `${TOP} inset: 0 !important; pointer-events: none !important; }
    ${COLOURS}
    .paper { position: fixed; max-width: calc(100vw - 16px); padding: 3px 10px; font-size: 14px; border-inline-start: 5px solid var(--level); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; box-shadow: none; }
    .serious { --level: var(--serious); } .warn { --level: var(--warn); } .info { --level: var(--info); }`;

  /** @param {ShadowRoot} root @param {string} rules */
  function dress(root, rules) {
    const sheet = new CSSStyleSheet(); // not subject to the page's Content-Security-Policy, unlike <style>
    sheet.replaceSync(rules);
    root.adoptedStyleSheets.push(sheet);
    root.addEventListener("selectstart", (event) => event.stopPropagation());
  }

  /** @param {string[]} quotes */
  function quoted(quotes) {
    const words = [...new Set(quotes.map((quote) => quote.replace(/\s+/g, " ").trim()).filter(Boolean))];
    const shown = words.slice(0, QUOTES_SHOWN).map((word) => text("content_quote", word.length > QUOTE_LENGTH ? word.slice(0, QUOTE_LENGTH).replace(/[\uD800-\uDBFF]$/, "") + "…" : word));
    return shown.join(text("content_list_separator") || ", ");
  }

  /** @param {Severity} severity */
  const levelName = (severity) => text("content_level_" + severity);

  /** @param {Clause} clause @param {CardRequest} request */
  function clauseLine(clause, request) {
    const line = element("p", "clause");
    const number = /^\d/.test(clause.id) ? text("content_article", clause.id) : clause.id;
    const reference = [number, request.documentName].filter(Boolean).join(", ");
    line.append(element("strong", "", text("content_clause", reference, clause.title)));
    line.append(" ", clause.summary);
    if (clause.official) line.append("\n", element("q", "", clause.official.text));
    line.lang = request.lang;
    return line;
  }

  /** Points about the same words, quoted once. @param {CardPoint[]} points */
  function grouped(points) {
    /** @type {Map<string, CardPoint[]>} */
    const groups = new Map();
    for (const point of points) {
      const words = quoted(point.quotes);
      groups.set(words, [...(groups.get(words) ?? []), point]);
    }
    return [...groups];
  }

  /** @param {CardPoint} point @param {CardRequest} request */
  function pointLines({ finding }, request) {
    const message = element("p", "message", finding.message);
    message.lang = request.lang;
    if (!finding.remedy) return [message];
    const remedy = element("p", "remedy");
    remedy.append(element("strong", "", text("content_remedy")), " ", finding.remedy);
    remedy.lang = request.lang;
    return [message, remedy];
  }

  /** @param {string} words @param {CardPoint[]} points @param {CardRequest} request */
  function groupBlock(words, points, request) {
    const block = element("div", "point " + points[0].finding.severity);
    if (words) block.append(element("p", "words", text("content_words", words)));
    for (const point of points) block.append(...pointLines(point, request));
    return block;
  }

  /** @param {CardPoint[]} points @param {CardRequest} request */
  function clauseBlock(points, request) {
    const block = element("div", "point");
    const clauses = new Map(points.flatMap(({ finding }) => finding.clauses.map((clause) => [clause.id, clause])));
    for (const clause of clauses.values()) block.append(clauseLine(clause, request));
    return block;
  }

  function choiceForm() {
    const form = element("form", "");
    for (const choice of CHOICES) {
      const button = /** @type {HTMLButtonElement} */ (element("button", choice === "edit" ? "main" : "", text(LABELS[choice])));
      button.value = choice;
      form.append(button);
    }
    return form;
  }

  /** The card's content; nothing in it depends on the page. @param {ShadowRoot} root @param {CardRequest} request */
  function fillCard(root, request) {
    dress(root, CARD);
    const { points } = request;
    const severity = points.some((point) => point.finding.severity === "serious") ? "serious" : "warn";
    const veil = element("div", "veil");
    const card = element("div", "paper card " + severity);
    card.tabIndex = -1;
    card.lang = text("@@ui_locale").replace("_", "-");
    card.dir = "auto";
    card.setAttribute("role", "alertdialog");
    card.setAttribute("aria-modal", "true");
    card.setAttribute("aria-labelledby", "level title");
    card.setAttribute("aria-describedby", "points");
    const header = element("header", "");
    const sign = element("span", "sign", severity === "serious" ? "!!" : "!");
    sign.setAttribute("aria-hidden", "true");
    const titles = element("div", "");
    const level = element("p", "level", levelName(severity));
    level.id = "level";
    const title = element("h2", "", text("content_title"));
    title.id = "title";
    titles.append(level, title);
    header.append(sign, titles);
    const list = element("div", "");
    list.id = "points";
    const near = points.slice(0, POINTS_SHOWN);
    list.append(...grouped(near).map(([words, group]) => groupBlock(words, group, request)), clauseBlock(near, request));
    if (points.length > POINTS_SHOWN) list.append(element("p", "small", text("content_more", String(points.length - POINTS_SHOWN))));
    card.append(header, list, choiceForm(), element("p", "small", text("content_next_step")), element("p", "small", text("content_privacy")));
    veil.append(card);
    root.append(veil);
  }

  /** The focused element, inside open shadow roots too. */
  function focusedElement() {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return /** @type {HTMLElement | null} */ (focused === document.body ? null : focused);
  }

  /** @type {{surface: Surface, buttons: HTMLElement[], refocused: number} | null} */
  let shown = null;

  /** @param {CardRequest} request */
  function show(request) {
    if (shown) return;
    const focused = focusedElement();
    const openedAt = performance.now();
    let held = request.heldKey;
    /** @param {Choice} choice */
    const decide = (choice) => {
      shown = null;
      if (choice === "edit" || !focused?.isConnected || focused === request.anchor) request.giveBack();
      else focused.focus({ preventScroll: true });
      opened.close();
      request.decided(choice);
    };
    const opened = surface.open((root) => fillCard(root, request), {
      anchor: request.anchor,
      top: true,
      pressed(value) {
        if (performance.now() - openedAt < ARMED_MS) return;
        const choice = CHOICES.find((one) => one === value);
        if (choice) decide(choice);
      },
      key(event) {
        // The key that was stopped is still down: it must not press the button that now has the focus.
        if (event.repeat && event.code === held) return event.preventDefault();
        held = null;
        if (event.key === "Escape") {
          event.preventDefault();
          decide("edit");
        } else if (event.key === "Tab") {
          event.preventDefault();
          turn(event.shiftKey ? -1 : 1);
        } else if (event.key === "Enter" && event.repeat) event.preventDefault();
      },
      back: () => hold(),
      lost() {
        shown = null;
        request.lost();
      },
    });
    shown = { surface: opened, buttons: [.../** @type {NodeListOf<HTMLElement>} */ (opened.root.querySelectorAll("button"))], refocused: 0 };
    shown.buttons[0].focus({ preventScroll: true });
  }

  /** Tab and Shift+Tab stay in the card. @param {number} step */
  function turn(step) {
    if (!shown) return;
    const { buttons, surface: opened } = shown;
    const at = buttons.indexOf(/** @type {HTMLElement} */ (opened.root.activeElement));
    const next = at < 0 ? (step > 0 ? 0 : buttons.length - 1) : (at + step + buttons.length) % buttons.length;
    buttons[next].focus();
  }

  /**
   * The page has taken the focus while the question is open. A page that insists gets it: no endless fight. But a person who tries to
   * publish again finds the card, in the modal dialog that came after it too, or is rid of it: no post is held by a card out of reach.
   */
  function hold(byPerson = false) {
    if (!shown) return;
    const { surface: opened, buttons } = shown;
    if (byPerson) shown.refocused = 0;
    if (byPerson && !opened.stands()) opened.putBack();
    if (!opened.root.activeElement && shown && shown.refocused++ < REFOCUS_AT_MOST) buttons[0].focus({ preventScroll: true });
    while (byPerson && shown && !opened.root.activeElement) opened.putBack();
  }

  /** @type {{surface: Surface, timer: ReturnType<typeof setTimeout>} | null} */
  let message = null;

  function closeMessage() {
    if (message) clearTimeout(message.timer);
    message?.surface.close();
    message = null;
  }

  /** @param {string} content @param {HTMLElement | null} anchor @param {boolean} top @param {number} duration */
  function say(content, anchor, top, duration) {
    closeMessage();
    const words = element("p", "");
    const opened = surface.open(
      (root) => {
        dress(root, NOTICE);
        const paper = element("div", "paper");
        paper.lang = text("@@ui_locale").replace("_", "-");
        words.setAttribute("role", "status");
        const form = element("form", "");
        const button = /** @type {HTMLButtonElement} */ (element("button", "", text("content_close")));
        button.value = "close";
        if (top) form.append(button);
        paper.append(words, form);
        // Whoever reads it, or has reached it with Tab, keeps it.
        const keep = () => message && clearTimeout(message.timer);
        paper.addEventListener("pointerenter", keep);
        button.addEventListener("focus", keep);
        root.append(paper);
      },
      { anchor, top, pressed: closeMessage, key: (event) => event.key === "Escape" && closeMessage(), lost: () => (message = null) },
    );
    message = { surface: opened, timer: setTimeout(closeMessage, duration) };
    // A live region announces what is put into it once it is there.
    requestAnimationFrame(() => (words.textContent = content));
  }

  /** @type {{surface: Surface, element: HTMLElement, paper: HTMLElement, label: string} | null} */
  let strip = null;

  /** Above the field, so that neither its text nor its button is covered. */
  function placeStrip() {
    if (!strip) return;
    const box = strip.element.getBoundingClientRect();
    const { style } = strip.paper;
    const above = box.top >= 34;
    style.left = Math.max(8, box.left) + "px";
    style.top = above ? "auto" : box.bottom + 4 + "px";
    style.bottom = above ? innerHeight - box.top + 4 + "px" : "auto";
    style.visibility = box.height === 0 || box.bottom < 0 || box.top > innerHeight ? "hidden" : "visible";
  }

  /**
   * The flagged words while typing, for who cannot see them painted: beside a text area, and for screen readers everywhere.
   * @param {HTMLElement} field @param {string[]} quotes @param {Severity} severity @param {boolean} visible
   */
  function showStrip(field, quotes, severity, visible) {
    const label = text("content_strip", levelName(severity), quoted(quotes));
    if (strip?.element === field && strip.label === label) return placeStrip();
    if (strip?.element !== field) {
      clearStrip();
      const paper = element("div", "");
      paper.setAttribute("role", "status");
      paper.lang = text("@@ui_locale").replace("_", "-");
      const opened = surface.open((root) => (dress(root, STRIP), root.append(paper)), { anchor: field, top: false, pressed() {}, lost: () => (strip = null) });
      strip = { surface: opened, element: field, paper, label };
      addEventListener("scroll", placeStrip, { capture: true, passive: true });
      addEventListener("resize", placeStrip, { passive: true });
    }
    strip.label = label;
    strip.paper.className = visible ? "paper " + severity : "hidden";
    placeStrip();
    requestAnimationFrame(() => strip && (strip.paper.textContent = strip.label));
  }

  function clearStrip() {
    if (!strip) return;
    removeEventListener("scroll", placeStrip, { capture: true });
    removeEventListener("resize", placeStrip);
    strip.surface.close();
    strip = null;
  }

  return {
    show,
    hold,
    get isOpen() {
      return shown !== null;
    },
    /** @param {string} content @param {HTMLElement | null} anchor */
    notice: (content, anchor) => say(content, anchor, true, NOTICE_MS),
    /** @param {string} content @param {HTMLElement | null} anchor */
    cue: (content, anchor) => say(content, anchor, false, CUE_MS),
    strip: showStrip,
    clearStrip,
    place: placeStrip,
  };
})();
