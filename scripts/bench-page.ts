// One Chromium with a fresh profile on disk, as a person's: its storage is the disk, not the memory of a private window.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { chromiumFlags, chromiumLaunch } from './chromium.mjs';

export interface PageOptions {
  /** false leaves the page on about:blank; else it is ready to be used. */
  readonly start?: boolean;
  readonly flags?: readonly string[];
  /** The profile of a page whose browser has ended; by default a fresh one. */
  readonly profile?: string;
}

export interface BenchPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly url: string;
  /** The profile; the browser's own process names it in its command line. */
  readonly profile: string;
  /** Ends the browser and removes its profile; closing the context alone leaves the profile there. */
  close(): Promise<void>;
}

export async function openPage(
  url: string,
  { start = true, flags = [], profile: known }: PageOptions,
): Promise<BenchPage> {
  const profile = known ?? (await mkdtemp(join(tmpdir(), 'atome-bench-')));
  const context = await chromium.launchPersistentContext(profile, {
    ...chromiumLaunch(),
    args: [...chromiumFlags, ...flags],
    baseURL: url,
    viewport: { width: 1440, height: 900 },
  });
  const page = context.pages()[0] ?? (await context.newPage());
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await context.close();
    await rm(profile, { recursive: true, force: true });
  };
  if (start) {
    await page.goto(url);
    await page.waitForFunction(() => 'atome' in window);
    await page.evaluate(async () => (window as { atome?: { ready: Promise<void> } }).atome?.ready);
  }
  return { page, context, url, profile, close };
}
