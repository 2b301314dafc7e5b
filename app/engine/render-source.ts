// Everything that a render of one timeline needs, as plain data that can be sent to another worker.
import type { ObjectReader } from '../session/types.ts';
import type { EngineDelta } from './audio-engine.ts';
import { ContentEnds } from './content-end.ts';
import { deriveEngineDeltas } from './deltas.ts';
import type { Window } from './passages.ts';
import { deltasOfTimelines, placesOf, timelinesHeard } from './reachable.ts';
import { timelineOf } from './timeline-places.ts';

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

/** @param range seconds that are rendered; without one, what repeats without end is played once. */
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
    const lane = laneOf(objects, clip.id);
    if (lane !== null) lanes[clip.id] = lane;
  }
  return { deltas, lanes, duration: Math.min(duration, end) };
}

/** The timeline and what its triggers start; what repeats without end is laid out wherever they may lead. */
function deltasHeard(objects: ObjectReader, timelineId: string, { from, to }: RenderRange): EngineDelta[] {
  const straight = deriveHeard(objects, timelineId, { from, until: to });
  const places = straight.flatMap((delta) =>
    delta.type === 'triggers' ? delta.triggers.flatMap(({ action }) => placesOf(action)) : [],
  );
  if (places.length === 0) return straight;
  const furthest = places.reduce((one, other) => Math.max(one, other), from);
  return deriveHeard(objects, timelineId, { from: 0, until: furthest + to - from });
}

function deriveHeard(objects: ObjectReader, timelineId: string, window: Window): EngineDelta[] {
  const all = deriveEngineDeltas(objects, { window });
  return deltasOfTimelines(all, timelinesHeard(all, timelineId));
}

/** The lane of the clip on the timeline itself that a part belongs to: its own, the nested clip's, or the started one's. */
function laneOf(objects: ObjectReader, partId: string): string | null {
  const own = objects.get(partId.replace(/[/#@].*$/, ''));
  const clip =
    own?.kind === 'TimelineEventAtome' && own.target_clip_id !== null ? objects.get(own.target_clip_id) : own;
  return clip && 'group_id' in clip ? clip.group_id : null;
}
