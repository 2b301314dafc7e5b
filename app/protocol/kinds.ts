// The kinds of objects and the schema of each one's properties: what the store may hold.
import * as v from 'valibot';

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
});

/** A loop range in the timeline's timebase. */
const loopRange = v.pipe(
  v.object({ start: position, end: position }),
  v.check((range) => range.end > range.start, 'end must be after start'),
);

export const kindSchemas = {
  ProjectAtome: v.object({
    name,
    created_at: notNegative,
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
    loop: v.nullable(loopRange),
    loop_enabled: v.boolean(),
  }),
  TimelineMarkerAtome: v.object({
    timeline_id: id,
    time: position,
    timebase,
    name,
    tags: v.array(v.pipe(v.string(), v.maxLength(60))),
  }),
} as const;

export type Kind = keyof typeof kindSchemas;
export type PropertiesOf<K extends Kind> = v.InferOutput<(typeof kindSchemas)[K]>;
/** An object as clients see it: its id, its kind and its current properties, flat. */
export type ObjectOf<K extends Kind> = { readonly id: string; readonly kind: K } & Readonly<PropertiesOf<K>>;
export type AtomeObject = { [K in Kind]: ObjectOf<K> }[Kind];

export type ProjectAtome = ObjectOf<'ProjectAtome'>;
export type AudioFileAtome = ObjectOf<'AudioFileAtome'>;
export type AudioClipAtome = ObjectOf<'AudioClipAtome'>;
export type GroupAtome = ObjectOf<'GroupAtome'>;
export type TimelineAtome = ObjectOf<'TimelineAtome'>;
export type TempoSegment = v.InferOutput<typeof tempoSegment>;
export type Timebase = v.InferOutput<typeof timebase>;

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
  loopRange,
};
