// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the browsers' own screenshots (8 bits a channel, not interlaced: all that Chromium and Firefox write) and
// looks at their pixels. A highlight that is registered but not painted is a real bug of the field; only pixels show
// it.
import { inflateSync } from "node:zlib";

const CHANNELS = { 0: 1, 2: 3, 4: 2, 6: 4 };

/** @returns {{width: number, height: number, channels: number, data: Uint8Array}} */
export function decodePng(file) {
  let at = 8;
  let header;
  const parts = [];
  while (at < file.length) {
    const length = file.readUInt32BE(at);
    const type = file.toString("latin1", at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (type === "IHDR") header = body;
    if (type === "IDAT") parts.push(body);
    at += 12 + length;
  }
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const channels = CHANNELS[header[9]];
  if (header[8] !== 8 || !channels || header[12] !== 0) throw new Error("not the kind of PNG that a browser writes");
  return {
    width,
    height,
    channels,
    data: unfilter(inflateSync(Buffer.concat(parts)), width * channels, height, channels),
  };
}

// PNG specification, section 9: each line is predicted from the line above and the pixel before.
function unfilter(raw, stride, height, channels) {
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const left = x >= channels ? out[y * stride + x - channels] : 0;
      const up = y > 0 ? out[(y - 1) * stride + x] : 0;
      const corner = y > 0 && x >= channels ? out[(y - 1) * stride + x - channels] : 0;
      out[y * stride + x] =
        raw[y * (stride + 1) + 1 + x] + [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
    }
  }
  return out;
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/**
 * How many pixels of the rectangle (in pixels) are a colour and not a grey: the pages under test write grey on white.
 */
export function colouredPixels(png, { x, y, width, height }) {
  let count = 0;
  const right = Math.min(png.width, Math.ceil(x + width));
  const bottom = Math.min(png.height, Math.ceil(y + height));
  for (let row = Math.max(0, Math.floor(y)); row < bottom; row++) {
    for (let column = Math.max(0, Math.floor(x)); column < right; column++) {
      const at = (row * png.width + column) * png.channels;
      const pixel = png.data.subarray(at, at + 3);
      if (Math.max(...pixel) - Math.min(...pixel) > 24) count++;
    }
  }
  return count;
}
