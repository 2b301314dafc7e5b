// How fast sounds run: the tempo that is found in each of them, and the one that the person says it has.
import { createSignal } from 'solid-js';
import type { SoundTempo } from '../../core/onset-format.ts';
import type { Seconds } from '../../core/units.ts';
import { reportOf } from '../../protocol/errors.ts';
import type { AudioFileAtome } from '../../protocol/kinds.ts';
import type { AtomeClient } from '../client.ts';

/** What is known of a sound by its hash; null: it has too few attacks to have a tempo. */
export type TempoSearch =
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly found: SoundTempo | null }
  | { readonly state: 'ended' };

type SoundFile = Pick<AudioFileAtome, 'content_hash' | 'duration'>;

const [searches, setSearches] = createSignal<ReadonlyMap<string, TempoSearch>>(new Map());
const [chosen, setChosen] = createSignal<ReadonlyMap<string, number>>(new Map());

/** Sounds up to this long are searched as soon as their tempo is looked at: that takes about a second. */
const searchedUnasked: Seconds = 600;

/** How sure a tempo is. A machine comes near 1, playing that sways by a hundredth to about 0.6, free playing below 0.2. */
export type Beat = 'clear' | 'unsteady' | 'none';

export function beatOf(found: SoundTempo | null): Beat {
  if (!found || found.confidence < 0.2) return 'none';
  return found.confidence < 0.6 ? 'unsteady' : 'clear';
}

/** Reactive. */
export const tempoSearch = (hash: string): TempoSearch | undefined => searches().get(hash);

/** The tempo of a sound: the person's word, else what was found, if it has a beat at all; reactive. */
export function tempoOf(hash: string): number | undefined {
  const search = searches().get(hash);
  const found = search?.state === 'done' ? search.found : null;
  return chosen().get(hash) ?? (beatOf(found) === 'none' ? undefined : found?.bpm);
}

/** Where a sound's first beat was found; undefined where it has no beat. */
export function firstBeatOf(hash: string): Seconds | undefined {
  const search = searches().get(hash);
  const found = search?.state === 'done' ? search.found : null;
  return beatOf(found) === 'none' ? undefined : found?.firstBeat;
}

/** Beats per minute, rounded to thousandths: finer differences are smaller than a frame per bar. */
export const chooseTempo = (hash: string, bpm: number): void => {
  setChosen((before) => new Map(before).set(hash, Math.round(bpm * 1000) / 1000));
};

const keep = (hash: string, search: TempoSearch): void => {
  setSearches((before) => new Map(before).set(hash, search));
};

/** Looks for the tempo unless that is known or under way; failures are told. */
export async function searchTempo(client: AtomeClient, hash: string): Promise<void> {
  const before = searches().get(hash);
  if (before && before.state !== 'ended') return;
  keep(hash, { state: 'running' });
  try {
    const { tempo } = await client.waveforms.onsets(hash);
    keep(hash, { state: 'done', found: tempo });
  } catch (thrown) {
    keep(hash, { state: 'ended' });
    const report = reportOf(thrown, 'ERR_WORKER');
    if (report.name !== 'ERR_ANALYSIS_CANCELLED') client.report(report);
  }
}

/** Looks for the tempo of what is short; what has failed or was given up is left until somebody asks. */
export function searchShort(client: AtomeClient, { content_hash, duration }: SoundFile): void {
  if (duration <= searchedUnasked && !searches().has(content_hash)) void searchTempo(client, content_hash);
}
