// The session worker: begins to read what is stored while the rest of its program is still being fetched and compiled.
import '../pwa/trusted-types.ts';
import * as comlink from 'comlink';
import { AtomeError } from '../protocol/errors.ts';
import { life } from './life.ts';
import type { SessionWorkerApi } from './session-api.ts';
import type { Running } from './session-program.ts';
import { openSessionStorage } from './session-storage.ts';

const restoring = Promise.withResolvers<void>();
const storage = openSessionStorage(restoring.resolve);
const program = import('./session-program.ts').catch(() => {
  throw new AtomeError('ERR_WORKER', 'session');
});
const loaded = Promise.all([storage, program]).then(([{ stored }, { loadSession }]) => loadSession(stored));
// Whoever starts the session hears of them.
for (const begun of [storage, program, loaded]) begun.catch(() => undefined);

let running: Running | undefined;

const api: SessionWorkerApi = {
  life,
  async start(options, port, page, fallback) {
    const { startSession } = await program;
    const project = { storage, loaded, restoring: restoring.promise };
    running = await startSession(project, options, port, page, fallback);
    return running.wasm?.control.addresses ?? null;
  },
  createStack() {
    if (!running?.wasm) throw new AtomeError('ERR_ENGINE_START', 'the engine has not started');
    return running.wasm.control.createStack();
  },
  reportStatus: (status, features) => running?.reportStatus(status, features),
  close: async () => running?.close(),
};

comlink.expose(api);
