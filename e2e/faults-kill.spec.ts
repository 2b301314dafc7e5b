// The whole browser killed in the middle of edits: what it had acknowledged is there when it starts again.
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './support/fixtures.ts';
import { MarkerPairs } from './support/marker-pairs.ts';
import { type OwnBrowser, startOwnBrowser } from './support/own-browser.ts';
import { Studio } from './support/studio.ts';
import { expectError } from './support/toasts.ts';

test('killed three times in the middle of edits: every acknowledged edit is there, none is there by half', async ({
  site,
}) => {
  const profile = await mkdtemp(join(tmpdir(), 'atome-killed-'));
  let browser: OwnBrowser | undefined;
  const start = async (): Promise<Studio> => {
    browser = await startOwnBrowser(profile);
    return Studio.open(browser.page, site.url);
  };
  try {
    let studio = await start();
    let pairs = 0;
    for (const answers of [1, 17, 60]) {
      const edits = await MarkerPairs.addTo(studio, await studio.timelineId(), pairs);
      const enough = pairs + answers;
      await expect.poll(() => edits.acknowledged, { intervals: [1] }).toBeGreaterThanOrEqual(enough);
      await browser?.kill();

      studio = await start();
      pairs = edits.expectIn(await studio.state());
      await studio.run({ cmd: 'UNDO' });
      edits.acknowledged = --pairs;
      expect(edits.expectIn(await studio.state())).toBe(pairs);
    }
  } finally {
    await browser?.kill();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

test('a browser that lost its database between two starts: the project is there, with its past', async ({ site }) => {
  const profile = await mkdtemp(join(tmpdir(), 'atome-lost-'));
  let browser: OwnBrowser | undefined;
  const start = async (): Promise<Studio> => {
    browser = await startOwnBrowser(profile);
    return Studio.open(browser.page, site.url);
  };
  try {
    const studio = await start();
    const timeline = await studio.timelineId();
    const [marker = ''] = await studio.run({ cmd: 'ADD_MARKER', timeline_id: timeline, time: 1 });
    await studio.run({ cmd: 'SET_OBJECT', id: marker, properties: { time: 2 } });
    const before = await studio.state();
    await browser?.kill();
    await rm(join(profile, 'Default', 'IndexedDB'), { recursive: true });

    const again = await start();
    await expectError(again.page, 'ERR_PROJECT_LOST');
    expect((await again.state()).objects).toEqual(before.objects);
    const past = await again.atome.evaluate((atome, id) => atome.session.history(id, 'time'), marker);
    expect(past.map(({ value }) => value)).toEqual([1, 2]);
    await again.run({ cmd: 'UNDO' });
    expect((await again.state()).objects[marker]).toMatchObject({ time: 1 });
  } finally {
    await browser?.kill();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

test('a record of the browser’s own log that a kill has torn costs nothing, neither now nor at the next start', async ({
  site,
}) => {
  const profile = await mkdtemp(join(tmpdir(), 'atome-torn-'));
  const folder = join(profile, 'Default', 'IndexedDB');
  const logs = async (): Promise<string[]> => {
    const [name = ''] = (await readdir(folder)).filter((entry) => entry.endsWith('.leveldb'));
    const files = await readdir(join(folder, name));
    return files.filter((file) => file.endsWith('.log')).map((file) => join(folder, name, file));
  };
  let browser: OwnBrowser | undefined;
  const start = async (): Promise<Studio> => {
    browser = await startOwnBrowser(profile);
    return Studio.open(browser.page, site.url);
  };
  const mark = async (studio: Studio, time: number): Promise<void> => {
    await studio.run({ cmd: 'ADD_MARKER', timeline_id: await studio.timelineId(), time });
  };
  const marks = async (studio: Studio): Promise<number[]> =>
    Object.values((await studio.state()).objects)
      .flatMap((object) => (object.kind === 'TimelineMarkerAtome' ? [object.time] : []))
      .sort((a, b) => a - b);
  try {
    await mark(await start(), 1);
    await browser?.kill();
    // A whole record of 1000 bytes is announced (checksum, length, kind), and three of them follow.
    const torn = await logs();
    for (const log of torn) await appendFile(log, Buffer.from([1, 2, 3, 4, 0xe8, 0x03, 1, 5, 6, 7]));

    const second = await start();
    expect(await marks(second)).toEqual([1]);
    await mark(second, 2);
    await expect.poll(async () => (await logs()).filter((log) => torn.includes(log))).toEqual([]);
    await browser?.kill();

    expect(await marks(await start())).toEqual([1, 2]);
  } finally {
    await browser?.kill();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
