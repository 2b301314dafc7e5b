// Unit tests: *.test.ts in Node, *.browser.test.ts in a real, cross-origin isolated Chromium.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';
import { chromiumLaunch } from './scripts/chromium.mjs';

const places = ['app', 'worklets', 'scripts'];
const testedPackages = [
  'client-zip',
  'comlink',
  'fast-check',
  'fast-json-patch',
  'hash-wasm',
  'idb',
  'mediabunny',
  'solid-js',
  'solid-js/store',
  'solid-js/web',
  'valibot',
];
/** Storage on a disk, as a person's: in private windows Chromium keeps it in memory and counts some writes against no quota. */
const profile = join(tmpdir(), `atome-unit-${process.pid}`);
process.once('exit', () => rmSync(profile, { recursive: true, force: true }));
/** What is polled for may take a busy machine longer than the second that is usual. */
const patientExpect = { poll: { timeout: 15_000 } };
const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: places.map((place) => `${place}/**/*.test.ts`),
          exclude: places.map((place) => `${place}/**/*.browser.test.ts`),
          testTimeout: 30_000,
          expect: patientExpect,
        },
      },
      {
        plugins: [solid()],
        server: { headers: isolationHeaders },
        worker: { format: 'es' },
        // Named here so that none is found in the middle of a run, which reloads the page under the tests.
        optimizeDeps: { include: testedPackages },
        test: {
          name: 'browser',
          include: places.flatMap((place) => [`${place}/**/*.browser.test.ts`, `${place}/**/*.browser.test.tsx`]),
          testTimeout: 30_000,
          expect: patientExpect,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunch(), persistentContext: profile }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
