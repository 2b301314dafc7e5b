// What must hold between the properties of an object and between objects; schemas see one property at a time.
import { nearestFrame } from '../core/units.ts';
import { AtomeError, type ErrorName } from '../protocol/errors.ts';
import type { AtomeObject, AudioClipAtome, AudioFileAtome, TimelineAtome } from '../protocol/kinds.ts';
import type { ObjectMap } from './object-map.ts';
import { referencesOf } from './references.ts';

export interface Problem {
  readonly objectId: string;
  readonly error: ErrorName;
  readonly reason: string;
}

/** What is wrong with the given objects as they are now; a removed one may not be named any more. */
export function* problemsOf(objects: ObjectMap, ids: Iterable<string>): Generator<Problem> {
  for (const id of ids) {
    const object = objects.get(id);
    if (!object) {
      if (objects.isReferred(id)) yield { objectId: id, error: 'ERR_REFUSED', reason: 'something still uses it' };
      continue;
    }
    const missing = referencesOf(object).find((reference) => objects.get(reference.id)?.kind !== reference.kind);
    if (missing) {
      yield { objectId: id, error: 'ERR_NOT_FOUND', reason: `${missing.property}: no ${missing.kind} ${missing.id}` };
      continue;
    }
    const reason = contradictionIn(objects, object);
    if (reason) yield { objectId: id, error: 'ERR_REFUSED', reason };
  }
}

/** @throws AtomeError for the first problem. */
export function assertRules(objects: ObjectMap, ids: Iterable<string>): void {
  for (const problem of problemsOf(objects, ids)) throw new AtomeError(problem.error, problem.reason);
}

function contradictionIn(objects: ObjectMap, object: AtomeObject): string | undefined {
  switch (object.kind) {
    case 'AudioClipAtome':
      return clipContradiction(objects, object);
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
      for (const clip of objects.referrers(object.id, 'AudioClipAtome')) {
        if (clip.timeline_id !== object.timeline_id) return 'timeline_id: the group has clips on another timeline';
      }
      return undefined;
    case 'TimelineAtome':
      return tempoContradiction(object);
    case 'TimelineMarkerAtome':
      return undefined;
  }
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
  const group = clip.group_id === null ? undefined : objects.get(clip.group_id);
  if (group?.kind === 'GroupAtome' && group.timeline_id !== clip.timeline_id) {
    return 'group_id: the group is on another timeline';
  }
  return file?.kind === 'AudioFileAtome' ? offsetContradiction(clip, file) : undefined;
}

function offsetContradiction(clip: AudioClipAtome, file: AudioFileAtome): string | undefined {
  const frames = (seconds: number): number => nearestFrame(seconds, file.sample_rate);
  if (frames(clip.end_offset) <= frames(clip.start_offset)) return 'end_offset: must be after start_offset';
  if (frames(clip.end_offset) > file.frames + 1) return `end_offset: the file ends at ${file.duration} s`;
  return undefined;
}
