// Places on the timeline in bars, as shown and as typed.
import { expect, it } from 'vitest';
import { TempoMap } from '../../core/tempo.ts';
import { barText, parseBars } from './position-text.ts';

const map = new TempoMap({
  timebase: 'beats',
  tempo_segments: [{ start_position: 0, bpm: 120, time_signature: '4/4' }],
});

it('counts bars and beats from one', () => {
  expect(barText(map, 0)).toBe('001.1.00');
  expect(barText(map, 5.25)).toBe('003.3.50');
});

it('shows the beat that a playhead was sent to, though its frame lies a little before it', () => {
  const odd = new TempoMap({
    timebase: 'beats',
    tempo_segments: [{ start_position: 0, bpm: 131, time_signature: '4/4' }],
  });
  for (let beats = 0; beats < 400; beats++) {
    const frame = Math.round(odd.beatsToSeconds(beats) * 48_000);
    expect(barText(odd, frame / 48_000)).toMatch(/^\d{3}\.[1-4]\.00$/);
  }
});

it('reads what it wrote, and less of it', () => {
  expect(parseBars(map, '003.3.50')).toBeCloseTo(5.25, 9);
  expect(parseBars(map, '3')).toBe(4);
  expect(parseBars(map, '3.2')).toBe(4.5);
});

it.each(['0', '3.0', 'a', '1:2', ''])('does not read %j', (typed) => {
  expect(parseBars(map, typed)).toBeUndefined();
});
