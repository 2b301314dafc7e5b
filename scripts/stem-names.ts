// What the files of a mix's parts are called: after their lanes, each name once, and one that any disk can hold.
const mostLetters = 100;
/** How clips without a lane are called by the render itself. */
const taken = 'ungrouped';

/** @returns names without suffix by the ids of the lanes */
export function stemNames(lanes: Iterable<{ readonly id: string; readonly name: string }>): Map<string, string> {
  const used = new Set([taken]);
  const names = new Map<string, string>();
  for (const { id, name } of lanes) {
    const wanted = fileNameOf(name);
    let own = wanted;
    // Many disks take letters of either case for the same.
    for (let count = 2; used.has(own.toLowerCase()); count++) own = `${wanted} ${count}`;
    used.add(own.toLowerCase());
    names.set(id, own);
  }
  return names;
}

const fileNameOf = (name: string): string =>
  name
    .replace(/[\p{Cc}\\/:*?"<>|]+/gu, ' ')
    .slice(0, mostLetters)
    .replace(/^[\s.]+|[\s.]+$/g, '') || 'Lane';
