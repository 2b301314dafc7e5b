// Crossfades: two clips of a lane fade into each other, by fades that add up to one everywhere.
import { describe, expect, test } from 'vitest';
import type { AudioClipAtome } from '../protocol/kinds.ts';
import { openLane } from './testing/lane.ts';

describe('CROSSFADE_CLIPS', () => {
  test('clips that overlap fade over their overlap and keep their places', async () => {
    const lane = await openLane();
    const first = await lane.clip(0, 0, 4);
    const second = await lane.clip(3, 2, 6);
    await lane.edit({ cmd: 'CROSSFADE_CLIPS', clip_ids: [second, first] });
    expect(lane.get(first)).toMatchObject({ end_offset: 4, fade_out: 1 });
    expect(lane.get(second)).toMatchObject({ play_position: 3, start_offset: 2, fade_in: 1 });
  });

  test('clips that touch are extended evenly into what their files hold', async () => {
    const lane = await openLane();
    const first = await lane.clip(0, 0, 4);
    const second = await lane.clip(4, 2, 6);
    await lane.edit({ cmd: 'CROSSFADE_CLIPS', clip_ids: [first, second], duration: 1 });
    expect(lane.get(first)).toMatchObject({ end_offset: 4.5, fade_out: 1 });
    expect(lane.get(second)).toMatchObject({ play_position: 3.5, start_offset: 1.5, fade_in: 1 });
  });

  test('a file without more sound is made up for by the other; without a length it takes a tenth of a second', async () => {
    const lane = await openLane();
    const first = await lane.clip(0, 6, 10);
    const second = await lane.clip(4, 2, 6);
    await lane.edit({ cmd: 'CROSSFADE_CLIPS', clip_ids: [first, second] });
    const [before, after] = [lane.get<AudioClipAtome>(first), lane.get<AudioClipAtome>(second)];
    expect(before.end_offset).toBe(10);
    expect(before.fade_out).toBeCloseTo(0.1, 9);
    expect(after.play_position).toBeCloseTo(3.9, 9);
    expect(after.start_offset).toBeCloseTo(1.9, 9);
    expect(after.fade_in).toBe(before.fade_out);
  });

  test('a longer overlap is cut down to the wanted length', async () => {
    const lane = await openLane();
    const first = await lane.clip(0, 0, 6);
    const second = await lane.clip(2, 0, 8);
    await lane.edit({ cmd: 'CROSSFADE_CLIPS', clip_ids: [first, second], duration: 2 });
    expect(lane.spans()).toEqual([
      [0, 5],
      [3, 10],
    ]);
  });

  test('is refused with its reason: a gap, two lanes, too little sound, a clip too short, one clip twice', async () => {
    const lane = await openLane();
    const first = await lane.clip(0, 0, 1);
    const far = await lane.clip(5, 0, 10);
    const touching = await lane.clip(1, 0, 2);
    const [group_id = ''] = await lane.edit({ cmd: 'CREATE_GROUP', timeline_id: lane.timelineId, name: 'Drums' });
    const elsewhere = await lane.clip(1, 0, 2, { group_id });
    const fade = (one: string, other: string, duration?: number) =>
      lane.refusal({ cmd: 'CROSSFADE_CLIPS', clip_ids: [one, other], ...(duration === undefined ? {} : { duration }) });
    expect(await fade(first, far)).toContain('gap');
    expect(await fade(first, elsewhere)).toContain('one lane');
    expect(await fade(touching, far, 20)).toContain('gap');
    expect(await fade(first, touching, 12)).toContain('“File 0” and “File 0” hold');
    expect(await fade(first, touching, 4)).toContain('longer than one of them');
    expect(await fade(first, first)).toContain('two clips');
  });
});
