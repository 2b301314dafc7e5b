// Where clips end: the session, which edits, and the engine, which plays, have to mean the same.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EditCommand } from '../protocol/commands.ts';
import type { Timebase, TimelineAtome } from '../protocol/kinds.ts';
import { anyClipsOf } from '../session/any-clips.ts';
import { PlayedEnds } from '../session/played-end.ts';
import { addTestFile, createdBy, openTestSession } from '../session/testing/fixtures.ts';
import { ContentEnds } from './content-end.ts';

const places = fc.integer({ min: 0, max: 64 }).map((eighths) => eighths / 8);
const bpm = fc.integer({ min: 40, max: 240 });
const sound = fc.record({
  play_position: places,
  start_offset: fc.double({ min: 0, max: 4, noNaN: true }),
  end_offset: fc.double({ min: 5, max: 10, noNaN: true }),
  stretch_ratio: fc.double({ min: 0.1, max: 10, noNaN: true }),
  stretch_algo: fc.constantFrom('bungee' as const, 'none' as const),
});
const nesting = fc.record({
  play_position: places,
  tempo: fc.constantFrom('own' as const, 'parent' as const),
  duration: fc.option(places.map((length) => length + 1)),
  start: fc.option(places),
  end: fc.option(places),
  loop: fc.option(fc.tuple(places, places)),
});
const timeline = fc.record({
  timebase: fc.constantFrom<Timebase>('seconds', 'beats'),
  tempi: fc.tuple(bpm, places, bpm, fc.constantFrom('step' as const, 'linear' as const)),
  sounds: fc.array(sound, { maxLength: 3 }),
  /** How it plays the timeline before it in the list. */
  nested: fc.array(nesting, { maxLength: 2 }),
  end: fc.option(places, { freq: 5 }),
  /** Whether it stops itself somewhere. */
  stops: fc.boolean(),
});

test('the session and the engine agree on where clips end, stretched, nested and at any tempo', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(timeline, { minLength: 2, maxLength: 4 }), async (timelines) => {
      const { session } = await openTestSession();
      const file = await addTestFile(session);
      const made = async (command: EditCommand): Promise<string> => createdBy(await session.dispatch(command))[0] ?? '';
      let before: string | undefined;
      for (const { timebase, tempi, sounds, nested, end, stops } of timelines) {
        const [bpm, start, later, curve] = tempi;
        const id = await made({ cmd: 'CREATE_TIMELINE', name: 'Song', type: 'mixed', timebase, bpm });
        const first = { start_position: 0, bpm, time_signature: '4/4', curve };
        const second = { start_position: start + 1, bpm: later, time_signature: '3/4' };
        await made({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: id, segments: [first, second] });
        for (const clip of sounds) await made({ cmd: 'ADD_CLIP', timeline_id: id, audio_file_id: file, ...clip });
        for (const { start, end, loop, ...clip } of before === undefined ? [] : nested) {
          const inner = before ?? '';
          const mark = (time: number | null): Promise<string> | null =>
            time === null ? null : made({ cmd: 'ADD_MARKER', timeline_id: inner, time });
          const markers = loop && {
            start_marker_id: (await mark(loop[0])) ?? '',
            end_marker_id: (await mark(loop[1])) ?? '',
          };
          await made({
            cmd: 'ADD_NESTED_TIMELINE',
            timeline_id: id,
            nested_timeline_id: inner,
            start_marker_id: await mark(start),
            end_marker_id: await mark(end),
            loop_markers: markers,
            ...clip,
          });
        }
        if (end !== null) await made({ cmd: 'ADD_MARKER', timeline_id: id, time: end, tags: ['end'] });
        if (stops) await made({ cmd: 'ADD_FOLLOW_ACTION', scope: 'timeline', target_id: id, action_type: 'Stop' });
        before = id;
      }
      for (const object of session.objects.ofKind('TimelineAtome')) {
        for (const clip of anyClipsOf(session.objects, object.id)) {
          const played = new ContentEnds(session.objects, 'for ever').spanOf(object as TimelineAtome, clip).end;
          const edited = new PlayedEnds(session.objects).of(object as TimelineAtome, clip);
          // The engine puts every start on the grid of its file's frames.
          expect(Math.abs(edited === played ? 0 : edited - played)).toBeLessThan(1e-4);
          compared++;
        }
      }
    }),
    { numRuns: 150 },
  );
  expect(compared).toBeGreaterThan(150);
});
