// End-to-end tests: the built page, served as a static host would, in a real Chromium.
import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './scripts/chromium.mjs';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './e2e/support/build.ts',
  // One by one to whichever worker is free, so that none ends long before the other.
  fullyParallel: true,
  // Most of a test is waiting for sound in real time: two of them fit on two processors.
  workers: Math.min(2, availableParallelism()),
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  // A machine that others use as well may stand still for half a minute.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : 'list',
  use: {
    browserName: 'chromium',
    launchOptions: chromiumLaunch(),
    viewport: { width: 1440, height: 900 },
    permissions: ['microphone', 'clipboard-read', 'clipboard-write'],
    trace: 'off',
    video: 'off',
    screenshot: 'only-on-failure',
  },
});
