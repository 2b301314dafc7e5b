// Projects from files: their sounds and videos are stored one by one, then the session takes over their objects and their past.
import { createId } from '../core/id.ts';
import { AtomeError, reportOf } from '../protocol/errors.ts';
import { videoMimeOf } from '../storage/blob-paths.ts';
import type { BlobStore } from '../storage/types.ts';
import type { ProjectPlan } from '../workers/session-api.ts';
import type { Imports } from './imports.ts';
import type { SessionClient } from './session-client.ts';
import type { Videos } from './videos.ts';

/** The second is what mail and file systems make of the first, since it is a zip. */
const projectSuffixes = ['.atome', '.zip'];

export const isProjectFile = (file: File): boolean =>
  projectSuffixes.some((suffix) => file.name.toLowerCase().endsWith(suffix));

interface ProjectsOptions {
  readonly session: SessionClient;
  readonly imports: Pick<Imports, 'storeFile'>;
  readonly blobs: Pick<BlobStore, 'has' | 'info'>;
  readonly videos: Pick<Videos, 'storeFile' | 'has' | 'takeBack'>;
  /** Deletes a stored sound that nothing refers to; refuses for any other. */
  takeBack(hash: string): Promise<void>;
}

export interface Projects {
  /**
   * Opens a project beside those that are there; undo takes it away again. @returns its id
   * @throws AtomeError ERR_PROJECT_FILE that names what is wrong, ERR_DISK_FULL…; nothing has changed then
   */
  open(file: File): Promise<string>;
}

export function createProjects({ session, imports, blobs, videos, takeBack }: ProjectsOptions): Projects {
  async function storeSounds(file: File, { name, sounds }: ProjectPlan, stored: string[]): Promise<void> {
    for (const { hash, offset, size } of sounds) {
      if (await blobs.has(hash)) continue;
      const sound = new File([file.slice(offset, offset + size)], `${name}.wav`);
      const { blob, existed } = await imports.storeFile(sound);
      if (!existed) stored.push(blob.hash);
      if (blob.hash !== hash) throw new AtomeError('ERR_PROJECT_FILE', `the sound ${hash} is not what it says`);
    }
  }

  async function storeVideos(file: File, plan: ProjectPlan, stored: string[]): Promise<void> {
    for (const { hash, ending, offset, size } of plan.videos) {
      if (await videos.has(hash)) continue;
      const video = new File([file.slice(offset, offset + size)], `${plan.name}.${ending}`);
      const { hash: found, existed } = await videos.storeFile(video, videoMimeOf(ending) ?? '');
      if (!existed) stored.push(found);
      if (found !== hash) throw new AtomeError('ERR_PROJECT_FILE', `the video ${hash} is not what it says`);
    }
  }

  async function pathsOf({ needed, videos }: ProjectPlan): Promise<Record<string, string>> {
    const paths: Record<string, string> = {};
    for (const hash of needed) {
      const info = await blobs.info(hash);
      if (info) paths[hash] = info.localPath;
    }
    for (const { hash, ending } of videos) paths[hash] = `${hash}.${ending}`;
    return paths;
  }

  return {
    async open(file) {
      const stored: string[] = [];
      const storedVideos: string[] = [];
      try {
        const plan = await session.ask('planProject', file);
        await storeSounds(file, plan, stored);
        await storeVideos(file, plan, storedVideos);
        const reply = await session.ask('importProject', createId(), file, await pathsOf(plan));
        if (!reply.ok) throw new AtomeError(reply.error);
        return reply.created?.[0] ?? '';
      } catch (thrown) {
        for (const hash of stored) await takeBack(hash).catch(() => undefined);
        for (const hash of storedVideos) await videos.takeBack(hash).catch(() => undefined);
        throw new AtomeError(reportOf(thrown, 'ERR_PROJECT_FILE'));
      }
    },
  };
}
