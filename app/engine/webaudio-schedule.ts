// Which clips the fallback engine starts next: timeline time laid out in context time, through loops and triggers.
import { clipEnd, clipStart, type TimedClip, type VoiceSpan } from './webaudio-clip.ts';
import { type Arrival, moveOf, TriggerRun } from './webaudio-triggers.ts';

export interface LoopSeconds {
  readonly start: number;
  readonly end: number;
}

/** One uninterrupted run along the timeline. */
interface Pass {
  /** Context time at which it began. */
  readonly at: number;
  /** Timeline position at which it began. */
  readonly from: number;
}

export interface PlannedVoice {
  readonly timed: TimedClip;
  readonly span: VoiceSpan;
}

/** A part of a pass that is laid out at once: timeline positions, and the context time of each. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
  timeOf(position: number): number;
}

/** Told on the way while it is planned. */
export interface PlanListeners {
  onStretch?(stretch: Stretch): void;
  onArrival?(arrival: Arrival): void;
}

/** Jumps and wraps planned at a time; the next plan goes on from there. */
const mostPasses = 256;
/** Passes that ended longer ago than this are forgotten. */
const keptSeconds = 10;

/** What was scheduled, and how far; positions and times in seconds. */
export class Playhead {
  #loop: LoopSeconds | null;
  readonly #triggers: TriggerRun;
  /** Those that may still be heard, the newest last. */
  #passes: Pass[];
  /** Timeline position up to which the newest pass is scheduled. */
  #cursor: number;
  #entering = true;
  readonly #isUnderWay: boolean;
  #end = Number.POSITIVE_INFINITY;

  /** @param isUnderWay it has played before `at`, and is on its way to `from` until then */
  constructor(at: number, from: number, loop: LoopSeconds | null, triggers = new TriggerRun(), isUnderWay = false) {
    this.#isUnderWay = isUnderWay;
    this.#passes = [{ at, from }];
    this.#cursor = from;
    this.#loop = loop;
    this.#triggers = triggers;
  }

  /** Context time at which it stops. */
  get end(): number {
    return this.#end;
  }

  /** Stops at a context time. */
  endAt(time: number): void {
    this.#end = Math.min(this.#end, time);
  }

  /** Where it is at a context time. */
  position(time: number): number {
    const asked = Math.min(time, this.#end);
    const pass = this.#passes.findLast(({ at }) => at <= asked) ?? this.#passes[0];
    const position = pass ? pass.from + asked - pass.at : 0;
    return Math.max(position, this.#isUnderWay ? 0 : (pass?.from ?? 0));
  }

  /** Every voice that begins before context time `horizon` and was not planned yet. */
  plan(clips: readonly TimedClip[], horizon: number, { onStretch, onArrival }: PlanListeners = {}): PlannedVoice[] {
    const voices: PlannedVoice[] = [];
    for (let count = 0; count < mostPasses; count++) {
      const pass = this.#passes.at(-1);
      if (!pass || this.#end <= pass.at) return voices;
      const timeOf = (position: number): number => pass.at + position - pass.from;
      const loopEnd = this.#loop && pass.from < this.#loop.end ? this.#loop.end : Number.POSITIVE_INFINITY;
      const bound = Math.min(loopEnd, this.#triggers.nextMove(this.#cursor));
      const until = Math.min(pass.from + Math.min(horizon, this.#end) - pass.at, bound);
      if (until <= this.#cursor) return voices;
      const begun = this.#cursor;
      onStretch?.({ from: begun, until, timeOf });
      this.#planStretch(clips, pass, until, bound, voices);
      const arrivals = this.#triggers.fire(begun, until, timeOf);
      for (const arrival of arrivals) onArrival?.(arrival);
      if (until < bound) return voices;
      const move = moveOf(arrivals) ?? this.#loop?.start;
      if (move === 'stop') this.endAt(timeOf(bound));
      else if (move !== undefined) this.#begin({ at: timeOf(bound), from: move });
    }
    return voices;
  }

  #begin(pass: Pass): void {
    this.#passes = this.#passes.filter((_, index) => (this.#passes[index + 1] ?? pass).at > pass.at - keptSeconds);
    this.#passes.push(pass);
    this.#cursor = pass.from;
    this.#entering = true;
  }

  #planStretch(clips: readonly TimedClip[], pass: Pass, until: number, bound: number, voices: PlannedVoice[]): void {
    for (const timed of clips) {
      const start = clipStart(timed);
      const end = Math.min(clipEnd(timed), bound);
      const begins = start >= this.#cursor && start < until;
      const sounds = this.#entering && start < this.#cursor && end > this.#cursor;
      if (!begins && !sounds) continue;
      const position = Math.max(start, this.#cursor);
      const timeOf = (seconds: number): number => pass.at + seconds - pass.from;
      voices.push({ timed, span: { at: timeOf(position), until: timeOf(end), position } });
    }
    this.#cursor = until;
    this.#entering = false;
  }
}
