// Time per quantum of 128 frames with 64 clips, as shares of the 2.67 ms that a quantum lasts at 48 kHz.
import { type BenchContext, median } from '../scripts/bench-context.ts';
import type * as quantumPage from './page/quantum.ts';
import { loadModule } from './support/page-module.ts';
import { percentile } from './support/percentile.ts';

const shape = { seconds: 61, files: 8, clips: 64, panned: true };
const seconds = 60;
const rounds = 5;
const quantumMilliseconds = (128 / 48_000) * 1000;
const goals = { 99.9: { of: 'value', must: 20, aim: 10 } } as const;

export async function run({ openPage, emit }: BenchContext): Promise<void> {
  for (const sampleRate of [48_000, 44_100]) {
    const { page, close } = await openPage();
    const quantum = await loadModule<typeof quantumPage>(page, 'quantum');
    await quantum.prepare({ ...shape, sampleRate });
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
        case: `64 stereo clips of ${sampleRate} Hz, ${seconds} s played, p${percent}`,
        value: share(engine, percent),
        unit: '% of 2.67 ms',
        peer: 'plain arithmetic of the same median',
        peerValue: share(machine, percent),
        better: 'lower',
        ...(percent === 99.9 ? { goal: goals[99.9] } : {}),
      });
    }
    await close();
  }
}
