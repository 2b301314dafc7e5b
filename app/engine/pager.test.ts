// The pager when the disk is slow, fails or was never there.
import { beforeAll, describe, expect, it } from 'vitest';
import type { PagedSource } from './pager.ts';
import { compileEngine } from './testing/engine-file.ts';
import { LiveEngine } from './testing/live-engine.ts';
import { clipOf, deltasOf, noiseFile, sourcesOf, timelineId } from './testing/sessions.ts';
import { firstDifference } from './testing/sounds.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await compileEngine();
});

const rate = 48_000;
const file = noiseFile(1, rate, 2, 100_000);
const session = { files: [file], clips: [clipOf(file, 'a')] };
const samples = file.channels[0] as Float32Array;

const playing = async (sources: ReadonlyMap<string, PagedSource>): Promise<LiveEngine> => {
  const engine = new LiveEngine(module, rate, sources);
  await engine.control.apply(deltasOf(session));
  engine.control.startAt(timelineId, 0);
  return engine;
};

/** The session's file, with another way to read it. */
const sourceWith = (read: (source: PagedSource) => PagedSource['read']): Map<string, PagedSource> =>
  new Map([...sourcesOf(session)].map(([hash, source]) => [hash, { ...source, read: read(source) }]));

describe('Pager', () => {
  it('plays silence and counts it while pages are missing, then the right samples', async () => {
    const engine = await playing(sourcesOf(session));
    engine.render(50, () => undefined);
    expect(engine.control.counters.read('starvedFrames')).toBe(50 * 128);
    expect(engine.output()[0].every((sample) => sample === 0)).toBe(true);
    engine.render(100);
    expect(engine.control.counters.read('starvedFrames')).toBe(50 * 128);
    const heard = engine.output()[0].slice(51 * 128);
    expect(firstDifference(heard, samples.slice(51 * 128, 150 * 128))).toBe(-1);
  });

  it('plays each frame right or silent, whatever the disk delays', async () => {
    const engine = await playing(sourcesOf(session));
    let turn = 0;
    // Pages come only in every 97th quantum, one at a time: less than playing needs.
    engine.render(700, () => {
      if (turn++ % 97 === 96) engine.pager.step(1);
    });
    const wrong = engine.output()[0].findIndex((sample, frame) => sample !== 0 && sample !== samples[frame]);
    expect(wrong).toBe(-1);
    expect(engine.control.counters.read('starvedFrames')).toBeGreaterThan(0);
  });

  it('counts a failed read, waits longer each time and plays when the disk is back', async () => {
    let broken = true;
    let reads = 0;
    const sources = sourceWith((source) => (into, at) => {
      reads++;
      if (broken) throw new Error('the disk is gone');
      return source.read(into, at);
    });
    const engine = await playing(sources);
    for (engine.now = 0; engine.now < 1000; engine.now++) engine.pager.step();
    // After 20, 40, 80, 160, 320 and 640 ms the next attempts fall on 0, 20, 60, 140, 300 and 620 ms.
    expect(reads).toBe(6);
    expect(engine.control.counters.read('readErrors')).toBe(6);
    broken = false;
    engine.now += 2000;
    engine.render(20);
    expect(firstDifference(engine.output()[0].slice(128), samples.slice(128, 20 * 128))).toBe(-1);
  });

  it('takes a file that ends too early as a failed read, not as silence', async () => {
    const engine = await playing(sourceWith((source) => (into, at) => source.read(into, at) - 1));
    engine.pager.step();
    expect(engine.readErrors).toEqual([new Error('131071 of 131072 bytes of page 0')]);
    expect(engine.control.counters.read('pagesResident')).toBe(0);
  });

  it('grows the pool up to its limit when more plays at once than it holds', async () => {
    const files = Array.from({ length: 200 }, (_, index) => noiseFile(index, rate, 2, 40_000));
    const clips = files.map((sound, index) => clipOf(sound, `clip ${index}`, { gain: 0.01 }));
    const engine = new LiveEngine(module, rate, sourcesOf({ files }));
    await engine.control.apply(deltasOf({ files, clips }));
    expect(engine.control.counters.read('pagesTotal')).toBe(256);
    engine.control.startAt(timelineId, 0);
    engine.render(256, () => {
      while (engine.pager.step().filled > 0) engine.control.collect();
      engine.control.collect();
    });
    expect(engine.control.counters.read('starvedFrames')).toBeLessThan(200 * 128 * 4);
    expect(engine.control.counters.read('pagesTotal')).toBeGreaterThan(400);
    expect(engine.control.counters.read('pagesTotal')).toBeLessThanOrEqual(3072);
  });
});
