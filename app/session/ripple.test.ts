// Ripple: what lies behind on the same lane moves along, and nothing else does.
import { describe, expect, test } from 'vitest';
import { openLane } from './testing/lane.ts';

describe('REMOVE_CLIPS with ripple', () => {
  test('closes the gap on its own lane only', async () => {
    const lane = await openLane();
    const [group_id = ''] = await lane.edit({ cmd: 'CREATE_GROUP', timeline_id: lane.timelineId, name: 'Drums' });
    const gone = await lane.clip(1, 0, 2);
    const next = await lane.clip(4, 0, 1);
    const other = await lane.clip(4, 0, 1, { group_id });
    await lane.edit({ cmd: 'REMOVE_CLIPS', clip_ids: [gone], ripple: true });
    expect(lane.get(next)).toMatchObject({ play_position: 2 });
    expect(lane.get(other)).toMatchObject({ play_position: 4 });
    await lane.session.dispatch({ cmd: 'UNDO' });
    expect(lane.spans()).toEqual([
      [1, 3],
      [4, 5],
      [4, 5],
    ]);
  });

  test('closes no time that another clip still fills', async () => {
    const lane = await openLane();
    const gone = await lane.clip(0, 0, 4);
    await lane.clip(1, 0, 2);
    const last = await lane.clip(6, 0, 1);
    await lane.edit({ cmd: 'REMOVE_CLIPS', clip_ids: [gone], ripple: true });
    expect(lane.spans()).toEqual([
      [0, 2],
      [4, 5],
    ]);
    expect(lane.get(last)).toMatchObject({ play_position: 4 });
  });

  test('without it nothing moves', async () => {
    const lane = await openLane();
    const gone = await lane.clip(0, 0, 1);
    await lane.clip(1, 0, 1);
    await lane.edit({ cmd: 'REMOVE_CLIPS', clip_ids: [gone] });
    expect(lane.spans()).toEqual([[1, 2]]);
  });
});

describe('TRIM_CLIP with ripple', () => {
  test('what follows moves by what was cut off, be it at the end or at the start', async () => {
    const lane = await openLane();
    const first = await lane.clip(1, 2, 6);
    await lane.clip(5, 0, 1);
    await lane.edit({ cmd: 'TRIM_CLIP', clip_id: first, end_offset: 5, ripple: true });
    expect(lane.spans()).toEqual([
      [1, 4],
      [4, 5],
    ]);
    await lane.edit({ cmd: 'TRIM_CLIP', clip_id: first, start_offset: 3, ripple: true });
    expect(lane.spans()).toEqual([
      [1, 3],
      [3, 4],
    ]);
    await lane.edit({ cmd: 'TRIM_CLIP', clip_id: first, start_offset: 0, ripple: true });
    expect(lane.spans()).toEqual([
      [1, 6],
      [6, 7],
    ]);
  });

  test('an overlap with the next clip stays as long as it was', async () => {
    const lane = await openLane();
    const first = await lane.clip(0, 0, 4);
    await lane.clip(3, 0, 3);
    await lane.edit({ cmd: 'TRIM_CLIP', clip_id: first, end_offset: 3, ripple: true });
    expect(lane.spans()).toEqual([
      [0, 3],
      [2, 5],
    ]);
  });
});

describe('MOVE_CLIP with ripple', () => {
  test('takes the clip out of the row and puts it in elsewhere', async () => {
    const lane = await openLane();
    const a = await lane.clip(0, 0, 1);
    const b = await lane.clip(1, 0, 2);
    const c = await lane.clip(3, 0, 3);
    await lane.edit({ cmd: 'MOVE_CLIP', clip_id: a, play_position: 5, ripple: true });
    expect([b, c, a].map((id) => lane.get(id).play_position)).toEqual([0, 2, 5]);
    await lane.edit({ cmd: 'MOVE_CLIP', clip_id: a, play_position: 2, ripple: true });
    expect([b, a, c].map((id) => lane.get(id).play_position)).toEqual([0, 2, 3]);
  });

  test('to another lane: closes the gap there, makes room here', async () => {
    const lane = await openLane();
    const [group_id = ''] = await lane.edit({ cmd: 'CREATE_GROUP', timeline_id: lane.timelineId, name: 'Drums' });
    const moved = await lane.clip(0, 0, 2);
    const left = await lane.clip(2, 0, 1);
    const there = await lane.clip(1, 0, 1, { group_id });
    await lane.edit({ cmd: 'MOVE_CLIP', clip_id: moved, play_position: 0, group_id, ripple: true });
    expect(lane.get(left)).toMatchObject({ play_position: 0 });
    expect(lane.get(there)).toMatchObject({ play_position: 2 });
  });
});
