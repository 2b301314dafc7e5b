// Minimum, maximum and RMS of each pixel column of a waveform, from peaks or from samples.
import { type PeakLevel, peakFullScale } from '../core/peak-format.ts';
import { type PeakTile, type Pyramid, tileBins } from './peak-cache.ts';
import { type SampleCache, tileFrames } from './sample-cache.ts';

/** Columns of one channel; `minimum > maximum` marks a column without data. Reused from frame to frame. */
export class Columns {
  readonly minimum: Float32Array;
  readonly maximum: Float32Array;
  readonly rms: Float32Array;

  constructor(capacity: number) {
    this.minimum = new Float32Array(capacity);
    this.maximum = new Float32Array(capacity);
    this.rms = new Float32Array(capacity);
  }

  clear(count: number): void {
    this.minimum.fill(1, 0, count);
    this.maximum.fill(-1, 0, count);
    this.rms.fill(0, 0, count);
  }
}

/** Column i covers the source frames [start + i * step, start + (i + 1) * step). */
export interface ColumnSpan {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** The coarsest level whose bins are no wider than a column, else the finest. */
export function levelFor(levels: readonly PeakLevel[], step: number): number {
  let level = 0;
  for (let index = 1; index < levels.length; index++) if ((levels[index]?.binFrames ?? 0) <= step) level = index;
  return level;
}

function mergeBins(columns: Columns, at: number, tile: PeakTile, first: number, end: number): void {
  let low = columns.minimum[at] ?? 0;
  let high = columns.maximum[at] ?? 0;
  let power = 0;
  for (let bin = first; bin < end; bin++) {
    low = Math.min(low, (tile[bin * 3] ?? 0) / peakFullScale);
    high = Math.max(high, (tile[bin * 3 + 1] ?? 0) / peakFullScale);
    power += (((tile[bin * 3 + 2] ?? 0) & 0xffff) / peakFullScale) ** 2;
  }
  columns.minimum[at] = low;
  columns.maximum[at] = high;
  columns.rms[at] = Math.max(columns.rms[at] ?? 0, Math.sqrt(power / Math.max(1, end - first)));
}

/**
 * Adds one channel of a pyramid to columns [from, to). Where a tile is still loading, the next coarser level stands in.
 * Adding several channels to the same columns shows their union.
 */
export function addPeaks(
  columns: Columns,
  span: ColumnSpan,
  pyramid: Pyramid,
  channel: number,
  level = levelFor(pyramid.header.levels, span.step),
  from = 0,
  to = span.count,
): void {
  const shape = pyramid.header.levels[level];
  if (!shape) return;
  let at = from;
  while (at < to) {
    const first = Math.floor((span.start + at * span.step) / shape.binFrames);
    if (first >= shape.bins) return;
    if (first < 0) {
      at++;
      continue;
    }
    const tileIndex = Math.floor(first / tileBins);
    const tileStart = tileIndex * tileBins;
    const tile = pyramid.tile(level, channel, tileIndex);
    const columnsInTile = Math.ceil(((tileStart + tileBins) * shape.binFrames - span.start) / span.step);
    const runEnd = Math.max(at + 1, Math.min(to, columnsInTile));
    if (!tile) addPeaks(columns, span, pyramid, channel, level + 1, at, runEnd);
    else {
      const bins = tile.length / 3;
      for (let column = at; column < runEnd; column++) {
        const begin = Math.floor((span.start + column * span.step) / shape.binFrames) - tileStart;
        const end = Math.floor((span.start + (column + 1) * span.step) / shape.binFrames) - tileStart;
        if (begin < bins)
          mergeBins(columns, column, tile, Math.max(0, begin), Math.min(bins, Math.max(begin + 1, end)));
      }
    }
    at = runEnd;
  }
}

/**
 * Adds one channel's raw samples as a connected line: a column spans the line through its samples and to the next one.
 * Returns false where a tile is still loading.
 */
export function addSamples(
  columns: Columns,
  span: ColumnSpan,
  samples: SampleCache,
  hash: string,
  channel: number,
  frames: number,
): boolean {
  const reader = new SampleReader(samples, hash, channel, frames);
  for (let column = 0; column < span.count; column++) {
    const from = span.start + column * span.step;
    const to = from + span.step;
    const first = Math.floor(from);
    const last = Math.floor(to);
    const atStart = reader.at(first);
    const atEnd = reader.at(last);
    if (atStart === undefined || atEnd === undefined) return false;
    const entry = atStart + ((reader.at(first + 1) ?? atStart) - atStart) * (from - first);
    const exit = atEnd + ((reader.at(last + 1) ?? atEnd) - atEnd) * (to - last);
    let low = Math.min(columns.minimum[column] ?? 1, entry, exit);
    let high = Math.max(columns.maximum[column] ?? -1, entry, exit);
    const end = Math.min(last, frames - 1);
    // From afar the samples between are most of the work: no call for each of them.
    for (let frame = Math.max(0, first + 1); frame <= end; frame = reader.start + tileFrames) {
      const { tile, start } = reader.seek(frame);
      if (!tile) return false;
      const stop = Math.min(end + 1 - start, tileFrames);
      for (let at = frame - start; at < stop; at++) {
        const sample = tile[at] ?? 0;
        if (sample < low) low = sample;
        if (sample > high) high = sample;
      }
    }
    columns.minimum[column] = low;
    columns.maximum[column] = high;
  }
  return true;
}

/** Reads one channel through the tile at hand. */
export class SampleReader {
  readonly #samples: SampleCache;
  readonly #hash: string;
  readonly #channel: number;
  readonly #frames: number;
  #index = -1;
  /** The tile at hand, undefined while it is loading, and its first frame. */
  tile: Float32Array | undefined;
  start = 0;

  constructor(samples: SampleCache, hash: string, channel: number, frames: number) {
    this.#samples = samples;
    this.#hash = hash;
    this.#channel = channel;
    this.#frames = frames;
  }

  /** Takes the tile of a frame of the file to hand. */
  seek(frame: number): this {
    const index = Math.floor(frame / tileFrames);
    if (index !== this.#index) {
      this.#index = index;
      this.start = index * tileFrames;
      this.tile = this.#samples.tile(this.#hash, index)?.[this.#channel];
    }
    return this;
  }

  /** One sample, outside the file the nearest one; undefined while it is loading. */
  at(position: number): number | undefined {
    const frame = Math.max(0, Math.min(this.#frames - 1, position));
    return this.seek(frame).tile?.[frame - this.start];
  }
}
