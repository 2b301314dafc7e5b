// Edits of the fallback engine that take effect with a playhead's move, gathered until all of them are known.
import type { EngineDelta, Landing } from '../engine/audio-engine.ts';
import type { RemoteBackend } from './session-api.ts';

export class Landings {
  readonly #remote: Pick<RemoteBackend, 'land'>;
  #deltas: EngineDelta[] = [];
  readonly #places = new Map<string, Landing>();
  #gathering: Promise<void> | undefined;
  #before: Promise<void> = Promise.resolve();

  constructor(remote: Pick<RemoteBackend, 'land'>) {
    this.#remote = remote;
  }

  /** Gathers what is said until the end of this task, or until what was gathered before is heard. */
  begin(): void {
    if (this.#gathering) return;
    this.#gathering = this.#carryOut();
    // Whoever lands hears of a failure.
    this.#gathering.catch(() => undefined);
  }

  /** Whether it takes the edits, which is while it gathers. */
  takes(deltas: readonly EngineDelta[]): boolean {
    if (!this.#gathering) return false;
    this.#deltas.push(...deltas);
    return true;
  }

  /** A timeline goes on elsewhere with these edits; resolves when it does. */
  async land(timelineId: string, { from, to }: Landing): Promise<void> {
    this.begin();
    const earlier = this.#places.get(timelineId);
    this.#places.set(timelineId, { from: earlier ? earlier.from + from - earlier.to : from, to });
    await this.#gathering;
  }

  /** Resolves when nothing is on its way. */
  async settled(): Promise<void> {
    await (this.#gathering ?? this.#before).catch(() => undefined);
  }

  async #carryOut(): Promise<void> {
    await this.#before.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve));
    const places = Object.fromEntries(this.#places);
    const deltas = this.#deltas;
    this.#places.clear();
    this.#deltas = [];
    this.#gathering = undefined;
    this.#before = this.#remote.land(deltas, places);
    await this.#before;
  }
}
