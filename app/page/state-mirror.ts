// The session's state in a tab: follows the owner's patches, and asks for the whole where one is missing.
import type { ClientMessage } from '../protocol/messages.ts';
import type { AppState, StatePatch } from '../protocol/state.ts';
import { createStateStore, type StateStore } from './state-store.ts';

/** So often the owner is told which revision is shown; it lets several times as many be under way. */
const revisionsPerSeen = 32;
/** After so many more revisions a request that was not answered is made again. */
const revisionsPerResync = 64;

export class StateMirror {
  readonly #send: (message: ClientMessage) => void;
  readonly #changed: (patch: StatePatch) => void;
  #store: StateStore | undefined;
  /** The next full state is of another session: it counts, whatever its revision. */
  #fresh = true;
  #told = 0;
  /** The revision at which the whole state was asked for. */
  #asked: number | undefined;

  /** @param changed told of every step from one state to the next, as a patch */
  constructor(send: (message: ClientMessage) => void, changed: (patch: StatePatch) => void) {
    this.#send = send;
    this.#changed = changed;
  }

  /** A Solid store; undefined before the first full state. */
  get state(): AppState | undefined {
    return this.#store?.state;
  }

  /** Another owner: its first full state takes the place of what is here. */
  begin(): void {
    this.#fresh = true;
  }

  full(snapshot: AppState): void {
    const { revisionId: revision } = snapshot.meta;
    if (!this.#fresh && revision < this.#revision) return;
    this.#fresh = false;
    this.#asked = undefined;
    const first = this.#store === undefined;
    if (this.#store) this.#store.reset(snapshot);
    else this.#store = createStateStore(snapshot);
    this.#tell();
    if (!first) this.#changed({ revId: revision, ops: [{ op: 'replace', path: '', value: snapshot }] });
  }

  patch(patch: StatePatch): void {
    if (this.#fresh || patch.revId <= this.#revision) return;
    if (!this.#store?.apply(patch)) {
      this.#resync(patch.revId);
      return;
    }
    if (patch.revId - this.#told >= revisionsPerSeen) this.#tell();
    this.#changed(patch);
  }

  get #revision(): number {
    return this.#store?.state.meta.revisionId ?? 0;
  }

  #tell(): void {
    this.#told = this.#revision;
    this.#send({ type: 'SEEN', revId: this.#told });
  }

  #resync(revision: number): void {
    if (this.#asked !== undefined && revision < this.#asked + revisionsPerResync) return;
    this.#asked = revision;
    this.#send({ type: 'RESYNC' });
  }
}
