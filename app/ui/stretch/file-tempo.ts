// How fast sounds run: the tempo that is found in each of them, and the one that the person says it has.
import { createSignal } from 'solid-js';
import type { SoundTempo } from '../../core/onset-format.ts';
import { clamp, type Seconds } from '../../core/units.ts';
import type { AudioFileAtome } from '../../protocol/kinds.ts';
import type { WaveformSource } from '../client.ts';
import { tempoScale } from '../controls/scales.ts';

/** What is known of a sound; `found` is null where it has too few attacks to have a tempo. */
export type TempoSearch =
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly found: SoundTempo | null }
  | { readonly state: 'ended' };

/** By the hash of the sound. */
const [searches, setSearches] = createSignal<ReadonlyMap<string, TempoSearch>>(new Map());
const running = new Map<string, Promise<SoundTempo | null>>();

/** How sure a tempo is. A machine comes near 1, playing that sways by a hundredth to about 0.6, free playing below 0.2. */
export type Beat = 'clear' | 'unsteady' | 'none';

export function beatOf(found: SoundTempo | null): Beat {
  if (!found || found.confidence < 0.2) return 'none';
  return found.confidence < 0.6 ? 'unsteady' : 'clear';
}

/** Reactive, as all that follows. */
export const tempoSearch = (hash: string): TempoSearch | undefined => searches().get(hash);

/** Found, with a beat that can be relied on. */
function foundBeat(hash: string): SoundTempo | undefined {
  const search = searches().get(hash);
  const found = search?.state === 'done' ? search.found : null;
  return found && beatOf(found) !== 'none' ? found : undefined;
}

type SoundFile = Pick<AudioFileAtome, 'content_hash' | 'bpm'>;

/** The tempo of a file: the person's word, else what was found. */
export const tempoOf = ({ content_hash, bpm }: SoundFile): number | undefined => bpm ?? foundBeat(content_hash)?.bpm;

/** Where the sound's first beat was found. */
export const firstBeatOf = (hash: string): Seconds | undefined => foundBeat(hash)?.firstBeat;

/** A tempo in thousandths, as far as there can be one: finer differences are smaller than a millisecond in a minute. */
export const roundedTempo = (bpm: number): number =>
  Math.round(clamp(bpm, tempoScale.minimum, tempoScale.maximum) * 1000) / 1000;

const keep = (hash: string, search: TempoSearch): void => {
  setSearches((before) => new Map(before).set(hash, search));
};

/** Looks for the tempo unless that is known; asked twice at once it is one search. @throws AtomeError as `onsets` */
export function findTempo(source: WaveformSource, hash: string): Promise<SoundTempo | null> {
  const known = searches().get(hash);
  if (known?.state === 'done') return Promise.resolve(known.found);
  const asked = running.get(hash) ?? search(source, hash).finally(() => running.delete(hash));
  running.set(hash, asked);
  return asked;
}

/** Sounds up to so many seconds are searched as soon as their tempo is looked at: that takes about a second. */
const searchedUnasked: Seconds = 600;

/** Looks for the tempo of a short sound; one that could not be searched is left until somebody asks for it. */
export function findShort(source: WaveformSource, hash: string, duration: Seconds): void {
  if (duration <= searchedUnasked && !searches().has(hash)) findTempo(source, hash).catch(() => undefined);
}

async function search(source: WaveformSource, hash: string): Promise<SoundTempo | null> {
  keep(hash, { state: 'running' });
  try {
    const { tempo } = await source.onsets(hash);
    keep(hash, { state: 'done', found: tempo });
    return tempo;
  } catch (thrown) {
    keep(hash, { state: 'ended' });
    throw thrown;
  }
}
