// Edits of a tempo map by its points, each the start of a segment: pure, from one list of segments to the next.
import type { TempoSegment } from '../../protocol/kinds.ts';
import { withSignatureAt } from '../transport/tempo-edit.ts';

export type TempoPoints = readonly TempoSegment[];

/** What the session takes; beats per minute. */
const tempos = { least: 10, most: 999 };
/** How near points may come to each other, in seconds or beats: they never change places. */
const least = 1e-3;

const rounded = (position: number): number => Math.round(position * 1e9) / 1e9;

/** To `step` beats per minute, inside what there is. */
export const roundTempo = (bpm: number, step: number): number => {
  const steps = Math.round(bpm / step);
  const tidy = Math.round(steps * step * 1000) / 1000;
  return Math.max(tempos.least, Math.min(tempos.most, tidy));
};

/** A new point goes on as the segment does that it lies in; where one is already, nothing changes. */
export function withPoint(points: TempoPoints, position: number, bpm: number): TempoSegment[] {
  const at = rounded(Math.max(0, position));
  const index = Math.max(
    0,
    points.findLastIndex(({ start_position }) => start_position <= at),
  );
  const around = points.slice(index, index + 2);
  const [before] = around;
  if (!before || around.some(({ start_position }) => Math.abs(start_position - at) < least)) return [...points];
  return points.toSpliced(index + 1, 0, { ...before, start_position: at, bpm });
}

/** Moves a point between its neighbours; the first one stays at the start. */
export function withPosition(points: TempoPoints, index: number, position: number): TempoSegment[] {
  const point = points[index];
  if (!point || index === 0) return [...points];
  const from = (points[index - 1]?.start_position ?? 0) + least;
  const to = (points[index + 1]?.start_position ?? Number.POSITIVE_INFINITY) - least;
  return points.with(index, { ...point, start_position: rounded(Math.max(from, Math.min(to, position))) });
}

export function withTempo(points: TempoPoints, index: number, bpm: number): TempoSegment[] {
  const point = points[index];
  return point ? points.with(index, { ...point, bpm: roundTempo(bpm, 0.001) }) : [...points];
}

export function withCurve(points: TempoPoints, index: number, curve: 'step' | 'linear'): TempoSegment[] {
  const point = points[index];
  return point ? points.with(index, { ...point, curve }) : [...points];
}

/** From this point on, until the time signature changes anyway. */
export function withSignature(points: TempoPoints, index: number, signature: string): TempoSegment[] {
  const rest = points.slice(index);
  return [...points.slice(0, index), ...withSignatureAt(rest, rest[0]?.start_position ?? 0, signature)];
}

export const withoutPoint = (points: TempoPoints, index: number): TempoSegment[] =>
  index === 0 ? [...points] : points.toSpliced(index, 1);

/** What was typed at a point: "140", "3/4" or "140 3/4"; undefined when it is none of them. */
export function typedPoint(points: TempoPoints, index: number, typed: string): TempoSegment[] | undefined {
  const [, number, signature] =
    /^(?:(\d+(?:[.,]\d+)?)(?:\s*bpm)?)?\s*(?:(?<![\d.,])([1-9]\d?\/(?:1|2|4|8|16|32)))?$/i.exec(typed.trim()) ?? [];
  if (number === undefined && signature === undefined) return undefined;
  const bpm = number === undefined ? points[index]?.bpm : Number(number.replace(',', '.'));
  if (bpm === undefined || bpm < tempos.least || bpm > tempos.most) return undefined;
  const changed = withTempo(points, index, bpm);
  return signature === undefined ? changed : withSignature(changed, index, signature);
}
