// What a timeline plays, resolved: plain clips one by one; nested timelines and events as a whole; triggers.
import { tempoMapOf } from '../core/tempo.ts';
import type { Seconds } from '../core/units.ts';
import type { AudioClipAtome, TimelineAtome } from '../protocol/kinds.ts';
import type { ObjectReader } from '../session/types.ts';
import { Arrivals } from './arrivals.ts';
import type { EngineTrigger } from './audio-engine.ts';
import { ContentEnds } from './content-end.ts';
import { followTriggers } from './follow-triggers.ts';
import { type ClipDelta, clipAt, clipsOf } from './passage-clips.ts';
import { triggersOf } from './passage-triggers.ts';
import { type Passage, passagesOf, type Walk } from './passages.ts';
import { SeamFinder } from './seams.ts';
import { SettledObjects } from './settled-objects.ts';
import { Walked } from './walked.ts';
import { sameWindows, type Window } from './windows.ts';

/** Parts of clips and triggers of one timeline; more are left out and told. */
const mostParts = 8192;

/** A part of a timeline that is played instead of the whole, in its seconds. */
export interface Segment {
  readonly start: Seconds;
  readonly end: Seconds;
  readonly loop: boolean;
}

/** All passages of a timeline in some windows. */
interface Tour {
  readonly walk: Walk;
  readonly passages: Iterable<Passage>;
}

/** For one state of the objects; what was worked out is kept. */
export class Arrangement {
  readonly #objects: ObjectReader;
  readonly #ends: ContentEnds;
  readonly #arrivals: Arrivals;
  readonly #seams: SeamFinder;
  readonly #tops = new Map<string, Passage>();
  /** By timeline: both its clips and its triggers are found on it. */
  readonly #tours = new Map<string, Tour>();
  /** Something had to be left out. */
  limited = false;

  constructor(reader: ObjectReader) {
    const objects = new SettledObjects(reader);
    this.#objects = objects;
    this.#ends = new ContentEnds(objects, 'for ever');
    this.#arrivals = new Arrivals(objects, this.#ends);
    this.#seams = new SeamFinder(objects);
  }

  /** Where the content of a timeline ends; Infinity where something repeats without end. */
  endOf(timeline: TimelineAtome): Seconds {
    return this.#ends.of(timeline);
  }

  /** A clip of the timeline itself; undefined where nothing of it is heard, and where events cut it into parts. */
  plainClip(timeline: TimelineAtome, clip: AudioClipAtome): ClipDelta | undefined {
    const top = this.#topOf(timeline);
    if (isTouched(top, clip.id)) return undefined;
    return this.#partsOf(top, clip)[0];
  }

  /** Everything else that sounds on it. @param windows of what repeats without end. */
  derivedClips(timeline: TimelineAtome, windows: readonly Window[]): ClipDelta[] {
    const { walk, passages } = this.#tourOf(timeline, windows);
    const source = { walk, topId: timeline.id };
    const clips: ClipDelta[] = [];
    for (const passage of passages) {
      const isTop = passage.levels.length === 0;
      for (const delta of isTop ? this.#touchedClips(passage) : clipsOf(source, passage)) {
        if (clips.length === mostParts) return this.#limit(clips);
        clips.push(delta);
      }
    }
    return walk.limited ? this.#limit(clips) : clips;
  }

  /** By time; at one time events come before follow actions. */
  triggers(timeline: TimelineAtome, windows: readonly Window[], segment?: Segment): EngineTrigger[] {
    const { walk, passages } = this.#tourOf(timeline, windows);
    const triggers: EngineTrigger[] = [];
    for (const passage of passages) {
      for (const trigger of triggersOf(walk, timeline, passage)) {
        if (triggers.length === mostParts) return byTime(this.#limit(triggers));
        triggers.push(trigger);
      }
    }
    if (walk.limited) this.limited = true;
    if (!segment) return byTime([...triggers, ...followTriggers(this.#objects, this.#ends, timeline)]);
    // A segment is played as it lies; nothing leads out of it but its end.
    const staying = triggers.filter(({ action }) => !movesOwnPlayhead.has(action.type));
    return byTime(segment.loop ? staying : [...staying, endOf(timeline, segment)]);
  }

  #tourOf(timeline: TimelineAtome, windows: readonly Window[]): Tour {
    const known = this.#tours.get(timeline.id);
    if (known && sameWindows(known.walk.windows, windows)) return known;
    const walk = this.#walk(windows);
    const tour = { walk, passages: new Walked(passagesOf(walk, timeline)) };
    this.#tours.set(timeline.id, tour);
    return tour;
  }

  #walk(windows: readonly Window[]): Walk {
    const [objects, ends, arrivals, seams] = [this.#objects, this.#ends, this.#arrivals, this.#seams];
    return { objects, ends, arrivals, seams, windows, passages: 0, limited: false };
  }

  #limit<Item>(items: Item[]): Item[] {
    this.limited = true;
    return items;
  }

  #topOf(timeline: TimelineAtome): Passage {
    const known = this.#tops.get(timeline.id);
    if (known) return known;
    for (const top of passagesOf(this.#walk([]), timeline)) {
      this.#tops.set(timeline.id, top);
      return top;
    }
    throw new Error('a timeline is its own first passage');
  }

  #partsOf(top: Passage, clip: AudioClipAtome): ClipDelta[] {
    const start = tempoMapOf(top.timeline).toSeconds(clip.play_position);
    return [...clipAt({ walk: { objects: this.#objects }, topId: top.timeline.id }, top, clip, start, '')];
  }

  /** The parts of those clips of the timeline itself that events touch, and what events start. */
  *#touchedClips(top: Passage): Generator<ClipDelta> {
    const source = { walk: { objects: this.#objects }, topId: top.timeline.id };
    for (const clipId of top.events.targets()) {
      const clip = this.#objects.get(clipId);
      if (clip?.kind !== 'AudioClipAtome') continue;
      if (clip.timeline_id === top.timeline.id && isTouched(top, clipId)) yield* this.#partsOf(top, clip);
      for (const { id, at } of top.events.startsOf(clipId)) yield* clipAt(source, top, clip, at, `${id}/`);
    }
  }
}

/** Whether events stop or change a clip. */
const isTouched = ({ events }: Passage, clipId: string): boolean =>
  events.changesOf(clipId).length > 0 || Number.isFinite(events.stopOf(clipId, Number.NEGATIVE_INFINITY));

const movesOwnPlayhead: ReadonlySet<string> = new Set<EngineTrigger['action']['type']>(['jump', 'choose', 'stop']);

const endOf = ({ id }: TimelineAtome, { end }: Segment): EngineTrigger => ({
  id: `${id}#segment`,
  atSeconds: end,
  action: { type: 'stop' },
});

const byTime = (triggers: readonly EngineTrigger[]): EngineTrigger[] =>
  triggers.toSorted((a, b) => a.atSeconds - b.atSeconds);
