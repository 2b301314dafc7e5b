// The whole browser killed in the middle of edits: what it had acknowledged is there when it starts again.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './support/fixtures.ts';
import { MarkerPairs } from './support/marker-pairs.ts';
import { type OwnBrowser, startOwnBrowser } from './support/own-browser.ts';
import { Studio } from './support/studio.ts';

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
