// The sound of a playhead that is dragged: where the hand is, at most once per frame, and what holds when it lets go.
import type { Seconds } from '../../core/units.ts';
import { positionAt } from '../../editor/edits.ts';
import type { Command, LiveCommand } from '../../protocol/commands.ts';
import type { CommandReply } from '../../protocol/state.ts';
import type { Action } from '../actions.ts';
import { scrubSound, setScrubSound } from '../selection.ts';
import type { TimelineModel } from './model.ts';

export const scrubActions: readonly Action[] = [
  {
    id: 'view.scrubSound',
    label: 'view.scrubSound',
    run: () => setScrubSound(!scrubSound()),
    checked: scrubSound,
  },
];

export interface Scrubbing {
  /** The hand is there. */
  lead(seconds: Seconds): void;
  /** The hand has let go. @returns what is to be run in place of `command`: what played before plays on from there. */
  release(command: Command): Promise<Command>;
  /** As if nothing had been dragged. */
  cancel(): void;
}

interface Drag {
  readonly timelineId: string;
  readonly wasPlaying: boolean;
  readonly from: Seconds;
  wanted: Seconds | undefined;
  /** The timeline has been told. */
  isHeld: boolean;
  /** Something is under way; what comes meanwhile waits in `wanted`. */
  isBusy: boolean;
  /** The last of what was sent. */
  sent: Promise<CommandReply> | undefined;
}

const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame);

export function createScrubbing(model: TimelineModel): Scrubbing {
  const { client } = model;
  let drag: Drag | undefined;

  /** Browsers start the sound inside a gesture only; without it the playhead is dragged in silence. */
  const canSound = (): boolean =>
    client.engineStatus().contextState === 'running' || navigator.userActivation?.isActive !== false;

  const send = (current: Drag, command: LiveCommand): Promise<CommandReply> => {
    current.sent = client.dispatch(command);
    return current.sent;
  };

  /** Brings the playhead to where it is grasped, in silence: what lies on its way there is not meant. */
  async function grasp(current: Drag, seconds: Seconds): Promise<void> {
    const { timelineId: timeline_id, wasPlaying } = current;
    const to = positionAt(model.scene(), seconds);
    await client.startSound();
    if (drag !== current) return;
    current.isHeld = true;
    if (wasPlaying) await send(current, { cmd: 'TIMELINE_STOP', timeline_id });
    if (drag === current) await send(current, { cmd: 'TIMELINE_SEEK', timeline_id, to });
    await follow(current);
  }

  /** Until the hand rests; no oftener than anything could be shown. */
  async function follow(current: Drag): Promise<void> {
    current.isBusy = true;
    while (drag === current && current.wanted !== undefined) {
      const position = positionAt(model.scene(), current.wanted);
      current.wanted = undefined;
      const sent = send(current, { cmd: 'TIMELINE_SCRUB', timeline_id: current.timelineId, position });
      const [reply] = await Promise.all([sent, nextFrame()]);
      if (!reply.ok) {
        client.report(reply.error);
        return;
      }
    }
    current.isBusy = false;
  }

  /** Ends the drag after whatever is on its way. */
  async function end(ended: Drag): Promise<void> {
    drag = undefined;
    await ended.sent;
    if (ended.isHeld) await client.dispatch({ cmd: 'TIMELINE_SCRUB', timeline_id: ended.timelineId, position: null });
  }

  return {
    lead(seconds) {
      if (!drag && (!scrubSound() || !canSound())) return;
      if (drag) {
        drag.wanted = seconds;
        if (!drag.isBusy) void follow(drag);
        return;
      }
      const begun: Drag = {
        timelineId: model.scene().timelineId,
        wasPlaying: model.isPlaying(),
        from: model.playhead(),
        wanted: undefined,
        isHeld: false,
        isBusy: true,
        sent: undefined,
      };
      drag = begun;
      void grasp(begun, seconds);
    },

    async release(command) {
      const ended = drag;
      if (!ended) return command;
      await end(ended);
      if (!ended.isHeld || !ended.wasPlaying || command.cmd !== 'TIMELINE_SEEK') return command;
      return { cmd: 'TIMELINE_PLAY', timeline_id: command.timeline_id, start: command.to };
    },

    cancel() {
      const ended = drag;
      if (!ended) return;
      const { timelineId: timeline_id, wasPlaying, isHeld } = ended;
      const place = positionAt(model.scene(), ended.from);
      const back = wasPlaying
        ? ({ cmd: 'TIMELINE_PLAY', timeline_id, start: place } as const)
        : ({ cmd: 'TIMELINE_SEEK', timeline_id, to: place } as const);
      void end(ended).then(async () => {
        if (isHeld) await client.run(back);
      });
    },
  };
}
