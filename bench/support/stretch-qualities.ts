// What the stretch benchmark measures of the sound, with which sounds and settings, and what has to be reached.
import { crestLoss, levelError, purity, silenceBefore, spectralDistance, stepLoss } from './stretch-measures.ts';
import { clicks, drums, pinkNoise, type Rendering, type Score, tone, voice } from './stretch-sounds.ts';
import type { Channels, StretchSetting } from './stretch-subject.ts';

interface Group {
  readonly name: string;
  readonly settings: readonly StretchSetting[];
}
const ratios = (...values: number[]): StretchSetting[] => values.map((ratio) => ({ ratio, semitones: 0 }));
const moderate: Group = { name: 'ratios 0.75 to 1.5', settings: ratios(0.75, 0.9, 1.1, 1.25, 1.5) };
const extreme: Group = { name: 'ratios 0.5, 2 and 4', settings: ratios(0.5, 2, 4) };
const shifted: Group = {
  name: 'shifted by -12 to 12 st',
  settings: [-12, -5, 3, 7, 12].map((semitones) => ({ ratio: 1, semitones })),
};

export interface Quality {
  readonly what: string;
  readonly score: Score;
  readonly better: 'higher' | 'lower';
  readonly unit?: string;
  measure(made: Channels, ideal: Rendering, setting: StretchSetting): number;
  readonly musts: readonly (readonly [group: Group, must: number])[];
}

const toneHertz = 997;
export const qualities: readonly Quality[] = [
  {
    what: `a sine of ${toneHertz} Hz above all else`,
    score: tone(toneHertz),
    better: 'higher',
    measure: (made, _, { semitones }) => purity(made, toneHertz * 2 ** (semitones / 12)),
    musts: [
      [moderate, 75],
      [extreme, 60],
      [shifted, 65],
    ],
  },
  {
    what: 'clicks above what is heard before them',
    score: clicks,
    better: 'higher',
    measure: (made, { onsets }) => silenceBefore(made, onsets),
    musts: [
      [moderate, 40],
      [extreme, 35],
    ],
  },
  {
    what: 'loss of the step at drum strokes',
    score: drums,
    better: 'lower',
    measure: (made, { channels, onsets }) => stepLoss(made, channels, onsets),
    musts: [
      [moderate, 8],
      [extreme, 12],
      [shifted, 6],
    ],
  },
  {
    what: 'loss of a voice’s crest',
    score: voice,
    better: 'lower',
    measure: (made, { channels }) => crestLoss(made, channels),
    musts: [
      [moderate, 2.5],
      [shifted, 2.5],
    ],
  },
  {
    what: 'log-spectral distance of a voice',
    score: voice,
    better: 'lower',
    measure: (made, { channels }) => spectralDistance(made, channels),
    musts: [
      [moderate, 1.4],
      [extreme, 2],
      [shifted, 2],
    ],
  },
  {
    what: 'level of pink noise off by',
    score: pinkNoise,
    better: 'lower',
    measure: (made, { channels }) => levelError(made, channels),
    musts: [
      [moderate, 0.3],
      [extreme, 0.6],
    ],
  },
];
