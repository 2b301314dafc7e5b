// What else lies on a timeline when time is opened or closed: its tempo, its loop, its markers and events.
import { tempoMapOf } from '../core/tempo.ts';
import type { TempoSegment, TimelineAtome, TimelineEventAtome, TimelineMarkerAtome } from '../protocol/kinds.ts';
import { removeWithDependants } from './dependants.ts';
import type { Edit } from './edit.ts';
import { positionOfPoint } from './place.ts';
import { tolerance } from './span.ts';

/** In the timeline's timebase: `[at, at + duration)` is inserted or taken out. */
export interface TimeShift {
  readonly kind: 'insert' | 'remove';
  readonly at: number;
  readonly duration: number;
}

/**
 * Tempo segments, loop, markers and events move with the clips, so that behind the change everything sounds as it did.
 * Markers and events inside a range that is taken out go with it; the tempo at its end begins at its start. A ramp that
 * lies across becomes longer or shorter.
 *
 * @param moveClips is called while the tempo is still the old one.
 */
export function moveMap(edit: Edit, timeline: TimelineAtome, shift: TimeShift, moveClips: () => void): void {
  const points = pointsOf(edit, timeline);
  moveClips();
  edit.set(timeline, { tempo_segments: shiftedTempo(timeline, shift), ...shiftedLoop(timeline, shift) });
  const tempo = tempoMapOf(edit.need('TimelineAtome', timeline.id));
  for (const { point, position } of points) {
    const inside = shift.kind === 'remove' && position >= shift.at && position < shift.at + shift.duration - tolerance;
    if (inside) {
      removeWithDependants(edit, point);
      continue;
    }
    const moved = shiftedPosition(position, shift);
    if (moved === position && point.timebase === timeline.timebase) continue;
    edit.set(point, { time: point.timebase === 'beats' ? tempo.toBeats(moved) : tempo.toSeconds(moved) });
  }
}

interface Point {
  readonly point: TimelineMarkerAtome | TimelineEventAtome;
  /** In the timeline's timebase. */
  readonly position: number;
}

function pointsOf(edit: Edit, timeline: TimelineAtome): Point[] {
  const points = [
    ...edit.objects.ofTimeline(timeline.id, 'TimelineMarkerAtome'),
    ...edit.objects.ofTimeline(timeline.id, 'TimelineEventAtome'),
  ];
  return points.map((point) => ({ point, position: positionOfPoint(timeline, point) }));
}

function shiftedPosition(position: number, { kind, at, duration }: TimeShift): number {
  if (kind === 'insert') return position >= at - tolerance ? position + duration : position;
  return position <= at ? position : Math.max(at, position - duration);
}

function shiftedLoop({ loop }: TimelineAtome, shift: TimeShift): Partial<Pick<TimelineAtome, 'loop' | 'loop_enabled'>> {
  if (!loop) return {};
  const start = shiftedPosition(loop.start, shift);
  /** A loop that ends where time is opened stays as long as it was. */
  const stays = shift.kind === 'insert' && loop.end <= shift.at + tolerance;
  const end = stays ? loop.end : shiftedPosition(loop.end, shift);
  return end > start + tolerance ? { loop: { start, end } } : { loop: null, loop_enabled: false };
}

function shiftedTempo({ tempo_segments }: TimelineAtome, shift: TimeShift): TempoSegment[] {
  const { at, duration } = shift;
  const [first, ...later] = tempo_segments;
  if (!first) return [];
  const moved = (segment: TempoSegment, by: number): TempoSegment => ({
    ...segment,
    start_position: segment.start_position + by,
  });
  if (shift.kind === 'insert') {
    return [
      first,
      ...later.map((segment) => (segment.start_position >= at - tolerance ? moved(segment, duration) : segment)),
    ];
  }
  const end = at + duration;
  const before = tempo_segments.filter((segment) => segment.start_position < at - tolerance);
  const inForce = tempo_segments.findLast(({ start_position }) => start_position <= end + tolerance) ?? first;
  const after = tempo_segments.filter(({ start_position }) => start_position > end + tolerance);
  const joined = before.includes(inForce) ? [] : [{ ...inForce, start_position: at }];
  return [...before, ...joined, ...after.map((segment) => moved(segment, -duration))];
}
