// Transport commands: from places on a timeline to seconds at the engine, and back into the state.
import { TempoMap, tempoMapOf } from '../core/tempo.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { TempoSegment, TimelineAtome } from '../protocol/kinds.ts';
import type { TimelineReport, TimelineState } from '../protocol/state.ts';
import type { TransactionRecord } from '../protocol/transaction.ts';
import type { ParsedLive } from './parse.ts';
import { markerPosition, positionOf } from './place.ts';
import type { StateView } from './state-view.ts';
import type { ObjectReader, TransportPort, Triggered } from './types.ts';

type Command<Name extends ParsedLive['cmd']> = Extract<ParsedLive, { cmd: Name }>;

/** Seconds: more than a frame at any rate. */
const frameOrSo = 0.001;

export class Transport {
  readonly #objects: ObjectReader;
  readonly #port: TransportPort;
  readonly #view: StateView;
  readonly #publish: () => void;
  /** What is being started, as it was shown. */
  readonly #starting = new Map<string, TimelineState>();

  /** @param publish tells the clients what changed in the view. */
  constructor(objects: ObjectReader, port: TransportPort, view: StateView, publish: () => void) {
    this.#objects = objects;
    this.#port = port;
    this.#view = view;
    this.#publish = publish;
  }

  /** Without a start it goes on from where it stands; what plays already then just plays on, as the whole timeline. */
  async play({ timeline_id, start, options }: Command<'TIMELINE_PLAY'>): Promise<void> {
    const timeline = this.#need(timeline_id);
    if (options?.stop_others) await this.#stopOthers(timeline.id);
    const before = this.#view.timeline(timeline.id);
    if (before.playing && start === undefined) return this.#leaveSegment(timeline.id, { ...before, segment: null });
    const position = start === undefined ? before.position : positionOf(this.#objects, timeline, start, 'start');
    await this.#start(timeline, position, null);
  }

  /** From marker to marker: once, and it stops there; or again and again. @throws AtomeError ERR_NOT_FOUND, ERR_REFUSED */
  async playSegment(command: Command<'PLAY_MARKER_SEGMENT'>): Promise<void> {
    const timeline = this.#need(command.timeline_id);
    const start = markerPosition(this.#objects, timeline, command.start_marker_id, 'start_marker_id');
    const end = markerPosition(this.#objects, timeline, command.end_marker_id, 'end_marker_id');
    if (!(end > start)) throw new AtomeError('ERR_REFUSED', 'end_marker_id: must be after the start marker');
    await this.#start(timeline, start, { start, end, loop: command.loop ?? false });
  }

  /** Stands where it stopped. */
  async stop({ timeline_id }: Command<'TIMELINE_STOP'>): Promise<void> {
    const timeline = this.#need(timeline_id);
    if (this.#view.timeline(timeline.id).playing) await this.#stop(timeline);
  }

  async seek({ timeline_id, to }: Command<'TIMELINE_SEEK'>): Promise<void> {
    const timeline = this.#need(timeline_id);
    const position = positionOf(this.#objects, timeline, to, 'to');
    const { playing } = this.#view.timeline(timeline.id);
    await this.#leaveSegment(timeline.id, { playing, position, segment: null });
    await this.#port.seek(timeline.id, tempoMapOf(timeline).toSeconds(position));
  }

  async scrub({ timeline_id, position: place }: Command<'TIMELINE_SCRUB'>): Promise<void> {
    const timeline = this.#need(timeline_id);
    if (place === null) return this.#port.scrub(timeline.id, null);
    const position = positionOf(this.#objects, timeline, place, 'position');
    if (this.#view.timeline(timeline.id).playing) await this.#stop(timeline);
    this.#show(timeline.id, { playing: false, position, segment: null });
    await this.#port.scrub(timeline.id, tempoMapOf(timeline).toSeconds(position));
  }

  report({ timeline_id }: Command<'TIMELINE_GET_STATE'>): TimelineReport {
    const timeline = this.#need(timeline_id);
    const { playing, position: shown, segment } = this.#view.timeline(timeline.id);
    const tempo = tempoMapOf(timeline);
    const position = playing ? this.#position(timeline) : shown;
    const beats = tempo.toBeats(position);
    const stored = timeline.loop_enabled ? timeline.loop : null;
    const loop = segment ? (segment.loop ? segment : null) : stored;
    return {
      timeline_id: timeline.id,
      playing,
      position,
      seconds: tempo.toSeconds(position),
      beats,
      bpm: tempo.bpmAt(beats),
      loop: loop && { start: loop.start, end: loop.end },
      segment,
    };
  }

  /** Takes over what the engine did by itself on the way. */
  triggered({ moved }: Triggered): void {
    for (const id of moved ?? this.#outOfStep()) {
      const timeline = this.#objects.get(id);
      // What a command is about to start is not yet seen to play.
      if (timeline?.kind === 'TimelineAtome' && !this.#starting.has(id)) this.#takeOver(timeline);
    }
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
      const position = this.#position(this.#need(id));
      const { segment } = this.#view.timeline(id);
      this.#view.setTimeline(id, { playing: false, position, segment: null });
      if (segment) void this.#port.setSegment(id, undefined);
    }
    this.#publish();
    await this.#port.panic();
  }

  /**
   * Follows what was edited: removed timelines stop; timelines in beats stay at their musical position when their tempo
   * changes. Call it when the objects have changed and neither the engine nor the view has.
   *
   * @returns carries it out, where there is something to do; call that when the engine has heard of the edit.
   */
  follow({ changes }: Pick<TransactionRecord, 'changes'>): (() => Promise<void>) | undefined {
    const moves: (() => Promise<void>)[] = [];
    for (const { objectId, property, before } of changes) {
      if (property === 'deleted') this.#appendStop(moves, objectId);
      const timeline = property === 'tempo_segments' ? this.#objects.get(objectId) : undefined;
      if (timeline?.kind !== 'TimelineAtome' || timeline.timebase !== 'beats' || before === undefined) continue;
      moves.push(this.#keepMusicalPosition(timeline, before as TempoSegment[]));
    }
    if (moves.length === 0) return undefined;
    return async () => void (await Promise.all(moves.map((move) => move())));
  }

  #appendStop(moves: (() => Promise<void>)[], timelineId: string): void {
    const isPlaying = !this.#objects.get(timelineId) && this.#view.timeline(timelineId).playing;
    if (isPlaying) moves.push(() => this.#port.stop(timelineId));
  }

  #keepMusicalPosition(timeline: TimelineAtome, segmentsBefore: TempoSegment[]): () => Promise<void> {
    const before = new TempoMap({ timebase: 'beats', tempo_segments: segmentsBefore });
    const after = tempoMapOf(timeline);
    const state = this.#view.timeline(timeline.id);
    const retiming = state.playing ? this.#port.retime(timeline.id) : undefined;
    let beats = state.position;
    if (retiming) {
      const now = before.secondsToBeats(this.#port.position(timeline.id));
      beats = wrapped(now, before.secondsToBeats(retiming.seconds), loopOf(timeline, state));
    }
    const seconds = after.beatsToSeconds(beats);
    return async () => {
      if (Math.abs(seconds - before.beatsToSeconds(beats)) <= 1e-9) return;
      await (retiming ? retiming.land(seconds) : this.#port.seek(timeline.id, seconds));
    };
  }

  async #start(timeline: TimelineAtome, position: number, segment: TimelineState['segment']): Promise<void> {
    const { id } = timeline;
    const hadSegment = this.#view.timeline(id).segment !== null;
    const state: TimelineState = { playing: true, position, segment };
    this.#starting.set(id, state);
    this.#show(id, state);
    try {
      if (segment || hadSegment) await this.#port.setSegment(id, segment ?? undefined);
      await this.#port.play(id, tempoMapOf(timeline).toSeconds(position));
    } catch (error) {
      if (this.#view.timeline(id) === state) {
        await this.#leaveSegment(id, { playing: false, position, segment: null });
      }
      throw error;
    } finally {
      if (this.#starting.get(id) === state) this.#starting.delete(id);
    }
  }

  async #stop(timeline: TimelineAtome): Promise<void> {
    const { segment } = this.#view.timeline(timeline.id);
    this.#show(timeline.id, { playing: false, position: this.#position(timeline), segment: null });
    await this.#port.stop(timeline.id);
    if (segment) await this.#port.setSegment(timeline.id, undefined);
  }

  async #stopOthers(timelineId: string): Promise<void> {
    const others = this.#view.playing().filter((id) => id !== timelineId);
    await Promise.all(others.map((id) => this.#stop(this.#need(id))));
  }

  /** Shows a state in which the timeline is whole again. */
  async #leaveSegment(timelineId: string, state: TimelineState): Promise<void> {
    const { segment } = this.#view.timeline(timelineId);
    this.#show(timelineId, state);
    if (segment) await this.#port.setSegment(timelineId, undefined);
  }

  /** Timelines that play and are not shown to, or the other way round. */
  #outOfStep(): string[] {
    const ids = [...this.#objects.ofKind('TimelineAtome')].map(({ id }) => id);
    return ids.filter((id) => this.#port.isPlaying(id) !== this.#view.timeline(id).playing);
  }

  #takeOver(timeline: TimelineAtome): void {
    const { segment } = this.#view.timeline(timeline.id);
    if (this.#port.isPlaying(timeline.id)) {
      this.#show(timeline.id, { playing: true, position: this.#position(timeline), segment });
      return;
    }
    const tempo = tempoMapOf(timeline);
    const stopped = this.#position(timeline);
    // A segment that has come to its end stands there exactly.
    const isAtEnd = segment && Math.abs(tempo.toSeconds(stopped) - tempo.toSeconds(segment.end)) < frameOrSo;
    const position = isAtEnd ? segment.end : stopped;
    void this.#leaveSegment(timeline.id, { playing: false, position, segment: null });
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

type Range = NonNullable<TimelineAtome['loop']>;

const loopOf = (timeline: TimelineAtome, { segment }: TimelineState): Range | null => {
  if (segment) return segment.loop ? segment : null;
  return timeline.loop_enabled ? timeline.loop : null;
};

/** Where a playhead that was before the loop's end is when it has played on to `then`. */
function wrapped(now: number, then: number, loop: Range | null): number {
  if (!loop || now >= loop.end || then < loop.end) return then;
  return loop.start + ((then - loop.end) % (loop.end - loop.start));
}
