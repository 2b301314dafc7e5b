// What triggers do, written for clarity alone: playheads moved from arrival to arrival, then every run mixed at once.
import { engineConstants } from '../../protocol/engine-layout.ts';
import type { EngineTrigger, TriggerAction, TriggerFired } from '../audio-engine.ts';
import { choiceOf } from '../choice.ts';
import { type NaiveClip, type NaiveMix, naiveMix } from './naive-mixer.ts';

const fadeFrames = engineConstants.DECLICK_FRAMES;

export interface NaiveTimeline {
  readonly id: string;
  readonly clips: readonly NaiveClip[];
  readonly triggers: readonly EngineTrigger[];
  /** Frames. */
  readonly loop?: { readonly start: number; readonly end: number };
}

export interface NaivePlay extends NaiveMix {
  readonly fired: TriggerFired[];
}

/** An uninterrupted stretch of a timeline: from master frame `at` and timeline frame `from` on. */
interface Run {
  readonly at: number;
  readonly from: number;
  readonly frames: number;
  /** Whether it ended before the recording did. */
  readonly cut: boolean;
}

type Move =
  | { readonly type: 'seek' | 'play'; readonly rank: 1 | 2; readonly frame: number }
  | { readonly type: 'stop'; readonly rank: 1 | 2 };

/** Plays the first timeline from zero for `frames` frames, and whatever that sets off. All sounds are at `sampleRate`. */
export function naivePlay(timelines: readonly NaiveTimeline[], sampleRate: number, frames: number): NaivePlay {
  const fired: TriggerFired[] = [];
  const players = timelines.map((timeline) => new NaivePlayer(timeline, sampleRate));
  players[0]?.move({ type: 'play', rank: 2, frame: 0 }, 0);
  for (let now = 0; now < frames; ) {
    const step = Math.min(frames - now, ...players.map((player) => player.untilArrival()));
    now += step;
    for (const player of players) player.advance(step);
    const moves = new Map<NaivePlayer, Move>();
    for (const player of players) {
      const asked = new Set<NaivePlayer>();
      for (const { trigger, firing } of player.arrivals()) {
        fired.push({ id: trigger.id, timelineId: player.timeline.id, atFrame: now });
        const target = players.find(({ timeline }) => timeline.id === actedOn(trigger.action)) ?? player;
        const move = moveOf(trigger.action, firing, target === player ? 1 : 2, sampleRate);
        if (!move || asked.has(target)) continue;
        asked.add(target);
        if (beats(move, moves.get(target))) moves.set(target, move);
      }
    }
    for (const player of players) player.settle(moves.get(player), now);
  }
  const mix = { left: new Float32Array(frames), right: new Float32Array(frames) };
  for (const player of players)
    for (const run of player.runs(frames)) addRun(player.timeline.clips, run, sampleRate, mix);
  return { ...mix, fired };
}

/** Another timeline's wish before an own one, a start before a jump before a stop, an earlier place before a later one. */
function beats(move: Move, other: Move | undefined): boolean {
  if (!other) return true;
  const types = ['play', 'seek', 'stop'];
  const place = (wanted: Move): number => ('frame' in wanted ? wanted.frame : 0);
  return (
    (other.rank - move.rank || types.indexOf(move.type) - types.indexOf(other.type) || place(move) - place(other)) < 0
  );
}

class NaivePlayer {
  readonly timeline: NaiveTimeline;
  readonly #sampleRate: number;
  readonly #runs: Run[] = [];
  #counts = new Map<string, number>();
  #current: { readonly at: number; readonly from: number } | undefined;
  #position = 0;
  #advanced = 0;

  constructor(timeline: NaiveTimeline, sampleRate: number) {
    this.timeline = timeline;
    this.#sampleRate = sampleRate;
  }

  untilArrival(): number {
    if (!this.#current) return Number.POSITIVE_INFINITY;
    const places = this.timeline.triggers.map((trigger) => this.#frameOf(trigger));
    if (this.timeline.loop) places.push(this.timeline.loop.end);
    return Math.min(...places.filter((place) => place > this.#position).map((place) => place - this.#position));
  }

  advance(frames: number): void {
    this.#advanced = this.#current ? frames : 0;
    this.#position += this.#advanced;
  }

  *arrivals(): Generator<{ readonly trigger: EngineTrigger; readonly firing: number }> {
    if (this.#advanced === 0) return;
    for (const trigger of this.timeline.triggers) {
      if (this.#frameOf(trigger) !== this.#position) continue;
      const firing = this.#counts.get(trigger.id) ?? 0;
      if (firing >= (trigger.times ?? Number.POSITIVE_INFINITY)) continue;
      this.#counts.set(trigger.id, firing + 1);
      yield { trigger, firing };
    }
  }

  /** Carries out a move, or wraps at the end of the loop. */
  settle(move: Move | undefined, now: number): void {
    const { loop } = this.timeline;
    if (move) this.move(move, now);
    else if (loop && this.#advanced > 0 && this.#position === loop.end) {
      this.move({ type: 'seek', rank: 1, frame: loop.start }, now);
    }
  }

  move(move: Move, now: number): void {
    if (this.#current) this.#end(now, true);
    if (move.type === 'play') this.#counts = new Map();
    const playing = move.type === 'play' || (move.type === 'seek' && this.#current !== undefined);
    if (move.type !== 'stop') this.#position = move.frame;
    this.#current = playing ? { at: now, from: this.#position } : undefined;
  }

  runs(end: number): readonly Run[] {
    if (this.#current) this.#end(end, false);
    return this.#runs;
  }

  #end(now: number, cut: boolean): void {
    if (this.#current) this.#runs.push({ ...this.#current, frames: now - this.#current.at, cut });
  }

  #frameOf({ atSeconds }: EngineTrigger): number {
    return Math.round(atSeconds * this.#sampleRate);
  }
}

const actedOn = (action: TriggerAction): string | undefined => ('timelineId' in action ? action.timelineId : undefined);

function moveOf(action: TriggerAction, firing: number, rank: 1 | 2, sampleRate: number): Move | undefined {
  const to = (type: 'seek' | 'play', seconds = 0): Move => ({ type, rank, frame: Math.round(seconds * sampleRate) });
  switch (action.type) {
    case 'jump':
    case 'seekOther':
      return to('seek', action.seconds);
    case 'choose':
      return to('seek', action.seconds[choiceOf(action.seed, firing, action.seconds.length)]);
    case 'play':
      return to('play', action.seconds);
    case 'stop':
    case 'stopOther':
      return { type: 'stop', rank };
    case 'notify':
      return undefined;
  }
}

/** Clips that had begun before the run fade in; where it is cut, those that had begun by then fade out. */
function addRun(clips: readonly NaiveClip[], run: Run, sampleRate: number, mix: NaiveMix): void {
  const startOf = ({ clip }: NaiveClip): number => Math.round(clip.startSeconds * sampleRate);
  const entered = clips.filter((clip) => startOf(clip) < run.from);
  const natural = clips.filter((clip) => startOf(clip) >= run.from);
  const end = run.from + run.frames;
  const rising = (frame: number): number => Math.min(1, frame / fadeFrames);
  const falling = (frame: number): number => 1 - (frame - run.frames) / fadeFrames;
  const add = (some: readonly NaiveClip[], from: number, frames: number, gain: (frame: number) => number): void => {
    const part = naiveMix(some, sampleRate, run.from + from, frames);
    for (const side of ['left', 'right'] as const) {
      for (let frame = 0; frame < frames && run.at + from + frame < mix[side].length; frame++) {
        const at = run.at + from + frame;
        mix[side][at] = (mix[side][at] ?? 0) + (part[side][frame] ?? 0) * gain(from + frame);
      }
    }
  };
  add(natural, 0, run.frames, () => 1);
  if (entered.length > 0) add(entered, 0, run.frames, rising);
  if (!run.cut) return;
  const begun = natural.filter((clip) => startOf(clip) < end);
  add(begun, run.frames, fadeFrames, falling);
  if (entered.length > 0) add(entered, run.frames, fadeFrames, (frame) => rising(frame) * falling(frame));
}
