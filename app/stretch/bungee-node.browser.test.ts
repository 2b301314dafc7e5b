// BungeeNode in a real audio graph: the input, shifted and late by as much as it says.
import { describe, expect, it } from 'vitest';
import { cents, frequencyOf, largestStep, level, loudest } from '../engine/testing/measures.ts';
import { clicks, firstDifference, noise, sine } from '../engine/testing/sounds.ts';
import { BungeeNode } from './bungee-node.ts';
import { loadBungee } from './bungee-sounds.ts';
import { bungeeFiles, offlineContext, rate } from './testing/bungee.ts';

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
      expect(
        cents(frequencyOf(heard.subarray(delay + 4800, delay + 43_200), rate), 440 * 2 ** (pitch / 12)),
      ).toBeLessThan(0.5);
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
