// The page's entry, and the only place where it all is put together.
import './pwa/trusted-types.ts';
import { render } from 'solid-js/web';
import { type Booted, boot } from './page/boot.ts';
import { askToTakeOver, type Ownership, tryOwn, waitToOwn } from './page/ownership.ts';
import { publishScripting } from './page/scripting.ts';
import { ensureIsolation } from './pwa/isolation.ts';
import { registerServiceWorker } from './pwa/registration.ts';
import { storageError } from './storage/storage-errors.ts';
import { App } from './ui/App.tsx';
import { OtherTab } from './ui/OtherTab.tsx';
import { StartFailure } from './ui/start/StartFailure.tsx';

const root = document.getElementById('root') as HTMLElement;

const surface = publishScripting();

/** Shows one view in place of what was there. */
let unmount: (() => void) | undefined;
function show(view: Parameters<typeof render>[0]): void {
  unmount?.();
  unmount = render(view, root);
}

async function start(): Promise<void> {
  try {
    if ((await ensureIsolation(registerServiceWorker)) === 'reloading') return;
    const ownership = (await tryOwn()) ?? (await untilTakenOver());
    const registration = Promise.withResolvers<ServiceWorkerRegistration | undefined>();
    const booted = await boot(registration.promise);
    surface.open(booted.atome);
    ownership.onTakeOver(() => void handOver(booted, ownership));
    show(() => <App client={booted.client} />);
    // What it keeps for later visits must not compete with what this one loads.
    registration.resolve(painted().then(registerServiceWorker));
  } catch (thrown) {
    const failure = storageError(thrown, 'ERR_WORKER');
    surface.fail(failure);
    show(() => <StartFailure error={failure.report} />);
  }
}

/** Resolves when what is shown now is on the screen; at once in a tab in the background, where nothing is painted. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) resolve();
    else requestAnimationFrame(() => setTimeout(resolve));
  });
}

/** Another tab owns the program: waits until it closes, or asks it when the person wants it here. */
async function untilTakenOver(): Promise<Ownership> {
  const owned = waitToOwn();
  show(() => <OtherTab onTakeOver={askToTakeOver} />);
  return owned;
}

/** Another tab asked: ends here once everything is on disk. */
async function handOver(booted: Booted, ownership: Ownership): Promise<void> {
  // A part that has ended cannot close; whatever it had accepted is on disk.
  await booted.close().catch(() => undefined);
  ownership.release();
  location.reload();
}

void start();
