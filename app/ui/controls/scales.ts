// The scale of a control: its range, its steps, where a value stands on it and how it is written and read.
import { clamp, decibelsToGain, gainToDecibels } from '../../core/units.ts';
import { parseNumber } from './parse-number.ts';
import { parseTime, shortTimeText } from './time-text.ts';

export interface ValueScale {
  readonly minimum: number;
  readonly maximum: number;
  /** Where a double click leads. */
  readonly initial: number;
  /** One arrow key or one notch of the wheel; with Shift a tenth of it. */
  readonly step: number;
  print(value: number): string;
  /** undefined when it is not a value of this scale; the caller clamps it to the range. */
  parse(typed: string): number | undefined;
  /** 0 to 1 along the control. */
  toFraction(value: number): number;
  fromFraction(fraction: number): number;
}

/** Decibels at and below this are silence. */
const silence = -60;
const knee = { level: -24, fraction: 0.25 };

/** Levels in dB; the lowest quarter of the way holds −60 to −24, where −60 stands for silence. */
export function levelScale(maximum: number): ValueScale {
  const upper = (1 - knee.fraction) / (maximum - knee.level);
  const lower = knee.fraction / (knee.level - silence);
  return {
    minimum: silence,
    maximum,
    initial: 0,
    step: 1,
    print: (value) => (value <= silence ? '−∞ dB' : `${value < -0.049 ? '−' : ''}${Math.abs(value).toFixed(1)} dB`),
    parse: (typed) => {
      const number = parseNumber(typed);
      return number && (number.unit === '' || number.unit === 'db') ? number.value : undefined;
    },
    toFraction: (value) =>
      value < knee.level ? (value - silence) * lower : knee.fraction + (value - knee.level) * upper,
    fromFraction: (fraction) =>
      fraction < knee.fraction ? silence + fraction / lower : knee.level + (fraction - knee.fraction) / upper,
  };
}

/** The level of a gain on a levelScale. */
export const levelOfGain = (gain: number): number => Math.max(silence, gainToDecibels(gain));
export const gainOfLevel = (level: number): number => (level <= silence ? 0 : decibelsToGain(level));

/** -1 left, 0 centre, 1 right; written "L 30", "C", "R 30" in percent. */
export const panScale: ValueScale = {
  minimum: -1,
  maximum: 1,
  initial: 0,
  step: 0.05,
  print: (value) => {
    const percent = Math.round(Math.abs(value) * 100);
    return percent === 0 ? 'C' : `${value < 0 ? 'L' : 'R'} ${percent}`;
  },
  parse: (typed) => {
    const plain = typed.trim().toLowerCase();
    if (plain === 'c') return 0;
    const side = /^[lr]|[lr]$/.exec(plain)?.[0];
    const number = parseNumber(plain.replace(/^[lr]|[lr]$/, ''));
    if (number) return ((side === 'l' ? -1 : 1) * number.value) / 100;
    return side && plain.length === 1 ? (side === 'l' ? -1 : 1) : undefined;
  },
  toFraction: (value) => (value + 1) / 2,
  fromFraction: (fraction) => fraction * 2 - 1,
};

const linear = (minimum: number, maximum: number): Pick<ValueScale, 'toFraction' | 'fromFraction'> => ({
  toFraction: (value) => (value - minimum) / (maximum - minimum),
  fromFraction: (fraction) => minimum + fraction * (maximum - minimum),
});

/** Beats per minute. */
export const tempoScale: ValueScale = {
  minimum: 10,
  maximum: 999,
  initial: 120,
  step: 1,
  print: (value) => value.toFixed(2),
  parse: (typed) => {
    const number = parseNumber(typed);
    return number && (number.unit === '' || number.unit === 'bpm') ? number.value : undefined;
  },
  ...linear(10, 999),
};

/** Shares of a whole, in per cent. */
export const shareScale: ValueScale = {
  minimum: 0,
  maximum: 1,
  initial: 0,
  step: 0.05,
  print: (value) => `${Math.round(value * 100)} %`,
  parse: (typed) => {
    const number = parseNumber(typed);
    return number && (number.unit === '' || number.unit === '%') ? number.value / 100 : undefined;
  },
  ...linear(0, 1),
};

/** Seconds from 0 to `maximum`. */
export const durationScale = (maximum: number, initial = 0, step = 0.01): ValueScale => ({
  minimum: 0,
  maximum,
  initial,
  step,
  print: shortTimeText,
  parse: parseTime,
  ...linear(0, Math.max(maximum, 1e-6)),
});

export const clampTo = (scale: ValueScale, value: number): number => clamp(value, scale.minimum, scale.maximum);
