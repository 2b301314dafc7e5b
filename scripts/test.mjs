// `npm test`: sets up, then runs every check there is and prints a last line `N passed, N failed`.
// @ts-check
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { generateHeader } from './build-wasm.mjs';
import { root, runBeside, runScript } from './run.mjs';
import { setUpPackages } from './setup-packages.mjs';
import { setUpTools } from './setup-tools.mjs';
import { nativeStage, pageStages, reportFiles, staticStages } from './test-stages.mjs';

/** @typedef {import('./test-stages.mjs').Stage} Stage */

const total = { passed: 0, failed: 0 };

/**
 * @param {string} name
 * @param {import('./test-stages.mjs').Count} count
 * @param {number} began milliseconds
 */
function tell(name, { passed, failed }, began) {
  total.passed += passed;
  total.failed += failed;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`${failed === 0 ? 'ok  ' : 'FAIL'}  ${name}: ${passed} passed, ${failed} failed (${seconds} s)`);
}

/** @param {Stage} stage */
async function runStage({ name, program, parameters, environment, gives = false, count }) {
  const began = Date.now();
  const { passed, output } = await runBeside(program, parameters, environment, { gives });
  const counted = count?.(output) ?? { passed: passed ? 1 : 0, failed: passed ? 0 : 1 };
  // A stage that ends badly has failed, whatever it counted.
  const failed = passed ? counted.failed : Math.max(1, counted.failed);
  if (failed > 0) console.log(output);
  tell(name, { ...counted, failed }, began);
}

/** @param {readonly Stage[]} stages */
async function inTurn(stages) {
  for (const stage of stages) await runStage(stage);
}

async function runAll() {
  const began = Date.now();
  setUpPackages();
  setUpTools({ tests: true });
  for (const file of reportFiles) rmSync(file, { force: true });
  checkHeader();
  // What runs in real time waits as often as it computes: compilers and checkers get the time between.
  await Promise.all([inTurn(pageStages), inTurn([nativeStage]), inTurn(staticStages)]);
  console.log(`\n${((Date.now() - began) / 1000).toFixed(0)} s`);
}

function checkHeader() {
  const began = Date.now();
  const header = join(root, 'dsp-wasm/generated/protocol.h');
  const committed = readFileSync(header, 'utf8');
  generateHeader();
  const fresh = readFileSync(header, 'utf8') === committed;
  if (!fresh) console.log('dsp-wasm/generated/protocol.h was out of date. It is written anew: commit it.');
  tell('generated header', { passed: fresh ? 1 : 0, failed: fresh ? 0 : 1 }, began);
}

await runScript(runAll);
if (process.exitCode) total.failed = Math.max(1, total.failed);
if (total.failed > 0) process.exitCode = 1;
console.log(`${total.passed} passed, ${total.failed} failed`);
