// The kinds of objects and the schema of each one's properties: what the store may hold.
import * as v from 'valibot';
import { namedValues } from './named-values.ts';

const id = v.pipe(v.string(), v.uuid());
const contentHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hex'));
const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.gtValue(0));
const notNegative = v.pipe(finite, v.minValue(0));
/** In a timeline's timebase: further than any session reaches, and still exact to the frame at every rate. */
const position = v.pipe(notNegative, v.maxValue(1e9));
/** UTF-16 code units. */
export const longestName = 200;
const name = v.pipe(v.string(), v.maxLength(longestName));
const timebase = v.picklist(['seconds', 'beats']);
const timeSignature = v.pipe(v.string(), v.regex(/^([1-9]\d?)\/(1|2|4|8|16|32)$/, 'must look like "4/4"'));
const bpm = v.pipe(finite, v.minValue(10), v.maxValue(999));

/** Colours of clips: an index into the twelve hues of the theme. */
const color = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(11));

export const tempoSegment = v.object({
  /** In the timeline's timebase. */
  start_position: position,
  bpm,
  time_signature: timeSignature,
  /** `linear`: the bpm moves in a straight line over beats to the next segment's; `step`, the default, holds it. */
  curve: v.optional(v.picklist(['step', 'linear'])),
});

/** How deep JSON values may be nested. */
const deepestJson = 64;

function isJson(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth >= deepestJson) return false;
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = prototype === Object.prototype || prototype === null;
  return plain && Object.values(value).every((item) => isJson(item, depth + 1));
}

/** Any JSON value. */
const json = v.custom<unknown>((value) => isJson(value), 'must be a JSON value');
const payload = namedValues(json);
const tag = v.pipe(v.string(), v.maxLength(60));

const eventTypes = [
  'audio_clip_start',
  'audio_clip_stop',
  'audio_clip_param',
  'video_start',
  'video_stop',
  'video_seek',
  'ui_show',
  'ui_hide',
  'ui_set',
  'ui_animate',
  'script_run',
  'routing_set',
  'routing_update',
  'timeline_play',
  'timeline_stop',
  'timeline_seek',
  'timeline_jump_marker',
] as const;

const followActionTypes = [
  'PlayNextClip',
  'Stop',
  'LoopClip',
  'RandomClipInGroup',
  'JumpToMarker',
  'PlayTimeline',
  'StopTimeline',
  'TriggerActionClip',
] as const;

/** What a follow action needs beyond its type. */
const followParams = v.strictObject({
  /** Fires where this marker is reached instead of at the end of its target. */
  trigger_marker_id: v.optional(id),
  /** JumpToMarker: where to go on. PlayTimeline: where to start. */
  marker_id: v.optional(id),
  /** PlayTimeline, StopTimeline. */
  timeline_id: v.optional(id),
  /** PlayTimeline: where to start, in that timeline's timebase; default its zero. */
  start: v.optional(position),
  /** RandomClipInGroup: the group to choose from; default that of the clip. */
  group_id: v.optional(id),
  /** RandomClipInGroup: the same seed gives the same choices. */
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff))),
  /** TriggerActionClip. */
  action_clip_id: v.optional(id),
  /** It fires at most so many times after each start of the timeline; default always. */
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000))),
});

/** In one action clip. */
export const mostActionEvents = 100_000;
const actionEvent = v.object({
  /** Seconds from the action clip's start. */
  time_offset: notNegative,
  type: v.picklist(['widgetChange', 'script', 'editCommand', 'routingChange']),
  payload,
});

const mappingTarget = v.object({
  target_type: v.picklist(['param', 'action', 'macro', 'routing']),
  target_id: v.pipe(v.string(), v.maxLength(200)),
  param_path: v.optional(v.pipe(v.string(), v.maxLength(200))),
});

const nodeId = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const routingNode = v.object({
  id: nodeId,
  type: v.picklist(['input', 'bus', 'output', 'plugin']),
  name,
  params: payload,
});
const channel = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(31));
const routingConnection = v.object({
  id: nodeId,
  source_node_id: nodeId,
  source_channel: channel,
  target_node_id: nodeId,
  target_channel: channel,
  gain: v.pipe(finite, v.minValue(0), v.maxValue(16)),
});

/** Where a timeline loops, in its timebase; with markers, it follows them when they move. */
const timelineLoop = v.pipe(
  v.object({ start: position, end: position, start_marker_id: v.optional(id), end_marker_id: v.optional(id) }),
  v.check((range) => range.end > range.start, 'end must be after start'),
);

export const kindSchemas = {
  ProjectAtome: v.object({
    name,
    created_at: notNegative,
    /** When it was last opened here, absent until it is: the project opened last is the one in front. */
    opened_at: v.optional(notNegative),
    /** The timeline shown first. */
    active_timeline_id: v.nullable(id),
  }),
  AudioFileAtome: v.object({
    user_id: id,
    project_ids: v.array(id),
    name,
    content_hash: contentHash,
    sample_rate: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(768_000)),
    bit_depth: v.picklist([8, 16, 24, 32, 64]),
    channels: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(32)),
    /** Whole frames per channel; duration = frames / sample_rate. */
    frames: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** Seconds. */
    duration: positive,
    container: v.literal('wav'),
    source: v.picklist(['recording', 'import', 'generated']),
    /** The tempo that people say it has; null or absent: the one that is found in it counts. */
    bpm: v.optional(v.nullable(bpm)),
    local_path: v.string(),
    created_at: notNegative,
    updated_at: notNegative,
  }),
  AudioClipAtome: v.object({
    project_id: id,
    timeline_id: id,
    audio_file_id: id,
    name,
    color,
    /** Project time (seconds) at which the material was recorded; null for what was not recorded here. */
    record_position: v.nullable(finite),
    /** In the timeline's timebase. */
    play_position: position,
    /** Seconds inside the file. */
    start_offset: notNegative,
    /** Seconds inside the file; after start_offset. */
    end_offset: positive,
    group_id: v.nullable(id),
    stretch_ratio: v.pipe(finite, v.minValue(0.1), v.maxValue(10)),
    pitch_shift: v.pipe(finite, v.minValue(-24), v.maxValue(24)),
    stretch_algo: v.picklist(['bungee', 'none']),
    /** Linear gain; 1 leaves samples as they are. */
    gain: v.pipe(finite, v.minValue(0), v.maxValue(16)),
    /** -1 left, 0 centre, 1 right. */
    pan: v.pipe(finite, v.minValue(-1), v.maxValue(1)),
    muted: v.boolean(),
    solo: v.boolean(),
    /** Seconds from the clip's start over which it fades in. */
    fade_in: notNegative,
    /** Seconds before the clip's end over which it fades out. */
    fade_out: notNegative,
    /**
     * It was cut out of a longer clip inside a fade, and its fades run as in that one: how many seconds on the timeline of it
     * lie before and after. Absent: they are its own.
     */
    fades_beyond: v.optional(v.object({ before: notNegative, after: notNegative })),
    /** The clip that plays the rendered sound of this one in its place; null or absent: it sounds itself. */
    frozen_by: v.optional(v.nullable(id)),
  }),
  /** A group of clips: one lane of the timeline. */
  GroupAtome: v.object({
    project_id: id,
    timeline_id: id,
    name,
    color,
    /** Lanes are shown by ascending order. */
    order: finite,
    muted: v.boolean(),
    solo: v.boolean(),
    gain: v.pipe(finite, v.minValue(0), v.maxValue(16)),
  }),
  TimelineAtome: v.object({
    project_id: id,
    name,
    type: v.picklist(['audio', 'actions', 'mixed']),
    timebase,
    tempo_segments: v.pipe(v.array(tempoSegment), v.minLength(1)),
    loop: v.nullable(timelineLoop),
    loop_enabled: v.boolean(),
  }),
  TimelineMarkerAtome: v.object({
    timeline_id: id,
    time: position,
    timebase,
    name,
    tags: v.array(tag),
  }),
  /** Something that happens at a place of a timeline. */
  TimelineEventAtome: v.object({
    timeline_id: id,
    time: position,
    timebase,
    type: v.picklist(eventTypes),
    name,
    target_atome_id: v.nullable(id),
    target_clip_id: v.nullable(id),
    target_timeline_id: v.nullable(id),
    /** What the type needs: docs/events.md. */
    payload,
    muted: v.boolean(),
  }),
  /** A timeline that plays inside another one. */
  TimelineClipAtome: v.object({
    project_id: id,
    /** The parent. */
    timeline_id: id,
    nested_timeline_id: id,
    name,
    color,
    /** In the parent's timebase. */
    play_position: position,
    /** Where in the nested timeline it begins and ends; null: at its zero, at the end of its content. */
    start_marker_id: v.nullable(id),
    end_marker_id: v.nullable(id),
    /** It repeats what lies between two markers of the nested timeline, until `duration` is over. */
    loop_markers: v.nullable(v.object({ start_marker_id: id, end_marker_id: id })),
    /** In the parent's timebase; null: until the nested content ends, or without end where it loops. */
    duration: v.nullable(v.pipe(position, v.gtValue(0))),
    /** `own`: the nested timeline keeps its tempo. `parent`: its beats are the parent's beats. */
    tempo: v.picklist(['own', 'parent']),
    group_id: v.nullable(id),
    gain: v.pipe(finite, v.minValue(0), v.maxValue(16)),
    muted: v.boolean(),
    solo: v.boolean(),
  }),
  /** Where one file's markers live: a timeline with one clip that spans the whole file. */
  AudioRefTimelineAtome: v.object({
    project_id: id,
    audio_file_id: id,
    timeline_id: id,
    name,
  }),
  /** What happens when a clip, a clip of a group or a timeline has come to its end. */
  TimelineFollowAction: v.object({
    scope: v.picklist(['clip', 'group', 'timeline']),
    /** A clip of any kind, a GroupAtome or a TimelineAtome. */
    target_id: id,
    action_type: v.picklist(followActionTypes),
    params: followParams,
    muted: v.boolean(),
  }),
  /** Recorded or written actions: widgets, scripts, edits and routing, by their time in the clip. */
  ActionClipAtome: v.object({
    project_id: id,
    timeline_id: id,
    name,
    color,
    /** In the timeline's timebase. */
    play_position: position,
    /** Seconds. */
    duration: positive,
    events: v.pipe(v.array(actionEvent), v.maxLength(mostActionEvents)),
    group_id: v.nullable(id),
    muted: v.boolean(),
    /** Repeats itself so many times in all. */
    repeats: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
  }),
  RoutingGraphAtome: v.object({
    project_id: id,
    nodes: v.pipe(v.array(routingNode), v.maxLength(1000)),
    connections: v.pipe(v.array(routingConnection), v.maxLength(10_000)),
  }),
  WidgetAtome: v.object({
    project_id: id,
    type: v.picklist(['slider', 'button', 'xy', 'toggle', 'macroTrigger']),
    name,
    mapping_targets: v.pipe(v.array(mappingTarget), v.maxLength(1000)),
    /** 0 to 1; an xy pad has two. */
    value: v.pipe(v.array(v.pipe(finite, v.minValue(0), v.maxValue(1))), v.minLength(1), v.maxLength(2)),
    visible: v.boolean(),
  }),
  /** A video or picture in the store, to be shown along a timeline. */
  MediaFileAtome: v.object({
    project_ids: v.array(id),
    name,
    content_hash: contentHash,
    mime: v.pipe(v.string(), v.regex(/^(video|image)\/[\w.+-]{1,60}$/, 'must be a video or picture type')),
    bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** Seconds; 0 for a picture. */
    duration: notNegative,
    width: v.pipe(v.number(), v.integer(), v.minValue(0)),
    height: v.pipe(v.number(), v.integer(), v.minValue(0)),
    created_at: notNegative,
  }),
  /** Who else may do what with an object: part of the objects, so that it is undone, stored and sent like them. */
  PermissionAtome: v.object({
    object_id: id,
    /** A user's id, or `everyone`. */
    grantee: v.union([id, v.literal('everyone')]),
    right: v.picklist(['view', 'play', 'edit', 'own']),
  }),
} as const;

export type Kind = keyof typeof kindSchemas;
export type PropertiesOf<K extends Kind> = v.InferOutput<(typeof kindSchemas)[K]>;
/** An object as clients see it: its id, its kind and its current properties, flat. */
export type ObjectOf<K extends Kind> = { readonly id: string; readonly kind: K } & Readonly<PropertiesOf<K>>;
export type AtomeObject = { [K in Kind]: ObjectOf<K> }[Kind];

/** Kinds whose objects lie on a timeline. */
export type PlacedKind = { [K in Kind]: PropertiesOf<K> extends { readonly timeline_id: string } ? K : never }[Kind];

export type ProjectAtome = ObjectOf<'ProjectAtome'>;
export type AudioFileAtome = ObjectOf<'AudioFileAtome'>;
export type AudioClipAtome = ObjectOf<'AudioClipAtome'>;
export type GroupAtome = ObjectOf<'GroupAtome'>;
export type TimelineAtome = ObjectOf<'TimelineAtome'>;
export type TimelineMarkerAtome = ObjectOf<'TimelineMarkerAtome'>;
export type TimelineEventAtome = ObjectOf<'TimelineEventAtome'>;
export type TimelineClipAtome = ObjectOf<'TimelineClipAtome'>;
export type TimelineFollowAction = ObjectOf<'TimelineFollowAction'>;
export type RoutingGraphAtome = ObjectOf<'RoutingGraphAtome'>;
export type PermissionAtome = ObjectOf<'PermissionAtome'>;
export type MediaFileAtome = ObjectOf<'MediaFileAtome'>;
export type ActionClipAtome = ObjectOf<'ActionClipAtome'>;
export type WidgetAtome = ObjectOf<'WidgetAtome'>;
/** Whatever lies on a timeline with a place and a length. */
export const clipKinds = ['AudioClipAtome', 'ActionClipAtome', 'TimelineClipAtome'] as const satisfies readonly Kind[];
export type AnyClip = AudioClipAtome | ActionClipAtome | TimelineClipAtome;
export const isClip = (object: AtomeObject): object is AnyClip => (clipKinds as readonly Kind[]).includes(object.kind);

export type EventType = (typeof eventTypes)[number];
export type FollowActionType = (typeof followActionTypes)[number];
export type FollowParams = v.InferOutput<typeof followParams>;
export type TempoSegment = v.InferOutput<typeof tempoSegment>;
export type Timebase = v.InferOutput<typeof timebase>;

export const kinds = Object.keys(kindSchemas) as readonly Kind[];

export const isKind = (value: string): value is Kind => Object.hasOwn(kindSchemas, value);

/** Pieces that commands share with kinds. */
export const fields = {
  id,
  contentHash,
  finite,
  positive,
  notNegative,
  position,
  name,
  timebase,
  timeSignature,
  bpm,
  color,
  timelineLoop,
  payload,
  json,
  tag,
  routingNode,
  routingConnection,
  nodeId,
};
