// Waits until the page is up, and tells which engine it chose.
import type { Page } from '@playwright/test';

interface WithAtome {
  readonly atome?: {
    readonly ready: Promise<void>;
    readonly services: { readonly audioEngine: { readonly backend: string } };
  };
}

/** 'wasm' or 'webaudio', once the page can be used. */
export async function backendOf(page: Page): Promise<string | undefined> {
  await page.waitForFunction(() => (window as WithAtome).atome !== undefined);
  return page.evaluate(async () => {
    const { atome } = window as WithAtome;
    await atome?.ready;
    return atome?.services.audioEngine.backend;
  });
}
