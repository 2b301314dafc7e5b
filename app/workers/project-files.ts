// Project files as the session worker takes part in them: their past is written here, and what comes in is checked here.
import { AtomeError } from '../protocol/errors.ts';
import type { CommandReply } from '../protocol/state.ts';
import type { Session } from '../session/session.ts';
import { openProjectFile } from '../storage/project-file.ts';
import { historyLines } from '../storage/project-history.ts';
import type { ObjectStore } from '../storage/types.ts';
import type { ByteSource } from '../storage/zip-reader.ts';
import type { ProjectParts, ProjectPlan, StoredPaths } from './session-api.ts';

/** Workers have it; the types of pages leave it out. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

/** Bytes gathered before the browser gets them to keep, in its memory or on the disk. */
const gatheredBytes = 1 << 20;

/** The project in front and its past. */
export async function projectParts(session: Session, store: ObjectStore): Promise<ProjectParts> {
  await session.idle();
  const objects = session.projectObjects();
  const ids = new Set(objects.map(({ id }) => id));
  return { objects, history: await blobOf(historyLines(store.transactions(), (id) => ids.has(id))) };
}

async function blobOf(lines: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<Blob> {
  const pieces: Blob[] = [];
  let gathered: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const line of lines) {
    gathered.push(line);
    bytes += line.byteLength;
    if (bytes < gatheredBytes) continue;
    pieces.push(new Blob(gathered));
    gathered = [];
    bytes = 0;
  }
  return new Blob([...pieces, ...gathered]);
}

/** Checks all of a file but its sounds. @throws AtomeError ERR_PROJECT_FILE, ERR_FILE_FORMAT, ERR_FILE_VANISHED */
export function planProject(file: File): ProjectPlan {
  const project = openProjectFile(sourceOf(file));
  let steps = 0;
  for (const _step of project.history()) steps++;
  const found = project.objects.find(({ kind }) => kind === 'ProjectAtome');
  const name = found?.kind === 'ProjectAtome' ? found.name : '';
  const needed = project.objects.flatMap((object) => (object.kind === 'AudioFileAtome' ? object.content_hash : []));
  const sounds = project.hashes.map((hash) => ({ hash, ...project.place(hash) }));
  const videos = [...project.videos].map(([hash, place]) => ({ hash, ...place }));
  return { name, objects: project.objects.length, steps, sounds, videos, needed };
}

export function importProject(session: Session, id: string, file: File, paths: StoredPaths): Promise<CommandReply> {
  const { objects, history } = openProjectFile(sourceOf(file));
  return session.importProject({ objects, history: history(), paths: new Map(Object.entries(paths)) }, id);
}

function sourceOf(file: File): ByteSource {
  const reader = new FileReaderSync();
  return {
    size: file.size,
    read(at, length) {
      try {
        return new Uint8Array(reader.readAsArrayBuffer(file.slice(at, at + length)));
      } catch {
        throw new AtomeError('ERR_FILE_VANISHED', file.name);
      }
    },
  };
}
