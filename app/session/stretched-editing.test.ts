// Editing commands on stretched clips, whatever the ratio: lengths add up, sounds stay where they were, nothing is lost.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stretchedFrame, stretchOf } from '../core/stretched-frames.ts';
import { tempoMapOf } from '../core/tempo.ts';
import { nearestFrame } from '../core/units.ts';
import type { AudioClipAtome, Timebase, TimelineAtome } from '../protocol/kinds.ts';
import { type Lane, openLane } from './testing/lane.ts';

const rate = 48_000;
const bases = fc.constantFrom<Timebase>('seconds', 'beats');
const places = fc.double({ min: 0, max: 1000, noNaN: true });
const part = fc.double({ min: 0.05, max: 0.95, noNaN: true });
/** Evenly over the logarithm, with the ends. */
const ratios = fc.oneof(
  fc.constantFrom(0.1, 0.5, 1, 1.5, 2, 10),
  fc.double({ min: -1, max: 1, noNaN: true }).map((power) => 10 ** power),
);
const clips = fc.record({
  play_position: places,
  start_offset: fc.double({ min: 0, max: 4, noNaN: true }),
  end_offset: fc.double({ min: 5, max: 10, noNaN: true }),
  stretch_ratio: ratios,
  pitch_shift: fc.integer({ min: -24, max: 24 }),
  stretch_algo: fc.constantFrom('bungee' as const, 'none' as const),
});

type Placed = typeof clips extends fc.Arbitrary<infer Clip> ? Clip : never;

async function laneWith(timebase: Timebase, clip: Placed): Promise<{ lane: Lane; id: string }> {
  const lane = await openLane(timebase);
  const where = { timeline_id: lane.timelineId, audio_file_id: lane.fileId };
  const [id = ''] = await lane.edit({ cmd: 'ADD_CLIP', ...where, ...clip });
  return { lane, id };
}

/** When a frame of the file sounds in a clip, in frames of the timeline; and where the clip ends. */
function frames(lane: Lane, id: string) {
  const clip = lane.get<AudioClipAtome>(id);
  const tempo = tempoMapOf(lane.get<TimelineAtome>(clip.timeline_id));
  const start = tempo.toSeconds(clip.play_position) * rate;
  const stretch = stretchOf(clip);
  const first = nearestFrame(clip.start_offset, rate);
  const of = (frame: number): number => start + stretchedFrame(frame, stretch) - stretchedFrame(first, stretch);
  return { clip, tempo, stretch, first, start, of, end: of(nearestFrame(clip.end_offset, rate)) };
}

describe('a stretched clip', () => {
  test('cut again and again is as long as it was, and every part goes on where the one before ends', async () => {
    await fc.assert(
      fc.asyncProperty(bases, clips, fc.array(part, { minLength: 1, maxLength: 6 }), async (timebase, clip, cuts) => {
        const { lane, id } = await laneWith(timebase, clip);
        const before = lane.session.getState().objects;
        const whole = frames(lane, id);
        const parts = [id];
        for (const cut of cuts) {
          const at = whole.start + (whole.end - whole.start) * cut;
          const index = parts.findLastIndex((each) => frames(lane, each).start < at);
          const { start, end } = frames(lane, parts[index] ?? '');
          if (at - start < 10 || end - at < 10) continue;
          const position = whole.tempo.fromSeconds(at / rate);
          const [, second = ''] = await lane.edit({ cmd: 'SPLIT_CLIP', clip_id: parts[index] ?? '', position });
          parts.splice(index + 1, 0, second);
        }
        let { start } = whole;
        for (const each of parts) {
          const found = frames(lane, each);
          expect(found.start).toBeCloseTo(start, 4);
          expect(found.of(found.first)).toBeCloseTo(whole.of(found.first), 4);
          start = found.end;
        }
        expect(start).toBeCloseTo(whole.end, 4);
        for (const second of parts.slice(1)) await lane.edit({ cmd: 'JOIN_CLIPS', clip_ids: [second, id] });
        expect(lane.session.getState().objects).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });

  test('trimmed at either edge sounds where it did, and its fades fit it', async () => {
    const fades = fc.record({ fade_in: fc.double({ min: 0, max: 20, noNaN: true }) });
    await fc.assert(
      fc.asyncProperty(bases, clips, fades, part, part, async (timebase, clip, { fade_in }, one, other) => {
        const { lane, id } = await laneWith(timebase, clip);
        await lane.edit({ cmd: 'SET_CLIP', clip_id: id, fade_in });
        const whole = frames(lane, id);
        const at = (share: number): number => clip.start_offset + (clip.end_offset - clip.start_offset) * share;
        const [start_offset, end_offset] = [at(Math.min(one, other)), at(Math.max(one, other))];
        fc.pre(end_offset - start_offset > 1e-3);
        await lane.edit({ cmd: 'TRIM_CLIP', clip_id: id, start_offset, end_offset });
        const trimmed = frames(lane, id);
        expect(trimmed.of(trimmed.first)).toBeCloseTo(whole.of(trimmed.first), 4);
        expect(trimmed.clip.fade_in * rate).toBeLessThanOrEqual(trimmed.end - trimmed.start + 1e-4);
      }),
      { numRuns: 100 },
    );
  });

  test('stretched by an edge keeps the other one, to the last frame, and ends within half a frame of the hand', async () => {
    const edges = fc.constantFrom('start' as const, 'end' as const);
    await fc.assert(
      fc.asyncProperty(bases, clips, edges, ratios, async (timebase, clip, edge, ratio) => {
        const { lane, id } = await laneWith(timebase, clip);
        const before = frames(lane, id);
        const length = (nearestFrame(clip.end_offset, rate) - nearestFrame(clip.start_offset, rate)) * ratio;
        const at = edge === 'end' ? before.start + length : before.end - length;
        fc.pre(at > 0);
        const position = before.tempo.fromSeconds(at / rate);
        await lane.edit({ cmd: 'STRETCH_CLIP', clip_id: id, edge, position });
        const after = frames(lane, id);
        const [stays, stayed] = edge === 'end' ? [before.start, after.start] : [before.end, after.end];
        expect(stayed).toBeCloseTo(stays, 4);
        const moved = edge === 'end' ? after.end : after.start;
        // At the ends of what is possible, a ratio that gives whole frames may be a frame away.
        expect(Math.abs(moved - at)).toBeLessThan(ratio < 0.1001 || ratio > 9.99 ? 1.01 : 0.51);
        expect(after.clip).toMatchObject({ start_offset: clip.start_offset, end_offset: clip.end_offset });
      }),
      { numRuns: 100 },
    );
  });

  test('moves with the tempo and keeps its length; copied and moved to another timebase it keeps it, too', async () => {
    await fc.assert(
      fc.asyncProperty(clips, fc.integer({ min: 40, max: 240 }), async (clip, bpm) => {
        const { lane, id } = await laneWith('beats', clip);
        const before = frames(lane, id);
        const length = before.end - before.start;
        const [copy = ''] = await lane.edit({ cmd: 'DUPLICATE_CLIPS', clip_ids: [id] });
        expect(frames(lane, copy).start).toBeCloseTo(before.end, 3);
        await lane.edit({ cmd: 'SET_TEMPO', timeline_id: lane.timelineId, bpm });
        const { start, end } = frames(lane, id);
        expect(start).toBeCloseTo((clip.play_position * 60 * rate) / bpm, 3);
        expect(end - start).toBeCloseTo(length, 3);
        const [other = ''] = await lane.edit({
          cmd: 'CREATE_TIMELINE',
          name: 'Other',
          type: 'audio',
          timebase: 'seconds',
        });
        const [moved = ''] = await lane.edit({ cmd: 'DUPLICATE_CLIPS', clip_ids: [id], timeline_id: other });
        expect(frames(lane, moved).start).toBeCloseTo(start, 3);
        expect(frames(lane, moved).end - frames(lane, moved).start).toBeCloseTo(length, 3);
      }),
      { numRuns: 40 },
    );
  });
});

describe('time that is opened and closed', () => {
  test('cuts stretched clips wherever it likes; behind it, everything sounds as it did', async () => {
    const shares = fc.oneof(part, fc.constantFrom(-1e-5, 0, 1e-5, 1 - 1e-5, 1, 1 + 1e-5));
    await fc.assert(
      fc.asyncProperty(bases, clips, shares, shares, async (timebase, clip, one, other) => {
        const { lane, id } = await laneWith(timebase, { ...clip, play_position: clip.play_position + 1 });
        const whole = frames(lane, id);
        await lane.clip(whole.tempo.fromSeconds(whole.end / rate), 0, 1);
        const at = (share: number): number =>
          whole.tempo.fromSeconds((whole.start + (whole.end - whole.start) * share) / rate);
        const [start = 0, end = 0] = [at(one), at(other)].sort((a, b) => a - b);
        fc.pre(end - start > 1e-3);
        const before = lane.spans();
        await lane.edit({ cmd: 'REMOVE_TIME', timeline_id: lane.timelineId, start, end });
        expect(lane.spans().at(-1)?.[1]).toBeCloseTo((before.at(-1)?.[1] ?? 0) - (end - start), 6);
        for (const [from, to] of lane.spans()) expect(to - from).toBeGreaterThan(0);
        await lane.session.dispatch({ cmd: 'UNDO' });
        expect(lane.spans()).toEqual(before);
        await lane.edit({ cmd: 'INSERT_TIME', timeline_id: lane.timelineId, at: start, duration: 1 });
        const total = lane.spans().reduce((sum, [from, to]) => sum + to - from, 0);
        expect(total).toBeCloseTo(
          before.reduce((sum, [from, to]) => sum + to - from, 0),
          6,
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('a crossfade of stretched clips', () => {
  test('is as long as their overlap, and leaves what they play where it was', async () => {
    const overlaps = fc.double({ min: 0.01, max: 0.3, noNaN: true });
    const lengths = fc.option(fc.double({ min: 0.01, max: 0.3, noNaN: true }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(bases, clips, clips, overlaps, lengths, async (timebase, one, two, overlap, duration) => {
        const { lane, id } = await laneWith(timebase, { ...one, play_position: one.play_position + 1 });
        const first = frames(lane, id);
        const play_position = first.tempo.fromSeconds(first.end / rate - overlap);
        const where = { timeline_id: lane.timelineId, audio_file_id: lane.fileId };
        const [other = ''] = await lane.edit({ cmd: 'ADD_CLIP', ...where, ...two, play_position });
        const second = frames(lane, other);
        fc.pre(first.end - first.start > 40_000 && second.end - second.start > 40_000);
        const length = duration === undefined ? {} : { duration };
        const reply = await lane.session.dispatch({ cmd: 'CROSSFADE_CLIPS', clip_ids: [id, other], ...length });
        // What the files do not hold cannot fade.
        fc.pre(reply.ok || duration === undefined);
        expect(reply.ok).toBe(true);
        const [before, after] = [frames(lane, id), frames(lane, other)];
        expect(before.of(before.first)).toBeCloseTo(first.of(before.first), 4);
        expect(after.of(after.first)).toBeCloseTo(second.of(after.first), 4);
        expect(before.clip.fade_out).toBe(after.clip.fade_in);
        expect(Math.abs(before.end - after.start - before.clip.fade_out * rate)).toBeLessThan(1);
        const wanted = (duration ?? overlap) * rate;
        expect(Math.abs(before.end - after.start - wanted)).toBeLessThan(1 + first.stretch + second.stretch);
      }),
      { numRuns: 100 },
    );
  });
});
