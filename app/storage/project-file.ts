// The project file: one zip of project.json, history.jsonl, blobs/<hash>.wav and media/<hash>.<ending> (videos), all stored
// as they are, so that samples can be read from where they stand without unpacking.
import { makeZip } from 'client-zip';
import * as v from 'valibot';
import { crc32 } from '../core/crc32.ts';
import { isContentHash } from '../core/id.ts';
import { AtomeError } from '../protocol/errors.ts';
import { type AtomeObject, fields, isKind, kindSchemas } from '../protocol/kinds.ts';
import { hashOfVideoName, videoName } from './blob-paths.ts';
import { type PastTransaction, readHistory } from './project-history.ts';
import { type ByteSource, damaged, readZipEntries, type ZipEntry } from './zip-reader.ts';

const projectFormat = 'atome-project';
/** 2 has the history; 1 is read as well. */
const projectVersion = 2;

const manifestName = 'project.json';
const historyName = 'history.jsonl';
const blobName = (hash: string): string => `blobs/${hash}.wav`;
const mediaFolder = 'media/';
const maximumManifest = 256 << 20;

export interface ProjectContent {
  /** The living objects. */
  readonly objects: Iterable<AtomeObject>;
  /** Their past as `historyLines` has it. */
  readonly history: Blob;
  /** Every blob the objects refer to, once each. */
  readonly blobs: Iterable<ProjectBlob> | AsyncIterable<ProjectBlob>;
  /** Every video likewise. */
  readonly videos?: Iterable<ProjectVideo> | AsyncIterable<ProjectVideo>;
}

export interface ProjectBlob {
  readonly hash: string;
  readonly content: Blob;
}

export interface ProjectVideo extends ProjectBlob {
  /** How its file ends: `mp4`. */
  readonly ending: string;
}

/** Streams a project as one zip; each blob is opened when its turn comes, and nothing is held in memory. */
export function writeProjectFile(content: ProjectContent): ReadableStream<Uint8Array> {
  return makeZip(projectEntries(content));
}

async function* projectEntries({ objects, history, blobs, videos = [] }: ProjectContent) {
  const lastModified = new Date();
  const manifest = { format: projectFormat, version: projectVersion, objects: [...objects] };
  yield { name: manifestName, input: JSON.stringify(manifest), lastModified };
  yield { name: historyName, input: history.stream(), size: history.size, lastModified };
  for await (const { hash, content } of blobs) {
    if (!isContentHash(hash)) throw new AtomeError('ERR_EXPORT', 'a blob is named by its SHA-256');
    yield { name: blobName(hash), input: content.stream(), size: content.size, lastModified };
  }
  for await (const { hash, ending, content } of videos) {
    yield { name: mediaFolder + videoName(hash, ending), input: content.stream(), size: content.size, lastModified };
  }
}

/** Random reads of one blob inside a project file. */
export interface ProjectBlobReader {
  readonly size: number;
  /** Reads into `into` from the blob's byte `at`; returns how many bytes there were. */
  read(into: Uint8Array, at: number): number;
}

export interface ProjectFile {
  readonly objects: readonly AtomeObject[];
  /** Reads the past, checking it on the way; empty where the file has none. @throws AtomeError ERR_PROJECT_FILE */
  history(): Iterable<PastTransaction>;
  readonly hashes: readonly string[];
  /** Where each video stands in the file, by its hash. */
  readonly videos: ReadonlyMap<string, ZipEntry & { readonly ending: string }>;
  /** @throws AtomeError ERR_NOT_FOUND */
  blob(hash: string): ProjectBlobReader;
  /** Where a blob stands in the file. @throws AtomeError ERR_NOT_FOUND */
  place(hash: string): ZipEntry;
}

/**
 * Opens a project file; every object is checked by the schema of its kind.
 * @throws AtomeError ERR_PROJECT_FILE, or ERR_FILE_FORMAT for one of a newer program
 */
export function openProjectFile(source: ByteSource): ProjectFile {
  const entries = readZipEntries(source);
  const blobs = new Map<string, ZipEntry>();
  const videos = new Map<string, ZipEntry & { readonly ending: string }>();
  for (const [name, entry] of entries) {
    if (name === manifestName || name === historyName) continue;
    const file = name.startsWith(mediaFolder) ? name.slice(mediaFolder.length) : '';
    const video = hashOfVideoName(file);
    if (video === undefined) blobs.set(hashOfEntry(name), entry);
    else videos.set(video, { ...entry, ending: file.slice(file.indexOf('.') + 1) });
  }
  const objects = readManifest(source, entries.get(manifestName));
  const kinds = new Map<string, string>(objects.map(({ id, kind }) => [id, kind]));
  const past = entries.get(historyName);
  const place = (hash: string): ZipEntry => {
    const entry = blobs.get(hash);
    if (!entry) throw new AtomeError('ERR_NOT_FOUND', `the project file has no blob ${hash}`);
    return entry;
  };
  return {
    objects,
    history: () => (past ? readHistory(source, past, (id) => kinds.get(id)) : []),
    hashes: [...blobs.keys()],
    videos,
    blob: (hash) => blobReader(source, place(hash)),
    place,
  };
}

function hashOfEntry(name: string): string {
  const hash = name.slice('blobs/'.length, -'.wav'.length);
  if (!isContentHash(hash) || name !== blobName(hash)) throw damaged(`a project file holds no ${JSON.stringify(name)}`);
  return hash;
}

function blobReader(source: ByteSource, { offset, size }: ZipEntry): ProjectBlobReader {
  return {
    size,
    read: (into, at) => {
      const length = Math.max(0, Math.min(into.byteLength, size - at));
      const bytes = source.read(offset + at, length);
      into.set(bytes);
      return bytes.byteLength;
    },
  };
}

const manifestSchema = v.object({
  format: v.literal(projectFormat),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  objects: v.array(v.record(v.string(), v.unknown())),
});

function readManifest(source: ByteSource, entry: ZipEntry | undefined): AtomeObject[] {
  if (!entry) throw damaged('project.json is missing');
  if (entry.size > maximumManifest) throw damaged('project.json is too long');
  const bytes = source.read(entry.offset, entry.size);
  if (crc32(bytes) !== entry.checksum) throw damaged('project.json was changed or damaged');
  const manifest = v.safeParse(manifestSchema, parseJson(bytes));
  if (!manifest.success) throw damaged(`project.json: ${manifest.issues[0].message}`);
  if (manifest.output.version > projectVersion) {
    throw new AtomeError('ERR_FILE_FORMAT', 'the project was made by a newer version of the program');
  }
  const objects = manifest.output.objects.map(checkedObject);
  if (new Set(objects.map(({ id }) => id)).size < objects.length) throw damaged('two objects have one id');
  return objects;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw damaged('project.json cannot be read');
  }
}

function checkedObject({ id, kind, ...properties }: Record<string, unknown>): AtomeObject {
  if (!v.is(fields.id, id)) throw damaged('an object has no id');
  if (typeof kind !== 'string' || !isKind(kind)) throw damaged(`there is no kind ${JSON.stringify(kind)}`);
  const checked = v.safeParse(v.strictObject(kindSchemas[kind].entries), properties);
  if (!checked.success)
    throw damaged(`${kind} ${id}: ${v.getDotPath(checked.issues[0]) ?? ''} ${checked.issues[0].message}`);
  return { id, kind, ...checked.output } as AtomeObject;
}
