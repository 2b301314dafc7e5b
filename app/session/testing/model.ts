// The plainest possible session: a list of clips on one timeline in seconds, copied whole for every step. Random commands
// are compared against it. All times are powers of a half of a second, which doubles and the file's frames hold exactly.

export interface ModelClip {
  readonly id: string;
  readonly position: number;
  readonly start: number;
  readonly end: number;
  readonly gain: number;
  /** Duration on the timeline over duration in the file. */
  readonly ratio: number;
  readonly group: string | null;
}

export interface ModelMarker {
  readonly id: string;
  readonly time: number;
}

/** Clips and markers by id, and group ids. */
export interface ModelState {
  readonly clips: readonly ModelClip[];
  readonly groups: readonly string[];
  readonly markers: readonly ModelMarker[];
}

export type ModelCommand =
  | { readonly op: 'add'; readonly position: number; readonly start: number; readonly end: number }
  | { readonly op: 'stretch'; readonly clip: string; readonly ratio: number }
  | { readonly op: 'set'; readonly clip: string; readonly gain: number }
  | { readonly op: 'move'; readonly clip: string; readonly position: number }
  | { readonly op: 'trim'; readonly clip: string; readonly start: number; readonly end: number }
  | { readonly op: 'split'; readonly clip: string; readonly position: number }
  | { readonly op: 'join'; readonly clips: readonly [string, string] }
  | { readonly op: 'duplicate'; readonly clips: readonly string[]; readonly offset: number | undefined }
  | { readonly op: 'remove'; readonly clips: readonly string[] }
  | { readonly op: 'removeAndClose'; readonly clip: string }
  | { readonly op: 'trimAndFollow'; readonly clip: string; readonly end: number }
  | { readonly op: 'mark'; readonly time: number }
  | { readonly op: 'unmark'; readonly marker: string }
  | { readonly op: 'insertTime'; readonly at: number; readonly duration: number }
  | { readonly op: 'removeTime'; readonly at: number; readonly duration: number }
  | { readonly op: 'createGroup' }
  | { readonly op: 'group'; readonly clips: readonly string[]; readonly group: string | null }
  | { readonly op: 'removeGroup'; readonly group: string };

export const modelFileSeconds = 10;
/** A power of two, so that halving a time again and again stays on whole frames. */
export const modelFileRate = 32_768;

const isSound = (clip: ModelClip): boolean =>
  clip.position >= 0 && clip.start >= 0 && clip.end > clip.start && clip.end <= modelFileSeconds;

/** The state after a command, or undefined when it must be refused. `ids` are what the session says it made. */
export function modelStep(state: ModelState, command: ModelCommand, ids: string[]): ModelState | undefined {
  const next = stepped(state, command, ids);
  return next?.clips.every(isSound) ? next : undefined;
}

export const endOf = (clip: ModelClip): number => clip.position + (clip.end - clip.start) * clip.ratio;

/** Where in the file a clip is at a place of the timeline. */
const sourceAt = (clip: ModelClip, at: number): number => clip.start + (at - clip.position) / clip.ratio;

/** The pieces of a clip's time that none of the others fills, in order. */
function freeOf(clip: ModelClip, others: readonly ModelClip[]): [start: number, end: number][] {
  const edges = [clip, ...others].flatMap((each) => [each.position, endOf(each)]).toSorted((a, b) => a - b);
  const within = edges.filter((edge) => edge >= clip.position && edge <= endOf(clip));
  return within
    .map((start, index): [number, number] => [start, within[index + 1] ?? start])
    .filter(([start, end]) => end > start && !others.some((each) => each.position <= start && endOf(each) >= end));
}

/** A half whose id is not known yet, as the session names it after the order of its own. */
export const unnamed = 'unnamed';

const cutAt = (clips: readonly ModelClip[], at: number): ModelClip[] =>
  clips.flatMap((clip) => {
    if (clip.position >= at || endOf(clip) <= at) return [clip];
    const cut = sourceAt(clip, at);
    return [
      { ...clip, end: cut },
      { ...clip, id: unnamed, position: at, start: cut },
    ];
  });

const nextId = (ids: string[]): string => ids.shift() ?? 'unknown';

function stepped(state: ModelState, command: ModelCommand, ids: string[]): ModelState | undefined {
  const { clips, groups, markers } = state;
  const find = (id: string): ModelClip | undefined => clips.find((clip) => clip.id === id);
  const change = (id: string, values: Partial<ModelClip>): ModelState | undefined =>
    find(id) && { groups, markers, clips: clips.map((clip) => (clip.id === id ? { ...clip, ...values } : clip)) };
  switch (command.op) {
    case 'add': {
      const { position, start, end } = command;
      const clip = { id: nextId(ids), position, start, end, gain: 1, ratio: 1, group: null };
      return { groups, markers, clips: [...clips, clip] };
    }
    case 'stretch':
      return change(command.clip, { ratio: command.ratio });
    case 'set':
      return change(command.clip, { gain: command.gain });
    case 'move':
      return change(command.clip, { position: command.position });
    case 'trim': {
      const clip = find(command.clip);
      const position = (clip?.position ?? 0) + (command.start - (clip?.start ?? 0)) * (clip?.ratio ?? 1);
      return change(command.clip, { start: command.start, end: command.end, position });
    }
    case 'split': {
      const clip = find(command.clip);
      if (!clip) return undefined;
      const cut = sourceAt(clip, command.position);
      if (cut <= clip.start || cut >= clip.end) return undefined;
      nextId(ids);
      const second = { ...clip, id: nextId(ids), position: command.position, start: cut };
      return {
        groups,
        markers,
        clips: [...clips.map((each) => (each === clip ? { ...clip, end: cut } : each)), second],
      };
    }
    case 'join': {
      const pair = command.clips.map(find);
      const [first, second] = pair.toSorted((a, b) => (a?.position ?? 0) - (b?.position ?? 0));
      if (!first || !second || first === second || first.end !== second.start) return undefined;
      if (endOf(first) !== second.position || first.ratio !== second.ratio) return undefined;
      const rest = clips.filter((clip) => clip !== second);
      return { groups, markers, clips: rest.map((clip) => (clip === first ? { ...first, end: second.end } : clip)) };
    }
    case 'duplicate': {
      const chosen = [...new Set(command.clips)].map(find);
      if (!chosen.every((clip) => clip !== undefined)) return undefined;
      const span = Math.max(...chosen.map(endOf)) - Math.min(...chosen.map((clip) => clip.position));
      const offset = command.offset ?? span;
      const copies = chosen.map((clip) => ({ ...clip, id: nextId(ids), position: clip.position + offset }));
      return { groups, markers, clips: [...clips, ...copies] };
    }
    case 'remove':
      if (!command.clips.every(find)) return undefined;
      return { groups, markers, clips: clips.filter(({ id }) => !command.clips.includes(id)) };
    case 'removeAndClose': {
      const gone = find(command.clip);
      if (!gone) return undefined;
      const rest = clips.filter((clip) => clip !== gone);
      const lane = rest.filter(({ group }) => group === gone.group);
      const free = freeOf(gone, lane);
      const closed = (clip: ModelClip): number =>
        free.reduce((sum, [start, end]) => sum + Math.max(0, Math.min(end, clip.position) - start), 0);
      const moved = rest.map((clip) =>
        clip.group === gone.group ? { ...clip, position: clip.position - closed(clip) } : clip,
      );
      return { groups, markers, clips: moved };
    }
    case 'trimAndFollow': {
      const clip = find(command.clip);
      if (!clip) return undefined;
      const old = endOf(clip);
      const follows = (other: ModelClip): boolean =>
        other !== clip &&
        other.group === clip.group &&
        (other.position >= old || (other.position > clip.position && endOf(other) > old));
      const nearest = Math.min(...clips.filter(follows).map(({ position }) => position));
      const shift = Math.max((command.end - clip.end) * clip.ratio, clip.position - nearest);
      const moved = clips.map((other) => (follows(other) ? { ...other, position: other.position + shift } : other));
      return {
        groups,
        markers,
        clips: moved.map((other) => (other.id === clip.id ? { ...other, end: command.end } : other)),
      };
    }
    case 'mark':
      return { clips, groups, markers: [...markers, { id: nextId(ids), time: command.time }] };
    case 'unmark':
      if (!markers.some(({ id }) => id === command.marker)) return undefined;
      return { clips, groups, markers: markers.filter(({ id }) => id !== command.marker) };
    case 'insertTime': {
      const { at, duration } = command;
      if (duration <= 0) return undefined;
      const later = (position: number): number => (position >= at ? position + duration : position);
      return {
        groups,
        markers: markers.map((marker) => ({ ...marker, time: later(marker.time) })),
        clips: cutAt(clips, at).map((clip) => ({ ...clip, position: later(clip.position) })),
      };
    }
    case 'removeTime': {
      const { at, duration } = command;
      if (duration <= 0) return undefined;
      const end = at + duration;
      const earlier = (position: number): number => (position >= end ? position - duration : position);
      const outside = (clip: ModelClip): boolean => endOf(clip) <= at || clip.position >= end;
      return {
        groups,
        markers: markers
          .filter(({ time }) => time < at || time >= end)
          .map((marker) => ({ ...marker, time: earlier(marker.time) })),
        clips: cutAt(cutAt(clips, end), at)
          .filter(outside)
          .map((clip) => ({ ...clip, position: earlier(clip.position) })),
      };
    }
    case 'createGroup':
      return { clips, markers, groups: [...groups, nextId(ids)] };
    case 'group': {
      const { group } = command;
      if (!command.clips.every(find) || (group !== null && !groups.includes(group))) return undefined;
      return {
        groups,
        markers,
        clips: clips.map((clip) => (command.clips.includes(clip.id) ? { ...clip, group } : clip)),
      };
    }
    case 'removeGroup':
      if (!groups.includes(command.group)) return undefined;
      return {
        markers,
        groups: groups.filter((id) => id !== command.group),
        clips: clips.map((clip) => (clip.group === command.group ? { ...clip, group: null } : clip)),
      };
  }
}
