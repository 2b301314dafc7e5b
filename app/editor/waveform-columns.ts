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
  const sampleAt = sampleReader(samples, hash, channel, frames);
  for (let column = 0; column < span.count; column++) {
    const from = span.start + column * span.step;
    const to = from + span.step;
    let low = columns.minimum[column] ?? 1;
    let high = columns.maximum[column] ?? -1;
    const include = (value: number): void => {
      low = Math.min(low, value);
      high = Math.max(high, value);
    };
    const first = Math.floor(from);
    const atStart = sampleAt(first);
    if (atStart === undefined) return false;
    include(atStart + ((sampleAt(first + 1) ?? atStart) - atStart) * (from - first));
    for (let frame = first + 1; frame <= to; frame++) include(sampleAt(frame) ?? 0);
    const last = Math.floor(to);
    const atEnd = sampleAt(last) ?? 0;
    include(atEnd + ((sampleAt(last + 1) ?? atEnd) - atEnd) * (to - last));
    columns.minimum[column] = low;
    columns.maximum[column] = high;
  }
  return true;
}

/** Reads single samples through the tile at hand, the nearest one outside the file; undefined while loading. */
export function sampleReader(samples: SampleCache, hash: string, channel: number, frames: number) {
  let index = -1;
  let tile: Float32Array | undefined;
  return (position: number): number | undefined => {
    const frame = Math.max(0, Math.min(frames - 1, position));
    const wanted = Math.floor(frame / tileFrames);
    if (wanted !== index) {
      index = wanted;
      tile = samples.tile(hash, wanted)?.[channel];
    }
    return tile?.[frame - wanted * tileFrames];
  };
}
