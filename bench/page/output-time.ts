// When a frame of the engine reaches the output, by the clock of the page that sounds.
import { scripting } from './session.ts';

export const rate = 48_000;

let context: AudioContext | undefined;

/** Starts the sound; the context is the bench's own, so that its clock can be read. */
export async function startSound(): Promise<void> {
  context = new AudioContext({ sampleRate: rate, latencyHint: 'interactive' });
  await scripting().services.audioEngine.init(context);
}

export const status = () => scripting().services.audioEngine.getState();

export async function passFrames(frames: number): Promise<void> {
  const { masterFrame } = await status();
  while ((await status()).masterFrame < masterFrame + frames) await nextTask();
}

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Milliseconds by which the output is behind what is rendered: no press can be heard sooner. */
export function outputDelay(): number {
  const { contextTime = 0, performanceTime = 0 } = sounding().getOutputTimestamp();
  return (sounding().currentTime - contextTime) * 1000 - (performance.now() - performanceTime);
}

/** Milliseconds of performance.now() at which the output device is given a master frame. */
export async function timeOfFrame(masterFrame: number): Promise<number> {
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
