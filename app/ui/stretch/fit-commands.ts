// Which commands fit clips to the tempo they lie in: one for all clips of a file, whose tempo they share.
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

/** Files whose tempo is not known are left out. */
export function fitCommands(
  clips: readonly AudioClipAtome[],
  tempoOfFile: (fileId: string) => KnownTempo | undefined,
  { onGrid, ripple }: FitOptions,
): CommandOf<'FIT_CLIP_TO_TEMPO'>[] {
  const files = new Set(clips.map((clip) => clip.audio_file_id));
  return [...files].flatMap((fileId) => {
    const { bpm, firstBeat } = tempoOfFile(fileId) ?? {};
    if (bpm === undefined) return [];
    return {
      cmd: 'FIT_CLIP_TO_TEMPO',
      clip_ids: clips.flatMap((clip) => (clip.audio_file_id === fileId ? clip.id : [])),
      bpm,
      ...(onGrid && firstBeat !== undefined ? { first_beat: firstBeat } : {}),
      ...(ripple ? { ripple } : {}),
    } as const;
  });
}
