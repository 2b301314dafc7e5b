// Follow actions, segments and cues in the page, live: what follows starts on the very next frame.
import { expect, test } from './support/fixtures.ts';
import { differences, type Sound, soundingRange } from './support/sound.ts';
import { Studio } from './support/studio.ts';
import { noise } from './support/wav.ts';

const rate = 48_000;
/** Frames of three files; no whole number of quanta. */
const lengths = [10_001, 7_003, 12_345];

/** Clips of three files, seconds apart, in one lane; with what each of them sounds like. */
async function lane(studio: Studio) {
  const files = [];
  for (const [index, frames] of lengths.entries())
    files.push(await studio.importFile(noise(`${index}.wav`, frames, index + 1)));
  const { timeline, clips } = await studio.arrange(files.map((file, index) => ({ file, at: 2 * index })));
  const [group_id = ''] = await studio.run({ cmd: 'CREATE_GROUP', timeline_id: timeline, name: 'Lane' });
  await studio.run({ cmd: 'GROUP_CLIPS', clip_ids: [...clips], group_id });
  const sounds: Sound[] = [];
  for (const [index, frames] of lengths.entries()) {
    const from = 2 * index;
    sounds.push(await studio.render(timeline, { from, to: from + frames / rate }));
  }
  return { timeline, clips, group_id, sounds };
}

/** Sounds one after the other. */
const chained = (sounds: readonly Sound[], order: readonly number[]): Sound =>
  [0, 1].map((channel) => {
    const parts = order.map((index) => sounds[index]?.[channel] ?? new Float32Array());
    const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  });

test('the clips of a lane follow each other round and round, without a gap or an overlap', async ({ page }) => {
  const studio = await Studio.open(page);
  const { timeline, group_id, sounds } = await lane(studio);
  await studio.run({ cmd: 'ADD_FOLLOW_ACTION', scope: 'group', target_id: group_id, action_type: 'PlayNextClip' });
  await studio.startSound();
  const heard = await studio.record(4 * rate, { cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  const { first } = soundingRange(heard.channels);
  const expected = chained(sounds, [0, 1, 2, 0, 1, 2, 0, 1, 2]);
  expect(differences(heard.channels, first, expected, 0, 80_000)).toBe(0);
});

test('a timeline starts another one on the frame on which it ends, and the state shows it', async ({ page }) => {
  const studio = await Studio.open(page);
  const { timeline, clips, sounds } = await lane(studio);
  await studio.run({ cmd: 'REMOVE_CLIPS', clip_ids: clips.slice(1) });
  const [file] = await studio.files();
  const { timeline: next } = await studio.arrange(file ? [{ file, at: 0 }] : []);
  const params = { timeline_id: next };
  await studio.run({
    cmd: 'ADD_FOLLOW_ACTION',
    scope: 'timeline',
    target_id: timeline,
    action_type: 'PlayTimeline',
    params,
  });
  await studio.startSound();
  const heard = await studio.record(2 * rate, { cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  const { first } = soundingRange(heard.channels);
  const expected = chained([...sounds, await studio.render(next, { from: 0, to: 0.1 })], [0, 3]);
  expect(differences(heard.channels, first, expected, 0, (lengths[0] ?? 0) + 4_800)).toBe(0);
  await expect
    .poll(async () => (await studio.state()).timelines)
    .toMatchObject({ [timeline]: { playing: false, position: (lengths[0] ?? 0) / rate }, [next]: { playing: true } });
});

test('a segment between markers plays once, exactly, and leaves the stored loop alone', async ({ page }) => {
  const studio = await Studio.open(page);
  const { timeline, sounds } = await lane(studio);
  await studio.run({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timeline, loop: { start: 2, end: 2.0625 } });
  const ids = { timeline_id: timeline };
  const [start_marker_id = ''] = await studio.run({ cmd: 'ADD_MARKER', ...ids, time: 2 });
  const [end_marker_id = ''] = await studio.run({ cmd: 'ADD_MARKER', ...ids, time: 2.125 });
  await studio.startSound();
  const heard = await studio.record(rate, { cmd: 'PLAY_MARKER_SEGMENT', ...ids, start_marker_id, end_marker_id });
  const { first, last } = soundingRange(heard.channels);
  expect(differences(heard.channels, first, sounds[1] ?? [], 0, 6_000)).toBe(0);
  // What is cut off fades within 128 frames.
  expect(last - first).toBeLessThan(6_000 + 128);
  await expect
    .poll(async () => (await studio.state()).timelines[timeline])
    .toEqual({ playing: false, position: 2.125, segment: null });
  expect((await studio.state()).objects[timeline]).toMatchObject({
    loop: { start: 2, end: 2.0625 },
    loop_enabled: true,
  });
});

test('a file plays on a timeline of its own, which keeps its markers', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('asset.wav', rate, 7));
  await studio.startSound();
  const reply = await studio.dispatch({ cmd: 'PLAY_ASSET_AS_TIMELINE', audio_file_id: file.id });
  expect(reply).toMatchObject({ ok: true });
  const { timeline_id, marker_set_id } = (reply as { result: Record<string, string> }).result;
  const { objects, timelines } = await studio.state();
  expect(objects[marker_set_id ?? '']).toMatchObject({
    kind: 'AudioRefTimelineAtome',
    audio_file_id: file.id,
    timeline_id,
  });
  expect(timelines[timeline_id ?? '']).toMatchObject({ playing: true });
});
