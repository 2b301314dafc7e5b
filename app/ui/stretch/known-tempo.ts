// What is known of the tempo of a file of the session; reactive.
import type { AppState } from '../../protocol/state.ts';
import { objectOf } from '../session-view.ts';
import { firstBeatOf, tempoOf } from './file-tempo.ts';
import type { KnownTempo } from './fit-commands.ts';

export function knownTempo(state: AppState, fileId: string): KnownTempo | undefined {
  const file = objectOf(state, 'AudioFileAtome', fileId);
  return file && { bpm: tempoOf(file), firstBeat: firstBeatOf(file.content_hash) };
}
