// The session: the only writer of objects. Commands become transactions; everything else derives from those.
import type { Disposer } from '../core/disposer.ts';
import type { Command, EditCommand } from '../protocol/commands.ts';
import { type ErrorName, reportOf } from '../protocol/errors.ts';
import type { AtomeObject } from '../protocol/kinds.ts';
import {
  type AppState,
  type CommandReply,
  type Cue,
  type HistoryEntry,
  PROTOCOL_VERSION,
  type PropertyVersion,
  type StatePatch,
} from '../protocol/state.ts';
import type { TransactionRecord } from '../protocol/transaction.ts';
import type { ObjectStore } from '../storage/types.ts';
import { activeProjectOf } from './active.ts';
import { automationOf } from './automation.ts';
import { cueOf } from './cues.ts';
import { systemAuthor } from './edit.ts';
import { type AnyParsedEdit, carryOut, labelOf } from './edit-commands.ts';
import { carryOutAll } from './edit-work.ts';
import { nearestSteps } from './history.ts';
import { type Applied, Ledger, type LoggedHistory } from './ledger.ts';
import { Listeners } from './listeners.ts';
import { type LiveCommand, LiveCommands, type ScriptCommand } from './live-commands.ts';
import { type LoadedSession, loadSession } from './load.ts';
import { createProject } from './object-commands.ts';
import { ObjectMap } from './object-map.ts';
import { isEdit, type ParsedCommand, parseCommand, requestIdOf } from './parse.ts';
import { type ProjectContent, takeOverProject } from './project-import.ts';
import { objectsOfProject } from './project-objects.ts';
import { copyOf, editsOf, idsOf, repeatWork, type ScriptWork, type SessionCopy } from './script-work.ts';
import { StateView } from './state-view.ts';
import { Transport } from './transport.ts';
import { Turns } from './turns.ts';
import type { CommandRequest, ObjectReader, SessionApi, TransportPort, Triggered } from './types.ts';

export interface SessionDependencies {
  readonly store: ObjectStore;
  /** What the store holds, where it has been read already. */
  readonly loaded?: LoadedSession;
  readonly transport: TransportPort;
  readonly device: string;
  /** The user's id (a UUID); owns what is made and has a history of their own. */
  readonly author: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly createId: () => string;
  /** The answer to GET_METRICS_HISTORY. */
  readonly metrics?: () => unknown;
  /** Runs a script and returns what it answered; what it edits it dispatches by itself, as one step of that id. */
  readonly scripts?: (script: ScriptCommand, id: string | undefined) => Promise<unknown>;
  readonly mode?: AppState['meta']['mode'];
  readonly version?: string;
  /** Hears what went wrong without anybody having asked: unreadable objects, a transport that did not follow. */
  readonly log?: (message: string, data?: unknown) => void;
}

type BackCommand = Extract<ParsedCommand, { cmd: 'UNDO' | 'REDO' | 'CANCEL_GESTURE' }>;

/** A command's answer, and for edits the moment it is due. */
interface Outcome {
  readonly reply: CommandReply | Promise<CommandReply>;
}

export class Session implements SessionApi {
  readonly #dependencies: SessionDependencies;
  readonly #ledger: Ledger;
  readonly #view: StateView;
  readonly #transport: Transport;
  readonly #commands: LiveCommands;
  readonly #turns = new Turns();
  readonly #patches = new Listeners<StatePatch>();
  readonly #transactions = new Listeners<TransactionRecord>();
  readonly #cues = new Listeners<Cue>();

  /** Loads the store; an empty one gets its first project with a timeline in beats at 120 bpm. @throws AtomeError */
  static async open(dependencies: SessionDependencies): Promise<Session> {
    const { store, author, log } = dependencies;
    const { objects, checkpoint, transactions, leftOut } =
      dependencies.loaded ?? (await loadSession(await store.load()));
    for (const left of leftOut) log?.('a stored object is not valid and was left out', left);
    const own = checkpoint === undefined || checkpoint.author === author;
    const history = own ? { checkpoint, transactions } : { checkpoint: undefined, transactions: await store.heads() };
    const session = new Session(dependencies, objects, history);
    await session.#ensureProject();
    return session;
  }

  constructor(
    dependencies: SessionDependencies,
    objects: ObjectMap = new ObjectMap(),
    logged: LoggedHistory = { checkpoint: undefined, transactions: [] },
  ) {
    this.#dependencies = dependencies;
    const { store, transport, now, version = String(PROTOCOL_VERSION), mode = 'NORMAL' } = dependencies;
    const context = { ...dependencies, activeProjectId: () => activeProjectOf(objects)?.id ?? null };
    this.#ledger = new Ledger(objects, logged, store, context, {
      applied: (record) => this.#applied(record),
      committed: () => this.#publish(),
      reverted: (opposites) => this.#reverted(opposites),
    });
    this.#view = new StateView(objects, {
      version,
      mode,
      now,
      history: () => this.#ledger.stacks,
      savedRevision: (newest) => this.#ledger.savedRevision(newest),
    });
    this.#transport = new Transport(objects, transport, this.#view, () => this.#publish());
    this.#commands = new LiveCommands(this.#ledger, this.#transport, {
      ...dependencies,
      state: () => this.getState(),
      masterFrame: () => transport.masterFrame(),
      cue: (cue) => this.#cues.tell(cue),
    });
  }

  get objects(): ObjectReader {
    return this.#ledger.objects;
  }

  dispatch(command: Command, request?: CommandRequest): Promise<CommandReply> {
    const outcome = this.#turns.run(() =>
      request?.again ? this.#beginAgain(command, request.id) : this.#begin(command, request?.id),
    );
    return outcome instanceof Promise ? outcome.then(({ reply }) => reply) : Promise.resolve(outcome.reply);
  }

  /** The living objects of the project in front, with the files they use. */
  projectObjects(): AtomeObject[] {
    const { objects } = this.#ledger;
    return objectsOfProject(objects, activeProjectOf(objects)?.id ?? '');
  }

  /**
   * Takes over a project from a file and brings it to the front: one step, undone like any other.
   * @param id of the request: what was done for it before is not done again
   */
  async importProject(content: ProjectContent, id: string): Promise<CommandReply> {
    const outcome = await this.#turns.run(async () => {
      try {
        const done = await this.#ledger.outcomeOf(id);
        const applied = done ?? (await takeOverProject(this.#ledger, content, this.#dependencies, id));
        return { reply: this.#replyWhenStored(applied, undefined) };
      } catch (error) {
        return refusal(error, 'ERR_PROJECT_FILE', undefined);
      }
    });
    return outcome.reply;
  }

  /** What a script works on in place of the session. */
  copy(): SessionCopy {
    return copyOf(this.#ledger.objects, this.getState(), this.#dependencies.author);
  }

  /**
   * Does what a script did with its copy: one step under its name, all of it or nothing.
   * @param id of the step, where the request had one
   */
  async performWork(name: string, work: ScriptWork, id: string | undefined): Promise<CommandReply> {
    const createId = idsOf(work, this.#dependencies.createId);
    const outcome = await this.#turns.run(() => {
      try {
        const applied = this.#ledger.perform(name, (edit) => repeatWork(edit, work), { id, createId });
        return { reply: this.#replyWhenStored(applied, undefined) };
      } catch (error) {
        return refusal(error, 'ERR_SCRIPT', undefined);
      }
    });
    return outcome.reply;
  }

  /** Carries out what plays by itself: edits that enter nobody's undo stack. */
  async performPlayed(commands: readonly EditCommand[]): Promise<CommandReply> {
    const outcome = await this.#turns.run(() => {
      try {
        const edits = editsOf(parseCommand({ cmd: 'BATCH', commands }));
        const author = systemAuthor;
        const applied = this.#ledger.perform(labelOf(edits), (edit) => carryOutAll(edit, edits), { author });
        return { reply: this.#replyWhenStored(applied, undefined) };
      } catch (error) {
        return refusal(error, 'ERR_REFUSED', undefined);
      }
    });
    return outcome.reply;
  }

  getState(): AppState {
    return this.#view.snapshot();
  }

  async history(objectId: string, property: string): Promise<PropertyVersion[]> {
    await this.#ledger.idle();
    return this.#dependencies.store.history(objectId, property);
  }

  /** The steps nearest to now, at most so many to either side, newest first. */
  steps(limit: number): HistoryEntry[] {
    return nearestSteps(this.#ledger.stacks, limit);
  }

  /** Resolves when everything that was sent so far has had its turn, and is on disk or refused. */
  async idle(): Promise<void> {
    await this.#turns.run(() => undefined);
    await this.#ledger.idle();
  }

  onPatch(listener: (patch: StatePatch) => void): Disposer {
    return this.#patches.add(listener);
  }

  onTransaction(listener: (transaction: TransactionRecord) => void): Disposer {
    return this.#transactions.add(listener);
  }

  onCue(listener: (cue: Cue) => void): Disposer {
    return this.#cues.add(listener);
  }

  /** Takes over what a trigger has done in the engine, and passes on what it asks of others. */
  triggered(fired: Triggered): void {
    this.#transport.triggered(fired);
    const cue = cueOf(this.objects, fired);
    if (!cue) return;
    this.#cues.tell(cue);
    void this.#turns.run(() => this.#automate(cue));
  }

  /** Carries out what an event changes; like all that the program does by itself, it enters nobody's undo stack. */
  #automate({ id }: Cue): void {
    const event = this.objects.get(id);
    const command = event?.kind === 'TimelineEventAtome' ? automationOf(this.objects, event) : undefined;
    const failed = (error: unknown): void =>
      this.#dependencies.log?.('an event could not be carried out', reportOf(error, 'ERR_STORAGE_WRITE'));
    try {
      const parsed = command && parseCommand(command);
      if (!parsed || !isEdit(parsed)) return;
      const author = systemAuthor;
      const { commit } = this.#ledger.perform(labelOf([parsed]), (edit) => carryOut(edit, parsed), { author });
      commit?.durable.catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  /** What an earlier session has on disk is answered as it was then; all else is carried out now. */
  async #beginAgain(input: unknown, id: string): Promise<Outcome> {
    const reqId = requestIdOf(input);
    try {
      const done = await this.#ledger.outcomeOf(id);
      return done ? { reply: this.#replyWhenStored(done, reqId) } : await this.#begin(input, id);
    } catch (error) {
      return refusal(error, 'ERR_STORAGE_READ', reqId);
    }
  }

  /** Everything up to the point from which the next command may begin. */
  #begin(input: unknown, id?: string): Outcome | Promise<Outcome> {
    let command: ParsedCommand;
    try {
      command = parseCommand(input);
    } catch (error) {
      return refusal(error, 'ERR_BAD_COMMAND', requestIdOf(input));
    }
    const { reqId } = command;
    try {
      if (command.cmd === 'UNDO' || command.cmd === 'REDO' || command.cmd === 'CANCEL_GESTURE') {
        return this.#back(command, id).then(
          (applied) => ({ reply: this.#replyWhenStored(applied, reqId) }),
          (error) => refusal(error, 'ERR_STORAGE_READ', reqId),
        );
      }
      if (command.cmd === 'BATCH') return this.#edit(command.label, command.commands, command, id);
      if (isEdit(command)) return this.#edit(undefined, [command], command, id);
      return { reply: this.#live(command, { reqId, id }) };
    } catch (error) {
      return refusal(error, 'ERR_WORKER', reqId);
    }
  }

  #back(command: BackCommand, id: string | undefined): Promise<Applied> {
    if (command.cmd === 'CANCEL_GESTURE') return this.#ledger.cancel(command.gesture, { id });
    return this.#ledger.step(command.cmd === 'UNDO' ? 'undo' : 'redo', { id });
  }

  #edit(
    label: string | undefined,
    commands: readonly AnyParsedEdit[],
    { reqId, gesture }: { readonly reqId?: string | undefined; readonly gesture?: string | undefined },
    id: string | undefined,
  ): Outcome {
    const applied = this.#ledger.perform(label ?? labelOf(commands), (edit) => carryOutAll(edit, commands), {
      id,
      gesture,
    });
    return { reply: this.#replyWhenStored(applied, reqId) };
  }

  async #replyWhenStored({ created, commit }: Applied, reqId: string | undefined): Promise<CommandReply> {
    const revId = commit?.revision ?? this.#view.revision;
    try {
      await commit?.durable;
    } catch (error) {
      const full = error instanceof Error && error.name === 'QuotaExceededError';
      return refusal(error, full ? 'ERR_DISK_FULL' : 'ERR_STORAGE_WRITE', reqId).reply;
    }
    return accepted(revId, reqId, created.length > 0 ? { created } : undefined);
  }

  async #live(
    command: LiveCommand,
    { reqId, id }: { readonly reqId: string | undefined; readonly id: string | undefined },
  ): Promise<CommandReply> {
    try {
      const result = await this.#commands.answer(command, id);
      return accepted(this.#view.revision, reqId, result === undefined ? undefined : { result });
    } catch (error) {
      return refusal(error, 'ERR_ENGINE_START', reqId).reply;
    }
  }

  #applied(record: TransactionRecord): number {
    this.#tell(record);
    this.#publish();
    return this.#view.revision;
  }

  #reverted(opposites: readonly TransactionRecord[]): void {
    for (const opposite of opposites) this.#tell(opposite);
    this.#publish();
  }

  #tell(record: TransactionRecord): void {
    const move = this.#transport.follow(record);
    this.#transactions.tell(record);
    move?.().catch((error) => {
      this.#dependencies.log?.('the transport did not follow an edit', reportOf(error, 'ERR_ENGINE_START'));
    });
    this.#view.apply(record.changes);
  }

  #publish(): void {
    this.#patches.tell(this.#view.publish());
  }

  async #ensureProject(): Promise<void> {
    for (const _project of this.objects.ofKind('ProjectAtome')) return;
    const { commit } = this.#ledger.perform(
      'New project',
      (edit) => createProject(edit, { cmd: 'CREATE_PROJECT', name: 'My project' }),
      { author: systemAuthor },
    );
    await commit?.durable;
  }
}

const accepted = (
  revId: number,
  reqId: string | undefined,
  outcome: { readonly created: readonly string[] } | { readonly result: unknown } | undefined,
): CommandReply => (reqId === undefined ? { ok: true, revId, ...outcome } : { ok: true, revId, reqId, ...outcome });

const withId = (reqId: string | undefined): { reqId?: string } => (reqId === undefined ? {} : { reqId });

function refusal(error: unknown, fallback: ErrorName, reqId: string | undefined): { readonly reply: CommandReply } {
  const report = reportOf(error, fallback);
  return { reply: { ok: false, error: { ...report, ...withId(reqId) }, ...withId(reqId) } };
}
