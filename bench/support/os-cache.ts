// Puts a browser's large files out of the operating system's cache, so that the next read comes from the disk.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a profile with at least so many bytes. */
export function largeFiles(profile: string, bytes: number): string[] {
  return readdirSync(profile, { recursive: true, encoding: 'utf8' })
    .map((name) => join(profile, name))
    .filter((path) => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) >= bytes);
}

/** false where the system has no way to do it: it takes the GNU `dd` of Linux. */
export function evict(paths: readonly string[]): boolean {
  // Only what is on the disk already leaves the cache.
  return paths.every(
    (path) => succeeds('sync', [path]) && succeeds('dd', [`if=${path}`, 'iflag=nocache', 'count=0', 'status=none']),
  );
}

const succeeds = (program: string, values: readonly string[]): boolean => spawnSync(program, values).status === 0;
