// Frame times while 1,000 clips with waveforms are scrolled and zoomed at 1440 x 900.
import { type BenchContext, median } from '../scripts/bench-context.ts';
import type * as framesPage from './page/frames.ts';
import type { FrameTimes, Turn } from './page/frames.ts';
import type * as clipsPage from './page/many-clips.ts';
import { loadModule } from './support/page-module.ts';
import { percentile } from './support/percentile.ts';

const shape = { files: 50, lanes: 10, clips: 1000 };
const rounds = 5;
/** Milliseconds of a frame at 60 Hz. */
const limit = 16.7;

const repeat = (turn: Turn, count: number): Turn[] => Array.from({ length: count }, () => turn);

/** There and back again, so that each round begins where the one before began. */
const thereAndBack = ({ deltaX = 0, deltaY = 0, ...how }: Turn, count: number): Turn[] => [
  ...repeat({ deltaX, deltaY, ...how }, count),
  ...repeat({ deltaX: -deltaX, deltaY: -deltaY, ...how }, count),
];

/** Wheel pixels that come closer by 2^4: some 60 clips in sight. */
const closer: Turn = { deltaY: -800, zoom: true };

const motions: readonly { readonly name: string; readonly from?: Turn; readonly turns: readonly Turn[] }[] = [
  { name: 'scroll with the whole timeline in sight', turns: thereAndBack({ deltaX: 6 }, 100) },
  { name: 'scroll 60 clips at a time', from: closer, turns: thereAndBack({ deltaX: 45 }, 100) },
  { name: 'scroll the lanes', from: closer, turns: thereAndBack({ deltaY: 1 }, 100) },
  { name: 'zoom from the whole timeline to single samples', turns: thereAndBack({ deltaY: -40, zoom: true }, 100) },
];

const peer = 'plain arithmetic of the same median';

export async function run({ openPage, emit }: BenchContext): Promise<void> {
  const { page } = await openPage();
  await (await loadModule<typeof clipsPage>(page, 'many-clips')).prepareClips(shape);
  const frames = await loadModule<typeof framesPage>(page, 'frames');
  for (const { name, from, turns } of motions) {
    if (from) await frames.turnWheel([from]);
    const timeline: FrameTimes[] = [];
    const machine: FrameTimes[] = [];
    for (let round = 0; round <= rounds; round++) {
      await frames.settle();
      const times = await frames.turnWheel(turns);
      const calculated = await frames.calculate(percentile(times.work, 50), turns.length);
      // The first round compiles, and reads the peaks from the disk.
      if (round === 0) continue;
      timeline.push(times);
      machine.push(calculated);
    }
    if (from) await frames.turnWheel([{ ...from, deltaY: -(from.deltaY ?? 0) }]);
    const typical = median(timeline.map(({ work }) => percentile(work, 50)));
    emit({ case: `${name}, main thread per frame, p50`, value: typical, unit: 'ms' });
    for (const [what, words] of [
      ['work', 'main thread per frame'],
      ['intervals', 'frame to frame'],
    ] as const) {
      const of = (runs: readonly FrameTimes[], percent: number): number =>
        median(runs.map((times) => percentile(times[what], percent)));
      for (const [percent, mark] of [
        [95, 'must'],
        [99, 'aim'],
      ] as const) {
        emit({
          case: `${name}, ${words}, p${percent}`,
          value: of(timeline, percent),
          unit: 'ms',
          peer,
          peerValue: of(machine, percent),
          better: 'lower',
          goal: { of: 'value', [mark]: limit },
        });
      }
    }
  }
}
