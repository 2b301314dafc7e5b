// The fallback engine, which lives on the main thread, as the session drives it.
import * as comlink from 'comlink';
import type { EngineBackend, TriggerFired } from '../engine/audio-engine.ts';
import { FallbackClock } from '../engine/fallback-clock.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { RemoteBackend } from './session-api.ts';

/** @throws AtomeError ERR_ENGINE_START when the page gave none. */
export function createRemoteBackend(remote: RemoteBackend | undefined): EngineBackend {
  if (!remote) throw new AtomeError('ERR_ENGINE_START', 'no fallback');
  const clock = new FallbackClock(() => performance.now());
  const seek = async (timelineId: string, seconds: number): Promise<void> => {
    await remote.seek(timelineId, seconds);
    clock.set(timelineId, seconds, clock.position(timelineId).playing);
  };
  return {
    name: 'webaudio',
    async apply(deltas) {
      for (const delta of deltas) if (delta.type === 'loop') clock.setLoop(delta.timelineId, delta.range);
      await remote.apply(deltas);
    },
    async play(timelineId, seconds) {
      await remote.play(timelineId, seconds);
      clock.set(timelineId, seconds, true);
    },
    async stop(timelineId) {
      await remote.stop(timelineId);
      clock.set(timelineId, clock.position(timelineId).seconds, false);
    },
    seek,
    async scrub(timelineId, seconds) {
      await remote.scrub(timelineId, seconds);
      if (seconds !== null) clock.set(timelineId, seconds, false);
    },
    retime: (timelineId) => ({
      seconds: clock.position(timelineId).seconds,
      land: (seconds) => seek(timelineId, seconds),
    }),
    position: (timelineId) => clock.position(timelineId),
    onTrigger(listener) {
      let listening = true;
      const heard = async (fired: TriggerFired): Promise<void> => {
        const positions = await remote.positions();
        for (const [id, { seconds, playing }] of Object.entries(positions)) clock.set(id, seconds, playing);
        if (listening) listener(fired);
      };
      void remote.tellTriggers(comlink.proxy((fired) => void heard(fired)));
      return () => {
        listening = false;
      };
    },
    async panic() {
      for (const id of clock.ids()) clock.set(id, clock.position(id).seconds, false);
      await remote.panic();
    },
  };
}
