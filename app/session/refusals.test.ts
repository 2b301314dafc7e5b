// Bad commands: refused with a code and a reason that names the field.
import { describe, expect, test } from 'vitest';
import type { Command } from '../protocol/commands.ts';
import { openTestSession, sessionWithClip, testId } from './testing/fixtures.ts';

describe('bad commands are refused with a reason and change nothing', () => {
  const cyclic: Record<string, unknown> = { cmd: 'SET_OBJECT', id: testId(1) };
  cyclic.properties = { name: cyclic };
  const throwing = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('no');
      },
      get: () => {
        throw new Error('no');
      },
    },
  );
  const cases: [name: string, input: unknown, error: string][] = [
    ['null', null, 'ERR_BAD_COMMAND'],
    ['a number', 7, 'ERR_BAD_COMMAND'],
    ['a function', () => 1, 'ERR_BAD_COMMAND'],
    ['an array', [], 'ERR_UNKNOWN_COMMAND'],
    ['an unknown name', { cmd: 'MAKE_COFFEE' }, 'ERR_UNKNOWN_COMMAND'],
    ['a name of Object', { cmd: 'constructor' }, 'ERR_UNKNOWN_COMMAND'],
    ['a prototype', { cmd: '__proto__' }, 'ERR_UNKNOWN_COMMAND'],
    ['a hostile proxy', throwing, 'ERR_BAD_COMMAND'],
    ['an extra field', { cmd: 'UNDO', force: true }, 'ERR_BAD_COMMAND'],
    ['a huge list of ids', { cmd: 'REMOVE_CLIPS', clip_ids: new Array(200_000).fill(testId(1)) }, 'ERR_BAD_COMMAND'],
    ['an empty batch', { cmd: 'BATCH', commands: [] }, 'ERR_BAD_COMMAND'],
    ['a batch in a batch', { cmd: 'BATCH', commands: [{ cmd: 'BATCH', commands: [] }] }, 'ERR_BAD_COMMAND'],
    ['undo in a batch', { cmd: 'BATCH', commands: [{ cmd: 'UNDO' }] }, 'ERR_BAD_COMMAND'],
    ['a cyclic value', cyclic, 'ERR_NOT_FOUND'],
  ];

  test.each(cases)('%s', async (_name, input, error) => {
    const { session } = await sessionWithClip();
    const before = session.getState();
    expect(await session.dispatch(input as Command)).toMatchObject({ ok: false, error: { name: error } });
    expect(session.getState()).toEqual(before);
  });

  test.each([
    [{ gain: 17 }, 'gain: must be <=16, not 17'],
    [{ gain: Number.NaN }, 'gain: must be number, not NaN'],
    [{ pan: '0' }, 'pan: must be number, not "0"'],
    [{ color: 1.5 }, 'color: '],
    [{ end_offset: 11 }, 'end_offset: the file ends at 10 s'],
    [{ end_offset: 10.00003 }, undefined],
    [{ start_offset: 10 }, 'end_offset: must be after start_offset'],
    [{ audio_file_id: testId(1) }, 'audio_file_id: no AudioFileAtome'],
    [{ id: testId(1) }, 'id: AudioClipAtome has no such property'],
    [{ deleted: true }, 'deleted: AudioClipAtome has no such property'],
    [{ toString: 1 }, 'toString: AudioClipAtome has no such property'],
    [{ fades_beyond: { before: 0, after: 0, curve: 'linear' } }, 'fades_beyond.curve: no such field'],
    [{ fades_beyond: { before: 0, after: 0 } }, undefined],
  ])('SET_OBJECT %j of a clip', async (properties, reason) => {
    const { session, clipId } = await sessionWithClip();
    const before = session.objects.get(clipId);
    const reply = await session.dispatch({ cmd: 'SET_OBJECT', id: clipId, properties, reqId: 'r1' });
    expect(reply.reqId).toBe('r1');
    if (reason === undefined) expect(reply.ok).toBe(true);
    else {
      expect(reply.ok ? '' : reply.error.msg).toContain(reason);
      expect(session.objects.get(clipId)).toBe(before);
    }
  });

  const loop = { cmd: 'TIMELINE_SET_LOOP', timeline_id: testId(1) } as const;
  const seek = { cmd: 'TIMELINE_SEEK', timeline_id: testId(1) } as const;
  const node = { id: 'bus', type: 'bus', name: 'Bus', params: { anything: { at: 'all' } } } as const;
  const mapping_targets = [{ target_type: 'param', target_id: 'gain', path: 'gain' }];
  test.each<[object, reason: string]>([
    [{ cmd: 'PANIC' }, 'scope: missing'],
    [{ cmd: 'ADD_CLIP' }, 'timeline_id: missing'],
    [{ cmd: 'SET_CLIP', clip_id: 'x' }, 'clip_id: must be a UUID, not "x"'],
    [{ cmd: 'SET_TEMPO', bpm: Number.POSITIVE_INFINITY }, 'bpm: must be a finite number, not Infinity'],
    [{ cmd: 'CREATE_PROJECT', name: 'x'.repeat(201) }, 'name: its length must be <=200, not 201'],
    [{ cmd: 'REMOVE_CLIPS', clip_ids: [] }, 'clip_ids: its length must be >=1, not 0'],
    [
      { cmd: 'CREATE_TIMELINE', name: 'x', type: 'audio', timebase: 'bars' },
      'timebase: must be ("seconds" | "beats"), not "bars"',
    ],
    [
      { cmd: 'CREATE_TIMELINE', name: 'x', type: 'audio', timebase: 'beats', time_signature: '4/3' },
      'time_signature: must look like "4/4", not "4/3"',
    ],
    [{ ...seek, to: -1 }, 'to: must be >=0, not -1'],
    [{ ...seek, to: 'start' }, 'to: must be (number | Object), not "start"'],
    [{ ...seek, to: { type: 'time', value: -1 } }, 'to.value: must be >=0, not -1'],
    [{ ...seek, to: { type: 'marker', value: 'Verse' } }, 'to.value: must be a UUID, not "Verse"'],
    [{ ...seek, to: { type: 'bar', value: 3 } }, 'to.type: must be ("time" | "marker"), not "bar"'],
    [{ ...seek, to: { type: 'time' } }, 'to.value: missing'],
    [{ ...loop, loop: { start: -1, end: 3 } }, 'loop.start: must be >=0, not -1'],
    [{ ...loop, loop: { start: 2 } }, 'loop.end: missing'],
    [{ ...loop, loop: { start: 2, end: 2 } }, 'loop: end must be after start'],
    [{ cmd: 'BATCH', commands: [{ cmd: 'SET_TEMPO' }] }, 'commands.0.bpm: missing'],
    [{ ...seek, to: { type: 'time', value: 1, unit: 's' } }, 'to.unit: no such field'],
    [{ ...loop, loop: { start: 1, end: 2, enabled: true } }, 'loop.enabled: no such field'],
    [
      { ...loop, loop: { start_marker_id: testId(1), end_marker_id: testId(2), start: 1 } },
      'loop.start: no such field',
    ],
    [{ cmd: 'UPDATE_ROUTING', delta: { added: [] } }, 'delta.added: no such field'],
    [
      { cmd: 'SET_ROUTING_GRAPH', graph: { nodes: [{ ...node }, { ...node, gain: 1 }], connections: [] } },
      'graph.nodes.1.gain: no such field',
    ],
    [
      {
        cmd: 'BATCH',
        commands: [
          { cmd: 'SET_TEMPO', bpm: 90 },
          { cmd: 'ADD_WIDGET', type: 'slider', mapping_targets },
        ],
      },
      'commands.1.mapping_targets.0.path: no such field',
    ],
    [
      {
        cmd: 'SET_TEMPO_SEGMENTS',
        timeline_id: testId(1),
        segments: [{ start_position: 0, bpm: 90, time_signature: '4/4', swing: undefined }],
      },
      'segments.0.swing: no such field',
    ],
  ])('%j: the field and what is wrong with it are told', async (command, reason) => {
    const { session } = await sessionWithClip();
    const reply = await session.dispatch(command as Command);
    expect(reply).toMatchObject({ ok: false, error: { name: 'ERR_BAD_COMMAND' } });
    expect(reply.ok ? '' : reply.error.msg).toContain(`(${reason})`);
  });

  const clip = testId(1, 9);
  test.each<[Command, reason: string]>([
    [{ cmd: 'SET_CLIP', clip_id: clip, gain: 1 }, 'clip_id: no clip'],
    [{ cmd: 'REMOVE_CLIPS', clip_ids: [clip] }, 'clip_ids: no clip'],
    [{ cmd: 'JOIN_CLIPS', clip_ids: [clip, clip] }, 'clip_ids: no clip'],
    [{ cmd: 'SET_TEMPO', timeline_id: clip, bpm: 90 }, 'timeline_id: no TimelineAtome'],
    [{ cmd: 'TIMELINE_PLAY', timeline_id: clip }, 'timeline_id: no TimelineAtome'],
    [{ cmd: 'REMOVE_OBJECT', id: clip }, 'id: no object'],
  ])('%j: what is not there is named with its field', async (command, reason) => {
    const { session } = await sessionWithClip();
    const reply = await session.dispatch(command);
    expect(reply.ok ? '' : reply.error.msg).toContain(reason);
  });

  test('markers that are not there are named with their fields', async () => {
    const { session, timelineId } = await sessionWithClip();
    const at = { type: 'marker', value: clip } as const;
    const commands: [Command, field: string][] = [
      [{ cmd: 'TIMELINE_PLAY', timeline_id: timelineId, start: at }, 'start'],
      [{ cmd: 'TIMELINE_SEEK', timeline_id: timelineId, to: at }, 'to'],
      [
        { cmd: 'TIMELINE_SET_LOOP', timeline_id: timelineId, loop: { start_marker_id: clip, end_marker_id: clip } },
        'loop.start_marker_id',
      ],
    ];
    for (const [command, field] of commands) {
      const reply = await session.dispatch(command);
      expect(reply.ok ? '' : reply.error.msg).toContain(`(${field}: no marker`);
    }
  });

  test('places further than a billion are refused, and so is what would move there', async () => {
    const { session, timelineId, clipId } = await sessionWithClip();
    const commands: Command[] = [
      { cmd: 'MOVE_CLIP', clip_id: clipId, play_position: 1.1e9 },
      { cmd: 'DUPLICATE_CLIPS', clip_ids: [clipId], offset: 1.1e9 },
      { cmd: 'ADD_MARKER', timeline_id: timelineId, time: 1e308 },
      { cmd: 'TIMELINE_SEEK', timeline_id: timelineId, to: 1e308 },
      { cmd: 'TIMELINE_SET_LOOP', timeline_id: timelineId, loop: { start: 0, end: 1e308 } },
    ];
    for (const command of commands) {
      expect(await session.dispatch(command)).toMatchObject({ ok: false, error: { name: 'ERR_BAD_COMMAND' } });
    }
  });
});

describe('what is promised for later', () => {
  const slot = 3;
  test.each<Command>([
    { cmd: 'START_RECORD', spec: { source: 'input' } },
    { cmd: 'STOP_RECORD', record_session_id: testId(1) },
    { cmd: 'COMMIT', bars: 4, slot },
    { cmd: 'TRIGGER_SLOT', slot, quantized: true },
    { cmd: 'MUTE_SLOT', slot },
    { cmd: 'SET_VOL', slot, val: 0.5 },
    { cmd: 'SET_PAN', slot, val: -1 },
    { cmd: 'CLEAR_SLOT', slot },
    { cmd: 'OVERDUB_SLOT', slot },
    { cmd: 'REPLACE_SLOT', slot },
    { cmd: 'MULTIPLY_SLOT', slot },
    { cmd: 'MERGE_SLOTS', slots: [1, 2] },
    { cmd: 'SET_SLOT', slot, properties: { name: 'Riff' } },
    { cmd: 'LOAD_PLUGIN', slot, pluginId: 'delay' },
  ])('$cmd is understood, and refused while nothing is captured', async (command) => {
    const { session } = await openTestSession();
    const before = session.getState();
    expect(await session.dispatch(command)).toMatchObject({ ok: false, error: { name: 'ERR_NOT_CAPTURING' } });
    expect(await session.dispatch({ ...command, slot: 99 } as Command)).toMatchObject({
      ok: false,
      error: { name: 'ERR_BAD_COMMAND' },
    });
    expect(session.getState()).toEqual(before);
  });

  test('RUN_SCRIPT says so where scripts cannot run', async () => {
    const { session } = await openTestSession();
    const reply = await session.dispatch({ cmd: 'RUN_SCRIPT', source: '1 + 1' });
    expect(reply).toMatchObject({ ok: false, error: { name: 'ERR_SCRIPT' } });
  });

  test('RUN_SCRIPT runs nothing in safe mode', async () => {
    let runs = 0;
    const scripts = async () => ++runs;
    const { session } = await openTestSession({ scripts, mode: 'SAFE_MODE' });
    const reply = await session.dispatch({ cmd: 'RUN_SCRIPT', source: '1 + 1' });
    expect(reply).toMatchObject({ ok: false, error: { name: 'ERR_SCRIPT' } });
    const { session: normal } = await openTestSession({ scripts });
    expect(await normal.dispatch({ cmd: 'RUN_SCRIPT', source: '1 + 1' })).toMatchObject({ ok: true, result: 1 });
    expect(runs).toBe(1);
  });
});
