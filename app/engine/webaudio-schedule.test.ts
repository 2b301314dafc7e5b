import { describe, expect, it } from 'vitest';
import type { EngineTrigger } from './audio-engine.ts';
import { choiceOf } from './choice.ts';
import { clipOf, noiseFile } from './testing/sessions.ts';
import { Playhead } from './webaudio-schedule.ts';
import { type Arrival, TriggerRun } from './webaudio-triggers.ts';

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

  it('stands where it will begin until it does, and moves on the way there when it was under way before', () => {
    expect(new Playhead(10, 3, null).position(9.5)).toBe(3);
    const moving = new Playhead(10, 3, null, undefined, true);
    expect([9.5, 10, 10.5].map((time) => moving.position(time))).toEqual([2.5, 3, 3.5]);
  });

  it('passes a loop that lies behind it', () => {
    const playhead = new Playhead(0, 2, { start: 0.25, end: 1 });
    expect(told(playhead, [clip('a', 2.5)], 3)).toEqual([['a', 0.5, 1.5, 2.5]]);
    expect(playhead.position(5)).toBe(7);
  });

  const run = (...triggers: EngineTrigger[]) => new TriggerRun(triggers);
  const jump = (id: string, atSeconds: number, seconds: number): EngineTrigger => ({
    id,
    atSeconds,
    action: { type: 'jump', seconds },
  });

  it('goes on from where a trigger leads, and does not fire the one it lands on', () => {
    const playhead = new Playhead(10, 0, null, run(jump('there', 0.5, 2), jump('on', 2, 5), jump('back', 2.5, 0)));
    const arrivals: Arrival[] = [];
    const planned = playhead.plan([clip('a', 0), clip('b', 2)], 11.2, { onArrival: (one) => arrivals.push(one) });
    expect(planned.map(({ timed, span }) => [timed.clip.id, span.at, span.until, span.position])).toEqual([
      ['a', 10, 10.5, 0],
      ['b', 10.5, 11, 2],
      ['a', 11, 11.5, 0],
    ]);
    expect(arrivals.map(({ trigger, at }) => [trigger.id, at])).toEqual([
      ['there', 10.5],
      ['back', 11],
    ]);
    expect(playhead.position(10.75)).toBe(2.25);
  });

  it('stops where a trigger says so', () => {
    const playhead = new Playhead(0, 0, null, run({ id: 'end', atSeconds: 0.25, action: { type: 'stop' } }));
    expect(told(playhead, [clip('a', 0), clip('b', 0.5)], 2)).toEqual([['a', 0, 0.25, 0]]);
    expect(playhead.end).toBe(0.25);
    expect(playhead.position(2)).toBe(0.25);
  });

  it('chooses as the engine does, and fires as often as it may', () => {
    const choices = [1, 2, 3, 4];
    const playhead = new Playhead(
      0,
      0,
      null,
      run(
        ...[0, ...choices].map(
          (start): EngineTrigger => ({
            id: `after ${start}`,
            atSeconds: start + 0.5,
            action: { type: 'choose', seconds: choices, seed: start },
            times: 3,
          }),
        ),
      ),
    );
    const fired: string[] = [];
    playhead.plan([], 100, { onArrival: ({ trigger }) => fired.push(trigger.id) });
    const expected: string[] = [];
    const counts = new Map<number, number>();
    for (let place = 0; (counts.get(place) ?? 0) < 3; ) {
      expected.push(`after ${place}`);
      const firing = counts.get(place) ?? 0;
      counts.set(place, firing + 1);
      place = choices[choiceOf(place, firing, choices.length)] ?? 0;
    }
    expect(fired.slice(0, expected.length)).toEqual(expected);
  });

  it('leaves a cycle without length to the next plan', () => {
    const playhead = new Playhead(0, 0, null, run(jump('again', 1, 0.9999)));
    let fired = 0;
    playhead.plan([], 1000, { onArrival: () => fired++ });
    expect(fired).toBe(256);
  });
});
