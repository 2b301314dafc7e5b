// The changes of a transaction, taken object by object.
import type { PropertyChange } from '../protocol/transaction.ts';

/** Calls for each run of changes to one object, in their order. */
export function eachObject(
  changes: readonly PropertyChange[],
  visit: (id: string, changes: readonly PropertyChange[]) => void,
): void {
  for (let from = 0; from < changes.length; ) {
    const id = changes[from]?.objectId ?? '';
    let to = from + 1;
    while (changes[to]?.objectId === id) to++;
    visit(id, to - from === changes.length ? changes : changes.slice(from, to));
    from = to;
  }
}
