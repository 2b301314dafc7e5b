// A new tempo or time signature where the playhead stands, as new segments of the tempo map.
import type { TempoSegment } from '../../protocol/kinds.ts';

/** What menus offer; any other can be typed. */
export const commonSignatures = ['4/4', '3/4', '6/8', '5/4', '7/8', '2/4', '9/8', '12/8'];

/** Places nearer than this, in seconds or beats, are one. */
const samePlace = 1e-6;

/** Index of the segment that holds at a position; segments are in order and the first one holds before it too. */
const indexAt = (segments: readonly TempoSegment[], position: number): number =>
  Math.max(
    0,
    segments.findLastIndex(({ start_position }) => start_position <= position + samePlace),
  );

/** The tempo of the segment at `position`; in the middle of a ramp, a point of the ramp there. */
export function withTempoAt(segments: readonly TempoSegment[], position: number, bpm: number): TempoSegment[] {
  const index = indexAt(segments, position);
  const segment = segments[index];
  const next = segments[index + 1];
  if (!segment) return [];
  const isInside = next !== undefined && position > segment.start_position + samePlace;
  if (isInside && segment.curve === 'linear' && next.bpm !== segment.bpm) {
    return segments.toSpliced(index + 1, 0, { ...segment, start_position: position, bpm });
  }
  return segments.with(index, { ...segment, bpm });
}

/** The time signature at `position`, from where it began to where it ends. */
export function withSignatureAt(
  segments: readonly TempoSegment[],
  position: number,
  time_signature: string,
): TempoSegment[] {
  const index = indexAt(segments, position);
  const before = segments[index]?.time_signature;
  const differs = ({ time_signature: other }: TempoSegment): boolean => other !== before;
  const first = segments.slice(0, index).findLastIndex(differs) + 1;
  const after = segments.findIndex((segment, at) => at > index && differs(segment));
  const end = after === -1 ? segments.length : after;
  return segments.map((segment, at) => (at >= first && at < end ? { ...segment, time_signature } : segment));
}
