// Brings an image down to 256 colours: the commonest ones, each standing for those near it.
// @ts-check

const most = 256;
/** Bits kept of each channel to tell colours apart. */
const bits = 5;

/** @param {Uint8Array} pixels @param {number} at */
const bucketOf = (pixels, at) =>
  (((pixels[at] ?? 0) >> (8 - bits)) << (2 * bits)) |
  (((pixels[at + 1] ?? 0) >> (8 - bits)) << bits) |
  ((pixels[at + 2] ?? 0) >> (8 - bits));

/**
 * @param {Uint8Array} pixels RGBA
 * @returns {{ palette: Uint8Array, indices: Uint8Array }} red, green and blue of each colour; a colour for each pixel
 */
export function quantise(pixels) {
  /** @type {Map<number, [count: number, red: number, green: number, blue: number]>} */
  const buckets = new Map();
  for (let at = 0; at < pixels.length; at += 4) {
    const sum = buckets.get(bucketOf(pixels, at)) ?? [0, 0, 0, 0];
    buckets.set(bucketOf(pixels, at), sum);
    sum[0]++;
    sum[1] += pixels[at] ?? 0;
    sum[2] += pixels[at + 1] ?? 0;
    sum[3] += pixels[at + 2] ?? 0;
  }
  const means = [...buckets].map(([bucket, [count, ...sums]]) => ({
    bucket,
    count,
    mean: sums.map((sum) => sum / count),
  }));
  const chosen = means
    .sort((a, b) => b.count - a.count)
    .slice(0, most)
    .map(({ mean }) => mean);
  const nearest = new Map(means.map(({ bucket, mean }) => [bucket, nearestTo(mean, chosen)]));
  const indices = new Uint8Array(pixels.length / 4);
  for (let index = 0; index < indices.length; index++) indices[index] = nearest.get(bucketOf(pixels, index * 4)) ?? 0;
  return { palette: Uint8Array.from(chosen.flat(), Math.round), indices };
}

/** @param {number[]} colour @param {number[][]} colours */
function nearestTo(colour, colours) {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  colours.forEach((candidate, index) => {
    const distance = candidate.reduce((sum, value, channel) => sum + (value - (colour[channel] ?? 0)) ** 2, 0);
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}
