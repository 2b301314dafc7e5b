// Builds the demo session: its sounds are made in a worker and stored; then it appears whole, as one undo step.
import { createId } from '../core/id.ts';
import { demoArrangement } from '../demo/demo-arrangement.ts';
import { type DemoSoundName, demoSoundNames } from '../demo/demo-sounds.ts';
import type { Command, EditCommand } from '../protocol/commands.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { AppState, CommandReply } from '../protocol/state.ts';
import type { BlobStore } from '../storage/types.ts';
import type { DemoMessage } from '../workers/demo.ts';
import type { FileObject, StoredFile } from './imports.ts';

export interface DemoOptions {
  readonly state: AppState;
  readonly blobs: Pick<BlobStore, 'put'>;
  dispatch(command: Command): Promise<CommandReply>;
  fileObject(stored: StoredFile): FileObject;
}

/** @throws AtomeError ERR_DISK_FULL and others of the store; nothing is shown then. */
export async function createDemoSession({ state, blobs, dispatch, fileObject }: DemoOptions): Promise<void> {
  const timeline = state.activeTimelineId === null ? undefined : state.objects[state.activeTimelineId];
  if (timeline?.kind !== 'TimelineAtome') throw new AtomeError('ERR_NOT_FOUND', 'timeline');
  const fileIds = new Map<string, string>();
  const files: EditCommand[] = [];
  for await (const { name, wav } of sounds()) {
    const { id, command } = fileObject({ name, blob: await blobs.put(wav, 'generated') });
    fileIds.set(name, id);
    if (command) files.push(command);
  }
  const ids = Object.fromEntries(
    demoSoundNames.map((name) => {
      const id = fileIds.get(name);
      if (id === undefined) throw new AtomeError('ERR_WORKER', `demo sound ${name}`);
      return [name, id];
    }),
  ) as Record<DemoSoundName, string>;
  const arrangement = demoArrangement(timeline, ids, createId);
  const reply = await dispatch({ ...arrangement, commands: [...files, ...arrangement.commands] });
  if (!reply.ok) throw new AtomeError(reply.error);
}

/** One sound after the other, each made when the one before is stored. */
async function* sounds(): AsyncGenerator<Extract<DemoMessage, { type: 'sound' }>> {
  const thread = new Worker(new URL('../workers/demo.ts', import.meta.url), { type: 'module', name: 'demo' });
  try {
    for (;;) {
      const message = await new Promise<DemoMessage>((resolve, reject) => {
        thread.onmessage = ({ data }: MessageEvent<DemoMessage>) => resolve(data);
        thread.onerror = ({ message }) => reject(new AtomeError('ERR_WORKER', message));
        thread.postMessage('next');
      });
      if (message.type === 'end') return;
      yield message;
    }
  } finally {
    thread.terminate();
  }
}
