// Exports: the mix as WAV and the whole project as one file, streamed to disk and handed to the downloads.
import type { AtomeObject } from '../protocol/kinds.ts';
import { videoEndingOf } from '../storage/blob-paths.ts';
import { exportPlace } from '../storage/export-files.ts';
import type { BlobStore } from '../storage/types.ts';
import type { VideoStore } from '../storage/video-store.ts';
import type { ExportFormat, ExportProgress } from '../ui/client.ts';
import { download } from './download.ts';
import type { RenderClient } from './render-client.ts';
import type { SessionClient } from './session-client.ts';

export interface MixExport {
  readonly timelineId: string;
  readonly format: ExportFormat;
  readonly sampleRate: number;
  readonly onProgress: (progress: ExportProgress) => void;
  readonly signal: AbortSignal;
  readonly range?: { readonly from: number; readonly to: number };
}

export interface Exports {
  /** @throws AtomeError ERR_EXPORT_CANCELLED, ERR_DISK_FULL, ERR_RENDER. */
  mix(options: MixExport): Promise<void>;
  /** The project in front as one file, which lives until this tab asks for the next one. */
  projectFile(): Promise<File>;
  /** Downloads it. */
  project(): Promise<void>;
}

interface ExportsOptions {
  /** The name of the lock that this tab holds as long as it exists. */
  readonly tab: string;
  readonly session: SessionClient;
  readonly renders: RenderClient;
  readonly blobs: Pick<BlobStore, 'get'>;
  readonly videos: Pick<VideoStore, 'get'>;
}

export function createExports({ tab, session, renders, blobs, videos }: ExportsOptions): Exports {
  async function projectFile(): Promise<File> {
    const { writeProjectFile } = await import('../storage/project-file.ts');
    const { objects, history } = await session.ask('projectParts');
    const content = { objects, history, blobs: soundsOf(objects, blobs), videos: videosOf(objects, videos) };
    const file = await streamToDisk(writeProjectFile(content), tab);
    return new File([file], `${projectName(session)}.atome`);
  }

  return {
    async mix({ timelineId, format, sampleRate, onProgress, signal, range }) {
      const name = `${projectName(session)}.wav`;
      const request = { format, sampleRate, ...(range ? { range } : {}) };
      const file = await renders.exportWav(timelineId, request, onProgress, signal);
      download(file, name);
    },

    projectFile,
    async project() {
      const file = await projectFile();
      download(file, file.name);
    },
  };
}

async function* soundsOf(objects: readonly AtomeObject[], blobs: ExportsOptions['blobs']) {
  const hashes = new Set(objects.flatMap((object) => (object.kind === 'AudioFileAtome' ? object.content_hash : [])));
  for (const hash of hashes) yield { hash, content: await blobs.get(hash) };
}

async function* videosOf(objects: readonly AtomeObject[], videos: ExportsOptions['videos']) {
  const endings = new Map<string, string>();
  for (const object of objects) {
    const ending = object.kind === 'MediaFileAtome' ? videoEndingOf(object.mime) : undefined;
    if (object.kind === 'MediaFileAtome' && ending !== undefined) endings.set(object.content_hash, ending);
  }
  for (const [hash, ending] of endings) yield { hash, ending, content: await videos.get(hash) };
}

function projectName({ state }: SessionClient): string {
  const project = state.activeProjectId === null ? undefined : state.objects[state.activeProjectId];
  const name = project?.kind === 'ProjectAtome' ? project.name : '';
  return name.replaceAll(/[\\/:*?"<>|]/g, ' ').trim() || 'Atome Flow';
}

/** A file that the tab's next project export writes over; the browser copies it to the downloads. */
async function streamToDisk(stream: ReadableStream<Uint8Array>, tab: string): Promise<File> {
  const { directory, name } = await exportPlace(tab, 'atome');
  const handle = await directory.getFileHandle(name, { create: true });
  await stream.pipeTo(await handle.createWritable());
  return handle.getFile();
}
