// The drum machine: kick, snare and hats made of sines, squares and noise.
import type { StereoCanvas } from './canvas.ts';
import { Filter } from './filter.ts';
import { type Random, waveAt } from './oscillator.ts';
import { framesPerStep, sampleRate } from './score.ts';

/** Step of the two-bar pattern and how hard it is hit, 0 to 1. */
export type Hit = readonly [step: number, velocity: number];

/** Every second sixteenth comes late by this share of a sixteenth: the groove of all drums. */
const swing = 0.14;

export const kickHits: readonly Hit[] = [
  [0, 1],
  [6, 0.8],
  [10, 0.92],
  [16, 1],
  [22, 0.8],
  [25, 0.62],
  [26, 0.95],
];
export const snareHits: readonly Hit[] = [
  [4, 1],
  [12, 0.95],
  [20, 1],
  [28, 0.95],
];
export const ghostHits: readonly Hit[] = [
  [7, 0.16],
  [15, 0.22],
  [23, 0.16],
  [30, 0.2],
  [31, 0.34],
];
export const openHatHits: readonly Hit[] = [
  [14, 0.5],
  [30, 0.62],
];
export const closedHatHits: readonly Hit[] = Array.from({ length: 32 }, (_, step): Hit => {
  const accent = step % 4 === 2 ? 1 : step % 2 === 0 ? 0.62 : 0.34;
  return [step, accent];
}).filter(([step]) => !openHatHits.some(([open]) => step === open));

const frameOf = (step: number): number => Math.round((step + (step % 2 === 1 ? swing : 0)) * framesPerStep);

/** A sine that falls from 210 to 47 Hz, driven a little, with a click in front. */
export function playKick(canvas: StereoCanvas, [step, velocity]: Hit, random: Random): void {
  const start = frameOf(step);
  const click = new Filter('band', 3200, 0.8);
  let phase = 0;
  for (let frame = 0; frame < sampleRate * 0.55; frame++) {
    const time = frame / sampleRate;
    phase += (47 + 95 * Math.exp(-time / 0.022) + 70 * Math.exp(-time / 0.005)) / sampleRate;
    const body = Math.sin(2 * Math.PI * phase) * Math.exp(-time / 0.17) * Math.min(1, time / 0.0008);
    const snap = click.process(random.noise()) * Math.exp(-time / 0.0035) * 0.55;
    const fade = Math.min(1, (0.55 - time) / 0.05);
    const sample = Math.tanh((body * 1.9 + snap * velocity) * velocity) * 0.75 * fade;
    canvas.add(start + frame, sample, sample);
  }
}

/** Two short tones and a breath of noise, with three quick claps on top. */
export function playSnare(canvas: StereoCanvas, [step, velocity]: Hit, random: Random): void {
  const start = frameOf(step);
  const noiseFilters = [new Filter('high', 1500), new Filter('high', 1500)] as const;
  const clapFilters = [new Filter('band', 1350, 1.3), new Filter('band', 1450, 1.3)] as const;
  const softness = new Filter('low', 5200 + 8000 * velocity);
  for (let frame = 0; frame < sampleRate * 0.4; frame++) {
    const time = frame / sampleRate;
    const fall = 1 + 0.35 * Math.exp(-time / 0.012);
    const tone =
      0.5 * Math.sin(2 * Math.PI * 186 * fall * time) * Math.exp(-time / 0.07) +
      0.28 * Math.sin(2 * Math.PI * 331 * fall * time) * Math.exp(-time / 0.045);
    const breath = 0.34 * Math.exp(-time / 0.085);
    const clap = velocity > 0.5 ? 0.9 * clapEnvelope(time) : 0;
    const middle = softness.process(tone * Math.min(1, time / 0.001));
    const left = noiseFilters[0].process(random.noise()) * breath + clapFilters[0].process(random.noise()) * clap;
    const right = noiseFilters[1].process(random.noise()) * breath + clapFilters[1].process(random.noise()) * clap;
    canvas.add(start + frame, (middle + left) * velocity, (middle + right) * velocity);
  }
}

/** Three hands, 11 ms apart, and the room after the last. */
function clapEnvelope(time: number): number {
  const hand = Math.min(2, Math.floor(time / 0.011));
  return Math.exp(-(time - hand * 0.011) / (hand < 2 ? 0.004 : 0.075));
}

/** Cycles per sample; no two in a simple ratio, which is what makes metal. */
const metal = [2053, 3047, 3697, 4159, 5401, 6287].map((frequency) => frequency / sampleRate);

/** Six squares and noise through a high filter. @param decay in seconds. @param side -1 left to 1 right */
export function playHat(
  canvas: StereoCanvas,
  [step, velocity]: Hit,
  random: Random,
  decay: number,
  side: number,
): void {
  const start = frameOf(step);
  const seconds = decay * 6;
  const high = new Filter('high', 7600, 0.9);
  const air = new Filter('low', 14_500);
  const phases = Float64Array.from(metal, () => random.next());
  const length = decay * (0.7 + 0.5 * velocity);
  const left = Math.cos(((side + 1) * Math.PI) / 4) * Math.SQRT2;
  const right = Math.sin(((side + 1) * Math.PI) / 4) * Math.SQRT2;
  for (let frame = 0; frame < sampleRate * seconds; frame++) {
    const time = frame / sampleRate;
    let ring = 0;
    for (let index = 0; index < metal.length; index++) {
      const increment = metal[index] ?? 0;
      const phase = phases[index] ?? 0;
      ring += waveAt('square', phase, increment);
      phases[index] = phase + increment >= 1 ? phase + increment - 1 : phase + increment;
    }
    const envelope = Math.min(1, time / 0.0006) * Math.exp(-time / length) * velocity;
    const sample = air.process(high.process(ring * 0.11 + random.noise() * 0.6)) * envelope;
    canvas.add(start + frame, sample * left, sample * right);
  }
}
