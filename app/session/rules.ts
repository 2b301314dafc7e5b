// What must hold between the properties of an object and between objects; schemas see one property at a time.
import { soundingFrames } from '../core/stretched-frames.ts';
import { nearestFrame } from '../core/units.ts';
import { AtomeError, type ErrorName } from '../protocol/errors.ts';
import {
  type ActionClipAtome,
  type AnyClip,
  type AtomeObject,
  type AudioClipAtome,
  type AudioFileAtome,
  clipKinds,
  type FollowActionType,
  type FollowParams,
  type GroupAtome,
  type TimelineAtome,
  type TimelineClipAtome,
  type TimelineFollowAction,
} from '../protocol/kinds.ts';
import { nestingCircle } from './nesting.ts';
import type { ObjectMap } from './object-map.ts';
import { eachReference, referencesOf } from './references.ts';
import { circleText, graphContradiction } from './routing-graph.ts';

export interface Problem {
  readonly objectId: string;
  readonly error: ErrorName;
  readonly reason: string;
}

/** What is wrong with the given objects as they are now; a removed one may not be named any more. */
export function problemsOf(objects: ObjectMap, ids: Iterable<string>): Problem[] {
  const problems: Problem[] = [];
  for (const id of ids) {
    const problem = problemOf(objects, id);
    if (problem) problems.push(problem);
  }
  return problems;
}

/** @throws AtomeError for the first problem. */
export function assertRules(objects: ObjectMap, ids: Iterable<string>): void {
  for (const id of ids) {
    const problem = problemOf(objects, id);
    if (problem) throw new AtomeError(problem.error, problem.reason);
  }
}

function problemOf(objects: ObjectMap, objectId: string): Problem | undefined {
  const object = objects.get(objectId);
  if (!object) {
    return objects.isReferred(objectId)
      ? { objectId, error: 'ERR_REFUSED', reason: 'something still uses it' }
      : undefined;
  }
  const missing = missingReference(objects, object);
  if (missing !== undefined) return { objectId, error: 'ERR_NOT_FOUND', reason: missing };
  const circle = circleThrough(objects, object);
  if (circle !== undefined) return { objectId, error: 'ERR_CYCLE', reason: circle };
  const reason = contradictionIn(objects, object);
  return reason === undefined ? undefined : { objectId, error: 'ERR_REFUSED', reason };
}

function missingReference(objects: ObjectMap, object: AtomeObject): string | undefined {
  let missing: string | undefined;
  eachReference(object, (id, property, kinds) => {
    const kind = objects.get(id)?.kind;
    if (missing !== undefined || (kind && kinds.includes(kind))) return;
    missing = `${property}: no ${kinds.length > 3 ? 'object' : kinds.join(' or ')} ${id}`;
  });
  return missing;
}

function circleThrough(objects: ObjectMap, object: AtomeObject): string | undefined {
  if (object.kind === 'TimelineClipAtome') return nestingCircle(objects, object);
  const whole = object.kind === 'RoutingGraphAtome' && graphContradiction(object) === undefined;
  return whole ? circleText(object) : undefined;
}

function contradictionIn(objects: ObjectMap, object: AtomeObject): string | undefined {
  switch (object.kind) {
    case 'AudioClipAtome':
      return laneContradiction(objects, object) ?? clipContradiction(objects, object);
    case 'ActionClipAtome':
      return laneContradiction(objects, object) ?? actionsContradiction(object);
    case 'TimelineClipAtome':
      return laneContradiction(objects, object) ?? markersContradiction(objects, object);
    case 'AudioFileAtome': {
      const off = Math.abs(object.duration - object.frames / object.sample_rate);
      return off * object.sample_rate > 1 ? 'duration: must be frames / sample_rate' : undefined;
    }
    case 'ProjectAtome': {
      const active = object.active_timeline_id === null ? undefined : objects.get(object.active_timeline_id);
      const foreign = active?.kind === 'TimelineAtome' && active.project_id !== object.id;
      return foreign ? 'active_timeline_id: the timeline belongs to another project' : undefined;
    }
    case 'GroupAtome':
      return groupContradiction(objects, object);
    case 'TimelineAtome':
      return tempoContradiction(object);
    case 'TimelineMarkerAtome':
      for (const clip of objects.referrers(object.id, 'TimelineClipAtome')) {
        if (clip.nested_timeline_id !== object.timeline_id) return `timeline_id: “${clip.name}” begins or ends at it`;
      }
      return undefined;
    case 'TimelineFollowAction':
      return followContradiction(object);
    case 'RoutingGraphAtome':
      return graphContradiction(object);
    default:
      return undefined;
  }
}

/** Parameters without which a follow action could do nothing. */
const neededParams: { readonly [A in FollowActionType]?: keyof FollowParams } = {
  JumpToMarker: 'marker_id',
  PlayTimeline: 'timeline_id',
  TriggerActionClip: 'action_clip_id',
};

function followContradiction({ action_type, params }: TimelineFollowAction): string | undefined {
  const needed = neededParams[action_type];
  return needed && params[needed] === undefined ? `params.${needed}: ${action_type} needs one` : undefined;
}

function groupContradiction(objects: ObjectMap, group: GroupAtome): string | undefined {
  for (const kind of clipKinds) {
    for (const clip of objects.referrers(group.id, kind)) {
      if (clip.timeline_id !== group.timeline_id) return 'timeline_id: the group has clips on another timeline';
    }
  }
  return undefined;
}

function laneContradiction(objects: ObjectMap, clip: AnyClip): string | undefined {
  const group = clip.group_id === null ? undefined : objects.get(clip.group_id);
  const foreign = group?.kind === 'GroupAtome' && group.timeline_id !== clip.timeline_id;
  return foreign ? 'group_id: the group is on another timeline' : undefined;
}

function actionsContradiction({ events, duration }: ActionClipAtome): string | undefined {
  let last = 0;
  for (const { time_offset } of events) {
    if (time_offset < last) return 'events: must be in the order of their times';
    last = time_offset;
  }
  return last > duration ? 'events: one lies behind the clip’s end' : undefined;
}

function markersContradiction(objects: ObjectMap, clip: TimelineClipAtome): string | undefined {
  for (const { property, id } of referencesOf(clip)) {
    const marker = objects.get(id);
    if (marker?.kind !== 'TimelineMarkerAtome' || marker.timeline_id === clip.nested_timeline_id) continue;
    return `${property}: the marker is not on the nested timeline`;
  }
  return undefined;
}

function tempoContradiction({ tempo_segments }: TimelineAtome): string | undefined {
  if (tempo_segments[0]?.start_position !== 0) return 'tempo_segments: the first one must start at 0';
  let last = -1;
  for (const { start_position } of tempo_segments) {
    if (start_position <= last)
      return `tempo_segments: the one at ${start_position} must come after the one at ${last}`;
    last = start_position;
  }
  return undefined;
}

function clipContradiction(objects: ObjectMap, clip: AudioClipAtome): string | undefined {
  const file = objects.get(clip.audio_file_id);
  const offsets = file?.kind === 'AudioFileAtome' ? offsetContradiction(clip, file) : undefined;
  return offsets ?? freezeContradiction(objects, clip);
}

function freezeContradiction(objects: ObjectMap, clip: AudioClipAtome): string | undefined {
  const passed = new Set<string>();
  let id = clip.frozen_by ?? null;
  while (id !== null && !passed.has(id)) {
    if (id === clip.id) return 'frozen_by: a clip cannot stand for itself';
    passed.add(id);
    const next = objects.get(id);
    id = next?.kind === 'AudioClipAtome' ? (next.frozen_by ?? null) : null;
  }
  return undefined;
}

function offsetContradiction(clip: AudioClipAtome, file: AudioFileAtome): string | undefined {
  const start = nearestFrame(clip.start_offset, file.sample_rate);
  const end = nearestFrame(clip.end_offset, file.sample_rate);
  if (end <= start) return 'end_offset: must be after start_offset';
  if (end > file.frames + 1) return `end_offset: the file ends at ${file.duration} s`;
  if (start >= file.frames) return `start_offset: the file ends at ${file.duration} s`;
  if (soundingFrames(clip, file) === 0) return 'stretch_ratio: less than one frame would be left of the clip';
  return undefined;
}
