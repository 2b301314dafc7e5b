// What storage offers to the workers: an append-only object store and a content-addressed blob store.
import type { SampleFormat } from '../protocol/engine-layout.ts';
import type { LogicalTime, PropertyVersion } from '../protocol/state.ts';
import type { TransactionRecord } from '../protocol/transaction.ts';

export interface StoredObject {
  readonly id: string;
  /** Current values, `kind` among them; `deleted: true` marks a removed object. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** The author who made it. */
  readonly owner?: string;
}

/** A transaction without its changes: enough to rebuild the undo and redo stacks. */
export type TransactionHead = Omit<TransactionRecord, 'changes'>;

/** A step of an undo or redo stack. */
export interface KeptStep {
  readonly id: string;
  readonly label: string;
  /** Place of the transaction in the log. */
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** The steps on top of an undo or redo stack, newest first, and how many there are in all. */
export interface StackTop {
  readonly depth: number;
  readonly steps: readonly KeptStep[];
}

/** What the log up to one transaction means for undo and redo, so that starting need not read all of it. */
export interface HistoryCheckpoint {
  /** Whose stacks these are. */
  readonly author: string;
  /** How many transactions it stands for, and the latest time among them. */
  readonly length: number;
  readonly time: LogicalTime;
  readonly undo: StackTop;
  readonly redo: StackTop;
  /** What could be redone before the newest step; absent in older ones. */
  readonly replaced?: StackTop;
  /** What others did after the oldest of these steps: transaction and its place in the log. */
  readonly foreign: readonly (readonly [id: string, sequence: number])[];
}

/** An object with its id among its properties, and who made it. */
export type CopiedObject = readonly [
  object: { readonly id: string; readonly [property: string]: unknown },
  owner: string | null,
];

export interface StoredSession {
  /**
   * All of them, some at a time while the others are still being read; to be gone through once. Some may come twice, the
   * same each time.
   */
  readonly objects: Iterable<readonly StoredObject[]> | AsyncIterable<readonly StoredObject[]>;
  /** Where they are read from a copy, those that have not changed since; they may be taken over as they are. */
  readonly copied?: readonly CopiedObject[];
  /** The newest checkpoint, if there is one. */
  readonly checkpoint: HistoryCheckpoint | undefined;
  /** The heads of all transactions after the checkpoint, oldest first. */
  readonly transactions: TransactionHead[];
  /** What had to be brought back, because the browser had lost it; known when all objects are read. */
  readonly restored?: Restored;
}

/** What a journal gave back to a database. */
export interface Restored {
  readonly transactions: number;
  /** Bytes of the journal that could not be read: what they told is lost. */
  readonly unreadableBytes: number;
}

/** Objects, properties and every past value, in IndexedDB with strict durability. */
export interface ObjectStore {
  /** Everything needed to start. */
  load(): Promise<StoredSession>;
  /** The heads of all transactions, oldest first. */
  heads(): Promise<TransactionHead[]>;
  /**
   * Resolves when all of them are on disk; else none is. Calls are written in their order.
   * @param checkpoint describes the log up to one of them
   */
  append(transactions: readonly TransactionRecord[], checkpoint?: CheckpointAt): Promise<void>;
  /** Objects by their ids, removed ones too; those that never were are left out. */
  objects(ids: readonly string[]): Promise<StoredObject[]>;
  /** The changes of one past transaction. */
  transaction(id: string): Promise<TransactionRecord | undefined>;
  /** All transactions with their changes, oldest first, read a few at a time. */
  transactions(): AsyncIterable<TransactionRecord>;
  /** Every value a property ever had, oldest first. */
  history(objectId: string, property: string): Promise<PropertyVersion[]>;
  close(): void;
}

/** One whose `load` need not read every object from a row of its own. */
export interface CopyingObjectStore extends ObjectStore {
  /**
   * Copies all objects into one record, which the next `load` reads at once instead of thousands of rows, unless fewer
   * versions than `least` came since the last time. Nothing but time is lost when it is not done.
   */
  copyObjects(least: number): Promise<void>;
}

/** One that tells where its log ends, and what it holds from somewhere on. */
export interface LoggedObjectStore extends CopyingObjectStore {
  /** Id of the last transaction; undefined for none. */
  newest(): Promise<string | undefined>;
  /** All transactions behind the given one, which is in the log; oldest first, read a few at a time. */
  transactions(after?: string): AsyncIterable<TransactionRecord>;
}

export interface CheckpointAt {
  /** Id of the last transaction it stands for. */
  readonly after: string;
  readonly value: HistoryCheckpoint;
}

export type BlobSource = 'recordings' | 'imports' | 'generated';

/** One stored WAV and how to read its samples. */
export interface BlobInfo {
  /** SHA-256 of all its bytes, lower-case hex. */
  readonly hash: string;
  readonly bytes: number;
  readonly source: BlobSource;
  /** data/users/<user id>/media/audio/<source>/<hash>.wav */
  readonly localPath: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly format: SampleFormat;
  readonly channels: number;
  readonly sampleRate: number;
  readonly frames: number;
  /** Byte at which the interleaved samples begin. */
  readonly dataOffset: number;
}

export type BlobShape = Pick<BlobInfo, 'format' | 'channels' | 'sampleRate' | 'frames' | 'dataOffset'>;

/** Synchronous random reads of one blob or peak file; dedicated workers only. */
export interface BlobReader {
  readonly size: number;
  /** Reads into `into` from byte `at`; returns how many bytes there were. */
  read(into: Uint8Array<ArrayBuffer>, at: number): number;
  close(): void;
}

/** A blob that grows in a temporary file until its hash is known; dedicated workers only. */
export interface BlobWriter {
  /** @throws AtomeError ERR_DISK_FULL when the quota is reached; the writer is then aborted and its space given back. */
  write(bytes: Uint8Array): void;
  /** Overwrites earlier bytes, for headers known at the end. */
  writeAt(bytes: Uint8Array, at: number): void;
  /** Puts on disk what was written so far, so that `finish` has less to wait for. @throws as `write` does */
  flush(): void;
  /** Reads back what was written, for a hash that could not be computed on the way; returns how many bytes there were. */
  read(into: Uint8Array<ArrayBuffer>, at: number): number;
  readonly bytes: number;
  /** Flushes and moves the file to its place. When the hash is there already, nothing is stored and that one is returned. */
  finish(hash: string, shape: BlobShape): Promise<{ info: BlobInfo; existed: boolean }>;
  abort(): Promise<void>;
}

/** A file that is written and has no name yet. */
export interface PreparedFile {
  /** Moves it to its place. */
  keep(hash: string): Promise<void>;
  /** Removes it. */
  drop(): Promise<void>;
}

export interface BlobUsage {
  readonly bytes: number;
  readonly blobs: number;
  /** What the browser says is used and allowed; an estimate, not a promise. */
  readonly estimate: { readonly usage: number; readonly quota: number };
}

export interface BlobStore {
  /** Stores a complete WAV; the same bytes twice are stored once. */
  put(bytes: Blob | Uint8Array, source: BlobSource): Promise<BlobInfo>;
  /** The blob as a disk-backed file. @throws AtomeError ERR_NOT_FOUND */
  get(hash: string): Promise<File>;
  info(hash: string): Promise<BlobInfo | undefined>;
  has(hash: string): Promise<boolean>;
  list(): Promise<BlobInfo[]>;
  /** Refuses nothing: callers ask the garbage listing first. */
  delete(hash: string): Promise<void>;
  usage(): Promise<BlobUsage>;
  createWriter(source: BlobSource): Promise<BlobWriter>;
  openRead(hash: string): Promise<BlobReader>;
  /** The serialised peak pyramid of a blob as a disk-backed file, if it was computed. */
  getPeaks(hash: string): Promise<File | undefined>;
  /** Written piece by piece as the iterable yields (a piece may be reused after its turn); whole or not at all. */
  putPeaks(hash: string, pieces: Iterable<Uint8Array>): Promise<void>;
  /** Writes a peak file of a sound whose hash is not known yet. */
  preparePeaks(pieces: Iterable<Uint8Array>): Promise<PreparedFile>;
  /** The onset file of a blob, if it was computed. */
  getOnsets(hash: string): Promise<File | undefined>;
  putOnsets(hash: string, bytes: Uint8Array): Promise<void>;
}
