// From a command in one tab to the sound in another: when it was given by one clock, what changed at the output by the other.
import { wavHeader } from '../../app/media/wav-header.ts';
import { passFrames, rate, startSound, status, timeOfFrame } from './output-time.ts';
import { dispatchAll, scripting } from './session.ts';

export { startSound };

/** What is recorded around a command; what changes later counts as if it had changed at the end. */
const longestFrames = rate / 2;
const level = 0.5;

export interface Arrangement {
  readonly timelineId: string;
  readonly clipId: string;
}

/** A minute of one and the same sample that plays in a loop, so that every change of gain can be told to the frame. */
export async function prepare(): Promise<Arrangement> {
  const frames = 60 * rate;
  const samples = new Float32Array(frames).fill(level);
  const header = wavHeader({ format: 'F32', channels: 1, sampleRate: rate, frames });
  const { id } = await scripting().importFile(new File([header, samples], 'steady.wav'));
  const [timelineId = ''] = await dispatchAll([
    { cmd: 'CREATE_TIMELINE', name: 'Steady', type: 'audio', timebase: 'seconds' },
  ]);
  const [clipId = ''] = await dispatchAll([
    { cmd: 'ADD_CLIP', timeline_id: timelineId, audio_file_id: id, play_position: 0 },
  ]);
  await dispatchAll([{ cmd: 'TIMELINE_SET_LOOP', timeline_id: timelineId, loop: { start: 0, end: 50 } }]);
  return { timelineId, clipId };
}

/** Resolves when every fade of the command before is over. */
export const rest = (): Promise<void> => passFrames(4096);

interface Progress {
  readonly frame: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

interface Listening {
  readonly recording: ReturnType<ReturnType<typeof scripting>['services']['audioEngine']['recordOutput']>;
  /** When the engine was first seen to have rendered so many frames. */
  readonly progress: Promise<readonly Progress[]>;
}

let listening: Listening | undefined;

/** Begins to record, in the tab that sounds; resolves when some of it is recorded. */
export async function listen(): Promise<void> {
  const recording = scripting().services.audioEngine.recordOutput(longestFrames);
  listening = { recording, progress: watchProgress(recording) };
  await passFrames(1024);
}

/** Looks at the engine's clock in every task until `end`. */
async function watchProgress(end: Promise<unknown>): Promise<Progress[]> {
  const { port1, port2 } = new MessageChannel();
  const seen: Progress[] = [];
  let over = false;
  void end.finally(() => {
    over = true;
  });
  while (!over) {
    const { masterFrame: frame } = await status();
    if (frame !== seen.at(-1)?.frame) seen.push({ frame, at: now() });
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
  }
  port1.close();
  return seen;
}

/** Milliseconds since 1970, as exact as the tab's clock is. */
const now = (): number => performance.timeOrigin + performance.now();

export interface Change {
  /** Milliseconds since 1970 at which the engine was seen to have rendered the change. */
  readonly rendered: number;
  /** The same at the output. */
  readonly heard: number;
}

/** What was heard since `listen`, once it is there. */
export async function change(): Promise<Change> {
  if (!listening) throw new Error('listen() comes first');
  const { startFrame, channels } = await listening.recording;
  const [samples = new Float32Array()] = channels;
  const found = samples.findIndex((sample) => sample !== samples[0]);
  const frame = startFrame + (found < 0 ? samples.length : found);
  const progress = await listening.progress;
  const rendered = progress.find((seen) => seen.frame > frame) ?? progress.at(-1);
  if (!rendered) throw new Error('the engine stands still');
  return { rendered: rendered.at, heard: performance.timeOrigin + (await timeOfFrame(frame)) };
}

/** Gives a command. @returns the milliseconds since 1970 just before */
export async function give(
  command: Parameters<ReturnType<typeof scripting>['session']['dispatch']>[0],
): Promise<number> {
  const given = now();
  const reply = await scripting().session.dispatch(command);
  if (!reply.ok) throw new Error(reply.error.msg);
  return given;
}

const clockChannel = 'bench-clock';

/** Answers other tabs that ask what time it is here. */
export function tellTime(): void {
  const channel = new BroadcastChannel(clockChannel);
  channel.onmessage = ({ data }) => {
    if (data === 'time?') channel.postMessage(now());
  };
}

/** By how many milliseconds the clock of the other tab is ahead: the quickest of many answers tells best. */
export async function clockAhead(): Promise<number> {
  const channel = new BroadcastChannel(clockChannel);
  let quickest = { took: Number.POSITIVE_INFINITY, ahead: 0 };
  for (let question = 0; question < 200; question++) {
    const asked = now();
    const there = await new Promise<number>((resolve) => {
      channel.onmessage = ({ data }) => resolve(data);
      channel.postMessage('time?');
    });
    const answered = now();
    const took = answered - asked;
    if (took < quickest.took) quickest = { took, ahead: there - (asked + answered) / 2 };
  }
  channel.close();
  return quickest.ahead;
}
