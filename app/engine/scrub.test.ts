// A dragged playhead as a session drives it: heard while the hand moves, silent at rest, and where it was led at the end.
import { beforeAll, describe, expect, it } from 'vitest';
import { openArranging } from './testing/arranging.ts';
import { compileEngine } from './testing/engine-file.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await compileEngine();
});

const rate = 48_000;
const quantum = 128;

const levelOf = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

async function open() {
  const project = await openArranging(module, { frames: 4 * rate });
  const timeline = await project.timeline('top');
  await project.clip(timeline, 0, 0);
  const { engine, run, session } = project;
  /** Moves the hand at a speed for some frames; returns what is heard meanwhile. */
  async function drag(from: number, speed: number, quanta: number): Promise<Float32Array> {
    const [before] = engine.output();
    for (let done = 0; done < quanta; done += 6) {
      const position = from + (speed * done * quantum) / rate;
      await run({ cmd: 'TIMELINE_SCRUB', timeline_id: timeline, position });
      engine.control.collect();
      engine.render(6);
    }
    return engine.output()[0].slice(before.length);
  }
  const state = () => session.getState().timelines[timeline];
  const position = () => engine.control.position(timeline);
  return { project, timeline, drag, state, position, engine, run };
}

describe('a playhead that is dragged', () => {
  it.each([1, -1, 0.4])('is heard at %f times its speed, and not when the hand rests', async (speed) => {
    const { drag, position, state } = await open();
    const heard = await drag(2, speed, 120);
    expect(levelOf(heard.subarray(heard.length / 2))).toBeGreaterThan(0.1);
    const end = 2 + (speed * 114 * quantum) / rate;
    const rest = await drag(end, 0, 240);
    expect(levelOf(rest.subarray(rest.length / 2))).toBe(0);
    expect(position()).toMatchObject({ playing: false, frame: Math.round(end * rate) });
    expect(state()).toMatchObject({ playing: false, position: end });
  });

  it('stands where it was led when the hand lets go, and plays from there', async () => {
    const { drag, position, run, timeline, engine } = await open();
    await drag(1, 1, 30);
    await run({ cmd: 'TIMELINE_SCRUB', timeline_id: timeline, position: 1.5 });
    await run({ cmd: 'TIMELINE_SCRUB', timeline_id: timeline, position: null });
    engine.render(2);
    expect(position()).toMatchObject({ playing: false, seconds: 1.5 });
    await run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline });
    engine.render(10);
    expect(position()).toMatchObject({ playing: true, frame: 1.5 * rate + 10 * quantum });
  });

  it('that plays stops, and is silent once its timeline is removed', async () => {
    const { drag, project, run, timeline, engine, position } = await open();
    await project.live(timeline, rate / 2);
    await drag(1, 1, 60);
    expect(position().playing).toBe(false);
    await run({ cmd: 'REMOVE_OBJECT', id: timeline });
    engine.render(40);
    const [before] = engine.output();
    engine.render(40);
    expect(levelOf(engine.output()[0].subarray(before.length))).toBe(0);
  });
});
