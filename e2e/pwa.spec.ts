// The page as an app: isolation on any host, updates that wait for the person, files from other programs.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../scripts/serve.mjs';
import { backendOf } from './support/backend.ts';
import { expect, test } from './support/fixtures.ts';
import { toneWav } from './support/tone-wav.ts';

const isIsolated = () => crossOriginIsolated;
const isControlled = () => navigator.serviceWorker.controller !== null;

test('a host without headers: the service worker isolates the page after one reload', async ({
  plainSite,
  openProfile,
}) => {
  const context = await openProfile();
  const page = await context.newPage();
  let loads = 0;
  page.on('load', () => loads++);
  await page.goto(plainSite.url);
  await page.waitForFunction(isIsolated);
  expect(await backendOf(page)).toBe('wasm');
  expect(loads).toBe(2);
  const headers = (await page.reload())?.headers() ?? {};
  expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(await page.evaluate(isIsolated)).toBe(true);
  expect(loads).toBe(3);
});

test('a host with headers: isolated at once, without a reload', async ({ openProfile }) => {
  const context = await openProfile();
  const page = await context.newPage();
  let loads = 0;
  page.on('load', () => loads++);
  await page.goto('./');
  expect(await page.evaluate(isIsolated)).toBe(true);
  expect(await backendOf(page)).toBe('wasm');
  await page.waitForFunction(isControlled);
  expect(loads).toBe(1);
});

test('no service worker and no headers: the page stays, not isolated, and reloads no more than once', async ({
  plainSite,
  browser,
}) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  let loads = 0;
  page.on('load', () => loads++);
  await page.goto(plainSite.url);
  expect(await backendOf(page)).toBe('webaudio');
  await expect(page.getByText('1006')).toBeVisible();
  expect(await page.evaluate(isIsolated)).toBe(false);
  expect(loads).toBe(1);
  await context.close();
});

test('an update waits until the person agrees', async ({ openProfile }) => {
  const folder = await mkdtemp(join(tmpdir(), 'atome-update-'));
  await cp('dist', folder, { recursive: true });
  const site = await serve({ folder, port: 0 });
  const context = await openProfile();
  const page = await context.newPage();
  await page.goto(site.url);
  await page.waitForFunction(isControlled);
  await backendOf(page);

  const markedPage = async () => (await page.request.get(site.url)).text();
  for (const file of ['index.html', 'service-worker.js']) {
    await rm(join(folder, `${file}.br`), { force: true });
  }
  const index = await readFile(join(folder, 'index.html'), 'utf8');
  await writeFile(
    join(folder, 'index.html'),
    index.replace('<html lang="en">', '<html lang="en" data-release="next">'),
  );
  const worker = await readFile(join(folder, 'service-worker.js'), 'utf8');
  const revised = worker.replace(
    /"revision":"[0-9a-f]{32}","url":"index\.html"/,
    '"revision":"next","url":"index.html"',
  );
  expect(revised).not.toBe(worker);
  await writeFile(join(folder, 'service-worker.js'), revised);
  expect(await markedPage()).toContain('data-release="next"');

  // The new version is found, and waits; a reload still shows the old one.
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  const update = page.getByRole('button', { name: /update/i });
  await expect(update).toBeVisible();
  await page.reload();
  await expect(page.locator('html')).not.toHaveAttribute('data-release', 'next');
  await expect(update).toBeVisible();
  await update.click();
  await expect(page.locator('html')).toHaveAttribute('data-release', 'next');
  await site.close();
  await rm(folder, { recursive: true });
});

test('the manifest makes the page installable and a target for sound files', async ({ openProfile, request }) => {
  const page = await (await openProfile()).newPage();
  await page.goto('./');
  const address = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await request.get(address ?? 'missing')).json();
  expect(manifest).toMatchObject({
    display: 'standalone',
    start_url: './',
    launch_handler: { client_mode: 'focus-existing' },
  });
  expect(Object.keys(manifest.file_handlers[0].accept)).toContain('audio/wav');
  for (const { src, sizes } of manifest.icons) {
    const icon = await request.get(`./${src}`);
    expect(icon.status()).toBe(200);
    if (sizes === 'any') continue;
    expect((await icon.body()).readUInt32BE(16)).toBe(Number.parseInt(sizes, 10));
  }
  const { installabilityErrors } = await (await page.context().newCDPSession(page)).send(
    'Page.getInstallabilityErrors',
  );
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual([]);
});

test('files that are shared with the page arrive in it', async ({ openProfile }) => {
  const context = await openProfile();
  const page = await context.newPage();
  await page.goto('./');
  await page.waitForFunction(isControlled);
  // A share is a navigation that posts a form; the browser's share sheet sends the same one.
  const bytes = [...toneWav()];
  await page.evaluate((wav) => {
    const files = new DataTransfer();
    files.items.add(new File([new Uint8Array(wav)], 'Ünïcode 1.wav', { type: 'audio/wav' }));
    const form = document.createElement('form');
    const input = document.createElement('input');
    Object.assign(form, { method: 'post', action: 'share-target', enctype: 'multipart/form-data' });
    Object.assign(input, { type: 'file', name: 'audio', files: files.files });
    form.append(input);
    document.body.append(form);
    form.submit();
  }, bytes);
  await page.waitForURL('**/?shared=1');
  await expect(page.getByText('Ünïcode 1').first()).toBeVisible();
  const kept = await page.evaluate(async () => (await (await caches.open('shared-files')).keys()).length);
  expect(kept).toBe(0);
});
