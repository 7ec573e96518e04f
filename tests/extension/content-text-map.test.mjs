// SPDX-License-Identifier: GPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { el, load, plain } from "./content-load.mjs";

const { textMap } = load(["text-map"]);
const host = (/** @type {any[]} */ ...children) => el("div", { contenteditable: "true" }, ...children);
const read = (/** @type {any[]} */ ...children) => textMap.read(host(...children)).text;

/** The words at a position, as a Range would give them, when they stand in one node. @param {any} map @param {string} words */
function located(map, words) {
  const begin = map.text.indexOf(words);
  const { startNode, startOffset, endNode, endOffset } = textMap.locate(map, begin, begin + words.length);
  return startNode === endNode ? startNode.data.slice(startOffset, endOffset) : [startNode.data.slice(startOffset), endNode.data.slice(0, endOffset)];
}

test("blocks are one line end apart, however deep they are", () => {
  assert.equal(read(el("div", el("div", el("span", "un"))), el("div", el("div", el("span", "deux")))), "un\ndeux");
  assert.equal(read("un", el("div", "deux"), "trois"), "un\ndeux\ntrois");
  assert.equal(read(el("ul", el("li", "a"), el("li", "b"))), "a\nb");
});

test("an empty paragraph is one blank line, in each editor's way of writing it", () => {
  assert.equal(read(el("p", "a"), el("p", el("br")), el("p", "b")), "a\n\nb", "Lexical, Quill");
  assert.equal(read(el("p", "a"), el("p", el("br", { class: "ProseMirror-trailingBreak" })), el("p", "b")), "a\n\nb", "ProseMirror");
  const slate = el("span", { "data-slate-zero-width": "n" }, "\uFEFF", el("br"));
  assert.equal(read(el("div", "a"), el("div", slate), el("div", "b")), "a\n\nb", "Slate");
});

test("a <br> ends a line only if something follows in its block", () => {
  assert.equal(read("a", el("br"), "b"), "a\nb");
  assert.equal(read("a", el("br")), "a");
  assert.equal(read("a", el("br"), el("br")), "a\n");
  assert.equal(read(el("p", "a", el("br", { class: "ProseMirror-trailingBreak" })), el("p", "b")), "a\nb");
});

test("placeholders, hidden nodes and controls are not text", () => {
  assert.equal(read(el("span", { "data-slate-placeholder": "true" }, "Quoi de neuf ?"), "a"), "a");
  assert.equal(read(el("span", { "aria-hidden": "true" }, "x"), el("button", "Supprimer"), "a"), "a");
  assert.equal(read(el("div", { class: "editor-placeholder", contenteditable: "false" }, "Écrivez"), "a"), "a");
  assert.equal(read(el("p", { class: "has-placeholder" }, "mots")), "mots", "a class name alone hides nothing");
});

test("caret holders are dropped and offsets still point at the right letters", () => {
  const map = textMap.read(host("a\uFEFFb\u200Bsecret", el("b", "\uFEFF"), " fin"));
  assert.equal(map.text, "absecret fin");
  assert.equal(located(map, "secret"), "secret");
  assert.equal(located(map, "fin"), "fin");
});

test("offsets are UTF-16 code units across nodes, accents and emoji", () => {
  const map = textMap.read(host(el("p", "Un é😀 ", el("b", "mot"), "s"), el("p", "😀fin")));
  assert.equal(map.text, "Un é😀 mots\n😀fin");
  assert.equal(located(map, "mot"), "mot");
  assert.deepEqual([...located(map, "mots")], ["mot", "s"]);
  assert.equal(located(map, "fin"), "fin");
});

test("a chip is read as text and marked as atomic; a picture of an emoji is read", () => {
  const map = textMap.read(host("Bonjour ", el("span", { contenteditable: "false" }, "@Marie"), " ", el("img", { alt: "😀" }), "!"));
  assert.equal(map.text, "Bonjour @Marie 😀!");
  assert.deepEqual(plain(map.segments.filter((/** @type {any} */ one) => one.atomic).map((/** @type {any} */ one) => one.node.data)), ["@Marie"]);
  assert.equal(textMap.locate(map, map.text.indexOf("😀"), map.text.indexOf("😀") + 2), null, "no Text node to paint");
});

test("where white space collapses, the indentation of the source is not text", () => {
  assert.equal(textMap.read(host("\n  ", el("p", "un\ndeux"), "\n  "), true).text, "un deux");
});

test("a text area is its value, with exact offsets", () => {
  assert.equal(textMap.read(el("textarea", { value: "a\n\n\uFEFFb" })).text, "a\n\n\uFEFFb");
});

test("every position of a random text leads back to the same letters", () => {
  let seed = 42;
  const random = (/** @type {number} */ n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  for (let round = 0; round < 200; round++) {
    const pieces = Array.from({ length: 1 + random(6) }, () => el(["p", "span", "div", "b"][random(4)], ["ab", "é😀", "\uFEFFx", "", "z\u200By"][random(5)]));
    const map = textMap.read(host(...pieces));
    for (const { begin, end, node, offset } of map.segments) assert.equal(node.data.slice(offset, offset + end - begin), map.text.slice(begin, end));
    const covered = map.segments.reduce((/** @type {number} */ sum, /** @type {any} */ one) => sum + one.end - one.begin, 0);
    assert.equal(covered, map.text.replaceAll("\n", "").length, "each letter stands in exactly one segment");
  }
});
