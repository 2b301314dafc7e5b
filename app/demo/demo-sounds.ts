// The sounds of the demo session, made from nothing but arithmetic, one by one as they are asked for.
import type { StereoCanvas } from './canvas.ts';
import * as instruments from './instruments.ts';
import { sampleRate } from './score.ts';

export interface DemoSound {
  readonly name: DemoSoundName;
  /** Left and right, full scale at 1. */
  readonly channels: readonly [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>];
  /** Hz. */
  readonly sampleRate: number;
}

const makers = {
  Kick: instruments.makeKick,
  Snare: instruments.makeSnare,
  Hats: instruments.makeHats,
  Bass: instruments.makeBass,
  Chords: instruments.makeChords,
  Pad: instruments.makePad,
  Pluck: instruments.makePluck,
  Rise: instruments.makeRise,
  Ending: instruments.makeEnding,
} as const satisfies Record<string, () => StereoCanvas>;

export type DemoSoundName = keyof typeof makers;

export const demoSoundNames = Object.keys(makers) as readonly DemoSoundName[];

/** Makes the sounds lazily: each step of the iteration makes one. The same samples every time. */
export function* demoSounds(): Generator<DemoSound> {
  for (const name of demoSoundNames) {
    const { left, right } = makers[name]();
    yield { name, channels: [left, right], sampleRate };
  }
}
