// Takes the pictures of the README from the built page: npm run screenshots.
// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { build } from './build.mjs';
import { chromiumLaunch } from './chromium.mjs';
import { encodeIndexedPng } from './png.mjs';
import { quantise } from './quantise.mjs';
import { root } from './run.mjs';
import { serve } from './serve.mjs';

const folder = resolve(root, 'docs/images');

/** @typedef {import('@playwright/test').Page} Page */

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {import('@playwright/test').BrowserContextOptions} options
 */
async function openDemo(browser, url, options) {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Play with a demo session' }).click();
  await page.getByRole('gridcell', { name: 'Pad' }).first().waitFor({ state: 'attached' });
  await settled(page);
  return page;
}

/** Until nothing moves on the page any more. @param {Page} page */
async function settled(page) {
  let before = await page.screenshot();
  for (let same = 0; same < 3; ) {
    const now = await page.screenshot();
    same = now.equals(before) ? same + 1 : 0;
    before = now;
  }
}

/** Plays until the position shown begins with these words. @param {Page} page @param {RegExp} position */
async function playTo(page, position) {
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.locator('.position-bars', { hasText: position }).waitFor();
}

/** @param {Page} page @param {string} name */
async function take(page, name) {
  const png = await page.screenshot();
  const context = page.context();
  const blank = await context.newPage();
  const { width, height, encoded } = await blank.evaluate(async (base64) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    const drawing = canvas.getContext('2d');
    drawing?.drawImage(image, 0, 0);
    const { data } = drawing?.getImageData(0, 0, image.width, image.height) ?? { data: new Uint8ClampedArray() };
    let text = '';
    for (let at = 0; at < data.length; at += 0x8000) text += String.fromCharCode(...data.subarray(at, at + 0x8000));
    return { width: image.width, height: image.height, encoded: btoa(text) };
  }, png.toString('base64'));
  const { palette, indices } = quantise(Buffer.from(encoded, 'base64'));
  const small = encodeIndexedPng(width, height, palette, indices);
  writeFileSync(resolve(folder, `${name}.png`), small);
  console.log(`${name}.png ${Math.round(small.length / 1024)} KiB`);
  await context.close();
}

/** @param {Page} page @param {number} times @param {string} key */
async function press(page, key, times = 1) {
  for (let count = 0; count < times; count++) await page.keyboard.press(key);
}

await build();
mkdirSync(folder, { recursive: true });
const site = await serve({ port: 0 });
const browser = await chromium.launch(chromiumLaunch());
try {
  const desk = await openDemo(browser, site.url, { viewport: { width: 1440, height: 900 } });
  const area = (await desk.locator('.timeline-area').boundingBox()) ?? { x: 0, y: 0 };
  await desk.mouse.click(area.x + 440, area.y + 516);
  await press(desk, 'Period', 3);
  await playTo(desk, /^005\.[3-4]/);
  await take(desk, 'desk');

  const samples = await openDemo(browser, site.url, { viewport: { width: 1440, height: 720 } });
  await press(samples, 'Shift+KeyH', 4);
  await samples.mouse.move(area.x + 482, area.y + 300);
  await samples.mouse.wheel(0, 528);
  await samples.keyboard.down('Control');
  for (let turn = 0; turn < 14; turn++) await samples.mouse.wheel(0, -200);
  await samples.keyboard.up('Control');
  await settled(samples);
  await take(samples, 'samples');

  const phone = await openDemo(browser, site.url, {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
  });
  await phone.touchscreen.tap(220, 540);
  await press(phone, 'Period', 3);
  await playTo(phone, /^005\.[3-4]/);
  await take(phone, 'phone');
} finally {
  await browser.close();
  await site.close();
}
