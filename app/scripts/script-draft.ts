// A copy of the session that a script works on: it answers at once, and remembers what was asked of it.
import { createId } from '../core/id.ts';
import type { Command } from '../protocol/commands.ts';
import { AtomeError, reportOf } from '../protocol/errors.ts';
import type { AtomeObject } from '../protocol/kinds.ts';
import type { AppState, CommandReply, TimelineState } from '../protocol/state.ts';
import { activeProjectOf, activeTimelineOf } from '../session/active.ts';
import { Edit, type EditContext } from '../session/edit.ts';
import { carryOutAll } from '../session/edit-work.ts';
import { ObjectMap } from '../session/object-map.ts';
import { isEdit, type ParsedCommand, type ParsedLive, parseCommand } from '../session/parse.ts';
import { assertRules } from '../session/rules.ts';
import { editsOf, type ScriptWork, type SessionCopy } from '../session/script-work.ts';

/** Commands that one script may have accepted. */
const mostCommands = 10_000;
/** Objects that all of them together may change. */
const mostObjects = 100_000;

const stopped: TimelineState = { playing: false, position: 0, segment: null };
/** The fields by which live commands name objects. */
const namingFields = ['timeline_id', 'clip_id', 'audio_file_id', 'start_marker_id', 'end_marker_id'] as const;

type Collected = Omit<ScriptWork, 'value'>;

export class ScriptDraft {
  readonly #objects = new ObjectMap();
  readonly #copy: SessionCopy;
  readonly #context: EditContext;
  readonly #edits: Command[] = [];
  readonly #live: Command[] = [];
  readonly #created: string[] = [];
  #ids: string[] = [];
  #changed = 0;

  constructor(copy: SessionCopy) {
    this.#copy = copy;
    for (const [id, owner] of copy.owners) this.#objects.setOwner(id, owner);
    for (const object of Object.values(copy.state.objects)) this.#objects.restore(object.id, { object, living: true });
    this.#context = {
      author: copy.author,
      now: () => Date.now(),
      createId: () => {
        const id = createId();
        this.#ids.push(id);
        return id;
      },
      activeProjectId: () => activeProjectOf(this.#objects)?.id ?? null,
    };
  }

  /** What the script has asked for so far, and was granted. */
  get collected(): Collected {
    return { edits: this.#edits, ids: this.#ids, created: this.#created, live: this.#live };
  }

  /** Edits are seen at once by what follows; play, stop and the like happen after the script. Never throws. */
  dispatch(input: unknown): CommandReply {
    try {
      const command = parseCommand(input);
      if (this.#edits.length + this.#live.length >= mostCommands) {
        throw new AtomeError('ERR_REFUSED', `a script may send ${mostCommands} commands`);
      }
      if (command.cmd === 'BATCH' || isEdit(command)) return this.#edit(command);
      return this.#later(command);
    } catch (error) {
      return { ok: false, error: reportOf(error, 'ERR_BAD_COMMAND') };
    }
  }

  /** The state with the script's own changes; what plays is as it was when the script began. */
  state(): AppState {
    const { state } = this.#copy;
    const objects = [...this.#objects.living()];
    const project = activeProjectOf(this.#objects);
    const timelines = objects.filter(({ kind }) => kind === 'TimelineAtome');
    return {
      ...state,
      activeProjectId: project?.id ?? null,
      activeTimelineId: (project && activeTimelineOf(this.#objects, project)?.id) ?? null,
      objects: Object.fromEntries(objects.map((object): [string, AtomeObject] => [object.id, object])),
      timelines: Object.fromEntries(timelines.map(({ id }) => [id, state.timelines[id] ?? stopped])),
    };
  }

  #edit(command: ParsedCommand): CommandReply {
    const edit = new Edit(this.#objects, this.#context);
    const idsBefore = this.#ids.length;
    try {
      carryOutAll(edit, editsOf(command));
      const touched = [...edit.touched()];
      assertRules(this.#objects, touched);
      if (this.#changed + touched.length > mostObjects) {
        throw new AtomeError('ERR_REFUSED', `a script may change ${mostObjects} objects`);
      }
      this.#changed += touched.length;
    } catch (error) {
      edit.rollback();
      this.#ids = this.#ids.slice(0, idsBefore);
      throw error;
    }
    this.#edits.push(command as Command);
    this.#created.push(...edit.created);
    return this.#accepted(edit.created.length > 0 ? { created: edit.created } : {});
  }

  #later(command: ParsedLive): CommandReply {
    switch (command.cmd) {
      case 'GET_FULL_STATE':
        return this.#accepted({ result: this.state() });
      case 'UNDO':
      case 'REDO':
      case 'CANCEL_GESTURE':
      case 'RUN_SCRIPT':
      case 'CHECK_SCRIPT':
        throw new AtomeError('ERR_REFUSED', `cmd: scripts may not send ${command.cmd}`);
      case 'TIMELINE_GET_STATE':
      case 'GET_METRICS_HISTORY':
        throw new AtomeError('ERR_REFUSED', 'cmd: scripts ask state() instead');
      default:
        this.#assertNamed(command);
        this.#live.push(command as Command);
        return this.#accepted({});
    }
  }

  #assertNamed(command: ParsedLive): void {
    const named: Readonly<Record<string, unknown>> = { ...command };
    for (const field of namingFields) {
      const id = named[field];
      if (typeof id === 'string' && !this.#objects.get(id)) {
        throw new AtomeError('ERR_NOT_FOUND', `${field}: no object ${id}`);
      }
    }
  }

  #accepted(more: { created?: readonly string[]; result?: unknown }): CommandReply {
    return { ok: true, revId: this.#copy.state.meta.revisionId, ...more };
  }
}
