// Browsers that refuse what the program needs: it says so on its first screen, or starts with less.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { errorCatalogue } from '../app/protocol/errors.ts';
import { chromiumLaunch } from '../scripts/chromium.mjs';
import { backendOf } from './support/backend.ts';
import { expect, test } from './support/fixtures.ts';
import { Studio } from './support/studio.ts';
import { errorToast } from './support/toasts.ts';
import { noise } from './support/wav.ts';

test('a browser that lets no site store anything: the first screen says what to do', async ({ site }) => {
  const folder = await mkdtemp(join(tmpdir(), 'atome-refusing-'));
  await mkdir(join(folder, 'Default'));
  // The setting "block all cookies", which refuses every kind of storage.
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(join(folder, 'Default/Preferences'), JSON.stringify(settings));
  const context = await chromium.launchPersistentContext(folder, { ...chromiumLaunch(), baseURL: site.url });
  const page = await context.newPage();
  await page.goto('./');
  await expect(page.getByText(errorCatalogue.ERR_STORAGE_UNAVAILABLE.text)).toBeVisible();
  await expect(page.getByText(`code ${errorCatalogue.ERR_STORAGE_UNAVAILABLE.code}`)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Reload the page' })).toBeVisible();
  const refused = await page.evaluate(() =>
    window.atome?.ready.then(
      () => 'ready',
      (reason: Error) => reason.name,
    ),
  );
  expect(refused).toBe('ERR_STORAGE_UNAVAILABLE');
  await context.close();
  await rm(folder, { recursive: true });
});

test('no private file system: the first screen says what to do', async ({ page }) => {
  await page.addInitScript(() => {
    StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('refused', 'SecurityError'));
  });
  await page.goto('./');
  await expect(page.getByText(errorCatalogue.ERR_STORAGE_UNAVAILABLE.text)).toBeVisible();
});

test('no WebAssembly, as where a browser is locked down: the first screen says that the program cannot run', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'WebAssembly');
  });
  await page.goto('./');
  await expect(page.getByText(errorCatalogue.ERR_WORKER.text)).toBeVisible();
});

test('a part of the program that cannot be loaded: the first screen says to reload, which helps', async ({
  browser,
  site,
}) => {
  const context = await browser.newContext({ baseURL: site.url, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.route(/session-.*\.js$/, (route) => route.abort());
  await page.goto('./');
  await expect(page.getByText(errorCatalogue.ERR_WORKER.text)).toBeVisible();
  await page.unroute(/session-.*\.js$/);
  await page.getByRole('button', { name: 'Reload the page' }).click();
  expect(await backendOf(page)).toBe('wasm');
  await context.close();
});

test('no memory for the engine: the simpler one plays, and the page says so', async ({ page }) => {
  await page.addInitScript(() => {
    const { Memory } = WebAssembly;
    WebAssembly.Memory = new Proxy(Memory, {
      construct(target, [wanted]: [WebAssembly.MemoryDescriptor]) {
        if (wanted.shared) throw new RangeError('no address space');
        return new target(wanted);
      },
    });
  });
  const studio = await Studio.open(page);
  expect(await backendOf(page)).toBe('webaudio');
  await expect(errorToast(page, 'ERR_ENGINE_START')).toBeVisible();
  const file = await studio.importFile(noise('sound.wav', 48_000, 1));
  const { timeline } = await studio.arrange([{ file, at: 0 }]);
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline });
  await expect.poll(async () => (await studio.status()).contextState).toBe('running');
});

test('the worklet cannot be loaded: playing is refused in words', async ({ page }) => {
  await page.addInitScript(() => {
    Worklet.prototype.addModule = () => Promise.reject(new DOMException('refused', 'AbortError'));
  });
  const studio = await Studio.open(page);
  const reply = await studio.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: await studio.timelineId() });
  expect(reply).toMatchObject({ ok: false, error: { name: 'ERR_ENGINE_START' } });
});
