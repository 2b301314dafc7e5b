// The triggers of one playhead of the fallback engine, as far as it is laid out ahead: which come next, where they lead.
import type { EngineTrigger, TriggerAction } from './audio-engine.ts';
import { choiceOf } from './choice.ts';

/** Positions this near to one another are the same: half a frame at 48 kHz. */
const sameSeconds = 1e-5;

/** A trigger that fires at a context time. */
export interface Arrival {
  readonly trigger: EngineTrigger;
  /** How often it has fired before. */
  readonly firing: number;
  readonly at: number;
}

export class TriggerRun {
  readonly #triggers: readonly EngineTrigger[];
  readonly #counts: Map<string, number>;

  /** @param triggers by time. @param counts firings since the start, by id. */
  constructor(triggers: readonly EngineTrigger[] = [], counts: ReadonlyMap<string, number> = new Map()) {
    this.#triggers = triggers;
    this.#counts = new Map(counts);
  }

  /** The first position after `from` at which a trigger takes the playhead elsewhere or stops it. */
  nextMove(from: number): number {
    const next = this.#triggers.find(
      (trigger) => isAfter(trigger, from) && movesOwn(trigger.action) && this.#fires(trigger),
    );
    return next?.atSeconds ?? Number.POSITIVE_INFINITY;
  }

  /** Fires what lies after `from` up to `until`. @param timeOf context time of a position */
  fire(from: number, until: number, timeOf: (position: number) => number): Arrival[] {
    const arrivals: Arrival[] = [];
    for (const trigger of this.#triggers) {
      if (!isAfter(trigger, from) || isAfter(trigger, until) || !this.#fires(trigger)) continue;
      const firing = this.#counts.get(trigger.id) ?? 0;
      this.#counts.set(trigger.id, firing + 1);
      arrivals.push({ trigger, firing, at: timeOf(trigger.atSeconds) });
    }
    return arrivals;
  }

  #fires({ id, times = Number.POSITIVE_INFINITY }: EngineTrigger): boolean {
    return (this.#counts.get(id) ?? 0) < times;
  }
}

const isAfter = ({ atSeconds }: EngineTrigger, position: number): boolean => atSeconds > position + sameSeconds;

const movesOwn = ({ type }: TriggerAction): boolean => type === 'jump' || type === 'choose' || type === 'stop';

/** Where the first of them that moves the playhead leads. */
export function moveOf(arrivals: readonly Arrival[]): number | 'stop' | undefined {
  const moving = arrivals.find(({ trigger }) => movesOwn(trigger.action));
  if (!moving) return undefined;
  const { action } = moving.trigger;
  if (action.type === 'jump') return action.seconds;
  if (action.type !== 'choose') return 'stop';
  return action.seconds[choiceOf(action.seed, moving.firing, action.seconds.length)];
}

/** The places on its own timeline to which a trigger may lead. */
export function targetsOf({ action }: EngineTrigger): readonly number[] {
  if (action.type === 'choose') return action.seconds;
  return action.type === 'jump' ? [action.seconds] : [];
}
