// Freezing: a rendered file plays in place of clips, which stay and come back.
import { expect, test } from 'vitest';
import { addTestFile } from './testing/fixtures.ts';
import { openLane } from './testing/lane.ts';

async function frozen() {
  const lane = await openLane();
  const clips = [await lane.clip(2, 0, 3, { fade_in: 1 }), await lane.clip(5, 3, 6)];
  const before = clips.map((id) => lane.get(id));
  const render = await addTestFile(lane.session, 48_000 * 7, 48_000, 7);
  const freeze = { cmd: 'FREEZE_CLIPS', clip_ids: clips, audio_file_id: render, play_position: 2 } as const;
  const [standIn = ''] = await lane.edit(freeze);
  return { ...lane, clips, before, render, freeze, standIn };
}

test('FREEZE_CLIPS puts one clip of the whole file in their place and silences them', async () => {
  const { get, clips, standIn, render, refusal, freeze } = await frozen();
  expect(get(standIn)).toMatchObject({ audio_file_id: render, play_position: 2, start_offset: 0, end_offset: 7 });
  expect(clips.map((id) => get(id))).toMatchObject([{ frozen_by: standIn }, { frozen_by: standIn }]);
  expect(await refusal(freeze)).toContain('frozen already');
});

test.each(['the clip that stands for them', 'one of them'])(
  'UNFREEZE_CLIP names %s and brings them back',
  async (which) => {
    const { session, get, clips, before, standIn, edit } = await frozen();
    await edit({ cmd: 'UNFREEZE_CLIP', clip_id: which === 'one of them' ? (clips[1] ?? '') : standIn });
    expect(session.objects.get(standIn)).toBeUndefined();
    expect(clips.map((id) => get(id))).toEqual(before.map((clip) => ({ ...clip, frozen_by: null })));
  },
);

test('removing the clip that stands for them brings them back too; unfreezing what is not frozen is refused', async () => {
  const { get, clips, standIn, edit, refusal } = await frozen();
  await edit({ cmd: 'REMOVE_CLIPS', clip_ids: [standIn] });
  expect(get(clips[0] ?? '')).toMatchObject({ frozen_by: null });
  expect(await refusal({ cmd: 'UNFREEZE_CLIP', clip_id: clips[0] ?? '' })).toContain('no clips are frozen');
});

test('a copy of a frozen clip sounds itself; clips of two timelines are not frozen together', async () => {
  const { get, clips, edit, refusal, fileId, freeze } = await frozen();
  const [copy = ''] = await edit({ cmd: 'DUPLICATE_CLIPS', clip_ids: [clips[0] ?? ''] });
  expect(get(copy)).not.toHaveProperty('frozen_by');
  const [other = ''] = await edit({ cmd: 'CREATE_TIMELINE', name: 'B', type: 'audio', timebase: 'seconds' });
  const add = { cmd: 'ADD_CLIP', timeline_id: other, audio_file_id: fileId, play_position: 0 } as const;
  const [far = ''] = await edit(add);
  expect(await refusal({ ...freeze, clip_ids: [copy, far] })).toContain('different timelines');
});
