// Split, then join: the very same object again, of every kind, whatever the numbers.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActionClipAtome, AnyClip, Timebase } from '../protocol/kinds.ts';
import { exactPart } from './exact-part.ts';
import { type Lane, openLane } from './testing/lane.ts';

const bases = fc.constantFrom<Timebase>('seconds', 'beats');
const part = fc.double({ min: 0.02, max: 0.98, noNaN: true });
const places = fc.double({ min: 0, max: 1000, noNaN: true });

/** Splits the clip at a part of its span, joins the halves and returns how the first half was meanwhile. */
async function splitAndJoin(lane: Lane, id: string, where: number): Promise<{ halves: AnyClip[]; objects: unknown }> {
  const [[start, end] = [0, 0]] = lane.spans();
  const position = start + (end - start) * where;
  const halves = await lane.edit({ cmd: 'SPLIT_CLIP', clip_id: id, position });
  const split = halves.map((half) => lane.get(half));
  await lane.edit({ cmd: 'JOIN_CLIPS', clip_ids: [...halves].reverse() });
  return { halves: split, objects: lane.session.getState().objects };
}

describe('split then join gives the original back', () => {
  test('sound: fades longer than a half, frozen or followed by actions', async () => {
    const sound = fc.record({
      start_offset: fc.double({ min: 0, max: 5, noNaN: true }),
      end_offset: fc.double({ min: 6, max: 10, noNaN: true }),
      fade_in: fc.double({ min: 0, max: 4, noNaN: true }),
      fade_out: fc.double({ min: 0, max: 4, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(bases, places, part, sound, async (timebase, play_position, where, properties) => {
        const lane = await openLane(timebase);
        const clip = { timeline_id: lane.timelineId, audio_file_id: lane.fileId, play_position, ...properties };
        const [id = ''] = await lane.edit({ cmd: 'ADD_CLIP', ...clip });
        await lane.edit({ cmd: 'ADD_FOLLOW_ACTION', scope: 'clip', target_id: id, action_type: 'LoopClip' });
        const before = lane.session.getState().objects;
        const { halves, objects } = await splitAndJoin(lane, id, where);
        expect(halves[0]).toMatchObject({ id, play_position });
        expect(objects).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  test('a fade that is cut goes on in the second half; one that is not stays with its own', async () => {
    const lane = await openLane('seconds');
    const clip = { timeline_id: lane.timelineId, audio_file_id: lane.fileId, play_position: 1, end_offset: 9 };
    const [id = ''] = await lane.edit({ cmd: 'ADD_CLIP', ...clip, fade_in: 2, fade_out: 4 });
    const [, late = ''] = await lane.edit({ cmd: 'SPLIT_CLIP', clip_id: id, position: 7 });
    expect(lane.get(id)).toMatchObject({ fade_in: 2, fade_out: 4, fades_beyond: { before: 0, after: 3 } });
    expect(lane.get(late)).toMatchObject({ fade_in: 2, fade_out: 4, fades_beyond: { before: 6, after: 0 } });
    const [, middle = ''] = await lane.edit({ cmd: 'SPLIT_CLIP', clip_id: id, position: 4 });
    expect(lane.get(id)).toMatchObject({ fade_in: 2, fade_out: 0, fades_beyond: { before: 0, after: 0 } });
    expect(lane.get(middle)).toMatchObject({ fade_in: 0, fade_out: 4, fades_beyond: { before: 0, after: 3 } });
    await lane.edit({ cmd: 'TRIM_CLIP', clip_id: middle, end_offset: 5 });
    expect(lane.get(middle)).toMatchObject({ fade_out: 4, fades_beyond: { before: 0, after: 4 } });
    await lane.edit({ cmd: 'SET_CLIP', clip_id: late, fade_in: 0.5 });
    expect(lane.get(late)).toMatchObject({ fade_in: 0.5, fade_out: 4 });
    expect(lane.get(late)).not.toHaveProperty('fades_beyond');
    await lane.edit({ cmd: 'SET_CLIP', clip_id: middle, fade_in: 0.5 });
    expect(lane.get(middle)).toMatchObject({ fade_in: 0.5, fade_out: 0 });
  });

  test('actions: every time is what it was, to the last bit', async () => {
    const times = fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(bases, places, part, times, async (timebase, play_position, where, offsets) => {
        const lane = await openLane(timebase);
        const events = offsets.map((time_offset) => ({ time_offset, type: 'script' as const, payload: {} }));
        const clip = { timeline_id: lane.timelineId, play_position, duration: 30.1, events };
        const [id = ''] = await lane.edit({ cmd: 'ADD_ACTION_CLIP', ...clip });
        const before = lane.session.getState().objects;
        const { halves, objects } = await splitAndJoin(lane, id, where);
        const counts = halves.map((half) => (half as ActionClipAtome).events.length);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(offsets.length);
        expect(objects).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  test('nested timelines: the marker of the cut goes again', async () => {
    const tempos = fc.constantFrom('own' as const, 'parent' as const);
    const lengths = fc.option(fc.double({ min: 0.5, max: 40, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(
        bases,
        places,
        part,
        tempos,
        lengths,
        async (timebase, play_position, where, tempo, duration) => {
          const lane = await openLane(timebase);
          const { timelineId: timeline_id } = lane;
          const [inner = ''] = await lane.edit({
            cmd: 'CREATE_TIMELINE',
            name: 'In',
            type: 'audio',
            timebase: 'beats',
          });
          const sound = { timeline_id: inner, audio_file_id: lane.fileId, play_position: 3 };
          await lane.edit({ cmd: 'ADD_CLIP', ...sound });
          const nest = { timeline_id, nested_timeline_id: inner, play_position, tempo, duration };
          const [id = ''] = await lane.edit({ cmd: 'ADD_NESTED_TIMELINE', ...nest });
          const before = lane.session.getState().objects;
          const { halves, objects } = await splitAndJoin(lane, id, where);
          expect(halves[1]).toMatchObject({ kind: 'TimelineClipAtome', start_marker_id: expect.any(String) });
          expect(objects).toEqual(before);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('an exact part, taken from the whole and from all between, adds up again', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), unit, unit, (whole, of, where) => {
        const part = exactPart(whole, whole * of);
        expect(Math.abs(part - whole * of)).toBeLessThanOrEqual(whole * Number.EPSILON);
        const between = part + (whole - part) * where;
        expect(part + (whole - part)).toBe(whole);
        expect(part + (between - part)).toBe(between);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('halves', () => {
  test('a nested timeline goes on in the second half where the first one ends', async () => {
    const lane = await openLane('seconds');
    const { timelineId: timeline_id } = lane;
    const [inner = ''] = await lane.edit({ cmd: 'CREATE_TIMELINE', name: 'In', type: 'audio', timebase: 'beats' });
    await lane.edit({ cmd: 'ADD_CLIP', timeline_id: inner, audio_file_id: lane.fileId, play_position: 0 });
    const nest = { timeline_id, nested_timeline_id: inner, play_position: 5 };
    const [clip_id = ''] = await lane.edit({ cmd: 'ADD_NESTED_TIMELINE', ...nest });
    await lane.edit({ cmd: 'SPLIT_CLIP', clip_id, position: 8 });
    expect(lane.spans()).toEqual([
      [5, 8],
      [8, 15],
    ]);
    const [marker] = lane.session.objects.ofTimeline(inner, 'TimelineMarkerAtome');
    expect(marker).toMatchObject({ time: 6, timebase: 'beats', tags: ['cut'] });
  });

  test('an action clip that repeats itself is written out, and what follows a clip follows its second half', async () => {
    const lane = await openLane('seconds');
    const event = { time_offset: 0.5, type: 'script' as const, payload: {} };
    const clip = { timeline_id: lane.timelineId, play_position: 1, duration: 1, repeats: 3, events: [event] };
    const [clip_id = ''] = await lane.edit({ cmd: 'ADD_ACTION_CLIP', ...clip });
    const follow = { scope: 'clip', target_id: clip_id, action_type: 'Stop' } as const;
    const [action = ''] = await lane.edit({ cmd: 'ADD_FOLLOW_ACTION', ...follow });
    const [first = '', second = ''] = await lane.edit({ cmd: 'SPLIT_CLIP', clip_id, position: 2 });
    expect(lane.get(first)).toMatchObject({ duration: 1, repeats: 1, events: [event] });
    expect(lane.get(second)).toMatchObject({
      duration: 2,
      repeats: 1,
      events: [event, { ...event, time_offset: 1.5 }],
    });
    expect(lane.session.objects.get(action)).toMatchObject({ target_id: second });
  });

  test('clips of two kinds, two timelines or with a gap between them are not joined', async () => {
    const lane = await openLane('seconds');
    const sound = await lane.clip(0, 0, 1);
    const where = { timeline_id: lane.timelineId, duration: 1 };
    const [near = ''] = await lane.edit({ cmd: 'ADD_ACTION_CLIP', ...where, play_position: 1 });
    const [far = ''] = await lane.edit({ cmd: 'ADD_ACTION_CLIP', ...where, play_position: 3 });
    expect(await lane.refusal({ cmd: 'JOIN_CLIPS', clip_ids: [sound, near] })).toContain('different kinds');
    expect(await lane.refusal({ cmd: 'JOIN_CLIPS', clip_ids: [near, far] })).toContain('does not start where');
  });
});
