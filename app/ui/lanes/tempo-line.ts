// The line of the tempo as it is drawn: level where it holds, bent where it moves evenly in beats.
import type { TempoMap } from '../../core/tempo.ts';
import { rightOf, timeToX, type Viewport } from '../../editor/viewport.ts';
import type { TempoPoints } from './tempo-points.ts';

/** Beats per minute at the lower and the upper edge. */
export interface TempoRange {
  readonly low: number;
  readonly high: number;
}

/** Neighbouring tempos stay apart, and a lonely one is in the middle. */
const leastSpan = 24;
const margin = 0.2;
const piecesPerRamp = 24;

export function rangeOf(points: TempoPoints): TempoRange {
  const tempos = points.map(({ bpm }) => bpm);
  const low = Math.min(...tempos);
  const high = Math.max(...tempos);
  const span = Math.max(leastSpan, (high - low) * (1 + 2 * margin));
  const middle = (low + high) / 2;
  return { low: middle - span / 2, high: middle + span / 2 };
}

/** Percent from the top; what is beyond the edges is drawn on them. */
export const heightOf = ({ low, high }: TempoRange, bpm: number): number =>
  Math.max(2, Math.min(98, 100 * (1 - (bpm - low) / (high - low))));

/** An SVG path over the view: x in its pixels, y in percent. */
export function tempoPath(points: TempoPoints, map: TempoMap, view: Viewport, range: TempoRange): string {
  const end = rightOf(view);
  const at = (seconds: number, bpm: number): string => {
    const x = Math.max(-9, Math.min(view.width + 9, timeToX(view, seconds)));
    return `${x.toFixed(1)} ${heightOf(range, bpm).toFixed(2)}`;
  };
  const places: string[] = [];
  for (const [index, { bpm, curve, start_position }] of points.entries()) {
    const next = points[index + 1];
    const from = index === 0 ? Math.min(0, view.left) : map.toSeconds(start_position);
    const to = next ? map.toSeconds(next.start_position) : Math.max(end, from);
    if (to < view.left || from > end) continue;
    places.push(at(from, bpm));
    if (next && curve === 'linear' && next.bpm !== bpm) {
      const beats = map.toBeats(start_position);
      const length = map.toBeats(next.start_position) - beats;
      for (let piece = 1; piece <= piecesPerRamp; piece++) {
        const share = piece / piecesPerRamp;
        places.push(at(map.beatsToSeconds(beats + share * length), bpm + share * (next.bpm - bpm)));
      }
    } else {
      places.push(at(to, bpm));
    }
  }
  return places.length === 0 ? '' : `M${places.join('L')}`;
}
