// Tiles of peak pyramids in bounded memory: painters read what is there, and what is missing is loaded behind them.
import { defined } from '../core/assert.ts';
import { type PeakHeader, peakBinBytes, peakHeaderLimit, readPeakHeader } from '../core/peak-format.ts';
import { BudgetCache } from './budget-cache.ts';
import type { LoadQueue } from './load-queue.ts';
import type { WaveformSource } from './waveform-source.ts';

/** Bins per tile and channel: 12 KiB. */
export const tileBins = 2048;

/** Three 16-bit words per bin: minimum, maximum, root mean square. */
export type PeakTile = Int16Array;

interface OpenPyramid {
  readonly file: Blob;
  readonly header: PeakHeader;
  /** The coarsest level that fits into one tile stays, so that something can always be drawn. */
  readonly keptLevel: number;
  readonly kept: readonly PeakTile[];
}

/** One pyramid as painters see it. */
export interface Pyramid {
  readonly header: PeakHeader;
  /** The tile, or undefined while it is loading. */
  tile(level: number, channel: number, index: number): PeakTile | undefined;
}

async function readTile(file: Blob, header: PeakHeader, level: number, channel: number, index: number) {
  const { bins, offset } = defined(header.levels[level], 'peak level');
  const first = index * tileBins;
  const count = Math.min(tileBins, bins - first);
  const at = offset + (channel * bins + first) * peakBinBytes;
  return new Int16Array(await file.slice(at, at + count * peakBinBytes).arrayBuffer());
}

export class PeakCache {
  readonly #source: WaveformSource;
  readonly #queue: LoadQueue;
  readonly #tiles: BudgetCache<PeakTile>;
  readonly #pyramids: BudgetCache<OpenPyramid>;

  /** @param budgetBytes for tiles; kept coarse levels have a quarter of it on top. */
  constructor(source: WaveformSource, queue: LoadQueue, budgetBytes: number) {
    this.#source = source;
    this.#queue = queue;
    this.#tiles = new BudgetCache(budgetBytes);
    this.#pyramids = new BudgetCache(budgetBytes / 4);
  }

  /** The pyramid of a blob; undefined while its header is loading. */
  pyramid(hash: string): Pyramid | undefined {
    const open = this.#pyramids.get(hash);
    if (!open) {
      this.#queue.want(hash, () => this.#open(hash));
      return undefined;
    }
    const { header, file, kept, keptLevel } = open;
    return {
      header,
      tile: (level, channel, index) => {
        if (level === keptLevel && index === 0) return kept[channel];
        const key = `${hash}/${level}/${channel}/${index}`;
        const tile = this.#tiles.get(key);
        if (!tile) {
          this.#queue.want(key, async () => {
            const loaded = await readTile(file, header, level, channel, index);
            this.#tiles.set(key, loaded, loaded.byteLength);
          });
        }
        return tile;
      },
    };
  }

  async #open(hash: string): Promise<void> {
    const file = await this.#source.peaks(hash);
    const bytes = await file.slice(0, peakHeaderLimit).arrayBuffer();
    const header = defined(readPeakHeader(bytes, file.size), 'a sound peak pyramid');
    const fitting = header.levels.findIndex((level) => level.bins <= tileBins);
    const keptLevel = fitting < 0 ? header.levels.length - 1 : fitting;
    const channels = Array.from({ length: header.channels }, (_, channel) => channel);
    const kept = await Promise.all(channels.map((channel) => readTile(file, header, keptLevel, channel, 0)));
    const size = kept.reduce((total, tile) => total + tile.byteLength, 512);
    this.#pyramids.set(hash, { file, header, keptLevel, kept }, size);
  }
}
