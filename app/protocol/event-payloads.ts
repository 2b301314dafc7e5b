// What the events of a timeline carry besides their place and their target: one schema for each type that has something.
import * as v from 'valibot';
import { scriptPayload } from './action-payloads.ts';
import { editCommands, place } from './commands.ts';
import { type EventType, fields, kindSchemas, type TimelineEventAtome } from './kinds.ts';

const { id, notNegative, positive } = fields;
const share = v.pipe(fields.finite, v.minValue(0), v.maxValue(1));
/** 0 to 1; an xy pad takes two. */
const widgetValue = v.union([share, v.pipe(v.array(share), v.minLength(1), v.maxLength(2))]);
/** Parts of the page that events show and hide. */
const panel = v.optional(v.picklist(['files', 'history', 'inspector', 'video', 'widgets']));

const { gain, pan, muted } = kindSchemas.AudioClipAtome.entries;
/** Where a timeline goes: a marker of it, or a place as TIMELINE_PLAY and TIMELINE_SEEK take it. */
const destination = v.strictObject({
  marker_id: v.optional(id),
  position: v.optional(place),
  start: v.optional(place),
  to: v.optional(place),
});

export const eventPayloads = {
  audio_clip_param: v.strictObject({ gain: v.optional(gain), pan: v.optional(pan), muted: v.optional(muted) }),
  timeline_play: destination,
  timeline_seek: destination,
  timeline_jump_marker: destination,
  /** `offset`: seconds inside the video; `rate`: how fast it runs. */
  video_start: v.strictObject({
    media_file_id: id,
    offset: v.optional(notNegative),
    rate: v.optional(v.pipe(positive, v.minValue(0.1), v.maxValue(10))),
  }),
  video_stop: v.strictObject({}),
  /** Seconds inside the video that is shown. */
  video_seek: v.strictObject({ to: notNegative }),
  /** A panel, or the widget that the event is aimed at. */
  ui_show: v.strictObject({ panel }),
  ui_hide: v.strictObject({ panel }),
  /** A value or a name for the widget that the event is aimed at. */
  ui_set: v.strictObject({ value: v.optional(widgetValue), text: v.optional(fields.name) }),
  /** Moves the widget that the event is aimed at; it ends at `to`. */
  ui_animate: v.strictObject({ from: v.optional(widgetValue), to: widgetValue, seconds: positive }),
  /** A script, as RUN_SCRIPT takes it. */
  script_run: scriptPayload,
  routing_set: v.strictObject({ graph: editCommands.SET_ROUTING_GRAPH.entries.graph }),
  routing_update: v.strictObject({ delta: editCommands.UPDATE_ROUTING.entries.delta }),
} as const satisfies Partial<Record<EventType, v.GenericSchema>>;

type EventPayloads = typeof eventPayloads;

/** What an event of that type carries; undefined when it is of another type or does not fit its schema. */
export function payloadOf<Type extends keyof EventPayloads>(
  event: Pick<TimelineEventAtome, 'type' | 'payload'>,
  type: Type,
): v.InferOutput<EventPayloads[Type]> | undefined {
  if (event.type !== type) return undefined;
  const result = v.safeParse(eventPayloads[type], event.payload);
  return result.success ? (result.output as v.InferOutput<EventPayloads[Type]>) : undefined;
}
