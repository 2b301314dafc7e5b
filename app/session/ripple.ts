// Clips that move along when others of their lane leave, arrive or change their length.
import type { AnyClip } from '../protocol/kinds.ts';
import { anyClipsOf } from './any-clips.ts';
import type { Edit } from './edit.ts';
import { type Span, spanOf, tolerance } from './span.ts';

/** A clip that has left its place, as it was. */
export interface Departure {
  readonly clip: AnyClip;
  readonly span: Span;
}

type Lane = Pick<AnyClip, 'timeline_id' | 'group_id'>;

/** Moves what lies behind the places that were left, as far as no other clip fills them. @param except stays. */
export function closeGaps(edit: Edit, departures: readonly Departure[], except?: string): void {
  const byLane = new Map<string, Departure[]>();
  for (const departure of departures) {
    const { timeline_id, group_id } = departure.clip;
    const lane = `${timeline_id} ${group_id}`;
    byLane.set(lane, [...(byLane.get(lane) ?? []), departure]);
  }
  for (const left of byLane.values()) {
    const [first] = left;
    if (!first) continue;
    const stay = placedOn(edit, first.clip).filter(({ clip }) => clip.id !== except);
    const free = without(joined(left.map(({ span }) => span)), joined(stay.map(({ span }) => span)));
    for (const { clip, span } of stay) {
      const gone = lengthBefore(free, span.start);
      if (gone > 0) edit.set(clip, { play_position: Math.max(0, clip.play_position - gone) });
    }
  }
}

/** Moves what ends behind the start of a clip that has arrived, as far as it would be covered; what never ends stays. */
export function makeRoom(edit: Edit, arrived: AnyClip): void {
  const { start, end } = spanOf(edit.objects, arrived);
  const behind = placedOn(edit, arrived).filter(
    ({ clip, span }) =>
      clip.id !== arrived.id &&
      (span.start > start - tolerance || (Number.isFinite(span.end) && span.end > start + tolerance)),
  );
  const room = Math.min(...behind.map(({ span }) => span.start)) - end;
  shift(edit, behind, room < -tolerance ? -room : 0);
}

/** Moves what follows a clip by the change of its length; what overlapped its end still does. */
export function followLength(edit: Edit, before: Departure): void {
  const clip = edit.needClip(before.clip.id);
  const change = spanOf(edit.objects, clip).end - before.span.end;
  const followers = placedOn(edit, clip).filter(
    ({ clip: other, span }) =>
      other.id !== clip.id &&
      (span.start > before.span.end - tolerance ||
        (span.start > before.span.start + tolerance && span.end > before.span.end + tolerance)),
  );
  const nearest = Math.min(...followers.map(({ span }) => span.start));
  shift(edit, followers, Math.max(change, before.span.start - nearest));
}

function shift(edit: Edit, placed: readonly Departure[], distance: number): void {
  if (distance === 0 || !Number.isFinite(distance)) return;
  for (const { clip } of placed) edit.set(clip, { play_position: Math.max(0, clip.play_position + distance) });
}

const placedOn = (edit: Edit, { timeline_id, group_id }: Lane): Departure[] =>
  [...anyClipsOf(edit.objects, timeline_id)]
    .filter((clip) => clip.group_id === group_id)
    .map((clip) => ({ clip, span: spanOf(edit.objects, clip) }));

/** Spans in their order, those that touch made one. */
function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last && span.start <= last.end + tolerance)
      all[all.length - 1] = { ...last, end: Math.max(last.end, span.end) };
    else all.push(span);
  }
  return all;
}

/** What of the first spans none of the second covers; both in order and apart. */
function without(spans: readonly Span[], covers: readonly Span[]): Span[] {
  const rest: Span[] = [];
  for (const span of spans) {
    let { start } = span;
    for (const cover of covers) {
      if (cover.end <= start || cover.start >= span.end) continue;
      if (cover.start > start) rest.push({ start, end: cover.start });
      start = cover.end;
    }
    if (start < span.end) rest.push({ start, end: span.end });
  }
  return rest.filter(({ start, end }) => end - start > tolerance);
}

/** How much of the spans lies before a position. */
function lengthBefore(spans: readonly Span[], position: number): number {
  let length = 0;
  for (const { start, end } of spans) {
    if (start < position - tolerance) length += Math.min(end, position) - start;
  }
  return length;
}
