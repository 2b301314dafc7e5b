// Time per quantum of 128 frames with many clips, as shares of the 2.67 ms that a quantum lasts at 48 kHz.
import { type BenchContext, median } from '../scripts/bench-context.ts';
import type * as quantumPage from './page/quantum.ts';
import { loadModule } from './support/page-module.ts';
import { percentile } from './support/percentile.ts';

const rounds = 5;
const quantumMilliseconds = (128 / 48_000) * 1000;
const goal = { of: 'value', must: 20, aim: 10 } as const;

const plain = { seconds: 61, files: 8, clips: 64, panned: true };
const stretched = { seconds: 21, files: 8, clips: 16, panned: true, stretched: true };
const cases = [
  { name: '64 stereo clips of 48000 Hz', shape: { ...plain, sampleRate: 48_000 }, seconds: 60, goal },
  { name: '64 stereo clips of 44100 Hz', shape: { ...plain, sampleRate: 44_100 }, seconds: 60, goal },
  { name: '16 stretched stereo clips of 48000 Hz', shape: { ...stretched, sampleRate: 48_000 }, seconds: 20 },
];

export async function run({ openPage, emit }: BenchContext): Promise<void> {
  for (const { name, shape, seconds, ...rest } of cases) {
    const { page, close } = await openPage();
    const quantum = await loadModule<typeof quantumPage>(page, 'quantum');
    await quantum.prepare(shape);
    const engine: number[][] = [];
    const machine: number[][] = [];
    for (let round = 0; round <= rounds; round++) {
      const times = await quantum.time(seconds);
      const idle = await quantum.timeMachine(percentile(times, 50), times.length);
      // The first round warms both up.
      if (round > 0) engine.push(times);
      if (round > 0) machine.push(idle);
    }
    const share = (runs: readonly number[][], percent: number): number =>
      (100 * median(runs.map((times) => percentile(times, percent)))) / quantumMilliseconds;
    for (const percent of [50, 99, 99.9] as const) {
      emit({
        case: `${name}, ${seconds} s played, p${percent}`,
        value: share(engine, percent),
        unit: '% of 2.67 ms',
        peer: 'plain arithmetic of the same median',
        peerValue: share(machine, percent),
        better: 'lower',
        ...(percent === 99.9 ? rest : {}),
      });
    }
    await close();
  }
}
