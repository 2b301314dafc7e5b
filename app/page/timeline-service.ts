// The timelines of `window.atome`: every command about them as a method, by its own name and by the ones people expect.
import type { Command, CommandOf, CommandType } from '../protocol/commands.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { AppState, CommandReply, TimelineReport } from '../protocol/state.ts';
import { assertObject } from './scripting.ts';

/** Each of them is also a method that takes the command's fields: TIMELINE_PLAY is `timeline_play` and `timelinePlay`. */
const commands = [
  'CREATE_TIMELINE',
  'TIMELINE_PLAY',
  'TIMELINE_STOP',
  'TIMELINE_SEEK',
  'TIMELINE_SCRUB',
  'PLAY_ASSET_AS_TIMELINE',
  'PLAY_MARKER_SEGMENT',
  'TRIGGER_ACTION_CLIP',
  'SET_TEMPO',
  'SET_TEMPO_SEGMENTS',
  'ADD_CLIP',
  'SET_CLIP',
  'MOVE_CLIP',
  'TRIM_CLIP',
  'STRETCH_CLIP',
  'FIT_CLIP_TO_TEMPO',
  'SPLIT_CLIP',
  'JOIN_CLIPS',
  'GROUP_CLIPS',
  'DUPLICATE_CLIPS',
  'REMOVE_CLIPS',
  'CROSSFADE_CLIPS',
  'INSERT_TIME',
  'REMOVE_TIME',
  'FREEZE_CLIPS',
  'UNFREEZE_CLIP',
  'CREATE_GROUP',
  'ADD_MARKER',
  'ADD_EVENT',
  'ADD_NESTED_TIMELINE',
  'ADD_FOLLOW_ACTION',
  'ADD_ACTION_CLIP',
  'ADD_AUDIO_REF_TIMELINE',
  'SET_OBJECT',
  'REMOVE_OBJECT',
] as const satisfies readonly CommandType[];

type Name = (typeof commands)[number];
type Fields<C extends CommandType> = Omit<CommandOf<C>, 'cmd' | 'reqId'>;
type CamelCase<Text extends string> = Text extends `${infer Word}_${infer Rest}`
  ? `${Lowercase<Word>}${Capitalize<CamelCase<Rest>>}`
  : Lowercase<Text>;
type Method<C extends CommandType> = (fields: Fields<C>) => Promise<CommandReply>;

/** Refusals are in the reply. */
type CommandMethods = { readonly [C in Name as Lowercase<C>]: Method<C> } & {
  readonly [C in Name as Exclude<CamelCase<C>, keyof ByPosition>]: Method<C>;
};

/** Those that take their fields one by one. */
interface ByPosition {
  removeClip(clipId: string): Promise<CommandReply>;
  moveClip(clipId: string, playPosition: number, timelineId?: string): Promise<CommandReply>;
  splitClip(clipId: string, position: number): Promise<CommandReply>;
  joinClips(first: string, second: string): Promise<CommandReply>;
  groupClips(clipIds: string[], groupId: string | null): Promise<CommandReply>;
  play(timelineId: string, start?: Fields<'TIMELINE_PLAY'>['start']): Promise<CommandReply>;
  stop(timelineId: string): Promise<CommandReply>;
  seek(timelineId: string, to: Fields<'TIMELINE_SEEK'>['to']): Promise<CommandReply>;
  setLoop(timelineId: string, loop: Fields<'TIMELINE_SET_LOOP'>['loop']): Promise<CommandReply>;
  /** @throws AtomeError ERR_NOT_FOUND */
  getState(timelineId: string): Promise<TimelineReport>;
}

type MarkerLoop = { readonly start_marker_id: string; readonly end_marker_id: string };

/** SPEC 8 and 9. */
export type TimelineService = ByPosition &
  CommandMethods & {
    /** Of the markers' timeline, or the one that is named; null: no loop, by default of the active timeline. */
    timeline_set_loop(loop: Fields<'TIMELINE_SET_LOOP'> | MarkerLoop | null): Promise<CommandReply>;
    /** @throws AtomeError ERR_NOT_FOUND */
    timeline_get_state(timeline: { readonly timeline_id: string }): Promise<TimelineReport>;
  };

export interface TimelineServiceParts {
  /** As it is now. */
  state(): Pick<AppState, 'activeTimelineId' | 'objects'>;
  dispatch(command: Command): Promise<CommandReply>;
}

export function createTimelineService({ state, dispatch }: TimelineServiceParts): TimelineService {
  async function getState(timeline_id: string): Promise<TimelineReport> {
    const reply = await dispatch({ cmd: 'TIMELINE_GET_STATE', timeline_id });
    if (!reply.ok) throw new AtomeError(reply.error);
    return reply.result as TimelineReport;
  }

  function setLoop(asked: Parameters<TimelineService['timeline_set_loop']>[0]): Promise<CommandReply> {
    // From scripts comes anything; what is no loop is refused with the command.
    const given = typeof asked === 'object' ? asked : null;
    if (given !== null && 'timeline_id' in given) return dispatch({ cmd: 'TIMELINE_SET_LOOP', ...given });
    const marker = given && state().objects[given.start_marker_id];
    const own = marker && 'timeline_id' in marker ? marker.timeline_id : state().activeTimelineId;
    return dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: own ?? '', loop: asked as MarkerLoop | null });
  }

  const byPosition: ByPosition = {
    removeClip: (clipId) => dispatch({ cmd: 'REMOVE_CLIPS', clip_ids: [clipId] }),
    moveClip: (clipId, playPosition, timelineId) =>
      dispatch({
        cmd: 'MOVE_CLIP',
        clip_id: clipId,
        play_position: playPosition,
        ...(timelineId === undefined ? {} : { timeline_id: timelineId }),
      }),
    splitClip: (clipId, position) => dispatch({ cmd: 'SPLIT_CLIP', clip_id: clipId, position }),
    joinClips: (first, second) => dispatch({ cmd: 'JOIN_CLIPS', clip_ids: [first, second] }),
    groupClips: (clipIds, groupId) => dispatch({ cmd: 'GROUP_CLIPS', clip_ids: clipIds, group_id: groupId }),
    play: (timelineId, start) =>
      dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId, ...(start === undefined ? {} : { start }) }),
    stop: (timelineId) => dispatch({ cmd: 'TIMELINE_STOP', timeline_id: timelineId }),
    seek: (timelineId, to) => dispatch({ cmd: 'TIMELINE_SEEK', timeline_id: timelineId, to }),
    setLoop: (timelineId, loop) => dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timelineId, loop }),
    getState,
  };

  return {
    ...commandMethods(dispatch),
    ...byPosition,
    timeline_set_loop: setLoop,
    async timeline_get_state(timeline) {
      assertObject('timeline', timeline);
      return getState(timeline.timeline_id);
    },
  };
}

function commandMethods(dispatch: TimelineServiceParts['dispatch']): CommandMethods {
  const methods: Record<string, (fields: object) => Promise<CommandReply>> = {};
  for (const cmd of commands) {
    const method = (fields: object): Promise<CommandReply> => dispatch({ ...fields, cmd } as Command);
    const name = cmd.toLowerCase();
    methods[name] = method;
    methods[name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())] = method;
  }
  return methods as unknown as CommandMethods;
}
