// The stretchers of one instance of the module: made once, used again, their views good however the memory grows.
import { GrainStretcher } from './grain-stretcher.ts';
import { LiveStretcher } from './live-stretcher.ts';
import type { StretchExports } from './stretch-module.ts';

/** Between the audio thread's callbacks: all of this allocates. */
export class StretcherPool {
  readonly #exports: StretchExports;
  readonly #stretchers = new Set<GrainStretcher | LiveStretcher>();
  /** Those that nobody uses, by channels and rate. */
  readonly #free = new Map<string, GrainStretcher[]>();

  constructor(exports: StretchExports) {
    this.#exports = exports;
  }

  /** Makes one that `grain` will have at once. @throws RangeError */
  prepare(channels: number, sampleRate: number): void {
    this.release(
      this.#add(() => new GrainStretcher(this.#exports, channels, sampleRate, 'steady')),
      sampleRate,
    );
  }

  /** @throws RangeError */
  grain(channels: number, sampleRate: number): GrainStretcher {
    const known = this.#free.get(keyOf(channels, sampleRate))?.pop();
    return known ?? this.#add(() => new GrainStretcher(this.#exports, channels, sampleRate, 'steady'));
  }

  /** @throws RangeError */
  live(channels: number, sampleRate: number, block: number, lowestPitch: number): LiveStretcher {
    return this.#add(() => new LiveStretcher(this.#exports, channels, sampleRate, block, lowestPitch));
  }

  /** Gives one back that will sound no more. */
  release(stretcher: GrainStretcher, sampleRate: number): void {
    const key = keyOf(stretcher.channels, sampleRate);
    const free = this.#free.get(key);
    if (free) free.push(stretcher);
    else this.#free.set(key, [stretcher]);
  }

  /** Ends one for good. */
  end(stretcher: LiveStretcher): void {
    this.#stretchers.delete(stretcher);
    stretcher.destroy();
  }

  #add<Made extends GrainStretcher | LiveStretcher>(make: () => Made): Made {
    const { memory } = this.#exports;
    const before = memory.buffer;
    const made = make();
    if (memory.buffer !== before) for (const stretcher of this.#stretchers) stretcher.refresh();
    this.#stretchers.add(made);
    return made;
  }
}

const keyOf = (channels: number, sampleRate: number): string => `${channels}/${sampleRate}`;
