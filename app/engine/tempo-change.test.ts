// A new tempo while it plays: the beat stays where it is, and nobody hears a step.
import { beforeAll, describe, expect, it } from 'vitest';
import { TempoMap } from '../core/tempo.ts';
import type { TempoSegment } from '../protocol/kinds.ts';
import { addTestFile, createdBy } from '../session/testing/fixtures.ts';
import { retimingFrames } from './control.ts';
import { renderSource } from './render-source.ts';
import { renderToMemory } from './render-to-memory.ts';
import { compileEngine } from './testing/engine-file.ts';
import { openSessionOnEngine } from './testing/session-on-engine.ts';
import { openSourceOf, soundFile } from './testing/sessions.ts';
import { firstDifference, sine } from './testing/sounds.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await compileEngine();
});

const rate = 48_000;
const quantum = 128;
const hertz = 100;
const level = 0.4;

const segment = (start_position: number, bpm: number, curve: TempoSegment['curve'] = 'step'): TempoSegment => ({
  start_position,
  bpm,
  time_signature: '4/4',
  curve,
});

/** A sine of 20 seconds at the first beat or second of a timeline. */
async function open(timebase: 'seconds' | 'beats') {
  const frames = 20 * rate;
  const side = sine(frames, rate, hertz, level);
  const file = soundFile('0'.repeat(64), rate, [side, side]);
  const opened = await openSessionOnEngine(module, file);
  const { session } = opened;
  const fileId = await addTestFile(session, frames, rate);
  const [timeline = ''] = createdBy(
    await session.dispatch({ cmd: 'CREATE_TIMELINE', name: 'T', type: 'audio', timebase, bpm: 120 }),
  );
  await session.dispatch({ cmd: 'ADD_CLIP', timeline_id: timeline, audio_file_id: fileId, play_position: 1 });
  const rendered = async (from: number, seconds: number): Promise<Float32Array> => {
    const { deltas } = renderSource(session.objects, timeline);
    const openSource = openSourceOf({ files: [file], clips: [] });
    const range = { from, to: from + seconds, sampleRate: rate };
    const { channels } = await renderToMemory({ module, deltas, timelineId: timeline, ...range, openSource });
    return channels[0] as Float32Array;
  };
  return { ...opened, timeline, rendered };
}

const largestStep = (samples: Float32Array): number =>
  samples.reduce((largest, sample, index) => Math.max(largest, Math.abs(sample - (samples[index - 1] ?? sample))), 0);

describe('a change of tempo while it plays', () => {
  it.each([
    ['to another tempo', [segment(0, 87)]],
    ['to a ramp', [segment(0, 60, 'linear'), segment(20, 180)]],
    ['to a tempo before the playhead', [segment(0, 200), segment(2, 120)]],
  ])('%s goes on from the same beat, on the frame next to it, without a step', async (_, segments) => {
    const { session, engine, timeline, rendered } = await open('beats');
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timeline });
    const played = 1300;
    engine.render(played);
    const before = await rendered(0, (played * quantum + retimingFrames) / rate);
    await session.dispatch({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: timeline, segments });
    const rest = 200 * quantum;
    engine.render((retimingFrames + rest) / quantum);

    const changed = played * quantum + retimingFrames;
    const beats = (changed / rate) * 2;
    const map = new TempoMap({ timebase: 'beats', tempo_segments: segments });
    const landed = Math.round(map.beatsToSeconds(beats) * rate);
    expect(engine.control.position(timeline).frame).toBe(landed + rest);

    const [left] = engine.output();
    expect(firstDifference(left.slice(0, changed), before)).toBe(-1);
    const expected = await rendered(landed / rate, rest / rate);
    // What is entered in its middle has faded in by then, and what was left has faded out.
    expect(firstDifference(left.slice(changed + quantum), expected.slice(quantum))).toBe(-1);
    // The sine's own slope, and both fades of 128 frames from or to its full level.
    expect(largestStep(left)).toBeLessThan((2 * Math.PI * hertz * level) / rate + (2 * level) / quantum);
  });

  it('wraps with the loop it is in, before and behind the change', async () => {
    const { session, engine, timeline } = await open('beats');
    await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timeline, loop: { start: 2, end: 4 } });
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 2 });
    // 10 quanta before the loop's end, which the playhead passes before the tempo takes effect.
    const played = 48_000 / quantum - 10;
    engine.render(played);
    await session.dispatch({ cmd: 'SET_TEMPO', timeline_id: timeline, bpm: 60 });
    engine.render(retimingFrames / quantum);
    const beats = 2 + ((retimingFrames - 10 * quantum) / rate) * 2;
    expect(engine.control.position(timeline).frame).toBe(Math.round(beats * rate));
    engine.render(1000);
    const length = 2 * rate;
    const frame = 2 * rate + ((Math.round(beats * rate) + 1000 * quantum - 2 * rate) % length);
    expect(engine.control.position(timeline).frame).toBe(frame);
  });

  it('and again before it took effect, and a seek right after, keep their order', async () => {
    const { session, engine, timeline } = await open('beats');
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timeline });
    engine.render(500);
    await session.dispatch({ cmd: 'SET_TEMPO', timeline_id: timeline, bpm: 60 });
    engine.render(4);
    await session.dispatch({ cmd: 'SET_TEMPO', timeline_id: timeline, bpm: 240 });
    engine.render(retimingFrames / quantum - 4);
    const beats = ((500 * quantum + retimingFrames) / rate) * 2;
    expect(engine.control.position(timeline).frame).toBe(Math.round((beats / 4) * rate));
    await session.dispatch({ cmd: 'SET_TEMPO', timeline_id: timeline, bpm: 120 });
    await session.dispatch({ cmd: 'TIMELINE_SEEK', timeline_id: timeline, to: 10 });
    engine.render(retimingFrames / quantum + 10);
    expect(engine.control.position(timeline).frame).toBe(5 * rate + 10 * quantum);
  });

  it('lands where it would be by then when the session is too slow', async () => {
    const { engine, session, timeline } = await open('beats');
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timeline });
    engine.render(100);
    const { seconds, land } = engine.control.retime(timeline);
    expect(seconds).toBe((100 * quantum + retimingFrames) / rate);
    engine.render(retimingFrames / quantum + 7);
    await land(9);
    engine.render(3);
    expect(engine.control.position(timeline).frame).toBe(9 * rate + 10 * quantum);
  });

  it('moves nothing on a timeline in seconds', async () => {
    const { session, engine, timeline, rendered } = await open('seconds');
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timeline });
    engine.render(1000);
    const segments = [segment(0, 60, 'linear'), segment(2, 180)];
    await session.dispatch({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: timeline, segments });
    engine.render(200);
    expect(engine.control.position(timeline).frame).toBe(1200 * quantum);
    expect(firstDifference(engine.output()[0], await rendered(0, (1200 * quantum) / rate))).toBe(-1);
  });

  it('that is still to come moves nothing, and what comes before it sounds on bit for bit', async () => {
    const { session, engine, timeline, rendered } = await open('beats');
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timeline });
    engine.render(1000);
    const segments = [segment(0, 120), segment(8, 120, 'linear'), segment(12, 60)];
    await session.dispatch({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: timeline, segments });
    engine.render(400);
    expect(firstDifference(engine.output()[0], await rendered(0, (1400 * quantum) / rate))).toBe(-1);
  });
});
