// The page's entry, and the only place where it all is put together.
import './pwa/trusted-types.ts';
import type { JSX } from 'solid-js';
import { render } from 'solid-js/web';
import { boot } from './page/boot.ts';
import { publishScripting } from './page/scripting.ts';
import { ensureIsolation } from './pwa/isolation.ts';
import { registerServiceWorker } from './pwa/registration.ts';
import { storageError } from './storage/storage-errors.ts';
import { App } from './ui/App.tsx';
import { afterPaint, nextTask } from './ui/after-paint.ts';
import { OtherTab } from './ui/OtherTab.tsx';
import { StartFailure } from './ui/start/StartFailure.tsx';

const root = document.getElementById('root') as HTMLElement;

const surface = publishScripting();

let unmount: (() => void) | undefined;
let hasFailed = false;

/** Shows one view in place of what was there, unless the program cannot go on. */
function show(view: Parameters<typeof render>[0]): void {
  if (hasFailed) return;
  unmount?.();
  unmount = render(view, root);
}

/** The program cannot go on: says why in place of everything else. */
function fail(thrown: unknown): void {
  const failure = storageError(thrown, 'ERR_WORKER');
  surface.fail(failure);
  show(() => <StartFailure error={failure.report} />);
  hasFailed = true;
}

async function start(): Promise<void> {
  try {
    if ((await ensureIsolation(registerServiceWorker)) === 'reloading') return;
    const registration = Promise.withResolvers<ServiceWorkerRegistration | undefined>();
    let covered = false;
    const { client, atome, ready } = await boot({
      registration: registration.promise,
      onUnusable: fail,
      onUnanswered(takeOver) {
        covered = true;
        show(() => <OtherTab onTakeOver={takeOver} />);
      },
    });
    const app = (): JSX.Element => <App client={client} />;
    // The session's worker is told to start first: it goes on while the empty page is made.
    await nextTask();
    if (!covered) show(app);
    await ready;
    surface.open(atome);
    if (covered) show(app);
    // What it keeps for later visits must not compete with what this one loads.
    registration.resolve(afterPaint().then(registerServiceWorker));
  } catch (thrown) {
    fail(thrown);
  }
}

void start();
