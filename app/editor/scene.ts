// What the timeline shows, resolved to seconds and lanes: built from objects once per revision, then only read.
import type { TempoMap } from '../core/tempo.ts';
import type { Seconds } from '../core/units.ts';
import type {
  AnyClip,
  AtomeObject,
  AudioFileAtome,
  FollowActionType,
  GroupAtome,
  TimelineAtome,
  TimelineFollowAction,
} from '../protocol/kinds.ts';
import { type ClipContent, contentOf } from './clip-content.ts';
import { IntervalIndex } from './interval-index.ts';
import { isClip, NestedPictures } from './nested-picture.ts';

export interface SceneClip extends ClipContent {
  readonly id: string;
  readonly name: string;
  readonly color: number;
  /** Index into Scene.lanes. */
  readonly lane: number;
  readonly start: Seconds;
  readonly end: Seconds;
  /** Muted itself, by its lane, or by another's solo. */
  readonly silent: boolean;
  /** The object itself, for what is copied from it. */
  readonly source: AnyClip;
  /** A render that stands for other clips. */
  readonly frozen?: true;
  /** What happens when it has ended, as a sign; undefined when nothing does. */
  readonly sign?: string;
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

/** The clip that plays instead of a frozen one. */
const standInOf = (clip: AnyClip): string[] =>
  clip.kind === 'AudioClipAtome' && typeof clip.frozen_by === 'string' ? [clip.frozen_by] : [];

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
    const shown = contentOf(clip, files, pictures, tempo);
    if (!shown || standInOf(clip).length > 0) continue;
    const lane = laneOf.get(clip.group_id ?? '') ?? groups.length;
    const group = groups[lane];
    const start = tempo.toSeconds(clip.play_position);
    const sign = signs.get(clip.id);
    const chosen = ('solo' in clip && clip.solo) || group?.solo === true;
    const silent = clip.muted || group?.muted === true || (soloed && !chosen);
    const { content } = shown;
    // Thousands of them are made at once: written out, which takes a fraction of the time of spreading.
    const sceneClip: { -readonly [Name in keyof SceneClip]: SceneClip[Name] } = {
      id: clip.id,
      name: clip.name,
      color: clip.color,
      lane,
      start,
      end: start + shown.length,
      silent,
      source: clip,
      sourceStart: content.sourceStart,
      sourceEnd: content.sourceEnd,
      ratio: content.ratio,
      semitones: content.semitones,
      fadeIn: content.fadeIn,
      fadeOut: content.fadeOut,
      fadesBeyond: content.fadesBeyond,
      gain: content.gain,
      hash: content.hash,
      sampleRate: content.sampleRate,
      channels: content.channels,
      fileDuration: content.fileDuration,
    };
    if (content.picture) sceneClip.picture = content.picture;
    if (standIns.has(clip.id)) sceneClip.frozen = true;
    if (sign !== undefined) sceneClip.sign = sign;
    byId.set(sceneClip.id, sceneClip);
    perLane[lane]?.push(sceneClip);
    edges[count++] = sceneClip.start;
    edges[count++] = sceneClip.end;
    end = Math.max(end, sceneClip.end);
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
