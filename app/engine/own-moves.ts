// Which timelines have a say in where their own playhead goes: follow actions watch it, events may send it elsewhere.
import type { TimelineEventAtome, TimelineFollowAction } from '../protocol/kinds.ts';
import type { ObjectReader } from '../session/types.ts';

/** The timeline whose playhead an action watches. */
export function timelineOfAction(
  objects: ObjectReader,
  { target_id }: Pick<TimelineFollowAction, 'target_id'>,
): string | undefined {
  const target = objects.get(target_id);
  if (target?.kind === 'TimelineAtome') return target.id;
  return target && 'timeline_id' in target ? target.timeline_id : undefined;
}

/** The actions that count, in the order in which they were made. */
export const actionsOf = (objects: ObjectReader, timelineId: string): TimelineFollowAction[] =>
  [...objects.ofKind('TimelineFollowAction')].filter(
    (action) => !action.muted && timelineOfAction(objects, action) === timelineId,
  );

/** The events that start, stop or move the timeline they lie on. */
export const ownEventsOf = (objects: ObjectReader, timelineId: string): TimelineEventAtome[] =>
  [...objects.ofTimeline(timelineId, 'TimelineEventAtome')].filter(
    ({ type, muted, target_timeline_id }) => !muted && target_timeline_id === null && type.startsWith('timeline_'),
  );

export const movesByItself = (objects: ObjectReader, timelineId: string): boolean =>
  actionsOf(objects, timelineId).length > 0 || ownEventsOf(objects, timelineId).length > 0;
