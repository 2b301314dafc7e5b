// Widgets, scheduled values and pictures: what the session keeps of them.
import { expect, test } from 'vitest';
import { type ActionClipAtome, mostActionEvents } from '../protocol/kinds.ts';
import { createdBy, openTestSession, sessionWithClip, testId } from './testing/fixtures.ts';

test('SCHEDULE_AUTOMATION collects values in order in one action clip per timeline; the same time is written over', async () => {
  const { session, timelineId } = await openTestSession();
  const target = timelineId;
  for (const [time, value] of [
    [2.5, 1],
    [0.5, 2],
    [2.5, 3],
  ] as const) {
    const reply = await session.dispatch({ cmd: 'SCHEDULE_AUTOMATION', target, param_path: 'gain', time, value });
    expect(reply.ok).toBe(true);
  }
  await session.dispatch({ cmd: 'SCHEDULE_AUTOMATION', target, param_path: 'pan', time: 2.5, value: 0 });
  const clips: ActionClipAtome[] = [...session.objects.ofTimeline(timelineId, 'ActionClipAtome')];
  expect(clips).toMatchObject([{ name: 'Automation', play_position: 0, duration: 3, repeats: 1 }]);
  expect(clips[0]?.events.map(({ time_offset, payload }) => [time_offset, payload.param_path, payload.value])).toEqual([
    [0.5, 'gain', 2],
    [2.5, 'gain', 3],
    [2.5, 'pan', 0],
  ]);
});

test('SCHEDULE_AUTOMATION refuses what no action clip could hold, and a time that is none', async () => {
  const { session, timelineId } = await openTestSession();
  const write = { cmd: 'SCHEDULE_AUTOMATION', target: timelineId, param_path: 'gain', value: 1 } as const;
  const [id = ''] = createdBy(await session.dispatch({ ...write, time: 1 }));
  const clip = session.objects.get(id);
  const [event] = clip?.kind === 'ActionClipAtome' ? clip.events : [];
  const properties = { events: new Array(mostActionEvents).fill(event) };
  expect(await session.dispatch({ cmd: 'SET_OBJECT', id, properties })).toMatchObject({ ok: true });
  expect(await session.dispatch({ ...write, time: 2 })).toMatchObject({ ok: false, error: { name: 'ERR_REFUSED' } });
  expect(await session.dispatch({ ...write, time: -1 })).toMatchObject({
    ok: false,
    error: { name: 'ERR_BAD_COMMAND' },
  });
});

test('SCHEDULE_AUTOMATION takes what has parameters, objects and nodes of the routing, and names a target that is neither', async () => {
  const { session, timelineId, clipId } = await sessionWithClip();
  const [widget = ''] = createdBy(await session.dispatch({ cmd: 'ADD_WIDGET', type: 'slider' }));
  const bus = { id: testId(4, 77), type: 'bus', name: 'Bus', params: {} } as const;
  await session.dispatch({ cmd: 'SET_ROUTING_GRAPH', graph: { nodes: [bus], connections: [] } });
  const write = (target: string) =>
    session.dispatch({ cmd: 'SCHEDULE_AUTOMATION', target, param_path: 'value', time: 1, value: 0.5 });
  for (const target of [widget, clipId, timelineId, bus.id]) expect(await write(target)).toMatchObject({ ok: true });
  await session.dispatch({ cmd: 'REMOVE_OBJECT', id: widget });
  await session.dispatch({ cmd: 'UPDATE_ROUTING', delta: { remove: [bus.id] } });
  const before = [...session.objects.ofTimeline(timelineId, 'ActionClipAtome')];
  for (const target of [widget, bus.id, testId(9, 404)]) {
    const refused = await write(target);
    expect(refused).toMatchObject({ ok: false, error: { name: 'ERR_NOT_FOUND' } });
    expect(refused.ok ? '' : refused.error.msg).toContain(`(target: no object or node ${target})`);
  }
  expect([...session.objects.ofTimeline(timelineId, 'ActionClipAtome')]).toEqual(before);
});

test('ADD_WIDGET begins at rest: an xy pad in its middle, all others at zero', async () => {
  const { session } = await openTestSession();
  const made = [
    createdBy(await session.dispatch({ cmd: 'ADD_WIDGET', type: 'xy', name: 'Pad' })),
    createdBy(await session.dispatch({ cmd: 'ADD_WIDGET', type: 'toggle', value: [1], id: testId(5, 77) })),
    createdBy(await session.dispatch({ cmd: 'ADD_WIDGET', type: 'slider' })),
  ].map(([id = '']) => session.objects.get(id));
  expect(made).toMatchObject([
    { name: 'Pad', value: [0.5, 0.5], visible: true },
    { id: testId(5, 77), value: [1] },
    { value: [0] },
  ]);
});

test('ADD_MEDIA_FILE knows content it has; its blob counts as used, also while it is only in the history', async () => {
  const { session } = await openTestSession();
  const content_hash = 'a'.repeat(64);
  const file = { name: 'Clip', content_hash, mime: 'video/mp4', bytes: 9, duration: 2, width: 4, height: 2 };
  const [id = ''] = createdBy(await session.dispatch({ cmd: 'ADD_MEDIA_FILE', file }));
  expect(createdBy(await session.dispatch({ cmd: 'ADD_MEDIA_FILE', file }))).toEqual([id]);
  expect(session.objects.refersToBlob(content_hash)).toBe(true);
  await session.dispatch({ cmd: 'REMOVE_OBJECT', id });
  expect(session.objects.get(id)).toBeUndefined();
  expect(session.objects.refersToBlob(content_hash)).toBe(true);
});

test('OPEN_PROJECT brings an earlier project to the front, with the timeline it showed', async () => {
  const { session } = await openTestSession();
  const { activeProjectId: project_id, activeTimelineId } = session.getState();
  const [second] = createdBy(await session.dispatch({ cmd: 'CREATE_PROJECT', name: 'Second' }));
  expect(session.getState().activeProjectId).toBe(second);
  expect(await session.dispatch({ cmd: 'OPEN_PROJECT', project_id: project_id ?? '' })).toMatchObject({ ok: true });
  expect(session.getState()).toMatchObject({ activeProjectId: project_id, activeTimelineId });
});
