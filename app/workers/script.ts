// The script worker: scripts run here, so that whoever starts it can end them from outside.
import '../pwa/trusted-types.ts';
import interpreterUrl from '@jitl/quickjs-wasmfile-release-sync/wasm?url';
import { expose } from 'comlink';
import { runScript } from '../scripts/run-script.ts';
import type { ScriptWorkerApi } from './script-api.ts';

let interpreter: Promise<WebAssembly.Module> | undefined;

const compiled = (): Promise<WebAssembly.Module> => {
  interpreter ??= WebAssembly.compileStreaming(fetch(interpreterUrl));
  return interpreter;
};

const api: ScriptWorkerApi = {
  async prepare() {
    await compiled();
  },
  run: async (job) => runScript(await compiled(), job),
};

expose(api);
