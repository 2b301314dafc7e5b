// Whether a timeline moves its own playhead, so that it may play on behind its content.
import type { ObjectReader } from './types.ts';

export function movesByItself(objects: ObjectReader, timelineId: string): boolean {
  for (const { muted, target_id } of objects.ofKind('TimelineFollowAction')) {
    const target = muted ? undefined : objects.get(target_id);
    if (target?.id === timelineId || (target && 'timeline_id' in target && target.timeline_id === timelineId))
      return true;
  }
  for (const { muted, type, target_timeline_id } of objects.ofTimeline(timelineId, 'TimelineEventAtome')) {
    if (!muted && target_timeline_id === null && type.startsWith('timeline_')) return true;
  }
  return false;
}
