// Which timelines triggers act on, and so which ones are heard when one is played.
import type { EngineDelta, EngineTrigger, TriggerAction } from './audio-engine.ts';

export function timelinesHeard(deltas: readonly EngineDelta[], timelineId: string): Set<string> {
  const triggers = new Map<string, readonly EngineTrigger[]>();
  for (const delta of deltas) if (delta.type === 'triggers') triggers.set(delta.timelineId, delta.triggers);
  const heard = new Set([timelineId]);
  for (const id of heard) {
    for (const { action } of triggers.get(id) ?? []) if ('timelineId' in action) heard.add(action.timelineId);
  }
  return heard;
}

/** The deltas that are about one of these timelines, and those about none. */
export const deltasOfTimelines = (deltas: readonly EngineDelta[], heard: ReadonlySet<string>): EngineDelta[] =>
  deltas.filter((delta) => {
    if (delta.type === 'clip') return heard.has(delta.clip.timelineId);
    return !('timelineId' in delta) || heard.has(delta.timelineId);
  });

/** The timelines that a trigger may have started, stopped or moved. */
export function movedBy(action: TriggerAction, ownId: string): string[] {
  switch (action.type) {
    case 'play':
    case 'stopOther':
    case 'seekOther':
      return [action.timelineId];
    case 'stop':
      return [ownId];
    default:
      return [];
  }
}

/** Where an action sends a playhead, in seconds of whichever timeline that is. */
export function placesOf(action: TriggerAction): readonly number[] {
  if (action.type === 'choose') return action.seconds;
  return 'seconds' in action ? [action.seconds] : [];
}

/** The timeline that an action is about, if not its own. */
export const actedOn = (action: TriggerAction): string | undefined =>
  'timelineId' in action ? action.timelineId : undefined;
