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
import { timelineOf } from './timeline-places.ts';

/** What repeats without end is laid out so far beyond the last clip and the playhead. */
const reach: Seconds = 600;
/** It is laid out further when a playhead comes so close to where it was left off. */
const margin: Seconds = 60;

export interface EngineDeltasOptions {
  /** Seconds of every timeline up to which what repeats without end is laid out; default: as far as playheads need it. */
  readonly horizon?: Seconds;
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
  readonly #segments = new Map<string, { readonly start: number; readonly end: number; readonly loop: boolean }>();
  /** How far timelines with repeats without end are laid out. */
  readonly #horizons = new Map<string, Seconds>();

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

  /** Before a timeline goes on from `seconds`: what repeats without end there. */
  reachFrom(timelineId: string, seconds: Seconds): EngineDelta[] {
    const known = this.#horizons.get(timelineId);
    const timeline = timelineOf(this.#objects, timelineId);
    if (!timeline || known === undefined || seconds + margin <= known) return [];
    this.#horizons.set(timelineId, seconds + reach);
    return this.#derived(timeline, new Arrangement(this.#objects), []);
  }

  /** Plays a part of a timeline, in its timebase, instead of the whole; undefined: the whole again. */
  setSegment(timelineId: string, segment: Segment | undefined): EngineDelta[] {
    const timeline = timelineOf(this.#objects, timelineId);
    if (!timeline || (!segment && !this.#segments.has(timelineId))) return [];
    if (segment) this.#segments.set(timelineId, segment);
    else this.#segments.delete(timelineId);
    return [this.#loop(timeline), ...this.#triggersOf(timeline, new Arrangement(this.#objects))];
  }

  /** A trigger as the engine was told of it last. */
  trigger(timelineId: string, id: string): EngineTrigger | undefined {
    return this.#triggers.get(timelineId)?.find((trigger) => trigger.id === id);
  }

  #resolve(scope: DeltaScope): EngineDelta[] {
    const { clips, removedClips, derived, triggers, loops, removedTimelines } = scope;
    const arrangement = new Arrangement(this.#objects);
    const deltas: EngineDelta[] = [...removedClips].map((clipId) => ({ type: 'removeClip', clipId }));
    const again: string[] = [];
    for (const id of derived) {
      const timeline = timelineOf(this.#objects, id);
      if (timeline) deltas.push(...this.#derived(timeline, arrangement, again));
    }
    for (const id of new Set([...clips, ...again])) this.#pushPlain(id, arrangement, deltas);
    for (const id of loops) {
      const timeline = timelineOf(this.#objects, id);
      if (timeline) deltas.push(this.#loop(timeline));
    }
    const concerned = scope.everyTrigger ? [...triggers, ...this.#triggers.keys()] : triggers;
    for (const id of new Set(concerned)) {
      const timeline = timelineOf(this.#objects, id);
      if (timeline) deltas.push(...this.#triggersOf(timeline, arrangement));
    }
    for (const timelineId of removedTimelines) {
      for (const known of [this.#told, this.#triggers, this.#segments, this.#horizons]) known.delete(timelineId);
      deltas.push({ type: 'removeTimeline', timelineId });
    }
    return deltas;
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
    for (const delta of arrangement.derivedClips(timeline, this.#horizon(timeline))) fresh.set(delta.clip.id, delta);
    const deltas: EngineDelta[] = [];
    for (const id of told?.keys() ?? []) {
      if (fresh.has(id)) continue;
      if (this.#objects.get(id)) again.push(id);
      else deltas.push({ type: 'removeClip', clipId: id });
    }
    for (const [id, delta] of fresh) if (!isTold(told?.get(id), delta)) deltas.push(delta);
    if (fresh.size > 0) this.#told.set(timeline.id, fresh);
    else this.#told.delete(timeline.id);
    this.#tellLimit(timeline, arrangement);
    return deltas;
  }

  #triggersOf(timeline: TimelineAtome, arrangement: Arrangement): EngineDelta[] {
    const told = this.#triggers.get(timeline.id);
    const segment = this.#segments.get(timeline.id);
    if (!told && !segment && !hasTriggers(this.#objects, timeline.id)) return [];
    const inSeconds = segment && rangeInSeconds(timeline, segment);
    const triggers = arrangement.triggers(timeline, this.#horizon(timeline), inSeconds);
    this.#tellLimit(timeline, arrangement);
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

  /** Infinity where nothing repeats without end. */
  #horizon(timeline: TimelineAtome): Seconds {
    if (this.#options.horizon !== undefined) return this.#options.horizon;
    if (new ContentEnds(this.#objects, 'for ever').of(timeline) !== Number.POSITIVE_INFINITY) {
      this.#horizons.delete(timeline.id);
      return Number.POSITIVE_INFINITY;
    }
    const horizon = Math.max(
      this.#horizons.get(timeline.id) ?? 0,
      new ContentEnds(this.#objects, 'once').of(timeline) + reach,
    );
    this.#horizons.set(timeline.id, horizon);
    return horizon;
  }

  #tellLimit(timeline: TimelineAtome, arrangement: Arrangement): void {
    if (arrangement.limited) this.#options.onLimit?.(timeline);
    arrangement.limited = false;
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
