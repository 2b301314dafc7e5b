// Which commands ask for sound: before them the audio context has to run.
import { normaliseCommand } from './commands.ts';

const names: readonly unknown[] = [
  'TIMELINE_PLAY',
  'PLAY_ASSET_AS_TIMELINE',
  'PLAY_MARKER_SEGMENT',
  'TRIGGER_ACTION_CLIP',
];

/** Of anything a script may send; what cannot even be read is the session's to refuse. */
export function isToBeHeard(input: unknown): boolean {
  try {
    const { cmd } = normaliseCommand(input) as { readonly cmd: unknown };
    return names.includes(cmd);
  } catch {
    return false;
  }
}
