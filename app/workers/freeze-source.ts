// What freezing clips takes: those of each lane rendered alone, without what their lane goes on to do to the result.
import { tempoMapOf } from '../core/tempo.ts';
import { clamp, type Seconds } from '../core/units.ts';
import type { EngineDelta } from '../engine/audio-engine.ts';
import { renderSource } from '../engine/render-source.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { AtomeObject, AudioClipAtome, TimelineAtome } from '../protocol/kinds.ts';
import { spanOf } from '../session/span.ts';
import type { ObjectReader } from '../session/types.ts';

/** One lane's share of what is to be frozen. */
export interface FreezeSource {
  readonly timelineId: string;
  readonly clipIds: readonly string[];
  readonly name: string;
  readonly deltas: readonly EngineDelta[];
  /** Of the timeline; whole frames of the rate. */
  readonly from: Seconds;
  readonly to: Seconds;
  /** Hz: that of the files, the highest where they differ. */
  readonly sampleRate: number;
  /** Of the rendered clip, in the timeline's timebase. */
  readonly playPosition: number;
  /** The rendered clip must be solo to be heard as they are. */
  readonly solo: boolean;
}

const lowestRate = 8000;
const highestRate = 192_000;
/** Room for what a resampler spreads beyond a sound's ends. */
const ringing: Seconds = 0.005;

/** @throws AtomeError ERR_NOT_FOUND; ERR_ENGINE_LIMIT when the timeline holds more than can be laid out */
export function freezeSources(objects: ObjectReader, clipIds: readonly string[]): FreezeSource[] {
  const lanes = new Map<string, AudioClipAtome[]>();
  for (const id of new Set(clipIds)) {
    const clip = objects.get(id);
    if (clip?.kind !== 'AudioClipAtome') throw new AtomeError('ERR_NOT_FOUND', `clip ${id}`);
    const lane = `${clip.timeline_id} ${clip.group_id}`;
    lanes.set(lane, [...(lanes.get(lane) ?? []), clip]);
  }
  return [...lanes.values()].map((clips) => sourceOf(objects, clips));
}

function sourceOf(objects: ObjectReader, clips: readonly AudioClipAtome[]): FreezeSource {
  const [first] = clips.toSorted((a, b) => a.play_position - b.play_position);
  const timeline = first && objects.get(first.timeline_id);
  if (timeline?.kind !== 'TimelineAtome') throw new AtomeError('ERR_NOT_FOUND', 'timeline');
  const range = rangeOf(objects, timeline, clips);
  const clipIds = clips.map(({ id }) => id);
  const own = new Set(clipIds);
  const solo = clips.some((clip) => clip.solo);
  const { deltas } = renderSource(withoutLanes(objects, solo), timeline.id, range);
  const { from, to, sampleRate, resampled } = range;
  return {
    timelineId: timeline.id,
    clipIds,
    name: first?.name ?? '',
    // Parts of a clip carry its id and a number.
    deltas: deltas.filter((delta) => delta.type === 'clip' && own.has(delta.clip.id.replace(/@\d+$/, ''))),
    from,
    to,
    sampleRate,
    playPosition: resampled ? tempoMapOf(timeline).fromSeconds(from) : (first?.play_position ?? 0),
    solo,
  };
}

function rangeOf(objects: ObjectReader, timeline: TimelineAtome, clips: readonly AudioClipAtome[]) {
  const rates = clips.map(({ audio_file_id }) => rateOf(objects.get(audio_file_id)));
  const sampleRate = clamp(Math.max(...rates), lowestRate, highestRate);
  const resampled = rates.some((rate) => rate !== sampleRate);
  const room = resampled ? ringing : 0;
  const tempo = tempoMapOf(timeline);
  const spans = clips.map((clip) => spanOf(objects, clip));
  const start = Math.min(...spans.map((span) => tempo.toSeconds(span.start)));
  const end = Math.max(...spans.map((span) => tempo.toSeconds(span.end)));
  const from = Math.round(Math.max(0, start - room) * sampleRate) / sampleRate;
  const to = Math.round((end + room) * sampleRate) / sampleRate;
  return { from, to, sampleRate, resampled };
}

const rateOf = (file: AtomeObject | undefined): number => (file?.kind === 'AudioFileAtome' ? file.sample_rate : 0);

/** The objects with lanes that leave level and mute to what comes after; a lane's solo is heard before and after alike. */
function withoutLanes(objects: ObjectReader, solo: boolean): ObjectReader {
  return {
    get(id) {
      const object = objects.get(id);
      return object?.kind === 'GroupAtome' ? { ...object, gain: 1, muted: false } : object;
    },
    removed: (id) => objects.removed(id),
    ofKind: (kind) => objects.ofKind(kind),
    clipsOf: (timelineId) => objects.clipsOf(timelineId),
    ofTimeline: (timelineId, kind) => objects.ofTimeline(timelineId, kind),
    referrers: (id, kind) => objects.referrers(id, kind),
    hasSolo: () => solo,
    refersToBlob: (hash) => objects.refersToBlob(hash),
  };
}
