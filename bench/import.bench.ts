// Imports a WAV of one hour until its waveform is on the screen, against the browser's `decodeAudioData` of the same file.
import { type BenchContext, median } from '../scripts/bench-context.ts';
import type * as importingPage from './page/importing.ts';
import { type NoiseFile, writeNoise } from './support/noise-file.ts';
import { loadModule } from './support/page-module.ts';
import { processMemory } from './support/process-memory.ts';

const minutes = 60;
const rounds = 5;
const sampleMilliseconds = 50;
const megabyte = 1e6;

interface Cost {
  readonly seconds: number;
  /** Bytes of all processes of the browser at most, above what they had before. */
  readonly memory: number;
}

export async function run({ openPage, emit }: BenchContext): Promise<void> {
  const file = await writeNoise(minutes);
  const imports: Cost[] = [];
  const decodes: Cost[] = [];
  try {
    // The first round warms the system's file cache.
    for (let round = 0; round <= rounds; round++) {
      const imported = await inFreshPage(openPage, file, (importing) => importing.importChosen());
      const decoded = await inFreshPage(openPage, file, (importing) => importing.decodeChosen(file.sampleRate));
      if (round > 0) imports.push(imported);
      if (round > 0) decodes.push(decoded);
    }
  } finally {
    await file.remove();
  }
  const middle = (costs: readonly Cost[], name: keyof Cost): number => median(costs.map((cost) => cost[name]));
  const what = `stereo 16-bit WAV of ${minutes} min`;
  const peer = { peer: 'decodeAudioData of the whole file', better: 'lower' } as const;
  const seconds = { value: middle(imports, 'seconds'), unit: 's' };
  emit({
    case: `${what}: to its waveform on the screen, stored, empty profile`,
    ...seconds,
    ...peer,
    peerValue: middle(decodes, 'seconds'),
    goal: { of: 'ratio', must: 2 },
  });
  emit({ case: `${what}: the same against the clock`, ...seconds, goal: { of: 'value', aim: 3 } });
  emit({
    case: `${what}: memory of all processes of the browser, peak above rest`,
    value: middle(imports, 'memory') / megabyte,
    unit: 'MB',
    ...peer,
    peerValue: middle(decodes, 'memory') / megabyte,
    goal: { of: 'value', must: 150 },
  });
}

/** An empty profile each time, because what is stored already is not stored again. */
async function inFreshPage(
  openPage: BenchContext['openPage'],
  file: NoiseFile,
  task: (importing: Awaited<ReturnType<typeof loadModule<typeof importingPage>>>) => Promise<number>,
): Promise<Cost> {
  const { page, profile, close } = await openPage();
  try {
    const importing = await loadModule<typeof importingPage>(page, 'importing');
    await importing.chooser();
    await page.setInputFiles('#bench-file', file.path);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const rest = processMemory(profile).browser;
    let most = rest;
    let milliseconds: number | undefined;
    const done = task(importing).then((measured) => {
      milliseconds = measured;
    });
    while (milliseconds === undefined) {
      most = Math.max(most, processMemory(profile).browser);
      await Promise.race([done, new Promise((resolve) => setTimeout(resolve, sampleMilliseconds))]);
    }
    return { seconds: milliseconds / 1000, memory: most - rest };
  } finally {
    await close();
  }
}
