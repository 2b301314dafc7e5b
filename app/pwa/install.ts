// The browser's offer to install the page as an app, kept until the person asks for it.
import type { Disposer } from '../core/disposer.ts';

interface InstallPromptEvent extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

let offer: InstallPromptEvent | undefined;

/** Calls back with whether the page can be installed now. Start it early: the browser offers once. */
export function watchInstallable(changed: (installable: boolean) => void): Disposer {
  const watching = new AbortController();
  const { signal } = watching;
  const take = (event: Event): void => {
    event.preventDefault();
    offer = event as InstallPromptEvent;
    changed(true);
  };
  const forget = (): void => {
    offer = undefined;
    changed(false);
  };
  window.addEventListener('beforeinstallprompt', take, { signal });
  window.addEventListener('appinstalled', forget, { signal });
  return () => watching.abort();
}

/** Shows the browser's own dialog, inside a gesture; resolves to whether the person agreed. An offer works once. */
export async function promptInstall(): Promise<boolean> {
  const current = offer;
  offer = undefined;
  return current !== undefined && (await current.prompt()).outcome === 'accepted';
}
