// BungeeNode in a real audio graph: how long, how high, how loud and where it sounds.
import { describe, expect, it } from 'vitest';
import { firstDifference, noise, residual, sine } from '../engine/testing/sounds.ts';
import { BungeeNode, BungeeSourceNode } from './bungee-node.ts';
import { BungeeSound, loadBungee } from './bungee-sounds.ts';
import { bungeeFiles, offlineContext, rate, renderSource } from './testing/bungee.ts';

/** First and last frame that are not silent. */
function soundingRange(samples: Float32Array): { first: number; last: number } {
  return {
    first: samples.findIndex((sample) => sample !== 0),
    last: samples.findLastIndex((sample) => sample !== 0),
  };
}

/** Hz of a sine, by its rises through zero. */
function frequencyOf(samples: Float32Array): number {
  const rises: number[] = [];
  for (let at = 1; at < samples.length; at++) {
    const [before, after] = [samples[at - 1] as number, samples[at] as number];
    if (before < 0 && after >= 0) rises.push(at - after / (after - before));
  }
  return ((rises.length - 1) * rate) / ((rises.at(-1) ?? 0) - (rises[0] ?? 0));
}

const cents = (hertz: number, expected: number): number => Math.abs(1200 * Math.log2(hertz / expected));

const level = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);

const loudest = (samples: Float32Array): number =>
  samples.reduce((best, sample, at) => (Math.abs(sample) > Math.abs(samples[best] ?? 0) ? at : best), 0);

/** Silence with clicks: single frames at full scale. */
function clicks(frames: number, ...places: number[]): Float32Array {
  const samples = new Float32Array(frames);
  for (const place of places) samples[place] = 1;
  return samples;
}

/** The largest difference between neighbours. */
function largestStep(samples: Float32Array): number {
  let largest = 0;
  for (let at = 1; at < samples.length; at++)
    largest = Math.max(largest, Math.abs((samples[at] as number) - (samples[at - 1] as number)));
  return largest;
}

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
    expect(cents(frequencyOf(heard.subarray(first + 2400, last - 2400)), 660 * 2 ** (pitch / 12))).toBeLessThan(0.2);
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

  it('is the sound reversed at speed -1, to the last bit', async () => {
    const samples = noise(20_000, 3);
    const [heard] = (await renderSource({ samples: [samples], seconds: 0.5, speed: -1, offset: 20_000 / rate })) as [
      Float32Array,
    ];
    const reversed = new Float32Array(heard.length);
    reversed.set(samples.toReversed());
    expect(firstDifference(heard, reversed)).toBe(-1);
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

  it('plays a sound of another rate as high and as long as it is', async () => {
    const samples = [sine(22_050, 44_100, 500)];
    const [heard] = (await renderSource({ samples, soundRate: 44_100, seconds: 1 })) as [Float32Array];
    expect(Math.abs(soundingRange(heard).last + 1 - 24_000)).toBeLessThanOrEqual(2);
    expect(cents(frequencyOf(heard.subarray(2400, 21_600)), 500)).toBeLessThan(0.2);
  });

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
    expect(cents(frequencyOf(heard.subarray(9600, 33_600)), 441)).toBeLessThan(5);
    expect(cents(frequencyOf(heard.subarray(43_200, 64_800)), 441)).toBeLessThan(5);
    const marked = [clicks(96_000, 36_000)];
    const [click] = (await renderSource({ samples: marked, seconds: 1.4, offset: 0.5, speed: 0, prepare })) as [
      Float32Array,
    ];
    // The hand is at 0.25 s beyond the offset after 0.4 s; it is heard within two grains.
    expect(Math.abs(loudest(click.subarray(0, 0.8 * rate)) - 0.4 * rate)).toBeLessThan(0.04 * rate);
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

describe('BungeeNode', () => {
  /** What an effect makes of a sound that comes in. */
  async function renderEffect(
    samples: readonly Float32Array[],
    options: ConstructorParameters<typeof BungeeNode>[1],
    prepare?: (node: BungeeNode) => void,
  ): Promise<{ output: Float32Array[]; delay: number }> {
    const frames = samples[0]?.length ?? 0;
    const context = await offlineContext(frames / rate + 0.3, samples.length);
    const source = context.createBufferSource();
    source.buffer = context.createBuffer(samples.length, frames, rate);
    for (const [channel, data] of samples.entries()) source.buffer.copyToChannel(new Float32Array(data), channel);
    const node = new BungeeNode(context, { channels: samples.length, ...options });
    prepare?.(node);
    source.connect(node).connect(context.destination);
    source.start();
    await node.settled();
    const rendered = await context.startRendering();
    return {
      output: samples.map((_, channel) => rendered.getChannelData(channel)),
      delay: Math.round(node.latency * rate),
    };
  }

  it('is the input at pitch 0, later by its latency and by nothing else', async () => {
    const samples = [noise(48_000, 1), noise(48_000, 2)];
    for (const lowestPitch of [0, -12, -24]) {
      const { output, delay } = await renderEffect(samples, { lowestPitch });
      expect(delay).toBeLessThan(0.065 * rate + -lowestPitch * 300);
      for (const [channel, heard] of output.entries())
        expect(firstDifference(heard.slice(delay, delay + 48_000), samples[channel] as Float32Array)).toBe(-1);
    }
  });

  it('shifts the pitch and keeps the time', async () => {
    const samples = [sine(48_000, rate, 440)];
    for (const pitch of [-12, -5, 3, 12]) {
      const { output, delay } = await renderEffect(samples, { pitch });
      const [heard] = output as [Float32Array];
      expect(cents(frequencyOf(heard.subarray(delay + 4800, delay + 43_200)), 440 * 2 ** (pitch / 12))).toBeLessThan(
        0.5,
      );
      const { output: clicked } = await renderEffect([clicks(48_000, 24_000)], { pitch });
      expect(Math.abs(loudest(clicked[0] as Float32Array) - delay - 24_000)).toBeLessThan(240);
    }
  });

  it('glides without a gap or a click', async () => {
    const samples = [sine(96_000, rate, 300, 0.5)];
    const { output, delay } = await renderEffect(samples, {}, (node) => {
      node.pitch.setValueAtTime(-12, 0.2);
      node.pitch.linearRampToValueAtTime(12, 1);
      node.pitch.linearRampToValueAtTime(-12, 1.8);
    });
    const heard = (output[0] as Float32Array).subarray(delay, delay + 90_000);
    expect(largestStep(heard)).toBeLessThan(1.5 * 0.5 * 2 * Math.sin((Math.PI * 600) / rate));
    for (let at = 4800; at + 2400 < heard.length; at += 2400)
      expect(level(heard.subarray(at, at + 2400))).toBeGreaterThan(0.3);
  });

  it('is loaded into a context once, however often it is asked', async () => {
    const context = await offlineContext(0.1);
    await Promise.all([loadBungee(context, await bungeeFiles()), loadBungee(context, await bungeeFiles())]);
    expect(() => new BungeeNode(context, { channels: 33 })).toThrow(RangeError);
    const node = new BungeeNode(context, {});
    await node.settled();
    expect(node.latency).toBeGreaterThan(0.05);
    node.end();
  });
});
