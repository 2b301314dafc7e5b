// The fallback engine, which lives on the main thread, as the session drives it.
import * as comlink from 'comlink';
import type { EngineBackend, TriggerFired } from '../engine/audio-engine.ts';
import { FallbackClock } from '../engine/fallback-clock.ts';
import { AtomeError } from '../protocol/errors.ts';
import { Landings } from './landings.ts';
import type { RemoteBackend } from './session-api.ts';

/** Seconds from a new tempo until it is heard: the page's own delay and the way there. */
const untilHeard = 0.11;

/** @throws AtomeError ERR_ENGINE_START when the page gave none. */
export function createRemoteBackend(remote: RemoteBackend | undefined): EngineBackend {
  if (!remote) throw new AtomeError('ERR_ENGINE_START', 'no fallback');
  const clock = new FallbackClock(() => performance.now());
  const landings = new Landings(remote);
  const seek = async (timelineId: string, seconds: number): Promise<void> => {
    await landings.settled();
    await remote.seek(timelineId, seconds);
    clock.set(timelineId, seconds, clock.position(timelineId).playing);
  };
  return {
    name: 'webaudio',
    async apply(deltas) {
      for (const delta of deltas) if (delta.type === 'loop') clock.setLoop(delta.timelineId, delta.range);
      if (!landings.takes(deltas)) await remote.apply(deltas);
    },
    async play(timelineId, seconds) {
      await landings.settled();
      await remote.play(timelineId, seconds);
      clock.set(timelineId, seconds, true);
    },
    async stop(timelineId) {
      await remote.stop(timelineId);
      clock.set(timelineId, clock.position(timelineId).seconds, false);
    },
    seek,
    async scrub(timelineId, seconds) {
      await landings.settled();
      await remote.scrub(timelineId, seconds);
      if (seconds !== null) clock.set(timelineId, seconds, false);
    },
    retime(timelineId) {
      const { seconds: from, playing } = clock.position(timelineId, untilHeard);
      if (!playing) return { seconds: from, land: (to) => seek(timelineId, to) };
      landings.begin();
      return {
        seconds: from,
        async land(to) {
          clock.set(timelineId, to, true, untilHeard);
          await landings.land(timelineId, { from, to });
        },
      };
    },
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
