// Makes the page cross-origin isolated where its host does not: one counted reload through the service worker.

export type Isolation =
  /** Memory can be shared between threads: the WASM engine runs. */
  | 'isolated'
  /** The page is about to reload; start nothing. */
  | 'reloading'
  /** It stays without; go on with the fallback engine and report ERR_NOT_ISOLATED. */
  | 'unavailable';

const reloadsKey = 'atome.isolation.reloads';

/** Isolation can vanish on any load (a hard reload bypasses the service worker), so it is checked on every one. */
export async function ensureIsolation(
  register: () => Promise<ServiceWorkerRegistration | undefined>,
): Promise<Isolation> {
  const counted = storageOfTab();
  if (crossOriginIsolated) {
    counted?.removeItem(reloadsKey);
    return 'isolated';
  }
  const registration = await register();
  if (!counted || counted.getItem(reloadsKey) !== null || !registration || !(await isActivated(registration))) {
    return 'unavailable';
  }
  counted.setItem(reloadsKey, '1');
  location.reload();
  return 'reloading';
}

/** A reload that cannot be counted could go on for ever: without storage there is none. */
function storageOfTab(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}

/** Resolves once a worker of the registration is active, false when its installation failed. */
function isActivated(registration: ServiceWorkerRegistration): Promise<boolean> {
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (!worker) return Promise.resolve(false);
  return new Promise((resolve) => {
    const settle = (): void => {
      if (worker.state === 'activated') resolve(true);
      else if (worker.state === 'redundant') resolve(false);
    };
    worker.addEventListener('statechange', settle);
    settle();
  });
}
