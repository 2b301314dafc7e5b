// The laws of level that the fallback shares with the WASM engine: pan, fades and the way to stereo.

/** 0 dB in the centre, constant power towards the sides; exactly 1 and 1 at pan 0. @param pan -1 to 1 */
export function panGains(pan: number): readonly [left: number, right: number] {
  if (pan === 0) return [1, 1];
  const angle = ((pan + 1) * Math.PI) / 4;
  return [Math.SQRT2 * Math.cos(angle), Math.SQRT2 * Math.sin(angle)];
}

/** Level inside a fade at `x` from 0 (silent) to 1 (full). */
export const fadeLevel = (x: number): number => {
  const inside = Math.min(1, Math.max(0, x));
  return inside * inside * (3 - 2 * inside);
};

/** How loud each channel of a file is on the left and on the right. */
export function stereoFold(channels: number): readonly (readonly [left: number, right: number])[] {
  if (channels === 1) return [[1, 1]];
  if (channels === 6) {
    const centre = Math.SQRT1_2;
    // L R C LFE Ls Rs; the low-frequency channel is left out.
    return [
      [1, 0],
      [0, 1],
      [centre, centre],
      [0, 0],
      [1, 0],
      [0, 1],
    ];
  }
  return Array.from({ length: channels }, (_, channel) => (channel % 2 === 0 ? ([1, 0] as const) : ([0, 1] as const)));
}
