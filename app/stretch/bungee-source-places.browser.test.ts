// BungeeSourceNode in a real audio graph: where it sounds, early, late, backwards and led by a hand.
import { describe, expect, it } from 'vitest';
import { cents, frequencyOf, largestStep, level, loudest, soundingRange } from '../engine/testing/measures.ts';
import { clicks, firstDifference, noise, sine } from '../engine/testing/sounds.ts';
import { BungeeSourceNode } from './bungee-node.ts';
import { BungeeSound } from './bungee-sounds.ts';
import { offlineContext, rate, renderSource } from './testing/bungee.ts';

describe('BungeeSourceNode', () => {
  it('puts clicks where the speed wants them, forwards and backwards', async () => {
    const frames = 48_000;
    const samples = [clicks(frames, 12_000, 36_000)];
    for (const speed of [0.5, 0.8, 1.5]) {
      const [heard] = (await renderSource({ samples, seconds: 2, speed })) as [Float32Array];
      const middle = Math.round(24_000 / speed);
      expect(Math.abs(loudest(heard.subarray(0, middle)) - 12_000 / speed)).toBeLessThan(48);
      expect(Math.abs(middle + loudest(heard.subarray(middle)) - 36_000 / speed)).toBeLessThan(48);
    }
    const [backwards] = (await renderSource({ samples, seconds: 2, speed: -0.8, offset: 1 })) as [Float32Array];
    expect(Math.abs(loudest(backwards.subarray(0, 30_000)) - 12_000 / 0.8)).toBeLessThan(48);
    expect(Math.abs(30_000 + loudest(backwards.subarray(30_000)) - 36_000 / 0.8)).toBeLessThan(48);
  });

  it('plays so much of the sound as its duration says, and stops on the frame', async () => {
    const samples = [noise(48_000, 4)];
    const [part] = (await renderSource({ samples, seconds: 1, speed: 0.8, offset: 0.2, duration: 0.4 })) as [
      Float32Array,
    ];
    expect(Math.abs(soundingRange(part).last + 1 - rate * 0.5)).toBeLessThanOrEqual(2);
    const prepare = (node: BungeeSourceNode): void => {
      queueMicrotask(() => node.stop(0.3001));
    };
    const [stopped] = (await renderSource({ samples, seconds: 1, speed: 0.8, prepare })) as [Float32Array];
    expect(soundingRange(stopped).last + 1).toBe(Math.round(0.3001 * rate));
  });

  it('fades in at its place where it is started too late, and out where it is stopped too late', async () => {
    const hertz = 300;
    const samples = sine(48_000, rate, hertz, 0.5);
    const context = await offlineContext(1);
    const sound = await BungeeSound.load(context, [new Float32Array(samples)], rate);
    const node = new BungeeSourceNode(context, { sound });
    node.connect(context.destination);
    await node.settled();
    const at = async (seconds: number, act: () => void): Promise<void> => {
      await context.suspend(seconds);
      act();
      await node.settled();
      void context.resume();
    };
    void at(0.4, () => node.start(0.1));
    void at(0.7, () => node.stop(0.6));
    const heard = (await context.startRendering()).getChannelData(0);
    const { first, last } = soundingRange(heard);
    expect(first).toBeGreaterThanOrEqual(0.4 * rate);
    expect(first).toBeLessThan(0.4 * rate + 256);
    expect(last).toBeGreaterThanOrEqual(0.7 * rate);
    expect(last).toBeLessThan(0.7 * rate + 256);
    expect(largestStep(heard)).toBeLessThan(1.5 * 0.5 * 2 * Math.sin((Math.PI * hertz) / rate));
    const middle = heard.subarray(0.5 * rate, 0.6 * rate);
    expect(firstDifference(middle, samples.subarray(0.4 * rate, 0.5 * rate))).toBe(-1);
  });

  it.each([
    [0.7, 3],
    [1.6, -4],
  ])(
    'has the samples it would have in time when it is started a little late, at speed %d and pitch %d',
    async (speed, pitch) => {
      const samples = noise(48_000, 9);
      const [inTime] = (await renderSource({ samples: [samples], seconds: 0.6, when: 0.1, speed, pitch })) as [
        Float32Array,
      ];
      const context = await offlineContext(0.6);
      const sound = await BungeeSound.load(context, [new Float32Array(samples)], rate);
      const node = new BungeeSourceNode(context, { sound, speed, pitch });
      node.connect(context.destination);
      await node.settled();
      void context.suspend(0.2).then(async () => {
        node.start(0.1);
        await node.settled();
        return context.resume();
      });
      const late = (await context.startRendering()).getChannelData(0);
      expect(soundingRange(late).first).toBeGreaterThanOrEqual(0.2 * rate);
      const caughtUp = 0.24 * rate;
      expect(firstDifference(late.subarray(caughtUp), inTime.subarray(caughtUp))).toBe(-1);
    },
  );

  it('goes through zero and back without a click', async () => {
    const hertz = 300;
    const samples = [sine(96_000, rate, hertz, 0.5)];
    const prepare = (node: BungeeSourceNode): void => {
      node.speed.setValueAtTime(1.5, 0);
      node.speed.linearRampToValueAtTime(-1.5, 1.2);
      node.speed.linearRampToValueAtTime(1, 1.9);
    };
    const [heard] = (await renderSource({ samples, seconds: 2, offset: 0.3, speed: 1.5, prepare })) as [Float32Array];
    expect(level(heard.subarray(43_000, 53_000))).toBeGreaterThan(0.2);
    // A sine of this level rises by so much from frame to frame; a click would by far more.
    expect(largestStep(heard)).toBeLessThan(1.5 * 0.5 * 2 * Math.sin((Math.PI * hertz) / rate));
  });

  it('follows the position like a hand, with the pitch as it is', async () => {
    const samples = [sine(96_000, rate, 441, 0.5)];
    const prepare = (node: BungeeSourceNode): void => {
      node.position.setValueAtTime(0, 0);
      node.position.linearRampToValueAtTime(0.5, 0.8);
      node.position.linearRampToValueAtTime(0.1, 1.4);
    };
    const [heard] = (await renderSource({ samples, seconds: 1.4, offset: 0.5, speed: 0, prepare })) as [Float32Array];
    expect(cents(frequencyOf(heard.subarray(9600, 33_600), rate), 441)).toBeLessThan(5);
    expect(cents(frequencyOf(heard.subarray(43_200, 64_800), rate), 441)).toBeLessThan(5);
    const marked = [clicks(96_000, 36_000)];
    const [click] = (await renderSource({ samples: marked, seconds: 1.4, offset: 0.5, speed: 0, prepare })) as [
      Float32Array,
    ];
    // The hand is at 0.25 s beyond the offset after 0.4 s; it is heard within two grains.
    expect(Math.abs(loudest(click.subarray(0, 0.8 * rate)) - 0.4 * rate)).toBeLessThan(0.04 * rate);
  });
});
