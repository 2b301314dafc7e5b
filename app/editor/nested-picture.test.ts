// Nested timelines as they are drawn: length, repeats, depth, and beats of the parent.
import { expect, test } from 'vitest';
import { TempoMap } from '../core/tempo.ts';
import type { AtomeObject, TimelineAtome, TimelineClipAtome, TimelineMarkerAtome } from '../protocol/kinds.ts';
import { NestedPictures } from './nested-picture.ts';
import { clip, file } from './testing/fixtures.ts';

const segments = (bpm: number) => [{ start_position: 0, bpm, time_signature: '4/4' }];

const timeline = (id: string, bpm = 60): TimelineAtome => ({
  id,
  kind: 'TimelineAtome',
  project_id: 'project',
  name: id,
  type: 'audio',
  timebase: 'beats',
  tempo_segments: segments(bpm),
  loop: null,
  loop_enabled: false,
});

const marker = (id: string, time: number): TimelineMarkerAtome => ({
  id,
  kind: 'TimelineMarkerAtome',
  timeline_id: 'inner',
  time,
  timebase: 'beats',
  name: id,
  tags: [],
});

const nested = (more: Partial<TimelineClipAtome> = {}): TimelineClipAtome => ({
  id: 'nested',
  kind: 'TimelineClipAtome',
  project_id: 'project',
  timeline_id: 'outer',
  nested_timeline_id: 'inner',
  name: 'Inner',
  color: 0,
  play_position: 4,
  start_marker_id: null,
  end_marker_id: null,
  loop_markers: null,
  duration: null,
  tempo: 'own',
  group_id: null,
  gain: 1,
  muted: false,
  solo: false,
  ...more,
});

/** Inner, 60 bpm: 1 s to 3 s, and 4 s to 5 s on another lane. */
const inner: AtomeObject[] = [
  file,
  timeline('inner'),
  clip('a', 'one', 1, 0, 2, { timeline_id: 'inner' }),
  clip('b', 'two', 4, 0, 1, { timeline_id: 'inner' }),
  marker('m1', 1),
  marker('m3', 3),
];
const outer = new TempoMap({ timebase: 'beats', tempo_segments: segments(120) });
const picture = (shown: TimelineClipAtome, more: AtomeObject[] = []) =>
  new NestedPictures(Object.fromEntries([...inner, ...more].map((object) => [object.id, object]))).of(shown, outer);

test('the whole content, lane by lane', () => {
  expect(picture(nested())).toEqual({
    length: 5,
    rows: 2,
    repeats: [],
    blocks: [
      { from: 1, to: 3, row: 0 },
      { from: 4, to: 5, row: 1 },
    ],
  });
});

test('between two markers, and no longer than its own length', () => {
  const shown = picture(nested({ start_marker_id: 'm1', end_marker_id: 'm3', duration: 2 }));
  expect(shown).toMatchObject({ length: 1, blocks: [{ from: 0, to: 1, row: 0 }] });
});

test('repeats until its length is over, or four times where nothing ends it', () => {
  const loop_markers = { start_marker_id: 'm1', end_marker_id: 'm3' };
  const shown = picture(nested({ loop_markers, duration: 16 }));
  expect(shown.length).toBe(8);
  expect(shown.repeats).toEqual([3, 5, 7]);
  expect(shown.blocks.at(-1)).toEqual({ from: 7, to: 8, row: 0 });
  expect(picture(nested({ loop_markers })).repeats).toEqual([3, 5, 7]);
});

test('what is stretched inside is as long as it sounds', () => {
  const slow = clip('b', 'two', 4, 0, 1, { timeline_id: 'inner', stretch_algo: 'bungee', stretch_ratio: 2.5 });
  expect(picture(nested(), [slow])).toMatchObject({ length: 6.5, blocks: [{}, { from: 4, to: 6.5, row: 1 }] });
});

test('with the parent’s tempo its beats are the parent’s', () => {
  const shown = picture(nested({ tempo: 'parent' }));
  expect(shown.length).toBeCloseTo(2.5, 9);
  expect(shown.blocks[0]?.from).toBeCloseTo(0.5, 9);
});

test('a timeline in a timeline, and one that is gone', () => {
  const deeper = nested({ id: 'deep', timeline_id: 'middle', play_position: 0 });
  const shown = picture(nested({ nested_timeline_id: 'middle' }), [timeline('middle'), deeper]);
  expect(shown).toMatchObject({ length: 5, blocks: [{ from: 0, to: 5, row: 0 }] });
  expect(picture(nested({ nested_timeline_id: 'gone' }))).toMatchObject({ length: 0, blocks: [] });
});
