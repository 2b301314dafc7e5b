// All the set-up from a fresh clone: packages, tools, the engine module. What is there already is skipped.
// @ts-check
import { isEntry } from './run.mjs';
import { setUpPackages } from './setup-packages.mjs';
import { setUpTools } from './setup-tools.mjs';

/**
 * @param {{ tests: boolean }} options tests: also what only tests and benchmarks need
 */
export async function setUp({ tests }) {
  setUpPackages();
  setUpTools({ tests });
  const { buildWasm } = await import('./build-wasm.mjs');
  await buildWasm();
}

/** Runs a script's whole work; what a person has to do about a failure is printed without a stack. @param {() => Promise<void>} work */
export async function runScript(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

if (isEntry(import.meta.url)) await runScript(() => setUp({ tests: process.argv.includes('--tests') }));
