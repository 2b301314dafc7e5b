// Which properties of a kind name other objects, and of which kinds those must be.
import { type AtomeObject, clipKinds, type Kind, kinds, type ObjectOf } from '../protocol/kinds.ts';

export interface Reference {
  /** The property, with a dot where the name lies inside its value. */
  readonly property: string;
  /** What it may name. */
  readonly kinds: readonly Kind[];
  readonly id: string;
}

/** Where a kind keeps names: properties that hold an id or null. */
type Names<K extends Kind> = readonly (readonly [property: keyof ObjectOf<K> & string, kinds: readonly Kind[]])[];

const project = ['project_id', ['ProjectAtome']] as const;
const timeline = ['timeline_id', ['TimelineAtome']] as const;
const group = ['group_id', ['GroupAtome']] as const;
const file = ['audio_file_id', ['AudioFileAtome']] as const;

const plainNames: { readonly [K in Kind]: Names<K> } = {
  ProjectAtome: [['active_timeline_id', ['TimelineAtome']]],
  AudioFileAtome: [],
  AudioClipAtome: [project, timeline, file, group, ['frozen_by', ['AudioClipAtome']]],
  GroupAtome: [project, timeline],
  TimelineAtome: [project],
  TimelineMarkerAtome: [timeline],
  TimelineEventAtome: [
    timeline,
    ['target_atome_id', kinds],
    ['target_clip_id', clipKinds],
    ['target_timeline_id', ['TimelineAtome']],
  ],
  TimelineClipAtome: [
    project,
    timeline,
    ['nested_timeline_id', ['TimelineAtome']],
    ['start_marker_id', ['TimelineMarkerAtome']],
    ['end_marker_id', ['TimelineMarkerAtome']],
    group,
  ],
  AudioRefTimelineAtome: [project, file, timeline],
  TimelineFollowAction: [],
  ActionClipAtome: [project, timeline, group],
  RoutingGraphAtome: [project],
  WidgetAtome: [project],
  MediaFileAtome: [],
  PermissionAtome: [['object_id', kinds]],
};

/** What a follow action of each scope hangs on. */
export const followTargets = {
  clip: clipKinds,
  group: ['GroupAtome'],
  timeline: ['TimelineAtome'],
} as const satisfies Record<ObjectOf<'TimelineFollowAction'>['scope'], readonly Kind[]>;

const followParams = [
  ['trigger_marker_id', ['TimelineMarkerAtome']],
  ['marker_id', ['TimelineMarkerAtome']],
  ['timeline_id', ['TimelineAtome']],
  ['group_id', ['GroupAtome']],
  ['action_clip_id', ['ActionClipAtome']],
] as const;

/** Every object that this one names; properties that are null or absent name none. */
export function referencesOf(object: AtomeObject): Reference[] {
  const references: Reference[] = [];
  const values: Readonly<Record<string, unknown>> = object;
  for (const [property, allowed] of plainNames[object.kind]) {
    const id = values[property];
    if (typeof id === 'string') references.push({ property, kinds: allowed, id });
  }
  appendInnerReferences(references, object);
  return references;
}

/** True when two states of one object surely name the same objects in the same properties. */
export function namesTheSame(before: AtomeObject, after: AtomeObject): boolean {
  const [one, other]: Readonly<Record<string, unknown>>[] = [before, after];
  if (!one || !other) return false;
  for (const [property] of plainNames[before.kind]) if (one[property] !== other[property]) return false;
  return innerNames.every((property) => one[property] === other[property]);
}

/** Properties that hold names inside their values. */
const innerNames = ['project_ids', 'loop_markers', 'scope', 'target_id', 'params'];

function appendInnerReferences(references: Reference[], object: AtomeObject): void {
  switch (object.kind) {
    case 'AudioFileAtome':
    case 'MediaFileAtome':
      for (const id of object.project_ids) references.push({ property: 'project_ids', kinds: ['ProjectAtome'], id });
      return;
    case 'TimelineClipAtome':
      for (const [name, id] of Object.entries(object.loop_markers ?? {})) {
        references.push({ property: `loop_markers.${name}`, kinds: ['TimelineMarkerAtome'], id });
      }
      return;
    case 'TimelineFollowAction':
      references.push({ property: 'target_id', kinds: followTargets[object.scope], id: object.target_id });
      for (const [name, allowed] of followParams) {
        const id = object.params[name];
        if (id !== undefined) references.push({ property: `params.${name}`, kinds: allowed, id });
      }
      return;
    default:
  }
}
