// Envelopes in a real audio graph: on their frames where they are told in time, and without a jump where they are not.
import { describe, expect, it } from 'vitest';
import { fadeLevel } from './pan-law.ts';
import { Envelope } from './webaudio-envelope.ts';

const rate = 48_000;
const seconds = 0.5;

/** The gain of an envelope that is told to begin when the context has come to `toldAt`. */
async function gainOf(
  make: (context: BaseAudioContext) => Envelope,
  toldAt: number,
  tell: (envelope: Envelope) => void,
): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, seconds * rate, rate);
  const one = new ConstantSourceNode(context);
  const envelope = make(context);
  one.connect(envelope.node).connect(context.destination);
  one.start();
  if (toldAt === 0) tell(envelope);
  else
    void context.suspend(toldAt).then(() => {
      tell(envelope);
      return context.resume();
    });
  return (await context.startRendering()).getChannelData(0);
}

function largestStep(samples: Float32Array): number {
  let largest = 0;
  for (let at = 1; at < samples.length; at++)
    largest = Math.max(largest, Math.abs((samples[at] as number) - (samples[at - 1] as number)));
  return largest;
}

function largestError(samples: Float32Array, expected: (time: number) => number): number {
  let largest = 0;
  for (const [frame, sample] of samples.entries())
    largest = Math.max(largest, Math.abs(sample - expected(frame / rate)));
  return largest;
}

describe('Envelope', () => {
  it('follows its curve within -115 dB and holds its end', async () => {
    const rising = await gainOf(
      (context) => new Envelope(context, 'rises', 'fade'),
      0,
      (envelope) => envelope.start(0.1, 0.25),
    );
    expect(largestError(rising, (time) => fadeLevel((time - 0.1) / 0.25))).toBeLessThan(10 ** (-115 / 20));
    const falling = await gainOf(
      (context) => new Envelope(context, 'falls'),
      0,
      (envelope) => envelope.start(0.1, 0.25),
    );
    const line = (time: number): number => 1 - Math.min(1, Math.max(0, (time - 0.1) / 0.25));
    expect(largestError(falling, line)).toBeLessThan(10 ** (-115 / 20));
  });

  it('begins in its middle where it is told to', async () => {
    const entered = await gainOf(
      (context) => new Envelope(context, 'rises', 'fade'),
      0,
      (envelope) => envelope.start(0.1, 0.25, 0.125),
    );
    expect(largestError(entered, (time) => (time < 0.1 ? 0 : fadeLevel((time + 0.025) / 0.25)))).toBeLessThan(1e-5);
  });

  it('is whole, and later, when it is told too late', async () => {
    const late = await gainOf(
      (context) => new Envelope(context, 'falls'),
      0.2,
      (envelope) => envelope.start(0.1, 0.003),
    );
    expect(largestStep(late)).toBeLessThan(1.01 / (0.003 * rate));
    expect(late[0.2 * rate - 1]).toBe(1);
    expect(late[0.21 * rate]).toBeCloseTo(0, 6);
  });

  it('tells that it is done once the gain has arrived, however late it began', async () => {
    const context = new OfflineAudioContext(1, seconds * rate, rate);
    const [one, second] = [new ConstantSourceNode(context), new GainNode(context, { gain: 0 })];
    const envelope = new Envelope(context, 'falls');
    one.connect(envelope.node).connect(second).connect(context.destination);
    one.start();
    const done = new Promise<void>((resolve) => {
      void context.suspend(0.25).then(() => {
        envelope.start(0.1, 0.003, 0, resolve);
        return context.resume();
      });
    });
    await context.startRendering();
    await done;
  });
});
