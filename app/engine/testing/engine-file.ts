// The engine's module as the tests use it: the very file that the page loads.
import { readFile } from 'node:fs/promises';

const url = new URL('../../../build/engine.wasm', import.meta.url);

export const compileEngine = async (): Promise<WebAssembly.Module> => WebAssembly.compile(await readFile(url));
