// How clean a resampled tone is: what is left of the sound once the tone itself is taken out.
import { sine } from '../../app/engine/testing/sounds.ts';
import type { Material } from './material.ts';

/** One clip of a sine in the centre, 6 dB below full scale. */
export const toneMaterial = (sampleRate: number, hertz: number, seconds: number): Material => {
  const channel = sine(Math.round(sampleRate * seconds), sampleRate, hertz);
  return { sampleRate, files: [[channel, channel]], clips: [{ file: 0, gain: 1, pan: 0 }] };
};

/**
 * The tone's level above everything else, in dB: images, noise and distortion together. The tone is the least-squares fit
 * of a sine and a cosine over the middle half, where no edge is heard.
 */
export function cleanness(sound: Float32Array, sampleRate: number, hertz: number): number {
  const first = Math.floor(sound.length / 4);
  const last = Math.floor((sound.length * 3) / 4);
  const phase = (frame: number): number => (2 * Math.PI * hertz * frame) / sampleRate;
  let [ss, sc, cc, ys, yc] = [0, 0, 0, 0, 0];
  for (let frame = first; frame < last; frame++) {
    const sin = Math.sin(phase(frame));
    const cos = Math.cos(phase(frame));
    const sample = sound[frame] ?? 0;
    ss += sin * sin;
    sc += sin * cos;
    cc += cos * cos;
    ys += sample * sin;
    yc += sample * cos;
  }
  const determinant = ss * cc - sc * sc;
  const a = (ys * cc - yc * sc) / determinant;
  const b = (yc * ss - ys * sc) / determinant;
  let tone = 0;
  let rest = 0;
  for (let frame = first; frame < last; frame++) {
    const fitted = a * Math.sin(phase(frame)) + b * Math.cos(phase(frame));
    tone += fitted ** 2;
    rest += ((sound[frame] ?? 0) - fitted) ** 2;
  }
  return 10 * Math.log10(tone / rest);
}
