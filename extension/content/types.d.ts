// SPDX-License-Identifier: GPL-3.0-or-later
// Shapes shared by the content files, for tsc --checkJs only: never loaded by a browser. Offsets are UTF-16 code units.

type Severity = "none" | "info" | "warn" | "serious";
type Choice = "edit" | "publish" | "not-applicable";
/** A stretch of a field's text, `[begin, end)`, and how grave the finding that it belongs to is. */
type PaintedSpan = { begin: number; end: number; severity: Severity };
type Names = { fr?: string[]; en?: string[] };

interface Clause {
  id: string;
  title: string;
  summary: string;
  /** The institution's own words, verbatim, where it imported them. */
  official?: { text: string };
}
interface Finding {
  rule: string;
  severity: Severity;
  clauses: Clause[];
  spans: [number, number][];
  message: string;
  remedy: string;
}
/** docs/PROTOCOL.md, the reply to `check`, after link.js has given each finding its clauses. */
interface Verdict {
  severity: Severity;
  complete: boolean;
  findings: Finding[];
}

/** One row of `sites/`, see sites/schema.json. */
interface SiteRow {
  id: string;
  hosts: string[];
  composer: string[];
  exclude: string[];
  submit: string[];
  submitNames: Names;
  enterPosts: string[];
  container: string[];
  account?: string[];
}

/** What the background script told last (extension/README.md). */
interface Config {
  sites: SiteRow[];
  official: string[];
  lang: "fr" | "en";
  host: string;
  cause: string | null;
  /** The institution's document, when the background script sends it. */
  document?: { title?: { fr?: string; en?: string }; number?: string } | null;
}
type PageContext = {
  venue: "personal" | "official-page" | "work-group";
  account: "personal" | "official";
};

/** A run of text that stands in one Text node: `text[begin..end)` is `node.data[offset..offset + end - begin)`. */
interface Segment {
  begin: number;
  end: number;
  node: Text;
  offset: number;
  /** Inside a chip (mention, hashtag): the words are the page's, whole or not at all. */
  atomic: boolean;
}
interface TextMap {
  text: string;
  segments: Segment[];
}
type Position = { startNode: Text; startOffset: number; endNode: Text; endOffset: number };

/** What is known of the text that a field holds now. */
type Outcome =
  | { kind: "clean" }
  | { kind: "findings"; findings: Finding[] }
  | { kind: "unchecked"; cause: string };

/** What would be published by one gesture: every part of the composer together. */
interface Draft {
  key: string;
  fields: ComposeField[];
  /** The findings that interrupt, each with the words concerned. */
  points: CardPoint[];
  /** Why a part of it is not verified; null when all of it is. */
  cause: string | null;
}
interface CardPoint {
  finding: Finding;
  quotes: string[];
}

interface FieldHooks {
  ask(text: string, context: PageContext, done: (reply: Reply) => void): void;
  context(): PageContext;
  hostState(): string;
  paint(field: ComposeField, map: TextMap, spans: PaintedSpan[]): void;
  unpaint(field: ComposeField): void;
  report(): void;
}
type Reply = { verdict: Verdict } | { failed: string; code?: string | null };

interface ComposeField {
  readonly element: HTMLElement;
  readonly row: SiteRow;
  /** The form, dialog or region that the composer lives in; a publishing element inside it publishes this field. */
  scope: Element | null;
  composing: boolean;
  readonly active: boolean;
  readonly answered: number;
  readonly findings: Finding[];
  focus(): void;
  leave(): void;
  touched(): void;
  flush(): void;
  keepCaret(): void;
  giveBack(): void;
  read(): TextMap;
  outcome(text: string): Outcome;
}

interface CardRequest {
  points: CardPoint[];
  anchor: HTMLElement;
  lang: string;
  documentName: string;
  /** The key that was held down when the card opened: it must be released before it can press a button. */
  heldKey: string | null;
  /** Gives the focus and the caret back to the field. */
  giveBack(): void;
  decided(choice: Choice): void;
  /** The page does not let the card stand: nobody has answered it. */
  lost(): void;
}

interface PrudenceParts {
  /** Ends the instance that runs in this frame: removes every listener, observer, highlight and surface. */
  stop?: () => void;
  textMap: {
    read(field: HTMLElement, collapse?: boolean): TextMap;
    locate(map: TextMap, begin: number, end: number): Position | null;
    isValueField(element: Element | null): element is HTMLTextAreaElement | HTMLInputElement;
  };
  remap: { spans<T extends { begin: number; end: number }>(before: string, after: string, spans: T[]): T[] };
  sites: {
    rowFor(rows: SiteRow[], host: string): SiteRow | null;
    hostName(): string;
    editingHost(start: EventTarget | undefined): HTMLElement | null;
    adopt(element: HTMLElement, row: SiteRow): { scope: Element | null } | null;
    publishes(path: EventTarget[], row: SiteRow): HTMLElement | null;
    related(target: Element, field: ComposeField): boolean;
    enterPosts(element: HTMLElement, row: SiteRow): boolean;
    pressedByKeydown(element: Element): boolean;
    context(row: SiteRow | null, official: string[]): PageContext;
    closest(start: Element, selectors: string[]): Element | null;
    plainName(text: string): string;
  };
  highlight: {
    paint(element: HTMLElement, map: TextMap, spans: PaintedSpan[]): void;
    clear(): void;
    stop(): void;
  };
  field: { create(element: HTMLElement, row: SiteRow, scope: Element | null, hooks: FieldHooks): ComposeField };
  surface: {
    text(key: string, ...values: string[]): string;
    owns(event: Event): boolean;
    isHost(target: EventTarget | null): boolean;
    handle(event: Event): void;
    closeAll(): void;
    open(content: (root: ShadowRoot) => void, options: SurfaceOptions): Surface;
    element(tag: string, className: string, text?: string): HTMLElement;
  };
  card: {
    show(request: CardRequest): void;
    readonly isOpen: boolean;
    hold(byPerson?: boolean): void;
    /** Small, polite, in the top layer: a post has left unverified, or a choice could not be stored. */
    notice(text: string, anchor: HTMLElement | null): void;
    /** Smaller still: what to do next. Not in the top layer. */
    cue(text: string, anchor: HTMLElement | null): void;
    strip(element: HTMLElement, quotes: string[], severity: Severity, visible: boolean): void;
    clearStrip(): void;
    /** The field has changed its size. */
    place(): void;
  };
  link: {
    create(hooks: { config(config: Config): void; lost(): void; gone(): void }): {
      open(): boolean;
      lives(): boolean;
      send(message: Record<string, unknown>): boolean;
      request(message: Record<string, unknown>, done: (reply: any) => void): void;
      close(): void;
    };
  };
  guard: { create(hooks: GuardHooks): { handle(event: Event): void } };
}

interface SurfaceOptions {
  anchor: HTMLElement | null;
  /** In the top layer, above every page element. */
  top: boolean;
  /** A choice was made inside, by a trusted gesture: the `value` of the button. */
  pressed(value: string): void;
  /** A trusted key went down inside. */
  key?(event: KeyboardEvent): void;
  /** The page has taken the surface away, and it was put back. */
  back?(): void;
  /** The page has taken the surface away too often. */
  lost?(): void;
}
interface Surface {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  /** It is where it was put, and shown. */
  stands(): boolean;
  /** Puts it back where a person can reach it; the fourth time it is given up. */
  putBack(): void;
  close(): void;
}

interface GuardHooks {
  row(): SiteRow | null;
  fields(): ComposeField[];
  flush(): void;
  /** `lost`: to be called when the card was taken away without an answer. */
  present(draft: Draft, heldKey: string | null, lost: () => void): void;
  /** An attempt has passed; `cause` says why it was not verified, null when it was. */
  passed(cause: string | null, field: ComposeField): void;
  card: { readonly isOpen: boolean; hold(byPerson?: boolean): void };
}
