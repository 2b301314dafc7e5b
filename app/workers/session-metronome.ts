// The metronome in the session worker: clicks are with the engine before a playhead comes to them.
import type { EngineBackend, EngineDelta } from '../engine/audio-engine.ts';
import { ClickDeltas, type MetronomeSetting } from '../engine/click-deltas.ts';
import type { ObjectReader, SessionApi } from '../session/types.ts';

/** Clicks reach minutes ahead: far more often than a playhead can use them up. */
const extendMilliseconds = 10_000;

export class SessionMetronome {
  readonly #engine: Pick<EngineBackend, 'apply' | 'position'>;
  readonly #onRefused: (thrown: unknown) => void;
  #clicks: ClickDeltas | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param onRefused told when the engine has no room for the clicks. */
  constructor(engine: Pick<EngineBackend, 'apply' | 'position'>, onRefused: (thrown: unknown) => void) {
    this.#engine = engine;
    this.#onRefused = onRefused;
  }

  /** Clicks along with these timelines, and follows what is done to them. */
  follow(session: Pick<SessionApi, 'onTransaction'> & { readonly objects: ObjectReader }): void {
    const clicks = new ClickDeltas(session.objects, (id) => this.#engine.position(id).seconds);
    this.#clicks = clicks;
    session.onTransaction((transaction) => void this.#apply(clicks.follow(transaction)));
  }

  async set(setting: MetronomeSetting): Promise<void> {
    this.close();
    const clicks = this.#clicks;
    if (clicks && setting.enabled) {
      this.#timer = setInterval(() => void this.#apply(clicks.extend()), extendMilliseconds);
    }
    await this.#apply(clicks?.set(setting) ?? []);
  }

  /** Carries `move` out, which lets a timeline go on from `seconds`, once the clicks there are with the engine. */
  async reaching(timelineId: string, seconds: number, move: () => Promise<void>): Promise<void> {
    const deltas = this.#clicks?.reachFrom(timelineId, seconds) ?? [];
    if (deltas.length > 0) await this.#apply(deltas);
    await move();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #apply(deltas: readonly EngineDelta[]): Promise<void> {
    if (deltas.length > 0) await this.#engine.apply(deltas).catch(this.#onRefused);
  }
}
