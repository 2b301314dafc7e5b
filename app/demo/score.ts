// The demo's music: tempo, chords and notes. Four bars that go round, and a chord to end on.

export const sampleRate = 48_000;
export const tempo = 100;
export const framesPerBeat = (sampleRate * 60) / tempo;
export const beatsPerBar = 4;
export const framesPerBar = framesPerBeat * beatsPerBar;
export const framesPerStep = framesPerBeat / 4;

/** A note on the grid of sixteenths. */
export interface Note {
  /** Sixteenths from the start. */
  readonly step: number;
  /** How long the key is held, in sixteenths. */
  readonly steps: number;
  /** MIDI note number; 69 is A at 440 Hz. */
  readonly pitch: number;
  /** 0 to 1. */
  readonly velocity: number;
}

export const frequencyOf = (pitch: number): number => 440 * 2 ** ((pitch - 69) / 12);

/** One chord per bar: F major 9, E minor 7, A minor 9, G 6/9. */
export const chords: readonly (readonly number[])[] = [
  [53, 57, 60, 64, 67],
  [52, 59, 62, 64, 67],
  [57, 60, 64, 67, 71],
  [55, 59, 62, 64, 69],
];

export const finalChord: readonly number[] = [45, 57, 60, 64, 67, 71, 76];

const bassRoots = [29, 28, 33, 31];
const bassRhythm = [
  { step: 0, steps: 5, octave: 0, velocity: 1 },
  { step: 6, steps: 2, octave: 0, velocity: 0.75 },
  { step: 9, steps: 1, octave: 1, velocity: 0.6 },
  { step: 10, steps: 3, octave: 0, velocity: 0.95 },
  { step: 14, steps: 1.5, octave: 1, velocity: 0.7 },
] as const;

export const bassLine: readonly Note[] = bassRoots.flatMap((root, bar) =>
  bassRhythm.map(({ step, steps, octave, velocity }) => ({
    step: bar * 16 + step,
    steps,
    pitch: root + 12 * octave,
    velocity,
  })),
);

const stabRhythm = [
  { step: 0, steps: 3, velocity: 1 },
  { step: 6, steps: 1.5, velocity: 0.7 },
  { step: 11, steps: 2.5, velocity: 0.85 },
] as const;

export const chordStabs: readonly Note[] = chords.flatMap((chord, bar) =>
  stabRhythm.flatMap(({ step, steps, velocity }) =>
    chord.map((pitch) => ({ step: bar * 16 + step, steps, pitch: pitch + (pitch < 57 ? 12 : 0), velocity })),
  ),
);

export const padChords: readonly Note[] = chords.flatMap((chord, bar) =>
  chord.map((pitch) => ({ step: bar * 16, steps: 16, pitch, velocity: 1 })),
);

const melody: readonly (readonly [step: number, pitch: number, velocity: number])[] = [
  [0, 76, 1],
  [3, 72, 0.7],
  [6, 67, 0.8],
  [8, 69, 0.6],
  [11, 72, 0.9],
  [14, 76, 0.7],
  [16, 74, 1],
  [19, 71, 0.7],
  [22, 67, 0.85],
  [26, 71, 0.6],
  [28, 74, 0.8],
  [32, 76, 1],
  [35, 79, 0.9],
  [38, 76, 0.7],
  [40, 72, 0.8],
  [43, 71, 0.6],
  [46, 69, 0.7],
  [48, 71, 0.95],
  [51, 74, 0.75],
  [54, 76, 0.9],
  [56, 74, 0.6],
  [60, 67, 0.85],
  [62, 69, 0.6],
];

export const pluckMelody: readonly Note[] = melody.map(([step, pitch, velocity]) => ({
  step,
  steps: 2,
  pitch,
  velocity,
}));
