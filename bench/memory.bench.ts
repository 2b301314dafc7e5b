// Memory while 16 stereo files of 2 hours play at once, each drawn on its lane, with jumps to far places; on Linux alone.
import type { BenchContext } from '../scripts/bench-context.ts';
import type { BenchPage } from '../scripts/bench-page.ts';
import type * as filesPage from './page/long-files.ts';
import type * as playingPage from './page/playing.ts';
import { loadModule } from './support/page-module.ts';
import { processMemory } from './support/process-memory.ts';

const shape = { files: 16, hours: 2, places: [0, 900, 2700, 4500, 6300, 7100], soundingSeconds: 12 };
/** Of each place, so many seconds are played. */
const playedSeconds = 10;
const rate = 48_000;
const megabyte = 1e6;
const goal = { of: 'value', must: 300, aim: 200 } as const;
const sampleMilliseconds = 100;

export async function run({ openPage, emit }: BenchContext): Promise<void> {
  const made = await openPage();
  await prepare(made);
  await made.context.close();
  const { page, profile } = await openPage({ profile: made.profile });
  const timelineId = await (await loadModule<typeof filesPage>(page, 'long-files')).timelineInFront();

  const playing = await loadModule<typeof playingPage>(page, 'playing');
  const still = processMemory(profile);
  let most = still;
  let fewestVoices = shape.files;
  const before = await playing.progress();
  for (const place of shape.places) {
    await playing.play(timelineId, place);
    const { frames: from } = await playing.progress();
    for (let frames = from; frames < from + playedSeconds * rate; ) {
      await new Promise((resolve) => setTimeout(resolve, sampleMilliseconds));
      const { page: now, browser } = processMemory(profile);
      most = { page: Math.max(most.page, now), browser: Math.max(most.browser, browser) };
      const seen = await playing.progress();
      frames = seen.frames;
      fewestVoices = Math.min(fewestVoices, seen.voices);
    }
  }
  const after = await playing.progress();
  if (fewestVoices < shape.files) throw new Error(`only ${fewestVoices} files sounded`);
  if (after.starved > before.starved) throw new Error('sound was missing');

  const what = `${shape.files} stereo files of ${shape.hours} h playing`;
  const row = (name: string, bytes: number) => ({ case: `${what}: ${name}`, value: bytes / megabyte, unit: 'MB' });
  emit({
    ...row('the page’s process (page, workers, WASM, browser code in it), maximum', most.page),
    peer: 'the same page before it plays',
    peerValue: still.page / megabyte,
    better: 'lower',
    goal,
  });
  emit({
    ...row(
      'JavaScript and WASM as the browser counts them, the shared memory once per thread',
      await playing.countedBytes(),
    ),
    goal,
  });
  emit(row('the engine’s shared memory', after.engineBytes));
  emit(row('all processes of the browser, maximum', most.browser));
}

/** Stores the files and what is drawn of them; the page then has little to do when it is opened next. */
async function prepare({ page }: BenchPage): Promise<void> {
  const load = () => loadModule<typeof filesPage>(page, 'long-files');
  await (await load()).placeFiles(shape);
  await page.reload();
  await page.waitForFunction(() => 'atome' in window);
  await page.evaluate(async () => (window as { atome?: { ready: Promise<void> } }).atome?.ready);
  const files = await load();
  await files.arrangeFiles({ ...shape, files: 1 });
  await files.copyPeaks(shape);
  await files.arrangeFiles(shape);
}
