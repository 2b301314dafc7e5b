// The same mix of 44.1 kHz files played at 48 kHz, and how clean a high tone comes out of either resampler.
import type { BenchContext } from '../scripts/bench-context.ts';
import type * as mixPage from './page/mix.ts';
import { loadModule } from './support/page-module.ts';

const shape = { sampleRate: 44_100, seconds: 20, files: 8, clips: 256, panned: true };
const peer = 'AudioBufferSource + Gain + StereoPanner';
/** Hz; the images of the upper two lie where they are heard or disturb what is heard. */
const tones = [1000, 10_000, 19_500];

export async function run({ openPage, measure, emit }: BenchContext): Promise<void> {
  const { page } = await openPage();
  const mix = await loadModule<typeof mixPage>(page, 'mix');
  for (const hertz of tones) {
    const purity = await mix.tonePurity(shape.sampleRate, hertz);
    emit({
      case: `${hertz} Hz above images, noise and distortion (44.1 kHz at 48 kHz)`,
      value: purity.engine,
      unit: 'dB',
      peer,
      peerValue: purity.native,
      better: 'higher',
      goal: { of: 'ratio', must: 1 },
    });
  }
  await mix.prepare(shape);
  const { engine, native } = await measure({ engine: () => mix.renderEngine(), native: () => mix.renderNative() });
  emit({
    case: `${shape.clips} stereo 44.1 kHz clips at 48 kHz, ${shape.seconds} s, samples in memory`,
    value: engine,
    unit: 'ms',
    peer,
    peerValue: native,
    better: 'lower',
    goal: { of: 'ratio', must: 3, aim: 6 },
  });
}
