// A browser in a process group of its own, on a profile that outlives it: to be killed as a whole, as by a power cut.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium, type Page } from '@playwright/test';
import { chromiumFlags, systemChromium } from '../../scripts/chromium.mjs';

export interface OwnBrowser {
  readonly page: Page;
  /** Kills every process of it at once; nothing in it gets a word. */
  kill(): Promise<void>;
}

export async function startOwnBrowser(profile: string): Promise<OwnBrowser> {
  const flags = ['--headless', '--remote-debugging-port=0', '--no-first-run', `--user-data-dir=${profile}`];
  const program = systemChromium() ?? chromium.executablePath();
  const child = spawn(program, [...flags, ...chromiumFlags, 'about:blank'], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = once(child, 'exit');
  const kill = async (): Promise<void> => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      process.kill(-child.pid, 'SIGKILL');
    }
    await gone;
  };
  try {
    const browser = await chromium.connectOverCDP(await debuggingAddress(child.stderr));
    const context = browser.contexts()[0] ?? (await browser.newContext());
    return { page: await context.newPage(), kill };
  } catch (thrown) {
    await kill();
    throw thrown;
  }
}

/** What a browser says first of all; the rest of what it says is read and forgotten, so that it never waits for a reader. */
async function debuggingAddress(said: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface(said);
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      const [, address] = /^DevTools listening on (ws:\S+)/.exec(line) ?? [];
      if (address !== undefined) resolve(address);
    });
    lines.once('close', () => reject(new Error('the browser ended before it could be spoken to')));
  });
}
