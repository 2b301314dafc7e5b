// The stages of `npm test`: what each runs, and how its tests are counted.
// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageProgram, root } from './run.mjs';

/**
 * @typedef {{ passed: number, failed: number }} Count
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} program
 * @property {string[]} parameters
 * @property {NodeJS.ProcessEnv} [environment]
 * @property {boolean} [gives] it lets the others go first
 * @property {(output: string) => Count | undefined} [count] without one, or where it finds nothing, a stage is one test
 */

const reports = { unit: join(root, 'build/unit.json'), e2e: join(root, 'build/e2e.json') };

/** @param {string} file */
const readReport = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

/** @param {string} name @param {string} program @param {string[]} parameters @returns {Stage} */
const check = (name, program, ...parameters) => ({ name, program: packageProgram(program), parameters });

/** @param {string} name @param {...string} parameters @returns {Stage} */
const script = (name, ...parameters) => ({ name, program: process.execPath, parameters });

/** What needs no browser and no compiled page, some seconds each. @type {Stage[]} */
export const staticStages = [
  check('types: page', 'tsc', '-p', 'tsconfig.json', '--noEmit'),
  check('types: worklets', 'tsc', '-p', 'worklets/tsconfig.json', '--noEmit'),
  check('types: service worker', 'tsc', '-p', 'app/pwa/tsconfig.json', '--noEmit'),
  check('lint', 'biome', 'check', '--error-on-warnings', '.'),
  check('unused code', 'knip'),
  check('import rules', 'depcruise', '--config', '.dependency-cruiser.cjs', 'app', 'worklets', 'scripts', 'e2e'),
  script('C++ format', 'scripts/format-cpp.mjs', '--check'),
].map((stage) => ({ ...stage, gives: true }));

/** Its last line that counts tells all. @param {string} output */
function countNative(output) {
  const line = output.split('\n').findLast((text) => /\d+ passed/.test(text) && /\d+ failed/.test(text)) ?? '';
  const number = (/** @type {RegExp} */ pattern) => Number(pattern.exec(line)?.[1] ?? 0);
  return line === '' ? undefined : { passed: number(/(\d+) passed/), failed: number(/(\d+) failed/) };
}

/** @type {Stage} */
export const nativeStage = { ...script('native', 'scripts/native.mjs'), gives: true, count: countNative };

/** @type {Stage} */
const unitStage = {
  ...check('unit', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reports.unit}`),
  count: () => {
    const report = readReport(reports.unit);
    return report && { passed: report.numPassedTests, failed: report.numFailedTests };
  },
};

/** @type {Stage} */
const endToEndStage = {
  ...check('e2e', 'playwright', 'test'),
  environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: reports.e2e },
  count: () => {
    const stats = readReport(reports.e2e)?.stats;
    return stats && { passed: stats.expected, failed: stats.unexpected + stats.flaky };
  },
};

/** What the page is made of, and the tests that run it, most of them in real time. @type {Stage[]} */
export const pageStages = [script('build', 'scripts/build.mjs'), unitStage, endToEndStage];

export const reportFiles = Object.values(reports);
