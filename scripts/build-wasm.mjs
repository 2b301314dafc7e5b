// Builds build/engine.wasm and build/stretch.wasm from dsp-wasm with Emscripten, only when a source, the schema or the
// flags changed.
// @ts-check
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildProgram } from './compile.mjs';
import { isEntry, packageProgram, root, run, runScript } from './run.mjs';

/** 64 KiB pages: 4 MiB to begin with, 1 GiB at most; the pool of audio pages grows on demand. */
const memoryPages = { initial: 64, maximum: 16384 };

/** All that a host of a module has to give it. */
const allowedImports = ['env.emscripten_notify_memory_growth', 'env.memory', 'wasi_snapshot_preview1.proc_exit'];

/** The linker generates code too, so these are for both. */
const codeFlags = ['-O3', '-flto', '-fno-exceptions', '-fno-rtti', '-mbulk-memory', '-msimd128'];
const compileFlags = ['-std=c++20', '-DNDEBUG', '-Wall', '-Wextra', '-Werror'];
const linkFlags = ['--no-entry', '-sALLOW_MEMORY_GROWTH=1'];

/** @param {readonly string[]} folders @param {RegExp} pattern */
const filesIn = (folders, pattern) =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => pattern.test(file))
      .sort()
      .map((file) => `${folder}/${file}`),
  );
const folders = ['dsp-wasm/dsp', 'dsp-wasm/dsp/stretch', 'dsp-wasm/engine', 'dsp-wasm/bindings'];

/**
 * @typedef {object} Module
 * @property {string} name
 * @property {string[]} sources
 * @property {string[]} codeFlags
 * @property {string[]} linkFlags
 */

const stretchBinding = 'dsp-wasm/bindings/atome_stretch.cpp';

/** @type {Module} */
const engine = {
  name: 'engine.wasm',
  sources: filesIn(folders, /\.cpp$/).filter((file) => file !== stretchBinding),
  codeFlags: [...codeFlags, '-matomics'],
  linkFlags: [
    '-sTOTAL_STACK=131072',
    `-sINITIAL_MEMORY=${memoryPages.initial * 65536}`,
    '-Wl,--shared-memory,--import-memory',
    `-Wl,--max-memory=${memoryPages.maximum * 65536}`,
  ],
};
/** The stretcher alone, in a memory of its own that grows from 192 KiB: for pages that cannot share memory. @type {Module} */
const stretch = {
  name: 'stretch.wasm',
  sources: [...filesIn(['dsp-wasm/dsp/stretch'], /\.cpp$/), stretchBinding],
  codeFlags,
  linkFlags: ['-sTOTAL_STACK=65536', '-sINITIAL_MEMORY=196608', '-sMEMORY_GROWTH_LINEAR_STEP=65536'],
};
const schema = ['app/protocol/engine-layout.ts', 'scripts/protocol-header.ts', 'scripts/generate-protocol.ts'];

/** Writes the C++ side of the schema, dsp-wasm/generated/protocol.h. */
export const generateHeader = () => run(packageProgram('tsx'), ['scripts/generate-protocol.ts']);

/** Brings both modules up to date; resolves to the path of build/engine.wasm. */
export async function buildWasm() {
  if ([engine, stretch].some((module) => !isBuiltFrom(module, digestOfInputs()))) generateHeader();
  const [path] = await Promise.all([buildModule(engine), buildModule(stretch)]);
  return path;
}

/** @param {Module} module */
const outputOf = ({ name }) => join(root, 'build', name);

/** Resolves to the module's path. @param {Module} module */
async function buildModule(module) {
  const output = outputOf(module);
  const inputs = digestOfInputs();
  if (isBuiltFrom(module, inputs)) return output;
  const program = await buildProgram({
    name: module.name,
    units: [{ compiler: 'em++', flags: [...compileFlags, ...module.codeFlags], sources: module.sources }],
    linker: 'em++',
    linkFlags: [...linkFlags, ...module.codeFlags, ...module.linkFlags],
  });
  checkImports(program);
  mkdirSync(join(root, 'build'), { recursive: true });
  // Beside others that build: a reader finds the old module or the new one, whole.
  const temporary = `${output}.${process.pid}`;
  copyFileSync(program, temporary);
  const made = madeOf(inputs, temporary);
  renameSync(temporary, output);
  // What changed meanwhile is built the next time.
  if (digestOfInputs() === inputs) writeFileSync(stampOf(module), made);
  return output;
}

/** Emscripten turns what nobody defines into imports, which would fail only when they are called. @param {string} file */
function checkImports(file) {
  const module = new WebAssembly.Module(readFileSync(file));
  const imports = WebAssembly.Module.imports(module).map(({ module, name }) => `${module}.${name}`);
  const unknown = imports.filter((name) => !allowedImports.includes(name));
  if (unknown.length > 0) throw new Error(`${file}: undefined symbols: ${unknown.join(', ')}`);
}

/** @param {Module} module */
const stampOf = (module) => `${outputOf(module)}.stamp`;

/** @param {Module} module @param {string} inputs the digest of what it should be made of */
const isBuiltFrom = (module, inputs) =>
  existsSync(outputOf(module)) &&
  existsSync(stampOf(module)) &&
  readFileSync(stampOf(module), 'utf8') === madeOf(inputs, outputOf(module));

/** What the stamp says of a module: the digests of its inputs and of its bytes. @param {string} inputs @param {string} file */
const madeOf = (inputs, file) => `${inputs} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`;

function digestOfInputs() {
  const hash = createHash('sha256').update(JSON.stringify([compileFlags, linkFlags, engine, stretch]));
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
