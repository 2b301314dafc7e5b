// Carries out what playing timelines ask for besides sound: scripts, and the events of action clips.
import type { Seconds } from '../core/units.ts';
import type { Command, EditCommand } from '../protocol/commands.ts';
import { type ErrorReport, errorReport } from '../protocol/errors.ts';
import { payloadOf } from '../protocol/event-payloads.ts';
import type { ActionClipAtome, TimelineEventAtome } from '../protocol/kinds.ts';
import type { CommandReply, Cue } from '../protocol/state.ts';
import { momentOf } from './action-moment.ts';
import type { SessionApi } from './types.ts';

type ActionEvent = ActionClipAtome['events'][number];

export interface PlayedSession extends Pick<SessionApi, 'objects' | 'dispatch'> {
  /** Edits that enter nobody's undo stack. */
  performPlayed(commands: readonly EditCommand[]): Promise<CommandReply>;
}

export interface ActionPlayerOptions {
  readonly session: PlayedSession;
  /** Seconds of the engine's clock. */
  readonly now: () => Seconds;
  readonly sampleRate: number;
  /** Hears what could not be carried out. */
  readonly onError: (error: ErrorReport) => void;
}

/** A clip that was triggered by itself, and plays by the engine's clock. */
interface Pass {
  readonly begin: Seconds;
  /** Everything before this has happened. */
  done: Seconds;
}

/** Milliseconds from one look at the clock to the next. */
const tickMilliseconds = 10;
/** Later than that, a cue counts from when it is heard. */
const mostLateness: Seconds = 0.1;

export class ActionPlayer {
  readonly #options: ActionPlayerOptions;
  readonly #passes = new Map<string, Pass>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(options: ActionPlayerOptions) {
    this.#options = options;
  }

  /** A timeline has come to an event or an action clip, or a clip was triggered. */
  cue({ id, atFrame, offset }: Cue): void {
    const object = this.#options.session.objects.get(id);
    if (object?.kind === 'TimelineEventAtome' && object.type === 'script_run') this.#script(object);
    if (object?.kind !== 'ActionClipAtome') return;
    if (offset === undefined) this.#begin(object, atFrame);
    else this.#perform(object, eventsAt(object, offset));
  }

  close(): void {
    clearInterval(this.#timer);
    this.#passes.clear();
  }

  /** A clip that plays already begins again. */
  #begin({ id }: ActionClipAtome, atFrame: number): void {
    const now = this.#options.now();
    const lateness = now - atFrame / this.#options.sampleRate;
    const begin = lateness >= 0 && lateness < mostLateness ? now - lateness : now;
    this.#passes.set(id, { begin, done: 0 });
    this.#timer ??= setInterval(() => this.#tick(), tickMilliseconds);
  }

  #tick(): void {
    const now = this.#options.now();
    for (const [id, pass] of this.#passes) {
      const clip = this.#options.session.objects.get(id);
      const elapsed = now - pass.begin;
      if (clip?.kind === 'ActionClipAtome') {
        for (const events of momentsBetween(clip, pass.done, elapsed)) this.#perform(clip, events);
        pass.done = elapsed;
      }
      const isOver = clip?.kind !== 'ActionClipAtome' || elapsed > clip.duration * clip.repeats;
      if (isOver && this.#passes.get(id) === pass) this.#passes.delete(id);
    }
    if (this.#passes.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #script(event: TimelineEventAtome): void {
    const script = payloadOf(event, 'script_run');
    if (script) this.#send({ cmd: 'RUN_SCRIPT', ...script });
    else this.#options.onError(errorReport('ERR_SCRIPT', `the event ${event.id} has no script that can be run`));
  }

  #perform({ id, name }: ActionClipAtome, events: readonly ActionEvent[]): void {
    const { session, onError } = this.#options;
    const { played, edits, live, left } = momentOf(session.objects, events);
    if (left > 0) onError(errorReport('ERR_REFUSED', `${left} events of the action clip ${id}`));
    if (played.length > 0) this.#watch(session.performPlayed(played));
    if (edits.length > 0) this.#send({ cmd: 'BATCH', label: name === '' ? 'Action clip' : name, commands: edits });
    for (const command of live) this.#send(command);
  }

  #send(command: Command): void {
    this.#watch(this.#options.session.dispatch(command));
  }

  #watch(answer: Promise<CommandReply>): void {
    void answer.then((reply) => {
      if (!reply.ok) this.#options.onError(reply.error);
    });
  }
}

const eventsAt = ({ events }: ActionClipAtome, offset: Seconds): ActionEvent[] =>
  events.filter(({ time_offset }) => time_offset === offset);

/** The events in `[from, to)` seconds of a pass through a clip and its repeats, those of one moment of a round together. */
function* momentsBetween(clip: ActionClipAtome, from: Seconds, to: Seconds): Generator<ActionEvent[]> {
  const { duration, repeats, events } = clip;
  const offsets = [...new Set(events.map(({ time_offset }) => time_offset))];
  const last = Math.min(repeats - 1, Math.floor(to / duration));
  // What is due at a round's very end may fall into the next.
  for (let round = Math.max(0, Math.floor(from / duration) - 1); round <= last; round++) {
    for (const offset of offsets) {
      const at = round * duration + offset;
      if (at >= from && at < to) yield eventsAt(clip, offset);
    }
  }
}
