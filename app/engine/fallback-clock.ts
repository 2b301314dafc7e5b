// Where timelines of the fallback engine are, as the session knows it: from its own commands and the time since.
import type { TimelinePosition } from './audio-engine.ts';

interface Started {
  readonly seconds: number;
  readonly at: number;
  readonly playing: boolean;
}

/** Good to the few milliseconds that native nodes are scheduled with; the page's playhead asks the nodes themselves. */
export class FallbackClock {
  readonly #timelines = new Map<string, Started>();
  readonly #loops = new Map<string, { start: number; end: number }>();

  /** @param now milliseconds of a clock that never jumps. */
  constructor(readonly now: () => number) {}

  /** @param delay seconds until it is there. */
  set(timelineId: string, seconds: number, playing: boolean, delay = 0): void {
    this.#timelines.set(timelineId, { seconds, at: this.now() + delay * 1000, playing });
  }

  setLoop(timelineId: string, range: { start: number; end: number } | null): void {
    if (range) this.#loops.set(timelineId, range);
    else this.#loops.delete(timelineId);
  }

  /** @param ahead seconds from now. */
  position(timelineId: string, ahead = 0): TimelinePosition {
    const { seconds, at, playing } = this.#timelines.get(timelineId) ?? { seconds: 0, at: 0, playing: false };
    if (!playing) return { playing, seconds, frame: 0 };
    const reached = Math.max(0, seconds + ahead + (this.now() - at) / 1000);
    const loop = this.#loops.get(timelineId);
    if (!loop || seconds >= loop.end || reached < loop.end) return { playing, seconds: reached, frame: 0 };
    return { playing, seconds: loop.start + ((reached - loop.start) % (loop.end - loop.start)), frame: 0 };
  }

  ids(): Iterable<string> {
    return this.#timelines.keys();
  }
}
