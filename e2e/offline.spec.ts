// After the first visit the page needs no network.
import { serve } from '../scripts/serve.mjs';
import { backendOf } from './support/backend.ts';
import { expect, test } from './support/fixtures.ts';

test('the page starts with its server gone and keeps its isolation', async ({ openProfile }) => {
  const site = await serve({ port: 0 });
  const context = await openProfile();
  const first = await context.newPage();
  await first.goto(site.url);
  await first.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await first.close();
  await site.close();

  const page = await context.newPage();
  const response = await page.goto(site.url);
  expect(response?.fromServiceWorker()).toBe(true);
  expect(await backendOf(page)).toBe('wasm');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const deep = await page.goto(`${site.url}some/where/else`);
  expect(deep?.url()).toBe(site.url);
});

test('everything the page may load later is there offline', async ({ openProfile }) => {
  const site = await serve({ port: 0 });
  const context = await openProfile();
  const page = await context.newPage();
  await page.goto(site.url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const names = await page.evaluate(async () => {
    const found: string[] = [];
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
    }
    return found;
  });
  await site.close();
  for (const kind of [/^\/index\.html$/, /^\/manifest\.webmanifest$/, /^\/assets\/.*\.js$/]) {
    expect(names.filter((name) => kind.test(name)).length).toBeGreaterThan(0);
  }
  const statuses = await page.evaluate(
    (paths) => Promise.all(paths.map(async (path) => (await fetch(path)).status)),
    names,
  );
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
});
