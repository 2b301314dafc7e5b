// Formats the C++ sources with clang-format; with --check only says which ones are not formatted.
// @ts-check
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const folders = ['dsp', 'dsp/stretch', 'engine', 'bindings', 'tests'].map((folder) => join(root, 'dsp-wasm', folder));
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => /\.(cpp|h)$/.test(file))
    .map((file) => join(folder, file)),
);
const mode = process.argv.includes('--check') ? ['--dry-run', '--Werror'] : ['-i'];
const { status, error } = spawnSync('clang-format', [...mode, ...files], { cwd: root, stdio: 'inherit' });
if (error) throw error;
process.exitCode = status ?? 1;
