import { describe, expect, it } from 'vitest';
import { clipOf, noiseFile } from './testing/sessions.ts';
import { Playhead } from './webaudio-schedule.ts';

const file = noiseFile(1, 48_000, 1, 48_000);
const clip = (id: string, startSeconds: number) => ({ clip: clipOf(file, id, { startSeconds }), sampleRate: 48_000 });
const told = (playhead: Playhead, clips: ReturnType<typeof clip>[], horizon: number) =>
  playhead.plan(clips, horizon).map(({ timed, span }) => [timed.clip.id, span.at, span.until, span.position]);

describe('Playhead', () => {
  it('plans each clip once, as it comes within the horizon', () => {
    const playhead = new Playhead(10, 0, null);
    const clips = [clip('a', 0.5), clip('b', 2)];
    expect(told(playhead, clips, 11)).toEqual([['a', 10.5, 11.5, 0.5]]);
    expect(told(playhead, clips, 11.5)).toEqual([]);
    expect(told(playhead, clips, 13)).toEqual([['b', 12, 13, 2]]);
  });

  it('enters what already sounds where playing begins', () => {
    expect(told(new Playhead(10, 0.75, null), [clip('a', 0.5)], 10.1)).toEqual([['a', 10, 10.75, 0.75]]);
  });

  it('cuts at the loop’s end and enters again at its start', () => {
    const playhead = new Playhead(0, 0.5, { start: 0.25, end: 1 });
    expect(told(playhead, [clip('a', 0)], 1)).toEqual([
      ['a', 0, 0.5, 0.5],
      ['a', 0.5, 1.25, 0.25],
    ]);
    expect(playhead.position(0.25)).toBe(0.75);
    expect(playhead.position(0.75)).toBe(0.5);
    expect(playhead.position(1.25)).toBe(1);
  });

  it('passes a loop that lies behind it', () => {
    const playhead = new Playhead(0, 2, { start: 0.25, end: 1 });
    expect(told(playhead, [clip('a', 2.5)], 3)).toEqual([['a', 0.5, 1.5, 2.5]]);
    expect(playhead.position(5)).toBe(7);
  });
});
