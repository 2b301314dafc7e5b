// Deterministic material for engine tests.

/** White noise between -level and level, from a linear congruential generator (Numerical Recipes' constants). */
export function noise(frames: number, seed: number, level = 0.5): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: frames }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 31 - 1) * level;
  });
}

export function sine(frames: number, sampleRate: number, hertz: number, level = 0.5): Float32Array {
  return Float32Array.from({ length: frames }, (_, n) => level * Math.sin((2 * Math.PI * hertz * n) / sampleRate));
}

/** Silence with clicks: single frames at full scale. */
export function clicks(frames: number, ...places: number[]): Float32Array {
  const samples = new Float32Array(frames);
  for (const place of places) samples[place] = 1;
  return samples;
}

/** Root mean square of the difference, in dB relative to full scale; -Infinity when they are equal. */
export function residual(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (const [index, sample] of one.entries()) sum += (sample - (other[index] ?? Number.NaN)) ** 2;
  return 10 * Math.log10(sum / one.length);
}

/** The first frame at which they are not the same number; -1 when they are equal throughout. */
export function firstDifference(one: Float32Array, other: Float32Array): number {
  const difference = one.findIndex((sample, index) => sample !== other[index]);
  return difference === -1 && one.length !== other.length ? Math.min(one.length, other.length) : difference;
}
