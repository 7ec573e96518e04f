// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the icons of the extension: `node installer/extension/draw-icons.mjs` writes extension/icons/*.png, the same bytes every
// time. The mark is a speech bubble with the two bars of a pause: a moment before one speaks. Chromium refuses SVG
// icons, hence pixels; no image library, hence the few lines of geometry and PNG below.
import { deflateSync } from "node:zlib";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Sizes that manifest.json names, in pixels. */
export const SIZES = [16, 32, 48, 128];

/**
 * File name prefix → look. The grey one says that nothing is being verified; it is hollow too, so that the two differ
 * for those who see no colours.
 * @typedef {{colour: readonly [number, number, number], hollow: boolean}} Look
 * @type {Readonly<Record<string, Look>>}
 */
export const VARIANTS = Object.freeze({
  prudence: { colour: [0x1d, 0x5c, 0x77], hollow: false },
  "prudence-grey": { colour: [0x7d, 0x84, 0x8c], hollow: true },
});

/** Samples per pixel side, for smooth edges. */
const SAMPLES = 8;

/** Width of the hollow bubble's line. Lengths here and below are fractions of the icon's side. */
const LINE = 0.09;

/** @typedef {{left: number, top: number, right: number, bottom: number, radius: number}} Box */

/** @type {Box} */
const BUBBLE = { left: 0.03, top: 0.04, right: 0.97, bottom: 0.82, radius: 0.22 };
/** @type {readonly Box[]} */
const BARS = [0.315, 0.56].map((left) => ({ left, top: 0.24, right: left + 0.125, bottom: 0.62, radius: 0.0625 }));

/** @param {number} x @param {number} y @param {Box} box @param {number} [inset] */
function inBox(x, y, box, inset = 0) {
  const [left, top, right, bottom] = [box.left + inset, box.top + inset, box.right - inset, box.bottom - inset];
  const radius = box.radius - inset;
  const dx = Math.max(left + radius - x, 0, x - (right - radius));
  const dy = Math.max(top + radius - y, 0, y - (bottom - radius));
  return dx * dx + dy * dy <= radius * radius && x >= left && x <= right && y >= top && y <= bottom;
}

/** The tail of the bubble, a triangle at its lower left. @param {number} x @param {number} y */
function inTail(x, y) {
  return y >= 0.7 && y <= 0.98 && x >= 0.2 && x <= 0.2 + (0.98 - y) * 1.15;
}

/** @param {number} x @param {number} y @param {boolean} hollow @returns {"white"|"colour"|"nothing"} */
function paintAt(x, y, hollow) {
  if (BARS.some((bar) => inBox(x, y, bar))) return hollow ? "colour" : "white";
  if (hollow && inBox(x, y, BUBBLE, LINE)) return "nothing";
  return inBox(x, y, BUBBLE) || inTail(x, y) ? "colour" : "nothing";
}

/**
 * RGBA rows of the mark, each preceded by PNG's filter byte 0.
 * @param {number} size side in pixels
 * @param {Look} look
 */
export function rows(size, { colour, hollow }) {
  const bytes = Buffer.alloc(size * (size * 4 + 1));
  for (let py = 0; py < size; py += 1) {
    for (let px = 0; px < size; px += 1) {
      let painted = 0;
      let white = 0;
      for (let s = 0; s < SAMPLES * SAMPLES; s += 1) {
        const x = (px + ((s % SAMPLES) + 0.5) / SAMPLES) / size;
        const y = (py + (Math.floor(s / SAMPLES) + 0.5) / SAMPLES) / size;
        const paint = paintAt(x, y, hollow);
        if (paint !== "nothing") painted += 1;
        if (paint === "white") white += 1;
      }
      const at = py * (size * 4 + 1) + 1 + px * 4;
      const bright = painted ? white / painted : 0;
      for (let c = 0; c < 3; c += 1) bytes[at + c] = Math.round(colour[c] + (255 - colour[c]) * bright);
      bytes[at + 3] = Math.round((painted / (SAMPLES * SAMPLES)) * 255);
    }
  }
  return bytes;
}

/** CRC-32 as PNG wants it (ISO 3309), bit by bit: the files are small. @param {Buffer} bytes */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** One chunk of a PNG file. @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, tail]);
}

/**
 * One icon as the bytes of a PNG file (8-bit RGBA).
 * @param {number} size side in pixels
 * @param {Look} look
 * @returns {Buffer}
 */
export function drawIcon(size, look) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows(size, look), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL("../../extension/icons/", import.meta.url);
  for (const [prefix, look] of Object.entries(VARIANTS)) {
    for (const size of SIZES) writeFileSync(new URL(`${prefix}-${size}.png`, folder), drawIcon(size, look));
  }
}
