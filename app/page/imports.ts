// Files from outside become AudioFileAtome objects: stored by the media worker, made known to the session.
import { type Accessor, createSignal } from 'solid-js';
import { createId } from '../core/id.ts';
import type { ImportProgress, ImportResult, MediaService } from '../media/types.ts';
import type { Command, CommandOf } from '../protocol/commands.ts';
import { sampleFormats } from '../protocol/engine-layout.ts';
import { AtomeError, reportOf } from '../protocol/errors.ts';
import type { AppState, CommandReply } from '../protocol/state.ts';
import { text } from '../ui/text.ts';
import type { Notices } from './notices.ts';

export interface Imports {
  readonly list: Accessor<readonly ImportProgress[]>;
  /** @throws AtomeError when the file cannot be imported; nothing of it is stored then. */
  importFile(file: File): Promise<string>;
  /** Stores a sound that no object speaks of yet. @throws AtomeError */
  storeFile(file: File): Promise<ImportResult>;
  /** Imports all; failures become notices. @returns ids of the AudioFileAtome objects, in the order of the files. */
  importFiles(files: readonly File[]): Promise<string[]>;
  cancel(importId: string): void;
  /** The object of a stored file: the one the project has, or the command that makes one. */
  fileObject(stored: StoredFile): FileObject;
}

export type StoredFile = Pick<ImportResult, 'blob' | 'name'>;

export interface FileObject {
  readonly id: string;
  readonly command?: CommandOf<'ADD_FILE'>;
}

interface ImportsOptions {
  readonly media: MediaService;
  readonly state: AppState;
  readonly notices: Notices;
  dispatch(command: Command): Promise<CommandReply>;
  /** Deletes a stored sound that nothing refers to; refuses for any other. */
  takeBack(hash: string): Promise<void>;
}

const bitDepths: Readonly<Record<number, 8 | 16 | 24 | 32 | 64>> = {
  [sampleFormats.U8]: 8,
  [sampleFormats.I16]: 16,
  [sampleFormats.I24]: 24,
  [sampleFormats.I32]: 32,
  [sampleFormats.F32]: 32,
  [sampleFormats.F64]: 64,
};

const sources = { recordings: 'recording', imports: 'import', generated: 'generated' } as const;

export function createImports({ media, state, notices, dispatch, takeBack }: ImportsOptions): Imports {
  const [list, setList] = createSignal<readonly ImportProgress[]>([]);

  const show = (progress: ImportProgress): void => {
    setList((shown) => {
      const others = shown.filter(({ importId }) => importId !== progress.importId);
      const over = progress.stage === 'done' || progress.stage === 'failed' || progress.stage === 'cancelled';
      return over ? others : [...others, progress];
    });
  };

  async function storeFile(file: File): Promise<ImportResult> {
    const importId = createId();
    show({ importId, name: file.name, stage: 'reading', fraction: 0 });
    try {
      return await media.importFile(importId, file, show);
    } finally {
      show({ importId, name: file.name, stage: 'done', fraction: 1 });
    }
  }

  async function importFile(file: File): Promise<string> {
    const result = await storeFile(file);
    const id = await addFile(result).catch(async (thrown: unknown) => {
      // Another import may be about to refer to the same sound: then it stays, and is listed as garbage if not.
      if (!result.existed && list().length === 0) await takeBack(result.blob.hash).catch(() => undefined);
      throw thrown;
    });
    tellRepairs(file.name, result, notices);
    askToPersist();
    return id;
  }

  function fileObject({ blob, name }: StoredFile): FileObject {
    const known = Object.values(state.objects).find(
      (object) => object.kind === 'AudioFileAtome' && object.content_hash === blob.hash,
    );
    if (known) return { id: known.id };
    const file = {
      name,
      content_hash: blob.hash,
      sample_rate: blob.sampleRate,
      bit_depth: bitDepths[blob.format] ?? 32,
      channels: blob.channels,
      frames: blob.frames,
      duration: blob.frames / blob.sampleRate,
      container: 'wav',
      source: sources[blob.source],
    } as const;
    const id = createId();
    return { id, command: { cmd: 'ADD_FILE', id, file } };
  }

  async function addFile(stored: StoredFile): Promise<string> {
    const { id, command } = fileObject(stored);
    if (!command) return id;
    const reply = await dispatch(command);
    if (!reply.ok) throw new AtomeError(reply.error);
    // Another import may have brought the same content meanwhile: its object is the one.
    return reply.created?.[0] ?? id;
  }

  return {
    list,
    storeFile,
    importFile,
    fileObject,
    async importFiles(files) {
      const results = await Promise.allSettled(files.map(importFile));
      return results.flatMap((result, index) => {
        if (result.status === 'fulfilled') return [result.value];
        const report = reportOf(result.reason, 'ERR_FILE_NOT_AUDIO');
        if (report.name !== 'ERR_IMPORT_CANCELLED') {
          notices.report({ ...report, msg: `${files[index]?.name ?? ''}: ${report.msg}` });
        }
        return [];
      });
    },
    cancel: (importId) => void media.cancelImport(importId).catch(() => undefined),
  };
}

let asked = false;

/** From the first sound on, the browser should not clear what is stored when its disk gets full. */
function askToPersist(): void {
  if (asked) return;
  asked = true;
  void navigator.storage.persist();
}

function tellRepairs(name: string, result: ImportResult, notices: Notices): void {
  if (result.repaired) notices.notify({ kind: 'warning', text: text('import.repaired', { name }) });
  if (result.nonFinite > 0) {
    notices.notify({ kind: 'warning', text: text('import.nonFinite', { name, count: result.nonFinite }) });
  }
}
