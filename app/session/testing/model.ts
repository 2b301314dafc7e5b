// The plainest possible session: a list of clips on one timeline in seconds, copied whole for every step. Random commands
// are compared against it. All times are eighths of a second, which doubles and 48 kHz frames hold exactly.

export interface ModelClip {
  readonly id: string;
  readonly position: number;
  readonly start: number;
  readonly end: number;
  readonly gain: number;
  readonly group: string | null;
}

/** Clips by id and group ids. */
export interface ModelState {
  readonly clips: readonly ModelClip[];
  readonly groups: readonly string[];
}

export type ModelCommand =
  | { readonly op: 'add'; readonly position: number; readonly start: number; readonly end: number }
  | { readonly op: 'set'; readonly clip: string; readonly gain: number }
  | { readonly op: 'move'; readonly clip: string; readonly position: number }
  | { readonly op: 'trim'; readonly clip: string; readonly start: number; readonly end: number }
  | { readonly op: 'split'; readonly clip: string; readonly position: number }
  | { readonly op: 'join'; readonly clips: readonly [string, string] }
  | { readonly op: 'duplicate'; readonly clips: readonly string[]; readonly offset: number | undefined }
  | { readonly op: 'remove'; readonly clips: readonly string[] }
  | { readonly op: 'createGroup' }
  | { readonly op: 'group'; readonly clips: readonly string[]; readonly group: string | null }
  | { readonly op: 'removeGroup'; readonly group: string };

export const modelFileSeconds = 10;

const isSound = (clip: ModelClip): boolean =>
  clip.position >= 0 && clip.start >= 0 && clip.end > clip.start && clip.end <= modelFileSeconds;

/** The state after a command, or undefined when it must be refused. `ids` are what the session says it made. */
export function modelStep(state: ModelState, command: ModelCommand, ids: string[]): ModelState | undefined {
  const next = stepped(state, command, ids);
  return next?.clips.every(isSound) ? next : undefined;
}

const nextId = (ids: string[]): string => ids.shift() ?? 'unknown';

function stepped(state: ModelState, command: ModelCommand, ids: string[]): ModelState | undefined {
  const { clips, groups } = state;
  const find = (id: string): ModelClip | undefined => clips.find((clip) => clip.id === id);
  const change = (id: string, values: Partial<ModelClip>): ModelState | undefined =>
    find(id) && { groups, clips: clips.map((clip) => (clip.id === id ? { ...clip, ...values } : clip)) };
  switch (command.op) {
    case 'add': {
      const { position, start, end } = command;
      return { groups, clips: [...clips, { id: nextId(ids), position, start, end, gain: 1, group: null }] };
    }
    case 'set':
      return change(command.clip, { gain: command.gain });
    case 'move':
      return change(command.clip, { position: command.position });
    case 'trim': {
      const clip = find(command.clip);
      const position = (clip?.position ?? 0) + command.start - (clip?.start ?? 0);
      return change(command.clip, { start: command.start, end: command.end, position });
    }
    case 'split': {
      const clip = find(command.clip);
      if (!clip) return undefined;
      const cut = clip.start + command.position - clip.position;
      if (cut <= clip.start || cut >= clip.end) return undefined;
      nextId(ids);
      const second = { ...clip, id: nextId(ids), position: command.position, start: cut };
      return { groups, clips: [...clips.map((each) => (each === clip ? { ...clip, end: cut } : each)), second] };
    }
    case 'join': {
      const pair = command.clips.map(find);
      const [first, second] = pair.toSorted((a, b) => (a?.position ?? 0) - (b?.position ?? 0));
      if (!first || !second || first === second || first.end !== second.start) return undefined;
      if (first.position + first.end - first.start !== second.position) return undefined;
      const rest = clips.filter((clip) => clip !== second);
      return { groups, clips: rest.map((clip) => (clip === first ? { ...first, end: second.end } : clip)) };
    }
    case 'duplicate': {
      const chosen = [...new Set(command.clips)].map(find);
      if (!chosen.every((clip) => clip !== undefined)) return undefined;
      const span =
        Math.max(...chosen.map((clip) => clip.position + clip.end - clip.start)) -
        Math.min(...chosen.map((clip) => clip.position));
      const offset = command.offset ?? span;
      const copies = chosen.map((clip) => ({ ...clip, id: nextId(ids), position: clip.position + offset }));
      return { groups, clips: [...clips, ...copies] };
    }
    case 'remove':
      if (!command.clips.every(find)) return undefined;
      return { groups, clips: clips.filter(({ id }) => !command.clips.includes(id)) };
    case 'createGroup':
      return { clips, groups: [...groups, nextId(ids)] };
    case 'group': {
      const { group } = command;
      if (!command.clips.every(find) || (group !== null && !groups.includes(group))) return undefined;
      return { groups, clips: clips.map((clip) => (command.clips.includes(clip.id) ? { ...clip, group } : clip)) };
    }
    case 'removeGroup':
      if (!groups.includes(command.group)) return undefined;
      return {
        groups: groups.filter((id) => id !== command.group),
        clips: clips.map((clip) => (clip.group === command.group ? { ...clip, group: null } : clip)),
      };
  }
}
