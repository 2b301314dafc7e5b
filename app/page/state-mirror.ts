// The session's state in a tab: follows the owner's patches, and asks for the whole where one is missing.
import type { ClientMessage } from '../protocol/messages.ts';
import type { AppState, StatePatch } from '../protocol/state.ts';
import { createStateStore } from './state-store.ts';

/** So often the owner is told which revision is shown; it lets several times as many be under way. */
const revisionsPerSeen = 32;

export class StateMirror {
  readonly #send: (message: ClientMessage) => void;
  readonly #changed: (patch: StatePatch) => void;
  readonly #store = createStateStore();
  #known = false;
  /** The next full state is of another session: it counts, whatever its revision. */
  #fresh = true;
  #told = 0;
  /** The whole state was asked for. */
  #asked = false;

  /** @param changed told of every step from one state to the next, as a patch */
  constructor(send: (message: ClientMessage) => void, changed: (patch: StatePatch) => void) {
    this.#send = send;
    this.#changed = changed;
  }

  /** A Solid store; of `unknownState` before the first full state. */
  get state(): AppState {
    return this.#store.state;
  }

  /** Whether there has been a full state. */
  get known(): boolean {
    return this.#known;
  }

  /** Another owner: its first full state takes the place of what is here. */
  begin(): void {
    this.#fresh = true;
  }

  full(snapshot: AppState): void {
    const { revisionId: revision } = snapshot.meta;
    if (!this.#fresh && revision < this.#revision) return;
    this.#fresh = false;
    this.#asked = false;
    const first = !this.#known;
    this.#known = true;
    if (first) this.#store.begin(snapshot);
    else this.#store.reset(snapshot);
    this.#tell();
    if (!first) this.#changed({ revId: revision, ops: [{ op: 'replace', path: '', value: snapshot }] });
  }

  patch(patch: StatePatch): void {
    if (this.#fresh || patch.revId <= this.#revision) return;
    if (!this.#store.apply(patch)) {
      this.#resync();
      return;
    }
    if (patch.revId - this.#told >= revisionsPerSeen) this.#tell();
    this.#changed(patch);
  }

  /** What was sent up to this revision has come by now or is lost, and so is a request for it. */
  newest(revision: number): void {
    if (this.#fresh || revision <= this.#revision) return;
    this.#asked = false;
    this.#resync();
  }

  get #revision(): number {
    return this.#store.state.meta.revisionId;
  }

  #tell(): void {
    this.#told = this.#revision;
    this.#send({ type: 'SEEN', revId: this.#told });
  }

  #resync(): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#send({ type: 'RESYNC' });
  }
}
