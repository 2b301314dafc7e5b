// What the metronome's button, key and palette entry do; the choice is kept for the next visit.
import type { AppState } from '../../protocol/state.ts';
import type { AtomeClient } from '../client.ts';
import { readPreference, writePreference } from '../preferences.ts';

type Metronome = AppState['transport']['metronome'];

export async function setMetronome(client: AtomeClient, change: Partial<Metronome>): Promise<void> {
  const reply = await client.run({ cmd: 'SET_METRONOME', ...change });
  if (reply.ok) writePreference('metronome', JSON.stringify({ ...client.state.transport.metronome, ...change }));
}

export const toggleMetronome = (client: AtomeClient): Promise<void> =>
  setMetronome(client, { enabled: !client.state.transport.metronome.enabled });

/** Sets the metronome as it was left on the last visit. */
export async function restoreMetronome(client: AtomeClient): Promise<void> {
  const kept = readKept();
  const { enabled, gain } = client.state.transport.metronome;
  if (kept && (kept.enabled !== enabled || kept.gain !== gain)) await client.run({ cmd: 'SET_METRONOME', ...kept });
}

/** undefined where nothing was kept, or nothing that can be used. */
function readKept(): Metronome | undefined {
  try {
    const { enabled, gain }: Partial<Record<string, unknown>> = JSON.parse(readPreference('metronome') ?? '{}');
    const usable = typeof enabled === 'boolean' && typeof gain === 'number' && gain >= 0 && gain <= 4;
    return usable ? { enabled, gain } : undefined;
  } catch {
    return undefined;
  }
}
