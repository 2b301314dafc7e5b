// Memory of a browser's processes, as Linux shares it out: proportional set sizes. Chromium's other systems do not tell.
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessMemory {
  /** Bytes of the process that holds the page, its workers, the audio thread and all their WASM. */
  readonly page: number;
  /** Bytes of all processes of the browser, the page's among them. */
  readonly browser: number;
}

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process has ended meanwhile.
    return '';
  }
};

/** `profile` tells the browser's own process; the page's is the largest of its renderers. */
export function processMemory(profile: string): ProcessMemory {
  const processes = readdirSync('/proc').flatMap((name) => {
    const id = Number(name);
    return Number.isInteger(id) ? [{ id, parent: parentOf(id), command: read(`/proc/${id}/cmdline`) }] : [];
  });
  const browser = processes.find(
    ({ command }) => command.includes(`--user-data-dir=${profile}`) && !command.includes('--type='),
  );
  if (!browser) throw new Error('the browser has no process');
  const family = new Set([browser.id]);
  for (let known = 0; known < family.size; ) {
    known = family.size;
    for (const { id, parent } of processes) if (family.has(parent)) family.add(id);
  }
  const sizes = processes
    .filter(({ id }) => family.has(id))
    .map(({ id, command }) => ({ bytes: proportionalBytes(id), isRenderer: command.includes('--type=renderer') }));
  return {
    page: Math.max(0, ...sizes.filter(({ isRenderer }) => isRenderer).map(({ bytes }) => bytes)),
    browser: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** The parent's id is the second field behind the name, which is in brackets and may hold anything. */
const parentOf = (id: number): number => Number(read(`/proc/${id}/stat`).split(')').at(-1)?.trim().split(' ')[1] ?? -1);

const proportionalBytes = (id: number): number =>
  1024 * Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${id}/smaps_rollup`))?.[1] ?? 0);
