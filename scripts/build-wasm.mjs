// Builds build/engine.wasm from dsp-wasm with Emscripten, only when a source, the schema or the flags changed.
// @ts-check
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildProgram } from './compile.mjs';
import { isEntry, packageProgram, root, run, runScript } from './run.mjs';

const output = join(root, 'build/engine.wasm');
const stamp = join(root, 'build/engine.wasm.stamp');

/** 64 KiB pages: 4 MiB to begin with, 1 GiB at most; the pool of audio pages grows on demand. */
const memoryPages = { initial: 64, maximum: 16384 };

/** All that a host of the module has to give it. */
const allowedImports = ['env.emscripten_notify_memory_growth', 'env.memory', 'wasi_snapshot_preview1.proc_exit'];

/** The linker generates code too, so these are for both. */
const codeFlags = ['-O3', '-flto', '-fno-exceptions', '-fno-rtti', '-matomics', '-mbulk-memory', '-msimd128'];
const compileFlags = ['-std=c++20', '-DNDEBUG', '-Wall', '-Wextra', '-Werror', ...codeFlags];
const linkFlags = [
  ...codeFlags,
  '--no-entry',
  '-sALLOW_MEMORY_GROWTH=1',
  '-sTOTAL_STACK=131072',
  `-sINITIAL_MEMORY=${memoryPages.initial * 65536}`,
  '-Wl,--shared-memory,--import-memory',
  `-Wl,--max-memory=${memoryPages.maximum * 65536}`,
];

/** @param {readonly string[]} folders @param {RegExp} pattern */
const filesIn = (folders, pattern) =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => pattern.test(file))
      .sort()
      .map((file) => `${folder}/${file}`),
  );
const folders = ['dsp-wasm/dsp', 'dsp-wasm/dsp/stretch', 'dsp-wasm/engine', 'dsp-wasm/bindings'];
const schema = ['app/protocol/engine-layout.ts', 'scripts/protocol-header.ts', 'scripts/generate-protocol.ts'];

/** Brings build/engine.wasm up to date; resolves to its path. */
export async function buildWasm() {
  if (isBuiltFrom(digestOfInputs())) return output;
  run(packageProgram('tsx'), ['scripts/generate-protocol.ts']);
  const inputs = digestOfInputs();
  if (isBuiltFrom(inputs)) return output;
  const program = await buildProgram({
    name: 'engine.wasm',
    units: [{ compiler: 'em++', flags: compileFlags, sources: filesIn(folders, /\.cpp$/) }],
    linker: 'em++',
    linkFlags,
  });
  checkImports(program);
  mkdirSync(join(root, 'build'), { recursive: true });
  // Beside others that build: a reader finds the old module or the new one, whole.
  const temporary = `${output}.${process.pid}`;
  copyFileSync(program, temporary);
  const made = madeOf(inputs, temporary);
  renameSync(temporary, output);
  // What changed meanwhile is built the next time.
  if (digestOfInputs() === inputs) writeFileSync(stamp, made);
  return output;
}

/** Emscripten turns what nobody defines into imports, which would fail only when they are called. @param {string} file */
function checkImports(file) {
  const module = new WebAssembly.Module(readFileSync(file));
  const imports = WebAssembly.Module.imports(module).map(({ module, name }) => `${module}.${name}`);
  const unknown = imports.filter((name) => !allowedImports.includes(name));
  if (unknown.length > 0) throw new Error(`engine.wasm: undefined symbols: ${unknown.join(', ')}`);
}

/** @param {string} inputs the digest of what it should be made of */
const isBuiltFrom = (inputs) =>
  existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === madeOf(inputs, output);

/** What the stamp says of a module: the digests of its inputs and of its bytes. @param {string} inputs @param {string} file */
const madeOf = (inputs, file) => `${inputs} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`;

function digestOfInputs() {
  const hash = createHash('sha256').update(JSON.stringify([compileFlags, linkFlags]));
  for (const file of [...filesIn([...folders, 'dsp-wasm/generated'], /\.(cpp|h)$/), ...schema]) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

if (isEntry(import.meta.url)) {
  await runScript(async () => {
    console.log(await buildWasm());
  });
}
