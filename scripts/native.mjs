// Builds the C++ tests natively and runs them: with address and undefined-behaviour checks, the threaded ones with race
// checks, and the parsers under a fuzzer. The last line counts tests.
// @ts-check
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { buildProgram } from './compile.mjs';
import { fuzzerCompiler } from './fuzzer.mjs';
import { createLimit } from './limit.mjs';
import { root, runBeside, runScript } from './run.mjs';

/** Inputs tried per fuzz target; each takes up to some milliseconds. */
const fuzzRuns = 20_000;

const warnings = ['-Wall', '-Wextra', '-Werror'];
/** Products and sums are rounded one by one, as in WASM. */
const common = ['-std=c++20', '-g1', '-ffp-contract=off', ...warnings];
/** Tests are compiled once and run for seconds: the compiler's time counts. */
const testFlags = ['-O0', '-DDOCTEST_CONFIG_SUPER_FAST_ASSERTS'];
const addressChecks = ['-fsanitize=address,undefined', '-fno-sanitize-recover=undefined'];
const raceChecks = ['-fsanitize=thread'];
const allocators = ['malloc', 'calloc', 'realloc', 'aligned_alloc', 'free', '_Znwm', '_ZdlPv', '_ZdlPvm'];
const guarded = allocators.map((name) => `-Wl,--wrap=${name}`);

/** Of the C++ library: reading them takes more of the compiler's time than the product's own lines. */
const headers = ['algorithm', 'atomic', 'cmath', 'cstring', 'memory', 'random', 'string', 'thread', 'tuple', 'vector'];

/** @param {string} folder @param {RegExp} pattern */
const sources = (folder, pattern) =>
  readdirSync(join(root, 'dsp-wasm', folder))
    .filter((file) => pattern.test(file))
    .map((file) => `dsp-wasm/${folder}/${file}`);
const signal = [...sources('dsp', /\.cpp$/), ...sources('dsp/stretch', /\.cpp$/)];
const product = [...signal, ...sources('engine', /\.cpp$/)];
const support = ['dsp-wasm/tests/main.cpp', 'dsp-wasm/tests/allocation_guard.cpp'];

const total = { passed: 0, failed: 0 };
const limit = createLimit(availableParallelism());

/** @param {string} name @param {boolean} passed */
function count(name, passed) {
  total[passed ? 'passed' : 'failed']++;
  if (!passed) console.log(`FAILED ${name}`);
}

/** Builds the tests that match and runs them. @param {string} name @param {RegExp} pattern @param {string[]} checks */
async function runTests(name, pattern, checks) {
  const compiler = 'g++';
  const program = await buildProgram({
    name,
    units: [
      { compiler, flags: [...common, '-O1', ...checks], sources: product, headers },
      { compiler, flags: [...common, ...testFlags, ...checks], sources: sources('tests', pattern) },
      { compiler, flags: [...common, '-O0'], sources: support },
    ],
    linker: compiler,
    linkFlags: [...checks, ...guarded, '-pthread'],
  });
  const { passed, output } = await limit(() =>
    runBeside(program, ['--no-colors', ...process.argv.slice(2)], {
      ASAN_OPTIONS: 'allocator_may_return_null=1',
      TSAN_OPTIONS: 'halt_on_error=1',
    }),
  );
  const counted = /test cases:\s*\d+ \|\s*(\d+) passed \|\s*(\d+) failed/.exec(output);
  total.passed += Number(counted?.[1] ?? 0);
  total.failed += Number(counted?.[2] ?? 0);
  if (passed) return;
  console.log(output);
  if (!Number(counted?.[2] ?? 0)) count(name, false);
}

/** @param {string} target @param {string} compiler */
async function runFuzzer(target, compiler) {
  const name = target.replace(/^.*\/(.*)\.cpp$/, '$1');
  const flags = [...common, '-O1', '-fsanitize=fuzzer-no-link', ...addressChecks];
  const program = await buildProgram({
    name,
    units: [{ compiler, flags, sources: [...signal, target] }],
    linker: compiler,
    linkFlags: ['-fsanitize=fuzzer', ...addressChecks],
  });
  const limits = [`-runs=${fuzzRuns}`, '-seed=1', '-max_len=4096', '-timeout=10'];
  const { passed, output } = await limit(() => runBeside(program, [...limits, '-artifact_prefix=build/native/']));
  if (!passed) console.log(output.slice(-4000));
  count(name, passed);
}

async function runFuzzers() {
  const targets = sources('tests', /^fuzz_.*\.cpp$/);
  const compiler = fuzzerCompiler();
  if (compiler) await Promise.all(targets.map((target) => runFuzzer(target, compiler)));
  else console.log(`no clang with a fuzzer runtime: ${targets.length} fuzz targets were not run`);
}

await runScript(async () => {
  await Promise.all([
    runTests('checked', /^test_.*\.cpp$/, addressChecks),
    runTests('threaded', /^test_thread.*\.cpp$/, raceChecks),
    runFuzzers(),
  ]);
  console.log(`native: ${total.passed} passed, ${total.failed} failed`);
  if (total.failed > 0) process.exitCode = 1;
});
