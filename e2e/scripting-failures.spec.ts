// `window.atome`: what becomes of bad commands, and of methods that cannot do what they are asked.
import { expect, test } from './support/fixtures.ts';
import { Studio } from './support/studio.ts';

const unknownId = '00000000-0000-4000-8000-000000000000';

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
