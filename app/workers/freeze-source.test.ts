// What is rendered of clips that are to be frozen: each lane alone, without its level and mute, over whole frames.
import { expect, test } from 'vitest';
import { addTestFile } from '../session/testing/fixtures.ts';
import { openLane } from '../session/testing/lane.ts';
import { freezeSources } from './freeze-source.ts';

async function openLanes() {
  const lane = await openLane('beats');
  const [group = ''] = await lane.edit({ cmd: 'CREATE_GROUP', timeline_id: lane.timelineId, name: 'Lane' });
  await lane.edit({ cmd: 'SET_OBJECT', id: group, properties: { gain: 0.25, muted: true } });
  const first = await lane.clip(3, 0, 2, { group_id: group });
  const second = await lane.clip(5, 1, 4, { group_id: group });
  await lane.clip(4, 0, 2, { group_id: group });
  const loose = await lane.clip(2, 0, 1);
  return { ...lane, group, first, second, loose };
}

test('each lane is taken alone, at its own level, from the start of its first clip to the end of its last', async () => {
  const { session, first, second, loose } = await openLanes();
  const sources = freezeSources(session.objects, [second, first, loose, first]);
  expect(sources).toMatchObject([
    { clipIds: [second, first], from: 1.5, to: 5.5, sampleRate: 48_000, playPosition: 3, solo: false },
    { clipIds: [loose], from: 1, to: 2, playPosition: 2 },
  ]);
  const heard = sources[0]?.deltas.map((delta) => (delta.type === 'clip' ? delta.clip : undefined));
  expect(heard?.map((clip) => clip?.id).sort()).toEqual([first, second].sort());
  expect(heard).toMatchObject([
    { gain: 1, muted: false },
    { gain: 1, muted: false },
  ]);
});

test('of clips of which one is solo the others are silent, and their render must be solo', async () => {
  const { session, edit, first, second, loose } = await openLanes();
  await edit({ cmd: 'SET_CLIP', clip_id: first, solo: true });
  const [source, other] = freezeSources(session.objects, [first, second, loose]);
  const muted = source?.deltas.map((delta) => delta.type === 'clip' && [delta.clip.id, delta.clip.muted]);
  expect(Object.fromEntries(muted as [string, boolean][])).toEqual({ [first]: false, [second]: true });
  expect([source?.solo, other?.solo]).toEqual([true, false]);
  expect(other?.deltas).toMatchObject([{ clip: { muted: false } }]);
});

test('where files differ in rate the highest is taken, with room for what resampling spreads', async () => {
  const { session, edit, timelineId, loose } = await openLanes();
  const file = await addTestFile(session, 88_200, 44_100, 7);
  const [slow = ''] = await edit({ cmd: 'ADD_CLIP', timeline_id: timelineId, audio_file_id: file, play_position: 4 });
  const [source] = freezeSources(session.objects, [loose, slow]);
  expect(source).toMatchObject({ sampleRate: 48_000, from: 0.995, to: 4.005 });
  expect(source?.playPosition).toBeCloseTo(1.99, 9);
  expect(freezeSources(session.objects, [slow])).toMatchObject([{ sampleRate: 44_100, from: 2, to: 4 }]);
});

test('a stretched clip is rendered for as long as it sounds, and what stands for it is not stretched again', async () => {
  const { session, edit, loose } = await openLanes();
  await edit({ cmd: 'SET_CLIP', clip_id: loose, stretch_ratio: 2.5, pitch_shift: 2 });
  const [source] = freezeSources(session.objects, [loose]);
  expect(source).toMatchObject({ from: 1, to: 3.5, playPosition: 2 });
  expect(source?.deltas).toMatchObject([{ clip: { stretch: { ratio: 2.5, semitones: 2 }, sourceFrames: 120_000 } }]);
  const render = await addTestFile(session, 120_000, 48_000, 8);
  const where = { audio_file_id: render, play_position: 2 };
  const [standIn = ''] = await edit({ cmd: 'FREEZE_CLIPS', clip_ids: [loose], ...where });
  expect(session.objects.get(standIn)).toMatchObject({ stretch_algo: 'none', end_offset: 2.5 });
});
