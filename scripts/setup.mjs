// All the set-up from a fresh clone: packages, tools, the engine module. What is there already is skipped.
// @ts-check
import { buildWasm } from './build-wasm.mjs';
import { isEntry, runScript } from './run.mjs';
import { setUpPackages } from './setup-packages.mjs';
import { setUpTools } from './setup-tools.mjs';

/**
 * @param {{ tests: boolean }} options tests: also what only tests and benchmarks need
 */
export async function setUp({ tests }) {
  setUpPackages();
  setUpTools({ tests });
  await buildWasm();
}

if (isEntry(import.meta.url)) await runScript(() => setUp({ tests: process.argv.includes('--tests') }));
