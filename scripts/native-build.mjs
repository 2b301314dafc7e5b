// Compiles C++ sources natively, only those that changed or include what changed, and links a program.
// @ts-check
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

/**
 * @typedef {object} NativeProgram
 * @property {string} name
 * @property {string} [objects] programs with the same name and flags here share their object files; default: `name`
 * @property {string} compiler
 * @property {string[]} flags
 * @property {string[]} linkFlags
 * @property {string[]} sources relative to the repository
 * @property {number} parallel compilers running at a time
 */

/** Builds a program; returns its path. @param {NativeProgram} program */
export async function buildNative({ name, objects = name, compiler, flags, linkFlags, sources, parallel }) {
  const digest = createHash('sha256')
    .update(JSON.stringify([compiler, flags]))
    .digest('hex')
    .slice(0, 12);
  const folder = join(root, 'build/native', `${objects}-${digest}`);
  mkdirSync(folder, { recursive: true });
  const units = sources.map((source) => ({
    source,
    object: join(folder, source.replaceAll('/', '.').replace(/cpp$/, 'o')),
  }));
  const stale = units.filter(({ object }) => !isCurrent(object));
  const queue = stale.values();
  const compileAll = async () => {
    for (const { source, object } of queue) await execute(compiler, [...flags, '-MMD', '-c', source, '-o', object]);
  };
  await Promise.all(Array.from({ length: parallel }, compileAll));
  const output = join(folder, name);
  if (
    stale.length > 0 ||
    !isNewer(
      output,
      units.map(({ object }) => object),
    )
  ) {
    await execute(compiler, [...flags, ...linkFlags, ...units.map(({ object }) => object), '-o', output, '-lpthread']);
  }
  return output;
}

/** @param {string} object */
function isCurrent(object) {
  const dependencies = object.replace(/o$/, 'd');
  if (!existsSync(object) || !existsSync(dependencies)) return false;
  const [, list = ''] = readFileSync(dependencies, 'utf8').replaceAll('\\\n', ' ').split(/:(.*)/s);
  return isNewer(
    object,
    list
      .trim()
      .split(/\s+/)
      .map((file) => join(file.startsWith('/') ? '' : root, file)),
  );
}

/** @param {string} file @param {string[]} inputs */
function isNewer(file, inputs) {
  if (!existsSync(file)) return false;
  const time = statSync(file).mtimeMs;
  return inputs.every((input) => existsSync(input) && statSync(input).mtimeMs <= time);
}

/** @param {string} program @param {string[]} parameters */
function execute(program, parameters) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(undefined) : reject(new Error(`${program} ended with ${code}`))));
  });
}
