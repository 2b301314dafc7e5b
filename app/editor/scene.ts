// What the timeline shows, resolved to seconds and lanes: built from objects once per revision, then only read.
import type { TempoMap } from '../core/tempo.ts';
import type { Seconds } from '../core/units.ts';
import type {
  ActionClipAtome,
  AnyClip,
  AtomeObject,
  AudioClipAtome,
  AudioFileAtome,
  FollowActionType,
  GroupAtome,
  TimelineAtome,
  TimelineFollowAction,
} from '../protocol/kinds.ts';
import { IntervalIndex } from './interval-index.ts';
import { isClip, NestedPictures, type Picture } from './nested-picture.ts';

export interface SceneClip {
  readonly id: string;
  readonly name: string;
  readonly color: number;
  /** Index into Scene.lanes. */
  readonly lane: number;
  readonly start: Seconds;
  readonly end: Seconds;
  /** Seconds inside the file. */
  readonly sourceStart: Seconds;
  readonly sourceEnd: Seconds;
  readonly fadeIn: Seconds;
  readonly fadeOut: Seconds;
  readonly gain: number;
  /** Muted itself, by its lane, or by another's solo. */
  readonly silent: boolean;
  readonly hash: string;
  readonly sampleRate: number;
  readonly channels: number;
  /** Seconds. */
  readonly fileDuration: Seconds;
  /** The object itself, for what is copied from it. */
  readonly source: AnyClip;
  /** A render that stands for other clips. */
  readonly frozen?: true;
  /** What happens when it has ended, as a sign; undefined when nothing does. */
  readonly sign?: string;
  /** What plays inside; undefined for sound, which has its waveform. */
  readonly picture?: Picture;
}

export interface SceneLane {
  /** Null: the lane of clips that belong to no group. */
  readonly group: GroupAtome | null;
  readonly clips: IntervalIndex<SceneClip>;
}

export interface SceneMarker {
  readonly id: string;
  readonly name: string;
  readonly time: Seconds;
}

export interface Scene {
  readonly timelineId: string;
  readonly tempo: TempoMap;
  readonly lanes: readonly SceneLane[];
  readonly clips: ReadonlyMap<string, SceneClip>;
  readonly markers: readonly SceneMarker[];
  readonly loop: { readonly start: Seconds; readonly end: Seconds; readonly enabled: boolean } | null;
  /** End of the last clip. */
  readonly end: Seconds;
  /** Every clip's start and end, ascending. */
  readonly edges: Float64Array;
}

interface Found {
  timeline: TimelineAtome | undefined;
  readonly groups: GroupAtome[];
  readonly clips: AnyClip[];
  readonly files: Map<string, AudioFileAtome>;
  readonly markers: SceneMarker[];
  /** By the clip whose end they follow. */
  readonly signs: Map<string, string>;
}

/** Signs of what a clip's end leads to. */
const followSigns: Readonly<Record<FollowActionType, string>> = {
  PlayNextClip: '→',
  Stop: '■',
  LoopClip: '↻',
  RandomClipInGroup: '⤨',
  JumpToMarker: '⇥',
  PlayTimeline: '▶',
  StopTimeline: '□',
  TriggerActionClip: '✱',
};

function find(objects: Readonly<Record<string, AtomeObject>>, timelineId: string, tempo: TempoMap): Found {
  const found: Found = { timeline: undefined, groups: [], clips: [], files: new Map(), markers: [], signs: new Map() };
  for (const object of Object.values(objects)) {
    if (object.kind === 'AudioFileAtome') found.files.set(object.id, object);
    else if (object.kind === 'TimelineAtome' && object.id === timelineId) found.timeline = object;
    else if (object.kind === 'TimelineFollowAction') addSign(found.signs, object);
    else if ('timeline_id' in object && object.timeline_id === timelineId) {
      if (isClip(object)) found.clips.push(object);
      else if (object.kind === 'GroupAtome') found.groups.push(object);
      else if (object.kind === 'TimelineMarkerAtome')
        found.markers.push({ id: object.id, name: object.name, time: markerTime(object, tempo) });
    }
  }
  found.groups.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  found.markers.sort((a, b) => a.time - b.time);
  return found;
}

function addSign(signs: Map<string, string>, { scope, target_id, action_type, muted }: TimelineFollowAction): void {
  if (scope === 'clip' && !muted) signs.set(target_id, followSigns[action_type]);
}

const markerTime = (marker: { time: number; timebase: string }, tempo: TempoMap): Seconds =>
  marker.timebase === 'seconds' ? marker.time : tempo.beatsToSeconds(marker.time);

type Content = Omit<SceneClip, 'id' | 'name' | 'color' | 'lane' | 'start' | 'end' | 'silent' | 'source'>;

/** What a clip shows and how long it is; undefined where its file is unknown. */
function contentOf(
  clip: AnyClip,
  files: ReadonlyMap<string, AudioFileAtome>,
  pictures: NestedPictures,
  tempo: TempoMap,
): { readonly length: Seconds; readonly shown: Content } | undefined {
  if (clip.kind === 'AudioClipAtome') return soundOf(clip, files.get(clip.audio_file_id));
  const picture = clip.kind === 'TimelineClipAtome' ? pictures.of(clip, tempo) : pictureOfActions(clip);
  return { length: picture.length, shown: { ...noSound, sourceEnd: picture.length, picture } };
}

/** Of clips that are no sound; their right edge may be drawn out as far as one likes. */
const noSound = {
  sourceStart: 0,
  fadeIn: 0,
  fadeOut: 0,
  gain: 1,
  hash: '',
  sampleRate: 1,
  channels: 1,
  fileDuration: Number.POSITIVE_INFINITY,
} as const;

function soundOf(clip: AudioClipAtome, file: AudioFileAtome | undefined) {
  if (!file) return undefined;
  const length = clip.end_offset - clip.start_offset;
  const shown: Content = {
    sourceStart: clip.start_offset,
    sourceEnd: clip.end_offset,
    fadeIn: Math.min(clip.fade_in, length),
    fadeOut: Math.min(clip.fade_out, length),
    gain: clip.gain,
    hash: file.content_hash,
    sampleRate: file.sample_rate,
    channels: file.channels,
    fileDuration: file.duration,
  };
  return { length, shown };
}

/** The clip that plays instead of a frozen one. */
const standInOf = (clip: AnyClip): string[] =>
  clip.kind === 'AudioClipAtome' && typeof clip.frozen_by === 'string' ? [clip.frozen_by] : [];

/** A tick for each action. */
function pictureOfActions({ duration, events, repeats }: ActionClipAtome): Picture {
  const starts = Array.from({ length: Math.min(repeats, 200) }, (_, round) => round * duration);
  const ticks = starts.flatMap((start) =>
    events.map(({ time_offset }) => ({ from: start + time_offset, to: start + time_offset, row: 0 })),
  );
  return { length: duration * repeats, rows: 1, blocks: ticks, repeats: starts.slice(1) };
}

/** The scene of one timeline; clips whose file is unknown, and those that a render stands for, are left out. */
export function buildScene(objects: Readonly<Record<string, AtomeObject>>, timelineId: string, tempo: TempoMap): Scene {
  const { timeline, groups, clips, files, markers, signs } = find(objects, timelineId, tempo);
  const laneOf = new Map(groups.map((group, index) => [group.id, index]));
  const soloed = groups.some((group) => group.solo) || clips.some((clip) => 'solo' in clip && clip.solo);
  const pictures = new NestedPictures(objects);
  const perLane: SceneClip[][] = Array.from({ length: groups.length + 1 }, () => []);
  const byId = new Map<string, SceneClip>();
  const standIns = new Set(clips.flatMap(standInOf));
  const edges = new Float64Array(clips.length * 2);
  let count = 0;
  let end = 0;
  for (const clip of clips) {
    const content = contentOf(clip, files, pictures, tempo);
    if (!content || standInOf(clip).length > 0) continue;
    const lane = laneOf.get(clip.group_id ?? '') ?? groups.length;
    const group = groups[lane];
    const start = tempo.toSeconds(clip.play_position);
    const sign = signs.get(clip.id);
    const chosen = ('solo' in clip && clip.solo) || group?.solo === true;
    const silent = clip.muted || group?.muted === true || (soloed && !chosen);
    const shown: SceneClip = {
      id: clip.id,
      name: clip.name,
      color: clip.color,
      lane,
      start,
      end: start + content.length,
      silent,
      source: clip,
      ...(standIns.has(clip.id) ? { frozen: true } : {}),
      ...(sign === undefined ? {} : { sign }),
      ...content.shown,
    };
    byId.set(shown.id, shown);
    perLane[lane]?.push(shown);
    edges[count++] = shown.start;
    edges[count++] = shown.end;
    end = Math.max(end, shown.end);
  }
  const lanes: SceneLane[] = groups.map((group, index) => ({ group, clips: new IntervalIndex(perLane[index] ?? []) }));
  const ungrouped = perLane[groups.length] ?? [];
  if (ungrouped.length > 0) lanes.push({ group: null, clips: new IntervalIndex(ungrouped) });
  const range = timeline?.loop;
  const loop = range && {
    start: tempo.toSeconds(range.start),
    end: tempo.toSeconds(range.end),
    enabled: timeline.loop_enabled,
  };
  return {
    timelineId,
    tempo,
    lanes,
    clips: byId,
    markers,
    loop: loop ?? null,
    end,
    edges: edges.subarray(0, count).sort(),
  };
}
