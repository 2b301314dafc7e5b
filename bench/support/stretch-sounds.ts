// Sounds made from scores: the input, and what it should become at any speed and pitch. Times and decays stretch, attacks
// do not; frequencies follow the pitch.
import { noise } from '../../app/engine/testing/sounds.ts';
import { type Channels, rate, type StretchSetting } from './stretch-subject.ts';

export interface Rendering {
  readonly channels: Channels;
  /** Seconds. */
  readonly onsets: readonly number[];
}

/** What is rendered is as long as the input times the ratio. */
export type Score = (setting: StretchSetting) => Rendering;

export const asWritten: StretchSetting = { ratio: 1, semitones: 0 };

const turn = 2 * Math.PI;
const framesOf = (seconds: number, { ratio }: StretchSetting): number => Math.round(seconds * rate * ratio);
const factorOf = ({ semitones }: StretchSetting): number => 2 ** (semitones / 12);
const both = (samples: Float32Array, onsets: readonly number[] = []): Rendering => ({
  channels: [samples, samples],
  onsets,
});
const rendered = (frames: number, sample: (frame: number) => number): Float32Array =>
  Float32Array.from({ length: frames }, (_, frame) => sample(frame));

export const tone =
  (hertz: number): Score =>
  (setting) =>
    both(rendered(framesOf(5, setting), (frame) => 0.5 * Math.sin((turn * hertz * factorOf(setting) * frame) / rate)));

/** Eight decaying waves at once, again and again; clicks are too short to be stretched. */
export const clicks: Score = (setting) => {
  const samples = new Float32Array(framesOf(5, setting));
  const onsets = Array.from(
    { length: 14 },
    (_, index) => (0.3 + 0.31 * index + 0.02 * Math.sin(7 * index)) * setting.ratio,
  );
  for (const onset of onsets) {
    const from = Math.round(onset * rate);
    for (let frame = 0; frame < 400; frame++) {
      let sum = 0;
      for (let wave = 0; wave < 8; wave++) sum += Math.cos((turn * (900 + 1100 * wave) * frame) / rate);
      samples[from + frame] = 0.1 * sum * Math.exp(-frame / 45);
    }
  }
  return both(samples, onsets);
};

/** A drum every quarter of a second: a stroke of 2 ms, two falling modes of the head and the rattle of wires. */
export const drums: Score = (setting) => {
  const factor = factorOf(setting);
  const samples = new Float32Array(framesOf(6, setting));
  const wires = noise(samples.length, 5, 1);
  const strokes = noise(samples.length, 7, 1);
  const onsets = Array.from({ length: 22 }, (_, index) => (0.2 + 0.25 * index) * setting.ratio);
  for (const [index, onset] of onsets.entries()) {
    const from = Math.round(onset * rate);
    const [head, rattle] = index % 2 === 0 ? [70, 0.05] : [190, 0.3];
    for (let frame = 0; frame < 0.24 * rate * setting.ratio && from + frame < samples.length; frame++) {
      const time = frame / rate / setting.ratio;
      const modes =
        Math.sin(turn * head * factor * (frame / rate)) + 0.5 * Math.sin(turn * 1.6 * head * factor * (frame / rate));
      const stroke = 0.5 * (strokes[from + frame] ?? 0) * Math.exp(-frame / rate / 0.002);
      const rest = 0.25 * modes * Math.exp(-time / 0.06) + rattle * (wires[from + frame] ?? 0) * Math.exp(-time / 0.05);
      samples[from + frame] = (samples[from + frame] ?? 0) + stroke + rest * Math.min(1, frame / 24);
    }
  }
  return both(samples, onsets);
};

/** Vowels: four resonances each, Hz. */
const vowels = [
  [730, 1090, 2440, 3400],
  [270, 2290, 3010, 3600],
  [530, 1840, 2480, 3500],
] as const;
const bandwidths = [80, 100, 140, 220] as const;
const strengths = [1, 0.6, 0.28, 0.15] as const;

/** A voice that speaks a syllable every 0.4 s, its fundamental gliding between 95 and 165 Hz. */
export const voice: Score = (setting) => {
  const factor = factorOf(setting);
  const samples = new Float32Array(framesOf(6, setting));
  let phase = 0;
  let gains: number[] = [];
  for (let frame = 0; frame < samples.length; frame++) {
    const time = frame / rate / setting.ratio;
    const fundamental = 130 + 25 * Math.sin(turn * 0.4 * time) + 10 * Math.sin(turn * 1.1 * time + 1);
    if (frame % 32 === 0) {
      const within = (time % 0.4) / 0.4;
      const level = Math.min(1, 8 * within, 8 * Math.max(0, 0.8 - within));
      const formants = vowels[Math.floor(time / 0.4) % vowels.length] ?? vowels[0];
      gains = Array.from({ length: 50 }, (_, index) => {
        const hertz = fundamental * (index + 1);
        if (hertz > 6500 || hertz * factor > 0.45 * rate) return 0;
        const colour = formants.reduce(
          (sum, formant, at) => sum + (strengths[at] ?? 0) / Math.hypot(1, (hertz - formant) / (bandwidths[at] ?? 1)),
          0,
        );
        return (0.12 * level * colour) / (index + 1) ** 0.35;
      });
    }
    phase += (fundamental * factor) / rate;
    let sum = 0;
    for (const [index, gain] of gains.entries()) if (gain > 0) sum += gain * Math.cos(turn * (index + 1) * phase);
    samples[frame] = sum;
  }
  return both(samples);
};

/** Pink noise, its own in each channel (a sum of octaves; Voss 1978). */
export const pinkNoise: Score = (setting) => {
  const frames = framesOf(6, setting);
  const channel = (seed: number): Float32Array => {
    const samples = new Float32Array(frames);
    for (let octave = 0; octave < 12; octave++) {
      const values = noise((frames >> octave) + 2, seed + octave, 0.08);
      for (let frame = 0; frame < frames; frame++)
        samples[frame] = (samples[frame] ?? 0) + (values[frame >> octave] ?? 0);
    }
    return samples;
  };
  return { channels: [channel(100), channel(200)], onsets: [] };
};
