// Starts programs for the other scripts.
// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** True when the module at `url` is the one Node was started with. @param {string} url */
export const isEntry = (url) => process.argv[1] === fileURLToPath(url);

/** The path of a program that came with an npm package. @param {string} name */
export const packageProgram = (name) => join(root, 'node_modules/.bin', name);

/**
 * Runs a program in the repository and waits for it.
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {NodeJS.ProcessEnv} [environment] added to this process's own
 */
export function run(program, parameters, environment = {}) {
  const { status, error } = spawnSync(program, parameters, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${parameters.join(' ')} ended with ${status}`);
}

/**
 * Runs a program beside others and keeps what it prints.
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {NodeJS.ProcessEnv} [environment]
 * @param {{ gives?: boolean }} [options] gives: it and what it starts let others go first
 * @returns {Promise<{ passed: boolean, output: string }>}
 */
export function runBeside(program, parameters, environment = {}, { gives = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    if (gives && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    /** @type {Buffer[]} */
    const pieces = [];
    child.stdout.on('data', (piece) => pieces.push(piece));
    child.stderr.on('data', (piece) => pieces.push(piece));
    child.on('error', (error) => resolve({ passed: false, output: error.message }));
    child.on('close', (code) => resolve({ passed: code === 0, output: Buffer.concat(pieces).toString() }));
  });
}

/** The path of a program, if there is one. @param {string} program @returns {string | undefined} */
export function which(program) {
  const { status, stdout } = spawnSync('sh', ['-c', 'command -v -- "$0"', program], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
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
