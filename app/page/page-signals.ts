// What the browser tells the page about itself: installable, a new version waiting, the network.
import { type Accessor, createSignal } from 'solid-js';
import { promptInstall, watchInstallable } from '../pwa/install.ts';
import { applyUpdate, onUpdateReady } from '../pwa/registration.ts';

export interface PageSignals {
  readonly installable: Accessor<boolean>;
  readonly updateReady: Accessor<boolean>;
  readonly online: Accessor<boolean>;
  readonly install: () => Promise<void>;
  readonly applyUpdate: () => void;
}

/** @param registering the service worker, once it is registered */
export function createPageSignals(registering: Promise<ServiceWorkerRegistration | undefined>): PageSignals {
  const [installable, setInstallable] = createSignal(false);
  const [updateReady, setUpdateReady] = createSignal(false);
  const [online, setOnline] = createSignal(navigator.onLine);
  watchInstallable(setInstallable);
  window.addEventListener('online', () => setOnline(true));
  window.addEventListener('offline', () => setOnline(false));
  void registering.then((registration) => registration && onUpdateReady(registration, () => setUpdateReady(true)));
  return {
    installable,
    updateReady,
    online,
    async install() {
      setInstallable(false);
      await promptInstall();
    },
    applyUpdate() {
      void registering.then((registration) => registration && applyUpdate(registration));
    },
  };
}
