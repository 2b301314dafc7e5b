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
  let isRestricted = false;
  for (let level: AtomeObject | undefined = object; level; level = holderOf(objects, level)) {
    isRestricted ||= objects.hasReferrer(level.id, 'PermissionAtome');
    if (isRestricted && hasRight(objects, author, level, editing)) return true;
  }
  return !isRestricted;
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
    (level) => objects.ownerOf(level.id) === undefined && !objects.hasReferrer(level.id, 'PermissionAtome'),
  );

function hasRight(objects: ObjectMap, author: string, level: AtomeObject, rights: readonly Right[]): boolean {
  if (objects.ownerOf(level.id) === author) return true;
  for (const { grantee, right } of objects.referrers(level.id, 'PermissionAtome')) {
    if ((grantee === author || grantee === 'everyone') && rights.includes(right)) return true;
  }
  return false;
}

/** What an object now lies in and did not before, where rights count. */
export function newHolder(objects: ObjectMap, before: AtomeObject, after: AtomeObject): AtomeObject | undefined {
  if (!objects.hasAny('PermissionAtome')) return undefined;
  const holder = holderOf(objects, after);
  return holder?.id === holderOf(objects, before)?.id ? undefined : holder;
}

/** Whether the same rights count for two states of an object. */
export function hasSameHolders(before: AtomeObject, after: AtomeObject): boolean {
  const [one, other] = [before as Held, after as Held];
  return (
    one.timeline_id === other.timeline_id && one.project_id === other.project_id && one.object_id === other.object_id
  );
}

/** The object, the timeline it lies on, the project. */
function levelsOf(objects: ObjectMap, object: AtomeObject): AtomeObject[] {
  const levels: AtomeObject[] = [];
  for (let level: AtomeObject | undefined = object; level; level = holderOf(objects, level)) levels.push(level);
  return levels;
}

/** The properties that say whose rights count. */
type Held = { readonly [Name in 'timeline_id' | 'project_id' | 'object_id']?: string };

/** The timeline it lies on, or else its project. */
function holderOf(objects: ObjectMap, object: AtomeObject): AtomeObject | undefined {
  const { timeline_id, project_id } = object as Held;
  const timeline = timeline_id === undefined ? undefined : objects.get(timeline_id);
  return timeline ?? (project_id === undefined ? undefined : objects.get(project_id));
}
