// The sandbox's interpreter as tests in Node load it.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export async function loadInterpreter(): Promise<WebAssembly.Module> {
  const address = import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
  return WebAssembly.compile(await readFile(fileURLToPath(address)));
}
