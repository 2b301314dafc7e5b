// Renders 256 stereo clips with gain and pan: the engine against the browser's own nodes.
import type { BenchContext } from '../scripts/bench-context.ts';
import type * as mixPage from './page/mix.ts';
import type * as sessionPage from './page/session.ts';
import { loadModule } from './support/page-module.ts';

const shape = { sampleRate: 48_000, seconds: 20, files: 8, clips: 256, panned: true };
const peer = 'AudioBufferSource + Gain + StereoPanner';
const goal = { of: 'ratio', must: 8, aim: 20 } as const;
/** dB; with every clip in the centre both sides mean the same sound. */
const greatestDifference = -100;

export async function run({ openPage, measure, emit }: BenchContext): Promise<void> {
  const { page } = await openPage();
  const mix = await loadModule<typeof mixPage>(page, 'mix');
  await mix.prepare({ ...shape, seconds: 2, panned: false });
  const difference = await mix.difference();
  if (difference > greatestDifference) throw new Error(`the two mixes differ by ${difference} dB`);

  await mix.prepare(shape);
  const resident = await measure({ engine: () => mix.renderEngine(), native: () => mix.renderNative() });
  const what = `${shape.clips} stereo clips, ${shape.seconds} s`;
  emit({
    case: `${what}, samples in memory`,
    value: resident.engine,
    unit: 'ms',
    peer,
    peerValue: resident.native,
    better: 'lower',
    goal,
  });

  const session = await loadModule<typeof sessionPage>(page, 'session');
  const timelineId = await session.prepareMix(shape);
  const whole = await measure({ render: () => session.render(timelineId, shape.seconds) });
  emit({
    case: `${what}, renderTimeline from disk: worker, engine and files opened anew`,
    value: whole.render,
    unit: 'ms',
    peer: `${peer}, samples in memory`,
    peerValue: resident.native,
    better: 'lower',
  });
}
