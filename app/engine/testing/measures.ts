// What tests ask of a sound: how loud, how high, where, and whether it clicks.

/** Root mean square. */
export const level = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);

/** The lowest level of any so many frames. */
export function lowestLevel(samples: Float32Array, frames: number): number {
  let squares = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, sample] of samples.entries()) {
    squares += sample ** 2 - (samples[index - frames] ?? 0) ** 2;
    if (index >= frames) least = Math.min(least, squares);
  }
  return Math.sqrt(Math.max(0, least) / frames);
}

/** The largest difference between neighbours. */
export function largestStep(samples: Float32Array): number {
  let largest = 0;
  for (let at = 1; at < samples.length; at++)
    largest = Math.max(largest, Math.abs((samples[at] as number) - (samples[at - 1] as number)));
  return largest;
}

/** The frame of the largest magnitude. */
export const loudest = (samples: Float32Array): number =>
  samples.reduce((best, sample, at) => (Math.abs(sample) > Math.abs(samples[best] ?? 0) ? at : best), 0);

/** First and last frame that are not silent. */
export const soundingRange = (samples: Float32Array): { readonly first: number; readonly last: number } => ({
  first: samples.findIndex((sample) => sample !== 0),
  last: samples.findLastIndex((sample) => sample !== 0),
});

/** Hz of a sine, by its rises through zero. */
export function frequencyOf(samples: Float32Array, sampleRate: number): number {
  const rises: number[] = [];
  for (let at = 1; at < samples.length; at++) {
    const [before, after] = [samples[at - 1] as number, samples[at] as number];
    if (before < 0 && after >= 0) rises.push(at - after / (after - before));
  }
  return ((rises.length - 1) * sampleRate) / ((rises.at(-1) ?? 0) - (rises[0] ?? 0));
}

export const cents = (hertz: number, expected: number): number => Math.abs(1200 * Math.log2(hertz / expected));
