// The script worker: scripts run here, so that whoever starts it can end them from outside.
import '../pwa/trusted-types.ts';
import interpreterUrl from '@jitl/quickjs-wasmfile-release-sync/wasm?url';
import { expose } from 'comlink';
import { AtomeError } from '../protocol/errors.ts';
import { checkScript, prepareScript, type ReadyScript } from '../scripts/run-script.ts';
import type { ScriptWorkerApi } from './script-api.ts';

let ready: ReadyScript | undefined;
let interpreter: Promise<WebAssembly.Module> | undefined;

const compiled = (): Promise<WebAssembly.Module> => {
  interpreter ??= WebAssembly.compileStreaming(fetch(interpreterUrl));
  return interpreter;
};

const api: ScriptWorkerApi = {
  async prepare() {
    await compiled();
  },
  async take(job) {
    ready = await prepareScript(await compiled(), job);
  },
  async run() {
    if (!ready) throw new AtomeError('ERR_SCRIPT', 'there is none to run');
    const run = ready;
    ready = undefined;
    return run();
  },
  async check(text) {
    return checkScript(await compiled(), text);
  },
};

expose(api);
