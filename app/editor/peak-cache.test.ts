import { describe, expect, it } from 'vitest';
import { peakBinBytes, peakFullScale, peakHeaderBytes, peakLevelBytes, peakMagic } from '../core/peak-format.ts';
import { BudgetCache } from './budget-cache.ts';
import { LoadQueue } from './load-queue.ts';
import { PeakCache } from './peak-cache.ts';
import { SampleCache, tileFrames } from './sample-cache.ts';
import { addPeaks, addSamples, Columns, levelFor } from './waveform-columns.ts';

/** One channel, two levels; every bin of the finest holds its own index as its maximum. */
function pyramidFile(fineBins: number): Blob {
  const counts = [fineBins, Math.ceil(fineBins / 4)];
  const start = peakHeaderBytes + counts.length * peakLevelBytes;
  const buffer = new ArrayBuffer(start + (counts[0] ?? 0) * peakBinBytes + (counts[1] ?? 0) * peakBinBytes);
  const data = new DataView(buffer);
  [peakMagic, 1, 1, counts.length].forEach((value, index) => {
    data.setUint32(index * 4, value, true);
  });
  data.setFloat64(16, fineBins * 64, true);
  data.setUint32(24, 64, true);
  data.setUint32(28, 4, true);
  let offset = start;
  counts.forEach((count, level) => {
    data.setFloat64(peakHeaderBytes + level * peakLevelBytes, offset, true);
    data.setFloat64(peakHeaderBytes + level * peakLevelBytes + 8, count, true);
    for (let bin = 0; bin < count; bin++) {
      const fineBin = level === 0 ? bin : bin * 4 + 3;
      data.setInt16(offset + bin * peakBinBytes, -fineBin, true);
      data.setInt16(offset + bin * peakBinBytes + 2, fineBin, true);
      data.setUint16(offset + bin * peakBinBytes + 4, fineBin, true);
    }
    offset += count * peakBinBytes;
  });
  return new Blob([buffer]);
}

/** Resolves when the next load has ended. */
function queueWithSignal(limit: number) {
  let wake: () => void = () => undefined;
  const queue = new LoadQueue(limit, () => wake());
  const loaded = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  return { queue, loaded };
}

describe('the peak cache', () => {
  it('draws coarser data while the finer is loading, then the finer', async () => {
    const { queue, loaded } = queueWithSignal(4);
    const source = { peaks: async () => pyramidFile(4096), samples: async () => [] };
    const cache = new PeakCache(source, queue, 1 << 20);
    const opened = loaded();
    expect(cache.pyramid('x')).toBeUndefined();
    await opened;
    const pyramid = cache.pyramid('x');
    if (!pyramid) throw new Error('not loaded');
    expect(pyramid.header.levels.map(({ bins }) => bins)).toEqual([4096, 1024]);

    const span = { start: 640, step: 64, count: 4 };
    const columns = new Columns(4);
    columns.clear(4);
    const finer = loaded();
    addPeaks(columns, span, pyramid, 0);
    const maxima = () => [...columns.maximum].map((value) => Math.round(value * peakFullScale));
    expect(maxima()).toEqual([11, 11, 15, 15]);
    await finer;
    columns.clear(4);
    addPeaks(columns, span, pyramid, 0);
    expect(maxima()).toEqual([10, 11, 12, 13]);
    expect([...columns.rms].map((value) => Math.round(value * peakFullScale))).toEqual([10, 11, 12, 13]);
  });

  it('reads slices only: the header and the kept level, not the file', async () => {
    const { queue, loaded } = queueWithSignal(4);
    const file = pyramidFile(400_000);
    let bytes = 0;
    const counted = new Proxy(file, {
      get: (target, name) =>
        name === 'slice'
          ? (from: number, to: number) => {
              bytes += Math.min(to, target.size) - from;
              return target.slice(from, to);
            }
          : Reflect.get(target, name, target),
    });
    const cache = new PeakCache({ peaks: async () => counted, samples: async () => [] }, queue, 1 << 20);
    const opened = loaded();
    cache.pyramid('x');
    await opened;
    expect(file.size).toBeGreaterThan(2_900_000);
    expect(bytes).toBeLessThan(13_000);
  });

  it('chooses the coarsest level that is no wider than a column', () => {
    const levels = [64, 256, 1024].map((binFrames) => ({ binFrames, bins: 10, offset: 0 }));
    expect([10, 64, 255, 256, 5000].map((step) => levelFor(levels, step))).toEqual([0, 0, 0, 1, 2]);
  });
});

describe('samples', () => {
  it('connects neighbouring samples and crosses tiles', async () => {
    const { queue, loaded } = queueWithSignal(2);
    const asked: number[] = [];
    const source = {
      peaks: async () => new Blob(),
      samples: async (_hash: string, start: number, frames: number) => {
        asked.push(start);
        return [Float32Array.from({ length: frames }, (_, index) => ((start + index) % 2 === 0 ? -0.5 : 0.5))];
      },
    };
    const cache = new SampleCache(source, queue, 1 << 20);
    const span = { start: tileFrames - 2, step: 1, count: 4 };
    const columns = new Columns(4);
    const fill = (): boolean => {
      columns.clear(4);
      return addSamples(columns, span, cache, 'x', 0, tileFrames * 2);
    };
    let ready = loaded();
    expect(fill()).toBe(false);
    await ready;
    ready = loaded();
    fill();
    await ready;
    expect(fill()).toBe(true);
    expect(asked).toEqual([0, tileFrames]);
    expect([...columns.minimum]).toEqual([-0.5, -0.5, -0.5, -0.5]);
    expect([...columns.maximum]).toEqual([0.5, 0.5, 0.5, 0.5]);
  });
});

describe('bounds', () => {
  it('keeps what was used last within its bytes', () => {
    const cache = new BudgetCache<string>(100);
    for (const key of ['a', 'b', 'c']) cache.set(key, key, 40);
    expect([cache.get('a'), cache.get('b'), cache.bytes]).toEqual([undefined, 'b', 80]);
    cache.set('d', 'd', 40);
    expect([cache.get('b'), cache.get('c')]).toEqual(['b', undefined]);
  });

  it('forgets wishes that two frames have not repeated', () => {
    const queue = new LoadQueue(1, () => undefined);
    const started: string[] = [];
    const wish = (key: string) =>
      queue.want(key, () => {
        started.push(key);
        return new Promise<void>(() => undefined);
      });
    wish('first');
    wish('second');
    expect([started, queue.pending]).toEqual([['first'], 2]);
    for (let frame = 0; frame < 3; frame++) queue.beginFrame();
    wish('third');
    expect(queue.pending).toBe(2);
  });
});
