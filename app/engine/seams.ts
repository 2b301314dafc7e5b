// Nested clips that go on from one another, as the halves of a split do: there is nothing to fade where they meet.
import type { Seconds } from '../core/units.ts';
import type { TimelineClipAtome } from '../protocol/kinds.ts';
import type { ObjectReader } from '../session/types.ts';
import { isAudioEvent } from './audio-events.ts';
import type { Stretch } from './nested-stretches.ts';

/** Seconds; less than a frame of any file, more than what places lose by rounding. */
const samePlace = 1e-9;
/** Positions in a timeline's timebase are looked up by this part of a unit. */
const keysPerUnit = 1e6;

export interface Seams {
  /** What goes on where another one ends. */
  readonly begins: ReadonlySet<string>;
  /** What another one goes on from. */
  readonly ends: ReadonlySet<string>;
}

export const noSeams: Seams = { begins: new Set(), ends: new Set() };

type Pair = readonly [first: TimelineClipAtome, second: TimelineClipAtome];

/** Finds them in one state of the objects; what lies beside what is looked up once for each timeline. */
export class SeamFinder {
  readonly #objects: ObjectReader;
  readonly #pairs = new Map<string, readonly Pair[]>();

  constructor(objects: ObjectReader) {
    this.#objects = objects;
  }

  /** @param firstOf the first stretch of a clip as the timeline is played, where it has one */
  in(timelineId: string, firstOf: (clip: TimelineClipAtome) => Stretch | undefined): Seams {
    const pairs = this.#pairs.get(timelineId) ?? neighbours(this.#objects, timelineId);
    this.#pairs.set(timelineId, pairs);
    if (pairs.length === 0) return noSeams;
    const met = pairs.filter(([first, second]) => goesOn(firstOf(first), firstOf(second)));
    return { begins: new Set(met.map(([, { id }]) => id)), ends: new Set(met.map(([{ id }]) => id)) };
  }
}

/** Clips that sound alike, of which one begins where the other ends. */
function neighbours(objects: ObjectReader, timelineId: string): Pair[] {
  const clips = [...objects.ofTimeline(timelineId, 'TimelineClipAtome')];
  const later = clips.filter(({ start_marker_id }) => start_marker_id !== null);
  if (later.length === 0 || clips.length === 1) return [];
  const byEnd = endingAt(clips);
  const aimedAt = targetsOf(objects, timelineId);
  return later.flatMap((second): Pair[] => {
    if (aimedAt.has(second.id) || hasAudioEvents(objects, second.nested_timeline_id)) return [];
    const key = keyOf(second.play_position);
    const before = [key - 1, key, key + 1].flatMap((near) => byEnd.get(near) ?? []);
    return before
      .filter((first) => first.id !== second.id && !aimedAt.has(first.id) && soundAlike(first, second))
      .map((first) => [first, second]);
  });
}

/** Clips with a duration, by where it is over. */
function endingAt(clips: readonly TimelineClipAtome[]): ReadonlyMap<number, readonly TimelineClipAtome[]> {
  const byEnd = new Map<number, TimelineClipAtome[]>();
  for (const clip of clips) {
    if (clip.duration === null) continue;
    const key = keyOf(clip.play_position + clip.duration);
    const there = byEnd.get(key);
    if (there) there.push(clip);
    else byEnd.set(key, [clip]);
  }
  return byEnd;
}

const keyOf = (position: number): number => Math.round(position * keysPerUnit);

const alike = ['nested_timeline_id', 'loop_markers', 'tempo', 'group_id', 'gain', 'muted', 'solo'] as const;

const soundAlike = (one: TimelineClipAtome, other: TimelineClipAtome): boolean =>
  one.loop_markers === null && alike.every((field) => one[field] === other[field]);

/** What is played where the second one begins is what the first one would play then. */
function goesOn(first: Stretch | undefined, second: Stretch | undefined): boolean {
  if (!first || !second) return false;
  const isSame = (one: Seconds, other: Seconds): boolean => Math.abs(one - other) <= samePlace;
  return isSame(first.end, second.begin) && isSame(first.toTop(second.from), second.begin);
}

function targetsOf(objects: ObjectReader, timelineId: string): ReadonlySet<string | null> {
  const events = [...objects.ofTimeline(timelineId, 'TimelineEventAtome')];
  return new Set(events.filter(isAudioEvent).map(({ target_clip_id }) => target_clip_id));
}

/** Where events change levels they glide over some frames, and a seam in the midst of those would cut that short. */
function hasAudioEvents(objects: ObjectReader, timelineId: string, around: readonly string[] = []): boolean {
  if (around.includes(timelineId)) return false;
  if ([...objects.ofTimeline(timelineId, 'TimelineEventAtome')].some(isAudioEvent)) return true;
  const nested = new Set(
    [...objects.ofTimeline(timelineId, 'TimelineClipAtome')].map(({ nested_timeline_id }) => nested_timeline_id),
  );
  return [...nested].some((id) => hasAudioEvents(objects, id, [...around, timelineId]));
}
