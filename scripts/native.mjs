// Builds the C++ tests natively and runs them: with address and undefined-behaviour checks, the threaded ones with race
// checks, and the parsers under a fuzzer. The last line counts tests.
// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { buildNative } from './native-build.mjs';
import { root } from './run.mjs';

/** Inputs tried per fuzz target; each takes some microseconds. */
const fuzzRuns = 20_000;
const fuzzSeconds = 60;

const warnings = ['-Wall', '-Wextra', '-Werror'];
/** Products and sums are rounded one by one, as in WASM. */
const common = ['-std=c++20', '-g', '-ffp-contract=off', ...warnings];
const allocators = ['malloc', 'calloc', 'realloc', 'aligned_alloc', 'free', '_Znwm', '_ZdlPv', '_ZdlPvm'];
const guarded = allocators.map((name) => `-Wl,--wrap=${name}`);

/** @param {string} folder @param {RegExp} pattern */
const sources = (folder, pattern) =>
  readdirSync(join(root, 'dsp-wasm', folder))
    .filter((file) => pattern.test(file))
    .map((file) => `dsp-wasm/${folder}/${file}`);
const product = [...sources('dsp', /\.cpp$/), ...sources('engine', /\.cpp$/)];
const support = ['dsp-wasm/tests/main.cpp', 'dsp-wasm/tests/allocation_guard.cpp'];

const total = { passed: 0, failed: 0 };
const parallel = Math.min(4, availableParallelism());

/** @param {string} name @param {boolean} passed */
function count(name, passed) {
  total[passed ? 'passed' : 'failed']++;
  if (!passed) console.log(`FAILED ${name}`);
}

/** @param {string} program @param {string[]} parameters @param {NodeJS.ProcessEnv} [environment] */
function runProgram(program, parameters, environment = {}) {
  const result = spawnSync(program, parameters, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    maxBuffer: 64 * 2 ** 20,
  });
  return { passed: result.status === 0, output: `${result.stdout}${result.stderr}` };
}

/** @param {string} name @param {string} program */
function runDoctest(name, program) {
  const { passed, output } = runProgram(program, ['--no-colors', ...process.argv.slice(2)], {
    ASAN_OPTIONS: 'allocator_may_return_null=1',
    TSAN_OPTIONS: 'halt_on_error=1',
  });
  const counted = /test cases:\s*\d+ \|\s*(\d+) passed \|\s*(\d+) failed/.exec(output);
  total.passed += Number(counted?.[1] ?? 0);
  total.failed += Number(counted?.[2] ?? 0);
  if (passed) return;
  console.log(output);
  if (!Number(counted?.[2] ?? 0)) count(name, false);
}

async function runTests() {
  const checked = await buildNative({
    name: 'checked',
    compiler: 'g++',
    flags: [...common, '-O1', '-fsanitize=address,undefined', '-fno-sanitize-recover=undefined'],
    linkFlags: guarded,
    sources: [...product, ...support, ...sources('tests', /^test_.*\.cpp$/)],
    parallel,
  });
  runDoctest('checked', checked);
  const threaded = await buildNative({
    name: 'threaded',
    compiler: 'g++',
    flags: [...common, '-O1', '-fsanitize=thread'],
    linkFlags: guarded,
    sources: [...product, ...support, ...sources('tests', /^test_thread.*\.cpp$/)],
    parallel,
  });
  runDoctest('threaded', threaded);
}

async function runFuzzers() {
  const targets = sources('tests', /^fuzz_.*\.cpp$/);
  if (!hasFuzzer()) {
    console.log(`no clang with a fuzzer runtime: ${targets.length} fuzz targets were not run`);
    return;
  }
  for (const target of targets) {
    const name = target.replace(/^.*\/(.*)\.cpp$/, '$1');
    const program = await buildNative({
      name,
      objects: 'fuzzed',
      compiler: 'clang++-14',
      flags: [...common, '-O1', '-fsanitize=fuzzer-no-link,address,undefined', '-fno-sanitize-recover=undefined'],
      linkFlags: ['-fsanitize=fuzzer'],
      sources: [...sources('dsp', /\.cpp$/), target],
      parallel,
    });
    const limits = [`-runs=${fuzzRuns}`, `-max_total_time=${fuzzSeconds}`, '-seed=1', '-max_len=4096', '-timeout=10'];
    const { passed, output } = runProgram(program, [...limits, '-artifact_prefix=build/native/']);
    if (!passed) console.log(output.slice(-4000));
    count(name, passed);
  }
}

function hasFuzzer() {
  const found = spawnSync('clang++-14', ['-print-runtime-dir'], { encoding: 'utf8' });
  const folder = found.stdout?.trim() ?? '';
  return (
    found.status === 0 && existsSync(folder) && readdirSync(folder).some((file) => file.includes('clang_rt.fuzzer'))
  );
}

await runTests();
await runFuzzers();
console.log(`native: ${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
