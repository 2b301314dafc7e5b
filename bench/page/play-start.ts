// From a press to the first sample at the output: what was pressed by the page's clock, what sounded by the context's.
import { passFrames, rate, status, timeOfFrame } from './output-time.ts';
import { scripting } from './session.ts';

export { outputDelay, startSound } from './output-time.ts';

/** What is recorded after a press; a later first sample is an error. */
const longestFrames = rate / 2;
/** Frames after which a stopped timeline's last fade is long over. */
const restFrames = 4096;

/** Milliseconds from the call of TIMELINE_PLAY, of which nothing was known before. */
export async function playAt(timelineId: string, seconds: number): Promise<number> {
  const recording = scripting().services.audioEngine.recordOutput(longestFrames);
  const pressed = performance.now();
  const reply = await scripting().services.timelines.play(timelineId, { type: 'time', value: seconds });
  if (!reply.ok) throw new Error(reply.error.msg);
  return delayOf(pressed, await recording);
}

let armed: Promise<number> | undefined;

/** Puts the playhead to `seconds` and waits for a key. */
export async function arm(timelineId: string, seconds: number): Promise<void> {
  await scripting().services.timelines.seek(timelineId, seconds);
  await passFrames(restFrames);
  const recording = scripting().services.audioEngine.recordOutput(longestFrames);
  armed = new Promise<number>((resolve) => {
    window.addEventListener('keydown', ({ timeStamp }) => resolve(timeStamp), { capture: true, once: true });
  }).then(async (pressed) => delayOf(pressed, await recording));
}

/** Milliseconds from the key's own time stamp, once it was pressed. */
export async function delayOfKey(): Promise<number> {
  if (!armed) throw new Error('arm() comes first');
  return armed;
}

/** Resolves in silence. */
export async function stop(timelineId: string): Promise<void> {
  await scripting().services.timelines.stop(timelineId);
  await passFrames(restFrames);
}

/** Frames that were silent because their pages were missing. */
export const starvedFrames = async (): Promise<number> => (await status()).starvedFrames;

interface Recording {
  readonly startFrame: number;
  readonly channels: readonly Float32Array[];
}

async function delayOf(pressed: number, { startFrame, channels }: Recording): Promise<number> {
  const first = channels[0]?.findIndex((sample) => sample !== 0) ?? -1;
  if (first === -1) throw new Error('nothing was heard');
  if (first === 0) throw new Error('something was heard before the press');
  return (await timeOfFrame(startFrame + first)) - pressed;
}
