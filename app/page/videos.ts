// Videos from outside become MediaFileAtome objects: stored by the media worker, made known to the session.
import { type Accessor, createSignal } from 'solid-js';
import { createId } from '../core/id.ts';
import type { ImportProgress, VideoDescription, VideoImport, VideoService } from '../media/types.ts';
import type { Command } from '../protocol/commands.ts';
import { AtomeError, reportOf } from '../protocol/errors.ts';
import type { CommandReply } from '../protocol/state.ts';
import { garbage } from '../storage/garbage.ts';
import { openVideoStore, type StoredVideo, type VideoStore } from '../storage/video-store.ts';
import type { Notices } from './notices.ts';

export interface Videos extends Pick<VideoStore, 'get' | 'has'> {
  readonly list: Accessor<readonly ImportProgress[]>;
  /** What a file shows; undefined for what is no video. */
  describe(file: File): Promise<VideoDescription | undefined>;
  /** Makes it part of the project. @returns the id of its MediaFileAtome; failures become notices. */
  importVideo(file: File, described: VideoDescription): Promise<string | undefined>;
  /** Likewise. @throws AtomeError ERR_MEDIA_FORMAT, ERR_DISK_FULL; nothing of it is stored then. */
  addVideo(file: File, described: VideoDescription): Promise<string>;
  /** Stores a video that no object speaks of yet. @throws AtomeError */
  storeFile(file: File, mime: string): Promise<VideoImport>;
  /** Deletes a stored video. @throws AtomeError ERR_REFUSED while a file uses it or undo can bring such a file back. */
  takeBack(hash: string): Promise<void>;
  /** The videos that `takeBack` would take, largest first. */
  garbage(): Promise<StoredVideo[]>;
}

interface VideosOptions {
  readonly userId: string;
  readonly media: VideoService;
  readonly notices: Notices;
  dispatch(command: Command): Promise<CommandReply>;
  isReferenced(hash: string): Promise<boolean>;
}

const endings = /\.(mp4|m4v|mov|webm|mkv)$/i;
/** By its name or type; what is said here is looked at more closely, what is not is no video. */
const mayBeVideo = ({ name, type }: File): boolean => type.startsWith('video/') || endings.test(name);

export function createVideos({ userId, media, notices, dispatch, isReferenced }: VideosOptions): Videos {
  const [list, setList] = createSignal<readonly ImportProgress[]>([]);
  let opened: Promise<VideoStore> | undefined;
  /** Most sessions have no video. */
  const store = (): Promise<VideoStore> => {
    opened ??= openVideoStore(userId);
    return opened;
  };

  async function storeFile(file: File, mime: string): Promise<VideoImport> {
    const importId = createId();
    const without = (shown: readonly ImportProgress[]) => shown.filter((other) => other.importId !== importId);
    const show = (progress: ImportProgress): void => {
      setList((shown) => [...without(shown), progress]);
    };
    show({ importId, name: file.name, stage: 'storing', fraction: 0 });
    try {
      return await media.storeVideo(importId, file, mime, show);
    } finally {
      setList(without);
    }
  }

  async function takeBack(hash: string): Promise<void> {
    if (await isReferenced(hash)) throw new AtomeError('ERR_REFUSED', 'a file of the project uses this video');
    await (await store()).delete(hash);
  }

  async function addVideo(file: File, { mime, duration, width, height }: VideoDescription): Promise<string> {
    if (!(await canShow(file, mime))) throw new AtomeError('ERR_MEDIA_FORMAT');
    const { hash, bytes, existed } = await storeFile(file, mime);
    const name = file.name.replace(/\.[^.]*$/, '').slice(0, 200);
    const described = { name, content_hash: hash, mime, bytes, duration, width, height };
    const reply = await dispatch({ cmd: 'ADD_MEDIA_FILE', file: described });
    if (reply.ok) return reply.created?.[0] ?? '';
    if (!existed) await takeBack(hash).catch(() => undefined);
    throw new AtomeError(reply.error);
  }

  return {
    list,
    describe: async (file) => (mayBeVideo(file) ? media.describeVideo(file) : undefined),
    addVideo,
    async importVideo(file, described) {
      try {
        return await addVideo(file, described);
      } catch (thrown) {
        const report = reportOf(thrown, 'ERR_STORAGE_WRITE');
        if (report.name !== 'ERR_IMPORT_CANCELLED') notices.report({ ...report, msg: `${file.name}: ${report.msg}` });
        return undefined;
      }
    },
    storeFile,
    takeBack,
    garbage: async () => garbage(await store(), isReferenced),
    get: async (hash) => (await store()).get(hash),
    has: async (hash) => (await store()).has(hash),
  };
}

/** Whether the browser gets as far as a picture. */
async function canShow(file: Blob, mime: string): Promise<boolean> {
  const video = document.createElement('video');
  const address = URL.createObjectURL(file.slice(0, file.size, mime));
  video.muted = true;
  video.preload = 'auto';
  try {
    return await new Promise((resolve) => {
      video.addEventListener('loadeddata', () => resolve(video.videoWidth > 0), { once: true });
      video.addEventListener('error', () => resolve(false), { once: true });
      video.src = address;
    });
  } finally {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(address);
  }
}
