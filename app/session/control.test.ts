// Widgets, scheduled values and pictures: what the session keeps of them.
import { expect, test } from 'vitest';
import type { ActionClipAtome } from '../protocol/kinds.ts';
import { createdBy, openTestSession, testId } from './testing/fixtures.ts';

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
