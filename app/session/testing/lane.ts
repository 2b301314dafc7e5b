// A timeline in seconds with a file of ten seconds, clips put on it in one line, and its state in another.
import type { EditCommand } from '../../protocol/commands.ts';
import type { AnyClip, AtomeObject } from '../../protocol/kinds.ts';
import type { CommandReply } from '../../protocol/state.ts';
import { anyClipsOf } from '../any-clips.ts';
import type { Session, SessionDependencies } from '../session.ts';
import { spanOf } from '../span.ts';
import { addTestFile, createdBy, openTestSession } from './fixtures.ts';

export interface Lane {
  readonly session: Session;
  readonly timelineId: string;
  readonly fileId: string;
  /** A clip of `[start, end)` of the file at a position; returns its id. */
  clip(position: number, start?: number, end?: number, more?: { group_id?: string; fade_in?: number }): Promise<string>;
  /** Sends an edit that must be accepted; returns what it made. */
  edit(command: EditCommand): Promise<readonly string[]>;
  /** Sends an edit that must be refused; returns why. */
  refusal(command: EditCommand): Promise<string>;
  /** `[start, end)` of every clip in their order, in the timebase. */
  spans(timelineId?: string): [start: number, end: number][];
  get<Object extends AtomeObject = AnyClip>(id: string): Object;
}

export async function openLane(
  timebase: 'seconds' | 'beats' = 'seconds',
  options: Partial<SessionDependencies> = {},
): Promise<Lane> {
  const { session } = await openTestSession(options);
  const fileId = await addTestFile(session);
  const send = (command: EditCommand): Promise<CommandReply> => session.dispatch(command);
  const edit = async (command: EditCommand): Promise<readonly string[]> => createdBy(await send(command));
  const [timelineId = ''] = await edit({ cmd: 'CREATE_TIMELINE', name: 'Song', type: 'mixed', timebase });
  return {
    session,
    timelineId,
    fileId,
    edit,
    async clip(play_position, start_offset = 0, end_offset = 10, more = {}) {
      const where = { timeline_id: timelineId, audio_file_id: fileId, play_position, start_offset, end_offset };
      const [id = ''] = await edit({ cmd: 'ADD_CLIP', ...where, ...more });
      return id;
    },
    async refusal(command) {
      const before = session.getState().objects;
      const reply = await send(command);
      if (reply.ok) throw new Error(`${command.cmd} was accepted`);
      if (JSON.stringify(session.getState().objects) !== JSON.stringify(before)) {
        throw new Error(`${command.cmd} was refused and changed something`);
      }
      return `${reply.error.name} ${reply.error.msg}`;
    },
    spans(id = timelineId) {
      const spans = [...anyClipsOf(session.objects, id)].map((clip) => spanOf(session.objects, clip));
      return spans.map(({ start, end }): [number, number] => [start, end]).sort(([a], [b]) => a - b);
    },
    get<Object extends AtomeObject = AnyClip>(id: string): Object {
      const object = session.objects.get(id);
      if (!object) throw new Error(`no object ${id}`);
      return object as Object;
    },
  };
}
