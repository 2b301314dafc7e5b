// Anything at all as a command: an answer with a code, never an exception, never a change.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Command, commandSchemas } from '../protocol/commands.ts';
import type { ObjectMap } from './object-map.ts';
import { problemsOf } from './rules.ts';
import { addTestFile, createdBy, openTestSession } from './testing/fixtures.ts';

test('random values are refused with a code and change nothing', async () => {
  const { session } = await openTestSession();
  const before = session.getState();
  await fc.assert(
    fc.asyncProperty(fc.anything({ withBigInt: true, withNullPrototype: true, withMap: true }), async (input) => {
      const reply = await session.dispatch(input as Command);
      expect(reply.ok ? 0 : reply.error.code).toBeGreaterThanOrEqual(4001);
      expect(session.getState()).toEqual(before);
    }),
    { numRuns: 300 },
  );
});

test('known names with random fields never throw and leave every object valid for the next start', async () => {
  const { session, store, timelineId } = await openTestSession();
  const file = await addTestFile(session);
  const clips = await session.dispatch({
    cmd: 'ADD_CLIP',
    timeline_id: timelineId,
    audio_file_id: file,
    play_position: 0,
  });
  const ids = fc.constantFrom(timelineId, file, ...createdBy(clips), session.getState().activeProjectId ?? '');
  const values = fc.oneof(
    ids,
    fc.array(ids, { maxLength: 3 }),
    fc.double(),
    fc.boolean(),
    fc.constantFrom('seconds', 'beats', 'audio', 'clip', 'timeline', 'Stop', 'everyone', 'own', null),
    fc.record({ start: fc.double({ min: 0, max: 9 }), end: fc.double({ min: 0, max: 9 }) }),
    fc.dictionary(fc.constantFrom('name', 'gain', 'tempo_segments', '__proto__', 'pan', 'loop'), fc.anything()),
  );
  const fields = [
    'timeline_id',
    'clip_id',
    'clip_ids',
    'id',
    'audio_file_id',
    'play_position',
    'position',
    'properties',
  ];
  const more = [
    'gain',
    'bpm',
    'name',
    'loop',
    'time',
    'offset',
    'start_offset',
    'end_offset',
    'type',
    'timebase',
    'to',
  ];
  const newer = [
    ...[
      'target_id',
      'scope',
      'action_type',
      'params',
      'nested_timeline_id',
      'start_marker_id',
      'loop_markers',
      'duration',
    ],
    ...[
      'object_id',
      'grantee',
      'right',
      'delta',
      'graph',
      'node_id',
      'param',
      'value',
      'target',
      'param_path',
      'events',
    ],
    ...[
      'group_id',
      'group_ids',
      'at',
      'start',
      'end',
      'ripple',
      'repeats',
      'payload',
      'file',
      'segments',
      'project_id',
    ],
  ];
  const commands = fc
    .tuple(
      fc.constantFrom(...Object.keys(commandSchemas), 'BATCH'),
      fc.dictionary(fc.constantFrom(...fields, ...more, ...newer), values, { maxKeys: 5 }),
    )
    .map(([cmd, rest]) => ({ cmd, ...rest }));
  await fc.assert(
    fc.asyncProperty(commands, async (command) => {
      const reply = await session.dispatch(command as Command);
      expect(reply.ok || reply.error.code > 4000).toBe(true);
    }),
    { numRuns: 4000 },
  );
  expect([...problemsOf(session.objects as ObjectMap, Object.keys(session.getState().objects))]).toEqual([]);
  const problems: unknown[] = [];
  const { session: reloaded } = await openTestSession({ store, log: (_message, data) => problems.push(data) });
  expect(problems).toEqual([]);
  expect(reloaded.getState().objects).toEqual(session.getState().objects);
});

test('a name that every object has by itself is kept as a value or refused, never dropped without a word', async () => {
  const { session, timelineId } = await openTestSession();
  const bus = { id: 'bus', type: 'bus', name: 'Bus', params: {} } as const;
  await session.dispatch({ cmd: 'SET_ROUTING_GRAPH', graph: { nodes: [bus], connections: [] } });
  const event = { cmd: 'ADD_EVENT', timeline_id: timelineId, time: 1, type: 'timeline_stop' } as const;
  const action = { cmd: 'ADD_ACTION_CLIP', timeline_id: timelineId, play_position: 0, duration: 1 } as const;
  const [made = ''] = createdBy(await session.dispatch(event));
  const places: [field: string, command: (named: Record<string, unknown>) => Command][] = [
    ['properties', (properties) => ({ cmd: 'SET_OBJECT', id: timelineId, properties })],
    ['payload', (payload) => ({ cmd: 'SET_OBJECT', id: made, properties: { payload } })],
    ['payload', (payload) => ({ ...event, payload })],
    ['payload', (payload) => ({ ...action, events: [{ time_offset: 0, type: 'script', payload }] })],
    ['params', (params) => ({ cmd: 'SET_ROUTING_GRAPH', graph: { nodes: [{ ...bus, params }], connections: [] } })],
    ['params', (params) => ({ cmd: 'UPDATE_ROUTING', delta: { nodes: [{ ...bus, params }] } })],
    [
      'params',
      (params) => ({ cmd: 'SET_NODE_PARAM', node_id: 'bus', param: Object.keys(params)[0] ?? '', value: 0.25 }),
    ],
  ];
  for (const [field, command] of places) {
    for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']) {
      const before = session.getState().objects;
      const reply = await session.dispatch(command(JSON.parse(`{"${name}":0.25}`)));
      const after = session.getState().objects;
      if (reply.ok) {
        expect(JSON.stringify(after)).toContain(`"${name}":0.25`);
        await session.dispatch({ cmd: 'UNDO' });
      } else {
        expect(reply.error.msg).toContain(`${field === 'properties' ? '' : `${field}.`}${name}: `);
        expect(after).toEqual(before);
      }
    }
  }
});

test('lists and maps are no values by name', async () => {
  const { session, timelineId } = await openTestSession();
  for (const given of [['Verse'], new Map([['name', 'Verse']]), new Date(0)]) {
    const properties = given as unknown as Record<string, unknown>;
    const reply = await session.dispatch({ cmd: 'SET_OBJECT', id: timelineId, properties });
    expect(reply.ok ? '' : reply.error.msg).toContain('(properties: must be Object, not ');
  }
});
