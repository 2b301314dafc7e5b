import { describe, expect, it } from 'vitest';
import { heardFrame, type TimedContext } from './output-clock.ts';

const context = (properties: Partial<TimedContext>): TimedContext => ({
  sampleRate: 48_000,
  state: 'running',
  outputLatency: 0.02,
  getOutputTimestamp: () => ({ contextTime: 10, performanceTime: 5000 }),
  ...properties,
});

describe('heardFrame', () => {
  it('follows the device’s time stamp, less the context’s head start', () => {
    expect(heardFrame(context({}), 481_000, 1000, 5010)).toBeCloseTo(10.01 * 48_000 - 1000, 6);
  });

  it('falls back to the latency where there is no time stamp yet', () => {
    const silent = context({ getOutputTimestamp: () => ({ contextTime: 0, performanceTime: 0 }) });
    expect(heardFrame(silent, 48_000, 0, 5000)).toBe(48_000 - 960);
  });

  it('is never ahead of what is rendered nor more than a second behind it', () => {
    expect(heardFrame(context({}), 400_000, 0, 5010)).toBe(400_000);
    expect(heardFrame(context({}), 600_000, 0, 5010)).toBe(552_000);
  });

  it('stands where the engine stands while the context does not run', () => {
    expect(heardFrame(context({ state: 'suspended' }), 480_000, 0, 9999)).toBe(480_000);
    expect(heardFrame(undefined, 128, 0, 0)).toBe(128);
  });
});
