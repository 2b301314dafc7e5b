// What a timeline shows at any of its places: a pure function of its video events.
import type { TempoMap } from '../../core/tempo.ts';
import type { Seconds } from '../../core/units.ts';
import { payloadOf } from '../../protocol/event-payloads.ts';
import type { TimelineEventAtome } from '../../protocol/kinds.ts';

/** A picture of a video. */
export interface Picture {
  readonly mediaId: string;
  /** Seconds inside the video. */
  readonly time: Seconds;
  /** Seconds of the video per second of the timeline. */
  readonly rate: number;
}

/** From here on the video runs from this picture; null: nothing is shown. */
interface Stretch {
  readonly from: Seconds;
  readonly picture: Picture | null;
}

export interface VideoTrack {
  /** By their beginning. */
  readonly stretches: readonly Stretch[];
}

/** Events at one place happen in the order of their ids; muted ones and those whose payload does not fit do not happen. */
export function videoTrack(events: readonly TimelineEventAtome[], tempo: TempoMap): VideoTrack {
  const placed = events
    .filter(({ muted }) => !muted)
    .map((event) => ({
      event,
      from: event.timebase === 'seconds' ? event.time : tempo.beatsToSeconds(event.time),
    }))
    .sort((a, b) => a.from - b.from || (a.event.id < b.event.id ? -1 : 1));
  const stretches: Stretch[] = [];
  let shown: Stretch = { from: 0, picture: null };
  for (const { event, from } of placed) {
    const picture = pictureFrom(event, shown.picture);
    if (picture === undefined) continue;
    shown = { from, picture };
    stretches.push(shown);
  }
  return { stretches };
}

/** What is shown from an event on, after what was shown before; undefined when it changes nothing. */
function pictureFrom(event: TimelineEventAtome, before: Picture | null): Picture | null | undefined {
  const start = payloadOf(event, 'video_start');
  if (start) return { mediaId: start.media_file_id, time: start.offset ?? 0, rate: start.rate ?? 1 };
  if (event.type === 'video_stop') return null;
  const seek = payloadOf(event, 'video_seek');
  return seek && before ? { ...before, time: seek.to } : undefined;
}

/**
 * What is shown at a place of the timeline, wherever the playhead came from.
 * @param durationOf seconds of a video; undefined when there is no such video. After its end nothing is shown.
 */
export function pictureAt(
  { stretches }: VideoTrack,
  place: Seconds,
  durationOf: (mediaId: string) => Seconds | undefined,
): Picture | undefined {
  const stretch = stretches.findLast(({ from }) => from <= place);
  if (!stretch?.picture) return undefined;
  const { mediaId, rate } = stretch.picture;
  const time = stretch.picture.time + (place - stretch.from) * rate;
  const duration = durationOf(mediaId);
  return duration !== undefined && time < duration ? { mediaId, rate, time } : undefined;
}

/** The videos that it shows somewhere. */
export const mediaOf = ({ stretches }: VideoTrack): ReadonlySet<string> =>
  new Set(stretches.flatMap(({ picture }) => picture?.mediaId ?? []));
