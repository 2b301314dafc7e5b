// Finds the programs that are not npm packages; on Debian and Ubuntu it installs what is missing with apt.
// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { systemChromium } from './chromium.mjs';
import { fuzzerCompiler } from './fuzzer.mjs';
import { packageProgram, run, which } from './run.mjs';

/** @typedef {{ name: string, apt: string[], brew: string[], isThere: () => boolean }} Tool */

/** @type {Tool[]} */
const buildTools = [
  { name: 'Emscripten (em++)', apt: ['emscripten'], brew: ['emscripten'], isThere: () => which('em++') !== undefined },
];

const doctestFolders = ['/usr/include', '/usr/local/include', '/opt/homebrew/include'];

/** @type {Tool[]} */
const testTools = [
  { name: 'a C++ compiler (g++)', apt: ['g++'], brew: ['gcc'], isThere: () => which('g++') !== undefined },
  {
    name: 'doctest',
    apt: ['doctest-dev'],
    brew: ['doctest'],
    isThere: () => doctestFolders.some((folder) => existsSync(`${folder}/doctest/doctest.h`)),
  },
  {
    name: 'clang-format',
    apt: ['clang-format'],
    brew: ['clang-format'],
    isThere: () => which('clang-format') !== undefined,
  },
];

/** Without them less is tested (which the tests say), or Playwright's own is used. @type {Tool[]} */
const wishedTestTools = [
  {
    name: "clang's fuzzer",
    apt: ['clang', 'libclang-rt-dev'],
    brew: [],
    isThere: () => fuzzerCompiler() !== undefined,
  },
  { name: 'Chromium', apt: ['chromium'], brew: [], isThere: () => systemChromium() !== undefined },
];

/** The words before `apt-get` for somebody who may install; undefined where there is no apt or no right to use it. */
function aptPrefix() {
  if (process.platform !== 'linux' || which('apt-get') === undefined) return undefined;
  if (process.getuid?.() === 0) return [];
  const mayUseSudo = which('sudo') !== undefined && spawnSync('sudo', ['-n', 'true']).status === 0;
  return mayUseSudo ? ['sudo', '-n'] : undefined;
}

/**
 * Packages of tools that are needed all at once; wished ones one by one, because not every release has each of them.
 * @param {readonly string[]} prefix
 * @param {readonly Tool[]} needed
 * @param {readonly Tool[]} wished
 */
function aptInstall(prefix, needed, wished) {
  const [program = 'env', ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  const apt = (/** @type {string[]} */ ...parameters) =>
    run(program, [...rest, '-o', 'DPkg::Lock::Timeout=600', '-o', 'Acquire::Retries=3', '-q', ...parameters]);
  const install = (/** @type {readonly Tool[]} */ tools) =>
    apt('install', '-y', '--no-install-recommends', ...tools.flatMap((tool) => tool.apt));
  console.log(`Installing ${[...needed, ...wished].map(({ name }) => name).join(', ')} with apt…`);
  apt('update');
  if (needed.length > 0) install(needed);
  for (const tool of wished) {
    try {
      install([tool]);
    } catch {
      console.log(`apt has no ${tool.name} for this system; going on without it.`);
    }
  }
}

/** @param {readonly Tool[]} missing @returns {string} */
function oneLine(missing) {
  if (process.platform === 'darwin') return `brew install ${missing.flatMap(({ brew }) => brew).join(' ')}`;
  const packages = missing.flatMap(({ apt }) => apt).join(' ');
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages}`;
}

/** Playwright's own Chromium, where neither the system nor apt has one. */
function setUpChromium() {
  if (systemChromium() !== undefined) return;
  console.log("Installing Playwright's Chromium…");
  run(packageProgram('playwright'), ['install', 'chromium']);
}

/**
 * @param {{ tests: boolean }} options tests: also what only tests and benchmarks need
 * @throws Error with the one line to run, where this script may not install by itself
 */
export function setUpTools({ tests }) {
  const needed = [...buildTools, ...(tests ? testTools : [])].filter((tool) => !tool.isThere());
  const wished = (tests ? wishedTestTools : []).filter((tool) => !tool.isThere());
  const prefix = aptPrefix();
  if (prefix && needed.length + wished.length > 0) aptInstall(prefix, needed, wished);
  const missing = needed.filter((tool) => !tool.isThere());
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    throw new Error(`Missing: ${names}. Run this line, then try again:\n  ${oneLine(missing)}`);
  }
  if (tests) setUpChromium();
}
