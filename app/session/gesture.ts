// What the edits of one gesture change together: undone as one step, whatever lay between.
import type { PropertyChange, TransactionRecord } from '../protocol/transaction.ts';
import { propertyKey } from './inverse.ts';
import { sameValue } from './same-value.ts';

/** Each property once, as it was before both; what is again as it was, and what was made and removed again, is left out. */
function together(earlier: readonly PropertyChange[], later: readonly PropertyChange[]): PropertyChange[] {
  const changes = new Map(earlier.map((change) => [propertyKey(change), change]));
  for (const change of later) {
    const key = propertyKey(change);
    const { before } = changes.get(key) ?? change;
    changes.set(key, { ...change, before });
  }
  const isMade = (id: string): boolean =>
    changes.get(propertyKey({ objectId: id, property: 'kind' }))?.after !== undefined;
  const isGone = (id: string): boolean =>
    changes.get(propertyKey({ objectId: id, property: 'deleted' }))?.after === true;
  return [...changes.values()].filter(
    ({ objectId, before, after }) => !sameValue(before, after) && !(isMade(objectId) && isGone(objectId)),
  );
}

/** What a step changed, with the edits that it goes on with. */
export const changesOf = ({ continues, changes }: TransactionRecord): readonly PropertyChange[] =>
  continues?.changes ?? changes;

/**
 * How an edit goes on with the step before it.
 * @param since what others did since then; undefined where that is not known. Had they changed the same, undoing both edits
 * at once would bring back what was before theirs: then it does not go on.
 */
export function continuation(
  before: TransactionRecord,
  changes: readonly PropertyChange[],
  since: readonly (TransactionRecord | undefined)[],
): TransactionRecord['continues'] {
  const earlier = changesOf(before);
  const keys = new Set([...earlier, ...changes].map(propertyKey));
  const isApart = since.every((other) => other && !changesOf(other).some((change) => keys.has(propertyKey(change))));
  return isApart ? { step: before.id, changes: together(earlier, changes) } : undefined;
}
