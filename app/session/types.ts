// What the session offers to its worker and, by types only, to the engine and the editor.
import type { Disposer } from '../core/disposer.ts';
import type { Command } from '../protocol/commands.ts';
import type { AtomeObject, Kind, ObjectOf, PlacedKind } from '../protocol/kinds.ts';
import type { AppState, CommandReply, Cue, PropertyVersion, StatePatch, TimelineState } from '../protocol/state.ts';
import type { TransactionRecord } from '../protocol/transaction.ts';

/** Read access to the current objects; indices make every lookup constant time. */
export interface ObjectReader {
  get(id: string): AtomeObject | undefined;
  /** An object that was removed, as it was last. */
  removed(id: string): AtomeObject | undefined;
  ofKind<K extends Kind>(kind: K): Iterable<ObjectOf<K>>;
  clipsOf(timelineId: string): Iterable<ObjectOf<'AudioClipAtome'>>;
  /** The living objects of a kind that lie on a timeline. */
  ofTimeline<K extends PlacedKind>(timelineId: string, kind: K): Iterable<ObjectOf<K>>;
  /** The living objects of a kind that name `id` in one of their properties. */
  referrers<K extends Kind>(id: string, kind: K): Iterable<ObjectOf<K>>;
  /** Whether any clip or group of the timeline is solo. */
  hasSolo(timelineId: string): boolean;
  /** Whether a file of this content exists, or existed and can be brought back by undo. */
  refersToBlob(hash: string): boolean;
}

/** A part of a timeline that is played instead of the whole, in its timebase. */
export type TimelineSegment = NonNullable<TimelineState['segment']>;

/** A trigger has fired in the engine. */
export interface Triggered {
  /** As the engine knows it: made of the ids of the objects that it comes from. */
  readonly id: string;
  readonly timelineId: string;
  /** Master frame. */
  readonly atFrame: number;
  /** The timelines that it may have started, stopped or moved; undefined when an edit has removed it meanwhile. */
  readonly moved: readonly string[] | undefined;
}

/** A playing timeline on its way to another tempo: clips, loop, clicks and playhead change over on one frame. */
export interface Retiming {
  /** Where the timeline, as it is, will be on that frame. */
  readonly seconds: number;
  /** Where it goes on from there. */
  land(seconds: number): Promise<void>;
}

/** What the session asks of an engine for its transport commands; positions in seconds. */
export interface TransportPort {
  play(timelineId: string, seconds: number): Promise<void>;
  stop(timelineId: string): Promise<void>;
  seek(timelineId: string, seconds: number): Promise<void>;
  /** Glides there audibly from where it stands; null: the hand has let go, and it stands where it was led. */
  scrub(timelineId: string, seconds: number | null): Promise<void>;
  /** Call it before the engine hears of a new tempo. */
  retime(timelineId: string): Retiming;
  /** Seconds, where the timeline is now. */
  position(timelineId: string): number;
  isPlaying(timelineId: string): boolean;
  /** Frames that the engine has rendered in all. */
  masterFrame(): number;
  /** Plays only this part of a timeline; undefined: the whole again. */
  setSegment(timelineId: string, segment: TimelineSegment | undefined): Promise<void>;
  setMasterGain(gain: number): Promise<void>;
  setMetronome(metronome: AppState['transport']['metronome']): Promise<void>;
  panic(): Promise<void>;
}

/** How a command is known to whoever may have to send it again. */
export interface CommandRequest {
  /** A UUID; the id of the transaction that the command becomes. */
  readonly id: string;
  /** An earlier session may have carried it out: then it is answered as it was, and not done twice. */
  readonly again: boolean;
}

export interface SessionApi {
  /** Never throws for a bad command. Edits resolve when they are on disk. */
  dispatch(command: Command, request?: CommandRequest): Promise<CommandReply>;
  getState(): AppState;
  readonly objects: ObjectReader;
  history(objectId: string, property: string): Promise<PropertyVersion[]>;
  /** Patches for clients, in order, one per revision. */
  onPatch(listener: (patch: StatePatch) => void): Disposer;
  /** Transactions as they are applied, before they are on disk; the engine's deltas come from here. */
  onTransaction(listener: (transaction: TransactionRecord) => void): Disposer;
  /** What timelines ask for on their way, besides sound. */
  onCue(listener: (cue: Cue) => void): Disposer;
}
