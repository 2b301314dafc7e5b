// From a press to the first sample at the output: what was pressed by the page's clock, what sounded by the context's.
import { scripting } from './session.ts';

const rate = 48_000;
/** What is recorded after a press; a later first sample is an error. */
const longestFrames = rate / 2;
/** Frames after which a stopped timeline's last fade is long over. */
const restFrames = 4096;

let context: AudioContext | undefined;

/** Starts the sound; the context is the bench's own, so that its clock can be read. */
export async function startSound(): Promise<void> {
  context = new AudioContext({ sampleRate: rate, latencyHint: 'interactive' });
  await scripting().services.audioEngine.init(context);
}

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

/** Milliseconds by which the output is behind what is rendered: no press can be heard sooner. */
export function outputDelay(): number {
  const { contextTime = 0, performanceTime = 0 } = sounding().getOutputTimestamp();
  return (sounding().currentTime - contextTime) * 1000 - (performance.now() - performanceTime);
}

/** Resolves in silence. */
export async function stop(timelineId: string): Promise<void> {
  await scripting().services.timelines.stop(timelineId);
  await passFrames(restFrames);
}

/** Frames that were silent because their pages were missing. */
export const starvedFrames = async (): Promise<number> => (await status()).starvedFrames;

const status = () => scripting().services.audioEngine.getState();

async function passFrames(frames: number): Promise<void> {
  const { masterFrame } = await status();
  while ((await status()).masterFrame < masterFrame + frames) await nextTask();
}

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

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

/** Milliseconds of performance.now() at which the output device is given a master frame. */
async function timeOfFrame(masterFrame: number): Promise<number> {
  const { contextTime = 0, performanceTime = 0 } = sounding().getOutputTimestamp();
  const contextFrame = masterFrame + (await contextOffset());
  return performanceTime + (contextFrame / rate - contextTime) * 1000;
}

/** Context frame minus master frame. Both clocks are read while they run; what is found most often holds. */
async function contextOffset(): Promise<number> {
  const found = new Map<number, number>();
  for (let reading = 0; reading < 100; reading++) {
    const offset = Math.round(sounding().currentTime * rate) - (await status()).masterFrame;
    found.set(offset, (found.get(offset) ?? 0) + 1);
    await nextTask();
  }
  const [likeliest] = [...found].sort(([, a], [, b]) => b - a);
  if (!likeliest) throw new Error('no reading');
  return likeliest[0];
}

function sounding(): AudioContext {
  if (!context) throw new Error('startSound() comes first');
  return context;
}
