// The tab's line to the session, in whichever tab that is: state, commands and questions; it outlives every owner.
import type { Disposer } from '../core/disposer.ts';
import { createId } from '../core/id.ts';
import type { Command } from '../protocol/commands.ts';
import { AtomeError, reportOf } from '../protocol/errors.ts';
import { wholeState } from '../protocol/full-state.ts';
import { type ClientMessage, type OwnerMessage, ownerMessage, readMessage } from '../protocol/messages.ts';
import type { AppState, CommandReply, StatePatch } from '../protocol/state.ts';
import { Listeners } from '../session/listeners.ts';
import type { SessionQuestions } from '../workers/session-api.ts';
import { Inbox } from './inbox.ts';
import { StateMirror } from './state-mirror.ts';

type Answer<Question extends keyof SessionQuestions> = Promise<Awaited<ReturnType<SessionQuestions[Question]>>>;

/** What the rest of the page may ask of the session. */
export interface SessionClient {
  /** A Solid store; before `ready` nothing is known. */
  readonly state: AppState;
  /** Never throws; while no tab owns the session it waits for the next one. */
  dispatch(command: Command): Promise<CommandReply>;
  /** Every step from one state to the next; one that replaces the whole (path '') comes with another owner or after a gap. */
  subscribe(listener: (patch: StatePatch) => void): Disposer;
  /** @throws AtomeError as the owner reports it. */
  ask<Question extends keyof SessionQuestions>(
    question: Question,
    ...values: Parameters<SessionQuestions[Question]>
  ): Answer<Question>;
}

/** The way to one owner: a MessagePort or a BroadcastChannel. */
export type OwnerChannel = Pick<BroadcastChannel, 'postMessage' | 'close'> & {
  onmessage: ((event: MessageEvent) => void) | null;
};

/** What the session's own line does not take for itself. */
export type OtherMessage = Exclude<
  OwnerMessage,
  { type: 'STATE_FULL' | 'STATE_PATCH' | 'REPLY' | 'ANSWER' | 'NO_ANSWER' }
>;

type Request = Extract<ClientMessage, { type: 'COMMAND' | 'ASK' }>;

interface Pending {
  readonly request: Request;
  /** Whether some owner may have got it. */
  sent: boolean;
  readonly settle: (answer: { readonly value: unknown } | { readonly error: AtomeError }) => void;
}

export class SessionLine implements SessionClient {
  readonly #mirror = new StateMirror(
    (message) => this.#post(message),
    (patch) => this.#patches.tell(patch),
  );
  readonly #patches = new Listeners<StatePatch>();
  readonly #others = new Listeners<OtherMessage>();
  /** In the order in which they were made. */
  readonly #pending = new Map<string, Pending>();
  /** What has come and is not taken yet; what an owner said that is one no more is dropped. */
  readonly #inbox = new Inbox<{ readonly channel: OwnerChannel; readonly message: OwnerMessage }>(
    ({ channel, message }) => channel === this.#channel && this.#receive(message),
  );
  readonly #firstState = Promise.withResolvers<void>();
  #channel: OwnerChannel | undefined;
  /** The owner has been heard: what is posted now arrives. */
  #open = false;
  #session: string | undefined;
  #failure: AtomeError | undefined;

  /** Resolves when there is a state. @throws AtomeError when there will be none */
  get ready(): Promise<void> {
    return this.#firstState.promise;
  }

  get state(): AppState {
    return this.#mirror.state;
  }

  /** The state, if there is one yet. */
  get known(): AppState | undefined {
    return this.#mirror.known ? this.#mirror.state : undefined;
  }

  /** The session whose state is shown and which takes commands now. */
  get session(): string | undefined {
    return this.#open ? this.#session : undefined;
  }

  /** From now on this owner is the one; what another one has not answered is sent to it again. */
  connect(channel: OwnerChannel): void {
    this.disconnect();
    this.#failure = undefined;
    this.#channel = channel;
    this.#mirror.begin();
    channel.onmessage = ({ data }) => {
      const message = readMessage(ownerMessage, data);
      if (message && this.#channel === channel) this.#inbox.put({ channel, message });
    };
  }

  /** Commands wait for the next owner. */
  disconnect(): void {
    this.#open = false;
    this.#channel?.close();
    this.#channel = undefined;
  }

  /** There is no owner and will not be one: refuses what waits and what comes, until the next `connect`. */
  fail(failure: AtomeError): void {
    this.disconnect();
    this.#failure = failure;
    for (const { settle } of this.#pending.values()) settle({ error: failure });
    this.#pending.clear();
    this.#firstState.reject(failure);
    this.ready.catch(() => undefined);
  }

  async dispatch(command: Command): Promise<CommandReply> {
    try {
      // It may have to be sent again when the sender has long changed it.
      const sent: unknown = structuredClone(command);
      return (await this.#request({ type: 'COMMAND', id: createId(), again: false, command: sent })) as CommandReply;
    } catch (thrown) {
      return { ok: false, error: reportOf(thrown, 'ERR_BAD_COMMAND') };
    }
  }

  subscribe(listener: (patch: StatePatch) => void): Disposer {
    return this.#patches.add(listener);
  }

  async ask<Question extends keyof SessionQuestions>(
    question: Question,
    ...values: Parameters<SessionQuestions[Question]>
  ): Answer<Question> {
    const answer = await this.#request({ type: 'ASK', id: createId(), question, values: structuredClone(values) });
    return answer as Awaited<Answer<Question>>;
  }

  /** Asks for one frame of features; without an owner nothing comes. */
  wantFeatures(): void {
    this.#post({ type: 'WANT_FEATURES' });
  }

  /** Hears everything that is neither state nor an answer. */
  onMessage(listener: (message: OtherMessage) => void): Disposer {
    return this.#others.add(listener);
  }

  #request(request: Request): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#failure) throw this.#failure;
      const settle: Pending['settle'] = (answer) => ('error' in answer ? reject(answer.error) : resolve(answer.value));
      const pending = { request, sent: false, settle };
      this.#pending.set(request.id, pending);
      if (this.#open) this.#send(pending);
    });
  }

  #send(pending: Pending): void {
    const { request } = pending;
    this.#post(request.type === 'COMMAND' ? { ...request, again: pending.sent } : request);
    pending.sent = true;
  }

  #post(message: ClientMessage): void {
    if (this.#open) this.#channel?.postMessage(message);
  }

  #receive(message: OwnerMessage): void {
    switch (message.type) {
      case 'STATE_FULL':
        this.#begin(message.session);
        this.#mirror.full(wholeState(message));
        this.#firstState.resolve();
        break;
      case 'STATE_PATCH':
        this.#mirror.patch(message);
        break;
      case 'REPLY':
        this.#settle(message.id, { value: message.reply });
        break;
      case 'ANSWER':
        this.#settle(message.id, { value: message.value });
        break;
      case 'NO_ANSWER':
        this.#settle(message.id, { error: new AtomeError(message.error) });
        break;
      case 'STATUS':
        this.#mirror.newest(message.revId);
        this.#others.tell(message);
        break;
      default:
        this.#others.tell(message);
    }
  }

  /** The owner's first word: from now on it hears this tab. */
  #begin(session: string): void {
    if (this.#open) return;
    this.#open = true;
    this.#session = session;
    for (const pending of this.#pending.values()) this.#send(pending);
  }

  #settle(id: string, answer: Parameters<Pending['settle']>[0]): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.settle(answer);
  }
}
