// Sums kept in two doubles, so that a thousand additions lose no more than one would.

/** `high` is the nearest double to the value, `low` what that leaves out. */
export interface ExactSum {
  readonly high: number;
  readonly low: number;
}

export const exactly = (value: number): ExactSum => ({ high: value, low: 0 });

/** Dekker and Knuth's two-sum: the rounding error of an addition is itself a double. */
export function plus({ high, low }: ExactSum, value: number): ExactSum {
  const sum = high + value;
  const part = sum - high;
  const error = high - (sum - part) + (value - part) + low;
  const nearest = sum + error;
  return { high: nearest, low: error - (nearest - sum) };
}

/** `value` minus the sum, rounded once where they are close. */
export const distance = (value: number, { high, low }: ExactSum): number => value - high - low;

/** The sum and an offset, rounded once. */
export const rounded = ({ high, low }: ExactSum, offset: number): number => high + (low + offset);
