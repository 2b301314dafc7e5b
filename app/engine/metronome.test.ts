// The metronome from commands to samples: the session's tempo map on one side, the engine's output on the other.
import { beforeAll, describe, expect, it } from 'vitest';
import { nearestFrame } from '../core/units.ts';
import type { TempoSegment } from '../protocol/kinds.ts';
import { createdBy } from '../session/testing/fixtures.ts';
import { clicksOf } from './click-deltas.ts';
import { clickSound } from './click-sound.ts';
import { retimingFrames } from './control.ts';
import { compileEngine } from './testing/engine-file.ts';
import { engineRate, openSessionOnEngine } from './testing/session-on-engine.ts';
import { noiseFile } from './testing/sessions.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await compileEngine();
});

const rate = engineRate;
const quantum = 128;
const quantaOf = (seconds: number): number => Math.ceil((seconds * rate) / quantum);

async function open(tempo_segments?: TempoSegment[]) {
  const opened = await openSessionOnEngine(module, noiseFile(1, rate, 1, 100));
  const { session, timelineId } = opened;
  if (tempo_segments) {
    await session.dispatch({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: timelineId, segments: tempo_segments });
  }
  await session.dispatch({ cmd: 'SET_METRONOME', enabled: true, gain: 1 });
  return opened;
}

interface Heard {
  readonly frame: number;
  /** The first sample; a bar line's is larger. */
  readonly level: number;
}

/** Where silence ends. */
function clicksIn(output: Float32Array): Heard[] {
  const heard: Heard[] = [];
  for (const [frame, level] of output.entries()) {
    if (level !== 0 && (output[frame - 1] ?? 0) === 0 && (output[frame - 2] ?? 0) === 0) heard.push({ frame, level });
  }
  return heard;
}

const frames = (heard: readonly Heard[]): number[] => heard.map(({ frame }) => frame);

describe('the metronome', () => {
  it('clicks every beat of 120 bpm on its frame, the bar’s first one louder', async () => {
    const { session, engine, timelineId } = await open();
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId });
    engine.render(quantaOf(4.2));
    const heard = clicksIn(engine.output()[0]);
    expect(frames(heard)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].map((beat) => beat * 24_000));
    const loud = heard.map(({ level }) => level > 0.2);
    expect(loud).toEqual([true, false, false, false, true, false, false, false, true]);
  });

  it('follows a ramp, frame by frame, and the new time signature behind it', async () => {
    const { session, engine, timelineId } = await open([
      { start_position: 0, bpm: 90, time_signature: '3/4', curve: 'linear' },
      { start_position: 12, bpm: 210, time_signature: '6/8' },
    ]);
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId });
    // The integral of 60 / (90 + 10 d) is 6 ln(1 + d / 9).
    const ramp = Array.from({ length: 12 }, (_, beat) => 6 * Math.log1p(beat / 9));
    const end = 6 * Math.log(210 / 90);
    const eighths = Array.from({ length: 12 }, (_, eighth) => end + (eighth * 30) / 210);
    engine.render(quantaOf(end + 12 * (30 / 210)) - 1);
    const heard = clicksIn(engine.output()[0]);
    expect(frames(heard)).toEqual([...ramp, ...eighths].map((seconds) => nearestFrame(seconds, rate)));
    const bars = heard.flatMap(({ level }, index) => (level > 0.2 ? index : []));
    expect(bars).toEqual([0, 3, 6, 9, 12, 18]);
  });

  it('clicks on the same frames in a timeline in seconds', async () => {
    const { session, engine } = await open();
    const [id = ''] = createdBy(
      await session.dispatch({ cmd: 'CREATE_TIMELINE', name: 'S', type: 'audio', timebase: 'seconds', bpm: 100 }),
    );
    const segments: TempoSegment[] = [
      { start_position: 0, bpm: 100, time_signature: '4/4', curve: 'linear' },
      { start_position: 4, bpm: 200, time_signature: '4/4' },
    ];
    await session.dispatch({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: id, segments });
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: id });
    engine.render(quantaOf(5));
    // Over L beats from 100 to 200 bpm pass 60 L ln 2 / 100 seconds, which are 4.
    const length = 400 / (60 * Math.log(2));
    const slope = 100 / length;
    const times = Array.from({ length: 20 }, (_, beat) =>
      beat < length ? (60 / slope) * Math.log1p((slope * beat) / 100) : 4 + (beat - length) * 0.3,
    );
    const expected = times.filter((time) => time < 4.99).map((time) => nearestFrame(time, rate));
    expect(frames(clicksIn(engine.output()[0]))).toEqual(expected);
  });

  it('stays on its frames through seeks and loops', async () => {
    const { session, engine, timelineId } = await open();
    await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timelineId, loop: { start: 4, end: 5.5 } });
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId, start: 4 });
    engine.render(quantaOf(3));
    await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timelineId, loop: null });
    const [left] = engine.output();
    // 1.5 beats of half a second: one click at the loop's start, one a beat later.
    const passes = [0, 36_000, 72_000, 108_000].flatMap((start) => [start, start + 24_000]);
    expect(frames(clicksIn(left))).toEqual(passes.filter((frame) => frame < left.length));
    await session.dispatch({ cmd: 'TIMELINE_SEEK', timeline_id: timelineId, to: 100.25 });
    engine.render(quantaOf(1));
    const sought = left.length;
    const later = frames(clicksIn(engine.output()[0])).filter((frame) => frame > sought);
    expect(later).toEqual([sought + 18_000, sought + 42_000]);
  });

  it('takes a new tempo over while it plays, at the beat it was on', async () => {
    const { session, engine, timelineId } = await open();
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId });
    engine.render(375); // 2 beats
    await session.dispatch({ cmd: 'SET_TEMPO', bpm: 60 });
    engine.render(750);
    // Until it takes effect the beat moves on as before; what is left of it then lasts twice as long.
    const third = 48_000 + retimingFrames + 2 * (24_000 - retimingFrames);
    expect(frames(clicksIn(engine.output()[0]))).toEqual([0, 24_000, 48_000, third, third + 48_000]);
    await session.dispatch({ cmd: 'UNDO' });
    engine.render(375);
    const slow = 144_000 + retimingFrames - third - 48_000;
    const fifth = 144_000 + retimingFrames + (48_000 - slow) / 2;
    expect(frames(clicksIn(engine.output()[0])).slice(5)).toEqual([fifth]);
  });

  it('reaches ten minutes beyond the last clip and the playhead, and further as it comes near', async () => {
    const { session, engine, timelineId, extendClicks } = await open();
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId, start: 7200 });
    engine.render(10);
    expect(frames(clicksIn(engine.output()[0]))).toEqual([0]);
    const far = await open();
    await far.session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: far.timelineId, start: 0 });
    const seconds = 599;
    await far.engine.control.seek(far.timelineId, seconds);
    await extendClicks();
    await far.extendClicks();
    far.engine.render(quantaOf(2));
    expect(frames(clicksIn(far.engine.output()[0]))).toEqual([0, 24_000, 48_000, 72_000]);
  });

  it('is silent when it is off, and spares the engine the clicks', async () => {
    const { session, engine, timelineId } = await open();
    await session.dispatch({ cmd: 'SET_METRONOME', enabled: false });
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId });
    engine.render(quantaOf(1));
    expect(engine.output()[0].every((sample) => sample === 0)).toBe(true);
    await session.dispatch({ cmd: 'SET_METRONOME', enabled: true, gain: 0.5 });
    engine.render(quantaOf(1));
    const [click] = clicksIn(engine.output()[0]);
    expect(click?.frame).toBe(48_000);
    expect(session.getState().transport.metronome).toEqual({ enabled: true, gain: 0.5 });
  });
});

it('the fallback’s clicks are the engine’s', async () => {
  const { session, engine, timelineId } = await open();
  await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId });
  engine.render(quantaOf(0.6));
  const [left] = engine.output();
  for (const [kind, from] of [
    ['accent', 0],
    ['beat', 24_000],
  ] as const) {
    const sound = clickSound(kind, rate);
    const played = left.subarray(from, from + sound.length);
    expect(sound.reduce((worst, sample, frame) => Math.max(worst, Math.abs(sample - (played[frame] ?? 1))), 0)).toBe(0);
  }
});

it('a timeline of ten hours has its clicks within a second', async () => {
  const { session, timelineId } = await openSessionOnEngine(module, noiseFile(1, rate, 1, 100));
  const timeline = session.objects.get(timelineId);
  if (timeline?.kind !== 'TimelineAtome') throw new Error('no timeline');
  const { seconds, accents } = clicksOf(timeline, 36_000);
  expect([seconds.length, seconds[71_999]]).toEqual([72_000, 35_999.5]);
  expect(accents.reduce((sum, accent) => sum + accent, 0)).toBe(18_000);
});
