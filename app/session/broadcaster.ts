// Sends the state to every client: whole at first and after a gap, else by patches; slow clients cost no memory.
import type { Disposer } from '../core/disposer.ts';
import { fullState } from '../protocol/full-state.ts';
import type { OwnerMessage } from '../protocol/messages.ts';
import type { AppState, StatePatch } from '../protocol/state.ts';

/** The way to one client; what is posted arrives in order or not at all. */
export interface ClientPort {
  post(message: OwnerMessage): void;
}

export interface BroadcastClient {
  /** Sends what has no place among the states. */
  post(message: OwnerMessage): void;
  /** Sends what must not arrive before the state of now. */
  reply(message: OwnerMessage): void;
  /** The client shows this revision. */
  seen(revision: number): void;
  /** The client misses something. */
  resync(): void;
  /** Nothing is sent any more. */
  leave(): void;
}

type Status = Extract<OwnerMessage, { type: 'STATUS' }>;
type FullStateMessage = Extract<OwnerMessage, { type: 'STATE_FULL' }>;

/** Revisions that may be on their way to a client unless it is given more. */
const usuallyUnderWay = 256;

export class StateBroadcaster {
  readonly #session: string;
  readonly #snapshot: () => AppState;
  readonly #clients = new Set<Client>();
  #revision = 0;

  /** @param session an id by which clients tell this session from the next. */
  constructor(session: string, snapshot: () => AppState) {
    this.#session = session;
    this.#snapshot = snapshot;
  }

  /**
   * From now on the client gets every state.
   * @param mostUnderWay revisions that may be on their way to it; what comes on top is sent as one full state once it has
   * caught up
   */
  add(port: ClientPort, mostUnderWay = usuallyUnderWay): BroadcastClient {
    const full = (): FullStateMessage => ({
      type: 'STATE_FULL',
      session: this.#session,
      ...fullState(this.#snapshot()),
    });
    const client: Client = new Client(port, mostUnderWay, full, () => this.#clients.delete(client));
    this.#clients.add(client);
    return client;
  }

  patch(patch: StatePatch): void {
    this.#revision = patch.revId;
    for (const client of this.#clients) client.patch(patch);
  }

  /** Tells everyone how the engine does, and by it which revision is the newest: who misses it asks for the state. */
  status(message: Omit<Status, 'type' | 'revId'>): void {
    this.tell({ type: 'STATUS', revId: this.#revision, ...message });
  }

  /** Sends everyone something that has no place among the states. */
  tell(message: OwnerMessage): void {
    for (const client of this.#clients) client.post(message);
  }
}

class Client implements BroadcastClient {
  readonly #port: ClientPort;
  readonly #mostUnderWay: number;
  readonly #full: () => FullStateMessage;
  readonly #left: Disposer;
  #gone = false;
  #sent = 0;
  #seen = 0;
  /** Replies that wait for a full state, since patches were left out; undefined while none was. */
  #held: OwnerMessage[] | undefined;

  constructor(port: ClientPort, mostUnderWay: number, full: () => FullStateMessage, left: Disposer) {
    this.#port = port;
    this.#mostUnderWay = mostUnderWay;
    this.#full = full;
    this.#left = left;
    this.resync();
  }

  post(message: OwnerMessage): void {
    if (!this.#gone) this.#port.post(message);
  }

  leave(): void {
    this.#gone = true;
    this.#left();
  }

  patch({ ops, revId }: StatePatch): void {
    if (this.#held) return;
    if (revId - this.#seen > this.#mostUnderWay) {
      this.#held = [];
      return;
    }
    this.#sent = revId;
    this.post({ type: 'STATE_PATCH', ops, revId });
  }

  reply(message: OwnerMessage): void {
    if (this.#held) this.#held.push(message);
    else this.post(message);
  }

  seen(revision: number): void {
    this.#seen = Math.max(this.#seen, revision);
    if (this.#held && this.#sent - this.#seen <= this.#mostUnderWay / 2) this.resync();
  }

  resync(): void {
    const message = this.#full();
    const held = this.#held ?? [];
    this.#held = undefined;
    // Whatever was under way before it no longer matters: a full state is the first of a new count.
    this.#sent = message.state.meta.revisionId;
    this.#seen = this.#sent;
    this.post(message);
    for (const reply of held) this.post(reply);
  }
}
