// A project with a long past, from the start of the page until it can be used; an empty one beside it.
import type { Page } from '@playwright/test';
import { type BenchContext, median } from '../scripts/bench-context.ts';
import type * as largeProjectPage from './page/large-project.ts';
import { becomesInteractive, becomesOffline } from './support/interactive.ts';
import { loadModule } from './support/page-module.ts';

const objects = 5000;
const versions = 200_000;
const rounds = 7;
/** Milliseconds in which a page does what follows its start: what is copied for the next one and loaded ahead. */
const rest = 1500;
const goal = { of: 'value', must: 500 } as const;

export async function run({ openPage, emit }: BenchContext): Promise<void> {
  const [large, empty] = [await openPage(), await openPage()];
  const project = await loadModule<typeof largeProjectPage>(large.page, 'large-project');
  const built = await project.build(objects, versions);
  const times = { large: [] as number[], empty: [] as number[] };
  for (const { page } of [large, empty]) await becomesOffline(page);
  // The first round brings the program and the database into the caches, as a person's daily start finds them.
  for (let round = 0; round <= rounds; round++) {
    const [withAll, without] = [await start(large.page), await start(empty.page)];
    if (round === 0) continue;
    times.large.push(withAll);
    times.empty.push(without);
  }
  await expectObjects(large.page, built.objects);
  emit({
    case: `${built.objects} objects with ${built.versions} versions, to interactive`,
    value: median(times.large),
    unit: 'ms',
    peer: 'an empty project',
    peerValue: median(times.empty),
    better: 'lower',
    goal,
  });
  await loseDatabase(large.page);
  emit({
    case: 'the same, brought back from the journal after the browser has lost its database',
    value: await start(large.page),
    unit: 'ms',
  });
  await expectObjects(large.page, built.objects);
}

async function expectObjects(page: Page, count: number): Promise<void> {
  const there = await page.evaluate(async () => (await window.atome?.session.objects())?.length);
  if (there !== count) throw new Error(`${there} of ${count} objects were loaded`);
}

/** From a file of the origin that nothing runs in. */
async function loseDatabase(page: Page): Promise<void> {
  await page.goto('/icons/icon-192.png');
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('atome-project');
        deleting.onsuccess = () => resolve();
        deleting.onerror = () => reject(deleting.error ?? new Error('not deleted'));
      }),
  );
}

/** From the start of the page on; the next one begins when this one has come to rest, as from one day to the next. */
async function start(page: Page): Promise<number> {
  await page.goto('about:blank');
  await page.goto('/', { waitUntil: 'commit' });
  const { milliseconds } = await becomesInteractive(page);
  await new Promise((rested) => setTimeout(rested, rest));
  return milliseconds;
}
