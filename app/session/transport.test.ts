// Transport commands: seconds at the engine, the timeline's own units in the state.
import { describe, expect, test } from 'vitest';
import type { TempoSegment } from '../protocol/kinds.ts';
import { createdBy, openTestSession, testId } from './testing/fixtures.ts';

describe('play, stop, seek on a timeline in beats at 120 bpm', () => {
  test('plays from a place and stands where it stopped', async () => {
    const { session, transport, timelineId } = await openTestSession();
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId, start: 4 });
    expect(session.getState().timelines[timelineId]).toMatchObject({ playing: true, position: 4 });
    expect(session.getState().transport.isPlaying).toBe(true);
    transport.positions.set(timelineId, 5);
    await session.dispatch({ cmd: 'TIMELINE_STOP', timeline_id: timelineId });
    expect(session.getState().timelines[timelineId]).toMatchObject({ playing: false, position: 10 });
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId });
    expect(transport.calls).toEqual([
      ['play', timelineId, 2],
      ['stop', timelineId],
      ['play', timelineId, 5],
    ]);
  });

  test('plays from a marker, whatever timebase the marker has', async () => {
    const { session, transport, timelineId } = await openTestSession();
    const reply = await session.dispatch({
      cmd: 'ADD_MARKER',
      timeline_id: timelineId,
      time: 3,
      timebase: 'seconds',
    });
    const [value = ''] = createdBy(reply);
    await session.dispatch({ cmd: 'TIMELINE_SEEK', timeline_id: timelineId, to: { type: 'marker', value } });
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId, start: { type: 'time', value: 8 } });
    expect(transport.calls).toEqual([
      ['seek', timelineId, 3],
      ['play', timelineId, 4],
    ]);
    const missing = { type: 'marker', value: testId(404, 404) } as const;
    const refused = await session.dispatch({ cmd: 'TIMELINE_SEEK', timeline_id: timelineId, to: missing });
    expect(refused).toMatchObject({ ok: false, error: { name: 'ERR_NOT_FOUND' } });
  });

  test('an engine that does not play leaves the timeline stopped', async () => {
    const opened = await openTestSession();
    opened.transport.play = () => Promise.reject(new Error('no device'));
    const reply = await opened.session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: opened.timelineId, start: 1 });
    expect(reply).toMatchObject({ ok: false, error: { name: 'ERR_ENGINE_START' } });
    expect(opened.session.getState().timelines[opened.timelineId]).toMatchObject({ playing: false, position: 1 });
  });

  test('a playhead that is dragged stops playing and stays where it was dragged to', async () => {
    const { session, transport, timelineId } = await openTestSession();
    const scrub = (position: number | null) =>
      session.dispatch({ cmd: 'TIMELINE_SCRUB', timeline_id: timelineId, position });
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId, start: 4 });
    expect(await scrub(6)).toMatchObject({ ok: true });
    expect(session.getState().timelines[timelineId]).toMatchObject({ playing: false, position: 6 });
    await scrub(5);
    await scrub(null);
    expect(session.getState().timelines[timelineId]).toMatchObject({ playing: false, position: 5 });
    expect(session.getState().history.undoDepth).toBe(0);
    expect(transport.calls).toEqual([
      ['play', timelineId, 2],
      ['stop', timelineId],
      ['scrub', timelineId, 3],
      ['scrub', timelineId, 2.5],
      ['scrub', timelineId],
    ]);
  });

  test('letting go of what nobody drags leaves a timeline playing', async () => {
    const { session, timelineId } = await openTestSession();
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId, start: 4 });
    await session.dispatch({ cmd: 'TIMELINE_SCRUB', timeline_id: timelineId, position: null });
    expect(session.getState().timelines[timelineId]).toMatchObject({ playing: true });
  });

  test('panic stops everything where it is', async () => {
    const { session, transport, timelineId } = await openTestSession();
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId });
    transport.positions.set(timelineId, 1.5);
    await session.dispatch({ cmd: 'PANIC', scope: 'ALL' });
    expect(session.getState().timelines[timelineId]).toMatchObject({ playing: false, position: 3 });
  });
});

describe('edits while it plays', () => {
  test('a new tempo, its undo and its redo keep the musical position', async () => {
    const { session, transport, timelineId } = await openTestSession();
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId });
    transport.positions.set(timelineId, 6);
    await session.dispatch({ cmd: 'SET_TEMPO', bpm: 60 });
    expect(transport.position(timelineId)).toBe(12);
    await session.dispatch({ cmd: 'UNDO' });
    expect(transport.position(timelineId)).toBe(6);
    await session.dispatch({ cmd: 'REDO' });
    expect(transport.position(timelineId)).toBe(12);
    expect(session.getState().transport.bpm).toBe(60);
  });

  test('into a ramp, along it and out of it the musical position stays', async () => {
    const { session, transport, timelineId } = await openTestSession();
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId });
    const beats = 20;
    transport.positions.set(timelineId, beats / 2);
    const setSegments = (...segments: readonly TempoSegment[]) =>
      session.dispatch({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: timelineId, segments: [...segments] });
    const zero: TempoSegment = { start_position: 0, bpm: 120, time_signature: '4/4' };
    const begin: TempoSegment = { ...zero, start_position: 8, curve: 'linear' };
    await setSegments(zero, begin, { start_position: 40, bpm: 60, time_signature: '4/4' });
    // 120 - 15 d / 8 beats per minute, d beats after the ramp's start: its integral from 0 to 12.
    const inside = 4 - 32 * Math.log1p(-12 / 64);
    expect(transport.position(timelineId)).toBeCloseTo(inside, 12);
    await setSegments(zero, begin, { start_position: 40, bpm: 240, time_signature: '4/4' });
    expect(transport.position(timelineId)).toBeCloseTo(4 + 16 * Math.log1p(12 / 32), 12);
    await session.dispatch({ cmd: 'UNDO' });
    expect(transport.position(timelineId)).toBeCloseTo(inside, 12);
    await session.dispatch({ cmd: 'UNDO' });
    expect(transport.position(timelineId)).toBeCloseTo(beats / 2, 12);
  });

  test('a change of tempo that is still to come moves nothing', async () => {
    const { session, transport, timelineId } = await openTestSession();
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId });
    transport.positions.set(timelineId, 3);
    const segments: TempoSegment[] = [
      { start_position: 0, bpm: 120, time_signature: '4/4' },
      { start_position: 8, bpm: 120, time_signature: '4/4', curve: 'linear' },
      { start_position: 16, bpm: 70, time_signature: '3/4' },
    ];
    await session.dispatch({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: timelineId, segments });
    expect(transport.calls).toEqual([['play', timelineId, 0]]);
  });

  test('the state tells the tempo inside a ramp', async () => {
    const { session, timelineId } = await openTestSession();
    const segments: TempoSegment[] = [
      { start_position: 0, bpm: 100, time_signature: '4/4', curve: 'linear' },
      { start_position: 10, bpm: 150, time_signature: '4/4' },
    ];
    await session.dispatch({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: timelineId, segments });
    await session.dispatch({ cmd: 'TIMELINE_SEEK', timeline_id: timelineId, to: 4 });
    expect(session.getState().transport.bpm).toBe(120);
  });

  test('on a timeline in seconds a ramp moves nothing either', async () => {
    const { session, transport } = await openTestSession();
    const reply = await session.dispatch({ cmd: 'CREATE_TIMELINE', name: 'S', type: 'audio', timebase: 'seconds' });
    const [id = ''] = createdBy(reply);
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: id, start: 3 });
    const segments: TempoSegment[] = [
      { start_position: 0, bpm: 60, time_signature: '4/4', curve: 'linear' },
      { start_position: 10, bpm: 180, time_signature: '4/4' },
    ];
    await session.dispatch({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: id, segments });
    expect(transport.calls).toEqual([['play', id, 3]]);
  });

  test('on a timeline in seconds nothing moves', async () => {
    const { session, transport } = await openTestSession();
    const reply = await session.dispatch({ cmd: 'CREATE_TIMELINE', name: 'S', type: 'audio', timebase: 'seconds' });
    const [id = ''] = createdBy(reply);
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: id, start: 3 });
    await session.dispatch({ cmd: 'SET_TEMPO', timeline_id: id, bpm: 60 });
    expect(transport.calls).toEqual([['play', id, 3]]);
  });

  test('a removed timeline stops', async () => {
    const { session, transport, timelineId } = await openTestSession();
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId });
    await session.dispatch({ cmd: 'REMOVE_OBJECT', id: timelineId });
    expect(transport.calls.at(-1)).toEqual(['stop', timelineId]);
    expect(session.getState().transport.isPlaying).toBe(false);
  });

  test('a loop between markers is stored as a range of the timebase', async () => {
    const { session, timelineId } = await openTestSession();
    const marker = async (time: number): Promise<string> =>
      createdBy(await session.dispatch({ cmd: 'ADD_MARKER', timeline_id: timelineId, time }))[0] ?? '';
    const [start_marker_id, end_marker_id] = [await marker(4), await marker(8)];
    const loop = { start_marker_id, end_marker_id };
    await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timelineId, loop });
    expect(session.objects.get(timelineId)).toMatchObject({ loop: { start: 4, end: 8 }, loop_enabled: true });
    const wrong = { start_marker_id: end_marker_id, end_marker_id: start_marker_id };
    const reply = await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timelineId, loop: wrong });
    expect(reply).toMatchObject({ ok: false, error: { name: 'ERR_REFUSED' } });
  });
});

test('questions answer with the state and the metrics', async () => {
  const { session } = await openTestSession({ metrics: () => [{ load: 0.1 }] });
  expect(await session.dispatch({ cmd: 'GET_FULL_STATE' })).toMatchObject({ ok: true, result: session.getState() });
  expect(await session.dispatch({ cmd: 'GET_METRICS_HISTORY' })).toMatchObject({ result: [{ load: 0.1 }] });
});

test('the metronome keeps what a command leaves out, and tells the engine and the clients', async () => {
  const { session, transport } = await openTestSession();
  expect(session.getState().transport.metronome).toEqual({ enabled: false, gain: 0.5 });
  await session.dispatch({ cmd: 'SET_METRONOME', gain: 0.25 });
  await session.dispatch({ cmd: 'SET_METRONOME', enabled: true });
  expect(transport.metronome).toEqual({ enabled: true, gain: 0.25 });
  expect(session.getState().transport.metronome).toEqual({ enabled: true, gain: 0.25 });
  expect(await session.dispatch({ cmd: 'SET_METRONOME', gain: -1 })).toMatchObject({
    ok: false,
    error: { name: 'ERR_BAD_COMMAND' },
  });
});
