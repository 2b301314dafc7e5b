// From transactions to what the engine must know: clips in seconds and source frames, loops and triggers in seconds.
import { tempoMapOf } from '../core/tempo.ts';
import type { Seconds } from '../core/units.ts';
import type { TimelineAtome } from '../protocol/kinds.ts';
import type { TransactionRecord } from '../protocol/transaction.ts';
import type { ObjectReader } from '../session/types.ts';
import { Arrangement, type Segment } from './arrangement.ts';
import type { EngineDelta, EngineTrigger } from './audio-engine.ts';
import { ContentEnds } from './content-end.ts';
import { affectedBy, type DeltaScope, everything } from './deltas-scope.ts';
import { samePlace } from './engine-clip.ts';
import type { ClipDelta } from './passage-clips.ts';
import { actedOn, placesOf } from './reachable.ts';
import { timelineOf } from './timeline-places.ts';
import { everywhere, isWithin, merged, type Window } from './windows.ts';

/** What repeats without end is laid out so far beyond the last clip and the playhead. */
const reach: Seconds = 600;
/** It is laid out anew when a playhead comes so close to where it was left off. */
const margin: Seconds = 60;

export interface EngineDeltasOptions {
  /** The parts of every timeline for which what repeats without end is laid out; default: as playheads need it. */
  readonly windows?: readonly Window[];
  /** Told when a timeline holds more than can be laid out; the rest of it is silent. */
  readonly onLimit?: (timeline: TimelineAtome) => void;
}

/** Everything an engine must know of a session, from nothing. */
export const deriveEngineDeltas = (objects: ObjectReader, options?: EngineDeltasOptions): EngineDelta[] =>
  new EngineDeltas(objects, options).everything();

/** What one engine was told, and what it must be told next. */
export class EngineDeltas {
  readonly #objects: ObjectReader;
  readonly #options: EngineDeltasOptions;
  /** By timeline and id: parts of clips that came from nested timelines and events. */
  readonly #told = new Map<string, ReadonlyMap<string, ClipDelta>>();
  readonly #triggers = new Map<string, readonly EngineTrigger[]>();
  readonly #segments = new Map<string, Segment>();
  /** What is laid out of the timelines in which something repeats without end. */
  readonly #laidOut = new Map<string, readonly Window[]>();
  /** Around the playheads that have left the beginning. */
  readonly #playheads = new Map<string, Window>();
  /** Timelines of which something was left out just now. */
  readonly #limited = new Set<TimelineAtome>();

  constructor(objects: ObjectReader, options: EngineDeltasOptions = {}) {
    this.#objects = objects;
    this.#options = options;
  }

  everything(): EngineDelta[] {
    this.#told.clear();
    this.#triggers.clear();
    return this.#resolve(everything(this.#objects));
  }

  /** What a transaction changed for the engine. Call it when the objects show it. */
  follow({ changes }: Pick<TransactionRecord, 'changes'>): EngineDelta[] {
    return this.#resolve(affectedBy(this.#objects, changes));
  }

  /** Before a timeline goes on from `seconds`, and now and then on the way: what repeats without end there. */
  reachFrom(timelineId: string, seconds: Seconds): EngineDelta[] {
    const laidOut = this.#laidOut.get(timelineId);
    const timeline = timelineOf(this.#objects, timelineId);
    if (!timeline || !laidOut || isWithin(laidOut, { from: seconds, until: seconds + margin })) return [];
    this.#playheads.set(timelineId, { from: Math.max(0, seconds - margin), until: seconds + reach });
    const arrangement = new Arrangement(this.#objects);
    return this.#answer(this.#derived(timeline, arrangement, []), this.#triggersOf(timeline, arrangement));
  }

  /** The timelines in which something repeats without end. */
  endless(): string[] {
    return [...this.#laidOut.keys()];
  }

  /** Plays a part of a timeline, in its timebase, instead of the whole; undefined: the whole again. */
  setSegment(timelineId: string, segment: Segment | undefined): EngineDelta[] {
    const timeline = timelineOf(this.#objects, timelineId);
    if (!timeline || (!segment && !this.#segments.has(timelineId))) return [];
    if (segment) this.#segments.set(timelineId, segment);
    else this.#segments.delete(timelineId);
    return this.#answer([this.#loop(timeline)], this.#triggersOf(timeline, new Arrangement(this.#objects)));
  }

  /** A trigger as the engine was told of it last. */
  trigger(timelineId: string, id: string): EngineTrigger | undefined {
    return this.#triggers.get(timelineId)?.find((trigger) => trigger.id === id);
  }

  /** What is only told of and stands on the very frame a timeline is played from: the playhead never plays into it. */
  toldAt(timelineId: string, seconds: number, frameSeconds: number): readonly EngineTrigger[] {
    const triggers = this.#triggers.get(timelineId) ?? [];
    return triggers.filter(
      ({ action, atSeconds }) => action.type === 'notify' && Math.abs(atSeconds - seconds) < frameSeconds / 2,
    );
  }

  #resolve(scope: DeltaScope): EngineDelta[] {
    const { clips, removedClips, derived, triggers, loops, removedTimelines } = scope;
    const arrangement = new Arrangement(this.#objects);
    const deltas: EngineDelta[] = [...removedClips].map((clipId) => ({ type: 'removeClip', clipId }));
    /** Clips that are whole again. */
    const again: string[] = [];
    for (const timeline of this.#timelines(derived)) deltas.push(...this.#derived(timeline, arrangement, again));
    for (const id of new Set([...clips, ...again])) this.#pushPlain(id, arrangement, deltas);
    for (const timeline of this.#timelines(loops)) deltas.push(this.#loop(timeline));
    const concerned = scope.everyTrigger ? new Set([...triggers, ...this.#triggers.keys()]) : triggers;
    for (const timeline of this.#timelines(concerned)) deltas.push(...this.#triggersOf(timeline, arrangement));
    deltas.push(...this.#laidOutAnew(arrangement));
    for (const timelineId of removedTimelines) {
      for (const known of [this.#told, this.#triggers, this.#segments, this.#laidOut, this.#playheads]) {
        known.delete(timelineId);
      }
      deltas.push({ type: 'removeTimeline', timelineId });
    }
    return this.#answer(deltas);
  }

  *#timelines(ids: Iterable<string>): Iterable<TimelineAtome> {
    for (const id of ids) {
      const timeline = timelineOf(this.#objects, id);
      if (timeline) yield timeline;
    }
  }

  #pushPlain(id: string, arrangement: Arrangement, deltas: EngineDelta[]): void {
    const clip = this.#objects.get(id);
    const timeline = clip?.kind === 'AudioClipAtome' ? timelineOf(this.#objects, clip.timeline_id) : undefined;
    if (clip?.kind !== 'AudioClipAtome' || !timeline || this.#told.get(timeline.id)?.has(id)) return;
    deltas.push(arrangement.plainClip(timeline, clip) ?? { type: 'removeClip', clipId: id });
  }

  /** How what is derived on a timeline differs from what was told. @param again takes clips that are whole again. */
  #derived(timeline: TimelineAtome, arrangement: Arrangement, again: string[]): EngineDelta[] {
    const told = this.#told.get(timeline.id);
    if (!told && !hasDerived(this.#objects, timeline.id)) return [];
    const fresh = new Map<string, ClipDelta>();
    const windows = this.#windows(timeline, arrangement);
    for (const delta of arrangement.derivedClips(timeline, windows)) fresh.set(delta.clip.id, delta);
    const deltas: EngineDelta[] = [];
    for (const id of told?.keys() ?? []) {
      if (fresh.has(id)) continue;
      if (this.#objects.get(id)) again.push(id);
      else deltas.push({ type: 'removeClip', clipId: id });
    }
    for (const [id, delta] of fresh) if (!isTold(told?.get(id), delta)) deltas.push(delta);
    if (fresh.size > 0) this.#told.set(timeline.id, fresh);
    else this.#told.delete(timeline.id);
    this.#noteLimit(timeline, arrangement);
    return deltas;
  }

  #triggersOf(timeline: TimelineAtome, arrangement: Arrangement): EngineDelta[] {
    const told = this.#triggers.get(timeline.id);
    const segment = this.#segments.get(timeline.id);
    if (!told && !segment && !hasTriggers(this.#objects, timeline.id)) return [];
    const inSeconds = segment && rangeInSeconds(timeline, segment);
    const triggers = arrangement.triggers(timeline, this.#windows(timeline, arrangement), inSeconds);
    this.#noteLimit(timeline, arrangement);
    if (JSON.stringify(triggers) === JSON.stringify(told ?? [])) return [];
    if (triggers.length > 0) this.#triggers.set(timeline.id, triggers);
    else this.#triggers.delete(timeline.id);
    return [{ type: 'triggers', timelineId: timeline.id, triggers }];
  }

  #loop(timeline: TimelineAtome): EngineDelta {
    const segment = this.#segments.get(timeline.id);
    const range = segment ? (segment.loop ? segment : null) : timeline.loop_enabled ? timeline.loop : null;
    const seconds = range && rangeInSeconds(timeline, range);
    return { type: 'loop', timelineId: timeline.id, range: seconds && { start: seconds.start, end: seconds.end } };
  }

  /** What is laid out of a timeline: around its playhead, and where loops and triggers lead. */
  #windows(timeline: TimelineAtome, arrangement: Arrangement): readonly Window[] {
    if (this.#options.windows) return this.#options.windows;
    if (arrangement.endOf(timeline) !== Number.POSITIVE_INFINITY) {
      this.#laidOut.delete(timeline.id);
      return everywhere;
    }
    const content = new ContentEnds(this.#objects, 'once').of(timeline);
    const playhead = this.#playheads.get(timeline.id) ?? { from: 0, until: content + reach };
    const places = this.#placesLedTo(timeline).map((from) => ({ from, until: from + reach }));
    const windows = merged([playhead, ...places]);
    this.#laidOut.set(timeline.id, windows);
    return windows;
  }

  #placesLedTo(timeline: TimelineAtome): Seconds[] {
    const loop = this.#loop(timeline);
    const places = loop.type === 'loop' && loop.range ? [loop.range.start] : [];
    for (const [id, triggers] of this.#triggers) {
      for (const { action } of triggers) {
        if ((actedOn(action) ?? id) === timeline.id) places.push(...placesOf(action));
      }
    }
    return places;
  }

  /** Lays out what loops and triggers lead to now and did not before. */
  #laidOutAnew(arrangement: Arrangement): EngineDelta[] {
    return [...this.#laidOut].flatMap(([id, before]) => {
      const timeline = timelineOf(this.#objects, id);
      if (!timeline || JSON.stringify(this.#windows(timeline, arrangement)) === JSON.stringify(before)) return [];
      return [...this.#derived(timeline, arrangement, []), ...this.#triggersOf(timeline, arrangement)];
    });
  }

  #noteLimit(timeline: TimelineAtome, arrangement: Arrangement): void {
    if (arrangement.limited) this.#limited.add(timeline);
    arrangement.limited = false;
  }

  /** All deltas of one answer; whoever is concerned hears of what they leave out. */
  #answer(...parts: readonly (readonly EngineDelta[])[]): EngineDelta[] {
    for (const timeline of this.#limited) this.#options.onLimit?.(timeline);
    this.#limited.clear();
    return parts.flat();
  }
}

function hasDerived(objects: ObjectReader, timelineId: string): boolean {
  for (const _clip of objects.ofTimeline(timelineId, 'TimelineClipAtome')) return true;
  for (const { target_clip_id } of objects.ofTimeline(timelineId, 'TimelineEventAtome')) {
    if (target_clip_id !== null) return true;
  }
  return false;
}

function hasTriggers(objects: ObjectReader, timelineId: string): boolean {
  for (const _action of objects.ofKind('TimelineFollowAction')) return true;
  for (const kind of ['TimelineEventAtome', 'ActionClipAtome', 'TimelineClipAtome'] as const) {
    for (const _object of objects.ofTimeline(timelineId, kind)) return true;
  }
  return false;
}

const isTold = (told: ClipDelta | undefined, { clip }: ClipDelta): boolean =>
  told !== undefined &&
  samePlace(told.clip, clip) &&
  told.clip.gain === clip.gain &&
  told.clip.pan === clip.pan &&
  told.clip.muted === clip.muted;

function rangeInSeconds<Range extends { readonly start: number; readonly end: number }>(
  timeline: TimelineAtome,
  range: Range,
): Range {
  const tempo = tempoMapOf(timeline);
  return { ...range, start: tempo.toSeconds(range.start), end: tempo.toSeconds(range.end) };
}
