// Finds a clang that has the fuzzer's and the sanitizers' runtime.
// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const compilers = ['clang++', ...[20, 19, 18, 17, 16, 15, 14].map((version) => `clang++-${version}`)];

/** @param {string} compiler */
function hasRuntime(compiler) {
  const { status, stdout } = spawnSync(compiler, ['-print-runtime-dir'], { encoding: 'utf8' });
  const folder = stdout?.trim() ?? '';
  return status === 0 && existsSync(folder) && readdirSync(folder).some((file) => file.includes('clang_rt.fuzzer'));
}

/** The compiler that builds fuzzers; undefined where there is none. @returns {string | undefined} */
export const fuzzerCompiler = () => compilers.find(hasRuntime);
