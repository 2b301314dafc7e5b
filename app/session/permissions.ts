// Who may change what. Nothing is forbidden where nobody was given a right: rights begin with the first one granted.
import type { AtomeObject, PermissionAtome } from '../protocol/kinds.ts';
import type { ObjectMap } from './object-map.ts';

type Right = PermissionAtome['right'];

const editing: readonly Right[] = ['edit', 'own'];
const owning: readonly Right[] = ['own'];

/**
 * A right on a timeline or project holds for all that lies in it. An object is free while no right was granted on it or on
 * what holds it. Then the innermost of those that have rights decides: it and its holders are open to those who made them
 * and to those with the right to edit or own them.
 */
export function mayEdit(objects: ObjectMap, author: string, object: AtomeObject): boolean {
  if (object.kind === 'PermissionAtome') return mayGrant(objects, author, object.object_id);
  if (!objects.hasAny('PermissionAtome')) return true;
  const levels = levelsOf(objects, object);
  const restricted = levels.findIndex((level) => permissionsOn(objects, level).length > 0);
  return restricted < 0 || levels.slice(restricted).some((level) => hasRight(objects, author, level, editing));
}

/** Rights are given and taken by owners alone. */
function mayGrant(objects: ObjectMap, author: string, id: string): boolean {
  const object = objects.get(id) ?? objects.removed(id);
  if (!object) return true;
  const levels = levelsOf(objects, object);
  if (levels.some((level) => hasRight(objects, author, level, owning))) return true;
  return isUnclaimed(objects, object);
}

/** Made by the program itself, and nobody has a right on it yet: it will belong to whoever grants the first. */
export const isUnclaimed = (objects: ObjectMap, object: AtomeObject): boolean =>
  levelsOf(objects, object).every(
    (level) => objects.ownerOf(level.id) === undefined && permissionsOn(objects, level).length === 0,
  );

function hasRight(objects: ObjectMap, author: string, level: AtomeObject, rights: readonly Right[]): boolean {
  if (objects.ownerOf(level.id) === author) return true;
  return permissionsOn(objects, level).some(
    ({ grantee, right }) => (grantee === author || grantee === 'everyone') && rights.includes(right),
  );
}

const permissionsOn = (objects: ObjectMap, { id }: AtomeObject): PermissionAtome[] => [
  ...objects.referrers(id, 'PermissionAtome'),
];

/** What an object now lies in and did not before, where rights count. */
export function newHolder(objects: ObjectMap, before: AtomeObject, after: AtomeObject): AtomeObject | undefined {
  if (!objects.hasAny('PermissionAtome')) return undefined;
  const [, holder] = levelsOf(objects, after);
  return holder?.id === levelsOf(objects, before)[1]?.id ? undefined : holder;
}

/** The object, the timeline it lies on, the project. */
function levelsOf(objects: ObjectMap, object: AtomeObject): AtomeObject[] {
  const levels = [object];
  for (const property of ['timeline_id', 'project_id'] as const) {
    const inner = levels.at(-1) ?? object;
    const id = property in inner ? (inner as Readonly<Record<string, unknown>>)[property] : undefined;
    const holder = typeof id === 'string' ? objects.get(id) : undefined;
    if (holder) levels.push(holder);
  }
  return levels;
}
