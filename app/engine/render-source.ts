// Everything that a render of one timeline needs, as plain data that can be sent to another worker.
import { AtomeError } from '../protocol/errors.ts';
import type { TimelineAtome } from '../protocol/kinds.ts';
import type { ObjectReader } from '../session/types.ts';
import type { EngineDelta } from './audio-engine.ts';
import { ContentEnds } from './content-end.ts';
import { deriveEngineDeltas } from './deltas.ts';
import { deltasOfTimelines, placesOf, timelinesHeard } from './reachable.ts';
import { timelineOf } from './timeline-places.ts';
import { merged, type Window } from './windows.ts';

/** Seconds of timeline time. */
export interface RenderRange {
  readonly from: number;
  readonly to: number;
}

export interface RenderSource {
  readonly deltas: readonly EngineDelta[];
  /** Lane (group id) of each clip that has one. */
  readonly lanes: Readonly<Record<string, string>>;
  /** Seconds from the timeline's zero to the end of its last clip or to its marker `end`; 0 without clips. */
  readonly duration: number;
}

/**
 * @param range seconds that are rendered; without one, what repeats without end is played once.
 * @throws AtomeError ERR_ENGINE_LIMIT when it holds more than can be laid out
 */
export function renderSource(objects: ObjectReader, timelineId: string, range?: RenderRange): RenderSource {
  const timeline = timelineOf(objects, timelineId);
  const end = timeline ? new ContentEnds(objects, 'once').of(timeline) : 0;
  const deltas = deltasHeard(objects, timelineId, range ?? { from: 0, to: end });
  const lanes: Record<string, string> = {};
  let duration = 0;
  for (const delta of deltas) {
    if (delta.type !== 'clip' || delta.clip.timelineId !== timelineId) continue;
    const { clip, blob } = delta;
    duration = Math.max(duration, clip.startSeconds + clip.sourceFrames / blob.sampleRate);
    const lane = laneOf(objects, timelineId, clip.id);
    if (lane !== null) lanes[clip.id] = lane;
  }
  return { deltas, lanes, duration: Math.min(duration, end) };
}

/** The timeline and what its triggers start; what repeats without end is laid out wherever they may lead. */
function deltasHeard(objects: ObjectReader, timelineId: string, { from, to }: RenderRange): EngineDelta[] {
  const range = { from, until: to };
  const straight = deriveHeard(objects, timelineId, [range]);
  const places = straight.flatMap((delta) =>
    delta.type === 'triggers' ? delta.triggers.flatMap(({ action }) => placesOf(action)) : [],
  );
  if (places.length === 0) return straight;
  const led = places.map((place) => ({ from: place, until: place + to - from }));
  return deriveHeard(objects, timelineId, merged([range, ...led]));
}

function deriveHeard(objects: ObjectReader, timelineId: string, windows: readonly Window[]): EngineDelta[] {
  const limited: TimelineAtome[] = [];
  const all = deriveEngineDeltas(objects, { windows, onLimit: (timeline) => limited.push(timeline) });
  const heard = timelinesHeard(all, timelineId);
  const short = limited.find(({ id }) => heard.has(id));
  if (short) throw new AtomeError('ERR_ENGINE_LIMIT', `“${short.name}”`);
  return deltasOfTimelines(all, heard);
}

/** The lane of the clip on the timeline itself that a part belongs to: its own, the nested clip's, or the started one's. */
function laneOf(objects: ObjectReader, timelineId: string, partId: string): string | null {
  const own = objects.get(partId.replace(/[/#@].*$/, ''));
  const clip =
    own?.kind === 'TimelineEventAtome' && own.target_clip_id !== null ? objects.get(own.target_clip_id) : own;
  return clip && 'group_id' in clip && clip.timeline_id === timelineId ? clip.group_id : null;
}
