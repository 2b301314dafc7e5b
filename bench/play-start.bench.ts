// From the press to the first sample of a 3-hour file at the output, at random places, whatever the output's own delay.
import { type BenchContext, median } from '../scripts/bench-context.ts';
import type * as longFilePage from './page/long-file.ts';
import type * as playStartPage from './page/play-start.ts';
import { evict, largeFiles } from './support/os-cache.ts';
import { loadModule } from './support/page-module.ts';
import { percentile } from './support/percentile.ts';

const hours = 3;
const rounds = 20;
const goal = { of: 'value', must: 100, aim: 40 } as const;

export async function run({ openPage, emit }: BenchContext): Promise<void> {
  const { page, profile } = await openPage();
  const timelineId = await (await loadModule<typeof longFilePage>(page, 'long-file')).prepareLongFile(hours);
  const bench = await loadModule<typeof playStartPage>(page, 'play-start');
  await bench.startSound();
  const files = largeFiles(profile, 1e9);
  if (files.length !== 1) throw new Error(`${files.length} large files instead of one`);

  const subjects = new Map<string, (seconds: number) => Promise<number>>([
    [
      'space bar, the playhead already there',
      async (seconds) => {
        await bench.arm(timelineId, seconds);
        await page.keyboard.press('Space');
        return bench.delayOfKey();
      },
    ],
    ['TIMELINE_PLAY from there, nothing known before', (seconds) => bench.playAt(timelineId, seconds)],
  ]);
  if (evict(files)) {
    subjects.set('TIMELINE_PLAY from there, file not in the cache of the system', (seconds) => {
      evict(files);
      return bench.playAt(timelineId, seconds);
    });
  }

  const starved = await bench.starvedFrames();
  const outputDelays: number[] = [];
  const delays = new Map([...subjects.keys()].map((name): [string, number[]] => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, play] of subjects) {
      const delay = await play(Math.random() * (hours * 3600 - 60));
      outputDelays.push(await bench.outputDelay());
      await bench.stop(timelineId);
      // The first round warms up.
      if (round > 0) delays.get(name)?.push(delay);
    }
  }
  if ((await bench.starvedFrames()) > starved) throw new Error('sound was missing');

  const output = { peer: 'the output’s own delay', better: 'lower' } as const;
  for (const [name, found] of delays) {
    const what = `${hours}-hour stereo file, ${name}`;
    emit({
      case: `${what}: median`,
      value: median(found),
      unit: 'ms',
      ...output,
      peerValue: median(outputDelays),
      goal,
    });
    emit({
      case: `${what}: p95`,
      value: percentile(found, 95),
      unit: 'ms',
      ...output,
      peerValue: percentile(outputDelays, 95),
      goal,
    });
  }
}
