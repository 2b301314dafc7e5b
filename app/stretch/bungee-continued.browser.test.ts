// Sources that go on from another one: the same samples where the place is the same, and no gap where it is not.
import { expect, it } from 'vitest';
import { largestStep, loudest, lowestLevel } from '../engine/testing/measures.ts';
import { firstDifference, noise, sine } from '../engine/testing/sounds.ts';
import { BungeeSourceNode } from './bungee-node.ts';
import { BungeeSound } from './bungee-sounds.ts';
import { offlineContext, rate, renderSource } from './testing/bungee.ts';

const seconds = 1;

interface Second {
  readonly when: number;
  readonly offset: number;
  readonly within?: number;
  readonly speed?: number;
  /** Context time at which it is told to start; default: before. */
  readonly told?: number;
}

/** A source from the first frame on, and one that continues it. @param stop of the first one */
async function renderBoth(samples: Float32Array, { speed = 0.8, pitch = 0, stop = seconds }, second: Second) {
  const context = await offlineContext(seconds);
  const sound = await BungeeSound.load(context, [new Float32Array(samples)], rate);
  const first = new BungeeSourceNode(context, { sound, speed, pitch });
  const within = second.within ?? 0;
  const next = new BungeeSourceNode(context, { sound, speed: second.speed ?? speed, pitch, continues: first, within });
  const level = new GainNode(context);
  first.connect(level).connect(context.destination);
  next.connect(context.destination);
  first.start();
  if (second.told === undefined) first.stop(stop);
  else {
    // As the other one fades in: over one quantum.
    const heard = Math.ceil((second.told * rate) / 128) * 128;
    level.gain.setValueAtTime(1, heard / rate);
    level.gain.linearRampToValueAtTime(0, (heard + 128) / rate);
  }
  const start = (): void => next.start(second.when, second.offset);
  if (second.told === undefined) start();
  else
    void context.suspend(second.told).then(async () => {
      start();
      await next.settled();
      return context.resume();
    });
  await Promise.all([first.settled(), next.settled()]);
  return (await context.startRendering()).getChannelData(0);
}

it.each([
  [0.8, 3, 14_400],
  [1.6, -5, 9_999],
  [-0.7, 0, 12_001],
])('at speed %d and pitch %d are the first one’s samples to the last bit', async (speed, pitch, frame) => {
  const samples = noise(rate, 3);
  const offset = speed < 0 ? 1 : 0;
  const context = await offlineContext(seconds);
  const sound = await BungeeSound.load(context, [new Float32Array(samples)], rate);
  const first = new BungeeSourceNode(context, { sound, speed, pitch });
  const next = new BungeeSourceNode(context, { sound, speed, pitch, continues: first });
  for (const node of [next, first]) node.connect(context.destination);
  const when = frame / rate;
  next.start(when, offset + when * speed);
  first.start(0, offset);
  first.stop(when);
  await Promise.all([first.settled(), next.settled()]);
  const heard = (await context.startRendering()).getChannelData(0);
  const [whole] = await renderSource({ samples: [samples], seconds, offset, speed, pitch });
  expect(firstDifference(heard, whole as Float32Array)).toBe(-1);
});

it.each([
  ['elsewhere', { when: 0.3, offset: 0.61, within: 1 }],
  ['at another speed', { when: 0.3, offset: 0.25, within: 1, speed: 1.3 }],
  ['late, as far off as they may be', { when: 0.28, offset: 0.6, told: 0.3 }],
])('that go on %s do so without a gap or a click', async (_name, second: Second) => {
  const [hertz, level] = [400, 0.5];
  const tone = sine(2 * rate, rate, hertz, level);
  const heard = await renderBoth(tone, { stop: 0.3 }, second);
  const around = heard.subarray(0.1 * rate, 0.7 * rate);
  expect(lowestLevel(around, 480)).toBeGreaterThan(0.8 * (level / Math.SQRT2));
  const rise = level * 2 * Math.sin((Math.PI * hertz) / rate);
  expect(largestStep(around)).toBeLessThan(1.5 * rise);
});

it('are where they should be within 45 ms', async () => {
  const click = new Float32Array(2 * rate);
  click[rate] = 1;
  const heard = await renderBoth(click, { speed: 0.8, stop: 0.3 }, { when: 0.3, offset: 1 - 0.8 * 0.05, within: 2 });
  expect(Math.abs(loudest(heard) - 0.35 * rate)).toBeLessThan(48);
});

it('begin anew where the first one is too far off', async () => {
  const samples = noise(rate, 3);
  const second = { when: 0.4, offset: 0.1 } as const;
  const heard = await renderBoth(samples, { stop: 0.4 }, second);
  const [alone] = (await renderSource({ samples: [samples], seconds, speed: 0.8, ...second })) as [Float32Array];
  expect(firstDifference(heard.subarray(0.4 * rate), alone.subarray(0.4 * rate))).toBe(-1);
});
