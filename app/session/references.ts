// Which properties of a kind name other objects, and which kind they must name.
import type { AtomeObject, Kind } from '../protocol/kinds.ts';

export interface Reference {
  readonly property: string;
  readonly kind: Kind;
  readonly id: string;
}

const referenceProperties: { readonly [K in Kind]: readonly (readonly [property: string, kind: Kind])[] } = {
  ProjectAtome: [['active_timeline_id', 'TimelineAtome']],
  AudioFileAtome: [],
  AudioClipAtome: [
    ['project_id', 'ProjectAtome'],
    ['timeline_id', 'TimelineAtome'],
    ['audio_file_id', 'AudioFileAtome'],
    ['group_id', 'GroupAtome'],
  ],
  GroupAtome: [
    ['project_id', 'ProjectAtome'],
    ['timeline_id', 'TimelineAtome'],
  ],
  TimelineAtome: [['project_id', 'ProjectAtome']],
  TimelineMarkerAtome: [['timeline_id', 'TimelineAtome']],
};

/** Every object that this one names; properties that are null name none. */
export function referencesOf(object: AtomeObject): Reference[] {
  const references: Reference[] = [];
  const values: Readonly<Record<string, unknown>> = object;
  for (const [property, kind] of referenceProperties[object.kind]) {
    const id = values[property];
    if (typeof id === 'string') references.push({ property, kind, id });
  }
  if (object.kind === 'AudioFileAtome') {
    for (const id of object.project_ids) references.push({ property: 'project_ids', kind: 'ProjectAtome', id });
  }
  return references;
}
