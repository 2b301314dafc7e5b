// Every command of the session: its fields, and whether it enters the undo history. `cmd` names the command, because
// `type` is a field of some of them (CREATE_TIMELINE).
import * as v from 'valibot';
import { fields, kindSchemas, tempoSegment } from './kinds.ts';
import { namedValues } from './named-values.ts';

const clip = kindSchemas.AudioClipAtome.entries;
const nested = kindSchemas.TimelineClipAtome.entries;
const action = kindSchemas.ActionClipAtome.entries;
const event = kindSchemas.TimelineEventAtome.entries;
const follow = kindSchemas.TimelineFollowAction.entries;
const widget = kindSchemas.WidgetAtome.entries;
const graph = kindSchemas.RoutingGraphAtome.entries;
const permission = kindSchemas.PermissionAtome.entries;
const { id, notNegative, position, name, bpm, timebase } = fields;
/** The new object's id when the client chooses it, so that one BATCH can refer to what it makes; refused when it exists. */
const newId = v.optional(id);
const ids = v.pipe(v.array(id), v.minLength(1), v.maxLength(100_000));
/** Later clips of the same lanes move along, so that no gap opens and nothing is covered. */
const ripple = v.optional(v.boolean());
/** Edits in a row that carry the same one are one step of undo: what a hand changes while it is heard. */
const gesture = v.optional(id);
const slot = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(31));
const bars = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1024));
const quantized = v.optional(v.boolean());
const markerTarget = v.object({ type: v.literal('marker'), value: id });
const timeTarget = v.object({ type: v.literal('time'), value: position });
/** A place on a timeline: a number in its timebase, `{type:'time', value}` or `{type:'marker', value: marker id}`. */
export const place = v.union([position, timeTarget, markerTarget]);

const optionalClipProperties = v.partial(
  v.object({
    name: clip.name,
    color: clip.color,
    record_position: clip.record_position,
    group_id: clip.group_id,
    stretch_ratio: clip.stretch_ratio,
    pitch_shift: clip.pitch_shift,
    stretch_algo: clip.stretch_algo,
    gain: clip.gain,
    pan: clip.pan,
    muted: clip.muted,
    solo: clip.solo,
    fade_in: clip.fade_in,
    fade_out: clip.fade_out,
    fades_beyond: clip.fades_beyond,
  }),
).entries;

const command = <const Name extends string, const Entries extends v.ObjectEntries>(cmd: Name, entries: Entries) =>
  v.strictObject({ cmd: v.literal(cmd), reqId: v.optional(v.pipe(v.string(), v.maxLength(100))), ...entries });

/** Commands that change objects: undoable, persisted, one transaction each. */
export const editCommands = {
  CREATE_PROJECT: command('CREATE_PROJECT', { name }),
  OPEN_PROJECT: command('OPEN_PROJECT', { project_id: id }),
  CREATE_TIMELINE: command('CREATE_TIMELINE', {
    id: newId,
    name,
    type: v.picklist(['audio', 'actions', 'mixed']),
    timebase,
    bpm: v.optional(bpm),
    time_signature: v.optional(fields.timeSignature),
  }),
  /** A file whose blob is already stored; made by the import. */
  ADD_FILE: command('ADD_FILE', {
    id: newId,
    file: v.omit(kindSchemas.AudioFileAtome, ['user_id', 'project_ids', 'created_at', 'updated_at', 'local_path']),
  }),
  ADD_CLIP: command('ADD_CLIP', {
    id: newId,
    timeline_id: id,
    audio_file_id: id,
    play_position: position,
    start_offset: v.optional(notNegative),
    end_offset: v.optional(fields.positive),
    ...optionalClipProperties,
  }),
  /** A ratio or a pitch other than normal turns the stretcher on, unless `stretch_algo` is given as well. */
  SET_CLIP: command('SET_CLIP', { clip_id: id, gesture, ...optionalClipProperties }),
  MOVE_CLIP: command('MOVE_CLIP', {
    clip_id: id,
    play_position: position,
    timeline_id: v.optional(id),
    group_id: v.optional(v.nullable(id)),
    ripple,
  }),
  /** Offsets are seconds in the file; a changed start moves play_position with it, so that the sound stays where it is. */
  TRIM_CLIP: command('TRIM_CLIP', {
    clip_id: id,
    start_offset: v.optional(notNegative),
    end_offset: v.optional(fields.positive),
    ripple,
  }),
  /**
   * Stretches what a clip plays so that one edge comes to lie at `position`, while the other stays; its pitch is kept. Turns
   * the stretcher on. Refused where that would need a ratio outside 0.1 to 10.
   */
  STRETCH_CLIP: command('STRETCH_CLIP', { clip_id: id, edge: v.picklist(['start', 'end']), position, ripple }),
  /**
   * Stretches clips whose file runs at `bpm`, so that they run at the tempo of their timeline, as it is where each of them
   * starts. With `first_beat` (seconds in the file) each is moved by less than a beat, so that its beats lie on the grid.
   */
  FIT_CLIP_TO_TEMPO: command('FIT_CLIP_TO_TEMPO', {
    clip_ids: ids,
    bpm,
    first_beat: v.optional(notNegative),
    ripple,
  }),
  SPLIT_CLIP: command('SPLIT_CLIP', { clip_id: id, position }),
  JOIN_CLIPS: command('JOIN_CLIPS', { clip_ids: v.pipe(v.array(id), v.length(2)) }),
  GROUP_CLIPS: command('GROUP_CLIPS', { clip_ids: ids, group_id: v.nullable(id) }),
  /** Copies each clip; `offset` (timebase units) moves the copies, by default to right after the selection. */
  DUPLICATE_CLIPS: command('DUPLICATE_CLIPS', {
    clip_ids: ids,
    offset: v.optional(fields.finite),
    timeline_id: v.optional(id),
  }),
  REMOVE_CLIPS: command('REMOVE_CLIPS', { clip_ids: ids, ripple }),
  /**
   * Makes two clips of one lane fade into each other around their seam. `duration` (seconds) is the length of the fade: by
   * default that of their overlap, else both are extended into what their files hold beyond the seam.
   */
  CROSSFADE_CLIPS: command('CROSSFADE_CLIPS', {
    clip_ids: v.pipe(v.array(id), v.length(2)),
    duration: v.optional(fields.positive),
  }),
  /** Opens a gap of `duration` at `at` (timebase units) on the given lanes or all; clips that lie across are split. */
  INSERT_TIME: command('INSERT_TIME', {
    timeline_id: id,
    at: position,
    duration: v.pipe(position, v.gtValue(0)),
    group_ids: v.optional(v.array(v.nullable(id))),
  }),
  /** Takes `[start, end)` out of the given lanes or all, and closes the gap. */
  REMOVE_TIME: command('REMOVE_TIME', {
    timeline_id: id,
    start: position,
    end: position,
    group_ids: v.optional(v.array(v.nullable(id))),
  }),
  /** Plays a rendered file in place of clips of one timeline; they stay, silent, until UNFREEZE_CLIP brings them back. */
  FREEZE_CLIPS: command('FREEZE_CLIPS', {
    id: newId,
    clip_ids: ids,
    audio_file_id: id,
    play_position: position,
    name: v.optional(name),
    group_id: v.optional(v.nullable(id)),
  }),
  UNFREEZE_CLIP: command('UNFREEZE_CLIP', { clip_id: id }),
  CREATE_GROUP: command('CREATE_GROUP', {
    id: newId,
    timeline_id: id,
    name,
    color: v.optional(fields.color),
    order: v.optional(fields.finite),
  }),
  ADD_MARKER: command('ADD_MARKER', {
    id: newId,
    timeline_id: id,
    time: position,
    timebase: v.optional(timebase),
    name: v.optional(name),
    tags: v.optional(v.array(v.string())),
  }),
  ADD_EVENT: command('ADD_EVENT', {
    id: newId,
    timeline_id: id,
    time: position,
    timebase: v.optional(timebase),
    type: event.type,
    name: v.optional(name),
    target_atome_id: v.optional(event.target_atome_id),
    target_clip_id: v.optional(event.target_clip_id),
    target_timeline_id: v.optional(event.target_timeline_id),
    payload: v.optional(fields.payload),
    muted: v.optional(v.boolean()),
  }),
  /** Refused, with the timelines named, when the timeline would then play inside itself. */
  ADD_NESTED_TIMELINE: command('ADD_NESTED_TIMELINE', {
    id: newId,
    timeline_id: id,
    nested_timeline_id: id,
    play_position: position,
    name: v.optional(name),
    color: v.optional(fields.color),
    start_marker_id: v.optional(nested.start_marker_id),
    end_marker_id: v.optional(nested.end_marker_id),
    loop_markers: v.optional(nested.loop_markers),
    duration: v.optional(nested.duration),
    tempo: v.optional(nested.tempo),
    group_id: v.optional(nested.group_id),
    gain: v.optional(nested.gain),
    muted: v.optional(v.boolean()),
    solo: v.optional(v.boolean()),
  }),
  ADD_FOLLOW_ACTION: command('ADD_FOLLOW_ACTION', {
    id: newId,
    scope: follow.scope,
    target_id: id,
    action_type: follow.action_type,
    params: v.optional(follow.params),
    muted: v.optional(v.boolean()),
  }),
  ADD_ACTION_CLIP: command('ADD_ACTION_CLIP', {
    id: newId,
    timeline_id: id,
    play_position: position,
    duration: fields.positive,
    events: v.optional(action.events),
    name: v.optional(name),
    color: v.optional(fields.color),
    group_id: v.optional(v.nullable(id)),
    muted: v.optional(v.boolean()),
    repeats: v.optional(action.repeats),
  }),
  /** The timeline that holds a file's markers, with one clip of all of it; `created` names the one there is, or the new one. */
  ADD_AUDIO_REF_TIMELINE: command('ADD_AUDIO_REF_TIMELINE', { id: newId, audio_file_id: id, name: v.optional(name) }),
  ADD_WIDGET: command('ADD_WIDGET', {
    id: newId,
    type: widget.type,
    name: v.optional(name),
    mapping_targets: v.optional(widget.mapping_targets),
    value: v.optional(widget.value),
  }),
  /** A video or picture whose blob is already stored. */
  ADD_MEDIA_FILE: command('ADD_MEDIA_FILE', {
    id: newId,
    file: v.omit(kindSchemas.MediaFileAtome, ['project_ids', 'created_at']),
  }),
  /** The project's routing; refused, with the cycle named, when sound would run in a circle. */
  SET_ROUTING_GRAPH: command('SET_ROUTING_GRAPH', {
    graph: v.object({ nodes: graph.nodes, connections: graph.connections }),
  }),
  /** Nodes and connections to add or replace by their ids, and ids to remove. */
  UPDATE_ROUTING: command('UPDATE_ROUTING', {
    delta: v.object({
      nodes: v.optional(graph.nodes),
      connections: v.optional(graph.connections),
      remove: v.optional(v.array(fields.nodeId)),
    }),
  }),
  SET_NODE_PARAM: command('SET_NODE_PARAM', {
    node_id: fields.nodeId,
    param: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
    value: fields.json,
  }),
  /** A value for a parameter of an object or a routing node, at a time (seconds) of the active timeline, kept in its automation action clip. */
  SCHEDULE_AUTOMATION: command('SCHEDULE_AUTOMATION', {
    timeline_id: v.optional(id),
    target: id,
    param_path: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
    time: fields.notNegative,
    value: fields.json,
  }),
  /** Lets somebody see, play or edit an object; only its owner may. */
  GRANT: command('GRANT', { object_id: id, grantee: permission.grantee, right: permission.right }),
  REVOKE: command('REVOKE', { object_id: id, grantee: permission.grantee, right: v.optional(permission.right) }),
  SET_OBJECT: command('SET_OBJECT', { id, gesture, properties: namedValues(v.unknown()) }),
  REMOVE_OBJECT: command('REMOVE_OBJECT', { id }),
  SET_TEMPO: command('SET_TEMPO', { timeline_id: v.optional(id), bpm }),
  SET_TEMPO_SEGMENTS: command('SET_TEMPO_SEGMENTS', {
    timeline_id: id,
    segments: v.pipe(v.array(tempoSegment), v.minLength(1)),
  }),
  /** A range in the timebase, a pair of markers, which counts where both are given, or null; it loops while `enabled` (default true). */
  TIMELINE_SET_LOOP: command('TIMELINE_SET_LOOP', {
    timeline_id: id,
    loop: v.nullable(v.union([fields.timelineLoop, v.object({ start_marker_id: id, end_marker_id: id })])),
    enabled: v.optional(v.boolean()),
  }),
} as const;

/** Several edits as one transaction and one undo step: all of them happen or none. */
export const batchCommand = command('BATCH', {
  label: v.optional(name),
  gesture,
  commands: v.pipe(
    v.array(v.variant('cmd', Object.values(editCommands) as [(typeof editCommands)['ADD_CLIP']])),
    v.minLength(1),
  ),
});

/** Commands that bypass history: transport, history itself, questions. */
export const liveCommands = {
  TIMELINE_PLAY: command('TIMELINE_PLAY', {
    timeline_id: id,
    start: v.optional(place),
    options: v.optional(v.strictObject({ stop_others: v.optional(v.boolean()) })),
  }),
  TIMELINE_STOP: command('TIMELINE_STOP', { timeline_id: id }),
  TIMELINE_SEEK: command('TIMELINE_SEEK', { timeline_id: id, to: place }),
  /**
   * Drags the playhead: what lies between where it is and `position` sounds at the speed of the hand, and nothing while the
   * hand rests. A timeline that plays stops. null lets go: the playhead stays where it was dragged to.
   */
  TIMELINE_SCRUB: command('TIMELINE_SCRUB', { timeline_id: id, position: v.nullable(place) }),
  /** The answer's `result` is a TimelineReport. */
  TIMELINE_GET_STATE: command('TIMELINE_GET_STATE', { timeline_id: id }),
  /** Plays a file on its own, on its reference timeline (`marker_set_id`, where it has several), which is made when needed. */
  PLAY_ASSET_AS_TIMELINE: command('PLAY_ASSET_AS_TIMELINE', {
    audio_file_id: id,
    marker_set_id: v.optional(id),
    start: v.optional(place),
  }),
  /** From one marker to another: once, then it stops there, or again and again. */
  PLAY_MARKER_SEGMENT: command('PLAY_MARKER_SEGMENT', {
    timeline_id: id,
    start_marker_id: id,
    end_marker_id: id,
    loop: v.optional(v.boolean()),
  }),
  TRIGGER_ACTION_CLIP: command('TRIGGER_ACTION_CLIP', { clip_id: id }),
  SET_METRONOME: command('SET_METRONOME', {
    enabled: v.optional(v.boolean()),
    gain: v.optional(v.pipe(fields.finite, v.minValue(0), v.maxValue(4))),
  }),
  /** Runs a script with nothing but commands at its hands; what it edits is one step of undo, and `result` what it returned. */
  RUN_SCRIPT: command('RUN_SCRIPT', {
    source: v.pipe(v.string(), v.maxLength(1_000_000)),
    name: v.optional(name),
    /** The script's global `args`. */
    args: v.optional(fields.json),
    /** Milliseconds and MiB; at most ten times the defaults of 1000 and 32. */
    time_limit: v.optional(v.pipe(fields.positive, v.maxValue(10_000))),
    memory_limit: v.optional(v.pipe(fields.positive, v.maxValue(320))),
  }),
  /** Compiles a script and runs nothing of it: refused with ERR_SCRIPT_SYNTAX and the line where it is no JavaScript. */
  CHECK_SCRIPT: command('CHECK_SCRIPT', { source: v.pipe(v.string(), v.maxLength(1_000_000)), name: v.optional(name) }),
  START_RECORD: command('START_RECORD', { spec: fields.payload }),
  STOP_RECORD: command('STOP_RECORD', { record_session_id: id }),
  /** `at`: a capture frame; by default the time of the press. */
  COMMIT: command('COMMIT', { slot: v.optional(slot), bars, at: v.optional(fields.notNegative) }),
  TRIGGER_SLOT: command('TRIGGER_SLOT', { slot, quantized }),
  MUTE_SLOT: command('MUTE_SLOT', { slot, quantized }),
  SET_VOL: command('SET_VOL', { slot, val: v.pipe(fields.finite, v.minValue(0), v.maxValue(1)) }),
  SET_PAN: command('SET_PAN', { slot, val: v.pipe(fields.finite, v.minValue(-1), v.maxValue(1)) }),
  CLEAR_SLOT: command('CLEAR_SLOT', { slot }),
  OVERDUB_SLOT: command('OVERDUB_SLOT', { slot, quantized }),
  REPLACE_SLOT: command('REPLACE_SLOT', { slot, quantized }),
  MULTIPLY_SLOT: command('MULTIPLY_SLOT', { slot, quantized }),
  MERGE_SLOTS: command('MERGE_SLOTS', { slots: v.pipe(v.array(slot), v.minLength(2)) }),
  SET_SLOT: command('SET_SLOT', { slot, properties: fields.payload }),
  LOAD_PLUGIN: command('LOAD_PLUGIN', { slot, pluginId: v.pipe(v.string(), v.minLength(1), v.maxLength(200)) }),
  SET_MASTER_GAIN: command('SET_MASTER_GAIN', { gain: v.pipe(fields.finite, v.minValue(0), v.maxValue(4)) }),
  UNDO: command('UNDO', {}),
  REDO: command('REDO', {}),
  /** Takes back what the edits of a gesture changed: as if it had not begun. Nothing, where another step came since. */
  CANCEL_GESTURE: command('CANCEL_GESTURE', { gesture: id }),
  PANIC: command('PANIC', { scope: v.picklist(['ALL', 'ENGINE']) }),
  GET_FULL_STATE: command('GET_FULL_STATE', {}),
  GET_METRICS_HISTORY: command('GET_METRICS_HISTORY', {}),
} as const;

export const commandSchemas = { ...editCommands, ...liveCommands } as const;

export type EditCommandType = keyof typeof editCommands;
export type LiveCommandType = keyof typeof liveCommands;
export type CommandType = keyof typeof commandSchemas | 'BATCH';
/** What a client may send; optional fields may be left out. */
export type EditCommand = { [T in EditCommandType]: v.InferInput<(typeof editCommands)[T]> }[EditCommandType];
export type LiveCommand = { [T in LiveCommandType]: v.InferInput<(typeof liveCommands)[T]> }[LiveCommandType];
export interface BatchCommand {
  readonly cmd: 'BATCH';
  readonly reqId?: string;
  readonly label?: string;
  readonly gesture?: string;
  readonly commands: readonly EditCommand[];
}
export type Command = EditCommand | LiveCommand | BatchCommand;
export type CommandOf<T extends CommandType> = Extract<Command, { cmd: T }>;

const isCommandName = (value: unknown): boolean =>
  typeof value === 'string' && (value === 'BATCH' || Object.hasOwn(commandSchemas, value));

/** `timeline_play` is TIMELINE_PLAY. */
function inCapitals(value: unknown): unknown {
  if (typeof value !== 'string' || isCommandName(value)) return value;
  const capitals = value.toUpperCase();
  return isCommandName(capitals) ? capitals : value;
}

/**
 * Reads what a client sent with some tolerance: names may be in small letters, and a command named by `type` or `command` instead of `cmd` is taken too, where
 * that leaves nothing ambiguous. CREATE_TIMELINE named by `type` makes a timeline of type `audio`.
 */
export function normaliseCommand(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  if (Object.hasOwn(input, 'cmd')) {
    const { cmd } = input as { readonly cmd: unknown };
    const name = inCapitals(cmd);
    return name === cmd ? input : { ...input, cmd: name };
  }
  const { command, type, ...rest } = input as Record<string, unknown>;
  const [byCommand, byType] = [inCapitals(command), inCapitals(type)];
  if (isCommandName(byCommand)) return { cmd: byCommand, ...rest, ...(byType === undefined ? {} : { type: byType }) };
  if (!isCommandName(byType) || byCommand !== undefined) return input;
  return { cmd: byType, ...(byType === 'CREATE_TIMELINE' ? { type: 'audio' } : {}), ...rest };
}
