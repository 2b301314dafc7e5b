// When a page that loads can be used: the session is loaded, the engine chosen, and a frame with the views is painted.
import type { Page } from '@playwright/test';

export interface Interactive {
  /** From the start of the navigation on. */
  readonly milliseconds: number;
  /** As Date.now() tells it. */
  readonly at: number;
}

/** Of a page whose navigation is committed. */
export function becomesInteractive(page: Page): Promise<Interactive> {
  return page.evaluate(async () => {
    while (!window.atome) await new Promise(requestAnimationFrame);
    await window.atome.ready;
    await new Promise(requestAnimationFrame);
    const milliseconds = performance.now();
    return { milliseconds, at: performance.timeOrigin + milliseconds };
  });
}

/** Resolves when the service worker keeps everything and has taken the page over. */
export function becomesOffline(page: Page): Promise<void> {
  return page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((taken) => {
      navigator.serviceWorker.addEventListener('controllerchange', taken, { once: true });
    });
  });
}
