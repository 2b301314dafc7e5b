// What is measured of a stretched sound, against what its score should have become.
import { median } from '../../scripts/bench-context.ts';
import { spectrumOf } from './spectrum.ts';
import { type Channels, rate } from './stretch-subject.ts';

const decibels = (power: number): number => 10 * Math.log10(Math.max(power, 1e-14));
const first = (channels: Channels): Float32Array => channels[0] ?? new Float32Array();
const powerOf = (samples: Float32Array, from: number, until: number): number => {
  let sum = 0;
  for (let frame = Math.max(0, Math.round(from)); frame < Math.min(until, samples.length); frame++)
    sum += (samples[frame] ?? 0) ** 2;
  return sum;
};

const toneFrames = 65_536;

/** dB by which a sine within 10 cents of this frequency exceeds all that is beside it, in the middle. */
export function purity(channels: Channels, hertz: number): number {
  const samples = first(channels);
  const from = Math.max(0, (samples.length - toneFrames) >> 1);
  const middle = samples.subarray(from, from + toneFrames);
  const total = dot(middle, middle);
  const at = (cents: number) => ({ cents, share: tonePower(middle, hertz * 2 ** (cents / 1200)) / total });
  let best = at(0);
  for (let step = 5; step > 1e-3; step /= 2)
    for (const other of [at(best.cents - step), at(best.cents + step)]) if (other.share > best.share) best = other;
  return -decibels(1 / best.share - 1);
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
};

/** The energy of the sine of a frequency that fits best. */
function tonePower(samples: Float32Array, hertz: number): number {
  const angle = (2 * Math.PI * hertz) / rate;
  const cosine = Float64Array.from(samples, (_, frame) => Math.cos(angle * frame));
  const sine = Float64Array.from(samples, (_, frame) => Math.sin(angle * frame));
  const [cc, ss, cs] = [dot(cosine, cosine), dot(sine, sine), dot(cosine, sine)];
  const [xc, xs] = [dot(samples, cosine), dot(samples, sine)];
  return (xc * xc * ss - 2 * xc * xs * cs + xs * xs * cc) / (cc * ss - cs * cs);
}

/** dB by which the 20 ms after onsets exceed the 20 ms before them, the last one left out; of silence 90. */
export function silenceBefore(channels: Channels, onsets: readonly number[]): number {
  const samples = first(channels);
  let before = 0;
  let after = 0;
  for (const onset of onsets) {
    const at = onset * rate;
    before += powerOf(samples, at - 0.02 * rate, at - 0.001 * rate);
    after += powerOf(samples, at, at + 0.02 * rate);
  }
  return Math.min(90, decibels(after) - decibels(before));
}

/** Median, in dB, of what the step of the treble's level at an onset has lost; steps above 40 dB count as 40. */
export function stepLoss(channels: Channels, ideal: Channels, onsets: readonly number[]): number {
  const [made, wanted] = [treble(first(channels)), treble(first(ideal))];
  const step = (samples: Float32Array, at: number): number => {
    const after = powerOf(samples, at, at + 0.008 * rate) + 1e-12;
    return Math.min(40, 10 * Math.log10(after / (powerOf(samples, at - 0.012 * rate, at - 0.001 * rate) + 1e-12)));
  };
  return median(onsets.map((onset) => step(wanted, onset * rate) - step(made, onset * rate)));
}

/** The second difference: 12 dB more per octave. */
const treble = (samples: Float32Array): Float32Array =>
  samples.map((sample, frame) => sample - 2 * (samples[frame - 1] ?? 0) + (samples[frame - 2] ?? 0));

/** dB by which pieces of 50 ms have lost height of their peaks over their level, median. */
export function crestLoss(channels: Channels, ideal: Channels): number {
  const size = 0.05 * rate;
  const crest = (samples: Float32Array): number => {
    const pieces = Array.from({ length: Math.floor(samples.length / size) }, (_, index) =>
      samples.subarray(index * size, (index + 1) * size),
    ).map((piece) => ({
      peak: piece.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0),
      power: powerOf(piece, 0, size) / size,
    }));
    const loudest = Math.max(...pieces.map(({ power }) => power));
    return median(
      pieces
        .filter(({ power }) => power > loudest / 1000)
        .map(({ peak, power }) => 20 * Math.log10(peak / Math.sqrt(power))),
    );
  };
  return crest(first(ideal)) - crest(first(channels));
}

/** dB between the levels of both channels together. */
export function levelError(channels: Channels, ideal: Channels): number {
  const level = (sound: Channels): number =>
    decibels(sound.reduce((sum, samples) => sum + powerOf(samples, 0, samples.length) / samples.length, 0));
  return Math.abs(level(channels) - level(ideal));
}

const frameSize = 2048;
const bands = 64;
/** Hz; bands of equal width in mel between them. */
const range = { lowest: 50, highest: 18_000 };
const depth = 1e-7;

/** Mean over frames of 43 ms of the root mean square over 64 bands of the difference in dB. */
export function spectralDistance(channels: Channels, ideal: Channels): number {
  const [made, wanted] = [bandPowers(first(channels)), bandPowers(first(ideal))];
  const floor = depth * Math.max(...wanted.map((frame) => Math.max(...frame)));
  const loudness = wanted.map((frame) => frame.reduce((sum, power) => sum + power, 0));
  const loudest = Math.max(...loudness);
  const distances = wanted.flatMap((frame, at) => {
    if ((loudness[at] ?? 0) < loudest * 1e-6) return [];
    const squares = Array.from(
      frame,
      (power, band) => (10 * Math.log10(((made[at]?.[band] ?? 0) + floor) / (power + floor))) ** 2,
    );
    return [Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / bands)];
  });
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}

function bandPowers(samples: Float32Array): Float64Array[] {
  const mel = (hertz: number): number => Math.log1p(hertz / 700);
  const width = (mel(range.highest) - mel(range.lowest)) / bands;
  return Array.from({ length: Math.floor(samples.length / (frameSize / 2)) - 1 }, (_, index) => {
    const from = (index * frameSize) / 2;
    const power = spectrumOf(samples.subarray(from, from + frameSize));
    const sums = new Float64Array(bands);
    for (const [bin, value] of power.entries()) {
      const band = Math.floor((mel((bin * rate) / frameSize) - mel(range.lowest)) / width);
      if (band >= 0 && band < bands) sums[band] = (sums[band] ?? 0) + value;
    }
    return sums;
  });
}
