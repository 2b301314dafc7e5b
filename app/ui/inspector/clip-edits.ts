// What the inspector does to the selected clips: one command for one clip, one step of the history for several.
import type { EditCommand } from '../../protocol/commands.ts';
import type { AudioClipAtome } from '../../protocol/kinds.ts';
import type { AtomeClient } from '../client.ts';
import { stepName } from '../text.ts';

/** Runs the commands made for each clip as one step. */
export async function editClips(
  client: AtomeClient,
  clips: readonly AudioClipAtome[],
  commandOf: (clip: AudioClipAtome) => EditCommand,
): Promise<void> {
  const commands = clips.map(commandOf);
  const [only] = commands;
  if (!only) return;
  await client.run(commands.length === 1 ? only : { cmd: 'BATCH', label: stepName('inspector.editStep'), commands });
}

/** The value all clips share, and whether they differ. */
export interface Shared<Value> {
  readonly value: Value;
  readonly mixed: boolean;
}

/** The first clip's value and whether any other has another one; undefined without clips. */
export function shared<Value>(
  clips: readonly AudioClipAtome[],
  read: (clip: AudioClipAtome) => Value,
): Shared<Value> | undefined {
  const [first] = clips;
  if (!first) return undefined;
  const value = read(first);
  return { value, mixed: clips.some((clip) => read(clip) !== value) };
}
