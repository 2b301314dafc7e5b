// `window.atome`, the surface for scripts: every command and every method, and what becomes of bad ones.

import jsonPatch, { type Operation } from 'fast-json-patch';
import type { Command } from '../app/protocol/commands.ts';
import { expect, test } from './support/fixtures.ts';
import { Studio } from './support/studio.ts';
import { noise, wavOf } from './support/wav.ts';

const unknownId = '00000000-0000-4000-8000-000000000000';

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

test('bad commands are answered, never thrown, and change nothing', async ({ page }) => {
  const studio = await Studio.open(page);
  const timeline = await studio.timelineId();
  const before = await studio.state();
  const bad: readonly (readonly [unknown, number])[] = [
    [null, 4001],
    [7, 4001],
    ['UNDO', 4001],
    [[], 4002],
    [{}, 4002],
    [{ cmd: 'CONQUER' }, 4002],
    [{ cmd: '__proto__' }, 4002],
    [{ cmd: 'ADD_CLIP' }, 4001],
    [{ cmd: 'CREATE_TIMELINE', name: 'x', type: 'video', timebase: 'beats' }, 4001],
    [{ cmd: 'SET_CLIP', clip_id: 'not an id', gain: 1 }, 4001],
    [{ cmd: 'SET_CLIP', clip_id: unknownId, gain: Number.NaN }, 4001],
    [{ cmd: 'SET_CLIP', clip_id: unknownId, gain: Number.POSITIVE_INFINITY }, 4001],
    [{ cmd: 'SET_CLIP', clip_id: unknownId, gain: -1 }, 4001],
    [{ cmd: 'SET_CLIP', clip_id: unknownId, gain: 1 }, 4003],
    [{ cmd: 'SET_CLIP', clip_id: unknownId, surprise: true }, 4001],
    [{ cmd: 'ADD_CLIP', timeline_id: timeline, audio_file_id: unknownId, play_position: 0 }, 4003],
    [{ cmd: 'MOVE_CLIP', clip_id: unknownId, play_position: -1 }, 4001],
    [{ cmd: 'REMOVE_CLIPS', clip_ids: [] }, 4001],
    [{ cmd: 'TIMELINE_PLAY', timeline_id: unknownId }, 4003],
    [{ cmd: 'TIMELINE_SET_LOOP', timeline_id: timeline, loop: { start: 2, end: 1 } }, 4001],
    [{ cmd: 'SET_TEMPO', timeline_id: timeline, bpm: 0 }, 4001],
    [{ cmd: 'SET_OBJECT', id: timeline, properties: { loop: 'round' } }, 4001],
    [
      {
        cmd: 'BATCH',
        commands: [
          { cmd: 'SET_TEMPO', bpm: 90 },
          { cmd: 'REMOVE_OBJECT', id: unknownId },
        ],
      },
      4003,
    ],
    [{ cmd: 'UNDO' }, 4005],
    [{ cmd: 'REDO' }, 4006],
  ];
  for (const [command, code] of bad) {
    const reply = await studio.atome.evaluate((atome, sent) => atome.session.dispatch(sent as never), command);
    expect([command, reply]).toMatchObject([command, { ok: false, error: { code } }]);
  }
  const uncloneable = await studio.atome.evaluate((atome) =>
    atome.session.dispatch({ cmd: 'SET_TEMPO', bpm: 90, reqId: () => 'no' } as never),
  );
  expect(uncloneable).toMatchObject({ ok: false, error: { code: 4001 } });
  const asked = await studio.atome.evaluate((atome) =>
    atome.session.dispatch({ cmd: 'ADD_CLIP', reqId: 'r7' } as never),
  );
  expect(asked).toMatchObject({ ok: false, reqId: 'r7' });
  const after = await studio.state();
  expect(after.objects).toEqual(before.objects);
  expect(after.meta.revisionId).toBe(before.meta.revisionId);
  expect(after.history).toEqual(before.history);
});

test('methods that are given what they cannot take say so, with the code of a refused command', async ({ page }) => {
  const studio = await Studio.open(page);
  const failures = await studio.atome.evaluate(async (atome, unknown) => {
    const failureOf = async (work: () => Promise<unknown>): Promise<unknown> => {
      try {
        return await work();
      } catch (thrown) {
        const { name, code, message } = thrown as Error & { readonly code?: number };
        return { name, code, message };
      }
    };
    const { audioEngine, timelines } = atome.services;
    const { activeTimelineId } = await atome.session.getState();
    const nothing = undefined as never;
    return Promise.all([
      failureOf(() => atome.importFile('song.wav' as never)),
      failureOf(() => atome.importVideo(undefined as never)),
      failureOf(() => atome.importProject(null as never)),
      failureOf(() => audioEngine.getTimelineState(unknown)),
      failureOf(() => timelines.getState(unknown)),
      failureOf(() => audioEngine.playTimeline(unknown)),
      failureOf(() => audioEngine.renderTimeline(activeTimelineId ?? '', nothing)),
      failureOf(() => audioEngine.seekTimeline(unknown, nothing)),
      failureOf(() => audioEngine.loadClip(nothing, nothing)),
      failureOf(() => audioEngine.updateClip(nothing)),
      failureOf(() => timelines.timeline_get_state(nothing)),
      failureOf(async () => {
        const reply = await timelines.timeline_set_loop(nothing);
        return reply.ok ? reply : { name: reply.error.name, code: reply.error.code, message: reply.error.msg };
      }),
      failureOf(async () => atome.session.subscribe('every patch' as never)),
    ]);
  }, unknownId);
  const noFile = { name: 'ERR_BAD_COMMAND', code: 4001, message: expect.stringContaining('file: must be a File') };
  const notThere = { name: 'ERR_NOT_FOUND', code: 4003, message: expect.stringContaining(unknownId) };
  const refused = ['options', 'position', 'clip', 'clip', 'timeline', 'loop', 'listener'].map((name) => ({
    name: 'ERR_BAD_COMMAND',
    code: 4001,
    message: expect.stringMatching(new RegExp(`\\(${name}: (must be|missing)`)),
  }));
  expect(failures).toEqual([noFile, noFile, noFile, notThere, notThere, notThere, ...refused]);
});

test('what fails in another thread is told with its code', async ({ page }) => {
  const studio = await Studio.open(page);
  const failures = await studio.atome.evaluate(async (atome) => {
    const { activeTimelineId } = await atome.session.getState();
    const codeOf = (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => undefined,
        (thrown: Error & { readonly code?: number }) => [thrown.name, thrown.code],
      );
    return Promise.all([
      codeOf(atome.importFile(new File([], 'empty.wav'))),
      codeOf(atome.services.audioEngine.renderTimeline(activeTimelineId ?? '', { from: 0, to: 1_000_000 })),
    ]);
  });
  expect(failures).toEqual([
    ['ERR_FILE_EMPTY', 5002],
    ['ERR_RENDER', 2007],
  ]);
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

test('imports answer with the file object; the same sound is stored once', async ({ page }) => {
  const studio = await Studio.open(page);
  const first = await studio.importFile(noise('one.wav', 4800, 14));
  expect(first).toMatchObject({
    kind: 'AudioFileAtome',
    name: 'one',
    sample_rate: 48_000,
    bit_depth: 32,
    channels: 2,
    frames: 4800,
    duration: 0.1,
    container: 'wav',
    source: 'import',
  });
  const again = await studio.importFile(noise('two.wav', 4800, 14));
  expect(again.content_hash).toBe(first.content_hash);
  const other = await studio.importFile(noise('three.wav', 4800, 15));
  const blobs = await studio.atome.evaluate((atome) => atome.services.blobs.list());
  expect(blobs.map(({ hash }) => hash).sort()).toEqual([first.content_hash, other.content_hash].sort());
  await expect(studio.importFile({ name: 'notes.wav', bytes: Buffer.from('not a sound') })).rejects.toThrow();
  expect(await studio.files()).toHaveLength(2);
});

test('blobs are put, listed, measured, read and deleted, but not while the project needs them', async ({ page }) => {
  const studio = await Studio.open(page);
  const used = await studio.importFile(noise('used.wav', 4800, 16));
  const { bytes } = noise('spare.wav', 4800, 17);
  const content = [...bytes];
  const outcome = await studio.atome.evaluate(async ({ services: { blobs } }, spare) => {
    const put = await blobs.put(new Uint8Array(spare), 'generated');
    const twice = await blobs.put(new Uint8Array(spare), 'generated');
    const read = new Uint8Array(await (await blobs.get(put.hash)).arrayBuffer());
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(spare)));
    return {
      put,
      sameHash: put.hash === twice.hash,
      digest: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
      sameBytes: read.length === spare.length && read.every((byte, index) => byte === spare[index]),
      listed: (await blobs.list()).length,
      had: await blobs.has(put.hash),
      usage: await blobs.usage(),
    };
  }, content);
  expect(outcome).toMatchObject({ sameHash: true, sameBytes: true, listed: 2, had: true });
  expect(outcome.put).toMatchObject({ hash: outcome.digest, channels: 2, sampleRate: 48_000, frames: 4800 });
  expect(outcome.usage).toMatchObject({ blobs: 2, bytes: bytes.length * 2 });
  const after = await studio.atome.evaluate(
    async ({ services: { blobs } }, [spare, needed]) => {
      await blobs.delete(spare);
      const refused = await blobs.delete(needed).then(
        () => '',
        (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
      );
      return { had: await blobs.has(spare), kept: await blobs.has(needed), refused };
    },
    [outcome.put.hash, used.content_hash] as const,
  );
  expect(after).toEqual({ had: false, kept: true, refused: 'ERR_REFUSED' });
});

test('a render is bit-exact at gain 1 and pan 0, and follows the pan law elsewhere', async ({ page }) => {
  const studio = await Studio.open(page);
  const mono = await studio.importFile(wavOf('mono.wav', 1, 9600, (frame) => ((frame % 97) - 48) / 64));
  const { timeline, clips } = await studio.arrange([{ file: mono, at: 0 }]);
  const render = () => studio.render(timeline, { from: 0, to: 0.2 });
  const [left, right] = await render();
  for (let frame = 0; frame < 9600; frame++) {
    const sample = Math.fround(((frame % 97) - 48) / 64);
    if (left?.[frame] !== sample || right?.[frame] !== sample) throw new Error(`frame ${frame} differs`);
  }
  for (const pan of [-1, -0.5, 0.3, 1]) {
    await studio.run({ cmd: 'SET_CLIP', clip_id: clips[0] ?? '', pan, gain: 0.8 });
    const panned = await render();
    const angle = ((pan + 1) * Math.PI) / 4;
    for (const [channel, level] of [Math.SQRT2 * Math.cos(angle), Math.SQRT2 * Math.sin(angle)].entries()) {
      const sample = ((4700 % 97) - 48) / 64;
      expect(panned[channel]?.[4700]).toBeCloseTo(0.8 * level * sample, 6);
    }
  }
  const [mixed, none] = await studio.render(timeline, { from: 0, to: 0.2, channels: 1 });
  expect(none).toBeUndefined();
  expect(mixed).toHaveLength(9600);
  const slow = await studio.render(timeline, { from: 0.05, to: 0.15, sampleRate: 44_100 });
  expect(slow.map((channel) => channel.length)).toEqual([4410, 4410]);
  await expect(studio.render(timeline, { from: 1, to: 1 })).rejects.toThrow(/rendered/);
  await expect(studio.render(unknownId, { from: 0, to: 1 })).rejects.toThrow(/does not exist/);
});

test('the services do what their names say', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('take.wav', 96_000, 18));
  const outcome = await studio.atome.evaluate(async ({ services: { audioEngine, timelines }, session }, fileId) => {
    const created = (reply: Awaited<ReturnType<typeof session.dispatch>>): string => {
      if (!reply.ok) throw new Error(reply.error.msg);
      return reply.created?.at(-1) ?? '';
    };
    const timeline = created(await timelines.createTimeline({ name: 'Scripted', type: 'audio', timebase: 'seconds' }));
    const clip = created(await timelines.addClip({ timeline_id: timeline, audio_file_id: fileId, play_position: 0 }));
    await timelines.trimClip({ clip_id: clip, end_offset: 1 });
    const second = created(await timelines.splitClip(clip, 0.5));
    await timelines.joinClips(clip, second);
    await timelines.moveClip(clip, 0.25);
    const { objects } = await session.getState();
    const [clipObject, fileObject] = [objects[clip], objects[fileId]];
    if (clipObject?.kind !== 'AudioClipAtome' || fileObject?.kind !== 'AudioFileAtome') throw new Error('missing');
    await audioEngine.updateClip({ ...clipObject, gain: 0.5 });
    await audioEngine.loadClip({ ...clipObject, id: crypto.randomUUID(), play_position: 3 }, fileObject);
    await audioEngine.setTempo(timeline, 100);
    await audioEngine.setTempoSegments(timeline, [{ start_position: 0, bpm: 96, time_signature: '4/4' }]);
    await audioEngine.setLoop(timeline, { start: 0, end: 2 });
    await audioEngine.init();
    await audioEngine.playTimeline(timeline, { start: 0.5 });
    const { undoDepth } = (await session.getState()).history;
    await Promise.all([1.25, 1.5, 2].map((ratio) => audioEngine.updateClipTimeStretch(clip, ratio, -3)));
    const { objects: stretched, history } = await session.getState();
    const playing = await audioEngine.getTimelineState(timeline);
    await session.dispatch({ cmd: 'UNDO' });
    await audioEngine.seekTimeline(timeline, { type: 'time', value: 1 });
    await audioEngine.stopTimeline(timeline);
    await timelines.play(timeline);
    await timelines.seek(timeline, 0);
    await timelines.stop(timeline);
    await audioEngine.panic();
    const arranged = Object.values((await session.getState()).objects).filter(
      (object) => object.kind === 'AudioClipAtome',
    );
    await audioEngine.removeClip(clip);
    const unknown = await audioEngine.removeClip(clip).then(
      () => '',
      (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
    );
    return {
      playing: playing.playing,
      stretched: stretched[clip],
      stretchSteps: history.undoDepth - undoDepth,
      arranged: arranged.map(({ play_position, gain, stretch_ratio }) => ({ play_position, gain, stretch_ratio })),
      left: (await session.objects('AudioClipAtome')).length,
      unknown,
      lastError: await audioEngine.getLastError(),
      timeline: (await session.getState()).objects[timeline],
    };
  }, file.id);
  expect(outcome).toMatchObject({
    playing: true,
    stretched: { stretch_algo: 'bungee', stretch_ratio: 2, pitch_shift: -3 },
    stretchSteps: 1,
    arranged: expect.arrayContaining([
      { play_position: 0.25, gain: 0.5, stretch_ratio: 1 },
      { play_position: 3, gain: 1, stretch_ratio: 1 },
    ]),
    left: 1,
    unknown: 'ERR_NOT_FOUND',
    lastError: null,
    timeline: { loop: { start: 0, end: 2 }, tempo_segments: [{ bpm: 96 }] },
  });
  expect(await studio.page.evaluate(() => window.atome?.version)).toMatch(/^\d+\.\d+\.\d+/);
  await studio.atome.evaluate((atome) => atome.services.audioEngine.shutdown());
  expect((await studio.status()).contextState).not.toBe('running');
});
