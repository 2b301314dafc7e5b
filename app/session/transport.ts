// Transport commands: from places on a timeline to seconds at the engine, and back into the state.
import { TempoMap, tempoMapOf } from '../core/tempo.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { TempoSegment, TimelineAtome } from '../protocol/kinds.ts';
import type { TimelineState } from '../protocol/state.ts';
import type { TransactionRecord } from '../protocol/transaction.ts';
import type { ParsedLive } from './parse.ts';
import { positionOf } from './place.ts';
import type { StateView } from './state-view.ts';
import type { ObjectReader, TransportPort } from './types.ts';

type Command<Name extends ParsedLive['cmd']> = Extract<ParsedLive, { cmd: Name }>;

export class Transport {
  readonly #objects: ObjectReader;
  readonly #port: TransportPort;
  readonly #view: StateView;
  readonly #publish: () => void;

  /** @param publish tells the clients what changed in the view. */
  constructor(objects: ObjectReader, port: TransportPort, view: StateView, publish: () => void) {
    this.#objects = objects;
    this.#port = port;
    this.#view = view;
    this.#publish = publish;
  }

  /** Without a start it goes on from where it stands; what plays already then just plays on. */
  async play({ timeline_id, start }: Command<'TIMELINE_PLAY'>): Promise<void> {
    const timeline = this.#need(timeline_id);
    const before = this.#view.timeline(timeline.id);
    if (before.playing && start === undefined) return;
    const position = start === undefined ? before.position : positionOf(this.#objects, timeline, start, 'start');
    const state = { playing: true, position, segment: null };
    this.#show(timeline.id, state);
    try {
      await this.#port.play(timeline.id, tempoMapOf(timeline).toSeconds(position));
    } catch (error) {
      if (this.#view.timeline(timeline.id) === state)
        this.#show(timeline.id, { playing: false, position, segment: null });
      throw error;
    }
  }

  /** Stands where it stopped. */
  async stop({ timeline_id }: Command<'TIMELINE_STOP'>): Promise<void> {
    const timeline = this.#need(timeline_id);
    if (!this.#view.timeline(timeline.id).playing) return;
    this.#show(timeline.id, { playing: false, position: this.#position(timeline), segment: null });
    await this.#port.stop(timeline.id);
  }

  async seek({ timeline_id, to }: Command<'TIMELINE_SEEK'>): Promise<void> {
    const timeline = this.#need(timeline_id);
    const position = positionOf(this.#objects, timeline, to, 'to');
    this.#show(timeline.id, { playing: this.#view.timeline(timeline.id).playing, position, segment: null });
    await this.#port.seek(timeline.id, tempoMapOf(timeline).toSeconds(position));
  }

  async setMasterGain({ gain }: Command<'SET_MASTER_GAIN'>): Promise<void> {
    this.#view.setMasterGain(gain);
    this.#publish();
    await this.#port.setMasterGain(gain);
  }

  /** What is left out stays as it is. */
  async setMetronome({ enabled, gain }: Command<'SET_METRONOME'>): Promise<void> {
    const before = this.#view.metronome;
    const metronome = { enabled: enabled ?? before.enabled, gain: gain ?? before.gain };
    this.#view.setMetronome(metronome);
    this.#publish();
    await this.#port.setMetronome(metronome);
  }

  /** Silence; every timeline stands where it was. */
  async panic(): Promise<void> {
    for (const id of this.#view.playing()) {
      this.#view.setTimeline(id, { playing: false, position: this.#position(this.#need(id)), segment: null });
    }
    this.#publish();
    await this.#port.panic();
  }

  /**
   * Follows what was edited: removed timelines stop; timelines in beats stay at their musical position when their tempo
   * changes. Call it after the objects changed and before the view does.
   */
  async follow({ changes }: Pick<TransactionRecord, 'changes'>): Promise<void> {
    const moves: Promise<void>[] = [];
    for (const { objectId, property, before } of changes) {
      if (property === 'deleted' && !this.#objects.get(objectId) && this.#view.timeline(objectId).playing) {
        moves.push(this.#port.stop(objectId));
      }
      const timeline = property === 'tempo_segments' ? this.#objects.get(objectId) : undefined;
      if (timeline?.kind !== 'TimelineAtome' || timeline.timebase !== 'beats' || before === undefined) continue;
      moves.push(this.#keepMusicalPosition(timeline, before as TempoSegment[]));
    }
    await Promise.all(moves);
  }

  async #keepMusicalPosition(timeline: TimelineAtome, segmentsBefore: TempoSegment[]): Promise<void> {
    const before = new TempoMap({ timebase: 'beats', tempo_segments: segmentsBefore });
    const { playing, position } = this.#view.timeline(timeline.id);
    const beats = playing ? before.secondsToBeats(this.#port.position(timeline.id)) : position;
    const seconds = tempoMapOf(timeline).beatsToSeconds(beats);
    if (Math.abs(seconds - before.beatsToSeconds(beats)) > 1e-9) await this.#port.seek(timeline.id, seconds);
  }

  #show(timelineId: string, state: TimelineState): void {
    this.#view.setTimeline(timelineId, state);
    this.#publish();
  }

  #position(timeline: TimelineAtome): number {
    return Math.max(0, tempoMapOf(timeline).fromSeconds(this.#port.position(timeline.id)));
  }

  #need(timelineId: string): TimelineAtome {
    const timeline = this.#objects.get(timelineId);
    if (timeline?.kind === 'TimelineAtome') return timeline;
    throw new AtomeError('ERR_NOT_FOUND', `timeline_id: no TimelineAtome ${timelineId}`);
  }
}
