// The scales of what stretches and shifts a clip: ratio, length, tempo, semitones and cents.
import { ratioLimits } from '../../editor/gestures/stretch-clips.ts';
import { parseNumber } from '../controls/parse-number.ts';
import { tempoScale, type ValueScale } from '../controls/scales.ts';
import { clockText, parseTime } from '../controls/time-text.ts';

const logarithmic = (minimum: number, maximum: number): Pick<ValueScale, 'toFraction' | 'fromFraction'> => ({
  toFraction: (value) => Math.log(value / minimum) / Math.log(maximum / minimum),
  fromFraction: (fraction) => minimum * (maximum / minimum) ** fraction,
});

const signed = (value: number, unit: string): string => {
  const size = Number(Math.abs(value).toFixed(1));
  return `${size === 0 ? '' : value < 0 ? '−' : '+'}${size} ${unit}`;
};

/** Duration over that of the file; written "1.250×", typed also as "125 %". */
export const ratioScale: ValueScale = {
  minimum: ratioLimits.least,
  maximum: ratioLimits.most,
  initial: 1,
  step: 0.01,
  print: (value) => `${value.toFixed(3)}×`,
  parse: (typed) => {
    const number = parseNumber(typed.replace(/×\s*$/, ''));
    if (number?.unit === '%') return number.value / 100;
    return number && (number.unit === '' || number.unit === 'x') ? number.value : undefined;
  },
  ...logarithmic(ratioLimits.least, ratioLimits.most),
};

/** Seconds on the timeline of a clip that plays so many seconds of its file. */
export const stretchedLengthScale = (source: number): ValueScale => {
  const [minimum, maximum] = [source * ratioLimits.least, source * ratioLimits.most];
  return {
    minimum,
    maximum,
    initial: source,
    step: 0.01,
    print: clockText,
    parse: parseTime,
    ...logarithmic(minimum, maximum),
  };
};

/** Tempi with their unit, for fields that stand alone. */
export const bpmScale: ValueScale = { ...tempoScale, print: (value) => `${tempoScale.print(value)} bpm` };

/** The tempo at which a sound that runs at `bpm` by itself can be played. */
export const playedTempoScale = (bpm: number): ValueScale => {
  const [minimum, maximum] = [bpm / ratioLimits.most, bpm / ratioLimits.least];
  return { ...bpmScale, minimum, maximum, initial: bpm, step: 0.1, ...logarithmic(minimum, maximum) };
};

const pitchScale = (minimum: number, maximum: number, unit: string, names: RegExp): ValueScale => ({
  minimum,
  maximum,
  initial: 0,
  step: 1,
  print: (value) => signed(value, unit),
  parse: (typed) => {
    const number = parseNumber(typed);
    return number && (number.unit === '' || names.test(number.unit)) ? number.value : undefined;
  },
  toFraction: (value) => (value - minimum) / (maximum - minimum),
  fromFraction: (fraction) => minimum + fraction * (maximum - minimum),
});

export const highestPitch = 24;
export const semitoneScale = pitchScale(-highestPitch, highestPitch, 'st', /^(?:st|semi)/);
/** Up to half a semitone beside the nearest one; beyond that the next one is nearer. */
export const centScale = pitchScale(-50, 49, 'ct', /^(?:ct|cent)/);

export interface Pitch {
  /** Whole ones. */
  readonly semitones: number;
  readonly cents: number;
}

/** A pitch shift as the nearest semitone and what it lies beside it, in hundredths. */
export function pitchOf(shift: number): Pitch {
  const semitones = Math.round(shift);
  return { semitones: semitones || 0, cents: Math.round((shift - semitones) * 10_000) / 100 || 0 };
}

export const shiftOf = ({ semitones, cents }: Pitch): number =>
  Math.min(highestPitch, Math.max(-highestPitch, Math.round(semitones * 100 + cents) / 100));
