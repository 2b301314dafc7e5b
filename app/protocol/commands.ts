// Every command of the session: its fields, and whether it enters the undo history. `cmd` names the command, because
// `type` is a field of some of them (CREATE_TIMELINE).
import * as v from 'valibot';
import { fields, kindSchemas, tempoSegment } from './kinds.ts';

const clip = kindSchemas.AudioClipAtome.entries;
const { id, notNegative, position, name, bpm, timebase } = fields;
/** The new object's id when the client chooses it, so that one BATCH can refer to what it makes; refused when it exists. */
const newId = v.optional(id);
const ids = v.pipe(v.array(id), v.minLength(1), v.maxLength(100_000));
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
  }),
).entries;

const command = <const Name extends string, const Entries extends v.ObjectEntries>(cmd: Name, entries: Entries) =>
  v.strictObject({ cmd: v.literal(cmd), reqId: v.optional(v.pipe(v.string(), v.maxLength(100))), ...entries });

/** Commands that change objects: undoable, persisted, one transaction each. */
export const editCommands = {
  CREATE_PROJECT: command('CREATE_PROJECT', { name }),
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
  SET_CLIP: command('SET_CLIP', { clip_id: id, ...optionalClipProperties }),
  MOVE_CLIP: command('MOVE_CLIP', {
    clip_id: id,
    play_position: position,
    timeline_id: v.optional(id),
    group_id: v.optional(v.nullable(id)),
  }),
  /** Offsets are seconds in the file; a changed start moves play_position with it, so that the sound stays where it is. */
  TRIM_CLIP: command('TRIM_CLIP', {
    clip_id: id,
    start_offset: v.optional(notNegative),
    end_offset: v.optional(fields.positive),
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
  REMOVE_CLIPS: command('REMOVE_CLIPS', { clip_ids: ids }),
  CREATE_GROUP: command('CREATE_GROUP', {
    id: newId,
    timeline_id: id,
    name,
    color: v.optional(fields.color),
    order: v.optional(fields.finite),
  }),
  ADD_MARKER: command('ADD_MARKER', {
    timeline_id: id,
    time: position,
    timebase: v.optional(timebase),
    name: v.optional(name),
    tags: v.optional(v.array(v.string())),
  }),
  SET_OBJECT: command('SET_OBJECT', { id, properties: v.record(v.string(), v.unknown()) }),
  REMOVE_OBJECT: command('REMOVE_OBJECT', { id }),
  SET_TEMPO: command('SET_TEMPO', { timeline_id: v.optional(id), bpm }),
  SET_TEMPO_SEGMENTS: command('SET_TEMPO_SEGMENTS', {
    timeline_id: id,
    segments: v.pipe(v.array(tempoSegment), v.minLength(1)),
  }),
  /** A range in the timebase, a pair of markers, or null; it loops while `enabled` (default true). */
  TIMELINE_SET_LOOP: command('TIMELINE_SET_LOOP', {
    timeline_id: id,
    loop: v.nullable(v.union([fields.loopRange, v.object({ start_marker_id: id, end_marker_id: id })])),
    enabled: v.optional(v.boolean()),
  }),
} as const;

/** Several edits as one transaction and one undo step: all of them happen or none. */
export const batchCommand = command('BATCH', {
  label: v.optional(name),
  commands: v.pipe(
    v.array(v.variant('cmd', Object.values(editCommands) as [(typeof editCommands)['ADD_CLIP']])),
    v.minLength(1),
  ),
});

/** Commands that bypass history: transport, history itself, questions. */
export const liveCommands = {
  TIMELINE_PLAY: command('TIMELINE_PLAY', { timeline_id: id, start: v.optional(place) }),
  TIMELINE_STOP: command('TIMELINE_STOP', { timeline_id: id }),
  TIMELINE_SEEK: command('TIMELINE_SEEK', { timeline_id: id, to: place }),
  SET_MASTER_GAIN: command('SET_MASTER_GAIN', { gain: v.pipe(fields.finite, v.minValue(0), v.maxValue(4)) }),
  UNDO: command('UNDO', {}),
  REDO: command('REDO', {}),
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
  readonly commands: readonly EditCommand[];
}
export type Command = EditCommand | LiveCommand | BatchCommand;
export type CommandOf<T extends CommandType> = Extract<Command, { cmd: T }>;

const isCommandName = (value: unknown): boolean =>
  typeof value === 'string' && (value === 'BATCH' || Object.hasOwn(commandSchemas, value));

/**
 * Reads what a client sent with some tolerance: a command named by `type` or `command` instead of `cmd` is taken too, where
 * that leaves nothing ambiguous. CREATE_TIMELINE named by `type` makes a timeline of type `audio`.
 */
export function normaliseCommand(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input) || Object.hasOwn(input, 'cmd')) return input;
  const { command: byCommand, type: byType, ...rest } = input as Record<string, unknown>;
  if (isCommandName(byCommand)) return { cmd: byCommand, ...rest, ...(byType === undefined ? {} : { type: byType }) };
  if (!isCommandName(byType) || byCommand !== undefined) return input;
  return { cmd: byType, ...(byType === 'CREATE_TIMELINE' ? { type: 'audio' } : {}), ...rest };
}
