// Every value a property ever had, as a person reads it: newest first, what is there now on top.
import type { PropertyVersion } from '../../protocol/state.ts';
import { levelOfGain, levelScale } from '../controls/scales.ts';

export interface VersionEntry {
  readonly key: string;
  readonly value: unknown;
  /** It did not exist then, so it cannot be brought back. */
  readonly absent: boolean;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly author: string;
  readonly current: boolean;
}

/** Newest first; of neighbours with one value the older one stays. */
export function versionEntries(versions: readonly PropertyVersion[]): VersionEntry[] {
  const entries: VersionEntry[] = [];
  for (const [index, { value, absent, time, author, transactionId }] of versions.entries()) {
    const before = entries.at(-1);
    if (before && before.absent === absent && JSON.stringify(before.value) === JSON.stringify(value)) continue;
    entries.push({ key: `${transactionId} ${index}`, value, absent, time: time.wall, author, current: false });
  }
  return entries.reverse().map((entry, index) => ({ ...entry, current: index === 0 }));
}

const gains = levelScale(24);

/** @param nameOf the name of an object that a value speaks of */
export function valueText(property: string, value: unknown, nameOf: (id: string) => string | undefined): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return value ? '✓' : '✗';
  if (typeof value === 'number') {
    return property === 'gain' ? gains.print(levelOfGain(value)) : String(Math.round(value * 10_000) / 10_000);
  }
  if (typeof value === 'string') return nameOf(value) ?? (value === '' ? '–' : value);
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** What a person can bring back: all that says something about the object, what it belongs to last. */
export function editableProperties(object: object): string[] {
  const fixed = new Set(['id', 'kind', 'project_id', 'project_ids', 'user_id', 'created_at', 'updated_at']);
  const ties = new Set(['timeline_id', 'audio_file_id', 'record_position']);
  const properties = Object.keys(object).filter((property) => !fixed.has(property));
  return [
    ...properties.filter((property) => !ties.has(property)),
    ...properties.filter((property) => ties.has(property)),
  ];
}
