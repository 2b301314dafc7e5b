// What every end-to-end test gets: the built page on a port of its own, and no tolerance for errors on it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, test as base, chromium, expect } from '@playwright/test';
import { chromiumLaunch } from '../../scripts/chromium.mjs';
import { type Site, serve } from '../../scripts/serve.mjs';
import { PageErrors } from './page-errors.ts';

interface TestFixtures {
  /** Fails the test when the page said something it should not; `pageErrors.expect(pattern)` allows for some. */
  readonly pageErrors: PageErrors;
  /** Opens a browser with a profile of its own on disk, as a person's: service workers and storage outlive pages. */
  readonly openProfile: () => Promise<BrowserContext>;
  /** Fails when axe finds anything on the page. */
  readonly expectAccessible: () => Promise<void>;
}

interface WorkerFixtures {
  /** The built page with its headers. */
  readonly site: Site;
  /** The built page on a host that sends no headers of its own. */
  readonly plainSite: Site;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function needs from its pattern.
    async ({}, use) => {
      const site = await serve({ port: 0 });
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  plainSite: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function needs from its pattern.
    async ({}, use) => {
      const site = await serve({ port: 0, plain: true });
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ site }, use) => use(site.url),
  pageErrors: [
    async ({ context }, use) => {
      const errors = new PageErrors(context);
      await use(errors);
      expect(errors.unexpected()).toEqual([]);
    },
    { auto: true },
  ],
  openProfile: async ({ site, permissions }, use) => {
    const opened: { context: BrowserContext; folder: string; errors: PageErrors }[] = [];
    await use(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'atome-profile-'));
      const context = await chromium.launchPersistentContext(folder, {
        ...chromiumLaunch(),
        baseURL: site.url,
        permissions: permissions ?? [],
      });
      opened.push({ context, folder, errors: new PageErrors(context) });
      return context;
    });
    for (const { context, folder, errors } of opened) {
      await context.close();
      await rm(folder, { recursive: true, force: true });
      expect(errors.unexpected()).toEqual([]);
    }
  },
  expectAccessible: ({ page }, use) =>
    use(async () => {
      // In the page itself, where axe finds everything as long as there are no frames; passes are not described.
      expect(page.frames()).toHaveLength(1);
      const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
      const { violations } = await axe.analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
      ).toEqual([]);
    }),
});

export { expect };
