// BungeeSourceNode in a real audio graph: what it sounds like, how long, how high and how loud.
import { describe, expect, it } from 'vitest';
import { cents, frequencyOf, level, soundingRange } from '../engine/testing/measures.ts';
import { firstDifference, noise, residual, sine } from '../engine/testing/sounds.ts';
import { BungeeSourceNode } from './bungee-node.ts';
import { BungeeSound } from './bungee-sounds.ts';
import { offlineContext, rate, renderSource } from './testing/bungee.ts';

describe('BungeeSourceNode', () => {
  it('is the sound itself at speed 1 and pitch 0, on the frame it is started at', async () => {
    const samples = [noise(20_000, 1), noise(20_000, 2)];
    const heard = await renderSource({ samples, seconds: 0.6, when: 0.0501, offset: 0.01 });
    const start = Math.round(0.0501 * rate);
    for (const [channel, output] of heard.entries()) {
      const expected = new Float32Array(output.length);
      expected.set((samples[channel] as Float32Array).subarray(480), start);
      expect(firstDifference(output, expected)).toBe(-1);
    }
  });

  it.each([
    [0.5, 0],
    [0.8, 3],
    [1.7, -5],
    [-1.25, 0],
  ])('lasts as long as the sound at speed %d, and is as high as pitch %d says', async (speed, pitch) => {
    const frames = 30_000;
    const samples = [sine(frames, rate, 660)];
    const offset = speed < 0 ? frames / rate : 0;
    const [heard] = (await renderSource({ samples, seconds: 1.5, when: 0.1, offset, speed, pitch })) as [Float32Array];
    const { first, last } = soundingRange(heard);
    expect(Math.abs(first - 4800)).toBeLessThanOrEqual(1);
    expect(Math.abs(last + 1 - first - frames / Math.abs(speed))).toBeLessThanOrEqual(2);
    expect(cents(frequencyOf(heard.subarray(first + 2400, last - 2400), rate), 660 * 2 ** (pitch / 12))).toBeLessThan(
      0.2,
    );
  });

  it('is at full level from its first frames on, wherever it begins', async () => {
    const samples = [sine(60_000, rate, 997, 0.5)];
    for (const [speed, pitch] of [
      [0.6, 0],
      [1.4, 4],
      [0.25, -7],
    ] as const) {
      const [heard] = (await renderSource({ samples, seconds: 0.4, when: 0.1, offset: 0.5, speed, pitch })) as [
        Float32Array,
      ];
      expect(level(heard.subarray(0, 4800))).toBe(0);
      const decibels = 20 * Math.log10(level(heard.subarray(4800, 4800 + 960)) / (0.5 / Math.SQRT2));
      expect(Math.abs(decibels)).toBeLessThan(0.5);
    }
  });

  it('is the sound reversed at speed -1, to the last bit', async () => {
    const samples = noise(20_000, 3);
    const [heard] = (await renderSource({ samples: [samples], seconds: 0.5, speed: -1, offset: 20_000 / rate })) as [
      Float32Array,
    ];
    const reversed = new Float32Array(heard.length);
    reversed.set(samples.toReversed());
    expect(firstDifference(heard, reversed)).toBe(-1);
  });

  it('plays a sound of another rate as high and as long as it is', async () => {
    const samples = [sine(22_050, 44_100, 500)];
    const [heard] = (await renderSource({ samples, soundRate: 44_100, seconds: 1 })) as [Float32Array];
    expect(Math.abs(soundingRange(heard).last + 1 - 24_000)).toBeLessThanOrEqual(2);
    expect(cents(frequencyOf(heard.subarray(2400, 21_600), rate), 500)).toBeLessThan(0.2);
  });

  it('plays one sound in several places at once, and tells when each has ended', async () => {
    const context = await offlineContext(1);
    const sound = await BungeeSound.load(context, [noise(24_000, 7) as Float32Array<ArrayBuffer>], rate);
    const ended: string[] = [];
    const nodes = [1, 0.8].map((speed) => {
      const node = new BungeeSourceNode(context, { sound, speed });
      node.onended = () => ended.push(`${speed}`);
      node.connect(context.destination);
      node.start(0.1);
      return node;
    });
    await Promise.all(nodes.map((node) => node.settled()));
    const [whole] = [(await context.startRendering()).getChannelData(0)];
    await expect.poll(() => ended).toEqual(['1', '0.8']);
    const alone = [await renderSource({ samples: [noise(24_000, 7)], seconds: 1, when: 0.1 })];
    alone.push(await renderSource({ samples: [noise(24_000, 7)], seconds: 1, when: 0.1, speed: 0.8 }));
    const sum = whole.map((_, frame) => alone.reduce((total, [channel]) => total + (channel?.[frame] ?? 0), 0));
    expect(residual(whole, sum)).toBeLessThan(-140);
  });

  it('leaves a voice’s resonances where they are when it is asked to', async () => {
    // Pulses of 120 Hz through a resonance at 1 kHz.
    const voice = new Float32Array(48_000);
    const [radius, angle] = [0.985, (2 * Math.PI * 1000) / rate];
    for (let at = 0; at < voice.length; at++) {
      const back = (frames: number): number => voice[at - frames] ?? 0;
      voice[at] = (at % 400 === 0 ? 0.2 : 0) + 2 * radius * Math.cos(angle) * back(1) - radius ** 2 * back(2);
    }
    const brightness = async (options: { pitch: number; formants?: boolean }): Promise<number> => {
      const [heard] = (await renderSource({ samples: [voice], seconds: 0.5, ...options })) as [Float32Array];
      const energy = (hertz: number): number => {
        let [re, im] = [0, 0];
        for (const [at, sample] of heard.entries()) {
          re += sample * Math.cos((2 * Math.PI * hertz * at) / rate);
          im += sample * Math.sin((2 * Math.PI * hertz * at) / rate);
        }
        return re ** 2 + im ** 2;
      };
      let [weighed, whole] = [0, 0];
      for (let hertz = 180; hertz < 3000; hertz += 180) {
        weighed += hertz * energy(hertz);
        whole += energy(hertz);
      }
      return weighed / whole;
    };
    expect(await brightness({ pitch: 12 * Math.log2(1.5) })).toBeGreaterThan(1350);
    expect(await brightness({ pitch: 12 * Math.log2(1.5), formants: true })).toBeLessThan(1150);
  });

  it('refuses what makes no sense', async () => {
    const context = await offlineContext(0.1);
    const sound = await BungeeSound.load(context, [new Float32Array(1000)], rate);
    const node = new BungeeSourceNode(context, { sound });
    expect(() => node.stop()).toThrow(/start it first/);
    expect(() => node.start(-1)).toThrow(RangeError);
    node.start();
    expect(() => node.start()).toThrow(/plays once/);
    const other = await offlineContext(0.1);
    expect(() => new BungeeSourceNode(other, { sound })).toThrow(/another context/);
    const bare = new OfflineAudioContext(1, 128, rate);
    await expect(BungeeSound.load(bare, [new Float32Array(10)], rate)).rejects.toThrow(/loadBungee/);
    await expect(BungeeSound.load(context, [], rate)).rejects.toThrow(RangeError);
    await expect(BungeeSound.load(context, [new Float32Array(10)], 4000)).rejects.toThrow(/4000 Hz/);
  });
});
