// The sound as the rest of the page knows it, whether it is made in this tab or in another one.
import type { BackendName, EngineStatus } from '../engine/audio-engine.ts';
import type { FeatureSource, SoundOutput } from '../engine/sound-output.ts';
import type { LocalSound } from './local-session.ts';

export class TabSound implements SoundOutput {
  readonly features: FeatureSource = {
    position: (id) => this.#current.features.position(id),
    master: () => this.#current.features.master(),
    clip: (id) => this.#current.features.clip(id),
  };
  readonly #elsewhere: SoundOutput;
  #local: LocalSound | undefined;

  /** @param elsewhere the sound of another tab, which is the one until there is one here */
  constructor(elsewhere: SoundOutput) {
    this.#elsewhere = elsewhere;
  }

  /** From now on the sound is made here; undefined: elsewhere. */
  use(local: LocalSound | undefined): void {
    this.#local = local;
  }

  get backend(): BackendName {
    return this.#current.backend;
  }

  start(context?: AudioContext): Promise<void> {
    return this.#current.start(context);
  }

  shutdown(): Promise<void> {
    return this.#current.shutdown();
  }

  status(): EngineStatus {
    return this.#current.status();
  }

  /** Before something is to be heard: another tab sees to it by itself. */
  async ensure(): Promise<void> {
    await this.#local?.gate.ensure();
  }

  get #current(): SoundOutput {
    return this.#local?.output ?? this.#elsewhere;
  }
}
