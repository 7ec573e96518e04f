// SPDX-License-Identifier: GPL-3.0-or-later
// Facebook's two boxes: the composer, Lexical in a role=dialog that keeps the focus to itself and closes with Escape,
// with a div[role=button] that publishes; and the comment box, where Enter alone publishes.
import { createEditor, $createParagraphNode, $getRoot, COMMAND_PRIORITY_CRITICAL, KEY_ENTER_COMMAND } from "lexical";
import { registerRichText } from "@lexical/rich-text";
import { createEmptyHistoryState, registerHistory } from "@lexical/history";
import { ME, FEED, published } from "./people.mjs";

/** Trusted types are enforced: the page is built from nodes, never from strings. */
function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

function avatar(who) {
  const node = element("div", { class: "avatar" }, who.initials);
  node.style.setProperty("--hue", who.hue);
  return node;
}

/** A box with its own Lexical editor; `changed` hears its text. */
function box(name, attributes, changed = () => {}) {
  const root = element("div", { role: "textbox", contenteditable: "true", spellcheck: "true", ...attributes });
  const editor = createEditor({
    namespace: name,
    onError: (error) => {
      throw error;
    },
  });
  editor.setRootElement(root);
  registerRichText(editor);
  registerHistory(editor, createEmptyHistoryState(), 300);
  const text = () => editor.getEditorState().read(() => $getRoot().getTextContent());
  window.__models[name] = text;
  editor.registerUpdateListener(() => {
    root.parentElement?.classList.toggle("is-empty", text() === "");
    changed(text());
  });
  const clear = () =>
    editor.update(() => {
      const paragraph = $createParagraphNode();
      $getRoot().clear().append(paragraph);
      paragraph.select();
    });
  return { root, editor, text, clear };
}

const feed = element("div", { class: "feed" });

function addPost(post, first) {
  const comments = element("div", { class: "comments" });
  const card = element(
    "article",
    {},
    element(
      "div",
      { class: "by" },
      avatar(post),
      element("p", {}, element("b", {}, post.name), element("br"), element("span", {}, post.when)),
    ),
    element("p", { class: "said" }, post.text),
    element("p", { class: "actions" }, "J’aime", element("span", {}, "Commenter"), element("span", {}, "Partager")),
    comments,
  );
  if (first) feed.prepend(card);
  else feed.append(card);
  return comments;
}

function commentBox(comments, author) {
  const { root, editor, text, clear } = box("comment", {
    "aria-label": `Écrivez un commentaire sur la publication de ${author}…`,
  });
  editor.registerCommand(
    KEY_ENTER_COMMAND,
    (event) => {
      if (event?.shiftKey || text().trim() === "") return false;
      event?.preventDefault();
      published(text(), "comment");
      comments.before(
        element(
          "p",
          { class: "comment" },
          avatar(ME),
          element("span", {}, element("b", {}, ME.name), element("br"), text()),
        ),
      );
      clear();
      return true;
    },
    COMMAND_PRIORITY_CRITICAL,
  );
  comments.append(
    element(
      "form",
      { role: "presentation" },
      avatar(ME),
      element("div", { class: "editor is-empty", "data-hint": "Écrivez un commentaire…" }, root),
    ),
  );
}

function openComposer() {
  const publish = element(
    "div",
    { role: "button", tabindex: "0", class: "primary", "aria-label": "Publier", "aria-disabled": "true" },
    "Publier",
  );
  const { root, editor, text } = box("dialog", { "aria-label": `Quoi de neuf, ${ME.name.split(" ")[0]} ?` }, (now) => {
    if (now.trim() === "") publish.setAttribute("aria-disabled", "true");
    else publish.removeAttribute("aria-disabled");
  });
  const watch = new AbortController();
  const close = () => {
    watch.abort();
    veil.remove();
    delete window.__models.dialog;
  };
  const send = () => {
    if (publish.hasAttribute("aria-disabled")) return;
    published(text(), "dialog");
    addPost({ ...ME, when: "À l’instant", text: text() }, true);
    close();
  };
  publish.addEventListener("click", send);
  publish.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") send();
  });
  const dialog = element(
    "div",
    { role: "dialog", "aria-modal": "true", "aria-label": "Créer une publication" },
    element("h2", {}, "Créer une publication"),
    element("div", { role: "button", tabindex: "0", class: "close", "aria-label": "Fermer", onclick: close }, "×"),
    element(
      "div",
      { class: "by" },
      avatar(ME),
      element("p", {}, element("b", {}, ME.name), element("br"), element("span", { class: "audience" }, "Public")),
    ),
    element("div", { class: "editor is-empty", "data-hint": `Quoi de neuf, ${ME.name.split(" ")[0]} ?` }, root),
    element("p", { class: "add" }, "Ajouter à votre publication"),
    publish,
  );
  const veil = element("div", { class: "veil" }, dialog);
  document.body.append(veil);
  // As on the real page: whatever takes the focus outside the dialog loses it again, and Escape closes the dialog.
  document.addEventListener(
    "focusin",
    (event) => {
      if (!dialog.contains(event.target)) root.focus();
    },
    { signal: watch.signal },
  );
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape") close();
    },
    { signal: watch.signal },
  );
  editor.focus();
  root.focus();
}

document
  .getElementById("root")
  .append(
    element(
      "header",
      { class: "top" },
      element("b", { class: "mark" }, "f"),
      element("span", { class: "search" }, "Rechercher"),
      element("span", { class: "local" }, "Page d’essai locale de Prudence : rien n’est publié."),
      avatar(ME),
    ),
    element(
      "main",
      {},
      element(
        "div",
        { class: "opener" },
        avatar(ME),
        element(
          "div",
          { role: "button", tabindex: "0", class: "open", onclick: openComposer },
          `Quoi de neuf, ${ME.name.split(" ")[0]} ?`,
        ),
      ),
      feed,
    ),
  );
FEED.forEach((post, index) => {
  const comments = addPost(post, false);
  if (index === 0) commentBox(comments, post.name);
});
