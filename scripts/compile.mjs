// Compiles C++ sources, only those that changed or include what changed, and links them.
// @ts-check
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createLimit } from './limit.mjs';
import { root } from './run.mjs';

/**
 * @typedef {object} Units sources that are compiled alike; programs that name the same ones share their object files
 * @property {string} compiler
 * @property {string[]} flags
 * @property {string[]} sources relative to the repository
 * @property {string[]} [headers] of libraries that are read once for all sources, before each; by compilers like g++
 *
 * @typedef {object} Program
 * @property {string} name
 * @property {Units[]} units what two of them define inline is taken from the earlier one
 * @property {string} linker
 * @property {string[]} linkFlags
 */

/** Compilers at a time: each may need half a gigabyte. */
const limit = createLimit(Math.min(8, availableParallelism()));

/** The files this process has seen to. @type {Map<string, Promise<void>>} */
const seen = new Map();

/** Builds a program where it is not there or not current; resolves to its path. @param {Program} program */
export async function buildProgram({ name, units, linker, linkFlags }) {
  const objects = await Promise.all(units.flatMap(compileAll));
  const output = join(folderOf('programs', [name, linker, linkFlags, objects]), name);
  if (isNewer(output, objects)) return output;
  const temporary = beside(output);
  await limit(() => execute(linker, [...linkFlags, ...objects, '-o', temporary]));
  renameSync(temporary, output);
  return output;
}

/** @param {Units} units @returns {Promise<string>[]} */
function compileAll({ compiler, flags, sources, headers = [] }) {
  const folder = folderOf('objects', [compiler, flags, headers]);
  const first = headers.length > 0 ? precompile(compiler, flags, headers, join(folder, 'first.h')) : [];
  return sources.map(async (source) => {
    const object = join(folder, `${source.replaceAll('/', '.')}.o`);
    await once(object, async () => compile(compiler, [...flags, ...(await first)], source, object));
    return object;
  });
}

/** Resolves to the flags by which sources get the headers. @param {string} compiler @param {string[]} flags @param {string[]} headers @param {string} file */
async function precompile(compiler, flags, headers, file) {
  const text = headers.map((header) => `#include <${header}>\n`).join('');
  if (!existsSync(file)) writeFileSync(file, text);
  await once(file, () => compile(compiler, [...flags, '-x', 'c++-header'], file, `${file}.gch`));
  return ['-include', file];
}

/** @param {string} file @param {() => Promise<void>} make */
function once(file, make) {
  const done = seen.get(file) ?? make();
  seen.set(file, done);
  return done;
}

/** @param {string} compiler @param {string[]} flags @param {string} source @param {string} object */
async function compile(compiler, flags, source, object) {
  const dependencies = `${object}.d`;
  if (existsSync(dependencies) && isNewer(object, filesIn(dependencies))) return;
  const temporary = beside(object);
  await limit(async () => {
    const began = new Date();
    await execute(compiler, [...flags, '-MMD', '-MF', `${temporary}.d`, '-c', source, '-o', temporary]);
    // A file that changes while it is compiled is newer than its object.
    utimesSync(temporary, began, began);
  });
  renameSync(`${temporary}.d`, dependencies);
  renameSync(temporary, object);
}

/** What a make rule as compilers write it depends on. @param {string} rule */
const filesIn = (rule) =>
  readFileSync(rule, 'utf8')
    .replaceAll('\\\n', ' ')
    .replace(/^.*?:/s, '')
    .trim()
    .split(/\s+/)
    .map((file) => join(file.startsWith('/') ? '' : root, file));

/** @param {string} file @param {string[]} inputs */
function isNewer(file, inputs) {
  if (!existsSync(file)) return false;
  const time = statSync(file).mtimeMs;
  return inputs.every((input) => existsSync(input) && statSync(input).mtimeMs <= time);
}

/** A folder for what is made by one recipe. @param {string} kind @param {unknown[]} recipe */
function folderOf(kind, recipe) {
  const digest = createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
  const folder = join(root, 'build/native', kind, digest);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Another process may be building the same: each writes its own file and moves it into place. @param {string} file */
const beside = (file) => `${file}.${process.pid}`;

/** @param {string} program @param {string[]} parameters */
function execute(program, parameters) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(undefined) : reject(new Error(`${program} ended with ${code}`))));
  });
}
