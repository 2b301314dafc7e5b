// The sound of a playhead that is dragged: where the hand is, at most once per frame, and what holds when it lets go.
import type { Seconds } from '../../core/units.ts';
import { positionAt } from '../../editor/edits.ts';
import type { Command } from '../../protocol/commands.ts';
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
  /** The last of what was sent. */
  sent: Promise<unknown>;
  isBusy: boolean;
}

const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame);

export function createScrubbing(model: TimelineModel): Scrubbing {
  const { client } = model;
  let drag: Drag | undefined;

  /** Browsers start the sound inside a gesture only; without it the playhead is dragged in silence. */
  const canSound = (): boolean =>
    client.engineStatus().contextState === 'running' || navigator.userActivation?.isActive !== false;

  function begin(): Drag {
    const begun: Drag = {
      timelineId: model.scene().timelineId,
      wasPlaying: model.isPlaying(),
      from: model.playhead(),
      wanted: undefined,
      sent: client.startSound(),
      isBusy: true,
    };
    void begun.sent.then(() => sendNext(begun));
    return begun;
  }

  function sendNext(current: Drag): void {
    const { timelineId, wanted } = current;
    current.isBusy = drag === current && wanted !== undefined;
    if (drag !== current || wanted === undefined) return;
    current.wanted = undefined;
    const position = positionAt(model.scene(), wanted);
    const sent = client.dispatch({ cmd: 'TIMELINE_SCRUB', timeline_id: timelineId, position });
    current.sent = sent;
    void Promise.all([sent, nextFrame()]).then(([reply]) => {
      if (reply.ok) sendNext(current);
      else client.report(reply.error);
    });
  }

  /** Ends the drag after whatever is on its way. */
  async function end(ended: Drag): Promise<void> {
    drag = undefined;
    await ended.sent;
    await client.dispatch({ cmd: 'TIMELINE_SCRUB', timeline_id: ended.timelineId, position: null });
  }

  return {
    lead(seconds) {
      if (!drag && (!scrubSound() || !canSound())) return;
      drag ??= begin();
      drag.wanted = seconds;
      if (!drag.isBusy) sendNext(drag);
    },

    async release(command) {
      const ended = drag;
      if (!ended) return command;
      await end(ended);
      if (!ended.wasPlaying || command.cmd !== 'TIMELINE_SEEK') return command;
      return { cmd: 'TIMELINE_PLAY', timeline_id: command.timeline_id, start: command.to };
    },

    cancel() {
      const ended = drag;
      if (!ended) return;
      const place = positionAt(model.scene(), ended.from);
      void end(ended).then(() =>
        client.run(
          ended.wasPlaying
            ? { cmd: 'TIMELINE_PLAY', timeline_id: ended.timelineId, start: place }
            : { cmd: 'TIMELINE_SEEK', timeline_id: ended.timelineId, to: place },
        ),
      );
    },
  };
}
