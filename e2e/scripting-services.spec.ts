// `window.atome`: imports, blobs, renders, and what else its services promise.
import { expect, test } from './support/fixtures.ts';
import { Studio } from './support/studio.ts';
import { noise, wavOf } from './support/wav.ts';

const unknownId = '00000000-0000-4000-8000-000000000000';

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
