// Time put into a timeline and taken out: everything on it moves, and what sounds behind sounds as it did.
import { describe, expect, test } from 'vitest';
import type { TimelineAtome } from '../protocol/kinds.ts';
import { openLane } from './testing/lane.ts';

describe('INSERT_TIME', () => {
  test('clips across are split, what lies behind moves: clips of all kinds, markers, events, loop, tempo', async () => {
    const lane = await openLane('beats');
    const { timelineId: timeline_id } = lane;
    await lane.clip(0, 0, 4);
    const [action = ''] = await lane.edit({ cmd: 'ADD_ACTION_CLIP', timeline_id, play_position: 8, duration: 1 });
    const [inner = ''] = await lane.edit({ cmd: 'CREATE_TIMELINE', name: 'In', type: 'audio', timebase: 'seconds' });
    const nest = { timeline_id, nested_timeline_id: inner, play_position: 10, duration: 2 };
    const [nested = ''] = await lane.edit({ cmd: 'ADD_NESTED_TIMELINE', ...nest });
    const [before = ''] = await lane.edit({ cmd: 'ADD_MARKER', timeline_id, time: 3 });
    const [behind = ''] = await lane.edit({ cmd: 'ADD_MARKER', timeline_id, time: 4, timebase: 'seconds' });
    const [event = ''] = await lane.edit({ cmd: 'ADD_EVENT', timeline_id, time: 4, type: 'ui_show' });
    await lane.edit({ cmd: 'TIMELINE_SET_LOOP', timeline_id, loop: { start: 2, end: 6 } });
    const four = { start_position: 4, bpm: 60, time_signature: '4/4' };
    const segments = [{ start_position: 0, bpm: 120, time_signature: '4/4' }, four];
    await lane.edit({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id, segments });

    await lane.edit({ cmd: 'INSERT_TIME', timeline_id, at: 4, duration: 8 });
    expect(lane.spans()).toEqual([
      [0, 4],
      [12, 14],
      [16, 17],
      [18, 20],
    ]);
    expect([action, nested].map((id) => lane.get(id).play_position)).toEqual([16, 18]);
    expect(lane.session.objects.get(before)).toMatchObject({ time: 3 });
    expect(lane.session.objects.get(event)).toMatchObject({ time: 12 });
    expect(lane.get<TimelineAtome>(timeline_id)).toMatchObject({
      loop: { start: 2, end: 14 },
      tempo_segments: [{ bpm: 120 }, { bpm: 60, start_position: 12 }],
    });
    // It stood at 4 s: 2 s of 120 bpm, then beat 4 + 2 of 60 bpm; eight beats of 120 bpm last four seconds.
    expect(lane.session.objects.get(behind)).toMatchObject({ time: 8, timebase: 'seconds' });
  });

  test('on given lanes it moves their clips alone', async () => {
    const lane = await openLane();
    const { timelineId: timeline_id } = lane;
    const [group_id = ''] = await lane.edit({ cmd: 'CREATE_GROUP', timeline_id, name: 'Drums' });
    const there = await lane.clip(5, 0, 1, { group_id });
    const here = await lane.clip(5, 0, 1);
    const [marker = ''] = await lane.edit({ cmd: 'ADD_MARKER', timeline_id, time: 5 });
    await lane.edit({ cmd: 'INSERT_TIME', timeline_id, at: 5, duration: 1, group_ids: [group_id] });
    expect(lane.get(there)).toMatchObject({ play_position: 6 });
    expect(lane.get(here)).toMatchObject({ play_position: 5 });
    expect(lane.session.objects.get(marker)).toMatchObject({ time: 5 });
    await lane.edit({ cmd: 'INSERT_TIME', timeline_id, at: 5, duration: 1, group_ids: [null] });
    expect(lane.get(here)).toMatchObject({ play_position: 6 });
    expect(lane.get(there)).toMatchObject({ play_position: 6 });
  });

  test('is refused where a nested timeline that repeats itself would have to be split', async () => {
    const lane = await openLane();
    const { timelineId: timeline_id } = lane;
    const [inner = ''] = await lane.edit({ cmd: 'CREATE_TIMELINE', name: 'In', type: 'audio', timebase: 'seconds' });
    const [start = ''] = await lane.edit({ cmd: 'ADD_MARKER', timeline_id: inner, time: 0 });
    const [end = ''] = await lane.edit({ cmd: 'ADD_MARKER', timeline_id: inner, time: 2 });
    const loop_markers = { start_marker_id: start, end_marker_id: end };
    const nest = { timeline_id, nested_timeline_id: inner, play_position: 0, duration: 8, loop_markers, name: 'Beat' };
    await lane.edit({ cmd: 'ADD_NESTED_TIMELINE', ...nest });
    expect(await lane.refusal({ cmd: 'INSERT_TIME', timeline_id, at: 3, duration: 1 })).toContain('“Beat” repeats');
  });
});

describe('REMOVE_TIME', () => {
  test('takes out what lies inside, cuts what lies across and closes the gap', async () => {
    const lane = await openLane();
    const { timelineId: timeline_id } = lane;
    const across = await lane.clip(0, 0, 8);
    await lane.clip(3, 0, 1);
    const behind = await lane.clip(9, 0, 1);
    const markers = [1, 3, 5, 7].map((time) => lane.edit({ cmd: 'ADD_MARKER', timeline_id, time, name: `at ${time}` }));
    await Promise.all(markers);
    await lane.edit({ cmd: 'TIMELINE_SET_LOOP', timeline_id, loop: { start: 3, end: 4 } });
    await lane.edit({ cmd: 'REMOVE_TIME', timeline_id, start: 2, end: 5 });
    expect(lane.spans()).toEqual([
      [0, 2],
      [2, 5],
      [6, 7],
    ]);
    expect(lane.get(across)).toMatchObject({ start_offset: 0, end_offset: 2 });
    expect(lane.get(behind)).toMatchObject({ play_position: 6 });
    const left = [...lane.session.objects.ofTimeline(timeline_id, 'TimelineMarkerAtome')];
    expect(left.map(({ name, time }) => [name, time])).toEqual([
      ['at 1', 1],
      ['at 5', 2],
      ['at 7', 4],
    ]);
    expect(lane.get<TimelineAtome>(timeline_id)).toMatchObject({ loop: null, loop_enabled: false });
    await lane.session.dispatch({ cmd: 'UNDO' });
    expect(lane.spans()).toEqual([
      [0, 8],
      [3, 4],
      [9, 10],
    ]);
  });

  test('the tempo at its end begins at its start, and inserting the time again leaves later places alone', async () => {
    const lane = await openLane('beats');
    const { timelineId: timeline_id } = lane;
    const segments = [
      { start_position: 0, bpm: 120, time_signature: '4/4' },
      { start_position: 4, bpm: 90, time_signature: '3/4' },
      { start_position: 6, bpm: 60, time_signature: '4/4' },
      { start_position: 20, bpm: 100, time_signature: '4/4' },
    ];
    await lane.edit({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id, segments });
    const late = await lane.clip(24, 0, 1);
    await lane.edit({ cmd: 'REMOVE_TIME', timeline_id, start: 2, end: 8 });
    expect(lane.get<TimelineAtome>(timeline_id).tempo_segments).toEqual([
      { start_position: 0, bpm: 120, time_signature: '4/4' },
      { start_position: 2, bpm: 60, time_signature: '4/4' },
      { start_position: 14, bpm: 100, time_signature: '4/4' },
    ]);
    expect(lane.get(late)).toMatchObject({ play_position: 18 });
    expect(await lane.refusal({ cmd: 'REMOVE_TIME', timeline_id, start: 3, end: 3 })).toContain('after start');
  });
});
