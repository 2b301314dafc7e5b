// What moves all the time, as it is sent to other tabs.
import type { FeatureSource } from '../engine/sound-output.ts';
import type { Features } from '../protocol/messages.ts';
import type { AppState } from '../protocol/state.ts';

/** Meters, and the positions of the timelines that play as they are heard now. */
export function featuresOf(source: FeatureSource, { timelines }: AppState): Features {
  const { peak, rms } = source.master();
  const playing = Object.entries(timelines).filter(([, { playing: plays }]) => plays);
  return {
    meters: Float32Array.of(...peak, ...rms),
    positions: playing.map(([id]) => [id, source.position(id).seconds]),
  };
}
