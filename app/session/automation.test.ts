// What events do to widgets and to the routing when a playhead comes to them.
import { expect, test } from 'vitest';
import type { Command, CommandOf } from '../protocol/commands.ts';
import { createdBy, openTestSession, testId } from './testing/fixtures.ts';

async function withWidget() {
  const { session, timelineId } = await openTestSession();
  const make = async (command: Command): Promise<string> => createdBy(await session.dispatch(command))[0] ?? '';
  const widget = await make({ cmd: 'ADD_WIDGET', type: 'xy', name: 'Pad', value: [0.1, 0.2] });
  /** Adds an event and lets it happen. */
  const happen = async (event: Pick<CommandOf<'ADD_EVENT'>, 'type' | 'target_atome_id' | 'payload'>) => {
    const id = await make({ cmd: 'ADD_EVENT', timeline_id: timelineId, time: 1, ...event });
    session.triggered({ id, timelineId, atFrame: 0, moved: [] });
    await session.idle();
  };
  return { session, widget, happen, shown: () => session.objects.get(widget) };
}

test('a widget is set, named, moved, hidden and shown; what is not given stays', async () => {
  const { widget, happen, shown } = await withWidget();
  const aim = { target_atome_id: widget };
  await happen({ type: 'ui_set', ...aim, payload: { value: 0.5 } });
  expect(shown()).toMatchObject({ value: [0.5, 0.2], name: 'Pad' });
  await happen({ type: 'ui_set', ...aim, payload: { text: 'Space', value: [0.25, 0.75] } });
  expect(shown()).toMatchObject({ value: [0.25, 0.75], name: 'Space' });
  await happen({ type: 'ui_animate', ...aim, payload: { from: 0, to: [1, 0], seconds: 2 } });
  expect(shown()).toMatchObject({ value: [1, 0] });
  await happen({ type: 'ui_hide', ...aim });
  expect(shown()).toMatchObject({ visible: false });
  await happen({ type: 'ui_show', ...aim });
  expect(shown()).toMatchObject({ visible: true });
});

test('events change nothing where something is missing: a target, a part of their payload', async () => {
  const { session, widget, happen, shown } = await withWidget();
  const before = shown();
  await happen({ type: 'ui_set', payload: { value: 0.5 } });
  await happen({ type: 'ui_animate', target_atome_id: widget, payload: { to: 1 } });
  await happen({ type: 'routing_set', payload: {} });
  expect(shown()).toBe(before);
  expect([...session.objects.ofKind('RoutingGraphAtome')]).toEqual([]);
});

test.each<[CommandOf<'ADD_EVENT'>['type'], Readonly<Record<string, unknown>>, reason: string]>([
  ['ui_set', { value: 2 }, 'payload.value: must be <=1, not 2'],
  ['ui_set', { valeu: 1 }, 'payload.valeu: no such field'],
  ['ui_animate', { to: 1, seconds: 0 }, 'payload.seconds: must be >0, not 0'],
  ['routing_set', { graph: 'none' }, 'payload.graph: must be Object, not "none"'],
  ['video_start', { media_file_id: '' }, 'payload.media_file_id: '],
  ['audio_clip_param', { gain: 17 }, 'payload.gain: must be <=16, not 17'],
  ['audio_clip_param', { param: 'gain', value: 0.5 }, 'payload.param: no such field'],
  ['timeline_play', { marker: 'Verse' }, 'payload.marker: no such field'],
  ['timeline_seek', { position: -1 }, 'payload.position: must be >=0, not -1'],
  ['script_run', { source: 3 }, 'payload.source: must be string, not 3'],
])('%s with %j is refused, whether it is added or changed', async (type, payload, reason) => {
  const { session, timelineId } = await openTestSession();
  const add = { cmd: 'ADD_EVENT', timeline_id: timelineId, time: 1, type } as const;
  const refused = await session.dispatch({ ...add, payload });
  expect(refused.ok ? '' : refused.error.msg).toContain(reason);
  const [id = ''] = createdBy(await session.dispatch(add));
  const changed = await session.dispatch({ cmd: 'SET_OBJECT', id, properties: { payload } });
  expect(changed.ok ? '' : changed.error.msg).toContain(reason);
  expect(session.objects.get(id)).toMatchObject({ payload: {} });
});

test('an event becomes one of another type together with what that needs', async () => {
  const { session, timelineId } = await openTestSession();
  const add = { cmd: 'ADD_EVENT', timeline_id: timelineId, time: 1, type: 'ui_set', payload: { value: 1 } } as const;
  const [id = ''] = createdBy(await session.dispatch(add));
  const change = (properties: object) => session.dispatch({ cmd: 'SET_OBJECT', id, properties: { ...properties } });
  const alone = await change({ type: 'video_seek' });
  expect(alone.ok ? '' : alone.error.msg).toContain('payload.value: no such field');
  expect(await change({ type: 'video_seek', payload: { to: 2 } })).toMatchObject({ ok: true });
});

test('the routing is set and changed', async () => {
  const { session, happen } = await withWidget();
  const bus = { id: 'bus', type: 'bus', name: 'Bus', params: {} };
  await happen({ type: 'routing_set', payload: { graph: { nodes: [bus], connections: [] } } });
  await happen({ type: 'routing_update', payload: { delta: { nodes: [{ ...bus, id: 'other' }], remove: ['bus'] } } });
  const [graph] = session.objects.ofKind('RoutingGraphAtome');
  expect(graph?.nodes.map(({ id }) => id)).toEqual(['other']);
});

test('what happens by itself is no step of the person’s history', async () => {
  const { session, widget, happen, shown } = await withWidget();
  const { undoDepth } = session.getState().history;
  for (let round = 0; round < 3; round++) {
    await happen({ type: 'ui_set', target_atome_id: widget, payload: { value: round / 4 } });
  }
  // Each round has added one event by hand.
  expect(session.getState().history.undoDepth).toBe(undoDepth + 3);
  await session.dispatch({ cmd: 'UNDO' });
  expect(shown()).toMatchObject({ value: [0.5, 0.2] });
  session.triggered({ id: testId(9, 404), timelineId: testId(1), atFrame: 0, moved: [] });
  expect(shown()).toMatchObject({ value: [0.5, 0.2] });
});
