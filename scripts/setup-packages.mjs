// Installs the npm packages of the lock file, unless they are there already.
// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

/** @typedef {{ packages: Record<string, { version?: string, optional?: boolean, dev?: boolean }> }} Lock */

/** @param {string} file @returns {Lock} */
const readLock = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));

/** npm keeps a copy of the lock beside what it installed; packages for other platforms are missing from it. */
function isInstalled() {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const installed = readLock('node_modules/.package-lock.json').packages;
  return Object.entries(readLock('package-lock.json').packages).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const copy = installed[path];
    return copy === undefined ? optional === true : copy.version === version;
  });
}

export function setUpPackages() {
  if (isInstalled()) return;
  console.log('Installing the packages of package-lock.json…');
  run('npm', ['ci', '--no-audit', '--no-fund']);
}
