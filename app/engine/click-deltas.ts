// From tempo maps to the metronome's clicks: what the engine must know of each timeline, and when it needs more.
import { tempoMapOf } from '../core/tempo.ts';
import { beatLines } from '../core/tempo-grid.ts';
import type { Seconds } from '../core/units.ts';
import type { TimelineAtome } from '../protocol/kinds.ts';
import type { TransactionRecord } from '../protocol/transaction.ts';
import type { ObjectReader } from '../session/types.ts';
import type { EngineClicks, EngineDelta } from './audio-engine.ts';
import { ContentEnds } from './content-end.ts';

/** Clicks reach at least so far beyond the end of the content and the playhead, and are extended before half of it is used up. */
const reach: Seconds = 600;
/** Of one timeline: more than a day at 500 beats per minute. */
const mostClicks = 1_000_000;

/** The beats of a timeline's time signatures from its zero to `until`. */
export function clicksOf(timeline: TimelineAtome, until: Seconds): EngineClicks {
  const map = tempoMapOf(timeline);
  const seconds: number[] = [];
  const accents: number[] = [];
  for (const line of beatLines(map, 0, map.secondsToBeats(until))) {
    if (seconds.length === mostClicks) break;
    seconds.push(line.seconds);
    accents.push(line.level === 'bar' ? 1 : 0);
  }
  return { seconds: Float64Array.from(seconds), accents: Uint8Array.from(accents) };
}

/** The metronome as the session has it. */
export interface MetronomeSetting {
  readonly enabled: boolean;
  /** Linear. */
  readonly gain: number;
}

/** Keeps the engine's clicks in step with the session while the metronome is on; off, it does nothing. */
export class ClickDeltas {
  readonly #objects: ObjectReader;
  readonly #positionOf: (timelineId: string) => Seconds;
  /** How far each timeline's clicks reach. */
  readonly #covered = new Map<string, Seconds>();
  #enabled = false;

  /** @param positionOf where a timeline is now. */
  constructor(objects: ObjectReader, positionOf: (timelineId: string) => Seconds) {
    this.#objects = objects;
    this.#positionOf = positionOf;
  }

  /** Switched on, it brings the clicks of every timeline. */
  set({ enabled, gain }: MetronomeSetting): EngineDelta[] {
    const deltas: EngineDelta[] = [];
    if (enabled && !this.#enabled) {
      this.#covered.clear();
      for (const timeline of this.#objects.ofKind('TimelineAtome')) deltas.push(this.#cover(timeline));
    }
    this.#enabled = enabled;
    return [...deltas, { type: 'metronome', gain: enabled ? gain : 0 }];
  }

  /** What an edit means for the clicks: new timelines, new tempi. Call it when the objects show the transaction. */
  follow({ changes }: Pick<TransactionRecord, 'changes'>): EngineDelta[] {
    if (!this.#enabled) return [];
    const concerned = new Set<string>();
    for (const { objectId, property } of changes) if (shapesClicks.has(property)) concerned.add(objectId);
    return [...concerned].flatMap((id) => {
      const timeline = this.#timeline(id);
      if (!timeline) this.#covered.delete(id);
      return timeline ? this.#cover(timeline) : [];
    });
  }

  /** Before a timeline goes on from `seconds`: the clicks it may come to. */
  reachFrom(timelineId: string, seconds: Seconds): EngineDelta[] {
    const timeline = this.#enabled ? this.#timeline(timelineId) : undefined;
    if (!timeline || seconds + reach / 2 <= (this.#covered.get(timelineId) ?? 0)) return [];
    return [this.#cover(timeline, seconds)];
  }

  /** Extends what playheads and edits have come close to the end of. Call it at least every minute. */
  extend(): EngineDelta[] {
    return [...this.#covered.keys()].flatMap((id) => this.reachFrom(id, Math.max(this.#positionOf(id), this.#end(id))));
  }

  #cover(timeline: TimelineAtome, from: Seconds = 0): EngineDelta {
    const until = Math.max(from, this.#positionOf(timeline.id), this.#end(timeline.id)) + reach;
    this.#covered.set(timeline.id, until);
    return { type: 'clicks', timelineId: timeline.id, clicks: clicksOf(timeline, until) };
  }

  #timeline(id: string): TimelineAtome | undefined {
    const object = this.#objects.get(id);
    return object?.kind === 'TimelineAtome' ? object : undefined;
  }

  #end(timelineId: string): Seconds {
    const timeline = this.#timeline(timelineId);
    return timeline ? new ContentEnds(this.#objects, 'once').of(timeline) : 0;
  }
}

/** Properties of a timeline that move its beats, or tell that it came or went. */
const shapesClicks: ReadonlySet<string> = new Set(['tempo_segments', 'timebase', 'kind', 'deleted']);
