// The video events of the timeline in sight.
import type { TimelineEventAtome } from '../../protocol/kinds.ts';
import type { AppState } from '../../protocol/state.ts';
import { plainObjectsOf } from '../session-view.ts';
import { shownTimelineId } from '../timelines/shown-timeline.ts';

/** Reactive. */
export function shownVideoEvents(state: AppState): TimelineEventAtome[] {
  const timeline = shownTimelineId(state);
  return [...plainObjectsOf(state, 'TimelineEventAtome')].filter(
    (event) => event.timeline_id === timeline && event.type.startsWith('video_'),
  );
}
