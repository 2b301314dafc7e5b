// Where blobs live. Paths are built here and nowhere else, from validated ids and hashes alone.
import { isContentHash, isId } from '../core/id.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { BlobSource } from './types.ts';

export const blobSources = ['recordings', 'imports', 'generated'] as const satisfies readonly BlobSource[];

function checkedUser(userId: string): string {
  if (!isId(userId)) throw new AtomeError('ERR_BAD_COMMAND', 'a user id must be a UUID');
  return userId;
}

function checkedHash(hash: string): string {
  if (!isContentHash(hash)) throw new AtomeError('ERR_BAD_COMMAND', 'a blob is named by its SHA-256 in lower-case hex');
  return hash;
}

function checkedSource(source: BlobSource): BlobSource {
  if (!blobSources.includes(source)) throw new AtomeError('ERR_BAD_COMMAND', 'no such source of blobs');
  return source;
}

export const audioDirectory = (userId: string, source: BlobSource): readonly string[] => [
  'data',
  'users',
  checkedUser(userId),
  'media',
  'audio',
  checkedSource(source),
];

const derivedDirectory = (userId: string, name: string): readonly string[] => [
  'data',
  'users',
  checkedUser(userId),
  'media',
  name,
];

export const peakDirectory = (userId: string): readonly string[] => derivedDirectory(userId, 'peaks');

export const onsetDirectory = (userId: string): readonly string[] => derivedDirectory(userId, 'onsets');

export const videoDirectory = (userId: string): readonly string[] => derivedDirectory(userId, 'video');

export const temporaryDirectory = (userId: string): readonly string[] => ['data', 'users', checkedUser(userId), 'tmp'];

export const audioName = (hash: string): string => `${checkedHash(hash)}.wav`;

export const peakName = (hash: string): string => `${checkedHash(hash)}.peaks`;

export const onsetName = (hash: string): string => `${checkedHash(hash)}.onsets`;

/** What videos may be, and how their files end. */
const videoEndings = {
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'video/x-matroska': 'mkv',
} as const;

/** The MIME type of files that end so. */
export const videoMimeOf = (ending: string): string | undefined =>
  Object.entries(videoEndings).find(([, known]) => known === ending)?.[0];

export const videoEndingOf = (mime: string): string | undefined =>
  Object.hasOwn(videoEndings, mime) ? videoEndings[mime as keyof typeof videoEndings] : undefined;

export function videoName(hash: string, ending: string): string {
  if (!Object.values<string>(videoEndings).includes(ending)) {
    throw new AtomeError('ERR_BAD_COMMAND', 'no such kind of video');
  }
  return `${checkedHash(hash)}.${ending}`;
}

/** The names that a video of that hash may have. */
export const videoNames = (hash: string): string[] =>
  Object.values(videoEndings).map((ending) => videoName(hash, ending));

/** The hash a file in the directory of videos is named by; undefined for anything that is none. */
export function hashOfVideoName(name: string): string | undefined {
  const hash = name.slice(0, 64);
  return isContentHash(hash) && videoNames(hash).includes(name) ? hash : undefined;
}

/** The hash a file in an audio directory is named by; undefined for anything that is no blob. */
export function hashOfName(name: string): string | undefined {
  const hash = name.endsWith('.wav') ? name.slice(0, -4) : '';
  return isContentHash(hash) ? hash : undefined;
}

export const localPath = (userId: string, source: BlobSource, hash: string): string =>
  [...audioDirectory(userId, source), audioName(hash)].join('/');

export const blobLock = (userId: string, hash: string): string =>
  `atome:blob:${checkedUser(userId)}:${checkedHash(hash)}`;

export const videoLock = (userId: string, hash: string): string =>
  `atome:video:${checkedUser(userId)}:${checkedHash(hash)}`;
