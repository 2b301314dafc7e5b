// Which clips the fallback engine starts next: timeline time laid out in context time, through loops.
import { clipEnd, clipStart, type TimedClip, type VoiceSpan } from './webaudio-voice.ts';

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

/** What was scheduled, and how far; positions and times in seconds. */
export class Playhead {
  #loop: LoopSeconds | null;
  /** Those that may still be heard, the newest last. */
  #passes: Pass[];
  /** Timeline position up to which the newest pass is scheduled. */
  #cursor: number;
  #entering = true;

  constructor(at: number, from: number, loop: LoopSeconds | null) {
    this.#passes = [{ at, from }];
    this.#cursor = from;
    this.#loop = loop;
  }

  /** Where it is at a context time. */
  position(time: number): number {
    const pass = this.#passes.findLast(({ at }) => at <= time) ?? this.#passes[0];
    return pass ? Math.max(pass.from, pass.from + time - pass.at) : 0;
  }

  /**
   * Every voice that begins before context time `horizon` and was not planned yet.
   * @param onStretch told of each part of the timeline that is passed until then
   */
  plan(
    clips: readonly TimedClip[],
    horizon: number,
    onStretch: (stretch: Stretch) => void = () => undefined,
  ): PlannedVoice[] {
    const voices: PlannedVoice[] = [];
    for (;;) {
      const pass = this.#passes.at(-1);
      if (!pass) return voices;
      const reach = pass.from + horizon - pass.at;
      const bound = this.#loop && pass.from < this.#loop.end ? this.#loop.end : Number.POSITIVE_INFINITY;
      const until = Math.min(reach, bound);
      if (until > this.#cursor) {
        onStretch({ from: this.#cursor, until, timeOf: (position) => pass.at + position - pass.from });
        this.#planStretch(clips, pass, until, bound, voices);
      }
      if (!this.#loop || until < bound) return voices;
      this.#passes.push({ at: pass.at + bound - pass.from, from: this.#loop.start });
      this.#passes = this.#passes.slice(-8);
      this.#cursor = this.#loop.start;
      this.#entering = true;
    }
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
