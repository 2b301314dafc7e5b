// Nested timelines in the page: what is rendered is what is heard, on exact frames, through edits and undo.
import type { AudioFileAtome } from '../app/protocol/kinds.ts';
import { expect, test } from './support/fixtures.ts';
import { differences, type Sound, soundingRange } from './support/sound.ts';
import { Studio } from './support/studio.ts';
import { noise } from './support/wav.ts';

const rate = 48_000;

/** A timeline in seconds with clips of a file at these places. */
async function timelineOf(studio: Studio, file: AudioFileAtome, ...places: readonly number[]): Promise<string> {
  return (await studio.arrange(places.map((at) => ({ file, at })))).timeline;
}

async function nest(studio: Studio, parent: string, nested: string, at: number, more: object = {}): Promise<string> {
  const place = { timeline_id: parent, nested_timeline_id: nested, play_position: at };
  const [id = ''] = await studio.run({ cmd: 'ADD_NESTED_TIMELINE', ...place, ...more });
  return id;
}

async function marker(studio: Studio, timeline_id: string, time: number): Promise<string> {
  const [id = ''] = await studio.run({ cmd: 'ADD_MARKER', timeline_id, time });
  return id;
}

/** Frames at which the sound of a file begins in silence. */
function startsIn([left]: Sound): number[] {
  const starts: number[] = [];
  let silent = 64;
  for (const [frame, sample] of (left ?? []).entries()) {
    if (sample !== 0 && silent >= 64) starts.push(frame);
    silent = sample === 0 ? silent + 1 : 0;
  }
  return starts;
}

test('a timeline inside a timeline inside a timeline starts its clips on exact frames, live as rendered', async ({
  page,
}) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('tick.wav', 4_801, 5));
  const inner = await timelineOf(studio, file, 0, 0.25);
  const middle = await timelineOf(studio, file, 0.5);
  const top = await timelineOf(studio, file);
  await nest(studio, middle, inner, 1);
  const [start_marker_id, end_marker_id] = [await marker(studio, middle, 0.5), await marker(studio, middle, 1.5)];
  await nest(studio, top, middle, 0.125, {
    loop_markers: { start_marker_id, end_marker_id },
    start_marker_id,
    duration: 2,
  });
  const rendered = await studio.render(top, { from: 0, to: 3 });
  const expected = [0, 0.5, 0.75, 1, 1.5, 1.75].map((seconds) => (seconds + 0.125) * rate);
  expect(startsIn(rendered)).toEqual(expected);

  await studio.startSound();
  const heard = await studio.record(4 * rate, { cmd: 'TIMELINE_PLAY', timeline_id: top, start: 0 });
  const { first } = soundingRange(heard.channels);
  expect(differences(heard.channels, first, rendered, expected[0] ?? 0, 2 * rate)).toBe(0);
});

test('an edit inside is heard through its parent, and gone when it is undone', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('tick.wav', 4_800, 5));
  const inner = await timelineOf(studio, file, 0);
  const top = await timelineOf(studio, file);
  const nested = await nest(studio, top, inner, 1);
  const starts = async (): Promise<number[]> => startsIn(await studio.render(top, { from: 0, to: 3 }));
  await studio.run({ cmd: 'ADD_CLIP', timeline_id: inner, audio_file_id: file.id, play_position: 0.5 });
  expect(await starts()).toEqual([rate, 1.5 * rate]);
  await studio.run({ cmd: 'SET_OBJECT', id: nested, properties: { play_position: 0.25 } });
  expect(await starts()).toEqual([0.25 * rate, 0.75 * rate]);
  await studio.run({ cmd: 'SET_OBJECT', id: nested, properties: { muted: true } });
  expect(await starts()).toEqual([]);
  await studio.run({ cmd: 'UNDO' });
  await studio.run({ cmd: 'UNDO' });
  await studio.run({ cmd: 'UNDO' });
  expect(await starts()).toEqual([rate]);
});

test('a circle is refused by the names of its timelines', async ({ page }) => {
  const studio = await Studio.open(page);
  const make = async (name: string): Promise<string> =>
    (await studio.run({ cmd: 'CREATE_TIMELINE', name, type: 'audio', timebase: 'beats' }))[0] ?? '';
  const [song, chorus] = [await make('Song'), await make('Chorus')];
  await nest(studio, song, chorus, 4);
  const circle = { timeline_id: chorus, nested_timeline_id: song, play_position: 0 };
  const reply = await studio.dispatch({ cmd: 'ADD_NESTED_TIMELINE', ...circle });
  expect(reply).toMatchObject({ ok: false, error: { name: 'ERR_CYCLE', msg: expect.stringContaining('“Chorus”') } });
});

test('scripts play, ask, loop and stop timelines by the names of the transport', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('long.wav', 4 * rate, 5));
  const timeline = await timelineOf(studio, file, 0);
  const [start_marker_id, end_marker_id] = [await marker(studio, timeline, 1), await marker(studio, timeline, 1.5)];
  await studio.startSound();
  const heard = await studio.atome.evaluate(
    async ({ services: { timelines } }, ids) => {
      const { timeline_id, start_marker_id, end_marker_id } = ids;
      const loop = await timelines.timeline_set_loop({ start_marker_id, end_marker_id });
      const start = { type: 'marker', value: start_marker_id } as const;
      const played = await timelines.timeline_play({ timeline_id, start, options: { stop_others: true } });
      const playing = await timelines.timeline_get_state({ timeline_id });
      const stopped = await timelines.timelineStop({ timeline_id });
      const still = await timelines.getState(timeline_id);
      const off = await timelines.timeline_set_loop({ timeline_id, loop: null });
      return { replies: [loop, played, stopped, off].map(({ ok }) => ok), playing, still };
    },
    { timeline_id: timeline, start_marker_id, end_marker_id },
  );
  expect(heard.replies).toEqual([true, true, true, true]);
  expect(heard.playing).toMatchObject({ playing: true, loop: { start: 1, end: 1.5 }, segment: null });
  expect(heard.still).toMatchObject({ playing: false });
  expect((await studio.state()).objects[timeline]).toMatchObject({ loop: null, loop_enabled: false });
});
