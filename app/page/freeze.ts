// Freezing: clips are rendered into the store, lane by lane, and the rendered sounds then play in their place.
import { createId } from '../core/id.ts';
import type { EditCommand } from '../protocol/commands.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { BlobTarget } from '../workers/blob-target.ts';
import type { FreezeSource } from '../workers/freeze-source.ts';
import type { Imports } from './imports.ts';
import type { RenderClient } from './render-client.ts';
import type { SessionClient } from './session-client.ts';

export interface FreezeRequest {
  readonly clipIds: readonly string[];
  /** Of the step in the history. */
  readonly label: string;
  /** What the rendered clip of a lane is called, by its first clip. */
  readonly nameOf: (name: string) => string;
  /** Hears fractions of 1. */
  readonly onProgress: (fraction: number) => void;
  readonly signal: AbortSignal;
}

interface FreezeOptions {
  readonly session: SessionClient;
  readonly renders: Pick<RenderClient, 'store'>;
  readonly fileObject: Imports['fileObject'];
  /** Deletes a stored sound that nothing refers to; refuses for any other. */
  takeBack(hash: string): Promise<void>;
}

type Stored = Awaited<ReturnType<BlobTarget['finish']>>;

/** @returns the ids of the clips that stand for the frozen ones. @throws AtomeError; then nothing of it is left */
export async function freezeClips(
  { session, renders, fileObject, takeBack }: FreezeOptions,
  { clipIds, label, nameOf, onProgress, signal }: FreezeRequest,
): Promise<string[]> {
  const sources = await session.ask('freezeSources', clipIds);
  const total = sources.reduce((sum, { from, to }) => sum + to - from, 0);
  const stored: Stored[] = [];
  try {
    let done = 0;
    for (const source of sources) {
      const length = source.to - source.from;
      const request = { ...source, channels: 2, followActions: false };
      const progress = (fraction: number): void => onProgress((done + fraction * length) / total);
      stored.push(await renders.store(request, progress, signal));
      done += length;
    }
    const commands = sources.flatMap((source, index) => {
      const sound = stored[index];
      return sound ? freezing(source, sound, nameOf(source.name), fileObject) : [];
    });
    const standIns = commands.flatMap((command) => (command.cmd === 'FREEZE_CLIPS' ? (command.id ?? []) : []));
    const reply = await session.dispatch({ cmd: 'BATCH', label, commands });
    if (!reply.ok) throw new AtomeError(reply.error);
    return standIns;
  } catch (thrown) {
    for (const { blob, existed } of stored) if (!existed) await takeBack(blob.hash).catch(() => undefined);
    throw thrown;
  }
}

function freezing(
  { clipIds, playPosition, solo }: FreezeSource,
  { blob }: Stored,
  name: string,
  fileObject: Imports['fileObject'],
): EditCommand[] {
  const file = fileObject({ blob, name });
  const id = createId();
  return [
    ...(file.command ? [file.command] : []),
    { cmd: 'FREEZE_CLIPS', id, clip_ids: [...clipIds], audio_file_id: file.id, play_position: playPosition, name },
    ...(solo ? [{ cmd: 'SET_CLIP', clip_id: id, solo } as const] : []),
  ];
}
