// Commands as clients send them: what they make and what they answer.
import { describe, expect, test } from 'vitest';
import { addTestFile, createdBy, openTestSession, sessionWithClip, testId } from './testing/fixtures.ts';

describe('a fresh session', () => {
  test('has one project and one timeline in beats at 120 bpm, and nothing to undo', async () => {
    const { session } = await openTestSession();
    const state = session.getState();
    expect(Object.keys(state.objects)).toHaveLength(2);
    expect(state.transport.bpm).toBe(120);
    expect(state.objects[state.activeTimelineId ?? '']).toMatchObject({ kind: 'TimelineAtome', timebase: 'beats' });
    expect(state.history).toEqual({ undoLabel: null, redoLabel: null, undoDepth: 0, redoDepth: 0 });
    expect(await session.dispatch({ cmd: 'UNDO' })).toMatchObject({ ok: false, error: { code: 4005 } });
  });

  test('is the same after a reload, without a second project', async () => {
    const first = await openTestSession();
    const second = await openTestSession({ store: first.store });
    expect(second.session.getState().objects).toEqual(first.session.getState().objects);
  });
});

describe('clips', () => {
  test('ADD_CLIP fills in what is left out and answers with the id', async () => {
    const { session, clipId, fileId } = await sessionWithClip();
    expect(session.objects.get(clipId)).toMatchObject({
      audio_file_id: fileId,
      name: 'File 0',
      start_offset: 0,
      end_offset: 10,
      gain: 1,
      pan: 0,
      group_id: null,
    });
  });

  test('SPLIT_CLIP at beat 8 cuts at 2 s: the first half keeps its id, the second starts where it ends', async () => {
    const { session, clipId } = await sessionWithClip();
    await session.dispatch({ cmd: 'SET_CLIP', clip_id: clipId, fade_in: 3, fade_out: 9 });
    const created = createdBy(await session.dispatch({ cmd: 'SPLIT_CLIP', clip_id: clipId, position: 8 }));
    expect(created).toHaveLength(2);
    expect(created[0]).toBe(clipId);
    const fades = { fade_in: 3, fade_out: 9 };
    expect(session.objects.get(clipId)).toMatchObject({
      ...{ start_offset: 0, end_offset: 2 },
      ...{ ...fades, fades_beyond: { before: 0, after: 8 } },
    });
    expect(session.objects.get(created[1] ?? '')).toMatchObject({
      ...{ play_position: 8, start_offset: 2, end_offset: 10 },
      ...{ ...fades, fades_beyond: { before: 2, after: 0 } },
    });
  });

  test('JOIN_CLIPS undoes a split, keeps the earlier id, and refuses what is not contiguous', async () => {
    const { session, clipId, fileId, timelineId } = await sessionWithClip();
    const [, second = ''] = createdBy(await session.dispatch({ cmd: 'SPLIT_CLIP', clip_id: clipId, position: 8.123 }));
    const joined = await session.dispatch({ cmd: 'JOIN_CLIPS', clip_ids: [second, clipId] });
    expect(joined.ok).toBe(true);
    expect(session.objects.get(second)).toBeUndefined();
    expect(session.objects.get(clipId)).toMatchObject({ play_position: 4, start_offset: 0, end_offset: 10 });
    const [other = ''] = createdBy(
      await session.dispatch({ cmd: 'ADD_CLIP', timeline_id: timelineId, audio_file_id: fileId, play_position: 30 }),
    );
    const refused = await session.dispatch({ cmd: 'JOIN_CLIPS', clip_ids: [clipId, other] });
    expect(refused).toMatchObject({ ok: false, error: { name: 'ERR_REFUSED', code: 4004 } });
  });

  test('TRIM_CLIP leaves the sound where it is and cannot begin before the timeline', async () => {
    const { session, clipId } = await sessionWithClip();
    await session.dispatch({ cmd: 'TRIM_CLIP', clip_id: clipId, start_offset: 1, end_offset: 5 });
    expect(session.objects.get(clipId)).toMatchObject({ play_position: 6, start_offset: 1, end_offset: 5 });
    await session.dispatch({ cmd: 'MOVE_CLIP', clip_id: clipId, play_position: 1 });
    const reply = await session.dispatch({ cmd: 'TRIM_CLIP', clip_id: clipId, start_offset: 0 });
    expect(reply).toMatchObject({ ok: false, error: { name: 'ERR_REFUSED' } });
  });

  test('DUPLICATE_CLIPS puts copies right behind the selection', async () => {
    const { session, clipId } = await sessionWithClip();
    const [copy = ''] = createdBy(await session.dispatch({ cmd: 'DUPLICATE_CLIPS', clip_ids: [clipId] }));
    expect(session.objects.get(copy)).toMatchObject({ play_position: 24, end_offset: 10 });
  });

  test('a moved clip leaves its group behind on the other timeline', async () => {
    const { session, clipId, timelineId } = await sessionWithClip();
    const [group = ''] = createdBy(await session.dispatch({ cmd: 'CREATE_GROUP', timeline_id: timelineId, name: 'A' }));
    const [other = ''] = createdBy(
      await session.dispatch({ cmd: 'CREATE_TIMELINE', name: 'B', type: 'audio', timebase: 'seconds' }),
    );
    await session.dispatch({ cmd: 'GROUP_CLIPS', clip_ids: [clipId], group_id: group });
    await session.dispatch({ cmd: 'MOVE_CLIP', clip_id: clipId, play_position: 1, timeline_id: other });
    expect(session.objects.get(clipId)).toMatchObject({ timeline_id: other, group_id: null });
    const refused = await session.dispatch({ cmd: 'GROUP_CLIPS', clip_ids: [clipId], group_id: group });
    expect(refused).toMatchObject({ ok: false, error: { name: 'ERR_REFUSED' } });
  });
});

describe('objects', () => {
  test('removing a timeline removes what is on it in one step; undo brings all of it back', async () => {
    const { session, timelineId } = await sessionWithClip();
    await session.dispatch({ cmd: 'ADD_MARKER', timeline_id: timelineId, time: 2 });
    await session.dispatch({ cmd: 'CREATE_GROUP', timeline_id: timelineId, name: 'A' });
    const before = session.getState();
    await session.dispatch({ cmd: 'REMOVE_OBJECT', id: timelineId });
    expect(Object.values(session.getState().objects).map(({ kind }) => kind)).toEqual([
      'ProjectAtome',
      'AudioFileAtome',
    ]);
    expect(session.getState().activeTimelineId).toBeNull();
    await session.dispatch({ cmd: 'UNDO' });
    expect(session.getState().objects).toEqual(before.objects);
  });

  test('a file in use cannot be removed, an unused one can', async () => {
    const { session, fileId, clipId } = await sessionWithClip();
    expect(await session.dispatch({ cmd: 'REMOVE_OBJECT', id: fileId })).toMatchObject({ ok: false });
    await session.dispatch({ cmd: 'REMOVE_CLIPS', clip_ids: [clipId] });
    expect(await session.dispatch({ cmd: 'REMOVE_OBJECT', id: fileId })).toMatchObject({ ok: true });
    const removed = session.objects.removed(fileId);
    expect(removed?.kind === 'AudioFileAtome' && session.objects.refersToBlob(removed.content_hash)).toBe(true);
    expect(session.objects.refersToBlob('f'.repeat(64))).toBe(false);
  });

  test('a file known by its content is not added again', async () => {
    const { session, fileId } = await sessionWithClip();
    expect(await addTestFile(session)).toBe(fileId);
    expect(session.getState().history.undoDepth).toBe(2);
  });

  test('removing a group keeps its clips', async () => {
    const { session, clipId, timelineId } = await sessionWithClip();
    const [group = ''] = createdBy(await session.dispatch({ cmd: 'CREATE_GROUP', timeline_id: timelineId, name: 'A' }));
    await session.dispatch({ cmd: 'GROUP_CLIPS', clip_ids: [clipId], group_id: group });
    await session.dispatch({ cmd: 'REMOVE_OBJECT', id: group });
    expect(session.objects.get(clipId)).toMatchObject({ group_id: null });
  });
});

describe('tempo', () => {
  test('SET_TEMPO changes the first segment and leaves later ones', async () => {
    const { session, timelineId } = await sessionWithClip();
    const segments = [
      { start_position: 16, bpm: 90, time_signature: '3/4' },
      { start_position: 0, bpm: 100, time_signature: '4/4' },
    ];
    await session.dispatch({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: timelineId, segments });
    await session.dispatch({ cmd: 'SET_TEMPO', bpm: 110 });
    expect(session.objects.get(timelineId)).toMatchObject({
      tempo_segments: [
        { start_position: 0, bpm: 110 },
        { start_position: 16, bpm: 90 },
      ],
    });
  });

  test.each([[[4]], [[0, 4, 4]]])('segments that start at %j are refused', async (starts) => {
    const { session, timelineId } = await sessionWithClip();
    const segments = starts.map((start_position) => ({ start_position, bpm: 100, time_signature: '4/4' }));
    const reply = await session.dispatch({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: timelineId, segments });
    expect(reply).toMatchObject({ ok: false, error: { name: 'ERR_REFUSED' } });
  });
});

describe('BATCH', () => {
  test('is one step, and later commands see earlier ones', async () => {
    const { session, timelineId, fileId, clipId } = await sessionWithClip();
    const groupId = testId(7, 99);
    const reply = await session.dispatch({
      cmd: 'BATCH',
      label: 'Lay out',
      commands: [
        { cmd: 'CREATE_GROUP', id: groupId, timeline_id: timelineId, name: 'A' },
        { cmd: 'ADD_CLIP', timeline_id: timelineId, audio_file_id: fileId, play_position: 0, group_id: groupId },
        { cmd: 'SPLIT_CLIP', clip_id: clipId, position: 10 },
      ],
    });
    expect(createdBy(reply)).toHaveLength(4);
    expect(session.getState().history).toMatchObject({ undoLabel: 'Lay out', undoDepth: 3 });
    await session.dispatch({ cmd: 'UNDO' });
    expect([...session.objects.clipsOf(timelineId)]).toHaveLength(1);
  });

  test('takes and undoes 5,000 commands as one step', async () => {
    const { session, timelineId, fileId } = await sessionWithClip();
    const add = { cmd: 'ADD_CLIP', timeline_id: timelineId, audio_file_id: fileId } as const;
    const commands = Array.from({ length: 5000 }, (_, play_position) => ({ ...add, play_position }));
    const created = createdBy(await session.dispatch({ cmd: 'BATCH', commands }));
    expect(new Set(created).size).toBe(5000);
    await session.dispatch({ cmd: 'REMOVE_CLIPS', clip_ids: [...created] });
    expect([...session.objects.clipsOf(timelineId)]).toHaveLength(1);
    await session.dispatch({ cmd: 'UNDO' });
    expect([...session.objects.clipsOf(timelineId)]).toHaveLength(5001);
    await session.dispatch({ cmd: 'UNDO' });
    expect(session.getState().history).toMatchObject({ undoDepth: 2, redoDepth: 2 });
  });

  test('does nothing when one of its commands is refused', async () => {
    const { session, clipId } = await sessionWithClip();
    const before = session.getState();
    const reply = await session.dispatch({
      cmd: 'BATCH',
      commands: [
        { cmd: 'SET_CLIP', clip_id: clipId, gain: 0.5 },
        { cmd: 'REMOVE_CLIPS', clip_ids: [testId(999, 98)] },
      ],
    });
    expect(reply).toMatchObject({ ok: false, error: { name: 'ERR_NOT_FOUND' } });
    expect(session.getState()).toEqual(before);
  });
});
