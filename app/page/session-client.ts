// The page's line to the session worker: the state store, kept current, and every command's way there.
import * as comlink from 'comlink';
import type { Disposer } from '../core/disposer.ts';
import type { EngineAddresses, FeatureUpdate } from '../engine/feature-frames.ts';
import type { Command } from '../protocol/commands.ts';
import { AtomeError, reportOf } from '../protocol/errors.ts';
import type { AppState, CommandReply, StatePatch } from '../protocol/state.ts';
import { Listeners } from '../session/listeners.ts';
import type { RemoteBackend, SessionListeners, SessionStart, SessionWorkerApi } from '../workers/session-api.ts';
import { createStateStore } from './state-store.ts';
import { openWorkerLine } from './worker-line.ts';

export interface SessionClient {
  readonly worker: comlink.Remote<SessionWorkerApi>;
  /** The engine's addresses; null with the fallback. */
  readonly addresses: EngineAddresses | null;
  readonly state: AppState;
  dispatch(command: Command): Promise<CommandReply>;
  subscribe(listener: (patch: StatePatch) => void): Disposer;
  /** Hands over what the control side has said of features so far, and all it says from now on. */
  followFeatures(take: (update: FeatureUpdate) => void): void;
}

export interface SessionClientOptions {
  readonly start: SessionStart;
  readonly fallback: RemoteBackend | undefined;
  readonly onError: SessionListeners['onError'];
}

/** Starts the worker and resolves when the session is loaded. @throws AtomeError as the worker reports it. */
export async function connectSession({ start, fallback, onError }: SessionClientOptions): Promise<SessionClient> {
  const thread = new Worker(new URL('../workers/session.ts', import.meta.url), { type: 'module', name: 'session' });
  const worker = openWorkerLine<SessionWorkerApi>(thread, {
    failure: new AtomeError('ERR_WORKER', 'session'),
    onTrouble: onError,
  });
  const subscribers = new Listeners<StatePatch>();
  const patches = new Mailbox<StatePatch>();
  const features = new Mailbox<FeatureUpdate>();
  const addresses = await worker.start(
    start,
    comlink.proxy({
      onError,
      onPatch: (patch: StatePatch) => patches.put(patch),
      onFeature: (update: FeatureUpdate) => features.put(update),
    }),
    fallback && comlink.proxy(fallback),
  );
  const store = createStateStore(await worker.getState());
  patches.follow((patch) => {
    if (!store.apply(patch)) void worker.getState().then((snapshot) => store.reset(snapshot));
    subscribers.tell(patch);
  });
  return {
    worker,
    addresses,
    state: store.state,
    async dispatch(command) {
      try {
        return await worker.dispatch(command);
      } catch (thrown) {
        // What cannot be cloned never reaches the worker, nor does anything once it has ended.
        return { ok: false, error: reportOf(thrown, 'ERR_BAD_COMMAND') };
      }
    },
    subscribe: (listener) => subscribers.add(listener),
    followFeatures: (take) => features.follow(take),
  };
}

/** Keeps what arrives until somebody follows it. */
class Mailbox<Message> {
  #early: Message[] = [];
  #take: ((message: Message) => void) | undefined;

  put(message: Message): void {
    if (this.#take) this.#take(message);
    else this.#early.push(message);
  }

  follow(take: (message: Message) => void): void {
    this.#take = take;
    for (const message of this.#early.splice(0)) take(message);
  }
}
