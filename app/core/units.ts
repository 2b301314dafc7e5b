// Branded numbers, so that seconds are never passed where frames or beats belong.

declare const unit: unique symbol;
type Branded<Name extends string> = number & { readonly [unit]?: Name };

/** Time in seconds. */
export type Seconds = Branded<'seconds'>;
/** Musical time in quarter notes. */
export type Beats = Branded<'beats'>;
/** A whole number of sample frames (one frame = one sample per channel). */
export type Frames = Branded<'frames'>;
/** Level relative to full scale. */
export type Decibels = Branded<'decibels'>;

/** Linear gain of a level; -Infinity dB is 0. */
export const decibelsToGain = (level: Decibels): number => 10 ** (level / 20);

/** Level of a linear gain; 0 is -Infinity dB. */
export const gainToDecibels = (gain: number): Decibels => 20 * Math.log10(Math.abs(gain));

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * The frame nearest to a time. Half-way cases go up even when rounding left them a hair below, so that times which
 * differ by whole frames get frames that differ by as many.
 */
export const nearestFrame = (time: Seconds, sampleRate: number): Frames =>
  Math.floor(time * sampleRate + 0.5 + 1 / 4096);
