// Databases that are damaged on the disk while no browser runs.
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { errorCatalogue } from '../app/protocol/errors.ts';
import { chromiumLaunch } from '../scripts/chromium.mjs';
import { expect, test } from './support/fixtures.ts';
import { Studio } from './support/studio.ts';
import { errorToast, expectError } from './support/toasts.ts';

let folder = '';
let baseURL = '';

test.beforeEach(async ({ site }) => {
  folder = await mkdtemp(join(tmpdir(), 'atome-broken-'));
  baseURL = site.url;
});

test.afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** A browser that runs for as long as the work takes. */
async function inBrowser<Value>(work: (context: BrowserContext) => Promise<Value>): Promise<Value> {
  const context = await chromium.launchPersistentContext(folder, { ...chromiumLaunch(), baseURL });
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

/** The folder of the profile with that ending in which the browser keeps its databases. */
async function databaseFolder(ending: string): Promise<string> {
  const found = await readdir(folder, { recursive: true });
  const path = found.find((name) => name.includes('IndexedDB') && name.endsWith(ending));
  if (path === undefined) throw new Error(`the profile has no ${ending}`);
  return join(folder, path);
}

const times = async (studio: Studio): Promise<number[]> => {
  const { objects } = await studio.state();
  return Object.values(objects).flatMap((object) => (object.kind === 'TimelineMarkerAtome' ? [object.time] : []));
};

test('a database whose larger values are lost is made anew from the journal, and that is told', async () => {
  const before = await inBrowser(async (context) => {
    const studio = await Studio.open(await context.newPage());
    const timeline_id = await studio.timelineId();
    await studio.run({ cmd: 'ADD_MARKER', timeline_id, time: 3 });
    // Longer than what the browser keeps in the database itself, and nothing that could be packed.
    const noise = await studio.page.evaluate(() => {
      const bytes = crypto.getRandomValues(new Uint8Array(60_000));
      return Array.from(bytes, (byte) => byte.toString(36)).join('');
    });
    const events = Array.from({ length: 8 }, (_, time_offset) => {
      return { time_offset, type: 'script' as const, payload: { source: `'${time_offset}${noise}'` } };
    });
    await studio.run({ cmd: 'ADD_ACTION_CLIP', timeline_id, play_position: 0, duration: 9, events });
    return studio.state();
  });
  await rm(await databaseFolder('.indexeddb.blob'), { recursive: true });

  await inBrowser(async (context) => {
    const studio = await Studio.open(await context.newPage());
    await expectError(studio.page, 'ERR_PROJECT_LOST');
    const { objects, history } = await studio.state();
    expect(objects).toEqual(before.objects);
    expect(history).toEqual(before.history);
    await studio.run({ cmd: 'ADD_MARKER', timeline_id: await studio.timelineId(), time: 4 });
  });
  await inBrowser(async (context) => {
    const studio = await Studio.open(await context.newPage());
    await expect(errorToast(studio.page, 'ERR_PROJECT_LOST')).toHaveCount(0);
    expect((await times(studio)).toSorted()).toEqual([3, 4]);
  });
});

test('one that can neither be opened nor replaced is told with what to do, and nothing is lost once that is mended', async () => {
  await inBrowser(async (context) => {
    const studio = await Studio.open(await context.newPage());
    await studio.run({ cmd: 'ADD_MARKER', timeline_id: await studio.timelineId(), time: 3 });
  });
  // What no program on this machine can read as a database, nor remove as one.
  const database = await databaseFolder('.indexeddb.leveldb');
  await rename(database, `${database}.whole`);
  await mkdir(join(database, 'CURRENT', 'inside'), { recursive: true });

  await inBrowser(async (context) => {
    const page = await context.newPage();
    await page.goto('./');
    const { code, text } = errorCatalogue.ERR_DATABASE_BROKEN;
    await expect(page.getByText(text)).toBeVisible();
    await expect(page.getByText(`code ${code}`)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Reload the page' })).toBeVisible();
  });
  await rm(database, { recursive: true });
  await rename(`${database}.whole`, database);
  await inBrowser(async (context) => {
    expect(await times(await Studio.open(await context.newPage()))).toEqual([3]);
  });
});

test('one that a newer program has written is left as it is, and that is told', async () => {
  await inBrowser(async (context) => {
    const page = await context.newPage();
    await Studio.open(page);
    // Of the same origin, and nothing of the program runs there.
    await page.goto('./icons/icon-192.png');
    const version = await page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('atome-project', 99);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error ?? new Error('not opened'));
      });
      database.close();
      return database.version;
    });
    expect(version).toBe(99);
    await page.goto('./');
    await expect(page.getByText(errorCatalogue.ERR_NEWER_PROGRAM.text)).toBeVisible();
    await expect(page.getByText(`code ${errorCatalogue.ERR_NEWER_PROGRAM.code}`)).toBeVisible();
    const kept = await page.evaluate(async () => {
      const databases = await indexedDB.databases();
      return databases.find(({ name }) => name === 'atome-project')?.version;
    });
    expect(kept).toBe(99);
  });
});
