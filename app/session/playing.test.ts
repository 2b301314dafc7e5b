// Questions about timelines, playing one of several, segments, files by themselves, and what triggers do to all that.
import { describe, expect, test } from 'vitest';
import type { Cue } from '../protocol/state.ts';
import { addTestFile, createdBy, openTestSession, testId } from './testing/fixtures.ts';

async function withTimelines() {
  const opened = await openTestSession();
  const { session } = opened;
  const make = async (name: string): Promise<string> =>
    createdBy(await session.dispatch({ cmd: 'CREATE_TIMELINE', name, type: 'audio', timebase: 'seconds' }))[0] ?? '';
  const marker = async (timeline_id: string, time: number): Promise<string> =>
    createdBy(await session.dispatch({ cmd: 'ADD_MARKER', timeline_id, time }))[0] ?? '';
  const [one, two] = [await make('one'), await make('two')];
  const play = (timeline_id: string, stop_others = false) =>
    session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id, start: 1, options: { stop_others } });
  return { ...opened, one, two, marker, play };
}

describe('TIMELINE_GET_STATE', () => {
  test('tells where a timeline is, in every unit, and what it loops', async () => {
    const { session, transport, timelineId } = await openTestSession();
    await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timelineId, loop: { start: 4, end: 8 } });
    const state = () => session.dispatch({ cmd: 'TIMELINE_GET_STATE', timeline_id: timelineId });
    expect(await state()).toMatchObject({
      result: { timeline_id: timelineId, playing: false, position: 0, seconds: 0, beats: 0, bpm: 120, segment: null },
    });
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId });
    transport.positions.set(timelineId, 3);
    expect(await state()).toMatchObject({
      result: { playing: true, position: 6, seconds: 3, beats: 6, loop: { start: 4, end: 8 } },
    });
    const missing = await session.dispatch({ cmd: 'TIMELINE_GET_STATE', timeline_id: testId(9, 404) });
    expect(missing).toMatchObject({ ok: false, error: { name: 'ERR_NOT_FOUND' } });
  });
});

test('stop_others leaves one timeline playing', async () => {
  const { session, one, two, play } = await withTimelines();
  await play(one);
  await play(two);
  expect(session.getState().timelines).toMatchObject({ [one]: { playing: true }, [two]: { playing: true } });
  await play(one, true);
  expect(session.getState().timelines).toMatchObject({ [one]: { playing: true }, [two]: { playing: false } });
});

describe('PLAY_MARKER_SEGMENT', () => {
  async function segmented(loop: boolean) {
    const opened = await withTimelines();
    const { session, one, marker } = opened;
    const [start_marker_id, end_marker_id] = [await marker(one, 2), await marker(one, 5)];
    const command = { cmd: 'PLAY_MARKER_SEGMENT', timeline_id: one, start_marker_id, end_marker_id, loop } as const;
    expect(await session.dispatch(command)).toMatchObject({ ok: true });
    return { ...opened, command };
  }

  test('is shown, reaches the engine, and ends with play, seek, stop and panic', async () => {
    const { session, transport, one, play, command } = await segmented(true);
    const segment = { start: 2, end: 5, loop: true };
    const enders = [
      () => play(one),
      () => session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: one }),
      () => session.dispatch({ cmd: 'TIMELINE_SEEK', timeline_id: one, to: 3 }),
      () => session.dispatch({ cmd: 'TIMELINE_STOP', timeline_id: one }),
      () => session.dispatch({ cmd: 'PANIC', scope: 'ALL' }),
    ];
    for (const end of enders) {
      await session.dispatch(command);
      expect(session.getState().timelines[one]).toEqual({ playing: true, position: 2, segment });
      expect(transport.segments.get(one)).toEqual(segment);
      await end();
      expect(session.getState().timelines[one]).toMatchObject({ segment: null });
      expect(transport.segments.has(one)).toBe(false);
    }
    expect(session.objects.get(one)).toMatchObject({ loop: null, loop_enabled: false });
  });

  test('ends by itself where its trigger has stopped it', async () => {
    const { session, transport, one } = await segmented(false);
    transport.playing.delete(one);
    transport.positions.set(one, 5.00001);
    session.triggered({ id: `${one}#segment`, timelineId: one, atFrame: 240_000, moved: [one] });
    expect(session.getState().timelines[one]).toEqual({ playing: false, position: 5, segment: null });
    expect(transport.segments.has(one)).toBe(false);
  });

  test('that cannot be started leaves nothing behind', async () => {
    const { session, transport, one, command } = await segmented(false);
    await session.dispatch({ cmd: 'TIMELINE_STOP', timeline_id: one });
    transport.play = () => Promise.reject(new Error('no device'));
    expect(await session.dispatch(command)).toMatchObject({ ok: false });
    expect(session.getState().timelines[one]).toEqual({ playing: false, position: 2, segment: null });
    expect(transport.segments.has(one)).toBe(false);
  });
});

describe('PLAY_ASSET_AS_TIMELINE', () => {
  test('makes the timeline of a file’s markers when it is missing, and plays the one there is', async () => {
    const { session, transport } = await openTestSession();
    const audio_file_id = await addTestFile(session, 96_000);
    const first = await session.dispatch({ cmd: 'PLAY_ASSET_AS_TIMELINE', audio_file_id });
    const { timeline_id, marker_set_id } = (first as { result: Record<string, string> }).result;
    expect(session.objects.get(marker_set_id ?? '')).toMatchObject({ audio_file_id, timeline_id });
    expect([...session.objects.clipsOf(timeline_id ?? '')]).toMatchObject([{ audio_file_id, end_offset: 2 }]);
    expect(transport.calls).toEqual([['play', timeline_id, 0]]);
    const again = await session.dispatch({ cmd: 'PLAY_ASSET_AS_TIMELINE', audio_file_id, marker_set_id, start: 0.5 });
    expect(again).toMatchObject({ ok: true, result: { timeline_id, marker_set_id } });
    expect(transport.calls.at(-1)).toEqual(['play', timeline_id, 0.5]);
    expect([...session.objects.ofKind('AudioRefTimelineAtome')]).toHaveLength(1);
    await session.dispatch({ cmd: 'UNDO' });
    expect([...session.objects.ofKind('AudioRefTimelineAtome')]).toHaveLength(0);
  });

  test('refuses files and marker sets that do not exist or do not belong together', async () => {
    const { session } = await openTestSession();
    const [one, two] = [await addTestFile(session, 96_000), await addTestFile(session, 96_000, 48_000, 1)];
    const reply = await session.dispatch({ cmd: 'ADD_AUDIO_REF_TIMELINE', audio_file_id: one });
    const [marker_set_id = ''] = createdBy(reply);
    const missing = { ok: false, error: { name: 'ERR_NOT_FOUND' } };
    const play = (audio_file_id: string, set?: string) =>
      session.dispatch({
        cmd: 'PLAY_ASSET_AS_TIMELINE',
        audio_file_id,
        ...(set === undefined ? {} : { marker_set_id: set }),
      });
    expect(await play(testId(1, 404))).toMatchObject(missing);
    expect(await play(two, marker_set_id)).toMatchObject(missing);
    expect(await play(one, two)).toMatchObject(missing);
  });
});

describe('triggers that have fired', () => {
  test('show what they started, stopped and moved', async () => {
    const { session, transport, one, two, play } = await withTimelines();
    await play(one);
    transport.playing.delete(one);
    transport.positions.set(one, 7);
    transport.playing.add(two);
    transport.positions.set(two, 3);
    session.triggered({ id: testId(1, 404), timelineId: one, atFrame: 0, moved: [two, one] });
    expect(session.getState().timelines).toMatchObject({
      [one]: { playing: false, position: 7 },
      [two]: { playing: true, position: 3 },
    });
  });

  test('are followed although an edit has removed them meanwhile', async () => {
    const { session, transport, one, two, play } = await withTimelines();
    await play(one);
    transport.playing.delete(one);
    transport.playing.add(two);
    transport.positions.set(two, 3);
    session.triggered({ id: testId(1, 404), timelineId: one, atFrame: 0, moved: undefined });
    expect(session.getState().timelines).toMatchObject({
      [one]: { playing: false, position: 1 },
      [two]: { playing: true, position: 3 },
    });
  });

  test('do not stop what a later command is starting', async () => {
    const { session, transport, one } = await withTimelines();
    let primed = (): void => undefined;
    transport.play = () =>
      new Promise((resolve) => {
        primed = resolve;
      });
    const shown = new Promise<void>((resolve) => session.onPatch(() => resolve()));
    const reply = session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: one, start: 2 });
    await shown;
    session.triggered({ id: testId(1, 404), timelineId: one, atFrame: 0, moved: [one] });
    transport.playing.add(one);
    primed();
    await reply;
    expect(session.getState().timelines[one]).toMatchObject({ playing: true, position: 2 });
  });

  test('become cues where they ask for more than sound', async () => {
    const { session, one } = await withTimelines();
    const cues: Cue[] = [];
    const dispose = session.onCue((cue) => cues.push(cue));
    const make = async (command: Parameters<typeof session.dispatch>[0]): Promise<string> =>
      createdBy(await session.dispatch(command))[0] ?? '';
    const shows = await make({ cmd: 'ADD_EVENT', timeline_id: one, time: 1, type: 'ui_show' });
    const plays = await make({ cmd: 'ADD_EVENT', timeline_id: one, time: 1, type: 'timeline_play' });
    const fire = (id: string) => session.triggered({ id, timelineId: one, atFrame: 480, moved: [] });
    fire(`${testId(7)}/${testId(8)}/${shows}#3#1`);
    fire(plays);
    fire(testId(9, 404));
    dispose();
    fire(shows);
    expect(cues).toEqual([{ id: shows, timelineId: one, atFrame: 480 }]);
    const wrong = await session.dispatch({ cmd: 'TRIGGER_ACTION_CLIP', clip_id: shows });
    expect(wrong).toMatchObject({ ok: false, error: { name: 'ERR_NOT_FOUND' } });
  });
});
