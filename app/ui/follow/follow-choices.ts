// What a follow action can be made of on one timeline: the choices of its sentence, and what each needs.
import type {
  ActionClipAtome,
  FollowActionType,
  FollowParams,
  GroupAtome,
  TimelineAtome,
  TimelineFollowAction,
  TimelineMarkerAtome,
} from '../../protocol/kinds.ts';
import type { AppState } from '../../protocol/state.ts';
import { objectsOf } from '../session-view.ts';

export interface FollowChoices {
  readonly markers: readonly TimelineMarkerAtome[];
  readonly groups: readonly GroupAtome[];
  readonly actionClips: readonly ActionClipAtome[];
  /** All timelines of the project, its own among them. */
  readonly timelines: readonly TimelineAtome[];
}

export const followTypes: readonly FollowActionType[] = [
  'PlayNextClip',
  'LoopClip',
  'RandomClipInGroup',
  'JumpToMarker',
  'Stop',
  'PlayTimeline',
  'StopTimeline',
  'TriggerActionClip',
];

export function followChoices(state: AppState, timelineId: string): FollowChoices {
  const here = <Item extends { readonly timeline_id: string }>(items: Item[]): Item[] =>
    items.filter((item) => item.timeline_id === timelineId);
  return {
    markers: here(objectsOf(state, 'TimelineMarkerAtome')).sort((a, b) => a.time - b.time),
    groups: here(objectsOf(state, 'GroupAtome')).sort((a, b) => a.order - b.order),
    actionClips: here(objectsOf(state, 'ActionClipAtome')),
    timelines: objectsOf(state, 'TimelineAtome'),
  };
}

/** The parameters of an action that becomes one of another type; undefined where there is nothing it could name. */
export function paramsFor(
  type: FollowActionType,
  before: FollowParams,
  choices: FollowChoices,
  timelineId: string,
): FollowParams | undefined {
  const { trigger_marker_id, times } = before;
  const kept: FollowParams = {
    ...(trigger_marker_id === undefined ? {} : { trigger_marker_id }),
    ...(times === undefined ? {} : { times }),
  };
  const [marker] = choices.markers;
  const other = choices.timelines.find(({ id }) => id !== timelineId) ?? choices.timelines[0];
  const [actions] = choices.actionClips;
  switch (type) {
    case 'JumpToMarker':
      return marker && { ...kept, marker_id: marker.id };
    case 'PlayTimeline':
    case 'StopTimeline':
      return other && { ...kept, timeline_id: other.id };
    case 'TriggerActionClip':
      return actions && { ...kept, action_clip_id: actions.id };
    default:
      return kept;
  }
}

/** The actions of a clip, lane or timeline, in the order in which they were made. */
export const actionsOf = (state: AppState, targetId: string): TimelineFollowAction[] =>
  objectsOf(state, 'TimelineFollowAction').filter(({ target_id }) => target_id === targetId);
