// Draws the mark, a wave that flows through a ring, as SVG and PNG into public/icons.
// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { encodePng } from './png.mjs';

const folder = new URL('../public/icons/', import.meta.url);
const colours = { ground: '#0d0f12', ring: '#5d6673', wave: '#3fd8d0' };

// Lengths as shares of the icon's side; the mark stays inside the maskable safe zone (a circle of radius 0.4).
const ring = { radius: 0.285, width: 0.048 };
const wave = { from: 0.125, to: 0.875, height: 0.19, period: 0.36, spread: 0.17, width: 0.06 };
const casing = 0.032;
const corner = 0.22;
/** Half the angle, in radians, over which the ring passes in front of the wave at its left. */
const overlap = 0.36;

/** @param {number} x */
const waveHeight = (x) =>
  0.5 - wave.height * Math.sin((2 * Math.PI * (x - 0.5)) / wave.period) * Math.exp(-(((x - 0.5) / wave.spread) ** 2));

const wavePoints = Array.from({ length: 161 }, (_, index) => {
  const x = wave.from + ((wave.to - wave.from) * index) / 160;
  return /** @type {const} */ ([x, waveHeight(x)]);
});

/** @param {number} value */
const units = (value) => (value * 512).toFixed(1);

function svg() {
  const path = wavePoints.map(([x, y]) => `${units(x)} ${units(y)}`).join('L');
  const end = (/** @type {number} */ sign) =>
    `${units(0.5 - ring.radius * Math.cos(overlap))} ${units(0.5 + sign * ring.radius * Math.sin(overlap))}`;
  const arc = `M${end(1)}A${units(ring.radius)} ${units(ring.radius)} 0 0 1 ${end(-1)}`;
  const stroke = (/** @type {string} */ d, /** @type {string} */ colour, /** @type {number} */ width, cap = 'round') =>
    `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${units(width)}" stroke-linecap="${cap}" stroke-linejoin="round"/>`;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><title>Atome Flow</title>',
    `<rect width="512" height="512" rx="${units(corner)}" fill="${colours.ground}"/>`,
    `<circle cx="256" cy="256" r="${units(ring.radius)}" fill="none" stroke="${colours.ring}" stroke-width="${units(ring.width)}"/>`,
    stroke(`M${path}`, colours.ground, wave.width + 2 * casing),
    stroke(`M${path}`, colours.wave, wave.width),
    stroke(arc, colours.ground, ring.width + 2 * casing, 'butt'),
    stroke(arc, colours.ring, ring.width, 'butt'),
    '</svg>',
    '',
  ].join('\n');
}

/** Distances from a point to the middle of each stroke. @param {number} x @param {number} y */
function distances(x, y) {
  let toWave = Number.POSITIVE_INFINITY;
  for (const [index, [fromX, fromY]] of wavePoints.entries()) {
    const [toX, toY] = wavePoints[index + 1] ?? [fromX, fromY];
    const [alongX, alongY] = [toX - fromX, toY - fromY];
    const share = ((x - fromX) * alongX + (y - fromY) * alongY) / (alongX ** 2 + alongY ** 2 || 1);
    const nearest = Math.min(1, Math.max(0, share));
    toWave = Math.min(toWave, Math.hypot(x - fromX - nearest * alongX, y - fromY - nearest * alongY));
  }
  const toRing = Math.abs(Math.hypot(x - 0.5, y - 0.5) - ring.radius);
  const inFront = Math.abs(Math.atan2(y - 0.5, 0.5 - x)) < overlap;
  const outward = Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) - 0.5;
  const corners = Math.hypot(
    Math.max(0, Math.abs(x - 0.5) - 0.5 + corner),
    Math.max(0, Math.abs(y - 0.5) - 0.5 + corner),
  );
  return { toWave, toRing, inFront, toEdge: Math.max(outward, corners - corner) };
}

/** @param {string} colour */
const channelsOf = (colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/**
 * Draws by signed distance: each layer covers a pixel as far as its stroke reaches into it.
 * @param {number} size pixels
 * @param {{ maskable: boolean }} options maskable icons have no corners of their own
 */
function png(size, { maskable }) {
  const pixels = new Uint8Array(size * size * 4);
  const cover = (/** @type {number} */ distance) => Math.min(1, Math.max(0, 0.5 - distance * size));
  for (let index = 0; index < size * size; index++) {
    const x = ((index % size) + 0.5) / size;
    const y = (Math.floor(index / size) + 0.5) / size;
    const { toWave, toRing, inFront, toEdge } = distances(x, y);
    const colour = channelsOf(colours.ground);
    const paint = (/** @type {string} */ layer, /** @type {number} */ amount) => {
      for (const [channel, value] of channelsOf(layer).entries()) {
        colour[channel] = (colour[channel] ?? 0) * (1 - amount) + value * amount;
      }
    };
    paint(colours.ring, cover(toRing - ring.width / 2));
    paint(colours.ground, cover(toWave - wave.width / 2 - casing));
    paint(colours.wave, cover(toWave - wave.width / 2));
    if (inFront) {
      paint(colours.ground, cover(toRing - ring.width / 2 - casing));
      paint(colours.ring, cover(toRing - ring.width / 2));
    }
    pixels.set([...colour.map(Math.round), Math.round(255 * (maskable ? 1 : cover(toEdge)))], index * 4);
  }
  return encodePng(size, pixels);
}

mkdirSync(folder, { recursive: true });
writeFileSync(new URL('icon.svg', folder), svg());
for (const size of [192, 512]) {
  writeFileSync(new URL(`icon-${size}.png`, folder), png(size, { maskable: false }));
  writeFileSync(new URL(`maskable-${size}.png`, folder), png(size, { maskable: true }));
}
