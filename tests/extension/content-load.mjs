// SPDX-License-Identifier: GPL-3.0-or-later
// Loads classic content files as a browser does, one after the other in one scope, without a browser: node:vm and a few fakes.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const FOLDER = new URL("../../extension/content/", import.meta.url);

/** @param {string[]} files names without .js @param {Record<string, any>} [world] globals of the fake page @returns {any} Prudence */
export function load(files, world = {}) {
  const context = vm.createContext({ console, queueMicrotask, setTimeout, clearTimeout, performance, URL, ...world });
  for (const file of files) {
    const url = new URL(file + ".js", FOLDER);
    vm.runInContext(readFileSync(url, "utf8"), context, { filename: url.pathname });
  }
  return vm.runInContext("Prudence", context);
}

/** What came out of another realm, as plain data of ours. @param {any} value */
export const plain = (value) => JSON.parse(JSON.stringify(value));

/** A row of sites/. @param {string} name */
export const row = (name) => JSON.parse(readFileSync(new URL(`../sites/${name}.json`, FOLDER), "utf8"));

class FakeNode {
  constructor() {
    /** @type {any} */ this.parentElement = null;
    /** @type {any} */ this.nextSibling = null;
    this.isConnected = true;
  }
}

export class FakeText extends FakeNode {
  /** @param {string} data */
  constructor(data) {
    super();
    this.nodeType = 3;
    this.data = data;
  }
}

export class FakeElement extends FakeNode {
  /** @param {string} tag @param {Record<string, string>} attributes @param {any[]} children */
  constructor(tag, attributes, children) {
    super();
    this.nodeType = 1;
    this.localName = tag;
    this.tagName = tag.toUpperCase();
    this.attributes = attributes;
    this.value = attributes.value ?? "";
    this.children = children;
    this.firstChild = children[0] ?? null;
    for (const [index, child] of children.entries()) {
      child.parentElement = this;
      child.nextSibling = children[index + 1] ?? null;
    }
  }
  hasAttributes() {
    return Object.keys(this.attributes).length > 0;
  }
  /** @param {string} name */
  hasAttribute(name) {
    return name in this.attributes;
  }
  /** @param {string} name */
  getAttribute(name) {
    return this.attributes[name] ?? null;
  }
}

/** @param {string} tag @param {any} [first] attributes, or the first child @param {any[]} rest @returns {any} */
export function el(tag, first = {}, ...rest) {
  const hasAttributes = typeof first === "object" && !(first instanceof FakeNode);
  const children = (hasAttributes ? rest : [first, ...rest]).map((child) => (typeof child === "string" ? new FakeText(child) : child));
  return new FakeElement(tag, hasAttributes ? first : {}, children);
}
