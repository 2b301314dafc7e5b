// Every stretch of a timeline and of those nested in it, as the timeline on top plays them.
import { tempoMapOf } from '../core/tempo.ts';
import type { Seconds } from '../core/units.ts';
import type { AudioClipAtome, GroupAtome, TimelineAtome, TimelineClipAtome } from '../protocol/kinds.ts';
import type { ObjectReader } from '../session/types.ts';
import type { Arrivals } from './arrivals.ts';
import type { EngineTrigger } from './audio-engine.ts';
import { AudioEvents } from './audio-events.ts';
import type { ContentEnds } from './content-end.ts';
import { followedStretches } from './followed-stretches.ts';
import type { Level } from './mix-levels.ts';
import { type Clock, limitOf, ownClock, type Stretch, stretchesOf } from './nested-stretches.ts';
import { noSeams, type SeamFinder, type Seams } from './seams.ts';
import { overlaps, type Window } from './windows.ts';

/** A stretch `[from, to)` of a timeline, in its own seconds, with what it is called and how loud it is. */
export interface Passage extends Clock {
  readonly from: Seconds;
  readonly to: Seconds;
  /** Seconds of the timeline on top. */
  readonly begin: Seconds;
  readonly end: Seconds;
  /** At its beginning and at its end the same goes on, played by its neighbours. */
  readonly seams: { readonly begin: boolean; readonly end: boolean };
  /** Ids inside are `<prefix><id><suffix>`. */
  readonly prefix: string;
  readonly suffix: string;
  readonly levels: readonly Level[];
  /** The timelines around it and itself. */
  readonly path: readonly string[];
  readonly events: AudioEvents;
  /** What its follow actions and events do besides moving its own playhead: as it is reached, in seconds on top. */
  readonly reached: readonly EngineTrigger[];
}

/** Times round of one nested timeline; more are left out and told. */
const mostRounds = 8192;
/** Times round on the way to the windows. */
const mostLooks = 1_000_000;
/** Passages in all: timelines that are nested twice in each other, and again, double with each level. */
const mostPassages = 32_768;

export interface Walk {
  readonly objects: ObjectReader;
  readonly ends: ContentEnds;
  readonly arrivals: Arrivals;
  readonly seams: SeamFinder;
  /** Of the timeline on top, as `merged` leaves them. */
  readonly windows: readonly Window[];
  /** How many there were. */
  passages: number;
  /** Something was left out. */
  limited: boolean;
}

/** The timeline itself first. */
export function* passagesOf(walk: Walk, timeline: TimelineAtome): Generator<Passage> {
  const clock = ownClock(timeline);
  yield* inside(walk, {
    ...clock,
    from: 0,
    to: Number.POSITIVE_INFINITY,
    begin: 0,
    end: Number.POSITIVE_INFINITY,
    seams: { begin: false, end: false },
    prefix: '',
    suffix: '',
    levels: [],
    path: [timeline.id],
    events: new AudioEvents(walk.objects, clock),
    reached: [],
  });
}

function* inside(walk: Walk, passage: Passage): Generator<Passage> {
  if (walk.passages === mostPassages) {
    walk.limited = true;
    return;
  }
  walk.passages++;
  yield passage;
  const { timeline, events } = passage;
  const tempo = tempoMapOf(timeline);
  const startOf = (clip: TimelineClipAtome): Seconds => tempo.toSeconds(clip.play_position);
  const seams = walk.seams.in(timeline.id, (clip) => firstStretch(walk, passage, clip, startOf(clip)));
  for (const clip of walk.objects.ofTimeline(timeline.id, 'TimelineClipAtome')) {
    yield* nested(walk, passage, clip, startOf(clip), '', seams);
    for (const start of events.startsOf(clip.id)) yield* nested(walk, passage, clip, start.at, `${start.id}/`, noSeams);
  }
}

/** None where it moves by itself: its second half begins anew. */
function firstStretch(walk: Walk, parent: Passage, clip: TimelineClipAtome, start: Seconds): Stretch | undefined {
  if (walk.arrivals.of(clip.nested_timeline_id).length > 0) return undefined;
  return stretchesOf(walk.objects, cutsOf(walk), parent, clip, start).next().value ?? undefined;
}

const cutsOf = ({ ends }: Pick<Walk, 'ends'>) => ({ endIn: (clock: Clock) => ends.cutIn(clock) });

function* nested(
  walk: Walk,
  parent: Passage,
  clip: TimelineClipAtome,
  start: Seconds,
  name: string,
  seams: Seams,
): Generator<Passage> {
  const { objects, windows } = walk;
  const horizon = windows.at(-1)?.until ?? 0;
  if (parent.path.includes(clip.nested_timeline_id) || start >= parent.to) return;
  if (limitOf(parent, clip, start) <= parent.begin) return;
  const cut = Math.min(parent.end, parent.events.stopOf(clip.id, parent.toTop(start)));
  const levels = [...parent.levels, levelOf(objects, parent, clip)];
  let [rounds, looked] = [0, 0];
  for (const stretch of playedStretches(walk, parent, clip, start)) {
    if (looked++ === mostLooks) {
      walk.limited = true;
      return;
    }
    const begin = Math.max(stretch.begin, parent.begin);
    const end = Math.min(stretch.end, cut);
    if (stretch.begin >= cut || (stretch.endless && stretch.begin >= horizon)) return;
    if (end <= begin || (stretch.endless && !overlaps(windows, begin, end))) continue;
    if (rounds === mostRounds) {
      walk.limited = true;
      return;
    }
    rounds++;
    yield* inside(walk, {
      timeline: stretch.timeline,
      toTop: stretch.toTop,
      fromTop: stretch.fromTop,
      from: stretch.from,
      to: stretch.to,
      begin,
      end,
      seams: {
        begin: stretch.begin >= parent.begin ? seams.begins.has(clip.id) : parent.seams.begin,
        end: stretch.end <= cut ? seams.ends.has(clip.id) : cut === parent.end && parent.seams.end,
      },
      prefix: `${parent.prefix}${name}${clip.id}/`,
      suffix: `#${stretch.index}${parent.suffix}`,
      levels,
      path: [...parent.path, stretch.timeline.id],
      events: new AudioEvents(objects, stretch),
      reached: stretch.reached ?? [],
    });
  }
}

function* playedStretches(
  { objects, ends, arrivals, windows }: Walk,
  parent: Passage,
  clip: TimelineClipAtome,
  start: Seconds,
): Generator<Stretch & { readonly reached?: readonly EngineTrigger[] }> {
  const movesByItself = arrivals.of(clip.nested_timeline_id).length > 0;
  if (movesByItself) yield* followedStretches({ objects, ends, arrivals }, parent, clip, start);
  else {
    const after = Math.max(parent.begin, windows[0]?.from ?? 0);
    yield* stretchesOf(objects, cutsOf({ ends }), parent, clip, start, after);
  }
}

/** The share in the mix of a clip that a passage plays; one from elsewhere, which an event has started, is in no lane of it. */
export function levelOf(objects: ObjectReader, passage: Passage, clip: AudioClipAtome | TimelineClipAtome): Level {
  const { id } = passage.timeline;
  const group = clip.timeline_id === id ? groupOf(objects, clip) : undefined;
  const { gain, muted } = clip;
  return {
    gain,
    pan: clip.kind === 'AudioClipAtome' ? clip.pan : 0,
    muted,
    laneGain: group?.gain ?? 1,
    silenced: group?.muted === true || (objects.hasSolo(id) && !clip.solo && !group?.solo),
    changes: passage.events.changesOf(clip.id),
  };
}

function groupOf(objects: ObjectReader, { group_id }: AudioClipAtome | TimelineClipAtome): GroupAtome | undefined {
  const group = group_id === null ? undefined : objects.get(group_id);
  return group?.kind === 'GroupAtome' ? group : undefined;
}
