// What is shown where: starts, seeks and stops, whatever way the playhead came.
import { expect, test } from 'vitest';
import { TempoMap } from '../../core/tempo.ts';
import type { TimelineEventAtome } from '../../protocol/kinds.ts';
import { pictureAt, type VideoTrack, videoTrack } from './video-track.ts';

const one = '00000000-0000-4000-8000-000000000001';
const two = '00000000-0000-4000-8000-000000000002';
const tempo = new TempoMap({
  timebase: 'seconds',
  tempo_segments: [{ start_position: 0, bpm: 60, time_signature: '4/4' }],
});

function event(
  time: number,
  type: TimelineEventAtome['type'],
  payload: Record<string, unknown> = {},
  more: Partial<TimelineEventAtome> = {},
): TimelineEventAtome {
  return {
    id: `event ${time} ${type}`,
    kind: 'TimelineEventAtome',
    timeline_id: 'timeline',
    time,
    timebase: 'seconds',
    type,
    name: '',
    target_atome_id: null,
    target_clip_id: null,
    target_timeline_id: null,
    payload,
    muted: false,
    ...more,
  };
}

const durations = new Map([
  [one, 10],
  [two, 100],
]);
const at = (track: VideoTrack, place: number) => pictureAt(track, place, (id) => durations.get(id));

test('from its start event on a video runs along, until a stop or its own end', () => {
  const track = videoTrack([event(7, 'video_stop'), event(2, 'video_start', { media_file_id: one, offset: 3 })], tempo);
  expect(at(track, 1.999)).toBeUndefined();
  expect(at(track, 2)).toEqual({ mediaId: one, time: 3, rate: 1 });
  expect(at(track, 6.5)?.time).toBe(7.5);
  expect(at(track, 7)).toBeUndefined();
  const endless = videoTrack([event(2, 'video_start', { media_file_id: one, offset: 3 })], tempo);
  expect(at(endless, 8.999)?.time).toBeCloseTo(9.999, 9);
  expect(at(endless, 9)).toBeUndefined();
});

test('a rate stretches it; a seek moves inside what is shown and does nothing where nothing is', () => {
  const track = videoTrack(
    [
      event(0, 'video_seek', { to: 5 }),
      event(1, 'video_start', { media_file_id: two, rate: 2 }),
      event(3, 'video_seek', { to: 50 }),
    ],
    tempo,
  );
  expect(at(track, 0.5)).toBeUndefined();
  expect(at(track, 2)).toEqual({ mediaId: two, time: 2, rate: 2 });
  expect(at(track, 3)).toEqual({ mediaId: two, time: 50, rate: 2 });
  expect(at(track, 4)?.time).toBe(52);
});

test('another start takes over; muted events and payloads that do not fit do not happen', () => {
  const track = videoTrack(
    [
      event(0, 'video_start', { media_file_id: one }),
      event(1, 'video_start', { media_file_id: two }, { muted: true }),
      event(2, 'video_start', { media_file_id: 'none' }),
      event(3, 'video_seek', { to: -1 }),
      event(4, 'video_start', { media_file_id: two, offset: 20 }),
      event(5, 'ui_show'),
    ],
    tempo,
  );
  expect(at(track, 3.5)).toEqual({ mediaId: one, time: 3.5, rate: 1 });
  expect(at(track, 5)).toEqual({ mediaId: two, time: 21, rate: 1 });
});

test('events in beats lie where the tempo puts them, and a video that is gone is not shown', () => {
  const track = videoTrack([event(2, 'video_start', { media_file_id: one }, { timebase: 'beats' })], tempo);
  expect(at(track, 3)?.time).toBe(1);
  expect(pictureAt(track, 3, () => undefined)).toBeUndefined();
});
