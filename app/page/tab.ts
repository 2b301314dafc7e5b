// Whether this tab owns the session or is a client of the one that does, and how that changes without a reload.
import { type Accessor, createSignal } from 'solid-js';
import type { Disposer } from '../core/disposer.ts';
import { AtomeError, reportOf } from '../protocol/errors.ts';
import type { LobbyMessage } from '../protocol/messages.ts';
import { carriedOver } from './carried-over.ts';
import { ownAtStart, type SessionThread, startSessionThread } from './head-start.ts';
import type { Lobby } from './lobby.ts';
import { type LocalSession, type LocalSessionOptions, startLocalSession } from './local-session.ts';
import { isAwaited, waitToOwn } from './ownership.ts';
import { followOwner } from './remote-session.ts';
import type { TabSound } from './tab-sound.ts';

export interface TabOptions extends LocalSessionOptions {
  readonly lobby: Lobby;
  readonly sound: TabSound;
  /** The Web Lock that this tab holds as long as it exists. */
  readonly life: string;
  /** The session has come here, and what played has stopped. */
  readonly onStopped: () => void;
}

interface Owned {
  readonly local: LocalSession;
  readonly release: Disposer;
}

export class Tab {
  /** Reactive. */
  readonly isOwner: Accessor<boolean>;
  readonly #setOwner: (value: boolean) => void;
  readonly #options: TabOptions;
  #owned: Owned | undefined;
  /** The owned session has ended on its own and waits for a tab that goes on with it. */
  #ended = false;
  /** While another tab owns the session: ends the connection. */
  #leave: Disposer | undefined;
  /** While this tab waits to own the session. */
  #waiting: AbortController | undefined;
  /** The person wants the session here. */
  #wanted = false;
  #wasPlaying = false;

  constructor(options: TabOptions) {
    this.#options = options;
    [this.isOwner, this.#setOwner] = createSignal(false);
    options.lobby.messages.add((message) => this.#hear(message));
  }

  /** Owns the session if nobody does, else follows whoever does. @throws AtomeError when it cannot be started here */
  async join(): Promise<void> {
    const first = await ownAtStart();
    if (first) await this.#own(first.release, first.thread, []);
    else this.#follow();
  }

  /** Asks the owner to let go; the session then comes here. */
  takeOver(): void {
    if (this.#owned) return;
    this.#wanted = true;
    this.#wasPlaying = this.#isPlaying();
    this.#ask();
  }

  #isPlaying(): boolean {
    return this.#options.line.known?.transport.isPlaying === true;
  }

  #ask(): void {
    const { lobby } = this.#options;
    lobby.post({ type: 'TAKE_OVER', tab: lobby.tab });
  }

  #hear(message: LobbyMessage): void {
    if (message.type === 'TAKE_OVER' && message.tab !== this.#options.lobby.tab) {
      if (this.#owned) void this.#handOver(this.#owned);
      // Whoever asked is in the queue already; who queues again comes after it.
      else if (this.#waiting) this.#wait();
    }
    // Another one got the session that did not know of the wish.
    if (message.type === 'OWNER' && this.#wanted) this.#ask();
    if (message.type === 'HELLO' && this.#ended && this.#owned) void this.#handOver(this.#owned);
  }

  #follow(): void {
    const { line, lobby, life } = this.#options;
    this.#leave = followOwner(line, lobby, life);
    this.#wait();
  }

  #wait(): void {
    this.#waiting?.abort();
    this.#waiting = new AbortController();
    waitToOwn(this.#waiting.signal, (release) => void this.#inherit(release));
  }

  /** The owner is gone or has let go: the session goes on here, where its timelines stood. */
  async #inherit(release: Disposer): Promise<void> {
    const { line, sound, onStopped, onError } = this.#options;
    const stopped = this.#wasPlaying || this.#isPlaying();
    const first = line.known ? carriedOver(line.known, sound.features) : [];
    this.#waiting = undefined;
    this.#wanted = false;
    this.#wasPlaying = false;
    this.#leave?.();
    try {
      await this.#own(release, startSessionThread(), first);
      if (stopped) onStopped();
    } catch (thrown) {
      const report = reportOf(thrown, 'ERR_WORKER');
      line.fail(new AtomeError(report));
      onError(report);
    }
  }

  async #own(release: Disposer, thread: SessionThread, first: Parameters<typeof startLocalSession>[2]): Promise<void> {
    const { line, sound } = this.#options;
    try {
      const local = await startLocalSession(this.#options, thread, first, (failure) => void this.#end(failure));
      this.#owned = { local, release };
      sound.use(local);
      line.connect(local.port);
      this.#setOwner(true);
    } catch (thrown) {
      release();
      throw thrown;
    }
  }

  /** Everything accepted is put on disk; then whoever waits gets the session, and this tab follows. */
  async #handOver({ local, release }: Owned): Promise<void> {
    const { line, sound } = this.#options;
    this.#owned = undefined;
    this.#ended = false;
    await this.#stopAll();
    sound.use(undefined);
    this.#setOwner(false);
    await local.close();
    line.disconnect();
    release();
    this.#follow();
  }

  /** The timelines say where they stand, for whoever goes on with them. */
  async #stopAll(): Promise<void> {
    const { line } = this.#options;
    if (this.#isPlaying()) await line.dispatch({ cmd: 'PANIC', scope: 'ALL' });
  }

  /** The session's worker has ended: another tab goes on with it, or the next one that comes. */
  async #end(failure: AtomeError): Promise<void> {
    const { line, onError } = this.#options;
    if (!this.#owned) return;
    if (await isAwaited()) {
      if (this.#owned) await this.#handOver(this.#owned);
      return;
    }
    this.#ended = true;
    line.fail(failure);
    onError(failure.report);
  }
}
