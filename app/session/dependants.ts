// Removing an object together with all that is nothing without it, so that no name is left without its object.
import type { AtomeObject, AudioFileAtome, Kind, TimelineAtome } from '../protocol/kinds.ts';
import type { Edit } from './edit.ts';
import { refused } from './handlers.ts';
import { referencesOf } from './references.ts';

/** Names that may be empty: whoever holds one goes on without it. */
const optionalNames: { readonly [K in Kind]?: readonly string[] } = {
  AudioClipAtome: ['group_id', 'frozen_by'],
  ActionClipAtome: ['group_id'],
  TimelineClipAtome: ['group_id', 'start_marker_id', 'end_marker_id', 'loop_markers'],
};

/**
 * Removes the object and what depends on it: everything on a timeline with the timeline, follow actions, events and
 * permissions with what they are aimed at, reference timelines with their file. @throws AtomeError ERR_REFUSED that says
 * what still needs it: clips a file, contents a project, another timeline a nested one.
 */
export function removeWithDependants(edit: Edit, object: AtomeObject): void {
  if (!edit.objects.get(object.id)) return;
  edit.assertPermitted(object);
  assertFree(edit, object);
  if (object.kind === 'TimelineAtome') showAnother(edit, object);
  if (object.kind === 'AudioFileAtome') removeReferenceTimelines(edit, object);
  for (const referrer of edit.objects.everyReferrer(object.id)) letGo(edit, referrer, object.id);
  edit.remove(object);
}

function assertFree(edit: Edit, object: AtomeObject): void {
  const { objects } = edit;
  if (object.kind === 'ProjectAtome' && objects.isReferred(object.id)) throw refused('the project is not empty');
  if (object.kind === 'AudioFileAtome') {
    const ownTimelines = new Set(
      [...objects.referrers(object.id, 'AudioRefTimelineAtome')].map((own) => own.timeline_id),
    );
    for (const clip of objects.referrers(object.id, 'AudioClipAtome')) {
      if (!ownTimelines.has(clip.timeline_id)) throw refused('clips still play this file; remove them first');
    }
  }
  if (object.kind === 'TimelineAtome') {
    for (const clip of objects.referrers(object.id, 'TimelineClipAtome')) {
      if (clip.timeline_id === object.id) continue;
      const parent = edit.need('TimelineAtome', clip.timeline_id);
      throw refused(`it plays inside the timeline “${parent.name}” as “${clip.name}”; remove it there first`);
    }
  }
}

/** A project that showed the timeline shows another one. */
function showAnother(edit: Edit, timeline: TimelineAtome): void {
  for (const project of [...edit.objects.referrers(timeline.id, 'ProjectAtome')]) {
    const others = [...edit.objects.referrers(project.id, 'TimelineAtome')].filter(({ id }) => id !== timeline.id);
    edit.set(project, { active_timeline_id: others[0]?.id ?? null });
  }
}

function removeReferenceTimelines(edit: Edit, file: AudioFileAtome): void {
  for (const reference of [...edit.objects.referrers(file.id, 'AudioRefTimelineAtome')]) {
    removeWithDependants(edit, edit.need('TimelineAtome', reference.timeline_id));
  }
}

function letGo(edit: Edit, referrer: AtomeObject, id: string): void {
  const current = edit.objects.get(referrer.id);
  if (!current) return;
  if (current.kind === 'PermissionAtome') {
    edit.removeAlong(current);
    return;
  }
  const optional = optionalNames[current.kind] ?? [];
  const emptied: Record<string, null> = {};
  for (const { property, id: named } of referencesOf(current)) {
    if (named !== id) continue;
    const name = property.split('.')[0] ?? property;
    if (!optional.includes(name)) {
      removeWithDependants(edit, current);
      return;
    }
    emptied[name] = null;
  }
  edit.set(current, emptied);
}
