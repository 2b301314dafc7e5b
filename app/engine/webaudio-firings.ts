// The triggers of one playhead of the fallback engine that are laid out: acted upon shortly before they fire, told when they have.
import type { Arrival } from './webaudio-triggers.ts';

/** What a trigger does to other timelines is set up this long before: longer than it takes from tick to tick. */
const actAheadSeconds = 0.15;

export interface FiringHooks {
  /** A trigger fires soon, at a context time. */
  onAct(arrival: Arrival): void;
  /** A trigger has fired. */
  onFired(arrival: Arrival): void;
}

export class Firings {
  readonly #hooks: FiringHooks;
  /** Since the start, those that have happened, by trigger. */
  #counts = new Map<string, number>();
  /** Those that are laid out, by time. */
  #laidOut: Arrival[] = [];
  /** Context time up to which they have been acted upon. */
  #actedUntil = 0;

  constructor(hooks: FiringHooks) {
    this.#hooks = hooks;
  }

  /** The timeline starts anew. */
  clear(): void {
    this.#counts = new Map();
  }

  /** The playhead goes on anew at a context time: what fires from there on has not been acted upon. */
  rewind(at: number): void {
    this.#actedUntil = Math.min(this.#actedUntil, at);
  }

  layOut(arrival: Arrival): void {
    this.#laidOut.push(arrival);
  }

  /** Takes back what fires after a context time. */
  cut(at: number): void {
    this.#laidOut = this.#laidOut.filter((arrival) => arrival.at <= at);
  }

  /** Since the start, with those that are laid out, by trigger. */
  counts(): ReadonlyMap<string, number> {
    const counts = new Map(this.#counts);
    for (const { trigger } of this.#laidOut) count(counts, trigger.id);
    return counts;
  }

  /** Acts upon what fires soon, and tells what has fired. @param now context time */
  happen(now: number): void {
    for (const arrival of [...this.#laidOut]) {
      if (arrival.at > now + actAheadSeconds) break;
      if (arrival.at > this.#actedUntil) this.#hooks.onAct(arrival);
    }
    this.#actedUntil = now + actAheadSeconds;
    while (this.#laidOut[0] && this.#laidOut[0].at <= now) {
      const [arrival] = this.#laidOut.splice(0, 1) as [Arrival];
      count(this.#counts, arrival.trigger.id);
      this.#hooks.onFired(arrival);
    }
  }
}

function count(counts: Map<string, number>, id: string): void {
  counts.set(id, (counts.get(id) ?? 0) + 1);
}
