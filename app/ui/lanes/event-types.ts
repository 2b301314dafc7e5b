// What each type of event is about: the fields of its inspector, and what a new one begins with.
import type { EventType, TimelineEventAtome } from '../../protocol/kinds.ts';
import type { AppState } from '../../protocol/state.ts';
import { objectsOf } from '../session-view.ts';

/** What an event is aimed at. */
export type EventTarget = 'clip' | 'timeline' | 'widget';

/** One property of an event's payload. */
export type EventField =
  | { readonly kind: 'marker' | 'video' | 'panel' | 'muted'; readonly name: string }
  | { readonly kind: 'gain' | 'pan' | 'seconds' | 'rate' | 'share' | 'position'; readonly name: string }
  | { readonly kind: 'text' | 'script' | 'json'; readonly name: string };

interface EventShape {
  readonly target?: EventTarget;
  readonly fields: readonly EventField[];
}

const panel = [{ kind: 'panel', name: 'panel' }] as const;

export const eventShapes: Readonly<Record<EventType, EventShape>> = {
  audio_clip_start: { target: 'clip', fields: [] },
  audio_clip_stop: { target: 'clip', fields: [] },
  audio_clip_param: {
    target: 'clip',
    fields: [
      { kind: 'gain', name: 'gain' },
      { kind: 'pan', name: 'pan' },
      { kind: 'muted', name: 'muted' },
    ],
  },
  timeline_play: { target: 'timeline', fields: [{ kind: 'position', name: 'position' }] },
  timeline_stop: { target: 'timeline', fields: [] },
  timeline_seek: { target: 'timeline', fields: [{ kind: 'position', name: 'position' }] },
  timeline_jump_marker: { fields: [{ kind: 'marker', name: 'marker_id' }] },
  video_start: {
    fields: [
      { kind: 'video', name: 'media_file_id' },
      { kind: 'seconds', name: 'offset' },
      { kind: 'rate', name: 'rate' },
    ],
  },
  video_stop: { fields: [] },
  video_seek: { fields: [{ kind: 'seconds', name: 'to' }] },
  ui_show: { target: 'widget', fields: panel },
  ui_hide: { target: 'widget', fields: panel },
  ui_set: {
    target: 'widget',
    fields: [
      { kind: 'share', name: 'value' },
      { kind: 'text', name: 'text' },
    ],
  },
  ui_animate: {
    target: 'widget',
    fields: [
      { kind: 'share', name: 'to' },
      { kind: 'seconds', name: 'seconds' },
    ],
  },
  script_run: { fields: [{ kind: 'script', name: 'source' }] },
  routing_set: { fields: [{ kind: 'json', name: 'graph' }] },
  routing_update: { fields: [{ kind: 'json', name: 'delta' }] },
};

/** In the order of the menu, one group for each family. */
export const eventFamilies = [
  ['audio_clip_start', 'audio_clip_stop', 'audio_clip_param'],
  ['timeline_play', 'timeline_stop', 'timeline_seek', 'timeline_jump_marker'],
  ['video_start', 'video_stop', 'video_seek'],
  ['ui_show', 'ui_hide', 'ui_set', 'ui_animate'],
  ['script_run'],
  ['routing_set', 'routing_update'],
] as const satisfies readonly (readonly EventType[])[];

export type EventFamily = 'audio' | 'timeline' | 'video' | 'ui' | 'script' | 'routing';

export const familyOf = (type: EventType): EventFamily => type.slice(0, type.indexOf('_')) as EventFamily;

type Start = Pick<TimelineEventAtome, 'target_atome_id' | 'target_clip_id' | 'target_timeline_id' | 'payload'>;

/** A new event does something that can be heard or seen where there is anything it can be aimed at. */
export function startOf(
  state: AppState,
  type: EventType,
  timelineId: string,
  selected: ReadonlySet<string>,
): Partial<Start> {
  const here = objectsOf(state, 'AudioClipAtome').filter(({ timeline_id }) => timeline_id === timelineId);
  const clip = here.find(({ id }) => selected.has(id)) ?? here[0];
  const timelines = objectsOf(state, 'TimelineAtome');
  const other = timelines.find(({ id }) => id !== timelineId);
  const marker = objectsOf(state, 'TimelineMarkerAtome').find(({ timeline_id }) => timeline_id === timelineId);
  const video = objectsOf(state, 'MediaFileAtome')[0];
  const widget = objectsOf(state, 'WidgetAtome')[0]?.id ?? null;
  switch (type) {
    case 'audio_clip_start':
    case 'audio_clip_stop':
      return { target_clip_id: clip?.id ?? null };
    case 'audio_clip_param':
      return { target_clip_id: clip?.id ?? null, payload: { gain: 1 } };
    case 'timeline_play':
    case 'timeline_stop':
      return { target_timeline_id: other?.id ?? timelineId };
    case 'timeline_seek':
      return { target_timeline_id: timelineId, payload: { position: 0 } };
    case 'timeline_jump_marker':
      return { payload: marker ? { marker_id: marker.id } : {} };
    case 'video_start':
      return { payload: video ? { media_file_id: video.id } : {} };
    case 'video_seek':
      return { payload: { to: 0 } };
    case 'ui_show':
    case 'ui_hide':
      return { payload: { panel: 'video' } };
    case 'ui_set':
      return { target_atome_id: widget, payload: { value: 1 } };
    case 'ui_animate':
      return { target_atome_id: widget, payload: { to: 1, seconds: 1 } };
    case 'script_run':
      return { payload: { source: '' } };
    case 'routing_set':
      return { payload: {} };
    case 'routing_update':
      return { payload: { delta: {} } };
    case 'video_stop':
      return {};
  }
}
