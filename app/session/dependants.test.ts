// What is removed takes along what is nothing without it; nothing is ever left that names what is gone.
import { describe, expect, test } from 'vitest';
import type { EditCommand } from '../protocol/commands.ts';
import type { Session } from './session.ts';
import { testId } from './testing/fixtures.ts';
import { openLane } from './testing/lane.ts';

const exists = (session: Session, ids: readonly string[]): boolean[] =>
  ids.map((id) => session.objects.get(id) !== undefined);

async function furnished() {
  const lane = await openLane('seconds');
  const { timelineId: timeline_id, fileId, edit } = lane;
  const one = async (command: EditCommand): Promise<string> => (await edit(command))[0] ?? '';
  const inner = await one({ cmd: 'CREATE_TIMELINE', name: 'Inner', type: 'audio', timebase: 'seconds' });
  const group = await one({ cmd: 'CREATE_GROUP', timeline_id, name: 'Drums' });
  const clip = await lane.clip(0, 0, 2, { group_id: group });
  const start = await one({ cmd: 'ADD_MARKER', timeline_id: inner, time: 0 });
  const end = await one({ cmd: 'ADD_MARKER', timeline_id: inner, time: 4 });
  const nested = await one({
    cmd: 'ADD_NESTED_TIMELINE',
    timeline_id,
    nested_timeline_id: inner,
    play_position: 4,
    start_marker_id: start,
    loop_markers: { start_marker_id: start, end_marker_id: end },
  });
  const actions = await one({ cmd: 'ADD_ACTION_CLIP', timeline_id, play_position: 0, duration: 1, group_id: group });
  const params = { action_clip_id: actions, trigger_marker_id: await one({ cmd: 'ADD_MARKER', timeline_id, time: 1 }) };
  const follow = { cmd: 'ADD_FOLLOW_ACTION', scope: 'clip', target_id: clip } as const;
  const trigger = await one({ ...follow, action_type: 'TriggerActionClip', params });
  const loop = await one({ ...follow, action_type: 'LoopClip' });
  const event = { cmd: 'ADD_EVENT', timeline_id, time: 1, type: 'audio_clip_start', target_clip_id: clip } as const;
  const start_event = await one(event);
  const permission = await one({ cmd: 'GRANT', object_id: clip, grantee: 'everyone', right: 'edit' });
  return {
    ...lane,
    one,
    fileId,
    inner,
    group,
    clip,
    start,
    end,
    nested,
    actions,
    params,
    trigger,
    loop,
    start_event,
    permission,
  };
}

describe('removing', () => {
  test('a clip takes its follow actions, permissions and the events aimed at it along, in one step', async () => {
    const { session, clip, trigger, loop, start_event, permission, edit } = await furnished();
    const before = session.getState();
    await edit({ cmd: 'REMOVE_CLIPS', clip_ids: [clip] });
    expect(exists(session, [clip, trigger, loop, start_event, permission])).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(session.getState().history.undoDepth).toBe(before.history.undoDepth + 1);
    await session.dispatch({ cmd: 'UNDO' });
    expect(session.getState().objects).toEqual(before.objects);
  });

  test('an action clip or a marker takes the follow actions along that cannot do without', async () => {
    const { session, actions, params, trigger, loop, edit } = await furnished();
    await edit({ cmd: 'REMOVE_OBJECT', id: params.trigger_marker_id });
    expect(exists(session, [trigger, loop])).toEqual([false, true]);
    await session.dispatch({ cmd: 'UNDO' });
    await edit({ cmd: 'REMOVE_CLIPS', clip_ids: [actions] });
    expect(exists(session, [trigger, loop])).toEqual([false, true]);
  });

  test('a marker leaves nested timelines without it', async () => {
    const { session, start, end, nested, edit } = await furnished();
    await edit({ cmd: 'REMOVE_OBJECT', id: start });
    expect(session.objects.get(nested)).toMatchObject({ start_marker_id: null, loop_markers: null });
    expect(exists(session, [end])).toEqual([true]);
  });

  test('a group leaves its clips of every kind', async () => {
    const { session, group, clip, actions, edit } = await furnished();
    await edit({ cmd: 'REMOVE_OBJECT', id: group });
    expect([clip, actions].map((id) => session.objects.get(id))).toMatchObject([
      { group_id: null },
      { group_id: null },
    ]);
  });

  test('a timeline that plays inside another one is refused, naming where; after that it takes all it holds along', async () => {
    const { session, inner, nested, start, end, timelineId, edit, refusal } = await furnished();
    expect(await refusal({ cmd: 'REMOVE_OBJECT', id: inner })).toContain('“Song” as “Inner”');
    await edit({ cmd: 'REMOVE_CLIPS', clip_ids: [nested] });
    await edit({ cmd: 'REMOVE_OBJECT', id: inner });
    expect(exists(session, [inner, start, end])).toEqual([false, false, false]);
    await edit({ cmd: 'REMOVE_OBJECT', id: timelineId });
    const left = Object.values(session.getState().objects).map(({ kind }) => kind);
    expect(left.toSorted()).toEqual(['AudioFileAtome', 'ProjectAtome', 'TimelineAtome']);
  });

  test('a file takes its reference timeline along, but not the clips that play it', async () => {
    const { session, fileId, edit, refusal, one, clip } = await furnished();
    const [reference = '', timeline = ''] = await edit({ cmd: 'ADD_AUDIO_REF_TIMELINE', audio_file_id: fileId });
    const marker = await one({ cmd: 'ADD_MARKER', timeline_id: timeline, time: 1 });
    expect(await edit({ cmd: 'ADD_AUDIO_REF_TIMELINE', audio_file_id: fileId })).toEqual([reference, timeline]);
    expect(await refusal({ cmd: 'REMOVE_OBJECT', id: fileId })).toContain('clips still play');
    await edit({ cmd: 'REMOVE_CLIPS', clip_ids: [clip] });
    await edit({ cmd: 'REMOVE_OBJECT', id: fileId });
    expect(exists(session, [fileId, reference, timeline, marker])).toEqual([false, false, false, false]);
  });
});

describe('names', () => {
  test('must be of the right kind, on the right timeline and there', async () => {
    const { clip, group, inner, nested, timelineId: timeline_id, params, refusal } = await furnished();
    const follow = { cmd: 'ADD_FOLLOW_ACTION', action_type: 'Stop' } as const;
    const ghost = testId(1, 99);
    const marker_id = params.trigger_marker_id;
    const cases: [EditCommand, reason: string][] = [
      [{ ...follow, scope: 'group', target_id: clip }, 'ERR_NOT_FOUND'],
      [{ ...follow, scope: 'clip', target_id: ghost }, 'target_id: no'],
      [{ ...follow, scope: 'clip', target_id: clip, action_type: 'JumpToMarker' }, 'params.marker_id'],
      [{ ...follow, scope: 'clip', target_id: clip, params: { marker_id: inner } }, 'params.marker_id: no'],
      [{ cmd: 'ADD_EVENT', timeline_id, time: 0, type: 'ui_show', target_atome_id: ghost }, 'target_atome_id: no'],
      [{ cmd: 'SET_OBJECT', id: nested, properties: { start_marker_id: marker_id } }, 'not on the nested timeline'],
      [{ cmd: 'SET_OBJECT', id: nested, properties: { timeline_id: inner } }, 'ERR_CYCLE'],
      [{ cmd: 'SET_OBJECT', id: nested, properties: { nested_timeline_id: timeline_id } }, 'ERR_CYCLE'],
      [{ cmd: 'SET_OBJECT', id: group, properties: { timeline_id: inner } }, 'clips on another timeline'],
      [{ cmd: 'SET_OBJECT', id: clip, properties: { frozen_by: clip } }, 'stand for itself'],
      [{ cmd: 'GRANT', object_id: ghost, grantee: 'everyone', right: 'view' }, 'object_id: no'],
    ];
    for (const [command, reason] of cases) expect(await refusal(command)).toContain(reason);
  });

  test('a circle of nested timelines is refused with all of its timelines, however long', async () => {
    const lane = await openLane('seconds');
    const made: string[] = [lane.timelineId];
    for (const name of ['A', 'B', 'C']) {
      made.push((await lane.edit({ cmd: 'CREATE_TIMELINE', name, type: 'mixed', timebase: 'seconds' }))[0] ?? '');
    }
    const nest = (parent = '', child = ''): EditCommand => ({
      cmd: 'ADD_NESTED_TIMELINE',
      timeline_id: parent,
      nested_timeline_id: child,
      play_position: 0,
    });
    for (let depth = 0; depth < 3; depth++) await lane.edit(nest(made[depth], made[depth + 1]));
    expect(await lane.refusal(nest(made[3], made[0]))).toContain('“C” → “Song” → “A” → “B” → “C”');
    expect(await lane.refusal(nest(made[1], made[1]))).toContain('“A” → “A”');
  });
});
