// Builds build/engine.wasm from dsp-wasm with Emscripten, only when a source, the schema or the flags changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = join(root, 'build/engine.wasm');
const stamp = join(root, 'build/engine.wasm.stamp');

/** 64 KiB pages: 4 MiB to begin with, 1 GiB at most; the pool of audio pages grows on demand. */
export const memoryPages = { initial: 64, maximum: 16384 };

const compileFlags = [
  '-std=c++20', '-O3', '-fno-exceptions', '-fno-rtti', '-flto', '-Wall', '-Wextra', '-Werror',
  '-matomics', '-mbulk-memory', '-msimd128', '-DNDEBUG',
];
const linkFlags = [
  '--no-entry', '-sALLOW_MEMORY_GROWTH=1', '-sTOTAL_STACK=131072', `-sINITIAL_MEMORY=${memoryPages.initial * 65536}`,
  '-Wl,--shared-memory,--import-memory', `-Wl,--max-memory=${memoryPages.maximum * 65536}`,
];

const filesIn = (folder, pattern) =>
  readdirSync(join(root, folder)).filter((file) => pattern.test(file)).sort().map((file) => join(folder, file));

export function buildWasm() {
  run('npx', ['tsx', 'scripts/generate-protocol.ts']);
  const sources = ['dsp-wasm/dsp', 'dsp-wasm/engine', 'dsp-wasm/bindings'].flatMap((folder) => filesIn(folder, /\.cpp$/));
  const inputs = ['dsp-wasm/dsp', 'dsp-wasm/engine', 'dsp-wasm/bindings', 'dsp-wasm/generated'].flatMap((folder) =>
    filesIn(folder, /\.(cpp|h)$/),
  );
  const hash = createHash('sha256').update(JSON.stringify([compileFlags, linkFlags]));
  for (const file of inputs) hash.update(file).update(readFileSync(join(root, file)));
  const digest = hash.digest('hex');
  if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return output;
  mkdirSync(join(root, 'build'), { recursive: true });
  run('em++', [...compileFlags, ...sources, ...linkFlags, '-o', output]);
  writeFileSync(stamp, digest);
  return output;
}

function run(program, parameters) {
  const { status, error } = spawnSync(program, parameters, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ended with ${status}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(buildWasm());
