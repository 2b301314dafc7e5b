// Turns the wheel over the timeline once per frame, and times the frames.
import { spin, stepsPerMillisecond } from './arithmetic.ts';

/** One turn of the wheel. */
export interface Turn {
  /** CSS pixels. */
  readonly deltaX?: number;
  readonly deltaY?: number;
  /** Zooms at the pointer. */
  readonly zoom?: boolean;
}

export interface FrameTimes {
  /** Milliseconds from each frame to the next. */
  readonly intervals: number[];
  /** Milliseconds of the main thread in each frame, from its first callback until it is handed to the compositor. */
  readonly work: number[];
}

/** Frames without a change after which nothing more is expected. */
const stillFrames = 20;

const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Resolves in the next task, which is after this frame's style, layout and paint. */
function afterFrame(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Calls `act` in each frame, and lets one more frame show what the last one did. */
async function timeFrames(count: number, act: (frame: number) => void): Promise<FrameTimes> {
  const times: number[] = [];
  const work: number[] = [];
  for (let frame = 0; frame <= count; frame++) {
    times.push(await nextFrame());
    const begin = performance.now();
    if (frame < count) act(frame);
    await afterFrame();
    work.push(performance.now() - begin);
  }
  const intervals = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return { intervals, work: work.slice(1) };
}

/** One turn in each frame, the pointer in the middle of the lanes. */
export async function turnWheel(turns: readonly Turn[]): Promise<FrameTimes> {
  const area = document.querySelector('.timeline-area');
  if (!area) throw new Error('the page shows no timeline');
  const { left, top, width, height } = area.getBoundingClientRect();
  const pointer = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true, cancelable: true };
  return timeFrames(turns.length, (frame) => {
    const { deltaX = 0, deltaY = 0, zoom = false } = turns[frame] ?? {};
    area.dispatchEvent(new WheelEvent('wheel', { ...pointer, deltaX, deltaY, ctrlKey: zoom }));
  });
}

/** Frames in which the page stays as it is while plain arithmetic takes `milliseconds`: what the machine alone disturbs. */
export function calculate(milliseconds: number, count: number): Promise<FrameTimes> {
  const steps = Math.round(stepsPerMillisecond() * milliseconds);
  return timeFrames(count, () => spin(steps));
}

/** Resolves when the timeline's picture has stayed the same for a while: all that it shows is loaded. */
export async function settle(): Promise<void> {
  const canvas = document.querySelector<HTMLCanvasElement>('.timeline-canvas');
  if (!canvas) throw new Error('the page shows no timeline');
  // A copy is read: a canvas that is read itself may lose its place on the GPU.
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
  if (!copy) throw new Error('no second canvas');
  const picture = (): Uint32Array => {
    copy.drawImage(canvas, 0, 0);
    return new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
  };
  let before = picture();
  for (let still = 0; still < stillFrames; still++) {
    await nextFrame();
    const now = picture();
    if (now.some((pixel, index) => pixel !== before[index])) still = -1;
    before = now;
  }
}
