// What the session worker tells the engine of the session's objects, and what the engine's triggers tell the session.
import type { EngineBackend, EngineDelta } from '../engine/audio-engine.ts';
import { EngineDeltas } from '../engine/deltas.ts';
import { actedOn, movedBy } from '../engine/reachable.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { Session } from '../session/session.ts';
import type { TimelineSegment } from '../session/types.ts';

/** What repeats without end is laid out minutes ahead: far more often than a playhead can use it up. */
const extendMilliseconds = 10_000;
/** The engine's. */
const frameSeconds = 1 / 48_000;

export class SessionArrangement {
  readonly #engine: EngineBackend;
  readonly #onRefused: (thrown: unknown) => void;
  #deltas: EngineDeltas | undefined;
  #session: Session | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param onRefused told when the engine has no room for all of it. */
  constructor(engine: EngineBackend, onRefused: (thrown: unknown) => void) {
    this.#engine = engine;
    this.#onRefused = onRefused;
  }

  /** Brings everything to the engine and follows what is done to it. */
  follow(session: Session): void {
    const onLimit = ({ name }: { readonly name: string }): void =>
      this.#onRefused(new AtomeError('ERR_ENGINE_LIMIT', `“${name}”`));
    const deltas = new EngineDeltas(session.objects, { onLimit });
    this.#deltas = deltas;
    this.#session = session;
    void this.#apply(deltas.everything());
    session.onTransaction((transaction) => void this.#apply(deltas.follow(transaction)));
    this.#engine.onTrigger((fired) => {
      const trigger = deltas.trigger(fired.timelineId, fired.id);
      session.triggered({ ...fired, moved: trigger && movedBy(trigger.action, fired.timelineId) });
      if (trigger) void this.#reach(actedOn(trigger.action) ?? fired.timelineId);
    });
    this.#timer = setInterval(() => {
      for (const id of deltas.endless()) if (this.#engine.position(id).playing) void this.#reach(id);
    }, extendMilliseconds);
  }

  /** Carries `move` out, which lets a timeline go on from `seconds`, once what is played there is with the engine. */
  async reaching(timelineId: string, seconds: number, move: () => Promise<void>): Promise<void> {
    await this.#apply(this.#deltas?.reachFrom(timelineId, seconds) ?? []);
    await move();
  }

  /**
   * Plays from a place, with the events and actions that stand right there.
   * @param now the master frame
   */
  async play(timelineId: string, seconds: number, now: () => number): Promise<void> {
    await this.#engine.play(timelineId, seconds);
    for (const { id } of this.#deltas?.toldAt(timelineId, seconds, frameSeconds) ?? []) {
      this.#session?.triggered({ id, timelineId, atFrame: now(), moved: [] });
    }
  }

  /** Plays a part of a timeline instead of the whole of it; undefined: the whole again. */
  async setSegment(timelineId: string, segment: TimelineSegment | undefined): Promise<void> {
    await this.#apply(this.#deltas?.setSegment(timelineId, segment) ?? []);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #reach(timelineId: string): Promise<void> {
    await this.#apply(this.#deltas?.reachFrom(timelineId, this.#engine.position(timelineId).seconds) ?? []);
  }

  async #apply(deltas: readonly EngineDelta[]): Promise<void> {
    if (deltas.length > 0) await this.#engine.apply(deltas).catch(this.#onRefused);
  }
}
