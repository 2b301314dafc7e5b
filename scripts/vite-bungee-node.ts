// Writes BungeeNode under names that stay, each file complete in itself, for other pages to load or to copy.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const pathOf = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));

const scripts = {
  'bungee-node.mjs': 'app/stretch/bungee-public.ts',
  'bungee-node.worklet.mjs': 'worklets/bungee-node.ts',
} as const;

/** Emits them beside the page. */
export function bungeeNodePlugin(): Plugin {
  return {
    name: 'atome:bungee-node',
    apply: 'build',
    async generateBundle() {
      for (const [fileName, entry] of Object.entries(scripts))
        this.emitFile({ type: 'asset', fileName, source: await bundled(pathOf(entry)) });
      const source = readFileSync(pathOf('build/stretch.wasm'));
      this.emitFile({ type: 'asset', fileName: 'bungee-node.wasm', source });
    },
  };
}

/** A module and all that it imports as one. */
async function bundled(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2022', lib: { entry, formats: ['es'] } },
  });
  const chunks = [result].flat().flatMap((made) => ('output' in made ? made.output : []));
  const [chunk, ...others] = chunks;
  if (chunk?.type !== 'chunk' || others.length > 0) throw new Error(`${entry} is not one file`);
  return chunk.code;
}
