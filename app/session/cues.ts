// From triggers that fired to what the page and scripts are asked to do.
import type { EventType } from '../protocol/kinds.ts';
import type { Cue } from '../protocol/state.ts';
import type { ObjectReader, Triggered } from './types.ts';

/** What a trigger asks for besides sound; undefined when the engine has done all of it. */
export function cueOf(objects: ObjectReader, { id, timelineId, atFrame }: Omit<Triggered, 'moved'>): Cue | undefined {
  const { sourceId, offset } = readTriggerId(id);
  const source = objects.get(sourceId);
  switch (source?.kind) {
    case 'TimelineEventAtome':
      return isDoneByEngine(source.type) ? undefined : { id: source.id, timelineId, atFrame };
    case 'ActionClipAtome':
      return { id: source.id, timelineId, atFrame, ...(offset === undefined ? {} : { offset }) };
    case 'TimelineFollowAction': {
      const { action_clip_id } = source.params;
      const asks = source.action_type === 'TriggerActionClip' && action_clip_id !== undefined;
      return asks ? { id: action_clip_id, timelineId, atFrame } : undefined;
    }
    default:
      return undefined;
  }
}

/** The object a trigger comes from: the last id of its path, without what tells several apart. */
function readTriggerId(triggerId: string): { readonly sourceId: string; readonly offset: number | undefined } {
  const [sourceId = '', offset] = (triggerId.split('/').at(-1) ?? '').replace(/#.*$/, '').split('@');
  return { sourceId, offset: offset === undefined ? undefined : Number(offset) };
}

const isDoneByEngine = (type: EventType): boolean => type.startsWith('audio_clip_') || type.startsWith('timeline_');
