// What other pages load as bungee-node.mjs: the nodes, and the way to files that lie beside it.
import { loadBungee as loadFiles } from './bungee-sounds.ts';

export { BungeeNode, type BungeeNodeOptions, BungeeSourceNode, type BungeeSourceOptions } from './bungee-node.ts';
export { BungeeSound } from './bungee-sounds.ts';

const fileBeside = (name: string): URL => new URL(name, import.meta.url);

let compiled: Promise<WebAssembly.Module> | undefined;

/** Brings the stretcher into a context's audio thread; once per context, however often it is asked. */
export async function loadBungee(context: BaseAudioContext): Promise<void> {
  compiled ??= compile(fileBeside('bungee-node.wasm'));
  try {
    await loadFiles(context, { processorUrl: fileBeside('bungee-node.worklet.mjs'), module: await compiled });
  } catch (thrown) {
    compiled = undefined;
    throw thrown;
  }
}

/** Not while it streams: not every host knows the type of WebAssembly. */
async function compile(url: URL): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return WebAssembly.compile(await response.arrayBuffer());
}
