// Encodes pixels as PNG with nothing but Node.
// @ts-check
import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * @param {string} type
 * @param {Buffer} data
 */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/**
 * @param {number} width @param {number} height
 * @param {readonly [depth: number, colourType: number]} format
 */
function header(width, height, format) {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([...format, 0, 0, 0], 8);
  return chunk('IHDR', data);
}

/**
 * Every row begins with its filter: 0, none.
 * @param {Uint8Array} pixels @param {number} rowBytes
 */
function imageData(pixels, rowBytes) {
  const count = pixels.length / rowBytes;
  const rows = Buffer.alloc(count * (rowBytes + 1));
  for (let row = 0; row < count; row++) {
    rows.set(pixels.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  return chunk('IDAT', deflateSync(rows, { level: 9 }));
}

/**
 * @param {number} size width and height in pixels
 * @param {Uint8Array} pixels RGBA, 8 bits each, row by row
 */
export function encodePng(size, pixels) {
  return Buffer.concat([
    signature,
    header(size, size, [8, 6]),
    imageData(pixels, size * 4),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * @param {number} width @param {number} height
 * @param {Uint8Array} palette red, green and blue of up to 256 colours
 * @param {Uint8Array} indices a colour for each pixel, row by row
 */
export function encodeIndexedPng(width, height, palette, indices) {
  return Buffer.concat([
    signature,
    header(width, height, [8, 3]),
    chunk('PLTE', Buffer.from(palette)),
    imageData(indices, width),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
