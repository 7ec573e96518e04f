// SPDX-License-Identifier: GPL-3.0-or-later
// A blog's comment form: a textarea and a submit button, as WordPress and the forums print it.
import { ME, FEED, published } from "./people.mjs";

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const comments = element(
  "ol",
  { class: "comments" },
  ...FEED.map((post) =>
    element(
      "li",
      {},
      element("b", {}, post.name),
      element("span", {}, ` a écrit il y a ${post.when} :`),
      element("p", {}, post.text),
    ),
  ),
);
const text = element("textarea", {
  id: "comment",
  name: "comment",
  rows: "4",
  required: "",
  "aria-label": "Commentaire",
});
const form = element(
  "form",
  { id: "commentform", method: "post", action: "/commentaires" },
  element("label", { for: "comment" }, "Commentaire"),
  text,
  element("p", {}, element("button", { type: "submit", id: "submit", class: "primary" }, "Publier")),
);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  published(text.value, "form");
  comments.append(
    element(
      "li",
      {},
      element("b", {}, ME.name),
      element("span", {}, " a écrit à l’instant :"),
      element("p", {}, text.value),
    ),
  );
  text.value = "";
});
window.__models.form = () => text.value;

document
  .getElementById("root")
  .append(
    element(
      "header",
      {},
      element("p", { class: "mark" }, "Le carnet du quartier"),
      element("p", { class: "local" }, "Page d’essai locale de Prudence : rien n’est publié."),
    ),
    element(
      "main",
      {},
      element("h1", {}, "La piste du littoral rouvre samedi"),
      element(
        "p",
        {},
        "Après deux semaines de travaux, la piste est dégagée du quai jusqu’au belvédère. Dites-nous ce que vous en pensez.",
      ),
      element("h2", {}, "Commentaires"),
      comments,
      element("h2", {}, "Laisser un commentaire"),
      form,
    ),
  );
