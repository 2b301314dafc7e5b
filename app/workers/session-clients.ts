// Serves the session to its clients: the page that owns it by a port, the other tabs by a channel for each.
import { createId } from '../core/id.ts';
import type { EngineStatus } from '../engine/audio-engine.ts';
import { AtomeError, errorReport, reportOf } from '../protocol/errors.ts';
import type { Logger } from '../protocol/logger.ts';
import {
  type ClientMessage,
  clientMessage,
  connectionName,
  type Features,
  type LobbyMessage,
  lobbyMessage,
  lobbyName,
  type OwnerMessage,
  readMessage,
} from '../protocol/messages.ts';
import { type CommandReply, PROTOCOL_VERSION } from '../protocol/state.ts';
import { isToBeHeard } from '../protocol/to-be-heard.ts';
import { type BroadcastClient, StateBroadcaster } from '../session/broadcaster.ts';
import type { SessionApi } from '../session/types.ts';
import { withLock } from '../storage/locks.ts';
import type { SessionQuestions, SoundPage } from './session-api.ts';

export interface ServedSession {
  readonly session: SessionApi;
  readonly questions: SessionQuestions;
  readonly page: SoundPage;
  /** The engine knows what there is: until then commands wait. */
  readonly begun: Promise<void>;
  /** Whether the sound is known to run. */
  readonly isSounding: () => boolean;
  readonly logger: Logger;
}

/** A MessagePort or a BroadcastChannel. */
type Channel = Pick<BroadcastChannel, 'postMessage' | 'close'> & { onmessage: ((event: MessageEvent) => void) | null };

interface Served {
  readonly client: BroadcastClient;
  readonly channel: Channel;
  /** Another tab than the one that sounds. */
  readonly away: boolean;
}

/**
 * Revisions that may be on their way to the owner's own page, whose port loses nothing: a whole state of 5,000 objects
 * keeps it busy for as long as hundreds of patches do. As many take up some megabytes.
 */
const mostUnderWayHome = 16_384;

export class SessionClients {
  readonly #served: ServedSession;
  readonly #id = createId();
  readonly #broadcaster: StateBroadcaster;
  readonly #lobby = new BroadcastChannel(lobbyName);
  readonly #home: Served;
  /** By the lock that each tab holds while it lives. */
  readonly #tabs = new Map<string, Served>();

  constructor(served: ServedSession, home: MessagePort) {
    const { session } = served;
    this.#served = served;
    this.#broadcaster = new StateBroadcaster(this.#id, () => session.getState());
    session.onPatch((patch) => this.#broadcaster.patch(patch));
    this.#home = this.#serve(home, false);
    this.#lobby.onmessage = ({ data }) => {
      const message = readMessage(lobbyMessage, data);
      if (message?.type === 'HELLO') this.#welcome(message);
    };
    this.#lobby.postMessage({ type: 'OWNER', session: this.#id } satisfies LobbyMessage);
  }

  /** Tells every client something that nobody asked for. */
  tell(message: OwnerMessage): void {
    this.#broadcaster.tell(message);
  }

  /** Tells every client how the engine does. */
  status(status: EngineStatus, features: Features): void {
    this.#broadcaster.status({ status, ...features });
  }

  /** Takes nothing more; answers to what was taken still go out. */
  deafen(): void {
    this.#lobby.close();
    for (const { channel } of this.#all()) channel.onmessage = null;
  }

  close(): void {
    for (const served of this.#all()) this.#leave(served);
  }

  *#all(): Iterable<Served> {
    yield this.#home;
    yield* this.#tabs.values();
  }

  #welcome({ version, connection, life }: Extract<LobbyMessage, { type: 'HELLO' }>): void {
    const channel = new BroadcastChannel(connectionName(connection));
    if (version !== PROTOCOL_VERSION) {
      channel.postMessage({ type: 'OTHER_VERSION' } satisfies OwnerMessage);
      channel.close();
      return;
    }
    const before = this.#tabs.get(life);
    if (before) this.#leave(before);
    this.#tabs.set(life, this.#serve(channel, true));
    if (!before) void withLock(life, async () => this.#lost(life));
  }

  #lost(life: string): void {
    const served = this.#tabs.get(life);
    this.#tabs.delete(life);
    if (served) this.#leave(served);
  }

  #serve(channel: Channel, away: boolean): Served {
    const port = { post: (message: OwnerMessage): void => channel.postMessage(message) };
    const client = away ? this.#broadcaster.add(port) : this.#broadcaster.add(port, mostUnderWayHome);
    const served = { client, channel, away };
    channel.onmessage = ({ data }) => {
      const message = readMessage(clientMessage, data);
      if (message) void this.#receive(served, message);
    };
    return served;
  }

  #leave({ client, channel }: Served): void {
    client.leave();
    channel.close();
  }

  async #receive(served: Served, message: ClientMessage): Promise<void> {
    const { client } = served;
    switch (message.type) {
      case 'COMMAND':
        client.reply({ type: 'REPLY', id: message.id, reply: await this.#command(served, message) });
        break;
      case 'ASK':
        client.reply(await this.#answer(message));
        break;
      case 'SEEN':
        client.seen(message.revId);
        break;
      case 'RESYNC':
        client.resync();
        break;
      case 'WANT_FEATURES':
        client.post({ type: 'FEATURES', ...(await this.#served.page.features()) });
        break;
    }
  }

  async #command(
    { client, away }: Served,
    { id, again, command }: Extract<ClientMessage, { type: 'COMMAND' }>,
  ): Promise<CommandReply> {
    const { session, page, begun, isSounding, logger } = this.#served;
    try {
      await begun;
      if (away && isToBeHeard(command) && !isSounding() && !(await page.startSound())) {
        client.post({ type: 'NOTICE', error: errorReport('ERR_SOUND_ELSEWHERE') });
      }
    } catch (thrown) {
      return { ok: false, error: reportOf(thrown, 'ERR_ENGINE_START') };
    }
    const reply = await session.dispatch(command as Parameters<SessionApi['dispatch']>[0], { id, again });
    const name = (command as { readonly cmd?: unknown } | null)?.cmd;
    if (reply.ok) logger.functional('command', { cmd: name, revId: reply.revId });
    else logger.warning('command refused', { cmd: name, error: reply.error });
    return reply;
  }

  async #answer({ id, question, values }: Extract<ClientMessage, { type: 'ASK' }>): Promise<OwnerMessage> {
    const { questions } = this.#served;
    try {
      const ask: unknown = Object.hasOwn(questions, question) ? Reflect.get(questions, question) : undefined;
      if (typeof ask !== 'function') throw new AtomeError('ERR_UNKNOWN_COMMAND', question);
      return { type: 'ANSWER', id, value: await ask(...values) };
    } catch (thrown) {
      return { type: 'NO_ANSWER', id, error: reportOf(thrown, 'ERR_WORKER') };
    }
  }
}
