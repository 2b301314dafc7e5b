// A new tempo while stretched clips play: all of them are at their new places with the change, and no gap is heard.
import { beforeAll, describe, expect, it } from 'vitest';
import { addTestFile, createdBy } from '../session/testing/fixtures.ts';
import { compileEngine } from './testing/engine-file.ts';
import { openSessionOnEngine } from './testing/session-on-engine.ts';
import { soundFile } from './testing/sessions.ts';
import { sine } from './testing/sounds.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await compileEngine();
});

const rate = 48_000;
const level = 0.08;
/** Of all sines together, in a whole number of periods of the lowest: 20 ms. */
const window = 960;
const count = 8;
const together = level * Math.sqrt(count / 2);

/** Sines of 100 to 800 Hz from the first two beats on, stretched by ratios of their own. */
async function open() {
  const frames = 12 * rate;
  const files = Array.from({ length: count }, (_, index) => {
    const side = sine(frames, rate, 100 * (index + 1), level);
    return soundFile(index.toString(16).padStart(64, '0'), rate, [side, side]);
  });
  const opened = await openSessionOnEngine(module, ...files);
  const { session } = opened;
  const [timeline = ''] = createdBy(
    await session.dispatch({ cmd: 'CREATE_TIMELINE', name: 'T', type: 'audio', timebase: 'beats', bpm: 120 }),
  );
  for (let index = 0; index < count; index++) {
    const audio_file_id = await addTestFile(session, frames, rate, index);
    const stretch = { stretch_algo: 'bungee', stretch_ratio: 1.2 + 0.1 * index } as const;
    await session.dispatch({
      cmd: 'ADD_CLIP',
      timeline_id: timeline,
      audio_file_id,
      play_position: 1 + index / 10,
      ...stretch,
    });
  }
  return { ...opened, timeline };
}

/** The lowest level of any 20 ms, in dB of what all sines are together. */
function lowest(samples: Float32Array): number {
  let squares = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, sample] of samples.entries()) {
    squares += sample ** 2 - (samples[index - window] ?? 0) ** 2;
    if (index >= window) least = Math.min(least, squares);
  }
  return 10 * Math.log10(least / window / together ** 2);
}

describe('a change of tempo while stretched clips play', () => {
  it('ten times over leaves the level within 2 dB, with no clip that is late', async () => {
    const { session, engine, timeline } = await open();
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 3 });
    engine.render(150);
    const late = engine.control.counters.read('lateFrames');
    const settled = engine.output()[0].length;
    for (const bpm of [100, 133, 90, 91, 180, 60, 120, 119, 75, 140]) {
      await session.dispatch({ cmd: 'SET_TEMPO', timeline_id: timeline, bpm });
      engine.render(60);
    }
    expect(engine.control.counters.read('lateFrames') - late).toBe(0);
    expect(engine.control.counters.read('starvedFrames')).toBe(0);
    expect(lowest(engine.output()[0].slice(settled))).toBeGreaterThan(-2);
  });

  it('turned as fast as a knob is, with changes on top of each other, leaves the level within 3 dB', async () => {
    const { session, engine, timeline } = await open();
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 3 });
    engine.render(150);
    const late = engine.control.counters.read('lateFrames');
    const settled = engine.output()[0].length;
    for (let bpm = 121; bpm <= 160; bpm++) {
      await session.dispatch({ cmd: 'SET_TEMPO', timeline_id: timeline, bpm });
      engine.render(6);
    }
    engine.render(100);
    expect(engine.control.counters.read('lateFrames') - late).toBe(0);
    expect(lowest(engine.output()[0].slice(settled))).toBeGreaterThan(-3);
  });
});
