// Finds the Chromium that tests and benchmarks drive, and the flags they start it with.
// @ts-check
import { accessSync, constants } from 'node:fs';

const systemPaths = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** @param {string | undefined} path */
function isExecutable(path) {
  if (path === undefined) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The system's Chromium or Chrome; undefined when there is none and Playwright's own is to be used.
 * @returns {string | undefined}
 */
export const systemChromium = () => systemPaths.find(isExecutable);

/** Flags for every run: sound without a gesture, a fake microphone, no traffic of the browser's own. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-background-networking',
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];

/** Launch options for Playwright. */
export function chromiumLaunch() {
  const executablePath = systemChromium();
  return { args: chromiumFlags, ...(executablePath === undefined ? {} : { executablePath }) };
}
