// What a tempo or a time signature typed at the playhead makes of the tempo map.
import { describe, expect, test } from 'vitest';
import { TempoMap } from '../../core/tempo.ts';
import type { TempoSegment } from '../../protocol/kinds.ts';
import { withSignatureAt, withTempoAt } from './tempo-edit.ts';

const segment = (start_position: number, bpm: number, time_signature = '4/4'): TempoSegment => ({
  start_position,
  bpm,
  time_signature,
});
const ramp = (start_position: number, bpm: number): TempoSegment => ({
  ...segment(start_position, bpm),
  curve: 'linear',
});
const bpmAt = (tempo_segments: TempoSegment[], beats: number): number =>
  new TempoMap({ timebase: 'beats', tempo_segments }).bpmAt(beats);

describe('a tempo', () => {
  test('becomes that of the segment at the playhead', () => {
    const segments = [segment(0, 100), segment(8, 120), segment(16, 140)];
    expect(withTempoAt(segments, 12, 90).map(({ bpm }) => bpm)).toEqual([100, 90, 140]);
    expect(withTempoAt(segments, 16, 90).map(({ bpm }) => bpm)).toEqual([100, 120, 90]);
    expect(withTempoAt(segments, 0, 90).map(({ bpm }) => bpm)).toEqual([90, 120, 140]);
  });

  test('inside a ramp becomes a point of it, and the ramp goes on from there', () => {
    const changed = withTempoAt([ramp(0, 60), segment(16, 120)], 8, 100);
    expect([0, 4, 8, 12, 16].map((beats) => bpmAt(changed, beats))).toEqual([60, 80, 100, 110, 120]);
  });

  test('at the start of a ramp, and after the last one, moves no more than its segment', () => {
    expect(withTempoAt([ramp(0, 60), segment(16, 120)], 0, 80)).toEqual([ramp(0, 80), segment(16, 120)]);
    expect(withTempoAt([ramp(0, 60), ramp(16, 120)], 20, 80)).toEqual([ramp(0, 60), ramp(16, 80)]);
  });
});

test('a time signature holds from where the one before it began to where that ended', () => {
  const segments = [segment(0, 100), segment(8, 100, '3/4'), segment(11, 120, '3/4'), segment(14, 90)];
  const signatures = (position: number): string[] =>
    withSignatureAt(segments, position, '7/8').map(({ time_signature }) => time_signature);
  expect(signatures(12)).toEqual(['4/4', '7/8', '7/8', '4/4']);
  expect(signatures(9)).toEqual(['4/4', '7/8', '7/8', '4/4']);
  expect(signatures(20)).toEqual(['4/4', '3/4', '3/4', '7/8']);
  expect(signatures(0)).toEqual(['7/8', '3/4', '3/4', '4/4']);
});
