// Stretching: by an edge, to a tempo, and what a ratio or a pitch alone turns on.
import { describe, expect, test } from 'vitest';
import type { AudioClipAtome } from '../protocol/kinds.ts';
import { openLane } from './testing/lane.ts';

describe('STRETCH_CLIP', () => {
  test('puts the end where it is dragged; start, pitch and what is played of the file stay', async () => {
    const lane = await openLane();
    const id = await lane.clip(5, 2, 6);
    await lane.edit({ cmd: 'SET_CLIP', clip_id: id, pitch_shift: 3 });
    await lane.edit({ cmd: 'STRETCH_CLIP', clip_id: id, edge: 'end', position: 11 });
    expect(lane.spans()).toEqual([[5, 11]]);
    expect(lane.get(id)).toMatchObject({
      play_position: 5,
      start_offset: 2,
      end_offset: 6,
      stretch_algo: 'bungee',
      stretch_ratio: 1.5,
      pitch_shift: 3,
    });
  });

  test('puts the start where it is dragged; the end stays', async () => {
    const lane = await openLane('beats');
    const id = await lane.clip(8, 0, 4);
    await lane.edit({ cmd: 'STRETCH_CLIP', clip_id: id, edge: 'start', position: 12 });
    expect(lane.spans()).toEqual([[12, 16]]);
    expect(lane.get(id)).toMatchObject({ stretch_ratio: 0.5, start_offset: 0, end_offset: 4 });
  });

  test('changes nothing where the edge is already', async () => {
    const lane = await openLane('beats');
    const id = await lane.clip(1 / 3, 0.1, 4);
    const before = lane.get(id);
    const [[start, end] = [0, 0]] = lane.spans();
    await lane.edit({ cmd: 'STRETCH_CLIP', clip_id: id, edge: 'end', position: end });
    await lane.edit({ cmd: 'STRETCH_CLIP', clip_id: id, edge: 'start', position: start });
    await lane.edit({ cmd: 'FIT_CLIP_TO_TEMPO', clip_ids: [id], bpm: 120 });
    expect(lane.get(id)).toEqual(before);
  });

  test('a pitch that was not heard does not become heard', async () => {
    const lane = await openLane();
    const id = await lane.clip(0, 0, 4);
    await lane.edit({ cmd: 'SET_CLIP', clip_id: id, stretch_algo: 'none', pitch_shift: 7 });
    await lane.edit({ cmd: 'STRETCH_CLIP', clip_id: id, edge: 'end', position: 5 });
    expect(lane.get(id)).toMatchObject({ pitch_shift: 0, stretch_ratio: 1.25 });
  });

  test('fades are cut down to what is left; what follows moves along with ripple', async () => {
    const lane = await openLane();
    const id = await lane.clip(0, 0, 8, { fade_in: 3 });
    const next = await lane.clip(8, 0, 1);
    await lane.edit({ cmd: 'STRETCH_CLIP', clip_id: id, edge: 'end', position: 2, ripple: true });
    expect(lane.get(id)).toMatchObject({ fade_in: 2 });
    expect(lane.get(next)).toMatchObject({ play_position: 2 });
    await lane.edit({ cmd: 'STRETCH_CLIP', clip_id: id, edge: 'start', position: 1, ripple: true });
    expect(lane.spans()).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  test('reaches a tenth and ten times of the length, and is refused beyond, with what can be', async () => {
    const lane = await openLane();
    const id = await lane.clip(50, 0, 4);
    const stretch = (edge: 'start' | 'end', position: number) =>
      ({ cmd: 'STRETCH_CLIP', clip_id: id, edge, position }) as const;
    expect(await lane.refusal(stretch('end', 90.1))).toContain('position: stretched, the clip can last from 0.4 to 40');
    expect(await lane.refusal(stretch('end', 49))).toContain('can last from');
    expect(await lane.refusal(stretch('start', 53.7))).toContain('can last from');
    await lane.edit(stretch('end', 90 + 1 / 48_000));
    expect(lane.get(id)).toMatchObject({ stretch_ratio: 10 });
    await lane.edit(stretch('start', 89.6));
    expect(lane.get(id)).toMatchObject({ stretch_ratio: 0.1 });
  });
});

describe('FIT_CLIP_TO_TEMPO', () => {
  test('makes a file of 90 bpm run at the 120 of its timeline, with its beats on the grid', async () => {
    const lane = await openLane('beats');
    const id = await lane.clip(3.8, 1, 9);
    await lane.edit({ cmd: 'FIT_CLIP_TO_TEMPO', clip_ids: [id], bpm: 90, first_beat: 0.25 });
    const clip = lane.get<AudioClipAtome>(id);
    expect(clip).toMatchObject({ stretch_ratio: 0.75, stretch_algo: 'bungee', pitch_shift: 0 });
    // The first beat that it plays lies at 0.25 + 2 * 60/90 s of the file, 0.875 of a beat after the clip's start.
    expect(clip.play_position).toBeCloseTo(5 - 0.875, 9);
  });

  test('without a beat clips stay; each takes the tempo at its start; nothing begins before zero', async () => {
    const lane = await openLane('beats');
    const segments = [
      { start_position: 0, bpm: 100, time_signature: '4/4' },
      { start_position: 40, bpm: 50, time_signature: '4/4' },
    ];
    await lane.edit({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: lane.timelineId, segments });
    const [early, late] = [await lane.clip(0.1, 0, 2), await lane.clip(40, 0, 2)];
    await lane.edit({ cmd: 'FIT_CLIP_TO_TEMPO', clip_ids: [late, early, late], bpm: 100 });
    expect(lane.get(early)).toMatchObject({ stretch_ratio: 1, play_position: 0.1 });
    expect(lane.get(late)).toMatchObject({ stretch_ratio: 2, play_position: 40 });
    await lane.edit({ cmd: 'FIT_CLIP_TO_TEMPO', clip_ids: [early], bpm: 100, first_beat: 0.3 });
    expect(lane.get<AudioClipAtome>(early).play_position).toBeCloseTo(0.5, 9);
  });

  test('a row of clips stays a row with ripple, in one step', async () => {
    const lane = await openLane();
    const row = [await lane.clip(1, 0, 2), await lane.clip(3, 5, 6), await lane.clip(4, 3, 6)];
    await lane.edit({ cmd: 'FIT_CLIP_TO_TEMPO', clip_ids: row, bpm: 240, ripple: true });
    expect(lane.spans()).toEqual([
      [1, 5],
      [5, 7],
      [7, 13],
    ]);
    await lane.session.dispatch({ cmd: 'UNDO' });
    expect(lane.spans()).toEqual([
      [1, 3],
      [3, 4],
      [4, 7],
    ]);
  });

  test('is refused for all when one would need a ratio that cannot be', async () => {
    const lane = await openLane();
    const id = await lane.clip(0, 0, 2);
    await lane.edit({ cmd: 'SET_TEMPO', timeline_id: lane.timelineId, bpm: 20 });
    expect(await lane.refusal({ cmd: 'FIT_CLIP_TO_TEMPO', clip_ids: [id], bpm: 240 })).toContain('12 times as long');
  });
});

describe('a ratio or a pitch', () => {
  const neutral = { stretch_algo: 'none', stretch_ratio: 1, pitch_shift: 0 } as const;

  test('turns the stretcher on by itself, also of a new clip, and is heard in the length', async () => {
    const lane = await openLane();
    const id = await lane.clip(0, 0, 4);
    await lane.edit({ cmd: 'SET_CLIP', clip_id: id, stretch_ratio: 1, pitch_shift: 0 });
    expect(lane.get(id)).toMatchObject(neutral);
    await lane.edit({ cmd: 'SET_CLIP', clip_id: id, stretch_ratio: 2 });
    expect(lane.get(id)).toMatchObject({ stretch_algo: 'bungee', stretch_ratio: 2 });
    expect(lane.spans()).toEqual([[0, 8]]);
    const where = { timeline_id: lane.timelineId, audio_file_id: lane.fileId, play_position: 20 };
    const [made = ''] = await lane.edit({ cmd: 'ADD_CLIP', ...where, pitch_shift: -5 });
    expect(lane.get(made)).toMatchObject({ stretch_algo: 'bungee', stretch_ratio: 1, pitch_shift: -5 });
  });

  test('is a step with a name of its own', async () => {
    const lane = await openLane();
    const clip_id = await lane.clip(0, 0, 4);
    await lane.edit({ cmd: 'SET_CLIP', clip_id, stretch_ratio: 2, pitch_shift: 2 });
    expect(lane.session.getState().history).toMatchObject({ undoLabel: 'Stretch clip' });
    await lane.edit({ cmd: 'SET_CLIP', clip_id, pitch_shift: 0 });
    expect(lane.session.getState().history).toMatchObject({ undoLabel: 'Change clip pitch shift' });
  });

  test('does not when the command says what plays it', async () => {
    const lane = await openLane();
    const id = await lane.clip(0, 0, 4);
    await lane.edit({ cmd: 'SET_CLIP', clip_id: id, stretch_algo: 'none', stretch_ratio: 2 });
    expect(lane.get(id)).toMatchObject({ stretch_algo: 'none', stretch_ratio: 2 });
    expect(lane.spans()).toEqual([[0, 4]]);
  });

  test('changes nothing else that is heard: what was kept while the stretcher was off begins at normal', async () => {
    const lane = await openLane();
    const id = await lane.clip(0, 0, 4);
    await lane.edit({ cmd: 'SET_CLIP', clip_id: id, stretch_algo: 'none', stretch_ratio: 2, pitch_shift: 3 });
    await lane.edit({ cmd: 'SET_CLIP', clip_id: id, pitch_shift: 4 });
    expect(lane.get(id)).toMatchObject({ stretch_algo: 'bungee', stretch_ratio: 1, pitch_shift: 4 });
  });

  test('stays a matter of clips of sound', async () => {
    const lane = await openLane();
    const where = { timeline_id: lane.timelineId, play_position: 0, duration: 1 };
    const [id = ''] = await lane.edit({ cmd: 'ADD_ACTION_CLIP', ...where });
    const set = { cmd: 'SET_CLIP', clip_id: id, stretch_ratio: 2 } as const;
    expect(await lane.refusal(set)).toContain('stretch_ratio: ActionClipAtome has no such property');
  });

  test('that leaves less than one frame of a clip is refused', async () => {
    const lane = await openLane();
    const id = await lane.clip(0, 0, 3 / 48_000);
    const set = { cmd: 'SET_CLIP', clip_id: id, stretch_ratio: 0.1 } as const;
    expect(await lane.refusal(set)).toContain('less than one frame');
  });
});
