// A nested timeline as its clip shows it: how long it is, where it repeats, and its content as blocks in rows.
import { soundingFrames } from '../core/stretched-frames.ts';
import { type TempoMap, tempoMapOf } from '../core/tempo.ts';
import type { Seconds } from '../core/units.ts';
import type { AnyClip, AtomeObject, TimelineAtome, TimelineClipAtome } from '../protocol/kinds.ts';

/** Seconds from the clip's start. */
export interface PictureBlock {
  readonly from: Seconds;
  readonly to: Seconds;
  readonly row: number;
}

export interface Picture {
  readonly length: Seconds;
  readonly rows: number;
  readonly blocks: readonly PictureBlock[];
  /** Where it begins anew. */
  readonly repeats: readonly Seconds[];
}

type Objects = Readonly<Record<string, AtomeObject>>;

/** Deeper than this nothing can be seen any more. */
const deepest = 8;
/** Endless repeats are drawn so often, others no oftener than this. */
const endlessRepeats = 4;
const mostRepeats = 200;

/** Pictures of the clips of one state of the objects. */
export class NestedPictures {
  readonly #objects: Objects;
  #byTimeline: ReadonlyMap<string, readonly AnyClip[]> | undefined;

  constructor(objects: Objects) {
    this.#objects = objects;
  }

  /** @param tempo of the timeline that the clip lies on */
  of(clip: TimelineClipAtome, tempo: TempoMap, depth = 0): Picture {
    const nested = this.#objects[clip.nested_timeline_id];
    if (nested?.kind !== 'TimelineAtome' || depth > deepest) return { length: 0, rows: 1, blocks: [], repeats: [] };
    const clock = clockOf(clip, tempo, nested);
    const content = this.#content(nested, depth);
    const first = this.#marker(nested, clip.start_marker_id) ?? 0;
    const last = this.#marker(nested, clip.end_marker_id) ?? content.reduce((end, { to }) => Math.max(end, to), 0);
    const start = tempo.toSeconds(clip.play_position);
    const wanted = clip.duration === null ? undefined : tempo.toSeconds(clip.play_position + clip.duration) - start;
    const [loopStart, loopEnd] = [
      this.#marker(nested, clip.loop_markers?.start_marker_id),
      this.#marker(nested, clip.loop_markers?.end_marker_id),
    ];
    const rounds: { readonly from: Seconds; readonly to: Seconds; readonly at: Seconds }[] = [];
    const repeats: Seconds[] = [];
    let length = 0;
    const addRound = (from: Seconds, to: Seconds): void => {
      rounds.push({ from, to, at: length });
      length += clock(to) - clock(from);
    };
    if (loopStart === undefined || loopEnd === undefined || loopEnd <= loopStart)
      addRound(first, Math.max(first, last));
    else {
      addRound(first, Math.max(first, loopEnd));
      const most = wanted === undefined ? endlessRepeats - 1 : mostRepeats;
      while (repeats.length < most && (wanted === undefined || length < wanted)) {
        repeats.push(length);
        addRound(loopStart, loopEnd);
      }
    }
    const end = wanted ?? length;
    const rows = 1 + content.reduce((highest, { row }) => Math.max(highest, row), 0);
    const blocks = rounds.flatMap(({ from, to, at }) =>
      content.flatMap((block): PictureBlock[] => {
        const shown = {
          from: at + clock(Math.max(block.from, from)) - clock(from),
          to: Math.min(end, at + clock(Math.min(block.to, to)) - clock(from)),
          row: block.row,
        };
        return block.to > from && block.from < to && shown.to > shown.from ? [shown] : [];
      }),
    );
    return { length: end, rows, blocks, repeats: repeats.filter((at) => at < end) };
  }

  /** The clips of a timeline by lane, in its own seconds. */
  #content(timeline: TimelineAtome, depth: number): PictureBlock[] {
    const tempo = tempoMapOf(timeline);
    const lanes = new Map<string | null, number>();
    return (this.#clips().get(timeline.id) ?? []).map((clip) => {
      const row = lanes.get(clip.group_id) ?? lanes.size;
      lanes.set(clip.group_id, row);
      const from = tempo.toSeconds(clip.play_position);
      return { from, to: from + this.#lengthOf(clip, tempo, depth), row };
    });
  }

  #lengthOf(clip: AnyClip, tempo: TempoMap, depth: number): Seconds {
    switch (clip.kind) {
      case 'AudioClipAtome': {
        const file = this.#objects[clip.audio_file_id];
        return file?.kind === 'AudioFileAtome' ? soundingFrames(clip, file) / file.sample_rate : 0;
      }
      case 'ActionClipAtome':
        return clip.duration * clip.repeats;
      case 'TimelineClipAtome':
        return this.of(clip, tempo, depth + 1).length;
    }
  }

  #clips(): ReadonlyMap<string, readonly AnyClip[]> {
    if (this.#byTimeline) return this.#byTimeline;
    const found = new Map<string, AnyClip[]>();
    for (const object of Object.values(this.#objects)) {
      if (!isClip(object)) continue;
      const others = found.get(object.timeline_id);
      if (others) others.push(object);
      else found.set(object.timeline_id, [object]);
    }
    this.#byTimeline = found;
    return found;
  }

  #marker(timeline: TimelineAtome, id: string | null | undefined): Seconds | undefined {
    const marker = id ? this.#objects[id] : undefined;
    if (marker?.kind !== 'TimelineMarkerAtome') return undefined;
    const tempo = tempoMapOf(timeline);
    return marker.timebase === 'beats' ? tempo.beatsToSeconds(marker.time) : marker.time;
  }
}

/** Clips of every kind, and nothing else, have a place to be played at. */
export const isClip = (object: AtomeObject): object is AnyClip => 'play_position' in object;

/** From seconds of the nested timeline to seconds of its parent; with the parent's tempo beats are beats. */
function clockOf(clip: TimelineClipAtome, parent: TempoMap, nested: TimelineAtome): (seconds: Seconds) => Seconds {
  if (clip.tempo === 'own') return (seconds) => seconds;
  const own = tempoMapOf(nested);
  const startBeats = parent.toBeats(clip.play_position);
  return (seconds) => parent.beatsToSeconds(startBeats + own.secondsToBeats(seconds));
}
