// Where a timeline is at a frame of the master clock, from what the audio thread and the last command say.
import { engineConstants } from '../protocol/engine-layout.ts';
import type { TransportChange } from './feature-frames.ts';

/** The audio thread's word on a timeline; positions in frames at the context's rate. */
export interface TimelineState {
  readonly playing: boolean;
  readonly wasPlaying: boolean;
  /** Master frame of the last start, stop, jump or wrap. */
  readonly movedAt: number;
  readonly movedFrom: number;
  readonly movedTo: number;
}

interface Place {
  readonly playing: boolean;
  readonly frame: number;
}

/** By then the audio thread has taken a command that was sent at a master frame. */
const settledFrames = 2 * engineConstants.QUANTUM_FRAMES;

/**
 * A command shows at once, although it is heard later; what a timeline does by itself shows when it is heard.
 *
 * @param heardFrame the master frame asked for, `masterFrame` or earlier
 */
export function positionAt(
  state: TimelineState,
  command: TransportChange | undefined,
  heardFrame: number,
  masterFrame: number,
): Place {
  const { playing, wasPlaying, movedAt, movedFrom, movedTo } = state;
  const awaited = command && movedAt <= command.atFrame && masterFrame < command.atFrame + settledFrames;
  if (command && (awaited || heardFrame < command.atFrame)) return { playing: command.playing, frame: command.frame };
  const by = heardFrame - movedAt;
  const commanded = command && movedAt < command.atFrame + settledFrames;
  if (by < 0 && wasPlaying && !commanded) return { playing: true, frame: Math.max(0, movedFrom + by) };
  return { playing, frame: playing ? movedTo + Math.max(0, by) : movedTo };
}
