// Which commands fit clips to the tempo they lie in: one for all clips of a file, whose tempo they share.
import { createSignal } from 'solid-js';
import type { CommandOf } from '../../protocol/commands.ts';
import type { AudioClipAtome } from '../../protocol/kinds.ts';

/** Of a file: beats per minute, and where its first beat is, in its seconds. */
export interface KnownTempo {
  readonly bpm: number | undefined;
  readonly firstBeat: number | undefined;
}

export interface FitOptions {
  /** Moves clips by less than a beat, so that their beats lie on the grid. */
  readonly onGrid: boolean;
  readonly ripple: boolean;
}

/** The person's choice for whatever is fitted. */
export const [onGrid, setOnGrid] = createSignal(true);

/** Files whose tempo is not known are left out. */
export function fitCommands(
  clips: readonly AudioClipAtome[],
  tempoOfFile: (fileId: string) => KnownTempo | undefined,
  options: FitOptions,
): CommandOf<'FIT_CLIP_TO_TEMPO'>[] {
  const clipsOf = new Map<string, string[]>();
  for (const { id, audio_file_id } of clips) {
    const others = clipsOf.get(audio_file_id);
    if (others) others.push(id);
    else clipsOf.set(audio_file_id, [id]);
  }
  return [...clipsOf].flatMap(([fileId, clip_ids]) => {
    const { bpm, firstBeat } = tempoOfFile(fileId) ?? {};
    if (bpm === undefined) return [];
    return {
      cmd: 'FIT_CLIP_TO_TEMPO',
      clip_ids,
      bpm,
      ...(options.onGrid && firstBeat !== undefined ? { first_beat: firstBeat } : {}),
      ...(options.ripple ? { ripple: true } : {}),
    } as const;
  });
}
