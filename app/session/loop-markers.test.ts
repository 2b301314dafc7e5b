// Loops between markers follow them, in the very step that moves them.
import { describe, expect, test } from 'vitest';
import { createdBy, openTestSession } from './testing/fixtures.ts';

/** A loop between markers at beats 4 and 8 of a timeline in beats at 120 bpm; the second marker lies at 4 seconds. */
async function looped() {
  const { session, timelineId } = await openTestSession();
  const marker = async (time: number, timebase: 'beats' | 'seconds'): Promise<string> =>
    createdBy(await session.dispatch({ cmd: 'ADD_MARKER', timeline_id: timelineId, time, timebase }))[0] ?? '';
  const [start_marker_id, end_marker_id] = [await marker(4, 'beats'), await marker(4, 'seconds')];
  const ids = { start_marker_id, end_marker_id };
  await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timelineId, loop: ids });
  const loop = () => {
    const timeline = session.objects.get(timelineId);
    return timeline?.kind === 'TimelineAtome' ? timeline.loop : undefined;
  };
  const move = (id: string, time: number) => session.dispatch({ cmd: 'SET_OBJECT', id, properties: { time } });
  return { session, timelineId, ...ids, ids, loop, move };
}

test.each([
  ['seconds', 0.0029, 0.0031],
  ['beats', 0.0058, 0.0062],
] as const)(
  'a loop in %s that would be too short to sound is refused, whether by places or by markers',
  async (timebase, short, long) => {
    const { session } = await openTestSession();
    const made = await session.dispatch({ cmd: 'CREATE_TIMELINE', name: 'Short', type: 'audio', timebase });
    const [timeline_id = ''] = createdBy(made);
    const marker = async (time: number): Promise<string> =>
      createdBy(await session.dispatch({ cmd: 'ADD_MARKER', timeline_id, time }))[0] ?? '';
    const [start_marker_id, end_marker_id] = [await marker(8), await marker(8 + short)];
    const loops = [
      { start: 8, end: 8 + short },
      { start_marker_id, end_marker_id },
    ];
    for (const loop of loops) {
      const refused = await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id, loop });
      expect(refused.ok ? '' : refused.error.msg).toMatch(/loop: it lasts 0\.0029\d* s; 0\.003 s is the least/);
    }
    const loop = { start: 8, end: 8 + long };
    expect(await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id, loop })).toMatchObject({ ok: true });
  },
);

describe('a loop between markers', () => {
  test('moves with them, in one step of undo', async () => {
    const { session, start_marker_id, ids, loop, move } = await looped();
    expect(loop()).toEqual({ start: 4, end: 8, ...ids });
    await move(start_marker_id, 6);
    expect(loop()).toEqual({ start: 6, end: 8, ...ids });
    await session.dispatch({ cmd: 'UNDO' });
    expect(loop()).toEqual({ start: 4, end: 8, ...ids });
  });

  test('follows a marker in seconds through a change of tempo', async () => {
    const { session, ids, loop } = await looped();
    await session.dispatch({ cmd: 'SET_TEMPO', bpm: 240 });
    expect(loop()).toEqual({ start: 4, end: 16, ...ids });
  });

  test('encloses markers that have changed places, and stays where one lies on the other', async () => {
    const { start_marker_id, ids, loop, move } = await looped();
    await move(start_marker_id, 12);
    expect(loop()).toEqual({ start: 8, end: 12, ...ids });
    await move(start_marker_id, 8);
    expect(loop()).toEqual({ start: 8, end: 12, ...ids });
  });

  test('stays as a plain range when a marker goes, and is tied again when that is undone', async () => {
    const { session, start_marker_id, end_marker_id, ids, loop, move } = await looped();
    await session.dispatch({ cmd: 'REMOVE_OBJECT', id: end_marker_id });
    expect(loop()).toEqual({ start: 4, end: 8 });
    await move(start_marker_id, 1);
    expect(loop()).toEqual({ start: 4, end: 8 });
    await session.dispatch({ cmd: 'UNDO' });
    await session.dispatch({ cmd: 'UNDO' });
    expect(loop()).toEqual({ start: 4, end: 8, ...ids });
  });

  test('can be set as the state gives it, to the same and to other markers; one marker is not enough', async () => {
    const { session, timelineId, start_marker_id, ids, loop } = await looped();
    const given = { start: 4, end: 8, ...ids };
    const set = (asked: Partial<typeof given>) =>
      session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timelineId, loop: { ...given, ...asked } });
    expect(await set({})).toMatchObject({ ok: true });
    expect(loop()).toEqual(given);
    const add = { cmd: 'ADD_MARKER', timeline_id: timelineId, time: 2, timebase: 'beats' } as const;
    const [earlier = ''] = createdBy(await session.dispatch(add));
    const swapped = { start_marker_id: earlier, end_marker_id: start_marker_id };
    expect(await set(swapped)).toMatchObject({ ok: true });
    expect(loop()).toEqual({ start: 2, end: 4, ...swapped });
    const alone = { start: 1, end: 2, start_marker_id };
    const reply = await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timelineId, loop: alone });
    expect(reply.ok ? '' : reply.error.msg).toContain('loop: it follows two markers or none');
  });

  test('keeps its markers when it is switched off and on, and loses them when another range is set', async () => {
    const { session, timelineId, ids, loop } = await looped();
    const range = { start: 4, end: 8 };
    await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timelineId, loop: range, enabled: false });
    expect(session.objects.get(timelineId)).toMatchObject({ loop: { ...range, ...ids }, loop_enabled: false });
    await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timelineId, loop: { start: 4, end: 9 } });
    expect(loop()).toEqual({ start: 4, end: 9 });
  });
});
