// Registers the service worker, tells when a new version waits, and hands over to it when the person agrees.
import './trusted-types.ts';
import type { Disposer } from '../core/disposer.ts';
import { activateMessage } from './messages.ts';

/** How often a page that stays open asks for a new version. */
const checkIntervalMilliseconds = 60 * 60 * 1000;

/** Resolves to undefined where the browser has no service workers or refuses ours (private windows, plain HTTP). */
export async function registerServiceWorker(): Promise<ServiceWorkerRegistration | undefined> {
  if (!('serviceWorker' in navigator)) return undefined;
  try {
    const address = new URL('service-worker.js', document.baseURI).href;
    return await navigator.serviceWorker.register(address, { updateViaCache: 'none' });
  } catch {
    return undefined;
  }
}

/** Calls back when a new version is installed and waits; at once when one already does. */
export function onUpdateReady(registration: ServiceWorkerRegistration, ready: () => void): Disposer {
  const watching = new AbortController();
  const { signal } = watching;
  const watch = (worker: ServiceWorker | null): void => {
    worker?.addEventListener(
      'statechange',
      () => {
        if (worker.state === 'installed' && registration.active) ready();
      },
      { signal },
    );
  };
  registration.addEventListener('updatefound', () => watch(registration.installing), { signal });
  watch(registration.installing);
  if (registration.waiting && registration.active) ready();
  const timer = setInterval(() => void checkForUpdate(registration), checkIntervalMilliseconds);
  return () => {
    watching.abort();
    clearInterval(timer);
  };
}

/** Lets the waiting version take over and reloads the page into it. Only ever called by the person's click. */
export function applyUpdate(registration: ServiceWorkerRegistration): void {
  const { waiting } = registration;
  if (!waiting) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage(activateMessage);
}

/** Without a network there is nothing to find. */
async function checkForUpdate(registration: ServiceWorkerRegistration): Promise<void> {
  await registration.update().catch(() => undefined);
}
