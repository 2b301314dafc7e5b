// `window.atome`, the surface for scripts: every command, the patches they lead to, and every past value.
import jsonPatch, { type Operation } from 'fast-json-patch';
import type { Command } from '../app/protocol/commands.ts';
import { expect, test } from './support/fixtures.ts';
import { Studio } from './support/studio.ts';
import { noise } from './support/wav.ts';

test('commands do what they say, name what they made and can be undone', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('take.wav', 48_000, 11));
  const run = (command: Command): Promise<readonly string[]> => studio.run(command);
  const only = async (command: Command): Promise<string> => {
    const created = await run(command);
    expect(created).toHaveLength(1);
    return created[0] ?? '';
  };
  const object = async (id: string) => (await studio.state()).objects[id];

  const timeline = await only({ cmd: 'CREATE_TIMELINE', name: 'Song', type: 'audio', timebase: 'seconds' });
  expect(await object(timeline)).toMatchObject({ kind: 'TimelineAtome', name: 'Song', type: 'audio' });
  const clip = await only({ cmd: 'ADD_CLIP', timeline_id: timeline, audio_file_id: file.id, play_position: 1 });
  expect(await object(clip)).toMatchObject({ start_offset: 0, end_offset: 1, gain: 1, pan: 0, group_id: null });
  await run({ cmd: 'SET_CLIP', clip_id: clip, gain: 0.5, pan: 0.25, fade_in: 0.1, name: 'Take', color: 3 });
  expect(await object(clip)).toMatchObject({ gain: 0.5, pan: 0.25, fade_in: 0.1, name: 'Take', color: 3 });
  await run({ cmd: 'MOVE_CLIP', clip_id: clip, play_position: 2 });
  expect(await object(clip)).toMatchObject({ play_position: 2 });
  await run({ cmd: 'TRIM_CLIP', clip_id: clip, start_offset: 0.25, end_offset: 0.75 });
  expect(await object(clip)).toMatchObject({ start_offset: 0.25, end_offset: 0.75, play_position: 2.25 });
  const halves = await run({ cmd: 'SPLIT_CLIP', clip_id: clip, position: 2.5 });
  expect(halves).toHaveLength(2);
  expect(halves[0]).toBe(clip);
  expect(await object(halves[1] ?? '')).toMatchObject({ play_position: 2.5, start_offset: 0.5, end_offset: 0.75 });
  await run({ cmd: 'JOIN_CLIPS', clip_ids: [...halves] });
  expect(await object(clip)).toMatchObject({ start_offset: 0.25, end_offset: 0.75 });
  expect(await object(halves[1] ?? '')).toBeUndefined();
  const copies = await run({ cmd: 'DUPLICATE_CLIPS', clip_ids: [clip] });
  expect(await object(copies[0] ?? '')).toMatchObject({ play_position: 2.75, gain: 0.5 });

  const group = await only({ cmd: 'CREATE_GROUP', timeline_id: timeline, name: 'Drums' });
  await run({ cmd: 'GROUP_CLIPS', clip_ids: [clip, ...copies], group_id: group });
  expect(await object(clip)).toMatchObject({ group_id: group });
  const start = await only({ cmd: 'ADD_MARKER', timeline_id: timeline, time: 2, name: 'A', tags: ['loop_start'] });
  const end = await only({ cmd: 'ADD_MARKER', timeline_id: timeline, time: 3, name: 'B' });
  await run({
    cmd: 'TIMELINE_SET_LOOP',
    timeline_id: timeline,
    loop: { start_marker_id: start, end_marker_id: end },
  });
  expect(await object(timeline)).toMatchObject({ loop: { start: 2, end: 3 }, loop_enabled: true });
  await run({ cmd: 'SET_OBJECT', id: group, properties: { name: 'Beat', muted: true } });
  expect(await object(group)).toMatchObject({ name: 'Beat', muted: true });
  await run({ cmd: 'SET_TEMPO', timeline_id: timeline, bpm: 90 });
  const segments = [
    { start_position: 0, bpm: 100, time_signature: '3/4' },
    { start_position: 8, bpm: 140, time_signature: '4/4' },
  ];
  await run({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: timeline, segments });
  expect(await object(timeline)).toMatchObject({ tempo_segments: segments });
  const added = await run({
    cmd: 'BATCH',
    label: 'Two at once',
    commands: [
      { cmd: 'ADD_CLIP', timeline_id: timeline, audio_file_id: file.id, play_position: 5 },
      { cmd: 'ADD_CLIP', timeline_id: timeline, audio_file_id: file.id, play_position: 6 },
    ],
  });
  expect(added).toHaveLength(2);
  expect((await studio.state()).history.undoLabel).toBe('Two at once');
  await run({ cmd: 'UNDO' });
  expect(await object(added[0] ?? '')).toBeUndefined();
  await run({ cmd: 'REDO' });
  expect(await object(added[1] ?? '')).toMatchObject({ play_position: 6 });
  await run({ cmd: 'REMOVE_CLIPS', clip_ids: [...added] });
  expect(await object(added[1] ?? '')).toBeUndefined();
  await run({ cmd: 'REMOVE_OBJECT', id: end });
  expect(await object(end)).toBeUndefined();

  await studio.startSound();
  await run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: { type: 'marker', value: start } });
  expect((await studio.state()).timelines[timeline]).toEqual({ playing: true, position: 2, segment: null });
  await run({ cmd: 'TIMELINE_SEEK', timeline_id: timeline, to: { type: 'time', value: 1.5 } });
  expect((await studio.state()).timelines[timeline]).toEqual({ playing: true, position: 1.5, segment: null });
  await run({ cmd: 'TIMELINE_STOP', timeline_id: timeline });
  expect((await studio.state()).timelines[timeline]?.playing).toBe(false);
  await run({ cmd: 'SET_MASTER_GAIN', gain: 0.5 });
  expect((await studio.state()).transport.masterGain).toBe(0.5);
  await run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  await run({ cmd: 'PANIC', scope: 'ALL' });
  expect((await studio.state()).timelines[timeline]?.playing).toBe(false);
  expect(await studio.dispatch({ cmd: 'GET_FULL_STATE', reqId: 'q1' })).toMatchObject({
    ok: true,
    reqId: 'q1',
    result: { activeProjectId: (await studio.state()).activeProjectId, meta: { mode: 'NORMAL' } },
  });
  await expect
    .poll(async () => {
      const reply = await studio.dispatch({ cmd: 'GET_METRICS_HISTORY' });
      return reply.ok && Array.isArray(reply.result) ? reply.result.length : -1;
    })
    .toBeGreaterThan(0);

  const project = await run({ cmd: 'CREATE_PROJECT', name: 'Another' });
  expect((await studio.state()).activeProjectId).toBe(project[0]);
  const { name, content_hash, sample_rate, bit_depth, channels, frames, duration, container, source } = file;
  await run({
    cmd: 'ADD_FILE',
    file: { name, content_hash, sample_rate, bit_depth, channels, frames, duration, container, source },
  });
});

test('the patches that subscribers get lead to the same state', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('take.wav', 4800, 12));
  const before = await studio.state();
  const patches = await studio.atome.evaluateHandle((atome) => {
    const seen: Parameters<Parameters<typeof atome.session.subscribe>[0]>[0][] = [];
    return { seen, stop: atome.session.subscribe((patch) => seen.push(patch)) };
  });
  const { timeline, clips } = await studio.arrange([
    { file, at: 0 },
    { file, at: 1 },
  ]);
  await studio.run({ cmd: 'SET_CLIP', clip_id: clips[0] ?? '', gain: 0.25, name: 'a/b~c' });
  await studio.run({ cmd: 'SPLIT_CLIP', clip_id: clips[1] ?? '', position: 1.05 });
  await studio.run({ cmd: 'SET_TEMPO', timeline_id: timeline, bpm: 133 });
  await studio.run({ cmd: 'UNDO' });
  await studio.run({ cmd: 'UNDO' });
  await studio.run({ cmd: 'REDO' });
  await studio.run({ cmd: 'REMOVE_CLIPS', clip_ids: [clips[0] ?? ''] });
  const after = await studio.state();
  await expect
    .poll(() => patches.evaluate(({ seen }) => seen.at(-1)?.revId))
    .toBeGreaterThanOrEqual(after.meta.revisionId);
  const seen = await patches.evaluate(({ seen: all, stop }) => {
    stop();
    return all;
  });
  expect(seen.map(({ revId }) => revId)).toEqual(seen.map(({ revId }) => revId).toSorted((a, b) => a - b));
  const { objects, timelines, history } = seen.reduce(
    (state, { ops }) => jsonPatch.applyPatch(state, ops as Operation[], true, false).newDocument,
    before,
  );
  expect({ objects, timelines, history }).toEqual({
    objects: after.objects,
    timelines: after.timelines,
    history: after.history,
  });
  await studio.run({ cmd: 'UNDO' });
  expect(await patches.evaluate(({ seen: all }) => all.length)).toBe(seen.length);
});

test('every past value of a property can be asked for', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('take.wav', 4800, 13));
  const { clips } = await studio.arrange([{ file, at: 0 }]);
  const [clip = ''] = clips;
  await studio.run({ cmd: 'SET_CLIP', clip_id: clip, gain: 0.5 });
  await studio.run({ cmd: 'SET_CLIP', clip_id: clip, gain: 0.25 });
  await studio.run({ cmd: 'UNDO' });
  const again = await studio.reload();
  const versions = await again.atome.evaluate((atome, id) => atome.session.history(id, 'gain'), clip);
  expect(versions.map(({ value }) => value)).toEqual([1, 0.5, 0.25, 0.5]);
  expect(versions.every(({ objectId, property }) => objectId === clip && property === 'gain')).toBe(true);
  const living = await again.atome.evaluate((atome) => atome.session.objects('AudioClipAtome'));
  expect(living).toEqual([expect.objectContaining({ id: clip, kind: 'AudioClipAtome', gain: 0.5 })]);
});
