// The fallback engine, which lives on the main thread, as the session drives it.
import type { EngineBackend } from '../engine/audio-engine.ts';
import { FallbackClock } from '../engine/fallback-clock.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { RemoteBackend } from './session-api.ts';

/** @throws AtomeError ERR_ENGINE_START when the page gave none. */
export function createRemoteBackend(remote: RemoteBackend | undefined): EngineBackend {
  if (!remote) throw new AtomeError('ERR_ENGINE_START', 'no fallback');
  const clock = new FallbackClock(() => performance.now());
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
    async seek(timelineId, seconds) {
      await remote.seek(timelineId, seconds);
      clock.set(timelineId, seconds, clock.position(timelineId).playing);
    },
    position: (timelineId) => clock.position(timelineId),
    async panic() {
      for (const id of clock.ids()) clock.set(id, clock.position(id).seconds, false);
      await remote.panic();
    },
  };
}
