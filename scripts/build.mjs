// Builds the page into dist, only when something it is made of changed, and packs its files for the network.
// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { buildWasm } from './build-wasm.mjs';
import { isEntry, packageProgram, root, run, runScript } from './run.mjs';

const stamp = join(root, 'build/dist.stamp');
const inputs = [
  'app',
  'worklets',
  'public',
  'index.html',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'scripts/manifest.ts',
  'scripts/vite-bungee-node.ts',
  'scripts/vite-page-headers.ts',
  'scripts/vite-trusted-templates.ts',
];
const packed = /\.(m?js|css|html|svg|json|webmanifest|wasm)$/;

/** @param {string} path relative to the repository @returns {string[]} */
function filesUnder(path) {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

/** @param {string[]} modules */
function digestOf(modules) {
  const hash = createHash('sha256');
  for (const module of modules) hash.update(readFileSync(module));
  for (const [name, value] of Object.entries(process.env).sort()) {
    if (name.startsWith('ATOME_')) hash.update(`${name}=${value}`);
  }
  for (const file of inputs.flatMap(filesUnder).filter((name) => !/\.test\.tsx?$/.test(name))) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** A `.br` beside every file that gets smaller by it. */
async function pack() {
  const compress = promisify(brotliCompress);
  const files = filesUnder('dist').filter((file) => packed.test(file));
  await Promise.all(
    files.map(async (file) => {
      const plain = await readFile(join(root, file));
      const small = await compress(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } });
      if (small.length < plain.length) await writeFile(join(root, `${file}.br`), small);
    }),
  );
}

/** Resolves to the folder of the built page. */
export async function build() {
  const engine = await buildWasm();
  const digest = digestOf([engine, join(root, 'build/stretch.wasm')]);
  const folder = join(root, 'dist');
  if (existsSync(folder) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return folder;
  await rm(stamp, { force: true });
  run(packageProgram('vite'), ['build', '--logLevel', 'warn']);
  await pack();
  await mkdir(join(root, 'build'), { recursive: true });
  await writeFile(stamp, digest);
  return folder;
}

if (isEntry(import.meta.url)) {
  await runScript(async () => {
    console.log(await build());
  });
}
