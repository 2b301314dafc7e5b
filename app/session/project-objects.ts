// Which objects make up a project: what belongs to it, and what that needs.
import type { AtomeObject } from '../protocol/kinds.ts';
import type { ObjectMap } from './object-map.ts';
import { referencesOf } from './references.ts';

/** By these names an object says where it belongs; by the others, what it uses. */
const belonging: ReadonlySet<string> = new Set(['project_id', 'project_ids', 'timeline_id', 'target_id', 'object_id']);

/** The project, everything on its timelines, what hangs on those, and the files that are used. */
export function objectsOfProject(objects: ObjectMap, projectId: string): AtomeObject[] {
  const found = new Map<string, AtomeObject>();
  const project = objects.get(projectId);
  const queue = project ? [project] : [];
  for (let object = queue.pop(); object; object = queue.pop()) {
    if (found.has(object.id)) continue;
    found.set(object.id, object);
    for (const referrer of objects.everyReferrer(object.id)) {
      if (belongsTo(referrer, object.id)) queue.push(referrer);
    }
    for (const { id, kinds } of referencesOf(object)) {
      const used = objects.get(id);
      if (used && kinds.includes(used.kind) && used.kind !== 'ProjectAtome') queue.push(used);
    }
  }
  return [...found.values()];
}

function belongsTo(object: AtomeObject, id: string): boolean {
  // A file shared with other projects brings none of their clips along.
  return referencesOf(object).some((reference) => reference.id === id && belonging.has(reference.property));
}
