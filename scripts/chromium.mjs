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

/** Playwright's own choice, which ours replaces: Chromium heeds the last list alone. */
const disabledByPlaywright = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
];

/** Pages of the browser's own behind the address field: two in every window, at two fifths of the cost of opening one. */
const unseenPages = ['WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'WebUIOmniboxPopup'];

/** Flags for every run: sound without a gesture, a fake microphone, no traffic and no pages of the browser's own. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-background-networking',
  `--disable-features=${[...disabledByPlaywright, ...unseenPages].join(',')}`,
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];

/** Launch options for Playwright. */
export function chromiumLaunch() {
  const executablePath = systemChromium();
  return { args: chromiumFlags, ...(executablePath === undefined ? {} : { executablePath }) };
}
