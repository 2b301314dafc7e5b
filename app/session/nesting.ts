// Which timelines play inside which: nothing may play inside itself.
import type { TimelineClipAtome } from '../protocol/kinds.ts';
import type { ObjectMap } from './object-map.ts';

/** The timelines of the circle that this nested timeline closes, by name; undefined when it closes none. */
export function nestingCircle(objects: ObjectMap, clip: TimelineClipAtome): string | undefined {
  const path = pathBetween(objects, clip.nested_timeline_id, clip.timeline_id);
  return path && [clip.timeline_id, ...path].map((id) => nameOf(objects, id)).join(' → ');
}

/** The timelines from one to another that plays inside it, both included; undefined when it does not. */
function pathBetween(objects: ObjectMap, from: string, to: string): string[] | undefined {
  const cameFrom = new Map<string, string | null>([[from, null]]);
  const queue = [from];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (id === to) return backwards(cameFrom, id);
    for (const clip of objects.ofTimeline(id, 'TimelineClipAtome')) {
      if (cameFrom.has(clip.nested_timeline_id)) continue;
      cameFrom.set(clip.nested_timeline_id, id);
      queue.push(clip.nested_timeline_id);
    }
  }
  return undefined;
}

function backwards(cameFrom: ReadonlyMap<string, string | null>, end: string): string[] {
  const path: string[] = [];
  for (let id: string | null = end; id !== null; id = cameFrom.get(id) ?? null) path.unshift(id);
  return path;
}

function nameOf(objects: ObjectMap, id: string): string {
  const object = objects.get(id);
  return object?.kind === 'TimelineAtome' ? `“${object.name}”` : id;
}
