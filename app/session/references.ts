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

/** Takes the id of an object that is named, the property that names it and the kinds it may be of. */
type Visit = (id: string, property: string, kinds: readonly Kind[]) => void;

/** Shows every object that this one names; properties that are null or absent name none. */
export function eachReference(object: AtomeObject, visit: Visit): void {
  const values: Properties = object;
  for (const [property, allowed] of plainNames[object.kind]) {
    const id = values[property];
    if (typeof id === 'string') visit(id, property, allowed);
  }
  eachInnerReference(object, visit);
}

/** As `eachReference`, in a list. */
export function referencesOf(object: AtomeObject): Reference[] {
  const references: Reference[] = [];
  eachReference(object, (id, property, allowed) => references.push({ property, kinds: allowed, id }));
  return references;
}

type Properties = Readonly<Record<string, unknown>>;

/** True when two states of one object surely name the same objects in the same properties. */
export function namesTheSame(before: AtomeObject, after: AtomeObject): boolean {
  const [one, other]: [Properties, Properties] = [before, after];
  for (const [property] of plainNames[before.kind]) if (one[property] !== other[property]) return false;
  for (const property of innerNames[before.kind] ?? []) if (one[property] !== other[property]) return false;
  return true;
}

/** Properties that hold names inside their values, or say of which kind these are. */
const innerNames: { readonly [K in Kind]?: readonly (keyof ObjectOf<K>)[] } = {
  AudioFileAtome: ['project_ids'],
  MediaFileAtome: ['project_ids'],
  TimelineClipAtome: ['loop_markers'],
  TimelineFollowAction: ['scope', 'target_id', 'params'],
};

function eachInnerReference(object: AtomeObject, visit: Visit): void {
  switch (object.kind) {
    case 'AudioFileAtome':
    case 'MediaFileAtome':
      for (const id of object.project_ids) visit(id, 'project_ids', ['ProjectAtome']);
      return;
    case 'TimelineClipAtome':
      for (const [name, id] of Object.entries(object.loop_markers ?? {})) {
        visit(id, `loop_markers.${name}`, ['TimelineMarkerAtome']);
      }
      return;
    case 'TimelineFollowAction':
      visit(object.target_id, 'target_id', followTargets[object.scope]);
      for (const [name, allowed] of followParams) {
        const id = object.params[name];
        if (id !== undefined) visit(id, `params.${name}`, allowed);
      }
      return;
    default:
  }
}
