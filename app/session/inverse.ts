// From a transaction's changes to those that take it back or repeat it, leaving alone what others changed since.
import type { PropertyChange } from '../protocol/transaction.ts';
import type { Edit } from './edit.ts';
import { mayEdit } from './permissions.ts';
import { problemsOf } from './rules.ts';

/** The exact opposite, for an edit that could not be stored: as if it had never been. */
export const oppositeOf = (changes: readonly PropertyChange[]): PropertyChange[] =>
  changes.map(({ objectId, property, before, after }) => ({ objectId, property, before: after, after: before }));

/** One property of one object as a key. */
export const propertyKey = (change: Pick<PropertyChange, 'objectId' | 'property'>): string =>
  `${change.objectId} ${change.property}`;

/**
 * Applies to the edit what undoes (or redoes) the target's changes. Objects that the target made are removed (or brought
 * back) with the properties they have. Left out: properties in `touched`, objects that would end up invalid because of what
 * others did, and objects that the author has no right to any more.
 */
export function applyInverse(
  edit: Edit,
  role: 'undo' | 'redo',
  target: readonly PropertyChange[],
  touched: ReadonlySet<string>,
): void {
  const together = new Set(target.map(({ objectId }) => objectId));
  let changes = wantedChanges(role, target).filter(
    (change) => !touched.has(propertyKey(change)) && isPermitted(edit, change.objectId, together),
  );
  for (;;) {
    edit.apply(changes);
    const problems = new Set(problemsOf(edit.objects, edit.touched()).map(({ objectId }) => objectId));
    if (problems.size === 0) return;
    edit.rollback();
    changes = changes.filter(({ objectId }) => !problems.has(objectId));
  }
}

/** Permissions come and go with their object, whoever may undo that. */
function isPermitted(edit: Edit, objectId: string, together: ReadonlySet<string>): boolean {
  const object = edit.objects.entry(objectId)?.object;
  if (!object || (object.kind === 'PermissionAtome' && together.has(object.object_id))) return true;
  return mayEdit(edit.objects, edit.author, object);
}

function wantedChanges(role: 'undo' | 'redo', target: readonly PropertyChange[]): PropertyChange[] {
  const made = new Set<string>();
  for (const { objectId, property, before } of target) {
    if (property === 'kind' && before === undefined) made.add(objectId);
  }
  const removal = (objectId: string): PropertyChange =>
    role === 'undo'
      ? { objectId, property: 'deleted', before: undefined, after: true }
      : { objectId, property: 'deleted', before: true, after: undefined };
  const rest = target.filter(({ objectId }) => !made.has(objectId));
  return [...(role === 'undo' ? oppositeOf(rest) : rest), ...[...made].map(removal)];
}
