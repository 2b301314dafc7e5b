// Tiles of raw samples for views closer than the finest peaks, in bounded memory.
import { BudgetCache } from './budget-cache.ts';
import type { LoadQueue } from './load-queue.ts';
import type { WaveformSource } from './waveform-source.ts';

/** Frames per tile. */
export const tileFrames = 32_768;

export class SampleCache {
  readonly #source: WaveformSource;
  readonly #queue: LoadQueue;
  readonly #tiles: BudgetCache<readonly Float32Array[]>;

  constructor(source: WaveformSource, queue: LoadQueue, budgetBytes: number) {
    this.#source = source;
    this.#queue = queue;
    this.#tiles = new BudgetCache(budgetBytes);
  }

  /** Planar samples from frame index * tileFrames on; undefined while they are loading. */
  tile(hash: string, index: number): readonly Float32Array[] | undefined {
    const key = `${hash}/${index}`;
    const tile = this.#tiles.get(key);
    if (!tile) {
      this.#queue.want(`samples/${key}`, async () => {
        const channels = await this.#source.samples(hash, index * tileFrames, tileFrames);
        const bytes = channels.reduce((total, channel) => total + channel.byteLength, 64);
        this.#tiles.set(key, channels, bytes);
      });
    }
    return tile;
  }
}
